// The calendar, latest week first: arrow keys move between the days, Enter opens (it is a link). Without this, Tab does.
(() => {
  const table = document.getElementById("calendar");
  if (!table) return;
  const rows = [...table.querySelectorAll("tr")]
    .map((row) => [...row.querySelectorAll("a.cell")])
    .filter((cells) => cells.length);
  const all = rows.flat();
  if (!all.length) return;
  const units = rows.length / table.tBodies.length;

  const here = (cell) => {
    all.forEach((each) => (each.tabIndex = each === cell ? 0 : -1));
  };
  here(table.querySelector("a.cell[aria-current]") ?? rows[0][0]);

  const next = (row, column, key) => {
    if (key === "Home") return [row, 0];
    if (key === "End") return [row, rows[row].length - 1];
    if (key === "ArrowUp") return [row - 1, column];
    if (key === "ArrowDown") return [row + 1, column];
    const step = key === "ArrowLeft" ? -1 : 1;
    const day = column + step;
    if (day < 0) return [row + units, rows[row].length - 1];
    return day < rows[row].length ? [row, day] : [row - units, 0];
  };

  table.addEventListener("keydown", (event) => {
    const keys = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"];
    const cell = event.target.closest("a.cell");
    if (!cell || !keys.includes(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const row = rows.findIndex((cells) => cells.includes(cell));
    const [to, day] = next(row, rows[row].indexOf(cell), event.key);
    const wanted = rows[to]?.[day];
    if (!wanted) return;
    here(wanted);
    wanted.focus();
  });
})();
