// Says how many stories have come since this page was opened, and moves nothing: the reader decides.
// Asks once a minute, only while the page is seen. Without it the page is the same.
(() => {
  const box = document.querySelector(".waiting");
  if (!box || !window.fetch) return;
  const { ids, known, words } = box.dataset;
  const old = new Set(known.split(" ").map(Number));
  const said = words.split("|");
  let timer = 0, asked = Date.now();
  const tell = (fresh) => {
    const text = fresh ? said[Math.min(fresh, said.length) - 1] : "";
    if (box.textContent === text) return;
    if (!text) { box.replaceChildren(); return; }
    const link = document.createElement("a");
    link.href = location.pathname + location.search;
    link.textContent = text;
    box.replaceChildren(link);
  };
  const ask = async () => {
    asked = Date.now();
    try {
      const answer = await fetch(ids, { cache: "no-cache", credentials: "omit" });
      if (answer.ok) tell((await answer.json()).filter((id) => !old.has(id)).length);
    } catch { /* away from the net: tried again */ }
    plan();
  };
  const plan = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(ask, Math.max(0, asked + 60000 - Date.now()));
  };
  document.addEventListener("visibilitychange", plan);
  plan();
})();
