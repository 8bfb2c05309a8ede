"""Workbooks whose XML means harm, or says what no list should say."""
# ruff: noqa: E501 - what means harm is longer than a line

from collections.abc import Callable
from functools import partial
from random import Random
from xml.sax.saxutils import escape

from tests.hostile.kinds import (
    NO_COLUMNS,
    RIGHT,
    TOO_LARGE,
    UNREADABLE,
    WRONG,
    Variants,
    given,
    kind,
)
from tests.hostile.texts import HEAD, row
from tests.hostile.workbook_parts import (
    MAIN,
    cell,
    line,
    lines,
    parts,
    sheet,
    workbook,
)

_PARTS = ("sheet", "strings", "styles", "book", "relations", "book_relations")
_TEN = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
_LAUGHS = f'<!DOCTYPE a [<!ENTITY e0 "ha">{_TEN}]>'
_LARGE = f'<!DOCTYPE a [<!ENTITY e11 "{"x" * 50_000}">]>'
_OUTSIDE = '<!DOCTYPE a [<!ENTITY e11 SYSTEM "file:///etc/passwd">]>'
_REMOTE = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">'
_PARAMETER = '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'
_DECLARED = (_LAUGHS, _LARGE, _OUTSIDE, _REMOTE, _PARAMETER, "<!DOCTYPE a>")


@kind(UNREADABLE)
def document_types(_chance: Random) -> Variants:
    rows = lines(row()).replace("Noor Nieuw", "&e11;" * 20)
    for number, declared in enumerate(_DECLARED):
        yield f"sheet-{number}", given(workbook(sheet=sheet(rows, before=declared)))
    for part in _PARTS[1:]:
        content = next(iter(_of(part).values()))
        yield f"laughs-{part}", given(workbook(**{part: _LAUGHS.encode() + content}))
    for encoding, name in (("utf-16", "UTF-16"), ("utf-7", "UTF-7"), ("cp037", "IBM037"),
                           ("cp1252", "windows-1252"), ("utf-32", "UTF-32"), ("utf-8-sig", "utf-8")):  # fmt: skip
        text = f'<?xml version="1.0" encoding="{name}"?>{sheet(rows, before=_LAUGHS).decode()}'
        yield f"as-{encoding}", given(workbook(sheet=text.encode(encoding, "xmlcharrefreplace")))


def _of(part: str) -> dict[str, bytes]:
    """The usual content of a part, under its name in the file."""
    usual, marked = parts(), parts(**{part: b"?"})
    return {name: usual[name] for name, content in marked.items() if content == b"?"}


def _rows(one: str, count: int, after: str = "") -> bytes:
    return workbook(sheet=sheet(one * count + after))


def _numbered(one: Callable[[int], str], count: int) -> bytes:
    return workbook(sheet=sheet("".join(map(one, range(1, count + 1)))))


@kind("too_many_rows", TOO_LARGE)
def long_sheets(_chance: Random) -> Variants:
    for count in (20_001, 300_000, 1_000_000):
        yield f"empty-{count}", partial(_rows, "<row/>", count)
        yield f"blank-{count}", partial(_rows, '<row><c s="1"/></row>', count)
    for count in (502, 20_001, 300_000):
        yield f"full-{count}", partial(_numbered, lambda n: f"<row><c><v>{n}</v></c></row>", count)
    yield "1000000-full", partial(_rows, "<row><c><v>1</v></c></row>", 1_000_000)
    for number in (20_001, 1_048_576, 9_999_999):
        yield f"far-{number}", given(workbook(sheet=sheet(lines(row()) + f'<row r="{number}"/>')))


@kind(UNREADABLE, TOO_LARGE, NO_COLUMNS, RIGHT, "cell_too_long", "too_many_rows")
def sheets_that_take_memory(_chance: Random) -> Variants:
    yield "wide-row", lambda: workbook(sheet=sheet("<row>" + "<c/>" * 3_000_000 + "</row>"))
    yield "wide-row-short", lambda: workbook(sheet=sheet("<row>" + "<c/>" * 900_000 + "</row>"))
    yield "elements", lambda: workbook(sheet=sheet("<a/>" * 4_900_000))
    yield "names", lambda: workbook(sheet=sheet("".join(f"<n{n}/>" for n in range(1_500_000))))
    yield "deep", lambda: workbook(sheet=sheet("<a>" * 3_000_000))
    yield "deep-closed", lambda: workbook(sheet=sheet("<a>" * 900_000 + "</a>" * 900_000))
    yield (
        "attributes",
        lambda: workbook(
            sheet=sheet("<row " + " ".join(f'a{n}=""' for n in range(1_200_000)) + "/>")
        ),
    )
    yield (
        "few-attributes",
        lambda: workbook(sheet=sheet("".join(f'<a a{n}="" b{n}=""/>' for n in range(700_000)))),
    )
    yield "comment", lambda: workbook(sheet=sheet(f"<!--{'x' * 19_000_000}-->"))
    yield "instruction", lambda: workbook(sheet=sheet(f"<?x {'x' * 19_000_000}?>"))
    yield "tag", lambda: workbook(sheet=sheet(f"<{'x' * 19_000_000}/>"))
    yield "value", lambda: workbook(sheet=sheet(f'<row a="{"x" * 19_000_000}"/>'))
    yield "text", lambda: workbook(sheet=sheet(line(1, ["x" * 19_000_000])))
    yield (
        "cdata",
        lambda: workbook(sheet=sheet(f"<row><c><v><![CDATA[{'x' * 19_000_000}]]></v></c></row>")),
    )
    yield "line-ends", lambda: workbook(sheet=sheet("&#10;" * 3_900_000))
    yield "number", lambda: workbook(sheet=sheet(f"<row><c><v>{'9' * 19_000_000}</v></c></row>"))
    yield (
        "runs",
        lambda: workbook(
            sheet=sheet(f'<row><c t="inlineStr"><is>{"<r><t>x</t></r>" * 300_000}</is></c></row>')
        ),
    )


def _strings(one: str, count: int) -> bytes:
    return f'<sst xmlns="{MAIN}">{one * count}</sst>'.encode()


_POINTS = "".join(
    f'<row r="{number}">' + '<c t="s"><v>0</v></c>' * 60 + "</row>" for number in range(2, 500)
)


@kind(UNREADABLE, TOO_LARGE, NO_COLUMNS, RIGHT, WRONG, "cell_too_long")
def shared_texts(_chance: Random) -> Variants:
    head = line(1, HEAD)
    for size in (400, 4_900, 5_100, 30_000, 10_000_000):
        one = f"<si><t>{'x' * size}</t></si>"
        yield (
            f"long-{size}",
            partial(workbook, strings=_strings(one, 1), sheet=sheet(head + _POINTS)),
        )
    yield "many", lambda: workbook(strings=_strings("<si><t>ab</t></si>", 900_000))
    yield "many-long", lambda: workbook(strings=_strings(f"<si><t>{'x' * 990}</t></si>", 19_000))
    yield "many-empty", lambda: workbook(strings=_strings("<si/>", 3_500_000))
    yield (
        "many-different",
        lambda: workbook(
            strings=_strings("".join(f"<si><t>{n}é</t></si>" for n in range(480_000)), 1)
        ),
    )
    yield "runs", lambda: workbook(strings=_strings(f"<si>{'<r><t>x</t></r>' * 300_000}</si>", 1))
    for number, wrong in enumerate(
        ("1", "-1", "99999999", "9" * 5_000, "x", "1e3", "٣", "0x0", "0.0")
    ):
        pointed = head + f'<row r="2"><c t="s"><v>{wrong}</v></c></row>'
        yield f"points-{number}", given(workbook(sheet=sheet(pointed)))


@kind(RIGHT, TOO_LARGE, UNREADABLE)
def styles(_chance: Random) -> Variants:
    formats = {
        "brackets": "[" * 90_000, "quotes": '"' * 89_999, "backslashes": "\\" * 89_999, "stars": "*_" * 40_000,
        "words": "[a" * 40_000, "sections": ";" * 90_000, "days": "d" * 90_000, "long": "[" * 18_000_000,
    }  # fmt: skip
    for name, code in formats.items():
        yield name, partial(_styled, code, 1, 400)
    yield "many-styles", partial(_styled, "[" * 255, 1, 300_000)
    yield "many-formats", partial(_styled, "[" * 200, 60_000, 1)
    yield (
        "number",
        given(workbook(styles=_styles('<xf numFmtId="99999999999"/><xf numFmtId="-1"/>'))),
    )
    yield "elements", lambda: workbook(styles=_styles("<a/>" * 4_800_000))


def _styles(inner: str, before: str = "") -> bytes:
    return f'<styleSheet xmlns="{MAIN}">{before}<cellXfs>{inner}</cellXfs></styleSheet>'.encode()


def _styled(code: str, formats: int, used: int) -> bytes:
    quoted = escape(code, {'"': "&quot;"})
    known = "".join(
        f'<numFmt numFmtId="{170 + number}" formatCode="{quoted}"/>' for number in range(formats)
    )
    found = _styles('<xf numFmtId="170"/>' * used, f"<numFmts>{known}</numFmts>")
    return workbook(styles=found)


@kind(WRONG, RIGHT, UNREADABLE, "too_many_merged")
def merged_cells(_chance: Random) -> Variants:
    two = lines(row(), row(e_mail="mo@x.nl"), row(e_mail="bo@x.nl"))
    for number, reference in enumerate(
        ("A2:A3", "D2:D4", "A1:H1", "A2:H4", "B2:C2", "A1:XFD1048576", "A3:A2", "A2", "", "A0:A9", "ZZZ1:A2",
         "A2:A99999999", "x", "J1:K9")
    ):  # fmt: skip
        after = f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'
        yield f"{number}", given(workbook(sheet=sheet(two, after=after)))
    for count in (1_999, 2_001, 300_000):
        many = '<mergeCell ref="A2:XFD1048576"/>' * count
        yield f"many-{count}", partial(_with_after, two, many)


def _with_after(rows: str, after: str) -> bytes:
    return workbook(sheet=sheet(rows, after=after))


@kind(WRONG)
def formulas_in_cells(_chance: Random) -> Variants:
    for number, formula in enumerate(
        ('<f>1+1</f><v>Noor</v>', '<f t="array" ref="B2:B9">A1:A9</f><v>Noor</v>', "<f/><v>Noor</v>",
         '<f t="shared" si="0"/><v>Noor</v>', "<f>[1]Blad1!A1</f><v>Noor</v>", "<f>cmd|'/c calc'!A0</f>",
         '<f t="dataTable" ref="B2"/><v>1</v>', '<f ca="1">NOW()</f><v>46000</v>', "<v>Noor</v><f>A1</f>",
         f"<f>{'SUM(' * 900}</f>")
    ):  # fmt: skip
        for kind_of in ("str", "n"):
            rows = lines(row()).replace(
                cell("B2", "Noor Nieuw"), f'<c r="B2" t="{kind_of}">{formula}</c>'
            )
            yield f"{number}-{kind_of}", given(workbook(sheet=sheet(rows)))


@kind()
def days_in_cells(_chance: Random) -> Variants:
    for number, (attributes, value) in enumerate(
        (
            ('s="1"', "46235"), ('s="1"', "46235.5"), ('s="1"', "0"), ('s="1"', "0.4"), ('s="1"', "59"),
            ('s="1"', "60"), ('s="1"', "-1"), ('s="1"', "2958465"), ('s="1"', "2958466"), ('s="1"', "1e308"),
            ('s="1"', "9" * 30), ('s="1"', "NaN"), ('s="1"', "1e999"), ("", "46235"), ('t="d"', "2026-08-01"),
            ('t="d"', "2026-08-01T00:00:00Z"), ('t="d"', "x"), ('t="b"', "1"), ('t="e"', "#REF!"), ('s="9"', "1"),
            ('s="-1"', "1"), ('s="99999999999"', "1"), ('t="zz"', "x"), ('t="str"', "1-8-2026"), ("", "1" * 4_000),
        )
    ):  # fmt: skip
        usual = cell("G2", "1-8-2026")
        rows = lines(row()).replace(usual, f'<c r="G2" {attributes}><v>{value}</v></c>')
        yield str(number), given(workbook(sheet=sheet(rows)))


@kind(UNREADABLE, NO_COLUMNS, "too_many_rows", RIGHT, WRONG)
def places(_chance: Random) -> Variants:
    usual = lines(row())
    for number, (before, after) in enumerate(
        (('r="2"', 'r="1"'), ('r="2"', 'r="0"'), ('r="2"', 'r="-3"'), ('r="2"', 'r="x"'), ('r="2"', f'r="{"9" * 5000}"'),
         ('r="B2"', 'r="A2"'), ('r="B2"', 'r="ZZZZ2"'), ('r="B2"', 'r=""'), ('r="B2"', 'r="B99"'), ('r="B2"', 'r="2B"'),
         (' r="2"', ""), ('r="B2"', 'r="XFD2"'), ("<row", "<r:row"), ("sheetData", "sheetdata"), ("<c ", "<d "))
    ):  # fmt: skip
        content = sheet(usual).replace(before.encode(), after.encode())
        yield str(number), given(workbook(sheet=content))
    yield "cell-outside-row", given(workbook(sheet=sheet(cell("A1", "x"))))
    yield "row-in-row", given(workbook(sheet=sheet(usual.replace("</row>", ""))))


@kind(UNREADABLE, RIGHT, WRONG, NO_COLUMNS)
def wrong_parts(_chance: Random) -> Variants:
    wrong = (b"", b"<a/>", b"x", b"<a>", b"<a/><b/>", b"\xff\xfe<\0a\0/\0>\0", b"<?xml version='9.0'?><a/>",
             b"<?xml version='1.0' encoding='bogus'?><a/>", b"<a b='&undefined;'/>", b"<a>\0</a>", b"<a>&#0;</a>")  # fmt: skip
    for part in _PARTS:
        for number, content in enumerate(wrong):
            yield f"{part}-{number}", given(workbook(**{part: content}))


@kind(UNREADABLE, RIGHT, NO_COLUMNS)
def sheets_of_a_book(_chance: Random) -> Variants:
    usual = parts()["xl/workbook.xml"]
    for number, after in enumerate(
        (b'state="hidden" r:id="r1"', b'state="veryHidden" r:id="r1"', b'r:id="r9"', b'r:id="r2"', b"", b'r:id=""',
         b'state="visible" r:id="r1"', b'state="x" r:id="r1"')
    ):  # fmt: skip
        yield f"state-{number}", given(workbook(book=usual.replace(b'r:id="r1"', after)))
    relations = parts()["xl/_rels/workbook.xml.rels"]
    for number, target in enumerate(
        (b"../../../../etc/passwd", b"/etc/passwd", b"http://x.test/a", b"", b".", b"workbook.xml",
         b"/xl/worksheets/sheet1.xml", b"./worksheets//sheet1.xml", b"../xl/worksheets/sheet1.xml", b"%2e%2e")
    ):  # fmt: skip
        content = relations.replace(b"worksheets/sheet1.xml", target)
        yield f"target-{number}", given(workbook(book_relations=content))
    outside = relations.replace(b'Target="worksheets', b'TargetMode="External" Target="worksheets')
    yield "target-outside", given(workbook(book_relations=outside))


@kind(WRONG, RIGHT)
def escapes(_chance: Random) -> Variants:
    for number, text in enumerate(
        (
            "Noor_x000D_Nieuw",
            "_x003D_1+1",
            "_x0000_",
            "_xD800_Noor",
            "_x005F_x000D_",
            "_x202E_Noor",
            "_xZZZZ_",
            "_x",
        )
    ):
        yield str(number), given(workbook(sheet=sheet(lines(row(naam=text)))))
    rich = "<is><r><t>No</t></r><r><rPr><b/></rPr><t>or</t></r><rPh><t>x</t></rPh></is>"
    usual = cell("B2", "Noor Nieuw")
    rows = lines(row()).replace(usual, f'<c r="B2" t="inlineStr">{rich}</c>')
    yield "rich", given(workbook(sheet=sheet(rows)))
