"""The one door for completions: whatever says that somebody did a course comes in here.

One row per school, person, course and day: the same one again changes nothing, from whatever
source, and the first source stays. A completion that counts makes the standing assignments of that
person for that course done, at that school and in years that are not over.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from routekaart import clock
from routekaart.access import Access, Forbidden, Permission
from routekaart.actions.audit import record
from routekaart.actions.in_the_year import lock_years_of
from routekaart.domain.errors import Conflict
from routekaart.domain.lifecycle import ASSIGNMENT
from routekaart.domain.progress import Done, check_done_on
from routekaart.models import Assignment, Completion, GroupConfirmation, Routekaart, School
from routekaart.models.completions import CompletionSource
from routekaart.models.routekaarten import State
from routekaart.queries.progress.completions import (
    Pair,
    completion_within_reach,
    counting_completions,
)

Key = tuple[UUID, str, date]
# What a completion makes done: everything that can be completed and is not yet.
_TO_DO = tuple(state for state in ASSIGNMENT.sources("complete") if state != "done")
# What an older completion makes done by itself: a waiver stays a waiver.
_ASKED = ("assigned", "started")
_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of it: each completion as it stands, which of them are new, and the assignments
    that are done by them."""

    completions: Mapping[Key, Completion]
    new: frozenset[Key]
    finished: tuple[Assignment, ...]


def record_completion(
    *, by: Access, school_id: UUID, done: Done, source: CompletionSource, today: date
) -> tuple[Completion, bool]:
    """Records one completion as `record_completions` does; gives it, and whether it is new."""
    recorded = record_completions(
        by=by, school_id=school_id, done=[done], source=source, today=today
    )
    return recorded.completions[done.key], done.key in recorded.new


def record_completions(
    *, by: Access, school_id: UUID, done: Sequence[Done], source: CompletionSource, today: date
) -> Recorded:
    """Records what people did, all or nothing, in few queries however many there are.

    The caller has checked the right to say so of these people. Raises `BadInput`
    (`in_the_future`, `too_long_ago`). Safe to repeat.
    """
    for one in done:
        check_done_on(one.done_on, today)
    # Of the same one twice the first stays.
    wanted = {one.key: one for one in reversed(done)}
    with transaction.atomic(), by.entered():
        school = School.objects.get(pk=school_id)
        persons, courses = {one.person for one in done}, {one.course for one in done}
        lock_years_of(school_id=school_id, persons=persons, courses=courses)
        rows = _locked(
            Assignment.objects.filter(
                routekaart__team__school=school,
                person__in=persons,
                course__in=courses,
                state__in=_TO_DO,
            ).exclude(routekaart__state=State.CLOSED)
        )
        completions, new = _stored(by, school, wanted, source)
        pairs = {(one.person, one.course) for one in done}
        finished = _finish(
            [row for row in rows if (row.person_id, row.course_id) in pairs], school, today
        )
        if new or finished:
            _log(by, school, finished, [completions[key] for key in wanted if key in new])
    return Recorded(completions=completions, new=frozenset(new), finished=finished)


def apply_known_completions(*, routekaart: Routekaart, today: date) -> int:
    """What people did before, and still counts, makes what is asked of them done; gives how many.

    Call inside a transaction and the scope of the school. Safe to repeat.
    """
    rows = _locked(Assignment.objects.filter(routekaart=routekaart, state__in=_ASKED))
    return len(_finish(rows, routekaart.team.school, today)) if rows else 0


def override_completion(
    *, by: Access, completion_id: UUID, counts: bool | None, reason: str, today: date
) -> None:
    """Decides whether a completion counts, whatever its age (feature 27); None: by its age again.

    What is asked of the person follows. Raises `NotFound`, `Forbidden`.
    """
    seen, records = completion_within_reach(by=by, completion_id=completion_id)
    if not records:
        raise Forbidden(Permission.RECORD_PROGRESS)
    with transaction.atomic(), by.entered():
        completion = _present(seen)
        completion.counts, completion.counts_reason = counts, reason
        completion.save(update_fields=["counts", "counts_reason"])
        touched = _recount(completion, today)
        _log(by, completion.school, touched, [completion], "override_completion")


def revoke_completion(*, by: Access, completion_id: UUID, today: date) -> None:
    """Takes a completion back; the row stays. What was done by it is to be done again.

    A person takes back what that person reported; a team lead or trainer anything within reach.
    Raises `NotFound`, `Conflict` (`not_own_report`). Safe to repeat.
    """
    seen, records = completion_within_reach(by=by, completion_id=completion_id)
    with transaction.atomic(), by.entered():
        completion = _present(seen)
        take_back(by=by, completion=completion, records=records, today=today)


def take_back(*, by: Access, completion: Completion, records: bool, today: date) -> None:
    """`revoke_completion` for a completion that is locked; `records`: within reach of `by`."""
    if not records and completion.recorded_by_id != by.person.pk:
        raise Conflict(
            "Dit heb je niet zelf gemeld. Vraag je teamleider of trainer om het terug te nemen.",
            code="not_own_report",
        )
    completion.revoked_at = clock.now()
    completion.save(update_fields=["revoked_at"])
    # So that it can be confirmed again, also where it was reported alone first.
    GroupConfirmation.objects.filter(
        person=completion.person_id,
        group_completion__course=completion.course_id,
        group_completion__done_on=completion.done_on,
        group_completion__routekaart__team__school=completion.school_id,
    ).update(confirmed_at=None)
    touched = _recount(completion, today)
    _log(by, completion.school, touched, [completion], "revoke_completion")


def _present(seen: Completion) -> Completion:
    lock_years_of(school_id=seen.school_id, persons=[seen.person_id], courses=[seen.course_id])
    return (
        Completion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("school")
        .get(pk=seen.pk)
    )


def _locked(rows: "QuerySet[Assignment]") -> list[Assignment]:
    """In one order for everybody, so that two of them never wait for each other."""
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))


def _stored(
    by: Access, school: School, wanted: Mapping[Key, Done], source: CompletionSource
) -> tuple[dict[Key, Completion], set[Key]]:
    def standing() -> dict[Key, Completion]:
        rows = Completion.objects.filter(
            school=school,
            person__in={person for person, _, _ in wanted},
            course__in={course for _, course, _ in wanted},
            revoked_at__isnull=True,
        )
        found = {(row.person_id, row.course_id, row.done_on): row for row in rows}
        return {key: row for key, row in found.items() if key in wanted}

    before = standing()
    fresh = [
        Completion(
            school=school,
            person_id=one.person,
            course_id=one.course,
            done_on=one.done_on,
            source=source,
            proof=one.proof,
            recorded_by=by.person,
        )
        for key, one in wanted.items()
        if key not in before
    ]
    if not fresh:
        return before, set()
    # Somebody may have been first since: then theirs stands.
    Completion.objects.bulk_create(fresh, batch_size=_ROWS_AT_ONCE, ignore_conflicts=True)
    after = standing()
    ours = {row.pk for row in fresh}
    return after, {key for key, row in after.items() if row.pk in ours}


def _finish(rows: Sequence[Assignment], school: School, today: date) -> tuple[Assignment, ...]:
    """Those of `rows` (locked) that a completion makes done."""
    if not rows:
        return ()
    known = counting_completions(
        school=school,
        persons={row.person_id for row in rows},
        courses={row.course_id for row in rows},
        today=today,
    )
    finished = [row for row in rows if (row.person_id, row.course_id) in known]
    now = clock.now()
    for row in finished:
        row.state = ASSIGNMENT.after(row.state, "complete")
        row.state_since, row.state_reason = now, ""
        row.completion = known[row.person_id, row.course_id]
    Assignment.objects.bulk_update(
        finished, ["state", "state_since", "state_reason", "completion"], batch_size=_ROWS_AT_ONCE
    )
    return tuple(finished)


def _recount(completion: Completion, today: date) -> tuple[Assignment, ...]:
    """After a decision about a completion: what was done by it, and what now is, or is not."""
    pair: Pair = (completion.person_id, completion.course_id)
    rows = _locked(
        Assignment.objects.filter(
            routekaart__team__school=completion.school_id, person=pair[0], course=pair[1]
        )
        .exclude(routekaart__state=State.CLOSED)
        .exclude(state="withdrawn")
    )
    known = counting_completions(
        school=completion.school, persons=[pair[0]], courses=[pair[1]], today=today
    )
    touched = list(_finish([row for row in rows if row.state in _ASKED], completion.school, today))
    for row in rows:
        best = known.get(pair)
        if row.completion_id != completion.pk or (best and best.pk == completion.pk):
            continue
        if best is None:
            row.state = ASSIGNMENT.after(row.state, "reopen")
            row.state_since, row.state_reason = clock.now(), ""
        row.completion = best
        row.save(update_fields=["state", "state_since", "state_reason", "completion"])
        touched.append(row)
    return tuple(touched)


def _log(
    by: Access,
    school: School,
    touched: Iterable[Assignment],
    completions: Sequence[Completion],
    action: str = "record_completion",
) -> None:
    """One row per routekaart in whose history it belongs, or one for the school as a whole."""
    subject = completions[0] if len(completions) == 1 else school
    rows: dict[UUID, list[Assignment]] = defaultdict(list)
    for row in touched:
        rows[row.routekaart_id].append(row)
    for routekaart, own in rows.items():
        about = own[0] if len(own) == 1 else subject
        record(by=by, school=school.pk, action=action, subject=about, routekaart=routekaart)
    if not rows:
        record(by=by, school=school.pk, action=action, subject=subject)
