// Has the browser keep the pages that are read, says when a kept page was kept, and lists what was
// kept on the offline page. Every page works the same without it.
(() => {
  const said = document.currentScript.dataset, root = document.documentElement;
  const workers = navigator.serviceWorker;
  if (!workers || !window.caches) return;
  // Asked before a worker is registered: a new one may claim this page before it is ready, and
  // would then take a page that came by the network for one that it had kept.
  const came = workers.controller || root.dataset.kept;
  // As the site writes them: in English the day before its month.
  const tongue = root.lang === "en" ? "en-GB" : root.lang, form = { dateStyle: "medium", timeStyle: "short" };
  const write = (moment) => new Date(moment).toLocaleString(tongue, form);
  const make = (name, words, more = {}) => Object.assign(document.createElement(name), { textContent: words }, more);

  if (root.dataset.kept) {
    const note = make("p", said.kept.replace("{}", write(root.dataset.kept)), { className: "note" });
    note.setAttribute("role", "status");
    document.getElementById("main").prepend(note);
  }
  workers.register(said.worker).then(() => workers.ready).then(({ active }) => {
    active.postMessage({ offline: said.offline, page: came ? "" : location.href.split("#")[0] });
  }).catch(() => {});

  const list = document.getElementById("kept");
  if (!list) return;
  const forget = document.getElementById("forget"), none = document.getElementById("kept-none");
  const show = async () => {
    const pages = await caches.open("dateline-pages"), rows = [];
    for (const key of await pages.keys()) {
      const reply = await pages.match(key, { ignoreVary: true });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const title = page.title.replace(/ · [^·]*$/, ""), row = make("li", "");
      const lang = page.querySelector("h1")?.lang || page.documentElement.lang;
      const link = make("a", title, { href: key.url, lang, dir: "auto" });
      row.append(link, " ", make("time", write(reply.headers.get("x-kept")), { dateTime: reply.headers.get("x-kept") }));
      rows.unshift(row);
    }
    list.replaceChildren(...rows);
    forget.hidden = !rows.length;
    none.hidden = rows.length > 0;
  };
  forget.addEventListener("click", async () => {
    for (const name of ["dateline-pages", "dateline-pictures"]) await caches.delete(name);
    await show();
    none.focus();
  });
  show();
})();
