"""Addresses: calendars to subscribe to, the page that makes them, and a study day as a file."""

from django.urls import path

from routekaart.web.views.calendar_feed import addresses, files

app_name = "calendar_feed"
urlpatterns = [
    path("mijn-week/agenda", addresses.addresses, name="addresses"),
    path("agenda/<str:secret>.ics", files.feed, name="feed"),
    path("studiedag/<uuid:study_day_id>/agenda.ics", files.study_day, name="study_day"),
]
