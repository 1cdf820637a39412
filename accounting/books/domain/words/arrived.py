"""What is said of vouchers that lie over there: changed here or there, deleted, kept, doubled."""

from accounting.books.domain.words.text import Text, Words, blocked, warning

ARRIVED: dict[str, Text] = {
    "changed-after-export": blocked(
        Words(
            "Z {subject} er endret etter at den ble sendt: {before:kr} → {after:kr}.",
            "Det nye er ikke sendt.",
            "Se endringen og send en korrigering.",
            "Se endringen",
        ),
        Words(
            "Z {subject} changed after it was sent: {before:kr} → {after:kr}.",
            "The new part was not sent.",
            "Review and send a correction.",
            "See the change",
        ),
    ),
    "sales-after-export": blocked(
        Words(
            "{count} salg i Z {subject} kom inn etter at dagen var sendt ({amount:kr}).",
            "Det nye er ikke sendt.",
            "Se endringen og send en korrigering.",
            "Se endringen",
        ),
        Words(
            "Sales in Z {subject} came in after the day was sent: {count} ({amount:kr}).",
            "The new part was not sent.",
            "Review and send a correction.",
            "See the change",
        ),
    ),
    "moved-after-export": blocked(
        Words(
            "Z {subject} er endret etter at den ble sendt.",
            "Summen er den samme, men den er fordelt på en annen måte.",
            "Se endringen og send en korrigering.",
            "Se endringen",
        ),
        Words(
            "Z {subject} changed after it was sent.",
            "The sum is the same, but divided in another way.",
            "Review and send a correction.",
            "See the change",
        ),
    ),
    "draft-removed": blocked(
        Words(
            "Bilaget er slettet i PowerOffice Go.",
            "Vi sender det ikke på nytt av oss selv.",
            "Send på nytt, eller utelat oppgjøret.",
            "Se oppgjøret",
        ),
        Words(
            "The voucher was deleted in PowerOffice Go.",
            "We do not resend it by ourselves.",
            "Send again, or leave the settlement out.",
            "See the settlement",
        ),
    ),
    "draft-differs": warning(
        Words(
            "Utkastet i PowerOffice Go er et annet enn det vi sendte.",
            "Linjene med merket {mark} stemmer ikke med oppgjøret.",
            "Kontroller utkastet før det bokføres.",
            "Se oppgjøret",
        ),
        Words(
            "The draft in PowerOffice Go is not what we sent.",
            "The lines with the mark {mark} do not agree with the settlement.",
            "Check the draft before it is posted.",
            "See the settlement",
        ),
    ),
    "draft-edited": warning(
        Words(
            "Utkastet er endret i PowerOffice Go.",
            "Linjene med merket {mark} er ikke lenger de vi sendte.",
            "Kontroller at endringen er ønsket.",
            "Se oppgjøret",
        ),
        Words(
            "The draft was changed in PowerOffice Go.",
            "The lines with the mark {mark} are no longer those we sent.",
            "Check that the change is wanted.",
            "See the settlement",
        ),
    ),
    "attachment-missing": warning(
        Words(
            "Z-rapporten ligger ikke ved bilaget i PowerOffice Go.",
            "Vi har prøvd flere ganger uten å få lagt den ved.",
            "Prøv igjen, eller last den ned og legg den ved der.",
            "Se oppgjøret",
        ),
        Words(
            "The Z report is not attached to the voucher in PowerOffice Go.",
            "We have tried several times without success.",
            "Try again, or download it and attach it there.",
            "See the settlement",
        ),
    ),
    "draft-kept": warning(
        Words(
            "Utkastet er ikke trukket tilbake.",
            "Det er bokført, eller ligger til godkjenning i PowerOffice Go.",
            "Rett bilaget i PowerOffice Go.",
            "Se oppgjøret",
        ),
        Words(
            "The draft was not withdrawn.",
            "It is posted, or waits for approval in PowerOffice Go.",
            "Mend the voucher in PowerOffice Go.",
            "See the settlement",
        ),
    ),
    "draft-surplus": blocked(
        Words(
            "Bilaget ligger to ganger i PowerOffice Go.",
            "Vi sletter ikke det ene selv: det er bokført, endret eller til godkjenning.",
            "Slett det som er feil, av dem med merket {mark}.",
            "Se oppgjøret",
        ),
        Words(
            "The voucher is in PowerOffice Go twice.",
            "We do not delete one ourselves: it is posted, changed or in approval.",
            "Delete the wrong one of those with the mark {mark}.",
            "See the settlement",
        ),
    ),
}
