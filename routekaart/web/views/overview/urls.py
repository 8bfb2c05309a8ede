"""Addresses: what directors and boards see and decide."""

from django.urls import path

from routekaart.web.views.placeholder import placeholder

app_name = "overview"
urlpatterns = [
    path("overzicht", placeholder, name="overview"),
    path("routekaart/<uuid:routekaart_id>/besluit", placeholder, name="decision"),
]
