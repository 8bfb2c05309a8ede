"""Addresses: what directors and boards see and decide."""

from django.urls import path

from routekaart.web.views.overview.decision import decision, findings, still_current
from routekaart.web.views.overview.export import export
from routekaart.web.views.overview.overview import overview_page, team

app_name = "overview"
urlpatterns = [
    path("overzicht", overview_page, name="overview"),
    path("overzicht/tabel.csv", export, name="export"),
    path("overzicht/team/<uuid:team_id>", team, name="team"),
    path("routekaart/<uuid:routekaart_id>/besluit", decision, name="decision"),
    path("routekaart/<uuid:routekaart_id>/besluit/controle", findings, name="findings"),
    path("routekaart/<uuid:routekaart_id>/besluit/actueel", still_current, name="still_current"),
]
