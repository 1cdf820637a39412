"""The tests: the same tree as the code, plus rules/, walks/, browser/, chaos/, benchmarks/."""
