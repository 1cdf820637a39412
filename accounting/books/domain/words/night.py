"""Words for what is known before anything is sent, and for runs that came late."""

from accounting.books.domain.words.text import Text, Words, blocked, warning

NIGHT: dict[str, Text] = {
    "period-locked": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Perioden er låst til og med {locked:day}, så {day:day} kan ikke sendes.",
            "Snakk med regnskapsfører før noe låses opp. Er perioden åpnet: hent kontoplanen på nytt.",
            "Hent kontoplanen på nytt",
        ),
        Words(
            "The settlement was not sent.",
            "The period is locked through {locked:day}, so {day:day} cannot be sent.",
            "Talk to your accountant before unlocking. If the period is open: fetch the chart anew.",
            "Fetch the chart anew",
        ),
    ),
    "before-conversion": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Regnskapet i PowerOffice Go begynner {begins:day}, etter {day:day}.",
            "Spør regnskapsfører om dagen er ført et annet sted. Da kan oppgjøret utelates.",
            "Hent kontoplanen på nytt",
        ),
        Words(
            "The settlement was not sent.",
            "The books in PowerOffice Go begin on {begins:day}, after {day:day}.",
            "Ask your accountant if the day is booked elsewhere. Then leave it out.",
            "Fetch the chart anew",
        ),
    ),
    "vat-not-registered": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Selskapet er ikke mva-registrert i PowerOffice Go, men oppsettet bruker mva-kode {vat_code}.",
            "Bruk mva-kode 0, eller registrer selskapet i PowerOffice Go.",
            "Endre mva-kode for konto {account}",
        ),
        Words(
            "The settlement was not sent.",
            "The company is not VAT-registered in PowerOffice Go, but the setup uses VAT code {vat_code}.",
            "Use VAT code 0, or register the company in PowerOffice Go.",
            "Change the VAT code for account {account}",
        ),
    ),
    "department-gone": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Avdeling «{department}» er koblet til {code}, som ikke lenger er i bruk i PowerOffice Go.",
            "Koble avdelingen til en annen, eller aktiver {code} i PowerOffice Go.",
            "Koble avdelingen",
        ),
        Words(
            "The settlement was not sent.",
            "Department “{department}” is linked to {code}, which PowerOffice Go no longer uses.",
            "Link the department to another, or activate {code} in PowerOffice Go.",
            "Link the department",
        ),
    ),
    "slot-late": warning(
        Words(
            "Overføringen {slot:time} startet ikke.",
            "Feilen ligger hos oss.",
            "Den startet av seg selv {started:time}, og alt er sendt.",
            "Se kjøringen",
        ),
        Words(
            "The transfer of {slot:time} did not start.",
            "The fault is ours.",
            "It started by itself at {started:time} and everything was sent.",
            "See the run",
        ),
    ),
    "slot-late-unfinished": warning(
        Words(
            "Overføringen {slot:time} startet ikke.",
            "Feilen ligger hos oss.",
            "Den startet av seg selv {started:time}. Noe er ikke sendt ennå.",
            "Se kjøringen",
        ),
        Words(
            "The transfer of {slot:time} did not start.",
            "The fault is ours.",
            "It started by itself at {started:time}. Some of it has not been sent yet.",
            "See the run",
        ),
    ),
}
