"""Addresses: trying the routekaart without an account, and reading the catalogue."""

from django.urls import path

from routekaart.web.views.visitor.keeping import keep
from routekaart.web.views.visitor.reading import (
    course_list,
    intervention_detail,
    intervention_list,
)
from routekaart.web.views.visitor.trying import advice, choose, team

app_name = "visitor"
urlpatterns = [
    path("probeer", choose, name="choose"),
    path("probeer/voor-wie", team, name="team"),
    path("probeer/advies", advice, name="advice"),
    path("probeer/bewaren", keep, name="keep"),
    path("interventies", intervention_list, name="interventions"),
    path("interventies/<slug:slug>", intervention_detail, name="intervention"),
    path("cursussen", course_list, name="courses"),
]
