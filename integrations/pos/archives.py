"""A till's delivery as one stream of items, whether it is an XML file or a ZIP file of several.

Nothing of an archive is written to disk, so its names lead nowhere. What it says of itself is held
to limits before anything is unpacked, and no entry gives more bytes than it said (saft.md 4.1, 4.2).
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from integrations.pos.saft import Company, Item, RefusedFile, read

MOST_PARTS = 1000
MOST_RATIO = 200  # a till's file packs 12 : 1 (saft.md 4.1)
_PACKED = (b"PK\x03\x04", b"PK\x05\x06")  # an archive, and one of no files
_SHORTEST = 22  # bytes of an archive's end, which each has
_ENCRYPTED = 1
_KNOWN_WAYS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ASIDE = "__MACOSX/"  # what a Mac packs beside each file
# What zipfile and zlib raise for bytes that are no archive, or not the one they say they are.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError)


def read_delivery(
    file: BinaryIO, most_unpacked: int, expected_org_no: str | None = None
) -> Iterator[Item]:
    """Yield what a delivery holds: of a ZIP file the parts in the order of their names.

    `file` is read from where it stands; `most_unpacked` is in bytes. Raises RefusedFile: archive-…,
    file-two-companies, and what `read` raises.
    """
    start = file.read(_SHORTEST)
    file.seek(-len(start), io.SEEK_CUR)
    if len(start) < _SHORTEST or not start.startswith(_PACKED):
        yield from read(file, expected_org_no)
        return
    try:
        with zipfile.ZipFile(file) as archive:
            yield from _one_company(archive, _parts(archive, most_unpacked), expected_org_no)
    except _DAMAGE as error:
        raise RefusedFile("archive-damaged", {}) from error


def _parts(archive: zipfile.ZipFile, most_unpacked: int) -> list[zipfile.ZipInfo]:
    """Give the files of an archive, held to the limits. Raises RefusedFile: archive-…."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    parts = sorted(
        (entry for entry in entries if not entry.filename.startswith(_ASIDE)),
        key=lambda entry: entry.filename,
    )
    if not parts:
        raise RefusedFile("archive-empty", {})
    if len(entries) > MOST_PARTS:
        raise RefusedFile("archive-too-many", {"limit": str(MOST_PARTS)})
    if sum(part.file_size for part in parts) > most_unpacked:
        raise RefusedFile("archive-too-large", {"limit": str(most_unpacked // 1000**2)})
    for part in parts:
        _check(part)
    return parts


def _check(part: zipfile.ZipInfo) -> None:
    name = {"name": part.filename[:200]}
    if part.flag_bits & _ENCRYPTED:
        raise RefusedFile("archive-encrypted", name)
    if part.file_size > MOST_RATIO * max(part.compress_size, 1):
        raise RefusedFile("archive-too-tight", name)
    if part.compress_type not in _KNOWN_WAYS:
        raise RefusedFile("archive-damaged", {})


def _one_company(
    archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], expected_org_no: str | None
) -> Iterator[Item]:
    """Read the parts. Raises RefusedFile: archive-nested, file-two-companies, and what `read` raises."""
    first: Company | None = None
    for part in parts:
        with archive.open(part) as opened:
            source = cast(BinaryIO, opened)
            if source.read(4) in _PACKED:
                raise RefusedFile("archive-nested", {"name": part.filename[:200]})
            source.seek(0)
            for item in read(source, expected_org_no):
                if isinstance(item, Company):
                    if first and item.org_no != first.org_no:
                        raise RefusedFile("file-two-companies", {})
                    first = first or item
                yield item
