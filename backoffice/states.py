"""How each state of an export looks to people: sign, word and colour, never colour alone.

The words are ux.md 2.3's and DESIGN.md 4's; a test holds the table against `exports.states`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Look:
    """`css` is one of state-good, -stop, -busy, -note, -calm (static/ledger.css)."""

    sign: str
    word: Promise
    css: str


LOOKS = {
    "READY": Look("○", _("Klar"), "state-calm"),
    "SENDING": Look("◔", _("Sendes"), "state-busy"),
    "SENT": Look("✓", _("Overført"), "state-good"),
    "POSTED": Look("✓✓", _("Bokført"), "state-good"),
    "UNCERTAIN": Look("?", _("Avklares"), "state-busy"),
    "BLOCKED": Look("!", _("Stoppet"), "state-stop"),
    "HELD": Look("!", _("Venter på svar fra deg"), "state-stop"),
    "REMOVED": Look("!", _("Slettet i Go"), "state-stop"),
    "LEFT_OUT": Look("–", _("Utelatt"), "state-calm"),
    "SUPERSEDED": Look("–", _("Erstattet"), "state-calm"),
}
