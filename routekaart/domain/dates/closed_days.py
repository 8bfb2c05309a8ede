"""Days on which a team cannot meet at all: outside the year, past, or the school is closed."""

from collections.abc import Iterator

from courses.dutch import dutch_date
from routekaart.domain.calendar import ClosureKind
from routekaart.domain.dates.reasons import Light, Reason, ReasonCode, reason
from routekaart.domain.dates.rules import RuleSlug
from routekaart.domain.dates.situation import Situation, TeamDay
from routekaart.domain.school_holidays import NOT_PUBLISHED


def closed_reasons(situation: Situation, day: TeamDay) -> Iterator[Reason]:
    """Why nothing can be planned on this date; nothing when the school works."""
    calendar, on = situation.calendar, day.date
    rule = situation.rule(RuleSlug.SCHOOL_CALENDAR, on)
    if rule is None:
        return
    if situation.today is not None and on < situation.today:
        text = "Deze datum is al geweest. Kies een latere datum."
        yield reason(ReasonCode.IN_PAST, Light.RED, text, rule, on)
    if on not in calendar.year:
        year = calendar.year
        text = (
            f"Deze datum valt buiten schooljaar {year.label}. Kies een dag van "
            f"{dutch_date(year.first_day)} tot en met {dutch_date(year.last_day)}."
        )
        yield reason(ReasonCode.OUTSIDE_YEAR, Light.RED, text, rule, on)
    elif on.isoweekday() > 5:
        text = "Deze datum valt in het weekend. Kies een dag van maandag tot en met vrijdag."
        yield reason(ReasonCode.WEEKEND, Light.RED, text, rule, on)
    elif not calendar.is_open(on):
        kinds = {item.kind for item in calendar.closures if item.first <= on <= item.last}
        if ClosureKind.OWN not in kinds:
            rule = situation.rule(RuleSlug.HOLIDAYS, on) or rule
        text = f"De school is dan dicht ({calendar.why_closed(on)}). Kies een andere datum."
        yield reason(ReasonCode.CLOSED, Light.RED, text, rule, on)


def not_published_reasons(situation: Situation, day: TeamDay) -> Iterator[Reason]:
    """A year of which the holidays are not all known yet: an open day may still become closed."""
    rule = situation.rule(RuleSlug.HOLIDAYS, day.date)
    if rule is not None and not situation.calendar.holidays_published:
        label = situation.calendar.year.label
        text = (
            f"De schoolvakanties van {label} zijn {NOT_PUBLISHED}. Kijk later nog eens of de "
            "school op deze datum open is."
        )
        yield reason(ReasonCode.NOT_PUBLISHED, Light.AMBER, text, rule, day.date)
