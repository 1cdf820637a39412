"""Words of letters alone: what no export can tell, and what takes too long."""

from accounting.books.domain.words.text import Text, Words, warning

TELLING: dict[str, Text] = {
    "till-silent": warning(
        Words(
            "Ingenting har kommet fra kasse {subject} siden {last:day}.",
            "Den pleier å gjøre opp dager som {missed:day}.",
            "Hent filen fra kassen, eller merk dagen som stengt.",
            "Undersøk dagen",
        ),
        Words(
            "Nothing has come from till {subject} since {last:day}.",
            "It usually closes on days like {missed:day}.",
            "Fetch the file from the till, or mark the day as closed.",
            "Look at the day",
        ),
    ),
    "drafts-before-vat": warning(
        Words(
            "{subject} utkast fra {first:day}–{last:day} er ikke bokført i PowerOffice Go.",
            "Mva-meldingen for terminen har frist {due:day}.",
            "Se gjennom utkastene i Bilagsføring, og bokfør dem.",
            "Se utkastene",
        ),
        Words(
            "{subject} drafts from {first:day}–{last:day} are not posted in PowerOffice Go.",
            "The VAT return of the term is due {due:day}.",
            "Look through the drafts in Bilagsføring, and post them.",
            "See the drafts",
        ),
    ),
    "outcome-late": warning(
        Words(
            "Vi vet ikke om bilaget for Z {subject} kom fram.",
            "PowerOffice Go har ikke svart på over en time.",
            "Vi spør videre. Ikke før det manuelt imens.",
            "Se oppgjøret",
        ),
        Words(
            "We do not know whether the voucher for Z {subject} arrived.",
            "PowerOffice Go has not answered for over an hour.",
            "We keep asking. Do not enter it by hand meanwhile.",
            "See the settlement",
        ),
    ),
}
