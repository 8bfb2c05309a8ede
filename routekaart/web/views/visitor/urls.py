"""Addresses: trying the routekaart without an account, and reading the catalogue."""

from django.urls import path

from routekaart.web.views.placeholder import placeholder

app_name = "visitor"
urlpatterns = [
    path("probeer", placeholder, name="choose"),
    path("interventies", placeholder, name="interventions"),
]
