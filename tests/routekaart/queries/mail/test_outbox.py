"""Which mail somebody sees, and whose to let go it is."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django_scopes import scopes_disabled

from routekaart import clock
from routekaart.access import Role
from routekaart.domain.mail_texts import NOT_NEEDED
from routekaart.models import Mail, MailBatch, Person, Routekaart, School
from routekaart.models.mail import MailKind
from routekaart.queries.mail.outbox import (
    mail_batches_of,
    mails_for,
    may_release,
    waiting_batches,
)
from tests.makers import (
    access_for,
    grant,
    make_colleague,
    make_person,
    make_routekaart,
    make_school,
    make_team,
)

pytestmark = pytest.mark.django_db


def batch(school: School, routekaart: Routekaart | None, *people: Person) -> MailBatch:
    with scopes_disabled():
        made = MailBatch.objects.create(
            school=school, routekaart=routekaart, kind=MailKind.ASSIGNED, title="Nieuw"
        )
        for person in people:
            Mail.objects.create(
                school=school,
                batch=made,
                person=person,
                kind=MailKind.ASSIGNED,
                key=f"assigned:{made.pk}",
                subject="Nieuw",
                body="Nieuw",
                state="waiting",
            )
    return made


def test_a_lead_sees_the_batches_of_the_own_team_only() -> None:
    team = make_team()
    beside = make_team(team.school, "Bovenbouw")
    lead, other = (make_colleague(one, Role.TEAM_LEAD) for one in (team, beside))
    own, theirs = (batch(team.school, make_routekaart(one), lead, other) for one in (team, beside))
    with scopes_disabled():
        assert list(mail_batches_of(by=access_for(lead), school_id=team.school_id)) == [own]
        assert list(mail_batches_of(by=access_for(other), school_id=team.school_id)) == [theirs]


def test_batches_stand_newest_first_with_a_count_per_state() -> None:
    team = make_team()
    lead, *others = (make_colleague(team, Role.TEAM_LEAD) for _ in range(4))
    routekaart = make_routekaart(team)
    with scopes_disabled():
        lead.employments.update(given_name="Anja Anders")
        for number, people in enumerate([[lead], [lead, *others], []]):
            made = batch(team.school, routekaart, *people)
            MailBatch.objects.filter(pk=made.pk).update(
                made_by=lead, made_at=clock.now() - timedelta(days=number)
            )
            # Mail that is not counted here.
            Mail.objects.filter(batch=made, person__in=others[:2]).update(state="cancelled")
            Mail.objects.filter(person=others[0]).update(failure=NOT_NEEDED)
    by = access_for(lead)
    with by.entered():
        found: QuerySet[Any] = mail_batches_of(by=by, school_id=team.school_id)
        # Else the name that the school gives is worked out for each message.
        assert "GROUP BY" not in str(found.query)
        counted = [
            (one.count_waiting, one.count_sent, one.count_cancelled, one.count_failed)
            for one in found
        ]
        assert [one.made_by.name for one in found] == ["Anja Anders"] * 3
    assert counted == [(1, 0, 0, 0), (2, 1, 1, 0), (0, 0, 0, 0)]


def test_a_member_sees_the_own_mail_and_no_colleague_s() -> None:
    team = make_team()
    anna, bram = (make_colleague(team, name=name) for name in ("Anna", "Bram"))
    batch(team.school, make_routekaart(team), anna, bram)
    Mail.objects.update(state="sent")
    found = mails_for(by=access_for(anna), school_id=team.school_id)
    assert [mail.person for mail in found] == [anna]


def test_that_nothing_was_left_to_tell_shows_to_nobody_but_its_person() -> None:
    team = make_team()
    lead, member = make_colleague(team, Role.TEAM_LEAD), make_colleague(team)
    batch(team.school, make_routekaart(team), lead, member)
    Mail.objects.update(state="cancelled", failure=NOT_NEEDED)
    found: QuerySet[Any] = mails_for(by=access_for(lead), school_id=team.school_id)
    assert {mail.person: (mail.shown_state, mail.shown_failure) for mail in found} == {
        lead: ("cancelled", NOT_NEEDED),
        member: ("sent", ""),
    }


def test_who_lets_a_batch_go_of_the_whole_school_or_of_a_team() -> None:
    team = make_team()
    lead = make_colleague(team, Role.TEAM_LEAD)
    of_team = batch(team.school, make_routekaart(team), lead)
    of_school = batch(team.school, None, lead)
    beside = make_colleague(make_team(team.school, "Bovenbouw"), Role.TEAM_LEAD)
    director = make_colleague(team, Role.DIRECTOR)
    for person, of_one, of_all in (
        (lead, True, False),
        (beside, False, False),
        (director, True, True),
    ):
        by = access_for(person)
        assert may_release(by=by, batch=of_team) is of_one
        assert may_release(by=by, batch=of_school) is of_all


def test_with_a_key_that_only_reads_there_one_sees_what_waits_and_lets_nothing_go() -> None:
    school, writable = make_school(), make_school()
    director = make_person()
    for one in (school, writable):
        grant(director, Role.DIRECTOR, school=one)
    waiting = {one.pk: batch(one, None, director) for one in (school, writable)}
    by = replace(access_for(director), closed=frozenset({school.pk}))
    found = waiting_batches(by=by)
    assert {one.pk: may_release(by=by, batch=one) for one in found} == {
        waiting[school.pk].pk: False,
        waiting[writable.pk].pk: True,
    }
