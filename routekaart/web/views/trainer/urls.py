"""Addresses: the queue of the trainer, the advice desk and what-if."""

from django.urls import path

from routekaart.web.views.trainer.adding import adding
from routekaart.web.views.trainer.answers import answers
from routekaart.web.views.trainer.course import course
from routekaart.web.views.trainer.desk import desk, versions
from routekaart.web.views.trainer.queue import queue
from routekaart.web.views.trainer.what_if import outcome, what_if

_DESK = "routekaart/<uuid:routekaart_id>/advies-maken"

app_name = "trainer"
urlpatterns = [
    path("wachtrij", queue, name="queue"),
    path(_DESK, desk, name="desk"),
    path(f"{_DESK}/antwoorden", answers, name="answers"),
    path(f"{_DESK}/toevoegen", adding, name="adding"),
    path(f"{_DESK}/versies", versions, name="versions"),
    path(f"{_DESK}/cursus/<slug:course>", course, name="course"),
    path("routekaart/<uuid:routekaart_id>/wat-als", what_if, name="what_if"),
    path("routekaart/<uuid:routekaart_id>/wat-als/uitkomst", outcome, name="outcome"),
]
