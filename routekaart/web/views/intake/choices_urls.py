"""Addresses: choosing interventions, goals and study days."""

from django.urls import path

from routekaart.web.views.placeholder import placeholder

urlpatterns = [
    path("routekaart/<uuid:routekaart_id>/interventies", placeholder, name="interventions"),
    path("routekaart/<uuid:routekaart_id>/doelen", placeholder, name="goals"),
    path("routekaart/<uuid:routekaart_id>/studiedagen", placeholder, name="study_days"),
]
