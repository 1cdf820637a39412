"""Where PowerOffice Go is, and the keys to it: constants, so that no field can name another host.

Source: poweroffice.md 1.1 and 1.2; reliability.md 2.4, 69.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Hosts:
    """Where the API and its token call are; `api` ends without a slash (poweroffice.md 1.1)."""

    api: str
    token: str


LIVE = Hosts("https://goapi.poweroffice.net/v2", "https://goapi.poweroffice.net/OAuth/Token")
DEMO = Hosts(
    "https://goapi.poweroffice.net/demo/v2", "https://goapi.poweroffice.net/Demo/OAuth/Token"
)


def sandbox_hosts(url: str) -> Hosts:
    """The hosts of our own sandbox. Raises ValueError for anything but this very machine."""
    parts = urlsplit(url)
    here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if not here or not plain or parts.path not in ("", "/"):
        raise ValueError("the sandbox is only ever at http://127.0.0.1:PORT")
    root = f"http://{parts.netloc}"
    return Hosts(f"{root}/v2", f"{root}/OAuth/Token")


@dataclass(frozen=True, slots=True)
class Keys:
    """The three keys (poweroffice.md 1.2), all of one environment. They are never shown."""

    application: str
    client: str
    subscription: str

    def __repr__(self) -> str:
        return "Keys(***)"
