"""Secondary schools: a day without lessons is one of the free days that the MR consents to."""

from collections.abc import Iterator

from routekaart.domain.dates.reasons import Light, Reason, ReasonCode, groups_text, reason
from routekaart.domain.dates.rules import RuleSlug
from routekaart.domain.dates.school_weeks import free_dates
from routekaart.domain.dates.situation import Situation, TeamDay
from routekaart.domain.planner.problem import StudyDayKind

_ONLY_THESE = "We tellen alleen de studiedagen die hier staan (aanname)."


def free_day_counts(situation: Situation, groups: tuple[int, ...]) -> dict[int, int]:
    """Days without lessons per year group, by the study days that stand."""
    days = situation.school_days()
    return {
        group: sum(situation.calendar.is_open(day) for day in free_dates(days, group))
        for group in groups
    }


def free_day_reasons(situation: Situation, day: TeamDay) -> Iterator[Reason]:
    """The rule about free days, for an open day. Nothing for a sector without it."""
    rule = situation.rule(RuleSlug.FREE_DAYS, day.date)
    if rule is None:
        return
    if day.kind is StudyDayKind.AFTERNOON:
        text = "Een studiemiddag is geen roostervrije dag, als er die ochtend les is (aanname)."
        yield reason(ReasonCode.AFTERNOON, Light.GREEN, text, rule, day.date)
        return
    groups = tuple(sorted(set(day.free_groups) & set(rule.groups)))
    if not groups:
        text = (
            "Er zijn geen leerjaren vrij op deze dag. Zijn ze dat wel? Vul ze in: dan is het een "
            "roostervrije dag, en daarmee stemt de MR in."
        )
        yield reason(ReasonCode.NO_FREE_GROUPS, Light.GREEN, text, rule, day.date)
        return
    counts = free_day_counts(situation.with_day(day), groups)
    most = max(counts.values())
    name = groups_text(tuple(g for g in groups if counts[g] == most), secondary=True)
    if most > rule.number:
        code, light = ReasonCode.FREE_DAYS_EXCEEDED, Light.RED
        text = (
            f"Met deze dag zijn er {most} roostervrije dagen voor {name}; er mogen er "
            f"{rule.number} zijn. Kies een studiemiddag, of een dag waarop er wel les is."
        )
    else:
        code, light = ReasonCode.FREE_DAYS_FIT, Light.GREEN
        text = (
            f"Roostervrije dagen voor {name}: met deze dag {most} van de hoogstens "
            f"{rule.number}. De MR stemt in met de roostervrije dagen."
        )
    yield reason(code, light, f"{text} {_ONLY_THESE}", rule, day.date)
