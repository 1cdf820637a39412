"""Whether a company here and a client there bear the same name. Pure."""

_FORMS = frozenset({"as", "asa"})


def same_name(ours: str, theirs: str) -> bool:
    """Compare two names; case, blanks and AS or ASA at either end do not count."""
    return _folded(ours) == _folded(theirs)


def _folded(name: str) -> str:
    words = name.casefold().split()
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    while len(words) > 1 and words[0] in _FORMS:
        words.pop(0)
    return "".join(words)
