"""Figures and dates in plain words."""

from django import template

from courses.dutch import dutch_number

register = template.Library()
_HOUR = 60
_HALF = 30


@register.filter
def hours(minutes: int) -> str:
    """Minutes as people say them: 45 minuten, 4 uur, 4,5 uur, 5 uur 20."""
    if minutes < _HOUR:
        return f"{minutes} minuten"
    if minutes % _HALF == 0:
        return f"{dutch_number(minutes / _HOUR)} uur"
    return f"{minutes // _HOUR} uur {minutes % _HOUR}"
