"""Checks that no test can miss, each with the reason: something else stands behind it."""

from collections.abc import Mapping

# Fetched by who may, and read once more behind the lock: only what somebody else removes in
# between comes by here. Without it the None is an error all the same, and nothing is shown or done.
_REMOVED_MEANWHILE = "only what is removed between the look and the lock comes by"

# Read for one school, in the net that was opened for that one school and no other.
_OWN_NET = "the net of this one school keeps the same rows"
# Without it more is read, and nothing of that is used or told.
_READS_LESS = "what was found is looked up by its own person right after"
# Kept because what is one's own must not rest on one rule about what a place in a team gives.
_OWN_TEAMS = "a place in a team there lets somebody read the plan of that team"

_ACTIONS = "routekaart/actions"
_QUERIES = "routekaart/queries"
EXPECTED: Mapping[str, str] = {
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
} | {
    f"{_QUERIES}/{key}": reason
    for key, reason in (
        ("documents/person_plan.py::_own_routekaarten::visible::1", _OWN_TEAMS),
        ("mail/content.py::_said::filter::1", _READS_LESS),
        ("mail/content.py::_welcome_now::filter::2", _OWN_NET),
        ("mail/reminders.py::workplaces_of::filter::1", _OWN_NET),
        ("mail/reminders.py::_courses::filter::1", _READS_LESS),
        ("mail/reminders.py::_micro_steps::filter::2", _READS_LESS),
        ("mail/weekly.py::_school_week::filter::1", _OWN_NET),
        ("mail/weekly.py::_agreements::filter::1", _OWN_NET),
        ("plg/lesson_visits.py::_study_days::filter::2", _READS_LESS),
        ("plg/lesson_visits.py::_meetings::filter::2", _READS_LESS),
    )
}
