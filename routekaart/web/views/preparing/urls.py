"""Addresses: assigning courses and preparing a study day."""

from django.urls import path

from routekaart.web.views.preparing import work_groups
from routekaart.web.views.preparing.assigned import assigned, assignment
from routekaart.web.views.preparing.assigning import assign, assign_chosen
from routekaart.web.views.preparing.batches import batches, rules, undo
from routekaart.web.views.preparing.latecomers import latecomers
from routekaart.web.views.preparing.programme import programme
from routekaart.web.views.preparing.readiness import close, moments, readiness
from routekaart.web.views.preparing.topics import topics

app_name = "preparing"
_ASSIGN = "routekaart/<uuid:routekaart_id>/toewijzen"
_DAY = "studiedag/<uuid:study_day_id>"
urlpatterns = [
    path(_ASSIGN, assign, name="assign"),
    path(f"{_ASSIGN}/zelf-kiezen", assign_chosen, name="assign_chosen"),
    path(f"{_ASSIGN}/wie-doet-wat", assigned, name="assigned"),
    path(f"{_ASSIGN}/eerder", batches, name="batches"),
    path(f"{_ASSIGN}/voor-wie-later-komt", rules, name="rules"),
    path("toewijzing/<uuid:assignment_id>", assignment, name="assignment"),
    path("toewijsactie/<uuid:batch_id>/terugdraaien", undo, name="undo"),
    path(
        "routekaart/<uuid:routekaart_id>/werkgroepen", work_groups.work_groups, name="work_groups"
    ),
    path(
        "routekaart/<uuid:routekaart_id>/werkgroepen/nieuw",
        work_groups.add,
        name="work_group_add",
    ),
    path("werkgroep/<uuid:work_group_id>", work_groups.change, name="work_group"),
    path("routekaart/<uuid:routekaart_id>/later-ingestapt", latecomers, name="latecomers"),
    path(f"{_DAY}/voorbereiding", readiness, name="readiness"),
    path(f"{_DAY}/vervolg", moments, name="moments"),
    path(f"{_DAY}/afsluiten", close, name="close"),
    path(f"{_DAY}/vragen", topics, name="topics"),
    path(f"{_DAY}/programma-maken", programme, name="programme"),
]
