"""What the adviser looks at: a team, its study days, and those of the other teams of its school."""

from dataclasses import dataclass, replace
from datetime import date, time

from routekaart.domain.calendar import SchoolCalendar
from routekaart.domain.dates.rules import DATE_RULES, DateRule, RuleSlug, rule_for
from routekaart.domain.people import Member
from routekaart.domain.planner.problem import StudyDayKind

# How long a day takes when nobody said so: an assumption of ours.
ASSUMED_MINUTES = {StudyDayKind.DAY: 360, StudyDayKind.AFTERNOON: 180}


@dataclass(frozen=True, slots=True)
class TeamDay:
    """A study day of a team, or a date that it considers.

    `free_groups` are the year groups without lessons because of it. No `start` or `minutes`: not
    known yet. `resources` name what only one team can have at a time. Not `fixed`: a candidate.
    """

    date: date
    kind: StudyDayKind = StudyDayKind.DAY
    free_groups: tuple[int, ...] = ()
    start: time | None = None
    minutes: int | None = None
    resources: tuple[str, ...] = ()
    fixed: bool = True
    id: str = ""

    @property
    def lasts(self) -> int:
        """Minutes; our assumption where nobody said how many."""
        return ASSUMED_MINUTES[self.kind] if self.minutes is None else self.minutes

    def overlaps(self, other: "TeamDay") -> bool:
        """Whether the two are at the same time, as far as is known; touching ends do not count."""
        if self.date != other.date:
            return False
        if self.start is None or other.start is None:
            return True
        mine, theirs = (day.hour * 60 + day.minute for day in (self.start, other.start))
        return mine < theirs + other.lasts and theirs < mine + self.lasts


@dataclass(frozen=True, slots=True)
class OtherTeam:
    """Another team of the school. `shared`: ids of the members that it has in common with ours."""

    name: str
    days: tuple[TeamDay, ...]
    shared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Situation:
    """One team's school year. `today` None: what has passed does not matter.

    `own_days` are the team's own, `others` the other teams that have days in this year.
    """

    calendar: SchoolCalendar
    sector: str
    members: tuple[Member, ...] = ()
    own_days: tuple[TeamDay, ...] = ()
    others: tuple[OtherTeam, ...] = ()
    today: date | None = None
    rules: tuple[DateRule, ...] = DATE_RULES

    def rule(self, slug: RuleSlug, on: date) -> DateRule | None:
        """The rule for this sector, None where it has none."""
        return rule_for(slug, sector=self.sector, on=on, rules=self.rules)

    def rules_here(self) -> tuple[DateRule, ...]:
        """The rules that hold for this sector in this school year."""
        found = (self.rule(slug, self.calendar.year.first_day) for slug in RuleSlug)
        return tuple(rule for rule in found if rule is not None)

    @property
    def fixed_days(self) -> tuple[TeamDay, ...]:
        """The team's own days that stand; a date that is only considered counts nowhere."""
        return tuple(day for day in self.own_days if day.fixed)

    def school_days(self) -> tuple[TeamDay, ...]:
        """The days that stand, of all teams of the school."""
        others = (day for team in self.others for day in team.days if day.fixed)
        return (*self.fixed_days, *others)

    def without(self, day_id: str) -> "Situation":
        """As if the own study day with this id were not there."""
        return replace(self, own_days=tuple(day for day in self.own_days if day.id != day_id))

    def without_date(self, day: date) -> "Situation":
        """As if the team had no study day on this date: a team meets once a day."""
        return replace(self, own_days=tuple(own for own in self.own_days if own.date != day))

    def with_day(self, day: TeamDay) -> "Situation":
        """As if the team had chosen this day."""
        return replace(self, own_days=(*self.own_days, replace(day, fixed=True)))
