"""Words for what happens between us and PowerOffice Go."""

from accounting.books.domain.words.text import Text, Words, blocked, warning

EXPORTING: dict[str, Text] = {
    "not-connected": blocked(
        Words(
            "Ingenting er sendt.",
            "PowerOffice Go er ikke koblet til.",
            "Legg inn nøklene, så sendes det som venter.",
            "Koble til PowerOffice Go",
        ),
        Words(
            "Nothing was sent.",
            "PowerOffice Go is not connected.",
            "Enter the keys and what is waiting is sent.",
            "Connect PowerOffice Go",
        ),
    ),
    "key-refused": blocked(
        Words(
            "Ingenting er sendt.",
            "PowerOffice Go avviste nøkkelen.",
            "Lag en ny klientnøkkel og legg den inn.",
            "Legg inn ny nøkkel",
        ),
        Words(
            "Nothing was sent.",
            "PowerOffice Go refused the key.",
            "Create a new client key and enter it.",
            "Enter a new key",
        ),
    ),
    "environment-not-allowed": blocked(
        Words(
            "Ingenting er sendt.",
            "Tilkoblingen gjelder et miljø som ikke brukes herfra.",
            "Koble til på nytt med nøkler for dette miljøet.",
            "Koble til PowerOffice Go",
        ),
        Words(
            "Nothing was sent.",
            "The connection is for an environment that is not used from here.",
            "Connect again with keys for this environment.",
            "Connect PowerOffice Go",
        ),
    ),
    "provider-unreachable": blocked(
        Words(
            "Det gikk ikke denne gangen.",
            "Vi fikk ikke svar fra PowerOffice Go.",
            "Vent litt og prøv igjen.",
            "Se tilkoblingen",
        ),
        Words(
            "It did not work this time.",
            "We got no answer from PowerOffice Go.",
            "Wait a little and try again.",
            "See the connection",
        ),
    ),
    "chart-empty": blocked(
        Words(
            "Kontoplanen er ikke hentet.",
            "Den er tom i PowerOffice Go.",
            "Legg inn kontoer der, og hent kontoplanen på nytt.",
            "Se tilkoblingen",
        ),
        Words(
            "The chart of accounts was not fetched.",
            "It is empty in PowerOffice Go.",
            "Add accounts there, and fetch the chart again.",
            "See the connection",
        ),
    ),
    "client-at-another-company": blocked(
        Words(
            "PowerOffice Go er ikke koblet til.",
            "Nøklene gjelder «{client}», som er koblet til et annet selskap her.",
            "Bruk klientnøkkelen til dette selskapet.",
            "Koble til PowerOffice Go",
        ),
        Words(
            "PowerOffice Go is not connected.",
            "The keys are for “{client}”, which is connected to another company here.",
            "Use this company's own client key.",
            "Connect PowerOffice Go",
        ),
    ),
    "privilege-missing": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Integrasjonen mangler retten «Sende bilag til bilagsføring» i PowerOffice Go.",
            "Be en administrator slå den på under Innstillinger > Utvidelser.",
            "Test tilkoblingen",
        ),
        Words(
            "The settlement was not sent.",
            "The integration lacks the right “Sende bilag til bilagsføring” in PowerOffice Go.",
            "Ask an administrator to turn it on under Settings > Extensions.",
            "Test the connection",
        ),
    ),
    "refused-by-provider": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "PowerOffice Go sa nei: «{title}: {detail}»",
            "Rett det som står der, og send på nytt.",
            "Se oppgjøret",
        ),
        Words(
            "The settlement was not sent.",
            "PowerOffice Go said no: “{title}: {detail}”",
            "Mend what it says, then send again.",
            "See the settlement",
        ),
    ),
    "outcome-unknown": warning(
        Words(
            "Vi vet ikke om bilaget kom fram.",
            "Vi kontrollerer og svarer senest {until}.",
            "Ikke før det manuelt imens.",
            "Se oppgjøret",
        ),
        Words(
            "We do not know whether the voucher arrived.",
            "We are checking and will know by {until}.",
            "Do not enter it by hand meanwhile.",
            "See the settlement",
        ),
    ),
    "outcome-undecided": blocked(
        Words(
            "Vi fikk ikke avklart om bilaget finnes.",
            "Se etter «[{mark}]» i Bilagsføring i PowerOffice Go.",
            "Velg svaret på oppgjøret.",
            "Se oppgjøret",
        ),
        Words(
            "We could not tell whether the voucher exists.",
            "Look for “[{mark}]” in Bilagsføring in PowerOffice Go.",
            "Choose the answer on the settlement.",
            "See the settlement",
        ),
    ),
    "draft-found-twice": warning(
        Words(
            "Bilaget ligger {count} ganger i PowerOffice Go.",
            "Ett av dem er vårt, resten er overflødige.",
            "Slett de overflødige utkastene med merket {mark}.",
            "Se oppgjøret",
        ),
        Words(
            "The voucher is in PowerOffice Go {count} times.",
            "One of them is ours, the rest are surplus.",
            "Delete the surplus drafts with the mark {mark}.",
            "See the settlement",
        ),
    ),
    "too-many-tries": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Vi har prøvd {tries} ganger, og PowerOffice Go svarte ikke.",
            "Send på nytt når PowerOffice Go svarer igjen.",
            "Se oppgjøret",
        ),
        Words(
            "The settlement was not sent.",
            "We tried {tries} times and PowerOffice Go did not answer.",
            "Send again when PowerOffice Go answers.",
            "See the settlement",
        ),
    ),
}
