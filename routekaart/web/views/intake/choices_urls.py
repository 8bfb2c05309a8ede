"""Addresses: choosing interventions, goals and study days."""

from django.urls import path

from routekaart.web.views.intake.goals import goal, goals, new_goal, remove
from routekaart.web.views.intake.interventions import choose, intervention
from routekaart.web.views.placeholder import placeholder

_HERE = "routekaart/<uuid:routekaart_id>"
urlpatterns = [
    path(f"{_HERE}/interventies", choose, name="interventions"),
    path(f"{_HERE}/interventies/<slug:slug>", intervention, name="intervention"),
    path(f"{_HERE}/doelen", goals, name="goals"),
    path(f"{_HERE}/doelen/nieuw", new_goal, name="goal_new"),
    path(f"{_HERE}/doelen/<uuid:goal_id>", goal, name="goal"),
    path(f"{_HERE}/doelen/<uuid:goal_id>/weghalen", remove, name="goal_remove"),
    path(f"{_HERE}/studiedagen", placeholder, name="study_days"),
]
