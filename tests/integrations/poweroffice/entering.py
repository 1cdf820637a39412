"""What the tests of entering keys share: what is typed, whose it is over there, and how it is sent."""

from django.test import Client

from tests import build

SETTINGS = f"/s/{build.ORG_NO}/oppsett/integrasjoner/poweroffice/"
KEYS, WHOSE = f"{SETTINGS}nokler/", f"{SETTINGS}nokler/bekreft/"
RIGHT = {"application_key": "an-application", "client_key": "a-client-0f3e"}
OURS = {
    "application_key": RIGHT["application_key"],
    "client_key": RIGHT["client_key"],
    "client_name": "FJORDKAFFE as",
}


def sent(client: Client, address: str, data: dict[str, str], language: str = "nb") -> str:
    client.cookies["language"] = language
    client.post("/sprak/", {"language": language})
    return " ".join(client.post(address, data, follow=True).content.decode().split())
