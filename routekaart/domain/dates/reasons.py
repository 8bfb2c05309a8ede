"""What the adviser says about a date: a light, in plain Dutch, with where it comes from."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from courses.dutch import dutch_date, listed
from routekaart.domain.content.wording import ASSUMED
from routekaart.domain.dates.rules import DateRule


class Light(StrEnum):
    """Lightest first. Red advises against a date, and blocks nothing."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


LIGHT_WORDS = {Light.GREEN: "past goed", Light.AMBER: "let op", Light.RED: "liever niet"}
WEIGHT = {light: weight for weight, light in enumerate(Light)}


class ReasonCode(StrEnum):
    """Stable names, in the order in which reasons of one colour are shown."""

    OUTSIDE_YEAR = "outside_school_year"
    IN_PAST = "in_past"
    CLOSED = "school_closed"
    WEEKEND = "weekend"
    NOT_PUBLISHED = "holidays_not_published"
    ALREADY_THERE = "study_day_already_there"
    FOUR_DAY_EXCEEDED = "four_day_weeks_exceeded"
    FOUR_DAY_FULL = "four_day_weeks_full"
    FOUR_DAY_FITS = "four_day_weeks_fit"
    FOUR_DAY_BUNCHED = "four_day_weeks_bunched"
    WEEK_HAS_HOLIDAY = "week_has_public_holiday"
    THREE_DAY_WEEK = "three_day_week"
    THREE_DAY_TEAM_MEETING = "three_day_week_team_meeting"
    THREE_DAY_BESIDE_HOLIDAY = "three_day_week_beside_holiday"
    FREE_DAYS_EXCEEDED = "free_days_exceeded"
    FREE_DAYS_FIT = "free_days_fit"
    AFTERNOON = "afternoon_keeps_the_week"
    GROUPS_EXEMPT = "groups_without_week_rule"
    NO_FREE_GROUPS = "no_free_groups"
    WEEKDAY_OFTEN = "weekday_used_often"
    WEEKDAY_FITS = "weekday_fits"
    OFF_DAYS_UNEVEN = "off_days_uneven"
    OFF_DAY_ASKED = "off_day_asked"
    NOBODY_COMES_BACK = "nobody_comes_back"
    SHARED_PEOPLE = "shared_people_clash"
    SHARED_RESOURCES = "shared_resources_clash"
    SHARED_PEOPLE_SAME_DAY = "shared_people_same_day"
    SAME_DAY = "same_day_other_team"


_PLACE = {code: place for place, code in enumerate(ReasonCode)}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to know about a date. `text` is Dutch and never names a person."""

    code: ReasonCode
    light: Light
    text: str
    rule: DateRule

    @property
    def source(self) -> str:
        """The title of the source; "aanname" where it is our own."""
        return self.rule.source


def reason(code: ReasonCode, light: Light, text: str, rule: DateRule, on: date) -> Reason:
    """A reason about the day `on`; it says so when it rests on us, or on a rule that has ended."""
    if rule.is_assumption and ASSUMED not in text.lower():
        text = f"{text.removesuffix('.')} ({ASSUMED})."
    if not rule.is_valid_on(on) and rule.valid_until is not None:
        text = f"{text} Deze regel gold tot en met {dutch_date(rule.valid_until)}: kijk het na."
    return Reason(code, light, text, rule)


def sorted_reasons(reasons: list[Reason]) -> tuple[Reason, ...]:
    """Heaviest first, then in the order of the codes: the same reasons, the same order."""
    return tuple(
        sorted(reasons, key=lambda item: (-WEIGHT[item.light], _PLACE[item.code], item.text))
    )


def worst(reasons: tuple[Reason, ...]) -> Light:
    """The light of a date is that of its heaviest reason; green without any."""
    return max((item.light for item in reasons), key=WEIGHT.__getitem__, default=Light.GREEN)


def these_groups(one: str, many: str, groups: tuple[int, ...], *, secondary: bool = False) -> str:
    """A verb and its groups: heeft groep 3; hebben groep 3 en 4."""
    verb = one if len(set(groups)) == 1 else many
    return f"{verb} {groups_text(groups, secondary=secondary)}"


def groups_text(groups: tuple[int, ...], *, secondary: bool = False) -> str:
    """groep 3 tot en met 8; groep 3 en 5; leerjaar 2"""
    word = "leerjaar" if secondary else "groep"
    ordered = sorted(set(groups))
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{word} {ordered[0]} tot en met {ordered[-1]}"
    return f"{word} {listed([str(number) for number in ordered])}"
