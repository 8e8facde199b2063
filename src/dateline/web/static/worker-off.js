// Served in place of the worker where the site keeps no pages: what was kept goes, and so does it.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  for (const name of await caches.keys()) if (name.startsWith("dateline-")) await caches.delete(name);
  await self.registration.unregister();
}
