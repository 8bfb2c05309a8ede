"""Addresses: the advice to accept, and the route through the school year."""

from django.urls import path

from routekaart.web.views.placeholder import placeholder
from routekaart.web.views.route.year import year

app_name = "route"
urlpatterns = [
    path("routekaart/<uuid:routekaart_id>/advies", placeholder, name="advice"),
    path("routekaart/<uuid:routekaart_id>/jaar", year, name="year"),
    path("routekaart/<uuid:routekaart_id>/plan", placeholder, name="plan"),
]
