"""What a school does about how its people sign in: sessions that end, a second step taken away."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django_scopes import scopes_disabled

from routekaart.access import Access, Permission
from routekaart.actions.audit import record, record_without_person
from routekaart.actions.mail.outbox import Message, tell
from routekaart.clock import now
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.invitations import Standing
from routekaart.domain.mail_texts import (
    Text,
    second_factor_reset_on_server_text,
    second_factor_reset_text,
)
from routekaart.models import Employment, Person
from routekaart.models.mail import MailKind
from routekaart.models.sign_in import who_came
from routekaart.queries.organisation.invitations import standing_of
from routekaart.queries.organisation.places import has_a_place_outside, schools_with_place


def end_sessions(person: Person) -> None:
    """Signs somebody out everywhere."""
    own = UserSession.objects.filter(user=person)
    Session.objects.filter(pk__in=list(own.values_list("session_key", flat=True))).delete()
    own.delete()


def everybody_of(school_id: UUID) -> Q:
    """Who works at a school or has a role there, also through its board. Call in its scope.

    Not who was added and did not sign in since, as with `must_have_second_factor`.
    """
    works = Employment.objects.filter(school=school_id)
    never_came = works.exclude(who_came()).values("person")
    at_school = Q(employments__school=school_id) | Q(role_grants__school=school_id)
    return at_school & ~Q(pk__in=never_came) | Q(role_grants__board__schools=school_id)


def sign_out_without_second_factor(people: Q) -> None:
    """Signs those of `people` out everywhere who have no second step, because a school asks it.

    They set it up when they sign in again. Keys go on: their owner made them with all steps that
    there were, and another program has no phone. Call in the transaction in which it is asked.
    """
    with_it = Authenticator.objects.filter(type=Authenticator.Type.TOTP).values("user")
    without = Person.objects.filter(people).exclude(pk__in=with_it)
    keys = list(
        UserSession.objects.filter(user__in=without.values("pk")).values_list(
            "session_key", flat=True
        )
    )
    Session.objects.filter(pk__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()


@transaction.atomic
def reset_second_factor(*, by: Access, employment_id: UUID) -> None:
    """Takes away the second step of somebody who lost the phone and the recovery codes.

    That person is signed out everywhere and hears of it by mail. Safe to repeat. Raises `Conflict`
    for who did not sign in since this school invited (`not_active`), and for who also has a place
    where `by` does not run the people (`also_elsewhere`): a school would open the data of another.
    """
    employment = by.fetch(
        Employment, employment_id, Permission.MANAGE_PEOPLE, along=("person", "school")
    )
    person = employment.person
    with by.entered():
        person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        _check_of_this_school_alone(by, employment_id, person)
        if not _taken_away(person):
            return
        text = second_factor_reset_text(employment.school.name, address=settings.PUBLIC_ADDRESS)
        _tell(person, employment.school_id, text)
        record(by=by, school=employment.school_id, action="reset_second_factor", subject=employment)


def _check_of_this_school_alone(by: Access, employment_id: UUID, person: Person) -> None:
    employment = Employment.objects.select_related("person", "invitation").get(pk=employment_id)
    # First: of an account of elsewhere that never came here, a school learns nothing.
    if standing_of(employment, now()) is not Standing.ACTIVE:
        raise Conflict(
            "Deze medewerker heeft zich bij jullie nog niet aangemeld. Lukt dat niet door de "
            "tweede stap? De technisch beheerder van Routekaart kan die uitzetten.",
            code="not_active",
        )
    run_by_me = by.schools_with(Permission.MANAGE_PEOPLE)
    if has_a_place_outside(person=person, schools=run_by_me):
        raise Conflict(
            "Deze medewerker hoort ook bij een school die jij niet beheert. Alleen de technisch "
            "beheerder van Routekaart kan deze tweede stap uitzetten.",
            code="also_elsewhere",
        )


@transaction.atomic
def reset_second_factor_on_server(*, email: str) -> bool:
    """The same for somebody with places at several schools; False when there was no second step.

    There is no `by`: only a command on the server calls this, and whoever runs it made sure who
    asks. Raises `BadInput` (`unknown_person`) when nobody signs in with this address.
    """
    person = (
        Person.objects.select_for_update(no_key=True).filter(email=email.strip().lower()).first()
    )
    if person is None:
        raise BadInput("email", "Er is geen account met dit adres.", code="unknown_person")
    if not _taken_away(person):
        return False
    schools = sorted(schools_with_place(person=person), key=str)
    with scopes_disabled():
        for school in schools[:1]:
            text = second_factor_reset_on_server_text(address=settings.PUBLIC_ADDRESS)
            _tell(person, school, text)
        for school in schools:
            record_without_person(
                school=school, action="reset_second_factor_on_server", subject=person
            )
    return True


def _taken_away(person: Person) -> bool:
    removed, _ = Authenticator.objects.filter(user=person).delete()
    if removed:
        end_sessions(person)
    return bool(removed)


def _tell(person: Person, school: UUID, text: Text) -> None:
    key = f"second_factor_reset:{now().isoformat()}"
    message = Message(person.pk, key, text.subject, text.body)
    tell(school=school, kind=MailKind.ACCOUNT, message=message)
