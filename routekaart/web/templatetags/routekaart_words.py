"""Figures in plain words."""

from decimal import Decimal

from django import template

from courses.dutch import dutch_number
from routekaart.domain.content.wording import duration as duration_in_words

register = template.Library()


@register.filter
def duration(minutes: int) -> str:
    """1 uur 30 min"""
    return duration_in_words(minutes)


@register.filter
def figure(value: Decimal) -> str:
    """60,5"""
    return dutch_number(float(value))
