"""The programme of a study day as rows that are put in order; times follow from that.

Nothing is stored until the whole programme is: every button sends all rows along.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict

from routekaart.domain.programme import BlockPerson, ProgrammeBlock, in_sequence
from routekaart.domain.study_day import BlockKind
from routekaart.models.programmes import BlockKind as KindWords
from routekaart.queries.study_day.programme_desk import ProgrammeDesk
from routekaart.web.forms.texts import LineText, RunningText

MOST_ROWS = 100
MOST_MINUTES = 600
# Longer numbers are never meant, and Python refuses to read those of thousands of digits.
_MOST_DIGITS = 9
_ROW = "blok"
_MEMBER = "lid-"
Row = Mapping[str, str]
NEW_ROW: Row = {"soort": BlockKind.DEEPENING.value, "minuten": "30"}


class BlockForm(forms.Form):
    """One part of the day. The last two fields carry along what this page does not change."""

    use_required_attribute = False

    titel = LineText(
        label="Titel", max_length=200, error_messages={"required": "Vul een titel in."}
    )
    minuten = forms.IntegerField(
        label="Minuten",
        min_value=1,
        max_value=MOST_MINUTES,
        error_messages={"required": "Vul in hoe lang het duurt."},
    )
    soort = forms.ChoiceField(label="Soort", choices=KindWords.choices)
    groep = LineText(
        label="Groep",
        help_text="Leeg: voor iedereen. Groepen lopen naast elkaar.",
        max_length=100,
        required=False,
    )
    ruimte = LineText(label="Ruimte", max_length=200, required=False)
    begeleider = forms.ChoiceField(label="Wie begeleidt?", required=False)
    doel = forms.ChoiceField(label="Doel", required=False)
    toelichting = RunningText(
        label="Toelichting", required=False, max_length=10_000, widget=forms.Textarea
    )
    tafel = RunningText(
        label="Op tafel",
        help_text="Eén vraag of stap per regel.",
        required=False,
        max_length=20_000,
        widget=forms.Textarea,
    )
    onderwerpen = forms.CharField(required=False, widget=forms.HiddenInput)
    ook = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, desk: ProgrammeDesk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["begeleider"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", "Niemand in het bijzonder"),
            *desk.leaders,
        ]
        self.fields["doel"].choices = [  # type: ignore[attr-defined]  # the same
            ("", "Geen"),
            *desk.goals,
        ]

    def block(self, desk: ProgrammeDesk, groups: Mapping[str, Sequence[str]]) -> ProgrammeBlock:
        """The block without its time; read after `is_valid()`. `groups`: who is in which."""
        given = self.cleaned_data
        leader = given["begeleider"]
        leads = [BlockPerson(leader, leads=True)] if leader else []
        also = [one for one in _people(given["ook"]) if one.id != leader]
        members = [BlockPerson(one) for one in groups.get(given["groep"], ()) if given["groep"]]
        known = {one.id for one in (*leads, *also)}
        return ProgrammeBlock(
            start=desk.day.starts_at,
            minutes=given["minuten"],
            kind=BlockKind(given["soort"]),
            title=given["titel"],
            text=given["toelichting"],
            items=tuple(line.strip() for line in given["tafel"].splitlines() if line.strip()),
            goal_id=given["doel"] or None,
            track=given["groep"],
            room=given["ruimte"],
            people=(*leads, *also, *(one for one in members if one.id not in known)),
            topics=tuple(one for one in given["onderwerpen"].split(",") if one in desk.topics),
        )


def block_form(desk: ProgrammeDesk, place: int, row: Row, *, bound: bool) -> BlockForm:
    """The form of one row; only a bound one says what is wrong with it."""
    prefix = f"{_ROW}-{place}"
    if not bound:
        return BlockForm(desk=desk, prefix=prefix, initial=row)
    return BlockForm(
        {f"{prefix}-{name}": value for name, value in row.items()}, desk=desk, prefix=prefix
    )


def rows_posted(data: QueryDict) -> list[dict[str, str]]:
    """The rows as they were sent, in order."""
    found: list[dict[str, str]] = []
    for place in range(MOST_ROWS):
        prefix = f"{_ROW}-{place}-"
        row = {
            name.removeprefix(prefix): str(data[name]) for name in data if name.startswith(prefix)
        }
        if row:
            found.append(row)
    return found


def rows_of(blocks: Sequence[ProgrammeBlock]) -> list[dict[str, str]]:
    """The rows for blocks that stand or are suggested."""
    return [
        {
            "titel": block.title,
            "minuten": str(block.minutes),
            "soort": block.kind.value,
            "groep": block.track,
            "ruimte": block.room,
            "begeleider": next((one.id for one in block.people if one.leads), ""),
            "doel": block.goal_id or "",
            "toelichting": block.text,
            "tafel": "\n".join(" ".join(item.split()) for item in block.items),
            "onderwerpen": ",".join(block.topics),
            "ook": ",".join(_also(block)),
        }
        for block in blocks
    ]


def _also(block: ProgrammeBlock) -> Iterator[str]:
    """Other leaders, and who takes part where there is no group."""
    leaders = [one.id for one in block.people if one.leads]
    yield from (f"+{one}" for one in leaders[1:])
    if not block.track:
        yield from (one.id for one in block.people if not one.leads)


def _people(written: str) -> list[BlockPerson]:
    return [
        BlockPerson(one.removeprefix("+"), leads=one.startswith("+"))
        for one in written.split(",")
        if one
    ]


# --- Groups --------------------------------------------------------------------------------------
def groups_in(rows: Sequence[Row]) -> list[str]:
    """The names of the groups, each once, in order."""
    return list(dict.fromkeys(row["groep"].strip() for row in rows if row.get("groep", "").strip()))


def divided(data: QueryDict) -> dict[str, str]:
    """Per person the group, as it was sent."""
    return {
        name.removeprefix(_MEMBER): group
        for name, group in data.items()
        if name.startswith(_MEMBER) and isinstance(group, str)
    }


def divided_in(blocks: Sequence[ProgrammeBlock]) -> dict[str, str]:
    """Per person the group, as it stands."""
    found: dict[str, str] = {}
    for block in blocks:
        for one in block.people:
            if block.track and not one.leads:
                found.setdefault(one.id, block.track)
    return found


def by_group(division: Mapping[str, str], desk: ProgrammeDesk) -> dict[str, list[str]]:
    """Per group its members, in the order of their names."""
    found: dict[str, list[str]] = {}
    for person, _ in desk.members:
        if division.get(person):
            found.setdefault(division[person], []).append(person)
    return found


# --- What a button does with the rows ------------------------------------------------------------
def rearranged(rows: Sequence[Row], doe: str) -> tuple[list[Row], int | None]:
    """The rows after a button, and the place to look at: omhoog-2, omlaag-2, weg-2, erbij-2."""
    found = list(rows)
    what, _, number = doe.partition("-")
    if not number.isdecimal() or len(number) > _MOST_DIGITS or int(number) >= max(len(found), 1):
        return found, None
    place = int(number)
    match what:
        case "omhoog" if place > 0:
            found[place - 1], found[place] = found[place], found[place - 1]
            return found, place - 1
        case "omlaag" if place + 1 < len(found):
            found[place + 1], found[place] = found[place], found[place + 1]
            return found, place + 1
        case "weg" if found:
            del found[place]
            return found, max(place - 1, 0)
        case "erbij" if len(found) < MOST_ROWS:
            found.insert(place + 1, NEW_ROW)
            return found, min(place + 1, len(found) - 1)
    return found, place


def reckoned(desk: ProgrammeDesk, rows: Sequence[Row]) -> tuple[ProgrammeBlock, ...]:
    """The rows with their times, as far as they are filled in."""
    blank = ProgrammeBlock(desk.day.starts_at, 0, BlockKind.DEEPENING, "")
    return in_sequence(
        desk.day.starts_at,
        [
            replace(
                blank, title=row.get("titel", ""), minutes=_minutes(row), track=row.get("groep", "")
            )
            for row in rows
        ],
    )


def _minutes(row: Row) -> int:
    written = row.get("minuten", "").strip()
    if not written.isdecimal():
        return 0
    return min(int(written), MOST_MINUTES) if len(written) <= _MOST_DIGITS else MOST_MINUTES
