"""The realistic-time check: what does not fit in the time there is, each with what would mend it.

A repair is a help of an explanation that can be carried out as it stands, with an id that says
which change it is and from what to what: once carried out, or once what it changes is otherwise,
there is no repair with that id any more.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from routekaart.domain.people import weekly_minutes
from routekaart.domain.planner.changes import Change, changed
from routekaart.domain.planner.explain import Explanation, Help, HelpKind
from routekaart.domain.planner.problem import Problem, Settings

_ID_LENGTH = 32


class RepairCode(StrEnum):
    """What is wrong."""

    GOAL_POSTPONED = "goal_postponed"
    PERSON_SHORT = "person_short"


@dataclass(frozen=True, slots=True)
class Repair:
    """`wrong` is everything that it mends, `text` what changes, `effect` what follows: all Dutch.

    `goal_ids` and `member_ids` are what `wrong` is about.
    """

    id: str
    code: RepairCode
    kind: HelpKind
    wrong: tuple[str, ...]
    text: str
    effect: tuple[str, ...]
    changes: tuple[Change, ...]
    goal_ids: tuple[str, ...]
    member_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeCheck:
    """`without_repair`: what no small change mends, as every one of them was tried.

    `not_searched`: for which no change was found, and not every one was tried. Not `complete`: so
    it was for something. `stopped`: by the clock, in an emergency.
    """

    repairs: tuple[Repair, ...]
    without_repair: tuple[str, ...]
    not_searched: tuple[str, ...]
    complete: bool
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class _Wrong:
    code: RepairCode
    text: str
    goal_id: str
    member_id: str | None
    helps: tuple[Help, ...]
    complete: bool


def time_check(problem: Problem, explanation: Explanation) -> TimeCheck:
    """What does not fit of a problem, from the explanation of its plan; worst first."""
    wrongs = list(_wrongs(explanation))
    found: dict[str, Repair] = {}
    for wrong in wrongs:
        for one in wrong.helps:
            new = _repair(problem, wrong, one)
            known = found.get(new.id)
            found[new.id] = _merged(known, new) if known else new
    return TimeCheck(
        repairs=tuple(found.values()),
        without_repair=_without(wrongs, complete=True),
        not_searched=_without(wrongs, complete=False),
        complete=explanation.complete,
        stopped=explanation.stopped,
    )


def _without(wrongs: Sequence[_Wrong], *, complete: bool) -> tuple[str, ...]:
    return tuple(wrong.text for wrong in wrongs if not wrong.helps and wrong.complete is complete)


def _wrongs(explanation: Explanation) -> Iterator[_Wrong]:
    for goal in explanation.postponed:
        yield _Wrong(
            RepairCode.GOAL_POSTPONED, goal.text, goal.goal_id, None, goal.helps, goal.complete
        )
    for person in explanation.people:
        yield _Wrong(
            RepairCode.PERSON_SHORT,
            person.text,
            person.goal_id,
            person.member_id,
            person.helps,
            person.complete,
        )


def _repair(problem: Problem, wrong: _Wrong, one: Help) -> Repair:
    return Repair(
        id=repair_id(problem, one.changes),
        code=wrong.code,
        kind=one.kind,
        wrong=(wrong.text,),
        text=one.text,
        effect=one.effect,
        changes=one.changes,
        goal_ids=(wrong.goal_id,),
        member_ids=() if wrong.member_id is None else (wrong.member_id,),
    )


def _merged(one: Repair, other: Repair) -> Repair:
    """The same change mends more than one thing."""
    return Repair(
        id=one.id,
        code=one.code,
        kind=one.kind,
        wrong=_together(one.wrong, other.wrong),
        text=one.text,
        effect=_together(one.effect, other.effect),
        changes=one.changes,
        goal_ids=_together(one.goal_ids, other.goal_ids),
        member_ids=_together(one.member_ids, other.member_ids),
    )


def _together(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def repair_id(problem: Problem, changes: Sequence[Change]) -> str:
    """The same for the same change from the same to the same; in 32 hexadecimal digits."""
    steps = sorted(_steps(problem, changed(problem, changes)))
    content = json.dumps(steps, ensure_ascii=False).encode()
    return hashlib.sha256(content).hexdigest()[:_ID_LENGTH]


def _steps(before: Problem, after: Problem) -> Iterator[list[str]]:
    """What a repair may change, as texts: from what to what."""
    for setting in fields(Settings):
        was, now = getattr(before.settings, setting.name), getattr(after.settings, setting.name)
        if was != now:
            yield ["setting", setting.name, str(was), str(now)]
    team = before.settings.team_weekly_minutes
    members = {member.id: member for member in before.members}
    for member in after.members:
        if member != members[member.id]:
            minutes = [weekly_minutes(one, team) for one in (members[member.id], member)]
            yield ["minutes", member.id, *map(str, minutes)]
    rows = {
        (row.member_id, row.goal_id, row.course) for row in before.preparations if row.mandatory
    }
    rows -= {
        (row.member_id, row.goal_id, row.course) for row in after.preparations if row.mandatory
    }
    for row in rows:
        yield ["voluntary", *row]
    known = {day.id for day in before.study_days}
    for day in after.study_days:
        if day.id not in known:
            moment = [day.date.isoformat(), day.start.isoformat(), str(day.minutes)]
            yield ["study_day", day.kind.value, *moment]
