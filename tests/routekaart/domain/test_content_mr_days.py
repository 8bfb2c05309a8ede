"""Study days against the rules where there is little room: what is kept, and what is counted."""

import re
from dataclasses import replace

from routekaart.domain.content.blocks import Paragraph, TableBlock
from routekaart.domain.content.mr_days import CheckedDay, days_against_rules
from routekaart.domain.dates.reasons import Light
from tests.routekaart.sample_short import many_teams, mr_school_of

TEAMS = many_teams(40)
DAYS = tuple(
    CheckedDay(check, team.name)
    for team, checks in zip(TEAMS, mr_school_of(*TEAMS).checks, strict=True)
    for check in checks
)
DATES = len({(day.check.day.date, day.about) for day in DAYS})


def _told(days: tuple[CheckedDay, ...], room: float | None) -> tuple[list[str], list[str]]:
    """The dates of the table, a row each, and what is said to be elsewhere."""
    blocks = tuple(days_against_rules(days, sector="po", room=room))
    (table,) = (block for block in blocks if isinstance(block, TableBlock))
    missing = [
        block.text for block in blocks if isinstance(block, Paragraph) and block.tone == "missing"
    ]
    return [row[0] for row in table.table.rows], missing


def test_all_of_it_where_there_is_room() -> None:
    rows, missing = _told(DAYS, None)
    assert sum(len(row.splitlines()) for row in rows) == DATES == 160
    assert missing == []


def test_fewer_dates_in_a_row_are_counted() -> None:
    rows, missing = _told(DAYS, 500)
    counted = 0
    for row in rows:
        lines = row.splitlines()
        rest = re.fullmatch(
            r"En nog (\d+) dat(?:a|um): zie de samenvatting van elk team.", lines[-1]
        )
        counted += len(lines) - 1 + int(rest[1]) if rest else len(lines)
    assert (counted, missing) == (DATES, [])


def test_what_the_mr_must_agree_to_is_never_left_out() -> None:
    rows, missing = _told(DAYS, 1)
    assert rows == ["Do 25 mrt 2027, hele dag: Team 28\nDi 30 mrt 2027, hele dag: Team 31"]
    assert missing == ["Nog 158 data staan in de samenvatting van elk team."]


def test_days_that_ask_for_attention_go_before_those_that_fit() -> None:
    quiet = tuple(day for day in DAYS if not day.check.asks_consent)
    warned = tuple(
        replace(day, check=replace(day.check, light=Light.RED)) if day.about == "Team 20" else day
        for day in quiet
        if day.check.light is Light.GREEN
    )
    rows, _missing = _told(warned, 25)
    assert rows
    assert [row for row in rows if "Team 20" not in row] == []
