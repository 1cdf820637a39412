"""Words for what is wrong, or odd, in one settlement as the till delivered it."""

from accounting.books.domain.words.text import Text, Words, blocked, warning

_STOPPED_NB = "Oppgjøret er ikke sendt."
_STOPPED_EN = "The settlement was not sent."
_TILL_NB = "Be kasseleverandøren rette det, og last opp filen på nytt."
_TILL_EN = "Ask the till's vendor to mend it, then upload the file again."


def _stop(nb: str, en: str, nb_out: str = _TILL_NB, en_out: str = _TILL_EN) -> Text:
    return blocked(
        Words(_STOPPED_NB, nb, nb_out, "Se oppgjøret"),
        Words(_STOPPED_EN, en, en_out, "See the settlement"),
    )


def _note(nb: str, en: str) -> Text:
    return warning(Words(nb, link="Se oppgjøret"), Words(en, link="See the settlement"))


SETTLEMENTS: dict[str, Text] = {
    "kind-not-supported": _stop(
        "Kvittering {subject} er av typen «{kind}», som ikke kan bokføres herfra ennå.",
        "Receipt {subject} is a “{kind}”, which cannot be booked from here yet.",
        "Før dette oppgjøret manuelt inntil videre.",
        "Enter this settlement by hand for now.",
    ),
    "transaction-type-unresolved": _stop(
        "Kvittering {subject} har transaksjonstypen «{value}», som filen ikke forklarer.",
        "Receipt {subject} has the transaction type “{value}”, which the file does not explain.",
    ),
    "payment-type-unresolved": _stop(
        "Betalingsmåten «{subject}» er ikke forklart i filen.",
        "The payment method “{subject}” is not explained in the file.",
    ),
    "article-group-unresolved": _stop(
        "Varegruppen «{subject}» er ikke forklart i filen.",
        "The article group “{subject}” is not explained in the file.",
    ),
    "vat-code-unresolved": _stop(
        "Kvittering {subject} har en linje med mva-kode «{value}», som ikke er en kjent kode.",
        "Receipt {subject} has a line with VAT code “{value}”, which is not a known code.",
    ),
    "vat-rate-unexpected": _stop(
        "Mva-kode {subject} er slått med {rate} %. Satsen er {expected} % den dagen.",
        "VAT code {subject} was rung up at {rate} %. That day the rate is {expected} %.",
    ),
    "vat-differs": _stop(
        "Kassens mva for kode {subject} er {reported:kr}, men summen gir {computed:kr}.",
        "The till's VAT for code {subject} is {reported:kr}, but the total gives {computed:kr}.",
    ),
    "receipt-sum-differs": _stop(
        "Linjene på kvittering {subject} gir {lines:kr}, men kvitteringen sier {total:kr}.",
        "The lines of receipt {subject} give {lines:kr}, but the receipt says {total:kr}.",
    ),
    "payments-differ": _stop(
        "Kvittering {subject} er betalt med {paid:kr}, men skulle vært {expected:kr}.",
        "Receipt {subject} was paid {paid:kr}, but should have been {expected:kr}.",
    ),
    "rounding-without-cash": _stop(
        "Kvittering {subject} er avrundet med {amount:kr} uten kontanter.",
        "Receipt {subject} was rounded by {amount:kr} without cash.",
    ),
    "rounding-too-large": _stop(
        "Kvittering {subject} er avrundet med {amount:kr}, mer enn 0,50.",
        "Receipt {subject} was rounded by {amount:kr}, more than 0.50.",
    ),
    "currency-not-supported": _stop(
        "Kvittering {subject} er betalt i {value} uten kurs i filen.",
        "Receipt {subject} was paid in {value} with no rate in the file.",
        "Før dette oppgjøret manuelt.",
        "Enter this settlement by hand.",
    ),
    "raise-not-supported": _stop(
        "Kvittering {subject} har tips eller påslag, som ikke kan bokføres herfra ennå.",
        "Receipt {subject} has a tip or surcharge, which cannot be booked from here yet.",
        "Før dette oppgjøret manuelt inntil videre.",
        "Enter this settlement by hand for now.",
    ),
    "receipt-changed": _stop(
        "Kvittering {subject} er levert på nytt med annet innhold.",
        "Receipt {subject} was delivered again with other content.",
        "Finn ut hvilken som gjelder, før oppgjøret føres.",
        "Find out which one counts before the settlement is booked.",
    ),
    "receipt-gap": _stop(
        "Kvitteringsnummer mangler mellom {before} og {after}.",
        "Receipt numbers are missing between {before} and {after}.",
        "Last opp filen som inneholder dem.",
        "Upload the file that holds them.",
    ),
    "z-of-another-register": _stop(
        "Z-rapporten sier kasse {value}, men ligger under kasse {subject}.",
        "The Z report says till {value}, but lies under till {subject}.",
    ),
    "z-total-differs": _stop(
        "Z-rapporten sier {reported:kr}, men kvitteringene gir {computed:kr}.",
        "The Z report says {reported:kr}, but the receipts give {computed:kr}.",
    ),
    "z-vat-differs": _stop(
        "Z-rapporten sier {reported:kr} i mva for kode {subject}, men kvitteringene gir {computed:kr}.",
        "The Z report says {reported:kr} in VAT for code {subject}, but the receipts give {computed:kr}.",
    ),
    "z-payment-differs": _stop(
        "Z-rapporten sier {reported:kr} for «{subject}», men kvitteringene gir {computed:kr}.",
        "The Z report says {reported:kr} for “{subject}”, but the receipts give {computed:kr}.",
    ),
    "rounding-derived": _note(
        "Kvittering {subject} mangler øreavrunding i filen. Den er regnet ut: {amount:kr}.",
        "Receipt {subject} has no rounding in the file. It was derived: {amount:kr}.",
    ),
    "type-against-evidence": _note(
        "Kvittering {subject} er merket «{value}», men ser ut som et kontantsalg.",
        "Receipt {subject} is marked “{value}” but looks like a cash sale.",
    ),
    "z-gap": _note(
        "Z {missing} mangler for kasse {subject}.",
        "Z {missing} is missing for till {subject}.",
    ),
    "z-incomplete": _note(
        "Z {subject} på kasse {register} venter på kvitteringer. Last opp filen som har dem.",
        "Z {subject} on till {register} is waiting for receipts. Upload the file that holds them.",
    ),
    "receipt-num-large": _note(
        "Kvittering {subject} har et antall utskrifter over 999.",
        "Receipt {subject} has a print count above 999.",
    ),
    "book-date-empty": _note(
        "Kvittering {subject} har en tom bookDate. Den er ikke brukt.",
        "Receipt {subject} has an empty bookDate. It was not used.",
    ),
}
