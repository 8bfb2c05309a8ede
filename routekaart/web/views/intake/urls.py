"""Addresses: filling in a routekaart, step by step."""

from django.urls import include, path

from routekaart.web.views.placeholder import placeholder

app_name = "intake"
urlpatterns = [
    path("routekaarten", placeholder, name="routekaarten"),
    path("routekaart/<uuid:routekaart_id>", placeholder, name="steps"),
    path("", include("routekaart.web.views.intake.choices_urls")),
]
