// Keeps the pages that were read last on the reader's device, with their style and pictures, and
// shows them where there is no connection. What is asked for is asked for at the site first.
// `SITE` ({version, shell}) is put before this file when it is served.
const SHELL = `dateline-shell-${SITE.version}`, PAGES = "dateline-pages", PICTURES = "dateline-pictures";
const MOST_PAGES = 30, MOST_BYTES = 20e6;
const NEVER = /\/(search|subscribe|confirm|leave)(\/|$)/;
const loosely = { ignoreSearch: true, ignoreVary: true };
const exactly = { ignoreVary: true };

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(hear(event.data)));
self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(showPage(event, url));
  else if (/^\/(static\/|favicon\.svg$)/.test(url.pathname)) event.respondWith(showKept(event, SHELL));
  else if (url.pathname.startsWith("/picture/")) event.respondWith(showKept(event, PICTURES));
});

async function install() {
  await (await caches.open(SHELL)).addAll(SITE.shell);
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith("dateline-shell-") && name !== SHELL) await caches.delete(name);
  }
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

// A page says where its language's offline page is, and names itself where it came by the network.
async function hear({ offline, page }) {
  const shell = await caches.open(SHELL);
  if (offline && !(await shell.match(offline))) await shell.add(offline).catch(() => {});
  if (page && !(await (await caches.open(PAGES)).match(page, exactly))) {
    const reply = await fetch(page).catch(() => null);
    if (reply) await keepPage(new URL(page), reply);
  }
}

async function showPage(event, url) {
  let reply;
  try {
    reply = (await event.preloadResponse) || (await fetch(event.request));
  } catch {
    return (await findPage(url)) || (await findOffline(url)) || Response.error();
  }
  event.waitUntil(keepPage(url, reply.clone()));
  return reply;
}

async function keepPage(url, reply) {
  const pages = await caches.open(PAGES), key = url.pathname + url.search;
  if (reply.status === 404 || reply.status === 410) await pages.delete(key, exactly);
  const control = reply.headers.get("cache-control") || "", type = reply.headers.get("content-type") || "";
  if (reply.status !== 200 || reply.redirected || /no-store/.test(control)) return;
  if (!type.startsWith("text/html") || NEVER.test(url.pathname) || url.pathname.endsWith("/offline")) return;
  const headers = new Headers(reply.headers);
  headers.delete("content-encoding");
  headers.set("x-kept", new Date().toISOString());
  await pages.delete(key, exactly);
  await pages.put(key, new Response(await reply.blob(), { headers }));
  const keys = await pages.keys();
  for (const old of keys.slice(0, Math.max(keys.length - MOST_PAGES, 0))) await pages.delete(old, exactly);
}

async function findPage(url) {
  const kept = await (await caches.open(PAGES)).match(url.pathname + url.search, exactly);
  if (!kept) return;
  const html = (await kept.text()).replace("<html", `<html data-kept="${kept.headers.get("x-kept")}"`);
  return new Response(html, { headers: kept.headers });
}

// Of the languages' offline pages, that of the address: "/de/offline" for "/de/latest".
async function findOffline(url) {
  const shell = await caches.open(SHELL);
  const found = (await shell.keys()).map((request) => new URL(request.url).pathname);
  const fit = found.filter((path) => path.endsWith("/offline") && url.pathname.startsWith(path.slice(0, -7)));
  return shell.match(fit.sort((a, b) => b.length - a.length)[0]);
}

async function showKept(event, name) {
  const cache = await caches.open(name);
  const kept = (await cache.match(event.request, exactly));
  if (kept) return kept;
  try {
    const reply = await fetch(event.request);
    if (reply.status === 200) event.waitUntil(keepFile(cache, name, event.request, reply.clone()));
    return reply;
  } catch {
    // A page that was kept before the site changed its style is shown in the new one.
    return (await cache.match(event.request, loosely)) || Response.error();
  }
}

async function keepFile(cache, name, request, reply) {
  const body = await reply.blob(), headers = new Headers(reply.headers);
  headers.delete("content-encoding");
  headers.set("x-size", body.size);
  if (body.size > MOST_BYTES / 4) return;
  await cache.put(request, new Response(body, { headers }));
  if (name === PICTURES) await forgetOldest(cache);
}

async function forgetOldest(cache) {
  const keys = await cache.keys();
  let bytes = 0;
  for (const key of keys.reverse()) {
    bytes += Number((await cache.match(key, exactly))?.headers.get("x-size")) || 0;
    if (bytes > MOST_BYTES) await cache.delete(key, exactly);
  }
}
