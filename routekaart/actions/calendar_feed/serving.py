"""Answering a calendar that asks: what is true now, with what it was told before."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from routekaart.access import Access, NotFound, access_of
from routekaart.domain.calendar_feed.events import CalendarEvent, EventKind, FeedItem, When
from routekaart.domain.calendar_feed.items import items_of, study_day_item
from routekaart.domain.calendar_feed.telling import Telling, Told, telling
from routekaart.domain.errors import Conflict
from routekaart.formats.ics import event_file, feed_file
from routekaart.models import CalendarFeed, StudyDay, StudyDayFile, ToldEvent
from routekaart.queries.calendar_feed.feeds import feed_behind
from routekaart.queries.calendar_feed.gathering import (
    day_for_calendar,
    own_calendar,
    team_calendar,
)

_CHANGES = ["kind", "day", "starts_at", "minutes", "digest", "sequence", "changed_at", "cancelled"]


def serve_feed(*, secret: str, at: datetime) -> bytes:
    """The calendar behind a secret address, as its person may see it at this moment.

    Raises `NotFound`, whatever the reason: a wrong or stopped secret, a person who is no longer
    active or works nowhere any more, a team that was left.
    """
    feed = feed_behind(secret)
    if feed is None:
        raise NotFound("CalendarFeed")
    events = _told(feed, at)
    today = timezone.localdate(at)
    if feed.fetched_on != today:
        CalendarFeed.objects.filter(pk=feed.pk, digest=feed.digest).update(fetched_on=today)
    name = f"{feed.team.name}, {feed.team.school.name}" if feed.team else "Mijn agenda"
    return feed_file(events, name=f"{name} (Routekaart)")


def study_day_file(*, by: Access, study_day_id: UUID, at: datetime) -> bytes:
    """A study day as a file for the calendar. Raises `Conflict` while its date does not hold."""
    with transaction.atomic(), by.entered():
        # Two at once wait here, so that both get the same number.
        rows = StudyDay.objects.select_for_update(of=("self",), no_key=True).filter(
            by.visible(StudyDay)
        )
        if not rows.filter(pk=study_day_id).first():
            raise NotFound("StudyDay")
        facts = day_for_calendar(by=by, study_day_id=study_day_id)
        if facts is None:
            raise Conflict(
                "De datum van deze studiedag staat nog niet vast. Zet hem in je agenda zodra "
                "jullie het advies hebben aangenomen en de dag in het plan staat.",
                code="date_not_fixed",
            )
        item = study_day_item(facts)
        before = StudyDayFile.objects.filter(study_day=study_day_id).first()
        told = {item.uid: _of_file(item, before)} if before else {}
        found = telling([item], told, at)
        for news in found.news:
            StudyDayFile.objects.update_or_create(
                study_day_id=study_day_id,
                defaults={
                    "digest": news.digest,
                    "sequence": news.sequence,
                    "changed_at": news.changed_at,
                },
            )
    return event_file(found.events[0])


def _of_file(item: FeedItem, row: StudyDayFile) -> Told:
    return Told(item.uid, item.kind, item.when, row.digest, row.sequence, row.changed_at)


def _told(feed: CalendarFeed, at: datetime) -> tuple[CalendarEvent, ...]:
    """The events for a calendar. What is news is stored before the calendar hears it."""
    found = _compared(feed, at)
    if not found.news:
        return found.events
    with transaction.atomic():
        # Two at once wait here and look anew: what one told is no news to the other, and what
        # was true a moment ago is not told after what is true now.
        CalendarFeed.objects.select_for_update(no_key=True).get(pk=feed.pk)
        found = _compared(feed, at)
        ToldEvent.objects.bulk_create(
            (_row(feed, news) for news in found.news),
            update_conflicts=True,
            unique_fields=["feed", "uid"],
            update_fields=_CHANGES,
        )
    return found.events


def _items(feed: CalendarFeed, today: date) -> tuple[FeedItem, ...]:
    by = access_of(feed.person)
    if feed.team_id is None:
        return items_of(own_calendar(by=by, today=today), today)
    return items_of(team_calendar(by=by, team_id=feed.team_id, today=today), today)


def _compared(feed: CalendarFeed, at: datetime) -> Telling:
    rows = ToldEvent.objects.filter(feed=feed).values_list("uid", *_CHANGES)
    told = {
        uid: Told(
            uid, EventKind(kind), When(day, starts_at, minutes), digest, sequence, when, cancelled
        )
        for uid, kind, day, starts_at, minutes, digest, sequence, when, cancelled in rows
    }
    return telling(_items(feed, timezone.localdate(at)), told, at)


def _row(feed: CalendarFeed, told: Told) -> ToldEvent:
    return ToldEvent(
        feed=feed,
        uid=told.uid,
        kind=told.kind.value,
        day=told.when.day,
        starts_at=told.when.starts_at,
        minutes=told.when.minutes,
        digest=told.digest,
        sequence=told.sequence,
        changed_at=told.changed_at,
        cancelled=told.cancelled,
    )
