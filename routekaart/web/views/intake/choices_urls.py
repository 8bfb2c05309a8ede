"""Addresses: choosing interventions, goals and study days."""

from django.urls import path

from routekaart.web.views.intake import goals, interventions, study_days

_HERE = "routekaart/<uuid:routekaart_id>"
_GOAL = f"{_HERE}/doelen/<uuid:goal_id>"
_DAY = f"{_HERE}/studiedagen/<uuid:day_id>"
urlpatterns = [
    path(f"{_HERE}/interventies", interventions.choose, name="interventions"),
    path(f"{_HERE}/interventies/<slug:slug>", interventions.intervention, name="intervention"),
    path(f"{_HERE}/doelen", goals.goals, name="goals"),
    path(f"{_HERE}/doelen/nieuw", goals.new_goal, name="goal_new"),
    path(_GOAL, goals.goal, name="goal"),
    path(f"{_GOAL}/weghalen", goals.remove, name="goal_remove"),
    path(f"{_HERE}/studiedagen", study_days.study_days, name="study_days"),
    path(f"{_HERE}/studiedagen/nieuw", study_days.new_day, name="study_day_new"),
    path(f"{_HERE}/studiedagen/goede-data", study_days.good_dates, name="good_dates"),
    path(_DAY, study_days.study_day, name="study_day"),
    path(f"{_DAY}/weghalen", study_days.remove, name="study_day_remove"),
]
