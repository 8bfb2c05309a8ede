"""The invitation to whoever was added to a school: where to go, and how to get a password.

The mail in the outbox holds no key to the account, because others read that too: the link is
filled in when it goes out (`queries/mail/content.py`).
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django_scopes import scopes_disabled

from routekaart.access import Access, Permission, access_of
from routekaart.actions.audit import record
from routekaart.actions.mail.outbox import Message, tell
from routekaart.actions.privacy.departures import forget_departure
from routekaart.clock import end_of, now, today
from routekaart.domain.errors import Conflict
from routekaart.domain.invitations import Standing
from routekaart.domain.mail_texts import welcome_text
from routekaart.models import Employment, Invitation, Mail, Person
from routekaart.models.mail import MailKind
from routekaart.queries.organisation.invitations import (
    holds,
    invitation_of,
    standing_of,
    welcome_key,
)

# As many as a link that is too old gives (`invitation` in the settings).
_MOST_AN_HOUR = 3


def welcome(employment: Employment) -> None:
    """Invites somebody, in the transaction in which that person was added or asked again.

    Call inside the scope of the school.
    """
    days: int = settings.INVITATION_DAYS
    until = today() + timedelta(days=days)
    invitation = (
        Invitation.objects.select_for_update(no_key=True).filter(employment=employment).first()
    )
    if invitation is None:
        invitation = Invitation(employment=employment, number=0)
    invitation.number += 1
    invitation.sent_at, invitation.expires_at = now(), end_of(until)
    invitation.accepted_at = None
    invitation.save()
    address: str = settings.PUBLIC_ADDRESS
    text = welcome_text(employment.school.name, until=until, address=address)
    key = welcome_key(invitation)
    tell(
        school=employment.school_id,
        kind=MailKind.WELCOME,
        message=Message(employment.person_id, key, text.subject, text.body, about=(key,)),
    )


@transaction.atomic
def invite_again(*, by: Access, employment_id: UUID) -> None:
    """Sends somebody a new invitation, after which the old link is worthless.

    Raises `Conflict`: `already_active` for who has signed in since, `invited_too_often` for who
    was sent `_MOST_AN_HOUR` in the hour before.
    """
    employment = by.fetch(
        Employment, employment_id, Permission.MANAGE_PEOPLE, along=("person", "school")
    )
    with by.entered():
        Employment.objects.select_for_update(no_key=True).get(pk=employment.pk)
        employment = Employment.objects.select_related("person", "school", "invitation").get(
            pk=employment.pk
        )
        if standing_of(employment, now()) is Standing.ACTIVE:
            raise Conflict(
                "Deze medewerker heeft zich al aangemeld en heeft geen uitnodiging nodig.",
                code="already_active",
            )
        check_not_too_often(employment.school_id, employment.person_id)
        welcome(employment)
        record(by=by, school=employment.school_id, action="invite_again", subject=employment)


def check_not_too_often(school_id: UUID, person_id: UUID) -> None:
    """Raises `Conflict` (`invited_too_often`) for whom the school sent `_MOST_AN_HOUR` invitations
    in the hour before. Call in its scope."""
    sent = Mail.objects.filter(school=school_id, person=person_id, kind=MailKind.WELCOME)
    if sent.filter(made_at__gt=now() - timedelta(hours=1)).count() >= _MOST_AN_HOUR:
        raise Conflict(
            f"Deze medewerker kreeg het afgelopen uur al {_MOST_AN_HOUR} uitnodigingen. "
            "Probeer het later weer.",
            code="invited_too_often",
        )


@transaction.atomic
def renew_invitation(*, key: str) -> None:
    """Sends a new invitation to whom a link was sent that is too old; otherwise does nothing.

    The one who asks learns nothing either way. Safe to repeat.
    """
    found = invitation_of(key)
    if found is None or not found.employment.person.is_active:
        return
    with scopes_disabled():
        locked = Invitation.objects.select_for_update(no_key=True).get(pk=found.pk)
        if locked.accepted_at is not None or now() < locked.expires_at:
            return
        welcome(found.employment)
        record(
            by=access_of(found.employment.person),
            school=found.employment.school_id,
            action="renew_invitation",
            subject=found.employment,
        )


def came_in(person: Person) -> None:
    """At sign-in: from now on schools read the person's own name and address, and not what they
    gave."""
    with scopes_disabled():
        given = Employment.objects.filter(person=person).exclude(given_name="", given_email="")
        for employment in given:
            forget_departure(person_id=person.pk, school_id=employment.school_id)
        given.update(given_name="", given_email="")


@transaction.atomic
def accept_invitation(*, key: str, password: str) -> Person:
    """The person, with a first password. `password` has been checked.

    Raises `Conflict` (`invitation_over`) when the link was used, replaced or too old meanwhile.
    """
    found = invitation_of(key)
    if found is not None:
        with scopes_disabled():
            locked = Invitation.objects.select_for_update(no_key=True).get(pk=found.pk)
            person = Person.objects.select_for_update(no_key=True).get(
                pk=found.employment.person_id
            )
            if holds(locked, key, now()) and person.is_active and not person.has_usable_password():
                person.set_password(password)
                person.save(update_fields=["password"])
                locked.accepted_at = now()
                locked.save(update_fields=["accepted_at"])
                return person
    raise Conflict("Deze uitnodiging werkt niet meer. Vraag een nieuwe.", code="invitation_over")
