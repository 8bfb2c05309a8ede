"""Reporting a course that was done, whether it was assigned or not."""

from datetime import date
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.actions.progress.completions import record_completion
from routekaart.domain.errors import BadInput
from routekaart.domain.progress import Done
from routekaart.models import Completion, School
from routekaart.models.completions import CompletionSource
from routekaart.queries.catalogue.school_catalogue import school_catalogue
from routekaart.queries.progress.completions import may_record


def report_completion(
    *,
    by: Access,
    school_id: UUID,
    person_id: UUID,
    course: str,
    done_on: date,
    proof: str,
    today: date,
) -> tuple[Completion, bool]:
    """Records what somebody did; gives the completion, and whether it is new.

    For oneself, or for somebody within reach. Raises `Forbidden` and `BadInput` (`unknown_course`,
    `not_within_reach`, `in_the_future`, `too_long_ago`).
    """
    own = person_id == by.person.pk
    by.fetch(
        School,
        school_id,
        Permission.REPORT_PROGRESS if own else Permission.RECORD_PROGRESS,
    )
    with by.entered():
        if not own and not may_record(by=by, school_id=school_id, person_id=person_id):
            raise BadInput(
                "person",
                "Voor deze collega kun je dit niet vastleggen. Kies iemand uit je eigen team of "
                "school.",
                code="not_within_reach",
            )
    check_course(school_id, course)
    return record_completion(
        by=by,
        school_id=school_id,
        done=Done(person_id, course, done_on, proof),
        source=CompletionSource.SELF if own else CompletionSource.RECORDED,
        today=today,
    )


def check_course(school_id: UUID, course: str) -> None:
    """Raises `BadInput` (`unknown_course`) for a course that the school's catalogue has not."""
    if course not in school_catalogue(school=school_id).course_by_slug:
        raise BadInput(
            "course",
            "Deze cursus staat niet in de catalogus. Kies een cursus uit de lijst.",
            code="unknown_course",
        )
