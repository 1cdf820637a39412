"""What is said of days and Z reports that never came."""

from accounting.books.domain.words.text import Text, Words, warning

ABSENCE: dict[str, Text] = {
    "z-missing": warning(
        Words(
            "Z {subject} mangler for {department:where}, kasse {till}.",
            "Kassen har levert Z {before} og {after}, men ikke det som er mellom.",
            "Hent den fra kassen, eller merk {day:day} som stengt.",
            "Undersøk dagen",
        ),
        Words(
            "Z {subject} is missing for {department:where}, till {till}.",
            "The till delivered Z {before} and {after}, but not what lies between.",
            "Fetch it from the till, or mark {day:day} as closed.",
            "Look at the day",
        ),
    ),
    "day-missing": warning(
        Words(
            "Ingen oppgjør for {department:where} {subject:day}.",
            "Det pleier å være åpent den ukedagen.",
            "Hent filen fra kassen, eller merk dagen som stengt.",
            "Undersøk dagen",
        ),
        Words(
            "No settlement for {department:where} on {subject:day}.",
            "That weekday is usually open.",
            "Fetch the file from the till, or mark the day as closed.",
            "Look at the day",
        ),
    ),
}
