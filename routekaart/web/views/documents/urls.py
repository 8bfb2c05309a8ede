"""Addresses: documents of a routekaart, and the health of jobs."""

from django.urls import path

from routekaart.web.views.placeholder import placeholder

app_name = "documents"
urlpatterns = [
    path("routekaart/<uuid:routekaart_id>/documenten", placeholder, name="documents"),
    path("klussen", placeholder, name="jobs"),
]
