"""The study days against the rules, as the summaries for the MR tell them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from courses.dutch import dutch_date
from routekaart.domain.content.blocks import Block, Heading, Paragraph, TableBlock
from routekaart.domain.content.parts import Column, Table
from routekaart.domain.content.room import height
from routekaart.domain.content.wording import counted, few_named, sentence, short_date
from routekaart.domain.dates.legal import DayCheck
from routekaart.domain.dates.reasons import LIGHT_WORDS, Light, groups_text
from routekaart.domain.dates.rules import DateRule
from routekaart.domain.planner.problem import StudyDayKind

_DAYS = (
    Column("Studiedagen", 9),
    Column("Leerlingen vrij", 4),
    Column("Wat de regels zeggen", 12, lead=True),
)
_KINDS = {StudyDayKind.DAY: "hele dag", StudyDayKind.AFTERNOON: "middag"}
_SECONDARY = "vo"
# Of dates of which the rules say the same so many are told, where there is room for no more.
_FEWER = (12, 8, 5, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class CheckedDay:
    """A study day with its check. `about`: its goals, or the team that it is of."""

    check: DayCheck
    about: str


@dataclass(frozen=True, slots=True)
class _Row:
    """Dates of which the rules say the same, each in a line."""

    lines: tuple[str, ...]
    groups: str
    told: str
    asks_consent: bool
    fits_well: bool
    sources: tuple[str, ...]

    def cells(self, most: int) -> tuple[str, str, str]:
        """What the MR has to agree to is never left out."""
        lines, left = self.lines, len(self.lines) - most
        if left > 0 and not self.asks_consent:
            rest = f"En nog {counted(left, 'datum', 'data')}: zie de samenvatting van elk team."
            lines = (*lines[:most], rest)
        return "\n".join(lines), self.groups, self.told


def days_against_rules(
    days: Sequence[CheckedDay], *, sector: str, room: float | None = None
) -> Iterator[Block]:
    """The study days by date, each with what the rules say of it, and where these stand.

    `room`: so many millimetres for the table; what has no place is counted. None: all of it.
    """
    ordered = sorted(days, key=lambda day: (day.check.day.date, day.about))
    rows = tuple(_rows(ordered, sector))
    kept, shown = _fitting(rows, room)
    left = sum(len(row.lines) for row in rows if row not in kept)
    yield Heading(2, "Studiedagen en de regels")
    yield shown
    if left:
        number = counted(left, "datum staat", "data staan")
        yield Paragraph(f"Nog {number} in de samenvatting van elk team.", "missing")
    # Each source once: a table that repeats it on every line takes a page more.
    sources = tuple(dict.fromkeys(source for row in kept for source in row.sources))
    if sources:
        yield Paragraph(f"Waar de regels staan. {' '.join(sources)}", "soft")


def _fitting(rows: Sequence[_Row], room: float | None) -> tuple[Sequence[_Row], TableBlock]:
    """The rows that fit, and their table: first with fewer dates in a row, then fewer rows."""
    most = max((len(row.lines) for row in rows), default=0)
    whole = _table(rows, most)
    if room is None or height(whole.table) <= room:
        return rows, whole
    for fewer in _FEWER:
        table = replace(_table(rows, fewer), dense=True)
        if height(table.table, dense=True) <= room:
            return rows, table
    # What fits well has the least to tell. The order stays that of the dates.
    kept = [row for row in rows if row.asks_consent]
    for row in sorted(rows, key=lambda row: row.fits_well):
        wider = [one for one in rows if one in kept or one is row]
        if height(_table(wider, 1).table, dense=True) <= room:
            kept = wider
    return kept, replace(_table(kept, 1), dense=True)


def _table(rows: Sequence[_Row], most: int) -> TableBlock:
    cells = tuple(row.cells(most) for row in rows)
    return TableBlock(
        Table(_DAYS, cells, "Er zijn nog geen studiedagen gekozen."),
        alt="Per studiedag de groepen die vrij zijn, en of de datum past bij de regels.",
    )


def _source_of(rule: DateRule) -> str:
    """Where a rule stands; of what others wrote also when we last saw it."""
    seen = f", nagekeken op {dutch_date(rule.unverified_since)}" if rule.is_published else ""
    return f"{rule.title}: {rule.source}{seen}."


def _rows(days: Sequence[CheckedDay], sector: str) -> Iterator[_Row]:
    """Days of which the rules say the same share a row, and teams on one date a line of it."""
    together: dict[tuple[str, str, bool, bool], dict[str, list[str]]] = {}
    sources: dict[tuple[str, str, bool, bool], dict[str, None]] = {}
    for day in days:
        when, about, groups, told = _day_row(day, sector)
        key = groups, told, day.check.asks_consent, day.check.light is Light.GREEN
        together.setdefault(key, {}).setdefault(when, []).append(about)
        sources.setdefault(key, {}).update(
            dict.fromkeys(_source_of(one.rule) for one in day.check.telling)
        )
    for key, dates in together.items():
        groups, told, asks, well = key
        lines = (
            f"{when}: {few_named(list(dict.fromkeys(abouts)))}" for when, abouts in dates.items()
        )
        yield _Row(tuple(lines), groups, told, asks, well, tuple(sources[key]))


def _day_row(item: CheckedDay, sector: str) -> tuple[str, ...]:
    day = item.check.day
    kind = _KINDS[day.kind] if day.fixed else f"{_KINDS[day.kind]}, nog niet zeker"
    groups = (
        groups_text(day.free_groups, secondary=sector == _SECONDARY)
        if day.free_groups
        else "niet ingevuld"
    )
    consent = " De MR stemt in." if item.check.asks_consent else ""
    return (
        f"{short_date(day.date).capitalize()}, {kind}",
        item.about or "nog geen doel",
        groups.capitalize(),
        "\n".join(
            [
                f"{sentence(LIGHT_WORDS[item.check.light])}{consent}",
                *(reason.text for reason in item.check.telling),
            ]
        ),
    )
