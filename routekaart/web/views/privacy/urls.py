"""Addresses: what is kept, one's own data, and erasing who left."""

from django.urls import path

from routekaart.web.views.privacy import explaining, leavers, own_data

app_name = "privacy"
_SCHOOL = "beheer/<uuid:school_id>"
urlpatterns = [
    path("privacy", explaining.privacy, name="privacy"),
    path("mijn-gegevens/meenemen", own_data.own_data, name="own_data"),
    path(
        "beheer/medewerker/<uuid:employment_id>/gegevens", own_data.for_colleague, name="data_for"
    ),
    path(f"{_SCHOOL}/verwerkingsregister", explaining.register, name="register"),
    path(f"{_SCHOOL}/vertrokken", leavers.leavers, name="leavers"),
    path(f"{_SCHOOL}/vertrokken/<uuid:person_id>/wissen", leavers.erase, name="erase"),
]
