// Kontooppsett: says how much is not saved yet, and asks before it is lost.
(() => {
  const form = document.getElementById("setup");
  const said = document.getElementById("unsaved");
  if (!form || !said) return;
  const touched = new Set();
  let leaving = false;
  const before = said.textContent.trim() !== "";

  const differs = (row) =>
    [...row.querySelectorAll("input, select")].some((field) =>
      field.matches("select")
        ? [...field.options].some((option) => option.selected !== option.defaultSelected)
        : field.value !== field.defaultValue,
    );

  const say = () => {
    const many = touched.size;
    if (!before) {
      said.textContent =
        many > 1 ? said.dataset.many.replace("#", many) : many ? said.dataset.one : "";
    }
  };

  form.addEventListener("input", ({ target }) => {
    const row = target.closest("table.setup tr");
    if (!row) return;
    const changed = differs(row);
    row.classList.toggle("changed", changed);
    touched[changed ? "add" : "delete"](row);
    say();
  });
  form.addEventListener("submit", () => {
    leaving = true;
  });
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (leaving) event.preventDefault();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (before || touched.size)) event.preventDefault();
  });
})();
