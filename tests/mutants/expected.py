"""Checks that no test can miss, each with the reason: something else stands behind it."""

from collections.abc import Collection, Mapping

# Fetched by who may, and read once more behind the lock: only what somebody else removes in
# between comes by here. Without it the None is an error all the same, and nothing is shown or done.
_REMOVED_MEANWHILE = "only what is removed between the look and the lock comes by"
# Read, or locked, more than was asked for: what is shown, changed or given is chosen from it by
# the same.
_LOCKS_MORE = "without it others wait for more rows, and nothing else is shown or done"
_CHOSEN_AFTER = "it only reads less: the same rows are picked from what comes back"
_LOCKS_LESS = "without it others do not wait, which shows only when two do something at once"
# Asked all the same: the table of roles may give one right without the other one day.
_EVERY_ROLE = "whoever comes this far has this right too, whatever the role"
# The one below asks for the routekaart or the day with the same permission, or for the person.
_ASKED_AGAIN = "whoever came by is asked once more before anything is shown or done"
_OF_ITS_OWN = "the key is of one link; the person beside it is for the index"
# A rule of its own all the same: what is one's own must not rest on what a place in a team gives.
_OWN_TEAMS = "a place in a team there lets somebody read the plan of that team"
# The school stands in the question too, for who reads it.
_IN_ITS_NET = "asked inside the net of that one school, where no other has rows"
# The admin asks it once more of each row that it opens.
_OWN_ROWS = "the rows are only those of schools where the person has this right"
_OWN_HASH = "a session of somebody else is left out: it was made with another password"
_READ_BEFORE = "the query asks to be read inside a net; nothing there is read anew today"

_BY_REASON: Mapping[str, Collection[str]] = {
    _REMOVED_MEANWHILE: (
        "routekaart/actions/documents/links.py::send_document::refusal::1",
        "routekaart/actions/organisation/people.py::locked_employment::refusal::1",
        "routekaart/actions/organisation/work_groups.py::change_work_group::refusal::1",
        "routekaart/actions/planning/hours_agreements.py::_changing::refusal::2",
        "routekaart/actions/plg/lesson_visits.py::_in_visit::refusal::1",
        "routekaart/actions/plg/meetings.py::_in_meeting::refusal::1",
        "routekaart/actions/plg/micro_steps.py::move_micro_step::refusal::2",
        "routekaart/actions/quality/evaluations.py::_at_indicator::refusal::1",
        "routekaart/actions/quality/evaluations.py::_at_measurement::refusal::1",
        "routekaart/actions/study_day/changing.py::changing_day::refusal::1",
    ),
    _LOCKS_MORE: (
        "routekaart/actions/assigning/team_changes.py::lock_years_of_person::filter::1",
        "routekaart/actions/assigning/team_changes.py::lock_years_of_person::filter::2",
        "routekaart/actions/assigning/team_changes.py::lock_years_of_person::filter::3",
        "routekaart/actions/in_the_year.py::lock_years_of::choice::1",
        "routekaart/actions/in_the_year.py::lock_years_of::filter::1",
    ),
    _LOCKS_LESS: ("routekaart/actions/organisation/handing_over.py::_lock_years::choice::1",),
    _CHOSEN_AFTER: (
        "routekaart/actions/assigning/states.py::_locked::choice::1",
        "routekaart/actions/progress/completions.py::_stored.standing::filter::2",
        "routekaart/actions/progress/completions.py::record_completions::filter::2",
        "routekaart/queries/organisation/budgets.py::budgets_of::filter::1",
        "routekaart/queries/organisation/budgets.py::budgets_of::filter::2",
        "routekaart/queries/progress/own_assignments.py::own_assignments::filter::3",
        "routekaart/queries/mail/content.py::_said::filter::1",
        "routekaart/queries/mail/reminders.py::_courses::filter::1",
        "routekaart/queries/mail/reminders.py::_micro_steps::filter::2",
        "routekaart/queries/plg/lesson_visits.py::_meetings::filter::2",
        "routekaart/queries/plg/lesson_visits.py::_study_days::filter::2",
    ),
    _EVERY_ROLE: (
        "routekaart/actions/mail/outbox.py::_step::fetch::1:permission",
        "routekaart/actions/mail/outbox.py::cancel_batch::fetch::1:permission",
        "routekaart/actions/mail/outbox.py::release_batch::fetch::1:permission",
        "routekaart/actions/mail/outbox.py::retry_batch::fetch::1:permission",
        "routekaart/actions/planning/previews.py::preview_plan::check::1",
        "routekaart/queries/calendar_feed/gathering.py::_meetings::visible::1",
        "routekaart/queries/organisation/schools.py::schools_of::visible::1",
        "routekaart/queries/progress/own_week.py::own_week::visible::1",
        "routekaart/queries/progress/progress.py::preparation_of_day::fetch::1:permission",
    ),
    _ASKED_AGAIN: (
        "routekaart/actions/assigning/assignments.py::withdraw_assignment::fetch::1:permission",
        "routekaart/actions/assigning/rules.py::remove_rule::fetch::1:permission",
        "routekaart/actions/planning/hours_agreements.py::_changing::fetch::1:filter",
        "routekaart/actions/quality/agreements.py::check_agreement::fetch::1:permission",
        "routekaart/actions/study_day/topics.py::set_notes::fetch::1:permission",
        "routekaart/actions/study_day/topics.py::vote::fetch::1:permission",
        "routekaart/queries/quality/agreements_page.py::team_agreements::fetch::1:permission",
    ),
    _OF_ITS_OWN: ("routekaart/actions/documents/links.py::_hand_over::filter::1",),
    _OWN_TEAMS: ("routekaart/queries/documents/person_plan.py::_own_routekaarten::visible::1",),
    _IN_ITS_NET: (
        "routekaart/queries/planning/overrides.py::overrides_of::filter::1",
        "worker/runner.py::_known::filter::1",
        "routekaart/queries/mail/content.py::_welcome_now::filter::2",
        "routekaart/queries/mail/reminders.py::workplaces_of::filter::1",
        "routekaart/queries/mail/weekly.py::_agreements::filter::1",
        "routekaart/queries/mail/weekly.py::_school_week::filter::1",
    ),
    _OWN_ROWS: ("routekaart/web/catalogue_admin.py::_OwnSchools.has_view_permission::check::1",),
    _OWN_HASH: ("routekaart/web/sessions.py::own_sessions::filter::1",),
    _READ_BEFORE: (
        "routekaart/queries/routekaarten/routekaarten.py::listed_assignment::net::1",
        "routekaart/web/views/preparing/latecomers.py::latecomers::net::1",
    ),
}
EXPECTED: Mapping[str, str] = {key: why for why, keys in _BY_REASON.items() for key in keys}
