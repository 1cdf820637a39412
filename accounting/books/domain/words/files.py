"""Words for a file as a whole: why it is refused, with nothing of it stored, or what is odd about it."""

from accounting.books.domain.words.text import Text, Words, refused, warning

_NOTHING_NB = "Filen er ikke lest, og ingenting er lagret."
_NOTHING_EN = "The file was not read, and nothing was stored."
_AGAIN_NB = "Hent filen på nytt fra kassen."
_AGAIN_EN = "Fetch the file from the till again."
# What the till wrote wrong, it writes wrong again.
_VENDOR = ("Be kasseleverandøren rette det.", "Ask the till's vendor to mend it.")


def _file(nb: str, en: str, nb_out: str = _AGAIN_NB, en_out: str = _AGAIN_EN) -> Text:
    return refused(Words(_NOTHING_NB, nb, nb_out), Words(_NOTHING_EN, en, en_out))


def _note(nb: str, en: str) -> Text:
    return warning(Words(nb), Words(en))


FILES: dict[str, Text] = {
    "file-has-doctype": _file(
        "Den inneholder en DOCTYPE, og det gjør ingen SAF-T-fil fra en kasse.",
        "It contains a DOCTYPE, which no till's SAF-T file does.",
        "Be kasseleverandøren om en vanlig SAF-T-fil.",
        "Ask the till's vendor for a plain SAF-T file.",
    ),
    "file-not-saft": _file(
        "Den er ikke en norsk SAF-T-fil for kassasystem: den begynner med «{found}».",
        "It is not a Norwegian SAF-T Cash Register file: it begins with “{found}”.",
        "Eksporter «SAF-T Kassasystem» fra kassen og last opp den.",
        "Export “SAF-T Cash Register” from the till and upload that.",
    ),
    "file-truncated": _file(
        "Den slutter midt i, ved linje {line}.",
        "It ends in the middle, at line {line}.",
    ),
    "file-not-xml": _file(
        "Linje {line} er ikke gyldig XML: {detail}.",
        "Line {line} is not well-formed XML: {detail}.",
    ),
    "file-undecodable": _file(
        "Linje {line} har tegn som ikke passer med filens tegnsett.",
        "Line {line} has bytes that do not fit the file's encoding.",
        "Be kasseleverandøren om en fil i UTF-8.",
        "Ask the till's vendor for a file in UTF-8.",
    ),
    "file-unreadable": _file(
        "«{name}» finnes ikke, eller kan ikke åpnes.",
        "“{name}” does not exist, or cannot be opened.",
        "Sjekk navnet og mappen.",
        "Check its name and folder.",
    ),
    "file-empty": _file("Den er tom.", "It is empty."),
    "file-two-companies": _file(
        "Den gjelder flere enn ett selskap.",
        "It concerns more than one company.",
        "Eksporter ett selskap om gangen.",
        "Export one company at a time.",
    ),
    "file-of-another-company": _file(
        "Den gjelder organisasjonsnummer {found}, ikke {expected}.",
        "It concerns organisation number {found}, not {expected}.",
        "Last den opp på riktig selskap.",
        "Upload it at the right company.",
    ),
    "archive-damaged": _file(
        "ZIP-filen er skadet, eller pakket på en måte vi ikke kan lese.",
        "The ZIP file is damaged, or packed in a way that we cannot read.",
        "Pakk filene på nytt, eller last opp XML-filene.",
        "Pack the files again, or upload the XML files.",
    ),
    "archive-empty": _file(
        "ZIP-filen har ingen filer.",
        "The ZIP file has no files in it.",
        "Pakk SAF-T-filene fra kassen og last opp igjen.",
        "Pack the till's SAF-T files and upload again.",
    ),
    "archive-encrypted": _file(
        "«{name}» i ZIP-filen er låst med passord.",
        "“{name}” in the ZIP file is locked with a password.",
        "Pakk filene uten passord.",
        "Pack the files without a password.",
    ),
    "archive-nested": _file(
        "«{name}» i ZIP-filen er selv en ZIP-fil.",
        "“{name}” in the ZIP file is itself a ZIP file.",
        "Pakk ut den innerste og last opp den.",
        "Unpack the inner one and upload that.",
    ),
    "archive-too-large": _file(
        "ZIP-filen er større enn {limit} MB utpakket.",
        "The ZIP file is larger than {limit} MB when unpacked.",
        "Last opp færre dager om gangen.",
        "Upload fewer days at a time.",
    ),
    "archive-too-many": _file(
        "ZIP-filen har flere enn {limit} filer.",
        "The ZIP file has more than {limit} files in it.",
        "Last opp færre filer om gangen.",
        "Upload fewer files at a time.",
    ),
    "archive-too-tight": _file(
        "«{name}» i ZIP-filen er pakket tettere enn noen kassefil blir.",
        "“{name}” in the ZIP file is packed tighter than any till's file.",
        "Last opp XML-filen selv.",
        "Upload the XML file itself.",
    ),
    "amount-malformed": _file(
        "Linje {line}: «{value}» i {element} er ikke et beløp med høyst to desimaler.",
        "Line {line}: “{value}” in {element} is not an amount with at most two decimals.",
        *_VENDOR,
    ),
    "field-missing": _file(
        "Linje {line}: {element} mangler eller er tomt.",
        "Line {line}: {element} is missing or empty.",
        *_VENDOR,
    ),
    "field-malformed": _file(
        "Linje {line}: «{value}» passer ikke i {element}.",
        "Line {line}: “{value}” does not fit in {element}.",
        *_VENDOR,
    ),
    "element-out-of-order": _file(
        "Linje {line}: {element} står på feil plass i {parent}.",
        "Line {line}: {element} is out of place in {parent}.",
        *_VENDOR,
    ),
    "employee-missing": _note(
        "Ansatte som filen ikke navngir: {subject} ({count} i alt). Du trenger ikke gjøre noe med det.",
        "Employees that the file does not name: {subject} ({count} in all). You need not do anything.",
    ),
    "article-missing": _note(
        "Varer som filen ikke navngir: {subject} ({count} i alt). Du trenger ikke gjøre noe med det.",
        "Articles that the file does not name: {subject} ({count} in all). You need not do anything.",
    ),
}
