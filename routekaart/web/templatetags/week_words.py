"""How the pages of the week say how long something takes."""

from django import template

from routekaart.domain.content.wording import duration as duration_in_words

register = template.Library()


@register.filter
def duration(minutes: int) -> str:
    """1 uur 30 min"""
    return duration_in_words(minutes)
