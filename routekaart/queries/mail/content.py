"""What mail says, from rows: composed when it is prepared, and once more when it goes out.

What is settled meanwhile is left out the second time. The stored text stays as it was reviewed:
what is left out would tell the reader of the outbox who is done.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django_scopes import scopes_disabled

from routekaart import clock
from routekaart.access import school_scope
from routekaart.domain.mail_texts import OWN_LINK, CourseLine, Text, assigned_text, digest_text
from routekaart.domain.reminders import Item, Reminder, Workplace, reminders_on
from routekaart.domain.weekly_overview import week_key
from routekaart.domain.weekly_texts import weekly_text
from routekaart.models import (
    Assignment,
    Employment,
    Invitation,
    Mail,
    MailBatch,
    School,
    TeamMembership,
)
from routekaart.models.mail import MailKind
from routekaart.models.routekaarten import State
from routekaart.queries.mail.document_mail import document_mail_now
from routekaart.queries.mail.each_school import EachSchool
from routekaart.queries.mail.outbox import settled
from routekaart.queries.mail.plan_mail import is_overtaken
from routekaart.queries.mail.reminders import OPEN, open_items, workplaces_of
from routekaart.queries.mail.weekly import weekly_overview_now
from routekaart.queries.organisation.invitations import link_of, welcome_key
from routekaart.queries.planning.deadlines import deadlines_in
from routekaart.queries.planning.problems import published_plan

_ASSIGNMENT = "assignment:"
# Longer ago than anything that is still open now.
_REMEMBERED = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Composed:
    """A text, and the keys of what it speaks of."""

    text: Text
    about: tuple[str, ...]


# --- Reminders -----------------------------------------------------------------------------------
def digests_of(
    *, today: date, each: EachSchool, only: UUID | None = None
) -> dict[UUID, tuple[UUID, Composed]]:
    """Per person one digest over all schools and teams, and the first school it speaks of.

    Only people who have something to be reminded of today; of the school `only` where given. A
    school that cannot be read is left out, and `each` knows.
    """
    found: defaultdict[UUID, list[tuple[UUID, Reminder]]] = defaultdict(list)
    for school in _schools() if only is None else [only]:
        with each.reading(school):
            for who, reminder in list(_reminders(school, today)):
                found[who].append((school, reminder))
    return {
        who: (parts[0][0], _digest([reminder for _, reminder in parts]))
        for who, parts in found.items()
    }


def _schools(person: UUID | None = None) -> list[UUID]:
    # Which schools there are is asked before any of them can be entered; only ids leave here.
    with scopes_disabled():
        if person is None:
            return list(School.objects.order_by("pk").values_list("pk", flat=True))
        return list(
            Employment.objects.filter(person=person)
            .order_by("school_id")
            .values_list("school_id", flat=True)
        )


def _reminders(
    school: UUID, today: date, person: UUID | None = None
) -> Iterable[tuple[UUID, Reminder]]:
    places = workplaces_of(school=school, today=today, persons=None if person is None else [person])
    here: dict[UUID, Workplace] = {
        who: place for who, place in places.items() if place.works_on(today)
    }
    if not here:
        return
    items: dict[UUID, tuple[Item, ...]] = open_items(school=school, today=today, person=person)
    said = _said(here, today)
    for who, place in here.items():
        for reminder in reminders_on(today, items.get(who, ()), place, said.get(who, ())):
            yield who, reminder


def _said(persons: Iterable[UUID], today: date) -> dict[UUID, set[str]]:
    """What earlier digests told; one that was dropped told nothing."""
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    # By the day that stands in the key: the clock of the row says when it was written.
    rows = Mail.objects.filter(
        kind=MailKind.DIGEST,
        person__in=list(persons),
        key__gte=digest_key(today - _REMEMBERED),
        key__lt=digest_key(today),
    ).exclude(state="cancelled")
    for who, about in rows.values_list("person_id", "about"):
        found[who].update(about)
    return found


def digest_key(day: date) -> str:
    """One digest per person per day."""
    return f"digest:{day.isoformat()}"


def _digest(reminders: Sequence[Reminder]) -> Composed:
    # The same item twice: by two teams that share a study day, for example.
    once = {reminder.key: reminder for reminder in reminders}
    ordered = sorted(once.values(), key=lambda reminder: reminder.item.due)
    text = digest_text(ordered, address=settings.PUBLIC_ADDRESS)
    return Composed(text, tuple(once))


# --- Assignments ---------------------------------------------------------------------------------
def assigned_messages(rows: Iterable[Assignment], *, today: date) -> dict[UUID, Composed]:
    """Per person the courses of `rows`, all of one routekaart. Call inside its scope.

    The rows bring along their course and routekaart.
    """
    found: defaultdict[UUID, list[Assignment]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    if not found:
        return {}
    plan = published_plan(next(iter(found.values()))[0].routekaart)
    deadlines = deadlines_in(plan, today) if plan else {}
    return {
        who: Composed(
            assigned_text(
                [
                    CourseLine(
                        title=row.course.title,
                        reason=row.reason,
                        deadline=deadlines.get((str(who), row.course_id)),
                        mandatory=row.mandatory,
                    )
                    for row in sorted(mine, key=lambda row: (row.course.title, str(row.pk)))
                ],
                address=settings.PUBLIC_ADDRESS,
            ),
            tuple(f"{_ASSIGNMENT}{row.pk}" for row in mine),
        )
        for who, mine in found.items()
    }


def assignments_told(routekaart: UUID) -> dict[UUID, set[str]]:
    """Per person the assignments that mail speaks of, sent, under way or settled by then."""
    told: defaultdict[UUID, set[str]] = defaultdict(set)
    rows = Mail.objects.filter(kind=MailKind.ASSIGNED, batch__routekaart=routekaart)
    # Settled: to tell it again would show that it was not sent.
    rows = rows.exclude(Q(state="cancelled") & ~settled())
    for who, about in rows.values_list("person_id", "about"):
        told[who].update(about)
    return told


def is_told(row: Assignment, told: dict[UUID, set[str]]) -> bool:
    """Whether somebody has heard of an assignment."""
    return f"{_ASSIGNMENT}{row.pk}" in told.get(row.person_id, ())


# --- When it goes out ----------------------------------------------------------------------------
def text_now(mail: Mail, *, today: date, ended_by: tuple[type[Exception], ...] = ()) -> Text | None:
    """What a message says by now; None when nothing of it is left to say.

    Raises `NotAllRead` when nothing is left, but some school could not be read. `ended_by`: as
    with `EachSchool`.
    """
    if mail.kind == MailKind.DIGEST:
        if mail.key != digest_key(today):
            return None
        return _digest_now(mail, today, EachSchool(ended_by))
    if mail.kind == MailKind.WEEKLY:
        return _weekly_now(mail, today, ended_by)
    if mail.kind == MailKind.WELCOME:
        return _welcome_now(mail)
    if mail.kind == MailKind.DOCUMENT:
        return document_mail_now(mail, now=clock.now())
    if mail.batch_id is not None and _is_past(mail, mail.batch_id):
        return None
    ids = _ids(mail.about)
    if mail.kind == MailKind.ASSIGNED and ids:
        return _assigned_now(mail, ids, today)
    return Text(mail.subject, mail.body)


def _welcome_now(mail: Mail) -> Text | None:
    """With the link of the invitation; one that was sent again meanwhile says nothing any more."""
    if OWN_LINK not in mail.body:
        return Text(mail.subject, mail.body)
    with school_scope([mail.school_id]):
        invitation = Invitation.objects.filter(
            employment__person=mail.person_id, employment__school=mail.school_id
        ).first()
    if invitation is None or welcome_key(invitation) not in mail.about:
        return None
    return Text(mail.subject, mail.body.replace(OWN_LINK, link_of(invitation)))


def _is_past(mail: Mail, batch_id: UUID) -> bool:
    """Whether the year is over, a newer plan is there, or somebody left the team it is about."""
    with school_scope([mail.school_id]):
        batch = MailBatch.objects.select_related("routekaart").get(pk=batch_id)
        routekaart = batch.routekaart
        if routekaart is None:
            return False
        if routekaart.state == State.CLOSED or is_overtaken(routekaart, mail.about):
            return True
        return (
            mail.kind == MailKind.PLAN_CHANGED
            and not TeamMembership.objects.filter(
                team=routekaart.team_id, person=mail.person_id
            ).exists()
        )


def _digest_now(mail: Mail, today: date, each: EachSchool) -> Text | None:
    """Only of what it was about: what came later waits for the next day."""
    about = set(mail.about)
    reminders: list[Reminder] = []
    for school in _schools(mail.person_id):
        with each.reading(school):
            found = list(_reminders(school, today, mail.person_id))
            reminders += [reminder for _, reminder in found if reminder.key in about]
    if not reminders:
        each.check()
        return None
    return _digest(reminders).text


def _weekly_now(mail: Mail, today: date, ended_by: tuple[type[Exception], ...]) -> Text | None:
    """What waits by now: counts go on, and a week that is over says nothing any more."""
    if mail.key != week_key(today):
        return None
    overview = weekly_overview_now(person=mail.person, today=today, ended_by=ended_by)
    return None if overview is None else weekly_text(overview, address=settings.PUBLIC_ADDRESS)


def _assigned_now(mail: Mail, ids: Collection[str], today: date) -> Text | None:
    with school_scope([mail.school_id]):
        rows = Assignment.objects.filter(pk__in=ids, state__in=OPEN).select_related(
            "course", "routekaart"
        )
        composed = assigned_messages(rows, today=today).get(mail.person_id)
    if composed is None:
        return None
    # Nothing is settled: what goes out is what was reviewed.
    same = len(composed.about) == len(ids)
    return Text(mail.subject, mail.body) if same else composed.text


def _ids(about: Iterable[str]) -> list[str]:
    return [key.removeprefix(_ASSIGNMENT) for key in about if key.startswith(_ASSIGNMENT)]
