"""Words for a till's delivery: why it is not taken, and what is said when nothing comes."""

from accounting.books.domain.words.text import Text, Words, refused, warning

_NOTHING_NB = "Filen er ikke tatt imot."
_NOTHING_EN = "The file was not taken."
_KEYS_NB = "Lag en ny under Oppsett > Integrasjoner > Kasser."
_KEYS_EN = "Make a new one under Setup > Integrations > Tills."


def _refused(nb: str, en: str, nb_out: str, en_out: str) -> Text:
    return refused(Words(_NOTHING_NB, nb, nb_out), Words(_NOTHING_EN, en, en_out))


DELIVERING: dict[str, Text] = {
    "token-refused": _refused(
        "Leveringsnøkkelen mangler, er feil eller er trukket tilbake.",
        "The delivery key is missing, wrong or withdrawn.",
        _KEYS_NB,
        _KEYS_EN,
    ),
    "token-for-other-use": _refused(
        "Leveringsnøkkelen gjelder ikke SAF-T-filer.",
        "The delivery key is not for SAF-T files.",
        _KEYS_NB,
        _KEYS_EN,
    ),
    "accounting-off": _refused(
        "Regnskapsintegrasjonen er slått av for selskapet.",
        "Accounting integration is switched off for the company.",
        "Be SuperAdmin slå den på, og send filen igjen.",
        "Ask SuperAdmin to switch it on, and send the file again.",
    ),
    "delivery-too-large": _refused(
        "Den er større enn {limit} MB.",
        "It is larger than {limit} MB.",
        "Send færre dager om gangen.",
        "Send fewer days at a time.",
    ),
    "delivery-too-often": _refused(
        "Nøkkelen har levert mer enn {limit} ganger på ett minutt.",
        "The key has delivered more than {limit} times in one minute.",
        "Vent ett minutt, og send igjen.",
        "Wait one minute, and send again.",
    ),
    "delivery-without-length": _refused(
        "Leveringen sier ikke hvor stor filen er.",
        "The delivery does not say how large the file is.",
        "Send den med Content-Length.",
        "Send it with Content-Length.",
    ),
    "delivery-without-file": _refused(
        "Skjemaet har ingen fil i feltet «file».",
        "The form has no file in the field “file”.",
        "Legg filen der, eller send den alene.",
        "Put the file there, or send it alone.",
    ),
    "delivery-not-post": _refused(
        "Adressen tar bare imot filer.",
        "The address only takes files.",
        "Send filen med POST.",
        "Send the file with POST.",
    ),
    "delivery-being-read": warning(
        Words("Filen leses fortsatt.", "", "Send den samme filen igjen om litt, så kommer svaret."),
        Words("The file is still being read.", "", "Send the same file again soon for the answer."),
    ),
}
