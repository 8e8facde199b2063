// Says once that this article stayed open and visible for five seconds: asks for a ticket when the
// page is first visible, and hands it in. No cookie, no name, and the page is the same without it.
(() => {
  const article = document.currentScript.dataset.article;
  if (!navigator.sendBeacon || navigator.webdriver) return;
  let left = 5050, begun = 0, timer = 0, ticket = "", asked = false;
  const form = (more) => new URLSearchParams({ article, ...more });
  const tell = () => {
    document.removeEventListener("visibilitychange", turn);
    navigator.sendBeacon("/seen", form({ ticket }));
  };
  const ask = () => {
    asked = true;
    fetch("/seen/open", { method: "POST", body: form(), credentials: "omit" })
      .then((answer) => (answer.status === 200 ? answer.text() : ""))
      .then((text) => { ticket = text; if (ticket) turn(); }, () => {});
  };
  const turn = () => {
    const visible = document.visibilityState === "visible";
    if (visible && !asked) ask();
    if (visible && ticket && !begun) {
      begun = performance.now();
      timer = setTimeout(tell, left);
    } else if (!visible && begun) {
      clearTimeout(timer);
      left = Math.max(0, left - (performance.now() - begun));
      begun = 0;
    }
  };
  document.addEventListener("visibilitychange", turn);
  turn();
})();
