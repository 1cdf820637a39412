"""Where the client may go: two constants, and this very machine."""

import pytest

from integrations.poweroffice.hosts import DEMO, LIVE, sandbox_hosts


def test_live_and_demo_are_constants():
    assert LIVE.api == "https://goapi.poweroffice.net/v2"
    assert DEMO.token == "https://goapi.poweroffice.net/Demo/OAuth/Token"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8123", "http://localhost:1/", "http://[::1]:9/"])
def test_the_sandbox_is_on_this_machine(url):
    assert sandbox_hosts(url).api == url.rstrip("/") + "/v2"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://127.0.0.1:1",
        "http://10.0.0.7:8123",
        "http://goapi.poweroffice.net",
        "http://127.0.0.1.example.com",
        "http://127.0.0.1@example.com",
        "http://user:pass@127.0.0.1:1",
        "http://127.0.0.1:1/api",
        "http://127.0.0.1:1/?x=1",
        "http://127.0.0.1:1/#x",
        "http://2130706433:1",
        "http://0.0.0.0:1",
        "file:///etc/passwd",
    ],
)
def test_no_other_address_passes_for_the_sandbox(url):
    with pytest.raises(ValueError, match="only ever at"):
        sandbox_hosts(url)
