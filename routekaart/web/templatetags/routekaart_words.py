"""Figures and days in plain words."""

from datetime import date
from decimal import Decimal

from django import template

from courses.dutch import dutch_number
from routekaart import clock
from routekaart.domain.budget import euros as euros_in_words
from routekaart.domain.content.wording import duration as duration_in_words
from routekaart.domain.content.wording import weekday_date

register = template.Library()
# From here on a date without its year is taken for another one.
_FAR = 250


@register.filter
def duration(minutes: int) -> str:
    """1 uur 30 min"""
    return duration_in_words(minutes)


@register.filter
def figure(value: Decimal) -> str:
    """60,5"""
    return dutch_number(float(value))


@register.filter
def euros(cents: int) -> str:
    """€ 1.250 or € 12,50, of whole cents"""
    return euros_in_words(cents)


@register.filter
def plain_day(day: date) -> str:
    """woensdag 4 november; with its year when that is long ago or far ahead"""
    words = weekday_date(day)
    return words if abs((day - clock.today()).days) >= _FAR else words.rsplit(" ", 1)[0]
