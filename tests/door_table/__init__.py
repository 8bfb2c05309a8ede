"""Who is refused at every query and action that takes an id, each called by itself.

HOW TO ADD A ROW
Under its name stand the answers at five places: the own team, the team next door, another school
of the same board, a school of another board, and the own team once its plan was adopted. At the
first two to each of the roles in this order: member, team lead, trainer, director, board, MR
reader, school admin, catalogue manager. At the next two to the director and the board, and at the
last one to the MR reader.

    n   `NotFound`: out of sight
    f   `Forbidden`: in sight, and not to be treated so
    .   let in, whatever comes of it

`Asking.row` in `tests/doors.py` gives what is answered now. Read it before you put it here.
"""

from collections.abc import Mapping

from tests.door_table.actions import ACTIONS
from tests.door_table.queries import QUERIES

DOORS: Mapping[str, str] = {**ACTIONS, **QUERIES}
_CHECKED = "the caller has checked, and says so"
# Taking an id without being a door, each with the reason.
NO_DOOR: Mapping[str, str] = {
    "actions.assigning.team_changes.somebody_joined": _CHECKED,
    "actions.assigning.team_changes.somebody_left": _CHECKED,
    "actions.organisation.tokens.revoke_own_token": "an own token, or none",
    "actions.progress.completions.record_completion": _CHECKED,
    "actions.progress.completions.record_completions": _CHECKED,
    "queries.privacy.person_data.whose_data": "of a person, who is at no place",
    "queries.progress.completions.may_record": "tells whether somebody may",
    "queries.progress.completions.recordable_people": "gives nobody to who may not",
    "queries.progress.own_record.own_study_day": "gives None for what is out of sight",
    "queries.study_day.notes.versions_of_note": _CHECKED,
    "queries.study_day.notes_page.own_groups": _CHECKED,
}
