"""The room's pages, one module for each page and what can be done on it."""
