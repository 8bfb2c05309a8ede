"""What the pages of one routekaart share: tabs, and words for years, states and days."""

from datetime import date
from typing import Any

from django import template

from routekaart.access import Access, Permission
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.wording import weekday_date
from routekaart.models import Routekaart
from routekaart.web.routekaart_tabs import TAG_OF_STATE, Tab
from routekaart.web.routekaart_tabs import routekaart_tabs as tabs_of

register = template.Library()


@register.simple_tag(takes_context=True)
def routekaart_tabs(
    context: dict[str, Any], routekaart: Routekaart, here: str = ""
) -> tuple[Tab, ...]:
    """The tabs of a routekaart for who is signed in."""
    return tabs_of(context["request"].by, routekaart, here)


@register.simple_tag(takes_context=True)
def opens_routekaart(context: dict[str, Any], routekaart: Routekaart) -> bool:
    """Whether who is signed in reads more of it than its plan and documents."""
    by: Access = context["request"].by
    return by.allows(
        Permission.VIEW_ROUTEKAART, school=routekaart.team.school_id, team=routekaart.team_id
    )


@register.filter
def school_year(start: int) -> str:
    """2026 becomes 2026-2027."""
    return SchoolYear(start).label


@register.filter
def state_tag(state: str) -> str:
    """The class of the tag that says a state of a routekaart."""
    return TAG_OF_STATE.get(state, "")


@register.filter
def on_day(day: date) -> str:
    """woensdag 4 november 2026"""
    return weekday_date(day)
