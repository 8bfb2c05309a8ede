"""What a school does about how its people sign in: sessions that end, a second step taken away."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction

from routekaart.access import Access, Permission
from routekaart.actions.audit import record
from routekaart.actions.mail.outbox import Message, tell
from routekaart.clock import now
from routekaart.domain.mail_texts import second_factor_reset_text
from routekaart.models import Employment, Person
from routekaart.models.mail import MailKind


def end_sessions(person: Person) -> None:
    """Signs somebody out everywhere."""
    own = UserSession.objects.filter(user=person)
    Session.objects.filter(pk__in=list(own.values_list("session_key", flat=True))).delete()
    own.delete()


@transaction.atomic
def reset_second_factor(*, by: Access, employment_id: UUID) -> None:
    """Takes away the second step of somebody who lost the phone and the recovery codes.

    That person is signed out everywhere and hears of it by mail. Safe to repeat.
    """
    employment = by.fetch(
        Employment, employment_id, Permission.MANAGE_PEOPLE, along=("person", "school")
    )
    person = employment.person
    with by.entered():
        Person.objects.select_for_update().get(pk=person.pk)
        removed, _ = Authenticator.objects.filter(user=person).delete()
        if not removed:
            return
        end_sessions(person)
        text = second_factor_reset_text(employment.school.name, address=settings.PUBLIC_ADDRESS)
        key = f"second_factor_reset:{now().isoformat()}"
        tell(
            school=employment.school_id,
            kind=MailKind.ACCOUNT,
            message=Message(person.pk, key, text.subject, text.body),
        )
        record(by=by, school=employment.school_id, action="reset_second_factor", subject=employment)
