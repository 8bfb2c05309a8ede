"""The date adviser: a traffic light with reasons for each date that a team could meet on."""

from routekaart.domain.dates.advice import DateAdvice, advise
from routekaart.domain.dates.findings import study_day_findings
from routekaart.domain.dates.part_timers import OffDays
from routekaart.domain.dates.reasons import Light, Reason, ReasonCode
from routekaart.domain.dates.rules import DATE_RULES, DateRule, RuleSlug, rule_for, with_own_numbers
from routekaart.domain.dates.situation import OtherTeam, Situation, TeamDay
from routekaart.domain.dates.suggest import Wish, suggest
from routekaart.domain.dates.weekdays import WeekdayView, weekday_views

__all__ = [
    "DATE_RULES",
    "DateAdvice",
    "DateRule",
    "Light",
    "OffDays",
    "OtherTeam",
    "Reason",
    "ReasonCode",
    "RuleSlug",
    "Situation",
    "TeamDay",
    "WeekdayView",
    "Wish",
    "advise",
    "rule_for",
    "study_day_findings",
    "suggest",
    "weekday_views",
    "with_own_numbers",
]
