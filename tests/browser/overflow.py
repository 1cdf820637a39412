"""How far a page, or a table on it, reaches beyond its room: pixels, 0 where everything fits."""

OVERFLOW = """
Math.max(0,
  document.documentElement.scrollWidth - innerWidth,
  ...[...document.querySelectorAll(".table-responsive")].map((e) => e.scrollWidth - e.clientWidth))
"""
