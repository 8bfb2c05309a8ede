"""Teams and schools as they might be, for the summaries that the MR reads on two pages."""

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from routekaart.domain.content.inputs import (
    ChosenIntervention,
    Consent,
    PlanGoal,
    ScholingsplanInput,
    Signer,
)
from routekaart.domain.content.mr_input import MrSchoolInput, MrTeamInput
from routekaart.domain.dates import Situation, TeamDay
from routekaart.domain.dates.legal import DayCheck, legal_checks
from tests.routekaart.sample_overview import TEAMS, UPPER, mr_school
from tests.routekaart.sample_short import later
from tests.routekaart.sample_team import calendar, catalogue, sample

_WORDS = (
    *("wij", "leren", "in", "elke", "les", "voordoen", "hoe", "je", "een", "tekst", "aanpakt"),
    *("ook", "bij", "zaakvakken", "en", "laten", "leerlingen", "samen", "oefenen", "met"),
    *("rekenen", "taal", "woordenschat", "zelfstandig", "werken", "feedback", "geven"),
)
_GROUPS = UPPER, tuple(range(1, 9)), ()
_FIRST_DAY = date(2026, 9, 1)
_LONG_TEAM = "Het team van de groepen vijf tot en met acht"
_DIRECTOR, _MR, _LEAD = (
    Signer("Directeur", "Fenna Visser"),
    Signer("MR"),
    Signer("Teamleider", "Ilse Kaya"),
)


def random_team(seed: int) -> MrTeamInput:
    """A team with none to six goals and none to eight study days, in short and in long texts."""
    rng = random.Random(seed)  # noqa: S311 - made up data, no secret
    people, goals, days = rng.choice((3, 7, 16)), rng.randrange(7), rng.choice((0, 1, 2, 4, 6, 8))
    plan = replace(
        _team(people, goals, days),
        goals=tuple(_goal(rng, goal) for goal in _team(people, goals, days).goals),
        consent=Consent(
            mr_consent_on=rng.choice((None, date(2026, 6, 30))),
            approved_on=rng.choice((None, date(2026, 7, 1))),
            signers=rng.choice(((_DIRECTOR,), (_DIRECTOR, _MR), (_DIRECTOR, _MR, _LEAD))),
        ),
        team=rng.choice(("Team middenbouw", _LONG_TEAM)),
        with_persons=False,
    )
    return MrTeamInput(
        later(plan) if rng.random() < 0.4 else plan,
        rng.choice((None, "", _text(rng, 60), _text(rng, 900))),
        _checks(rng, plan) if rng.random() < 0.9 else None,
        rng.choice((None, date(2026, 9, 1))),
    )


def random_school(seed: int) -> MrSchoolInput:
    """A school with none to sixty teams, each with its own study days."""
    rng = random.Random(seed)  # noqa: S311 - made up data, no secret
    teams, checks = [], []
    for number in range(rng.choice((0, 1, 2, 5, 8, 12, 20, 40, 60))):
        team = replace(rng.choice(TEAMS), name=f"{rng.choice(('Team', _LONG_TEAM))} {number}")
        goals = tuple(replace(goal, wording=_text(rng, 120)) for goal in team.goals)
        teams.append(replace(team, goals=goals * rng.choice((1, 2, 3))))
        days = (
            TeamDay(
                _FIRST_DAY + timedelta(days=rng.randrange(280)),
                free_groups=rng.choice(_GROUPS),
                id=str(at),
            )
            for at in range(rng.choice((0, 1, 2, 4, 6)))
        )
        checks.append(_checked(*days))
    return replace(mr_school(*teams), checks=tuple(checks))


@cache
def _team(people: int, goals: int, days: int) -> ScholingsplanInput:
    return sample(people=people, goals=goals, days=days)


def _goal(rng: random.Random, goal: PlanGoal) -> PlanGoal:
    if rng.random() < 0.3:
        return goal
    slugs = rng.sample([one.slug for one in catalogue().interventions], rng.choice((1, 1, 2, 3)))
    return replace(
        goal,
        learning=_text(rng, rng.choice((40, 90, 200))),
        noticeable=_text(rng, rng.choice((0, 40, 110, 200))),
        interventions=tuple(map(ChosenIntervention, slugs)),
    )


def _checks(rng: random.Random, plan: ScholingsplanInput) -> tuple[DayCheck, ...]:
    own = [
        TeamDay(
            day.date, day.kind, rng.choice(_GROUPS), day.start, day.minutes, id=day.study_day_id
        )
        for day in (plan.plan.study_days if plan.plan else ())
    ]
    if own and rng.random() < 0.5:
        # Two days in a week: on that the MR has to agree.
        own.append(replace(own[0], date=own[0].date + timedelta(days=1), id="beside"))
    return _checked(*own)


def _checked(*days: TeamDay) -> tuple[DayCheck, ...]:
    return legal_checks(Situation(calendar=calendar(), sector="po", own_days=days))


def _text(rng: random.Random, letters: int) -> str:
    words = " ".join(rng.choices(_WORDS, k=letters // 4 + 1))
    return words[:letters].strip().capitalize()
