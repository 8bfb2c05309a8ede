"""Addresses: people, roles, holidays and packages of a school."""

from django.urls import path

from routekaart.web.views.placeholder import placeholder

app_name = "office"
urlpatterns = [
    path("beheer", placeholder, name="office"),
]
