// What has the focus: what it is, how thick its line is, whether it is on the screen.
() => {
  const it = document.activeElement, box = it.getBoundingClientRect(), style = getComputedStyle(it);
  const across = box.width > 0 && box.right > 0 && box.left < innerWidth;
  return {
    name: `${it.tagName} ${it.textContent.trim().slice(0, 40)}`,
    href: it.getAttribute("href"),
    line: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    seen: across && box.bottom > 0 && box.top < innerHeight,
  };
}
