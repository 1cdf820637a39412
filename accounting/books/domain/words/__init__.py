"""One table of words: issue code → what is said in bokmål and English."""

from accounting.books.domain.words.absence import ABSENCE
from accounting.books.domain.words.arrived import ARRIVED
from accounting.books.domain.words.connecting import CONNECTING
from accounting.books.domain.words.delivering import DELIVERING
from accounting.books.domain.words.exporting import EXPORTING
from accounting.books.domain.words.files import FILES
from accounting.books.domain.words.night import NIGHT
from accounting.books.domain.words.settlements import SETTLEMENTS
from accounting.books.domain.words.setup import SETUP
from accounting.books.domain.words.telling import TELLING
from accounting.books.domain.words.text import Text

TEXTS: dict[str, Text] = {
    **ABSENCE,
    **FILES,
    **SETTLEMENTS,
    **SETUP,
    **EXPORTING,
    **ARRIVED,
    **CONNECTING,
    **DELIVERING,
    **NIGHT,
    **TELLING,
}
