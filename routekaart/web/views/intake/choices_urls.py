"""Addresses: choosing interventions, goals and study days."""

from django.urls import path

from routekaart.web.views.intake.interventions import choose, intervention
from routekaart.web.views.placeholder import placeholder

_HERE = "routekaart/<uuid:routekaart_id>"
urlpatterns = [
    path(f"{_HERE}/interventies", choose, name="interventions"),
    path(f"{_HERE}/interventies/<slug:slug>", intervention, name="intervention"),
    path(f"{_HERE}/doelen", placeholder, name="goals"),
    path(f"{_HERE}/studiedagen", placeholder, name="study_days"),
]
