// Names of people and places, and stories, under a box of the search as one types: a combobox with
// a list. The search works the same without it.
(() => {
  for (const box of document.querySelectorAll("[data-names]")) {
    const list = document.createElement("ul");
    let rows = [], at = -1, timer = 0, asked = "";
    list.id = box.id + "-names";
    list.className = "names";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.names);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.after(list);
    const open = (shown) => {
      list.hidden = !shown;
      box.setAttribute("aria-expanded", String(shown));
    };
    const choose = (to) => {
      at = to;
      [...list.children].forEach((each, n) => each.setAttribute("aria-selected", String(n === at)));
      if (at < 0) box.removeAttribute("aria-activedescendant");
      else box.setAttribute("aria-activedescendant", list.children[at].id);
    };
    const draw = (found) => {
      rows = found;
      list.replaceChildren(...rows.map((row, n) => {
        const each = document.createElement("li");
        const name = document.createElement("bdi");
        const kind = document.createElement("span");
        each.id = list.id + n;
        each.setAttribute("role", "option");
        name.textContent = row.name;
        kind.textContent = row.said;
        each.append(name, " ", kind);
        each.onpointerdown = (event) => { event.preventDefault(); location = row.path; };
        return each;
      }));
      choose(-1);
      open(rows.length > 0);
    };
    const ask = async () => {
      const typed = asked = box.value.trim();
      if (typed.length < 2) return draw([]);
      try {
        const answer = await fetch(box.form.action.replace(/search$/, "suggest?") + new URLSearchParams({ q: typed }));
        const found = await answer.json();
        if (typed === asked) draw(found);
      } catch { open(false); }
    };
    box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
    box.addEventListener("blur", () => { asked = ""; open(false); });
    box.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape" && !list.hidden) { choose(-1); open(false); }
      else if (event.key === "Enter" && !list.hidden && at >= 0) location = rows[at].path;
      else if (step && rows.length) {
        open(true);
        choose((at + 1 + step + rows.length + 1) % (rows.length + 1) - 1);
      } else return;
      event.preventDefault();
    });
    open(false);
  }
})();
