"""Words for what keeps a company from being connected to PowerOffice Go."""

from accounting.books.domain.words.text import Text, Words, blocked

CONNECTING: dict[str, Text] = {
    "client-key-refused": blocked(
        Words(
            "PowerOffice Go er ikke koblet til. Nøklene er ikke lagret.",
            "Application Key stemmer, men PowerOffice Go kjenner ikke Client Key.",
            "Lag en ny klientnøkkel i PowerOffice Go og legg den inn.",
            "Legg inn ny Client Key",
        ),
        Words(
            "PowerOffice Go is not connected. The keys were not saved.",
            "The Application Key fits, but PowerOffice Go does not know the Client Key.",
            "Create a new client key in PowerOffice Go and enter it.",
            "Enter a new Client Key",
        ),
    ),
    "application-key-refused": blocked(
        Words(
            "PowerOffice Go er ikke koblet til. Nøklene er ikke lagret.",
            "Application Key er en annen enn den som virker fra før.",
            "Kopier Application Key på nytt, slik du fikk den fra oss.",
            "Legg inn riktig Application Key",
        ),
        Words(
            "PowerOffice Go is not connected. The keys were not saved.",
            "The Application Key is another than the one that works already.",
            "Copy the Application Key again, as you got it from us.",
            "Enter the right Application Key",
        ),
    ),
    "keys-refused": blocked(
        Words(
            "PowerOffice Go er ikke koblet til. Nøklene er ikke lagret.",
            "PowerOffice Go avviste nøklene. De hører ikke sammen der.",
            "Kopier begge på nytt, og sjekk at de ikke er byttet om.",
            "Legg inn nøklene på nytt",
        ),
        Words(
            "PowerOffice Go is not connected. The keys were not saved.",
            "PowerOffice Go refused the keys. They do not belong together there.",
            "Copy both again, and check that they are not swapped.",
            "Enter the keys again",
        ),
    ),
    "keys-unreadable": blocked(
        Words(
            "Ingenting kan sendes.",
            "Nøklene til PowerOffice Go kan ikke leses på denne serveren.",
            "Legg inn begge nøklene på nytt.",
            "Legg inn nøklene på nytt",
        ),
        Words(
            "Nothing can be sent.",
            "The keys to PowerOffice Go cannot be read on this server.",
            "Enter both keys again.",
            "Enter the keys again",
        ),
    ),
    "subscription-key-refused": blocked(
        Words(
            "PowerOffice Go slipper oss ikke inn.",
            "Abonnementsnøkkelen på denne serveren mangler eller er avvist.",
            "Feilen ligger hos oss. Gi beskjed til support.",
            "Se tilkoblingen",
        ),
        Words(
            "PowerOffice Go does not let us in.",
            "The subscription key of this server is missing or was refused.",
            "The fault is ours. Tell support.",
            "See the connection",
        ),
    ),
    "rights-missing": blocked(
        Words(
            "Integrasjonen mangler en rett i PowerOffice Go.",
            "Den mangler «{rights_nb}».",
            "Be en administrator slå den på under Innstillinger > Utvidelser. Test så på nytt.",
            "Test tilkoblingen",
        ),
        Words(
            "The integration lacks a right in PowerOffice Go.",
            "It lacks “{rights_en}”.",
            "Ask an administrator to turn it on under Settings > Extensions. Then test again.",
            "Test the connection",
        ),
    ),
    "client-has-another-name": blocked(
        Words(
            "Nøkkelen hører til «{client}», ikke «{company}». Den er ikke lagret.",
            "Navnet i PowerOffice Go er et annet enn navnet her.",
            "Kopier nøkkelen fra riktig klient, eller bekreft at det er samme selskap.",
            "Bruk andre nøkler",
        ),
        Words(
            "The key belongs to “{client}”, not “{company}”. It was not saved.",
            "The name in PowerOffice Go is not the name here.",
            "Copy the key from the right client, or confirm that they are one company.",
            "Use other keys",
        ),
    ),
    "move-in-doubt": blocked(
        Words(
            "Nøklene er ikke byttet.",
            "Vi vet ikke ennå om {count} bilag ligger hos «{client}».",
            "Vent til de er avklart, eller svar på dem under Status. Bytt så på nytt.",
            "Se Status",
        ),
        Words(
            "The keys were not changed.",
            "We do not know yet whether {count} vouchers are with “{client}”.",
            "Wait until that is clear, or answer under Status. Then change them again.",
            "See Status",
        ),
    ),
}
