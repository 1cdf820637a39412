"""What a person types for a name or an organisation number, as it is kept and compared."""

import unicodedata

from django.utils.translation import gettext as _
from stdnum.no import mva, orgnr

COMPANY_NAME, DEPARTMENT_NAME = 200, 100  # characters: what the table has room for
# Unicode's general categories of what nobody sees or can type: control, format, surrogate, private
# use, unassigned, and the two separators that break a line.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def tidy(typed: str) -> str:
    """Give the name as it is kept: composed (NFC), one blank between words, none around them."""
    return " ".join(unicodedata.normalize("NFC", typed).split())


def fault(name: str, most: int) -> str:
    """Give the sentence for a tidy name that is none or is over `most` characters, '' for a good one."""
    if not name:
        return _("Skriv navnet.")
    if any(unicodedata.category(character) in _UNSEEN for character in name):
        return _("Navnet har tegn som ikke vises. Skriv det for hånd.")
    if not any(character.isalnum() for character in name):
        return _("Navnet må ha minst én bokstav eller ett siffer.")
    if len(name) > most:
        return _("Navnet kan ha høyst %(most)d tegn.") % {"most": most}
    return ""


def folded(name: str) -> str:
    """Give what two names have in common that people read as one: «Torget», «TORGET»."""
    return unicodedata.normalize("NFC", tidy(name).casefold())


def org_no_digits(typed: str) -> str:
    """Give an organisation number without blanks, and without a VAT number's NO and MVA."""
    return mva.compact(typed).removesuffix("MVA")


def is_org_no(digits: str) -> bool:
    """Say whether these are nine digits whose check digit is right; no number begins with 0."""
    return orgnr.is_valid(digits) and not digits.startswith("0")
