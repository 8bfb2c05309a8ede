"""Addresses: trying the routekaart without an account, and reading the catalogue."""

from django.urls import path

from routekaart.web.views.placeholder import placeholder
from routekaart.web.views.visitor.keeping import keep
from routekaart.web.views.visitor.trying import advice, choose, team

app_name = "visitor"
urlpatterns = [
    path("probeer", choose, name="choose"),
    path("probeer/voor-wie", team, name="team"),
    path("probeer/advies", advice, name="advice"),
    path("probeer/bewaren", keep, name="keep"),
    path("interventies", placeholder, name="interventions"),
]
