"""What a list of people comes to beside what a school knows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from routekaart.domain.people import Leave
from routekaart.domain.people_import import (
    Known,
    Outcome,
    PersonRow,
    ReadRow,
    School,
    TeamRef,
    Todo,
    compare,
)

TODAY = date(2026, 9, 1)
ONDER, BOVEN, SAM = UUID(int=1), UUID(int=2), UUID(int=3)
NOTHING = Todo(SAM, None, None, None, None, None, (), ())
KNOWN = Known(
    SAM,
    roles=frozenset({"member"}),
    functions=("leerkracht",),
    fte=Decimal("0.800"),
    days=(1, 2, 4, 5),
    teams={ONDER: date(2026, 8, 1)},
)
ROW = ReadRow(line=2, email="sam@x.nl", name="Sam")


def compared(row: ReadRow, known: Known | None = KNOWN) -> PersonRow:
    school = School(
        teams=(TeamRef(ONDER, "Onderbouw"), TeamRef(BOVEN, "Bovenbouw")),
        functions={"leerkracht": "Leerkracht", "schoolleider": "Schoolleider"},
        people={} if known is None else {"sam@x.nl": known},
    )
    return compare(row, school, today=TODAY, name_title="Naam")


def said(found: PersonRow) -> list[tuple[str, str, str]]:
    return [(str(each.column), each.before, each.after) for each in found.changes]


class TestNew:
    def test_with_what_is_usual(self) -> None:
        found = compared(ROW, None)
        assert found.outcome is Outcome.ADDED
        assert found.todo == replace(NOTHING, employment=None, roles=("member",))
        assert said(found) == [("role", "", "teamlid")]

    def test_with_all_that_the_row_says(self) -> None:
        row = replace(
            ROW,
            roles=("team_lead",),
            teams=("Onderbouw",),
            functions=("leerkracht",),
            fte=Decimal("0.800"),
            days=(1, 2),
            until=date(2026, 12, 31),
        )
        found = compared(row, None)
        assert found.todo == Todo(
            employment=None,
            roles=("team_lead",),
            functions=("leerkracht",),
            fte=Decimal("0.800"),
            days=(1, 2),
            leave=(Leave(date(2027, 1, 1), date(2027, 7, 31)),),
            joins=((ONDER, TODAY),),
            since=(),
        )
        assert said(found) == [
            ("role", "", "teamleider"),
            ("function", "", "Leerkracht"),
            ("fte", "", "0,8"),
            ("days", "", "maandag en dinsdag"),
            ("team", "", "Onderbouw (vanaf 1 september 2026)"),
            ("until", "", "weg van 1 januari 2027 tot en met 31 juli 2027"),
        ]

    def test_whoever_has_a_role_here_keeps_it(self) -> None:
        trainer = Known(None, roles=frozenset({"trainer"}))
        found = compared(ROW, trainer)
        assert found.todo == replace(NOTHING, employment=None, roles=("trainer",))
        assert (found.outcome, said(found)) == (Outcome.ADDED, [])
        both = compared(replace(ROW, roles=("member",)), trainer)
        assert both.todo is not None
        assert both.todo.roles == ("member", "trainer")
        assert said(both) == [("role", "trainer", "teamlid en trainer")]

    def test_without_a_name(self) -> None:
        found = compared(replace(ROW, name=""), None)
        assert found.outcome is Outcome.WRONG
        assert [(each.line, each.column, each.code) for each in found.problems] == [
            (2, "Naam", "name_missing")
        ]


class TestKnown:
    def test_the_same_again(self) -> None:
        row = replace(
            ROW,
            name="Samuel",
            roles=("member",),
            teams=("Onderbouw",),
            functions=("leerkracht",),
            fte=Decimal("0.8"),
            days=(1, 2, 4, 5),
            joined=date(2026, 8, 1),
        )
        assert compared(row) == PersonRow(2, "sam@x.nl", "Samuel", Outcome.UNCHANGED)

    def test_an_empty_row_changes_nothing(self) -> None:
        assert compared(replace(ROW, name="")).outcome is Outcome.UNCHANGED

    def test_what_differs(self) -> None:
        row = replace(
            ROW,
            roles=("director",),
            teams=("Onderbouw", "Bovenbouw"),
            functions=("schoolleider",),
            fte=Decimal(1),
            days=(1, 2, 3, 4, 5),
            joined=date(2026, 8, 24),
        )
        found = compared(row)
        assert found.outcome is Outcome.CHANGED
        assert found.todo == Todo(
            employment=SAM,
            # Never less than there was.
            roles=("director", "member"),
            functions=("schoolleider",),
            fte=Decimal(1),
            days=(1, 2, 3, 4, 5),
            leave=None,
            joins=((BOVEN, date(2026, 8, 24)),),
            since=((ONDER, date(2026, 8, 24)),),
        )
        assert said(found) == [
            ("role", "teamlid", "teamlid en directie"),
            ("function", "Leerkracht", "Schoolleider"),
            ("fte", "0,8", "1"),
            (
                "days",
                "maandag, dinsdag, donderdag en vrijdag",
                "maandag, dinsdag, woensdag, donderdag en vrijdag",
            ),
            ("team", "", "Bovenbouw (vanaf 24 augustus 2026)"),
            ("joined", "Onderbouw: 1 augustus 2026", "Onderbouw: 24 augustus 2026"),
        ]


class TestLastDay:
    def test_one_that_is_over(self) -> None:
        gone = replace(ROW, fte=Decimal(1), until=date(2026, 8, 31))
        found = compared(gone)
        assert (found.outcome, found.todo) == (Outcome.LEFT, None)
        assert found.note == (
            "Laatste dag was 31 augustus 2026: overgeslagen. Nog in de lijst van de school: haal "
            "hem of haar daar zelf weg."
        )
        assert compared(gone, None).note == "Laatste dag was 31 augustus 2026: overgeslagen."

    @pytest.mark.parametrize("leave", [(), (Leave(date(2026, 9, 1), date(2026, 10, 1)),)])
    def test_the_rest_of_the_year_is_leave(self, leave: tuple[Leave, ...]) -> None:
        found = compared(replace(ROW, until=TODAY), replace(KNOWN, leave=leave))
        away = Leave(date(2026, 9, 2), date(2027, 7, 31))
        assert found.todo == replace(NOTHING, leave=(*leave, away))

    @pytest.mark.parametrize(
        ("until", "leave"),
        [
            (date(2027, 7, 31), ()),
            (date(2027, 7, 1), (Leave(date(2027, 7, 2), date(2027, 7, 31)),)),
            (date(2027, 7, 1), (Leave(date(2027, 1, 1), date(2028, 1, 1)),)),
        ],
    )
    def test_nothing_where_that_is_so_already(self, until: date, leave: tuple[Leave, ...]) -> None:
        found = compared(replace(ROW, until=until), replace(KNOWN, leave=leave))
        assert found.outcome is Outcome.UNCHANGED
