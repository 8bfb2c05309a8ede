"""What runs or reaches outside is refused, each with its own reason; plain links may stay."""

import pytest

from routekaart.domain.errors import BadInput
from routekaart.formats.word_template.opened import open_template
from tests.word_files import with_member, with_relation, with_xml, word_file

GOOD = word_file("{{ team }}")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing"
_MICROSOFT = "http://schemas.microsoft.com/office"
_SETTINGS = "word/settings.xml"


def field(*pieces: str, name: str = "instrText") -> str:
    """A Word field whose instruction is cut into pieces."""
    runs = "".join(f"<w:r><w:{name}>{piece}</w:{name}></w:r>" for piece in pieces)
    begin, between, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    return f"<w:p>{begin}{runs}{between}<w:r><w:t>x</w:t></w:r>{end}</w:p>"


def code_of(data: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        open_template(data)
    assert refused.value.field == "file"
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("word/vbaProject.bin", "application/vnd.ms-office.vbaProject", "macros"),
        ("word/onschuldig.bin", "application/vnd.ms-office.vbaProject", "macros"),
        ("word/vbaData.xml", "application/vnd.ms-word.vbaData+xml", "macros"),
        ("customUI/customUI.xml", "application/xml", "macros"),
        ("word/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml", "active_control"),
        ("word/embeddings/oleObject1.bin", "application/x-bin", "embedded_object"),
        ("word/embeddings/tabel.xlsx", "application/x-bin", "embedded_object"),
        (
            "word/tabel.bin",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "embedded_object",
        ),
    ],
)
def test_a_part_that_runs_is_refused(name: str, kind: str, code: str) -> None:
    assert code_of(with_member(GOOD, name, b"<a/>", kind)) == code


@pytest.mark.parametrize(
    ("kind", "target", "code"),
    [
        (f"{_OFFICE}/attachedTemplate", "https://elders.test/a.dotm", "external_template"),
        (f"{_OFFICE}/image", "https://elders.test/a.png", "external_content"),
        (f"{_OFFICE}/image", "file://///elders/a.png", "external_content"),
        (f"{_OFFICE}/oleObject", "https://elders.test/a", "embedded_object"),
        (f"{_OFFICE}/aFChunk", "https://elders.test/a.html", "embedded_object"),
        (f"{_OFFICE}/subDocument", "deel.docx", "external_content"),
        (f"{_OFFICE}/frame", "https://elders.test/", "external_content"),
        (f"{_OFFICE}/mailMergeSource", "file:///c:/lijst.xls", "external_content"),
        (f"{_MICROSOFT}/2006/relationships/keyMapCustomizations", "a", "macros"),
        ("urn:anders", "https://elders.test/", "external_content"),
        (f"{_OFFICE}/hyperlink", "file:///c:/windows/system32/calc.exe", "external_content"),
        (f"{_OFFICE}/hyperlink", "javascript:alert(1)", "external_content"),
        (f"{_OFFICE}/hyperlink", "\\\\server\\map", "external_content"),
        (f"{_OFFICE}/hyperlink", "bestand.docx", "external_content"),
        (f"{_OFFICE}/hyperlink", "ms-msdt:/id", "external_content"),
    ],
)
def test_what_reaches_outside_is_refused(kind: str, target: str, code: str) -> None:
    assert code_of(with_relation(GOOD, kind, target)) == code


@pytest.mark.parametrize(
    "target", ["https://school.test", "HTTP://school.test/", "mailto:info@school.test", "#kop"]
)
def test_a_link_that_somebody_follows_may_stay(target: str) -> None:
    assert open_template(with_relation(GOOD, f"{_OFFICE}/hyperlink", target)).problems == ()


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("<w:altChunk/>", "embedded_object"),
        ("<w:p><w:r><w:object/></w:r></w:p>", "embedded_object"),
        ("<w:subDoc/>", "external_content"),
        ("<w:mailMerge/>", "external_content"),
        (
            f'<wp15:webVideoPr xmlns:wp15="{_DRAWING}" embeddedHtml="&lt;a/&gt;"/>',
            "external_content",
        ),
    ],
)
def test_an_element_that_brings_something_in_is_refused(xml: str, code: str) -> None:
    assert code_of(with_xml(GOOD, xml)) == code


def drawn(attributes: str, element: str = "v:imagedata") -> str:
    """An element of the older drawings."""
    return (
        f'<w:p><w:r><w:pict><{element} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:'
        f'schemas-microsoft-com:office:office" {attributes}/></w:pict></w:r></w:p>'
    )


@pytest.mark.parametrize(
    "xml",
    [
        drawn('src="https://elders.test/a"'),
        drawn('src="\\\\elders\\map\\a.png"'),
        drawn('src="//elders.test/a.png"'),
        drawn('src="a.png"', "v:fill"),
        drawn('src=" /a.png "', "o:left"),
        drawn('o:href="http://elders.test/a"'),
        drawn('o:href="a.png"', "v:stroke"),
        drawn('o:href="a.png"', "o:left"),
        drawn('href="\\\\elders\\a.exe"', "v:shape"),
        drawn('href="file:///c:/a.exe"', "v:shape"),
    ],
)
def test_an_older_drawing_that_names_an_address_is_refused(xml: str) -> None:
    assert code_of(with_xml(GOOD, xml)) == "external_content"


@pytest.mark.parametrize(
    "attributes",
    [
        'src="" o:href="" href=""',
        'src=" "',
        'o:title="a"',
        'href="https://school.test"',
        'href="#a"',
    ],
)
def test_an_older_drawing_without_one_may_stay(attributes: str) -> None:
    assert open_template(with_xml(GOOD, drawn(attributes))).problems == ()


@pytest.mark.parametrize(
    "xml",
    [
        field(' DDEAUTO c:\\\\cmd.exe "/k calc" '),
        field(" DD", "EAUTO ", "c:\\\\cmd.exe"),
        field(" dde excel"),
        field(" INCLUDETEXT https://elders.test/a "),
        field(" INCLUDEPICTURE &quot;https://elders.test/a.png&quot; \\d"),
        field(" LINK Excel.Sheet.8 x "),
        field(" MACROBUTTON Doe klik "),
        field(" DATABASE \\d x "),
        field(" AUTOTEXT x"),
        field(" RD deel.docx"),
        field(""),
        field(" HYPERLINK &quot;file:///c:/x.exe&quot; "),
        field(" HYPERLINK \\\\server\\x \\l"),
        field(" HYPERLINK x.docx"),
        field(" DDEAUTO x", name="delInstrText"),
        # An instruction that another field comes to.
        field(' </w:instrText></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
              'QUOTE DDE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r>'
              '<w:instrText> c:'),
        '<w:p><w:fldSimple w:instr=" DDEAUTO x "/></w:p>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r>',
        "<w:p><w:r><w:instrText>DDE x</w:instrText></w:r></w:p>",
    ],
)  # fmt: skip
def test_a_field_that_does_something_is_refused(xml: str) -> None:
    assert code_of(with_xml(GOOD, xml)) == "active_field"


@pytest.mark.parametrize(
    "instruction",
    [
        " PAGE ",
        " NUMPAGES \\* MERGEFORMAT",
        ' TOC \\o "1-3" \\h \\z \\u ',
        " PAGEREF _Toc1 \\h",
        " =SUM(ABOVE) ",
        ' HYPERLINK "https://school.test" ',
        ' HYPERLINK \\l "_Toc1" ',
        ' HYPERLINK "mailto:info@school.test"',
    ],
)
def test_a_field_that_only_shows_may_stay(instruction: str) -> None:
    data = with_xml(GOOD, field(instruction.replace('"', "&quot;")))
    assert open_template(data).problems == ()


def test_the_settings_are_looked_at_too() -> None:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    settings = f'<w:settings xmlns:w="{w}"><w:mailMerge/></w:settings>'.encode()
    assert code_of(with_member(GOOD, _SETTINGS, settings)) == "external_content"


def test_other_prefixes_are_refused() -> None:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    assert code_of(with_xml(GOOD, f'<x:p xmlns:x="{w}"/>')) == "damaged"
    assert code_of(with_xml(GOOD, '<w:p xmlns:w="urn:anders"/>')) == "damaged"
