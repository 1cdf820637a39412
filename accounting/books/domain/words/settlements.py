"""Words for what is wrong, or odd, in one settlement as the till delivered it."""

from accounting.books.domain.words.text import Text, Words, blocked, warning

_STOPPED_NB = "Oppgjøret er ikke sendt."
_STOPPED_EN = "The settlement was not sent."
_TILL_NB = "Be kasseleverandøren rette det, og last opp filen på nytt."
_TILL_EN = "Ask the till's vendor to mend it, then upload the file again."
# A difference that a person may let pass, since the receipts themselves add up.
_APPROVE = (
    "Be kasseleverandøren rette det, eller godkjenn avviket.",
    "Ask the till's vendor to mend it, or approve the difference.",
)


def _stop(nb: str, en: str, nb_out: str = _TILL_NB, en_out: str = _TILL_EN) -> Text:
    return blocked(
        Words(_STOPPED_NB, nb, nb_out, "Se oppgjøret"),
        Words(_STOPPED_EN, en, en_out, "See the settlement"),
    )


def _note(nb: str, en: str) -> Text:
    return warning(Words(nb, link="Se oppgjøret"), Words(en, link="See the settlement"))


SETTLEMENTS: dict[str, Text] = {
    "transaction-type-unresolved": _stop(
        "Kvittering {nr} har typen «{subject}». Den har ingen konto ennå.",
        "Receipt {nr} is of the type “{subject}”. It has no account yet.",
        "Velg konto for typen i Kontooppsett.",
        "Choose an account for the type in Account setup.",
    ),
    "tip-unclear": _stop(
        "Kvittering {subject} er betalt med {paid:kr}. Sum {total:kr} og tips {tips:kr} gir ikke det.",
        "Receipt {subject} was paid {paid:kr}. Total {total:kr} and tip {tips:kr} do not give that.",
    ),
    "currency-not-clear": _stop(
        "Kvittering {subject} er betalt med {paid:kr} {value}. Det stemmer verken som valuta eller kroner.",
        "Receipt {subject} was paid {paid:kr} {value}. That fits neither as currency nor as kroner.",
    ),
    "payment-type-unresolved": _stop(
        "Filen sier ikke hva betalingsmåten «{subject}» er.",
        "The file does not say what the payment method “{subject}” is.",
        "Velg konto for den i Kontooppsett.",
        "Choose an account for it in Account setup.",
    ),
    "article-group-unresolved": _stop(
        "Filen sier ikke hva varegruppen «{subject}» er.",
        "The file does not say what the article group “{subject}” is.",
        "Velg konto for den i Kontooppsett.",
        "Choose an account for it in Account setup.",
    ),
    "vat-code-unresolved": _stop(
        "Kvittering {subject} har en linje med mva-kode «{value}», som ikke er en kjent kode.",
        "Receipt {subject} has a line with VAT code “{value}”, which is not a known code.",
    ),
    "vat-rate-unexpected": _stop(
        "Mva-kode {subject} er slått med {rate:kr} %. Satsen er {expected:kr} % den dagen.",
        "VAT code {subject} was rung up at {rate:kr} %. That day the rate is {expected:kr} %.",
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
    "settlement-out-of-balance": _stop(
        "Oppgjøret er ute av balanse: debet {debit:kr}, kredit {credit:kr}.",
        "The settlement does not balance: debit {debit:kr}, credit {credit:kr}.",
    ),
    "receipt-changed": _stop(
        "Kvittering {subject} er levert på nytt med annet innhold.",
        "Receipt {subject} was delivered again with other content.",
        "Åpne oppgjøret, og velg den som gjelder.",
        "Open the settlement, and choose the one that counts.",
    ),
    "receipt-gap": _stop(
        "Kvitteringsnummer mangler mellom {before} og {after}. Salg kan mangle i oppgjøret.",
        "Receipt numbers are missing between {before} and {after}. Sales may be missing too.",
        "Last opp filen som inneholder dem, eller godkjenn avviket.",
        "Upload the file that holds them, or approve the difference.",
    ),
    "z-of-another-register": _stop(
        "Z-rapporten sier kasse {value}, men ligger under kasse {subject}.",
        "The Z report says till {value}, but lies under till {subject}.",
    ),
    "z-total-differs": _stop(
        "Z-rapporten sier {reported:kr}, men kvitteringene gir {computed:kr}.",
        "The Z report says {reported:kr}, but the receipts give {computed:kr}.",
        *_APPROVE,
    ),
    "z-vat-differs": _stop(
        "Z-rapporten sier {reported:kr} i mva for kode {subject}, men kvitteringene gir {computed:kr}.",
        "The Z report says {reported:kr} in VAT for code {subject}, but the receipts give {computed:kr}.",
        *_APPROVE,
    ),
    "z-payment-differs": _stop(
        "Z-rapporten sier {reported:kr} for «{subject}», men kvitteringene gir {computed:kr}.",
        "The Z report says {reported:kr} for “{subject}”, but the receipts give {computed:kr}.",
        *_APPROVE,
    ),
    "rounding-derived": _note(
        "Kvittering {subject} mangler øreavrunding. Vi regnet den ut: {amount:kr}. Alt er i orden.",
        "Receipt {subject} has no rounding. We worked it out: {amount:kr}. All is well.",
    ),
    "credit-sales-apart": _note(
        "Kredittsalg på {total:kr} kr er ikke med i bilaget. Det føres når det faktureres.",
        "Credit sales of NOK {total:kr} are not in the voucher. They are booked when invoiced.",
    ),
    "gift-card-group": _note(
        "«{subject}» ser ut som gavekort. Sett den opp som gavekort, så føres den ikke som salg.",
        "“{subject}” looks like gift cards. Set it up as such, and it is not booked as sales.",
    ),
    "sales-without-vat-code": _note(
        "«{subject}» er slått med mva-kode 0, som er for kjøp. Den gir ingen mva. Spør regnskapsfører.",
        "“{subject}” was rung up with VAT code 0, for purchases. It gives no VAT. Ask your accountant.",
    ),
    "never-middle-rate": _note(
        "«{subject}» er slått og føres med 15 % mva. Satsen er 25 %. Rett varen i kassen.",
        "“{subject}” was rung up and is booked at 15 % VAT. The rate is 25 %. Mend it in the till.",
    ),
    "served-food-at-middle-rate": _note(
        "All mat har 15 % mva, enda det er solgt alkohol. Servert mat har 25 %. Kontroller kassen.",
        "All food has 15 % VAT although alcohol was sold. Served food has 25 %. Check the till.",
    ),
    "tips-high": _note(
        "Tips på {tips:kr} kr er uvanlig mye for dagens salg. Se over kvitteringene.",
        "Tips of NOK {tips:kr} are unusually high for the day's sales. Look over the receipts.",
    ),
    "no-cash-sales": _note(
        "Ingen betalte kontant denne dagen. Kontroller at kontantsalget er slått inn.",
        "Nobody paid cash that day. Check that cash sales were rung up.",
    ),
    "date-after-file": _note(
        "Z {subject} er datert {day:day}, men filen ble laget {made:day}. Kontroller kassens klokke.",
        "Z {subject} is dated {day:day}, but the file was made {made:day}. Check the till's clock.",
    ),
    "z-count-differs": _note(
        "Z {subject} teller {reported} salgskvitteringer, vi har {computed}. Kontroller at ingen mangler.",
        "Z {subject} counts {reported} sales receipts, we have {computed}. Check that none is missing.",
    ),
    "z-gap": _note(
        "Z {missing} mangler for kasse {subject}, og er ikke ført. Last opp filen som har den.",
        "Z {missing} is missing for till {subject}, and is not booked. Upload the file that holds it.",
    ),
    "z-incomplete": _note(
        "Z {subject} på kasse {register} mangler kvitteringer, og sendes ikke. Last opp filen som har dem.",
        "Z {subject} on till {register} lacks receipts, and is not sent. Upload the file that holds them.",
    ),
    "receipt-num-large": _note(
        "Kvittering {subject} er skrevet ut over 999 ganger ifølge filen. Det endrer ikke bilaget.",
        "Receipt {subject} was printed more than 999 times, says the file. The voucher is unchanged.",
    ),
    "book-date-empty": _note(
        "Kvittering {subject} har en tom bordbestilling (bookDate). Det endrer ikke bilaget.",
        "Receipt {subject} has an empty table booking (bookDate). The voucher is unchanged.",
    ),
}
