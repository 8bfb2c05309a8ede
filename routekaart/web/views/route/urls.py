"""Addresses: the advice to accept, and the route through the school year."""

from django.urls import path

from routekaart.web.views.placeholder import placeholder

app_name = "route"
urlpatterns = [
    path("routekaart/<uuid:routekaart_id>/advies", placeholder, name="advice"),
    path("routekaart/<uuid:routekaart_id>/jaar", placeholder, name="year"),
]
