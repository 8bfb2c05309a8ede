"""Documents that may take two pages at most, with as much in them as schools will ever write."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.content.mr_input import MrTeamInput
from routekaart.domain.content.what_changed import EarlierVersion, WhatChanged
from tests.routekaart.sample_overview import mr_team
from tests.routekaart.sample_team import renamed, sample

_LONG = "Wij leren in elke les voordoen hoe je een tekst aanpakt, ook bij zaakvakken. " * 4

_CHANGED = WhatChanged(
    EarlierVersion(1, date(2026, 8, 24), date(2026, 9, 1)),
    (
        "Doel 3 is nieuw: ‘Wij leren leerlingen zelf hun volgende stap zien’.",
        "De studiedag van dinsdag 3 november 2026 verhuist naar donderdag 19 november 2026.",
        "De cursus ‘Complimenten geven en corrigeren’ is nieuw voor 12 leerkrachten.",
        "De evaluatie van woensdag 20 januari 2027 vervalt.",
    ),
    other_catalogue=True,
)


def later(given: ScholingsplanInput) -> ScholingsplanInput:
    """The same as a version after one that was approved, with more changes than fit."""
    return replace(given, changed_by_name=_CHANGED, changed_in_numbers=_CHANGED)


COMPACT: Final[Mapping[str, ScholingsplanInput]] = {
    "a team": sample(),
    "60 goals": sample(goals=60, people=3),
    "long words": renamed(sample(goals=60, people=3), "W" * 32),
    "long texts": renamed(sample(goals=8, people=3), "woord " * 200),
}
COMPACT_LATER: Final[Mapping[str, ScholingsplanInput]] = {
    **{f"{name}, later": later(given) for name, given in COMPACT.items()},
    "5 goals, later": later(sample(goals=5)),
    "5 goals in long words, later": later(renamed(sample(goals=5, people=3), "W" * 32)),
    "6 days, later": later(sample(days=6)),
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
MR_LATER: Final[Mapping[str, MrTeamInput]] = {
    f"{name}, later": replace(given, plan=later(given.plan)) for name, given in MR_SUMMARIES.items()
}
