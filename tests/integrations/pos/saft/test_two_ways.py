"""The quick way and the parser's way give the same, in every dress that XML may wear (decision 10)."""

import io
import re

import pytest

from integrations.pos.saft import read, stream
from integrations.pos.saft.cutting import LONGEST_ENTRY, Cutter
from tests.integrations.pos.saft.reading import broken, facts, items, one_till, receipts, refusal
from tests.saft_builder import card_sale, event, payment, receipt, z_report

Z = z_report(
    "1", "115.00", {"CASH": "115.00"}, {"2": ("100.00", "15.00")}, groups=(("100", "115.00"),)
)
FILE = one_till(event("SALREC", "1"), Z, card_sale("1"), card_sale("2"), card_sale("3"))
FAR = "\n" * stream.CHUNK  # puts what follows in another chunk than the file's beginning


def carefully(file):
    data = file if isinstance(file, bytes) else file.encode()
    return list(stream._carefully(io.BytesIO(data), None))


def quickly(file):
    data = file if isinstance(file, bytes) else file.encode()
    return list(stream._quickly(io.BytesIO(data), None))


def prefixed(file):
    tags = re.sub(r"<(/?)(\w)", r"<\1n1:\2", file.replace("xmlns=", "xmlns:n1="))
    return tags.replace("<?n1:", "<?")


def declared(name, codec):
    return FILE.replace("UTF-8", name, 1).replace("Cash sale", "Salg på nett").encode(codec)


DRESSES = {
    "plain": FILE,
    "with a prefix": prefixed(FILE),
    "a line for each element": FILE.replace("><", ">\n\t<"),
    "other line ends": FILE.replace("><", ">\r\n<").replace("Sentrum", "Sen\rtrum"),
    "an empty element closed in itself": FILE.replace("</transTime>", "</transTime><bookDate/>"),
    "named references": FILE.replace("<lineID>1<", "<lineID>&lt;1&amp;2&gt;&quot;&apos;<"),
    "numbered references": FILE.replace("<lineID>1<", "<lineID>&#230;&#x31;<"),
    "one number in a reference": broken("<transID>t2<", "<transID>&#116;2<", FILE),
    "a comment in a receipt": broken("<transID>t2<", "<!-- > --><transID>t2<", FILE),
    "a comment in a text": broken("<transID>t2<", "<transID>t<!-- x -->2<", FILE),
    "a comment that ends a receipt": broken(
        "<transID>t2<", "<!-- </cashtransaction> --><transID>t2<", FILE
    ),
    "CDATA": broken("<transID>t2<", "<transID><![CDATA[t2]]><", FILE),
    "an instruction": broken("<transID>t2<", "<?x y?><transID>t2<", FILE),
    "an attribute": broken("<transID>t2<", '<transID a="1">t2<', FILE),
    "two brackets": broken("<transID>t2<", "<transID>t]]2<", FILE),
    "an entry with an attribute": broken("<cashtransaction>", '<cashtransaction a="1">', FILE),
    "a comment between": broken("</cashtransaction>", "</cashtransaction><!-- x -->", FILE),
    "ISO-8859-1": declared("ISO-8859-1", "iso-8859-1"),
    "Windows-1252": declared("windows-1252", "cp1252"),
    "UTF-8 with its mark": declared("UTF-8", "utf-8-sig"),
}
ONLY_THE_PARSER = {
    "UTF-16": declared("UTF-16", "utf-16"),
    "a rare encoding": declared("ISO-8859-15", "iso-8859-15"),
    "two encodings": declared("ISO-8859-1", "utf-8-sig"),
    "an entry in a comment": broken("</event>", "</event><!-- <event> -->", FILE),
}


@pytest.mark.parametrize("dress", DRESSES)
def test_both_ways_give_the_same(dress):
    file = DRESSES[dress]
    assert quickly(file) == carefully(file) == items(file)


@pytest.mark.parametrize("dress", ONLY_THE_PARSER)
def test_what_the_quick_way_leaves_is_read_by_the_parser(dress):
    file = ONLY_THE_PARSER[dress]
    with pytest.raises((stream._Unsure, UnicodeDecodeError)):
        quickly(file)
    assert items(file) == carefully(file)


@pytest.mark.parametrize("dress", ["plain", "with a prefix", "other line ends", "ISO-8859-1"])
def test_it_does_not_matter_how_a_file_comes(dress):
    class Slowly(io.BytesIO):
        def read(self, _size=-1):
            return super().read(7)

    file = DRESSES[dress]
    data = file if isinstance(file, bytes) else file.encode()
    assert list(stream._quickly(Slowly(data), None)) == carefully(data)


def test_what_was_given_before_a_doubt_is_not_given_twice():
    doubtful = one_till(card_sale("1") + FAR, "<!-- <event> -->", card_sale("2"))
    assert [r.nr for r in receipts(doubtful)] == ["1", "2"]


def test_a_file_is_read_from_where_it_stands():
    source = io.BytesIO(b"before" + FILE.replace("<transID>t2<", "<transID><", 1).encode())
    source.seek(6)
    with pytest.raises(Exception, match="transID mangler"):
        list(read(source))


@pytest.mark.parametrize("sign", ["\x0b", "\x00", "\ufffe", "\uffff"])
def test_a_sign_that_xml_does_not_have_is_refused_far_down_too(sign):
    file = one_till(card_sale("1") + FAR, card_sale("2").replace(">t2<", f">t{sign}2<"))
    assert refusal(file).code == "file-not-xml"


def test_bytes_of_another_encoding_are_refused_far_down_too():
    file = one_till(card_sale("1") + FAR, card_sale("2").replace(">t2<", ">tæ2<"))
    assert refusal(file.encode("cp1252")).code == "file-undecodable"


@pytest.mark.parametrize("text", ["&amount;", "a]]>b", "&#0;", "<b>"])
def test_what_no_text_may_hold_is_refused(text):
    assert refusal(broken(">t2<", f">{text}<", FILE)).code == "file-not-xml"


def test_rows_that_are_not_all_rows_are_refused():
    sale = receipt("1", "1.00", "1.00", payment("CASH", "1.00"), payment("CASH", "1.00"))
    file = one_till(sale.replace("</payment><payment>", "</payment><x/><payment>"))
    assert facts(refusal(file))["element"] == "x"


def test_a_malformed_exchange_rate_is_refused():
    sale = receipt("1", "1.00", "1.00", payment("CASH", "1.00", curCode="EUR", exchRt="x"))
    assert facts(refusal(one_till(sale)))["element"] == "exchRt"


def test_an_entry_too_long_to_cut_is_read_by_the_parser():
    long = card_sale("2").replace(
        "<ctLine>", f"<desc>{'x' * (LONGEST_ENTRY + stream.CHUNK)}</desc><ctLine>", 1
    )
    file = one_till(card_sale("1"), long, card_sale("3"))
    assert [r.nr for r in receipts(file)] == ["1", "2", "3"]


def test_the_cutter_gives_everything_once_and_in_order():
    text = "<a><event>1</event>\n<event>2</event><b/></a> <ev"
    for size in (1, 2, 5, 100):
        cutter = Cutter(("event",), "")
        parts = [text[at : at + size] for at in range(0, len(text), size)]
        pieces = [piece for part in parts for piece in cutter.pieces(part)] + [*cutter.end()]
        assert [piece for piece in pieces if piece[0]] == [
            ("event", "<event>1</event>"),
            ("event", "<event>2</event>"),
        ]
        rest = "".join(piece for name, piece in pieces if not name)
        assert rest.replace(" ", "") == "<a><b/></a><ev"
