"""Addresses: filling in a routekaart, step by step."""

from django.urls import include, path

from routekaart.web.views.intake.facilities import facilities
from routekaart.web.views.intake.listing import carry_over, new, routekaarten
from routekaart.web.views.intake.presence import presence
from routekaart.web.views.intake.step_page import onward
from routekaart.web.views.intake.steps import answers, check, steps
from routekaart.web.views.intake.team import hours, reason, team

app_name = "intake"
urlpatterns = [
    path("routekaarten", routekaarten, name="routekaarten"),
    path("routekaarten/nieuw", new, name="new"),
    path("routekaart/<uuid:routekaart_id>", steps, name="steps"),
    path("routekaart/<uuid:routekaart_id>/antwoorden", answers, name="answers"),
    path("routekaart/<uuid:routekaart_id>/meenemen", carry_over, name="carry_over"),
    path("routekaart/<uuid:routekaart_id>/team", team, name="team"),
    path("routekaart/<uuid:routekaart_id>/aanleiding", reason, name="reason"),
    path("routekaart/<uuid:routekaart_id>/randvoorwaarden", facilities, name="facilities"),
    path("routekaart/<uuid:routekaart_id>/uren", hours, name="hours"),
    path("routekaart/<uuid:routekaart_id>/nakijken", check, name="check"),
    path("routekaart/<uuid:routekaart_id>/bezig/<slug:step>", presence, name="presence"),
    path("routekaart/<uuid:routekaart_id>/verder/<slug:step>", onward, name="onward"),
    path("", include("routekaart.web.views.intake.choices_urls")),
]
