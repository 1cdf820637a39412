"""What the demo gives its processes, so that its pages work as in a real installation."""

from backoffice import demo

GO = "http://127.0.0.1:8001"


def test_keys_can_be_entered_in_the_demo_without_a_subscription_key_of_one_s_own(settings) -> None:
    settings.POWEROFFICE_SUBSCRIPTION_KEY = ""

    given = demo.environment(GO)

    assert given["POWEROFFICE_SUBSCRIPTION_KEY"] == "demo-subscription"
    assert given["POWEROFFICE_SANDBOX_URL"] == GO


def test_an_own_one_is_kept(settings) -> None:
    settings.POWEROFFICE_SUBSCRIPTION_KEY = "our-own"

    assert demo.environment(GO)["POWEROFFICE_SUBSCRIPTION_KEY"] == "our-own"
