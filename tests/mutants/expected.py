"""Checks that no test can miss, each with the reason: something else stands behind it."""

from collections.abc import Collection, Mapping

# Fetched by who may, and read once more behind the lock: only what somebody else removes in
# between comes by here. Without it the None is an error all the same, and nothing is shown or done.
_REMOVED_MEANWHILE = "only what is removed between the look and the lock comes by"

# Read, or locked, more than was asked for: what is changed or given is chosen from it by the same.
_LOCKS_MORE = "without it others wait for more rows, and nothing else is shown or done"
_CHOSEN_AFTER = "it only reads less: the same people are picked from what comes back"
# The table of roles has no role with the one and without the other, and who changes that table
# changes what this check does.
_BOTH_OR_NEITHER = "no role sees this and may not do it, and the check stands for one that will"
# The one below asks for the person, and for the routekaart with the same permission.
_ASKED_AGAIN = "whoever came by is asked once more before anything is shown or done"
_OF_ITS_OWN = "the key is of one link; the person beside it is for the index"

_ACTIONS = "routekaart/actions"
_BY_REASON: Mapping[str, Collection[str]] = {
    _REMOVED_MEANWHILE: (
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
    ),
    _LOCKS_MORE: (
        "assigning/team_changes.py::lock_years_of_person::filter::1",
        "assigning/team_changes.py::lock_years_of_person::filter::2",
        "assigning/team_changes.py::lock_years_of_person::filter::3",
        "in_the_year.py::lock_years_of::filter::1",
    ),
    _CHOSEN_AFTER: (
        "progress/completions.py::record_completions::filter::2",
        "progress/completions.py::_stored.standing::filter::2",
        "progress/completions.py::_recount::filter::2",
    ),
    _BOTH_OR_NEITHER: (
        "mail/outbox.py::release_batch::fetch::1:permission",
        "mail/outbox.py::cancel_batch::fetch::1:permission",
        "mail/outbox.py::_step::fetch::1:permission",
        "planning/previews.py::preview_plan::check::1",
    ),
    _ASKED_AGAIN: ("planning/hours_agreements.py::_changing::fetch::1:filter",),
    _OF_ITS_OWN: ("documents/links.py::_hand_over::filter::1",),
}
EXPECTED: Mapping[str, str] = {
    f"{_ACTIONS}/{key}": reason for reason, keys in _BY_REASON.items() for key in keys
}
