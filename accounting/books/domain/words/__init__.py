"""One table of words: issue code → what is said in bokmål and English."""

from accounting.books.domain.words.connecting import CONNECTING
from accounting.books.domain.words.exporting import EXPORTING
from accounting.books.domain.words.files import FILES
from accounting.books.domain.words.settlements import SETTLEMENTS
from accounting.books.domain.words.setup import SETUP
from accounting.books.domain.words.text import Text

TEXTS: dict[str, Text] = {**FILES, **SETTLEMENTS, **SETUP, **EXPORTING, **CONNECTING}
