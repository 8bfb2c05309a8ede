"""The study day on a phone: what to prepare, what is on now, what came of it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from routekaart import clock
from routekaart.access import Forbidden, Permission
from routekaart.actions.study_day.topics import unvote, vote
from routekaart.domain.content.wording import later
from routekaart.domain.errors import DomainError
from routekaart.domain.programme.now import Phase, Slot, TimedBlock, phase_of, slots
from routekaart.models import ProgrammeBlock, Topic
from routekaart.models.routekaarten import DATES_HOLD
from routekaart.queries.study_day.latecomers import courses_of_day
from routekaart.queries.study_day.on_the_day import DayInHand, coming_moments, day_in_hand
from routekaart.web.signed_in import PageRequest, signed_in


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block with the topics that come up in it; `mine`: the reader is in this group."""

    row: ProgrammeBlock
    leaders: tuple[str, ...]
    takes_part: tuple[str, ...]
    topics: tuple[Topic, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class ShownSlot:
    slot: Slot
    blocks: tuple[ShownBlock, ...]


@require_http_methods(["GET", "POST"])
@signed_in
def study_day(request: PageRequest, study_day_id: UUID) -> HttpResponse:
    """The day as it is for who looks at it now. A tap says which topic one wants to speak of."""
    if request.method == "POST":
        _vote(request)
        return redirect("week:study_day", study_day_id)
    found = day_in_hand(by=request.by, study_day_id=study_day_id, today=clock.today())
    day = found.day
    phase = phase_of(day.date, closed=day.state == "closed", today=clock.today())
    context = {
        "found": found,
        "day": day,
        "routekaart": day.routekaart,
        "ends": later(day.starts_at, day.minutes),
        "phase": phase,
        "slots": _slots(request, found),
        "loose": [topic for topic in found.topics if topic.block_id is None],
        "date_holds": day.fixed and day.routekaart.state in DATES_HOLD,
        "refreshes": phase is Phase.TODAY,
        "now": timezone.localtime(clock.now()),
    }
    return render(request, "week/study_day.html", context)


def _slots(request: PageRequest, found: DayInHand) -> list[ShownSlot]:
    moment = timezone.localtime(clock.now())
    shown = {str(row.pk): _block(request, row, found) for row in found.blocks}
    timed = [TimedBlock(str(row.pk), row.starts_at, row.minutes) for row in found.blocks]
    return [
        # Where the reader has to be comes first.
        ShownSlot(slot, tuple(sorted((shown[one] for one in slot.blocks), key=_elsewhere)))
        for slot in slots(timed, found.day.date, moment)
    ]


def _elsewhere(block: ShownBlock) -> bool:
    return not block.mine


def _block(request: PageRequest, row: ProgrammeBlock, found: DayInHand) -> ShownBlock:
    people = getattr(row, "people_shown", [])
    return ShownBlock(
        row=row,
        leaders=tuple(one.person.name for one in people if one.leads),
        takes_part=tuple(one.person.name for one in people if not one.leads),
        topics=tuple(topic for topic in found.topics if topic.block_id == row.pk),
        mine=any(one.person_id == request.by.person.pk for one in people),
    )


def _vote(request: PageRequest) -> None:
    steps = {"stem": vote, "stem_terug": unvote}
    try:
        step, topic = steps[request.POST.get("doe", "")], UUID(request.POST.get("wat", ""))
    except (KeyError, ValueError):
        raise Http404 from None
    try:
        step(by=request.by, topic_id=topic)
    except DomainError as error:
        messages.error(request, error.message)


@require_safe
@signed_in
def missed(request: PageRequest, study_day_id: UUID) -> HttpResponse:
    """What came of a day, for who was not there, and what follows."""
    found = day_in_hand(by=request.by, study_day_id=study_day_id, today=clock.today())
    if not found.sight.inside:
        raise Forbidden(Permission.VIEW_NOTES)
    day = found.day
    context = {
        "found": found,
        "day": day,
        "routekaart": day.routekaart,
        "behind": phase_of(day.date, closed=day.state == "closed", today=clock.today())
        is Phase.AFTER,
        "topics": [topic for topic in found.topics if topic.state == "answered"],
        "moments": coming_moments(by=request.by, day=day, today=clock.today()),
    }
    return render(request, "week/missed.html", context)


@require_safe
@signed_in
def preparation(request: PageRequest, study_day_id: UUID) -> HttpResponse:
    """The courses that go with a day, also for who joined after it."""
    day, courses = courses_of_day(by=request.by, study_day_id=study_day_id)
    return render(request, "week/preparation.html", {"day": day, "courses": courses})
