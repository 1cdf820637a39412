// A field that takes a number or a name: the WAI-ARIA combobox with a list, over the options of the
// field's own <datalist>. A typed number is never replaced before an arrow or a click does it, so that
// Enter after it sends the form as it does without this script; after typed words Enter takes the first
// account that has them. One list serves every field of the page.
(() => {
  const MOST = 60;
  const texts = document.getElementById("combobox-texts");
  if (!texts) return;
  const list = document.createElement("ul");
  list.id = "combobox-list";
  list.className = "combobox-list";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  const count = document.createElement("p");
  count.className = "visually-hidden";
  count.setAttribute("role", "status");
  const choices = new Map();
  let field = null;
  let active = -1;

  const choicesOf = (id) => {
    if (!choices.has(id)) {
      const options = [...document.getElementById(id).options];
      choices.set(
        id,
        options.map(({ value, text }) => ({
          value,
          text: text.startsWith(value) ? text : `${value} ${text}`,
        })),
      );
    }
    return choices.get(id);
  };

  const fits = (typed) => {
    const wanted = typed.trim().toLowerCase();
    if (!wanted) return () => true;
    if (/^\d+$/.test(wanted)) return ({ value }) => value.startsWith(wanted);
    return ({ text }) => text.toLowerCase().includes(wanted);
  };

  const close = () => {
    list.hidden = true;
    active = -1;
    if (!field) return;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const place = () => {
    const box = field.getBoundingClientRect();
    const below = window.innerHeight - box.bottom;
    const up = below < 200 && box.top > below;
    list.style.insetInlineStart = `${Math.max(8, Math.min(box.left, window.innerWidth - list.offsetWidth - 8))}px`;
    list.style.maxHeight = `${Math.max(120, Math.min(320, (up ? box.top : below) - 16))}px`;
    list.style.insetBlockStart = up ? "auto" : `${box.bottom + 2}px`;
    list.style.insetBlockEnd = up ? `${window.innerHeight - box.top + 2}px` : "auto";
  };

  const open = (all) => {
    const found = choicesOf(field.dataset.choices).filter(fits(all ? "" : field.value));
    const rows = found.slice(0, MOST).map(({ value, text }, index) => {
      const row = document.createElement("li");
      row.id = `combobox-${index}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      row.dataset.value = value;
      row.textContent = text;
      return row;
    });
    const more = found.length - rows.length;
    list.replaceChildren(...rows);
    active = -1;
    field.removeAttribute("aria-activedescendant");
    if (more > 0) list.dataset.more = texts.dataset.more.replace("#", more);
    else delete list.dataset.more;
    count.textContent = found.length
      ? texts.dataset.count.replace("#", found.length)
      : texts.dataset.none;
    list.hidden = !rows.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    list.setAttribute("aria-label", field.getAttribute("aria-label"));
    if (!list.hidden) place();
  };

  const move = (to) => {
    const rows = list.children;
    if (rows[active]) rows[active].setAttribute("aria-selected", "false");
    active = (to + rows.length) % rows.length;
    rows[active].setAttribute("aria-selected", "true");
    rows[active].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", rows[active].id);
  };

  const choose = (row) => {
    const chosen = field;
    chosen.value = row.dataset.value;
    close();
    chosen.dispatchEvent(new Event("input", { bubbles: true }));
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const keys = {
    ArrowDown: () => (list.hidden ? open(true) : move(active + 1)),
    ArrowUp: () => (list.hidden ? open(true) : move(active < 0 ? -1 : active - 1)),
    Enter: () => active >= 0 && choose(list.children[active]),
    Escape: () => !list.hidden && close(),
  };

  const takeOver = (input) => {
    input.dataset.choices = input.getAttribute("list");
    input.removeAttribute("list");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
  };

  document.querySelector("main").append(list, count);
  document.querySelectorAll("input[list]").forEach(takeOver);

  document.addEventListener("focusin", ({ target }) => {
    if (target === field) return;
    close();
    field = target.matches("input[data-choices]") ? target : null;
  });
  document.addEventListener("focusout", close);
  document.addEventListener("input", (event) => {
    if (event.isTrusted && event.target === field) open(false);
  });
  document.addEventListener("click", ({ target }) => {
    if (target !== field || !list.hidden) return;
    field.select(); // what is typed next takes its place, as when Tab leads here
    open(true);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target !== field || !(event.key in keys) || event.isComposing) return;
    const before = list.hidden;
    if (event.key === "Enter" && active < 0) {
      // Words are no account number: Enter takes the first account that has them. A number is sent.
      if (list.hidden || /^\s*\d*\s*$/.test(field.value)) return;
      move(0);
    }
    if (event.key === "Escape" && before) return;
    keys[event.key]();
    event.preventDefault();
  });
  // The list must not take the focus from the field.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => target.dataset.value && choose(target));
  window.addEventListener("scroll", () => field && !list.hidden && place(), { passive: true, capture: true });
  window.addEventListener("resize", close);
})();
