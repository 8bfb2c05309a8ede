"""Addresses: what somebody does this week, the study day itself, and agreements."""

from django.urls import path

from routekaart.web.views.placeholder import placeholder
from routekaart.web.views.week import agreements, course, notes, own_week, record, study_day

app_name = "week"
urlpatterns = [
    path("mijn-week", own_week.week, name="week"),
    path("mijn-week/gedaan", record.record, name="record"),
    path("mijn-week/cursus/<uuid:assignment_id>", course.course, name="course"),
    path("mijn-week/cursus/<uuid:assignment_id>/samen", course.together, name="together"),
    path("studiedag/<uuid:study_day_id>", study_day.study_day, name="study_day"),
    path("studiedag/<uuid:study_day_id>/notities", notes.notes, name="notes"),
    path("studiedag/<uuid:study_day_id>/gemist", study_day.missed, name="missed"),
    path(
        "studiedag/<uuid:study_day_id>/gemist/cursussen", study_day.preparation, name="preparation"
    ),
    path("notitie/<uuid:note_id>", notes.note, name="note"),
    path("routekaart/<uuid:routekaart_id>/afspraken", agreements.agreements, name="agreements"),
    path(
        "routekaart/<uuid:routekaart_id>/afspraken/nieuw",
        agreements.new_agreement,
        name="add_agreement",
    ),
    path("afspraak/<uuid:agreement_id>", agreements.agreement, name="agreement"),
    path(
        "afspraak/<uuid:agreement_id>/aanpassen",
        agreements.agreement_changes,
        name="change_agreement",
    ),
    path("routekaart/<uuid:routekaart_id>/evaluatie", placeholder, name="evaluation"),
    path("plg/<uuid:cycle_id>", placeholder, name="plg"),
]
