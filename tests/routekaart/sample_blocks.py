"""A small document with every type of block, made by hand: for what lays blocks out.

The words are made up; the figures stand for none of a real source.
"""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from routekaart.domain.content.blocks import (
    Answer,
    Answers,
    Bar,
    BarChart,
    Block,
    BlockDocument,
    Bullets,
    Callout,
    Card,
    Cards,
    Chapter,
    ClaimLine,
    Claims,
    Facts,
    GridPoint,
    Heading,
    KeyFigures,
    NumberedLine,
    NumberedLines,
    PageBreak,
    Paragraph,
    PointGrid,
    SideBySide,
    Signatures,
    TableBlock,
    Together,
    YearStrip,
)
from routekaart.domain.content.parts import (
    Column,
    Fact,
    KeyFigure,
    Lane,
    Mark,
    Meta,
    Scale,
    Signature,
    Span,
    Table,
    Timeline,
)

# What says how a thing is drawn, or which it is, and is never a text that somebody typed.
_NO_TEXT = {"block", "kind", "front", "tone", "align", "language", "made_on"}


def meta() -> Meta:
    return Meta(
        kind="Scholingsplan",
        title="Scholingsplan",
        school_year="2026-2027",
        subject="Team middenbouw",
        organisation="Basisschool De Regenboog",
        status="Concept",
        version="versie 3",
        made_on="2026-06-24",
        running_head="Scholingsplan · Team middenbouw",
        language="nl",
        facts=(
            Fact("School", "Basisschool De Regenboog, Utrecht"),
            Fact("Team", "Team middenbouw"),
            Fact("Gemaakt op", "24 juni 2026"),
        ),
    )


def timeline() -> Timeline:
    return Timeline(
        days=365,
        months=tuple(
            Span(first, last, label)
            for first, last, label in (
                (0, 30, "aug"),
                (31, 60, "sep"),
                (61, 91, "okt"),
                (92, 121, "nov"),
                (122, 152, "dec"),
                (153, 183, "jan"),
                (184, 211, "feb"),
                (212, 242, "mrt"),
                (243, 272, "apr"),
                (273, 303, "mei"),
                (304, 333, "jun"),
                (334, 364, "jul"),
            )
        ),
        closed_label="vakantie",
        closed=(Span(0, 22, "zomervakantie"), Span(78, 86, "herfstvakantie")),
        lanes=(
            Lane("study_day", "Studiedagen", (Mark(53, "1", ""), Mark(178, "2", ""))),
            Lane("preparation", "Voorbereiding", (Mark(40, "", ""), Mark(160, "", ""))),
            Lane("plg", "PLG", (Mark(66, "", ""), Mark(94, "", ""), Mark(200, "", ""))),
            Lane("follow_up", "Vervolg", (Mark(110, "", ""),)),
            Lane("evaluation", "Evaluatie", (Mark(320, "", ""),)),
        ),
        alt="Het schooljaar als strook: studiedagen op 23 september en 26 januari.",
    )


def bar_chart(bars: int = 40) -> BarChart:
    return BarChart(
        title="Uren per week",
        bars=tuple(
            Bar(
                label=str(week),
                value=week * 37 % 120,
                shown=f"{week * 37 % 120} min",
                lighter=week % 3 * 5,
            )
            for week in range(1, bars + 1)
        ),
        limit=90,
        limit_label="grens 90 min",
        alt="Staafgrafiek: in elf weken komt het team boven 90 minuten.",
    )


def point_grid() -> PointGrid:
    return PointGrid(
        title="Bewijs en kosten van wat gekozen is",
        across_title="Kosten",
        across=("Zeer laag", "Laag", "Gemiddeld", "Hoog", "Zeer hoog"),
        up_title="Bewijs",
        up=("Beperkt", "Gemiddeld", "Sterk"),
        unknown="niet genoemd",
        points=(
            GridPoint(0, 2, "A", "Samen lezen"),
            GridPoint(0, 2, "B", "Feedback geven"),
            GridPoint(3, 1, "C", "Een-op-een-begeleiding"),
            GridPoint(-1, 0, "D", "Eigen aanpak"),
        ),
        alt="Raster: samen lezen en feedback geven hebben sterk bewijs en zeer lage kosten.",
    )


def _goal() -> tuple[Block, ...]:
    return (
        Heading(2, "Wij leren feedback geven waarmee leerlingen verder kunnen", label="Doel 1"),
        Paragraph("Het hele doel, in de woorden van het team.\nOp twee regels."),
        Callout("Wat leerlingen merken", "Zij vertellen waar ze aan werken."),
        Facts((Fact("Prioriteit", "hoog"), Fact("Budget", "nog niet genoemd"))),
        Heading(3, "Feedback"),
        Paragraph("Categorie B · Effectievere inzet van onderwijs", tone="soft"),
        Claims(
            columns=("Wat", "", "Volgens de bron", "Geldt voor", "Bron en jaar"),
            claims=(
                ClaimLine("Effect", Scale(2, 3), "8 maanden", "", "po", "Bron A (2021)"),
                ClaimLine("Effect", Scale(1, 3), "6 maanden", "andere bron", "po", "Bron B (2024)"),
                ClaimLine("Kosten", None, "niet genoemd", "", "po en vo", "Bron A (2021)"),
            ),
        ),
        Bullets(("Begin klein.", "Bespreek samen wat goed ging.")),
        Heading(2, "Wat de bron vraagt", quiet=True),
        Answers(
            (
                Answer("Hebben jullie tijd om te oefenen?", "Ja, op woensdag."),
                Answer("Wie volgt dit?", "Nog niet beantwoord."),
            )
        ),
        Paragraph("Er zijn geen open vragen.", tone="missing"),
    )


def _tables() -> tuple[Block, ...]:
    return (
        Heading(2, "Programma", label="Studiedag 1"),
        TableBlock(
            Table(
                columns=(
                    Column("Tijd"),
                    Column("Wat", width=4, lead=True),
                    Column("Minuten", align="end"),
                ),
                rows=(
                    ("9:00 – 9:45", "Start en doel van de dag\nmet het hele team", "45"),
                    ("9:45 – 12:00", "Oefenen in tweetallen", "135"),
                    ("Samen", "", "180"),
                ),
                missing="Er is nog geen programma.",
                totals=True,
            ),
            alt="Het programma van studiedag 1, met tijden en minuten.",
        ),
        TableBlock(
            Table((Column("Wie"), Column("Uren", align="end")), (), "Er zijn nog geen uren."),
            alt="De uren per persoon.",
        ),
    )


def every_block() -> BlockDocument:
    """Every type of block at least once, with a cover."""
    return BlockDocument(
        kind="blocks",
        meta=meta(),
        front="cover",
        blocks=(
            Chapter("1", "Samenvatting"),
            KeyFigures(
                (KeyFigure("3", "doelen"), KeyFigure("4", "studiedagen"), KeyFigure("12", "uren"))
            ),
            Heading(2, "Het jaar in één oogopslag", quiet=True),
            YearStrip(timeline()),
            SideBySide(
                left=(
                    Heading(2, "Doelen", quiet=True),
                    NumberedLines(
                        (
                            NumberedLine("1", "Feedback geven", "hoog · 2 cursussen"),
                            NumberedLine("2", "Samen lezen", "midden · 3 cursussen"),
                        )
                    ),
                ),
                right=(
                    Heading(2, "Studiedagen", quiet=True),
                    NumberedLines((NumberedLine("1", "23 september 2026", "doel 1"),)),
                    Paragraph("En nog één dag.", tone="missing"),
                ),
            ),
            Paragraph("Er staan nog twee vragen open.", tone="note"),
            PageBreak(),
            Chapter("2", "Doelen", "Per doel: wat wij leren, en hoe."),
            *_goal(),
            Chapter("3", "Studiedagen"),
            Together(_tables()),
            bar_chart(),
            point_grid(),
            Heading(2, "Vragen voor de PLG"),
            Cards(
                (
                    Card("Vraag 1", "Wat willen wij dat zij leren?", ("Noem het doel.",)),
                    Card("Vraag 2", "Hoe weten wij dat?", lines=3),
                    Card("", "Wat doen wij als het niet lukt?"),
                )
            ),
            Chapter("4", "Instemming en ondertekening"),
            Facts((Fact("Besproken met de MR", "nog niet"),), small=True),
            Signatures(
                (
                    Signature("Directeur", "Fenna Visser", "24 juni 2026"),
                    Signature("Voorzitter MR", "", ""),
                ),
                date_label="Datum",
                signature_label="Handtekening",
            ),
        ),
    )


def plain_head() -> BlockDocument:
    """A short document without a cover."""
    return BlockDocument(
        kind="blocks",
        meta=meta(),
        front="head",
        blocks=(Chapter("", "Wat er verandert"), Paragraph("Niets."), Bullets(())),
    )


def with_text(document: BlockDocument, text: str) -> BlockDocument:
    """The same document with every text of it replaced; what was empty stays empty."""
    changed: BlockDocument = _with_text(document, text)
    return changed


def _with_text(value: Any, text: str) -> Any:
    if isinstance(value, str):
        return text if value else value
    if isinstance(value, tuple):
        return tuple(_with_text(item, text) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value,
            **{
                field.name: _with_text(getattr(value, field.name), text)
                for field in fields(value)
                if field.init and field.name not in _NO_TEXT
            },
        )
    return value
