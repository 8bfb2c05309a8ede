"""Checks that no test can miss, each with the reason: something else stands behind it."""

from collections.abc import Mapping

# Fetched by who may, and read once more behind the lock: only what somebody else removes in
# between comes by here. Without it the None is an error all the same, and nothing is shown or done.
_REMOVED_MEANWHILE = "only what is removed between the look and the lock comes by"
# The school stands in the question too, for who reads it.
_IN_ITS_NET = "asked inside the net of that one school, where no other has rows"
# The admin asks it once more of each row that it opens.
_OWN_ROWS = "the rows are only those of schools where the person has this right"
_OWN_HASH = "a session of somebody else is left out: it was made with another password"
_READ_BEFORE = "the query asks to be read inside a net; nothing there is read anew today"
# Asked all the same: a role that is made one day may have the one right without the other.
_EVERY_ROLE = "whoever comes this far has this right too, whatever the role"
# The rows are looked up by what they belong to, and nobody looks up those of others.
_LEFT_ASIDE = "what is read besides is shown nowhere: it only spares the reading"

_QUERIES = "routekaart/queries"
_OF_QUERIES: Mapping[str, str] = {
    "organisation/budgets.py::budgets_of::filter::1": _LEFT_ASIDE,
    "organisation/budgets.py::budgets_of::filter::2": _LEFT_ASIDE,
    "organisation/schools.py::schools_of::visible::1": _EVERY_ROLE,
    "progress/own_assignments.py::own_assignments::filter::3": _LEFT_ASIDE,
    "progress/own_week.py::own_week::visible::1": _EVERY_ROLE,
    "progress/progress.py::preparation_of_day::fetch::1:permission": _EVERY_ROLE,
}
_ACTIONS = "routekaart/actions"
EXPECTED: Mapping[str, str] = (
    {f"{_QUERIES}/{key}": why for key, why in _OF_QUERIES.items()}
    | {
        f"{_ACTIONS}/{key}": _REMOVED_MEANWHILE
        for key in (
            "documents/links.py::send_document::refusal::1",
            "organisation/people.py::locked_employment::refusal::1",
            "organisation/work_groups.py::change_work_group::refusal::1",
            "planning/hours_agreements.py::_changing::refusal::2",
            "plg/lesson_visits.py::_in_visit::refusal::1",
            "plg/meetings.py::_in_meeting::refusal::1",
            "plg/micro_steps.py::move_micro_step::refusal::2",
            "quality/evaluations.py::_at_indicator::refusal::1",
            "quality/evaluations.py::_at_measurement::refusal::1",
            "study_day/changing.py::changing_day::refusal::1",
        )
    }
    | {
        "routekaart/queries/planning/overrides.py::overrides_of::filter::1": _IN_ITS_NET,
        "routekaart/web/catalogue_admin.py::_OwnSchools.has_view_permission::check::1": _OWN_ROWS,
        "routekaart/web/sessions.py::own_sessions::filter::1": _OWN_HASH,
        "routekaart/web/views/preparing/latecomers.py::latecomers::net::1": _READ_BEFORE,
        "worker/runner.py::_known::filter::1": _IN_ITS_NET,
    }
)
