"""Forgetting an earlier telling of the demo story, so that it can be told from its start."""

from django.db import transaction

from routekaart.access import school_scope
from routekaart.demo.school import MAIL_DOMAIN
from routekaart.demo.year_change import NEWCOMER_EMAIL
from routekaart.models import (
    Completion,
    Document,
    Job,
    Mail,
    MailBatch,
    Person,
    PreparationNote,
    Routekaart,
    Scan,
    Team,
)


@transaction.atomic
def forget_story(team: Team) -> None:
    """Removes what an earlier demo made. Who left comes back when the school is loaded again."""
    with school_scope([team.school_id]):
        routekaarten = Routekaart.objects.filter(team=team)
        Job.objects.filter(routekaart__in=routekaarten).delete()
        Document.objects.filter(routekaart__in=routekaarten).delete()
        PreparationNote.objects.filter(study_day__routekaart__in=routekaarten).delete()
        Mail.objects.filter(school=team.school_id).delete()
        MailBatch.objects.filter(school=team.school_id).delete()
        Completion.objects.filter(school=team.school_id).delete()
        Scan.objects.filter(team=team).delete()
        routekaarten.delete()
    Person.objects.filter(email=NEWCOMER_EMAIL, email__endswith=MAIL_DOMAIN).delete()
