"""Addresses: the advice to accept, the plan, and the route through the school year."""

from django.urls import path

from routekaart.web.views.route.advice import advice
from routekaart.web.views.route.fitting import fitting
from routekaart.web.views.route.hours import hours
from routekaart.web.views.route.plan import plan, version
from routekaart.web.views.route.year import year

app_name = "route"
urlpatterns = [
    path("routekaart/<uuid:routekaart_id>/advies", advice, name="advice"),
    path("routekaart/<uuid:routekaart_id>/jaar", year, name="year"),
    path("routekaart/<uuid:routekaart_id>/plan", plan, name="plan"),
    path("routekaart/<uuid:routekaart_id>/plan/past-het", fitting, name="fitting"),
    path("plan/<uuid:plan_id>", version, name="version"),
    path("plan/<uuid:plan_id>/uren", hours, name="hours"),
]
