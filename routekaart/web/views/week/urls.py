"""Addresses: what somebody does this week, the study day itself, and agreements."""

from django.urls import path

from routekaart.web.views.week import (
    agreements,
    course,
    evaluation,
    notes,
    own_week,
    record,
    study_day,
)
from routekaart.web.views.week.plg import cycles, meetings, own, rounds

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
    path("routekaart/<uuid:routekaart_id>/evaluatie", evaluation.evaluation, name="evaluation"),
    path("doel/<uuid:goal_id>/besluit", evaluation.decision, name="decision"),
    path("doel/<uuid:goal_id>/indicator", evaluation.new_indicator, name="add_indicator"),
    path("indicator/<uuid:indicator_id>", evaluation.indicator, name="indicator"),
    path("indicator/<uuid:indicator_id>/meting", evaluation.measurement, name="add_measurement"),
    path("routekaart/<uuid:routekaart_id>/plg", cycles.plgs, name="plgs"),
    path("routekaart/<uuid:routekaart_id>/plg/nieuw", cycles.new_plg, name="add_plg"),
    path("plg/<uuid:cycle_id>", cycles.plg, name="plg"),
    path("plg/<uuid:cycle_id>/aanpassen", cycles.plg_changes, name="change_plg"),
    path("plg/<uuid:cycle_id>/afronden", cycles.plg_closing, name="close_plg"),
    path("plg/<uuid:cycle_id>/bijeenkomst", meetings.new_meeting, name="add_meeting"),
    path("plg/<uuid:cycle_id>/stapje", own.new_step, name="add_step"),
    path("plg/<uuid:cycle_id>/lesbezoek", own.new_visit, name="add_visit"),
    path("plg/<uuid:cycle_id>/ronde", rounds.visit_round, name="visit_round"),
    path("plg-bijeenkomst/<uuid:meeting_id>", meetings.meeting, name="plg_meeting"),
    path(
        "plg-bijeenkomst/<uuid:meeting_id>/verzetten",
        meetings.meeting_changes,
        name="change_meeting",
    ),
    path(
        "plg-bijeenkomst/<uuid:meeting_id>/ging-niet-door", meetings.skipping, name="skip_meeting"
    ),
    path("stapje/<uuid:step_id>", own.step, name="step"),
    path("lesbezoek/<uuid:visit_id>", own.visit, name="visit"),
    path("scan/<uuid:scan_id>", own.scan, name="scan"),
    path("scan/<uuid:scan_id>/sluiten", cycles.scan_closing, name="close_scan"),
]
