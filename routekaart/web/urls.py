"""All addresses of pages: those everybody shares, and a list per subject."""

from django.urls import include, path

from routekaart.web.catalogue_admin import site as catalogue_site
from routekaart.web.views.catalogue import catalogue_report
from routekaart.web.views.start import home, start

urlpatterns = [
    path("", start, name="start"),
    path("thuis", home, name="home"),
    path("catalogus", catalogue_report, name="catalogue_report"),
    path("catalogusbeheer/", catalogue_site.urls),
    path("", include("routekaart.web.views.visitor.urls")),
    path("", include("routekaart.web.views.intake.urls")),
    path("", include("routekaart.web.views.route.urls")),
    path("", include("routekaart.web.views.week.urls")),
    path("", include("routekaart.web.views.calendar_feed.urls")),
    path("", include("routekaart.web.views.trainer.urls")),
    path("", include("routekaart.web.views.preparing.urls")),
    path("", include("routekaart.web.views.overview.urls")),
    path("", include("routekaart.web.views.documents.urls")),
    path("", include("routekaart.web.views.office.urls")),
    path("", include("routekaart.web.views.account.urls")),
    path("", include("routekaart.web.views.privacy.urls")),
]
