// Says once that this article stayed open and visible for five seconds. No cookie, no name, and
// the page works the same without it.
(() => {
  const article = document.currentScript.dataset.article;
  if (!navigator.sendBeacon) return;
  let left = 5000, begun = 0, timer = 0;
  const tell = () => {
    document.removeEventListener("visibilitychange", turn);
    navigator.sendBeacon("/seen", new URLSearchParams({ article }));
  };
  const turn = () => {
    if (document.visibilityState === "visible") {
      begun = performance.now();
      timer = setTimeout(tell, left);
    } else if (begun) {
      clearTimeout(timer);
      left = Math.max(0, left - (performance.now() - begun));
      begun = 0;
    }
  };
  document.addEventListener("visibilitychange", turn);
  turn();
})();
