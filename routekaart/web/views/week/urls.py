"""Addresses: what somebody does this week, the study day itself, and agreements."""

from django.urls import path

from routekaart.web.views.placeholder import placeholder

app_name = "week"
urlpatterns = [
    path("mijn-week", placeholder, name="week"),
    path("routekaart/<uuid:routekaart_id>/afspraken", placeholder, name="agreements"),
    path("studiedag/<uuid:study_day_id>", placeholder, name="study_day"),
]
