"""Addresses: documents of a routekaart, and the health of jobs and mail."""

from django.urls import path

from routekaart.web.views.documents.adopted import adopted
from routekaart.web.views.documents.bundles import for_all_teams
from routekaart.web.views.documents.documents import documents, download, job
from routekaart.web.views.documents.jobs import jobs
from routekaart.web.views.documents.kinds import booklet, group_plan, person_plan
from routekaart.web.views.documents.links import link
from routekaart.web.views.documents.mail import mail_batch
from routekaart.web.views.documents.overviews import mr_summary, overviews
from routekaart.web.views.documents.sending import send

app_name = "documents"
urlpatterns = [
    path("routekaart/<uuid:routekaart_id>/documenten", documents, name="documents"),
    path("routekaart/<uuid:routekaart_id>/samenvatting-mr", mr_summary, name="mr_summary"),
    path("documenten/vastgesteld", adopted, name="adopted"),
    path("documenten/overzichten", overviews, name="overviews"),
    path("routekaart/<uuid:routekaart_id>/documenten/groep", group_plan, name="group_plan"),
    path("routekaart/<uuid:routekaart_id>/documenten/persoon", person_plan, name="person_plan"),
    path("studiedag/<uuid:study_day_id>/boekje", booklet, name="booklet"),
    path("document/<uuid:document_id>", download, name="download"),
    path("document/<uuid:document_id>/versturen", send, name="send"),
    path("gedeeld/<str:token>", link, name="link"),
    path("documenten/alle-teams", for_all_teams, name="for_all_teams"),
    path("klussen", jobs, name="jobs"),
    path("klussen/<uuid:job_id>", job, name="job"),
    path("verzending/<uuid:mail_batch_id>", mail_batch, name="mail_batch"),
]
