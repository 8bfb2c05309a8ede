"""Reading in a list of completions: first what it would do, then all good rows at once."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.actions.progress.completions import record_completions
from routekaart.domain.progress.lists import CourseNames, JudgedRow, judge, read_list
from routekaart.models import School
from routekaart.models.completions import CompletionSource
from routekaart.queries.catalogue.school_catalogue import school_catalogue
from routekaart.queries.organisation.names import email_of_employed
from routekaart.queries.progress.completions import known_to, recordable_people


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A row of the list: what it says, and whether it was (or would be) new to the reader."""

    row: JudgedRow
    is_new: bool


def import_completions(
    *, by: Access, school_id: UUID, text: str, proof: str, today: date, dry_run: bool
) -> tuple[ImportedRow, ...]:
    """Records every good row of a list and says what is wrong with the others.

    With `dry_run` nothing is stored. A second run gives no new rows. Only of people for whom `by`
    may note this. What stands already but may not be seen by `by` counts as new and is stored no
    second time: a list of guesses would tell who did what. `proof` says where the list came from.
    Raises as `read_list` does.
    """
    school = by.fetch(School, school_id, Permission.RECORD_PROGRESS)
    with by.entered():
        people = {
            email.casefold(): person
            for email, person in recordable_people(by=by, school_id=school_id)
            .annotate(address=email_of_employed())
            .values_list("address", "person_id")
        }
    courses = CourseNames(school_catalogue(school=school_id).courses)
    rows = tuple(judge(read_list(text), people=people, courses=courses, today=today, proof=proof))
    done = [row.done for row in rows if row.done is not None]
    with by.entered():
        known = known_to(by=by, school=school, persons=[one.person for one in done], today=today)
    left = {one.key for one in done} - known
    if not dry_run:
        record_completions(
            by=by, school_id=school_id, done=done, source=CompletionSource.IMPORT, today=today
        )
    found: list[ImportedRow] = []
    for row in rows:
        # The same one further down in the list is known by then.
        is_new = row.done is not None and row.done.key in left
        if row.done is not None:
            left.discard(row.done.key)
        found.append(ImportedRow(row, is_new))
    return tuple(found)
