// Pairs of pieces of text, of different blocks, that lie over each other.
() => {
  const found = [], over = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const unread = ".unseen, .skip, svg, select, script";
  for (let node; (node = walker.nextNode());) {
    const holder = node.parentElement;
    if (!node.data.trim() || !holder.checkVisibility() || holder.closest(unread)) continue;
    let block = holder;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    const frame = holder.closest(".scroll, .sections ul")?.getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const left = Math.max(box.left, frame?.left ?? -Infinity);
      const right = Math.min(box.right, frame?.right ?? Infinity);
      // The box of a line is higher than its letters.
      const cut = box.height / 4, text = node.data.trim().slice(0, 40);
      const row = { block, text, left, right, top: box.top + cut, bottom: box.bottom - cut };
      if (right - left > 2) found.push(row);
    }
  }
  found.sort((a, b) => a.top - b.top);
  found.forEach((a, at) => {
    for (let next = at + 1; found[next]?.top < a.bottom; next++) {
      const b = found[next], width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      if (a.block !== b.block && width > 2) over.push(`${a.text} | ${b.text}`);
    }
  });
  return over;
}
