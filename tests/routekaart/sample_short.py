"""Documents that may take two pages at most, with as much in them as schools will ever write."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.content.mr_input import MrTeamInput
from tests.routekaart.sample_overview import mr_team
from tests.routekaart.sample_team import renamed, sample

_LONG = "Wij leren in elke les voordoen hoe je een tekst aanpakt, ook bij zaakvakken. " * 4

COMPACT: Final[Mapping[str, ScholingsplanInput]] = {
    "a team": sample(),
    "60 goals": sample(goals=60, people=3),
    "long words": renamed(sample(goals=60, people=3), "W" * 32),
    "long texts": renamed(sample(goals=8, people=3), "woord " * 200),
}


def _four_days() -> MrTeamInput:
    given = mr_team()
    return replace(given, checks=tuple(one for one in given.checks or () if one.day.id != "beside"))


def _of(plan: ScholingsplanInput) -> MrTeamInput:
    return replace(mr_team(_LONG * 3), plan=replace(plan, with_persons=False))


MR_SUMMARIES: Final[Mapping[str, MrTeamInput]] = {
    "5 days": mr_team(),
    "4 days": _four_days(),
    "a team": _of(sample()),
    "10 days": _of(sample(goals=5, days=10)),
    "60 goals in long texts": _of(renamed(sample(goals=60), _LONG)),
    "long words": _of(renamed(sample(goals=6), "W" * 32)),
}
