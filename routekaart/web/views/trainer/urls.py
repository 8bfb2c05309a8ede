"""Addresses: the queue of the trainer, the advice desk and what-if."""

from django.urls import path

from routekaart.web.views.placeholder import placeholder
from routekaart.web.views.trainer.queue import queue

app_name = "trainer"
urlpatterns = [
    path("wachtrij", queue, name="queue"),
    path("routekaart/<uuid:routekaart_id>/advies-maken", placeholder, name="desk"),
    path("routekaart/<uuid:routekaart_id>/wat-als", placeholder, name="what_if"),
]
