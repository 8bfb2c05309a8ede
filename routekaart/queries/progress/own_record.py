"""What somebody did, with what that person took from it: the own record (feature 33)."""

from uuid import UUID

from django.db.models import QuerySet

from routekaart.access import Access
from routekaart.models import Completion, StudyDay
from routekaart.queries.progress.completions import own_completions


def own_record(*, by: Access) -> "QuerySet[Completion]":
    """The own completions, latest first, with reflections. Evaluate in `by.entered()`."""
    return own_completions(by=by).select_related("course", "school", "reflection")


def own_study_day(*, by: Access, study_day_id: UUID | None) -> StudyDay | None:
    """The study day that an own course is for, if `by` may see it."""
    if study_day_id is None:
        return None
    with by.entered():
        return StudyDay.objects.filter(by.visible(StudyDay), pk=study_day_id).first()
