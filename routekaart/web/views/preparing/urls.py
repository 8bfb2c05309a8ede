"""Addresses: assigning courses and preparing a study day."""

from django.urls import path

from routekaart.web.views.placeholder import placeholder

app_name = "preparing"
urlpatterns = [
    path("routekaart/<uuid:routekaart_id>/toewijzen", placeholder, name="assign"),
    path("studiedag/<uuid:study_day_id>/voorbereiding", placeholder, name="readiness"),
]
