"""What every operation answers to every role. The matrix test fails for an operation not in here.

HOW TO ADD AN OPERATION
1. Add a line to TABLE under its operationId. The columns are the answers to the eight roles at
   their own school, for an object of their own team:

       member  team_lead  trainer  director  board  mr_reader  school_admin  catalogue_manager

   404: the role does not see the object. 403: sees it, but may not do this. 2xx: may do it.
2. The other places follow from that: nobody without a token gets in (401), another team of the
   school is 404 to members and team leads, another school of the board is 404 to all but the
   board, and a school of another board is 404 to all. Where that is otherwise, say so:
   `next_door="200 200"` (member and team lead, for an operation on the school as a whole).
3. `body=` gives the body, from the place it is about. `state=` is the state that the routekaart is
   put in first. `query=` is formatted with the ids of the place.
4. A new path parameter gets its object in `matrix_world.Place.ids`.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from courses.catalogue import current_catalogue
from tests.matrix_world import Place
from tests.word_files import word_file

Body = Callable[[Place], Any]


@dataclass(frozen=True)
class Row:
    own: str
    body: Body | None = None
    state: str = "planned"
    query: str = ""
    next_door: str = "404 404"
    # Without a token.
    nobody: int = 401


def _json(**values: Any) -> Body:
    return lambda _place: values


def _to_the_team(place: Place) -> Any:
    return {
        "courses": [{"course": place.ids["course"], "goals": [place.ids["goal_id"]]}],
        "target": {"kind": "team"},
        "mandatory": False,
        "reason": "Past bij dit doel.",
    }


EVERYONE = "200 200 200 200 200 200 200 200"
# Those who read what teams make: not the school admin and the catalogue manager. The MR sees
# nothing before it was adopted; what it reads then stands in `test_mr_reader.py`.
READERS = "200 200 200 200 200 404 404 404"
# Those who let mail go.
SENDERS = "404 200 200 200 404 404 404 404"
ADMIN_SEES = "404 404 404 404 404 404 {} 404"
BUDGET_KEEPERS = "{1} {1} {1} {0} {1} {1} {0} {1}"
ONLY_ADMIN = "403 403 403 403 403 403 {} 403"

# Those who run a PLG: the team itself. Its companions see it, others do not.
RUNNERS = "{0} {0} 403 403 404 404 404 404"
NO_ONE = "404 404 404 404 404 404 404 404"

# What is of the school as a whole looks the same to the team next door.
OF_THE_SCHOOL = "200 200"
NOT_THEIRS = "403 403"

A_TEMPLATE = base64.b64encode(word_file("{{ team }}")).decode()
NEW_EMPLOYMENT = _json(email="nina@voorbeeld.test", name="Nina Nieuw", functions=["leerkracht"])
OVERRIDE = _json(title="Dicht", first_day="2027-02-01", last_day="2027-02-02")
GOAL = _json(wording="Wij leren vragen stellen.", interventions=["feedback"])
STUDY_DAY = _json(date="2027-02-03", kind="day", starts_at="08:30", minutes=360)
NOTE = _json(kind="question", text="Hoe begin je in groep 1?")
NOT_THERE = "00000000-0000-4000-8000-000000000001"
# Of a topic: who does not see topics does not see this one.
PREPARERS = "403 200 200 404 404 404 404 404"
PROGRAMME = _json(
    programme_revision=0,
    blocks=[{"start": "08:30", "minutes": 420, "kind": "practice", "title": "Samen oefenen"}],
)

TABLE: Mapping[str, Row] = {
    # --- Public ---------------------------------------------------------------------------------
    "list_interventions": Row(EVERYONE, nobody=200, next_door=OF_THE_SCHOOL),
    "get_intervention": Row(EVERYONE, nobody=200, next_door=OF_THE_SCHOOL),
    "list_courses": Row(EVERYONE, nobody=200, next_door=OF_THE_SCHOOL),
    "advise_on_selection": Row(
        EVERYONE, _json(interventions=["feedback"]), nobody=200, next_door=OF_THE_SCHOOL
    ),
    # --- School ---------------------------------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    "get_me": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "list_schools": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "get_school": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "change_school": Row(
        ONLY_ADMIN.format(200), _json(name="De Nieuwe Wilg"), next_door=NOT_THEIRS
    ),
    "list_teams": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "create_team": Row(
        "403 403 403 201 403 403 201 403", _json(name="Middenbouw"), next_door=NOT_THEIRS
    ),
    "get_team": Row("200 200 200 200 200 200 200 404"),
    "change_team": Row("403 403 403 200 403 403 200 404", _json(name="Middenbouw")),
    "list_calendar_overrides": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "create_calendar_override": Row(ONLY_ADMIN.format(201), OVERRIDE, next_door=NOT_THEIRS),
    "delete_calendar_override": Row(ONLY_ADMIN.format(204), next_door=NOT_THEIRS),
    "get_course_override": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "set_course_override": Row(
        "403 403 403 403 403 403 403 200", _json(duration_minutes=30), next_door=NOT_THEIRS
    ),
    "create_quote_request": Row(
        "403 201 403 201 403 403 201 403", _json(package="pluspakket"), next_door="403 201"
    ),
    # --- People ---------------------------------------------------------------------------------
    "list_employments": Row(ONLY_ADMIN.format(200), next_door=NOT_THEIRS),
    "create_employment": Row(ONLY_ADMIN.format(201), NEW_EMPLOYMENT, next_door=NOT_THEIRS),
    "get_employment": Row(ADMIN_SEES.format(200)),
    "change_employment": Row("404 404 404 404 404 404 200 404", _json(fte=0.5)),
    "end_employment": Row("404 404 404 404 404 404 204 404"),
    "list_role_grants": Row(ONLY_ADMIN.format(200), next_door=NOT_THEIRS),
    "create_role_grant": Row(
        ONLY_ADMIN.format(201),
        lambda place: {"person": place.newcomer, "role": "mr_reader", "ends_on": "2099-07-31"},
        next_door=NOT_THEIRS,
    ),
    "withdraw_role_grant": Row(ADMIN_SEES.format(204)),
    "hand_over_role_grant": Row(ADMIN_SEES.format(200), lambda place: {"person": place.newcomer}),
    # Of somebody else; the own budget everybody sees.
    "list_budgets": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "download_budgets": Row(BUDGET_KEEPERS.format(200, 403), next_door=NOT_THEIRS),
    "get_budget": Row(BUDGET_KEEPERS.format(200, 404)),
    "state_budget_grant": Row(
        BUDGET_KEEPERS.format(200, 404), _json(school_year="2025-2026", cents=40_000)
    ),
    "record_spending": Row(
        BUDGET_KEEPERS.format(201, 404),
        _json(cents=12_000, what="Boek over feedback", spent_on="2026-09-01"),
    ),
    "remove_budget_line": Row(BUDGET_KEEPERS.format(204, 404)),
    "settle_budget_year": Row(
        BUDGET_KEEPERS.format(200, 403), _json(school_year="2025-2026"), next_door=NOT_THEIRS
    ),
    "get_budget_numbers": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "set_budget_numbers": Row(
        BUDGET_KEEPERS.format(200, 403), _json(euros=600), next_door=NOT_THEIRS
    ),
    "list_memberships": Row("200 200 200 200 403 403 200 404"),
    "create_membership": Row(
        "403 403 403 403 403 403 201 404", lambda place: {"person": place.newcomer}
    ),
    "delete_membership": Row("403 403 403 403 404 404 204 404"),
    # --- Routekaart -----------------------------------------------------------------------------
    "list_routekaarten": Row("200 200 200 200 200 403 403 404"),
    "create_routekaart": Row("201 201 403 403 403 403 403 404", _json(school_year="2027-2028")),
    "get_routekaart": Row(READERS),
    "change_routekaart": Row("200 200 403 403 403 404 404 404", _json(reason="Nieuw"), "draft"),
    "get_findings": Row(READERS),
    "submit_routekaart": Row("403 200 403 403 403 404 404 404", state="draft"),
    "withdraw_routekaart": Row("403 200 403 403 403 404 404 404", state="submitted"),
    "return_routekaart": Row("403 403 403 200 403 404 404 404", _json(comment="Kijk nog eens.")),
    "approve_routekaart": Row("403 403 403 200 403 404 404 404", _json()),
    "record_mr_consent": Row(
        "403 403 403 200 403 403 404 404", _json(mr_date="2026-08-20"), "approved"
    ),
    "start_routekaart": Row("403 200 403 403 403 403 404 404", state="approved"),
    "close_routekaart": Row("403 200 403 403 403 403 404 404", state="running"),
    # --- Goals and study days -------------------------------------------------------------------
    "list_goals": Row(READERS),
    "add_goal": Row("201 201 403 403 403 404 404 404", GOAL, "draft"),
    "get_goal": Row(READERS),
    "change_goal": Row("200 200 403 403 403 404 404 404", _json(priority=1), "draft"),
    "remove_goal": Row("204 204 403 403 403 404 404 404", state="draft"),
    "get_answers": Row(READERS),
    "save_answers": Row("200 200 403 403 403 404 404 404", _json(answers=[]), "draft"),
    "list_study_days": Row(READERS),
    "add_study_day": Row("201 201 403 403 403 404 404 404", STUDY_DAY),
    "get_study_day": Row(READERS),
    "change_study_day": Row("200 200 403 403 403 404 404 404", _json(title="Anders")),
    # Whoever may do it hears that somebody prepared notes for it.
    "remove_study_day": Row("409 409 403 403 403 404 404 404"),
    "advise_on_dates": Row(READERS, _json(dates=[{"date": "2027-02-03", "free_groups": [3, 4]}])),
    # --- Advice and assignments -----------------------------------------------------------------
    "list_advice": Row(READERS),
    "advise": Row("403 403 201 403 403 404 404 404", _json(note="Begin klein."), "submitted"),
    "accept_advice": Row("403 200 403 403 403 404 404 404", state="advised"),
    "list_assignments": Row("200 200 200 403 403 404 404 404"),
    "assign_courses": Row("403 200 200 403 403 404 404 404", _json(), "accepted"),
    # Of a colleague: a member finds only what is its own.
    "get_assignment": Row("404 200 200 404 404 404 404 404"),
    "record_hours_agreement": Row("404 200 403 404 404 404 404 404", _json()),
    "withdraw_hours_agreement": Row("404 204 403 404 404 404 404 404"),
    "withdraw_assignment": Row("403 204 204 404 404 404 404 404"),
    # --- The trainer's desk ------------------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    # Whoever advises nowhere has an empty queue.
    "list_trainer_queue": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "get_advice_desk": Row("403 403 200 403 403 404 404 404", state="submitted"),
    "save_advice_desk": Row(
        "403 403 200 403 403 404 404 404", _json(revision=0, changes=[]), "submitted"
    ),
    "list_advice_decisions": Row(READERS),
    "decide_on_advice": Row(
        "403 200 403 403 403 404 404 404", _json(version=1, decisions=[]), "advised"
    ),
    "get_advice_changes": Row(READERS),
    "list_own_courses": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "add_own_course": Row(
        "403 403 201 403 403 403 403 201",
        _json(title="Onze eigen cursus", minutes=45),
        next_door=NOT_THEIRS,
    ),
    "get_own_course": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "change_own_course": Row(
        "403 403 200 403 403 403 403 200", _json(minutes=50), next_door=NOT_THEIRS
    ),
    # --- Work groups, rules and assigning ----------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    "preview_assignment_batch": Row("403 200 200 403 403 404 404 404", _to_the_team),
    "assign_in_batch": Row("403 201 201 403 403 404 404 404", _to_the_team),
    "list_assignment_batches": Row("403 200 200 403 403 404 404 404"),
    "undo_assignment_batch": Row("403 200 200 404 404 404 404 404"),
    "list_assignment_rules": Row("200 200 200 403 403 404 404 404"),
    "remove_assignment_rule": Row("403 204 204 404 404 404 404 404"),
    "list_work_groups": Row("200 200 200 403 403 404 404 404"),
    "add_work_group": Row("403 201 201 403 403 404 404 404", _json(name="Leesgroep")),
    "get_work_group": Row("200 200 200 404 404 404 404 404"),
    "change_work_group": Row("403 200 200 404 404 404 404 404", _json(name="Vraaggroep")),
    "remove_work_group": Row("403 204 204 404 404 404 404 404"),
    # --- Progress ----------------------------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    "list_own_assignments": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "list_own_completions": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "get_progress": Row(READERS),
    # The assignment is somebody else's: a member does not see it.
    "start_assignment": Row("404 200 200 404 404 404 404 404"),
    "complete_assignment": Row("404 200 200 404 404 404 404 404", _json()),
    "reopen_assignment": Row("404 200 200 404 404 404 404 404"),
    "waive_assignment": Row("404 200 200 404 404 404 404 404", _json(reason="Al bekend.")),
    "list_completions": Row("200 200 200 403 403 403 403 403", next_door=OF_THE_SCHOOL),
    # For oneself; the trainer has no courses of its own.
    "report_completion": Row(
        "201 201 403 403 403 403 403 403",
        _json(course="complimenten-geven-en-corrigeren"),
        next_door="201 201",
    ),
    # A list without one row: those of people of other teams are named in the answer.
    "import_completions": Row(
        "403 200 200 403 403 403 403 403",
        _json(csv="e-mail;cursus;datum"),
        next_door="403 200",
    ),
    "get_completion": Row("404 200 200 404 404 404 404 404"),
    "override_completion": Row(
        "404 200 200 404 404 404 404 404", _json(counts=True, reason="Gezien.")
    ),
    "revoke_completion": Row("404 204 204 404 404 404 404 404"),
    "list_group_completions": Row("200 200 200 403 403 404 404 404"),
    "note_group_completion": Row(
        "201 201 201 403 403 404 404 404",
        lambda place: {
            "course": "complimenten-geven-en-corrigeren",
            "persons": [str(place.stage.member.pk)],
        },
    ),
    # Only those who are named in it.
    "confirm_group_completion": Row("200 200 404 404 404 404 404 404"),
    "decline_group_completion": Row("204 204 404 404 404 404 404 404"),
    # --- Notes, topics and programmes --------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    "list_notes": Row("200 200 200 403 403 404 404 404"),
    "add_note": Row("201 201 403 403 403 404 404 404", NOTE),
    "get_note": Row("200 200 200 404 404 404 404 404"),
    # Of a note that somebody else shared: it is not theirs to change.
    "change_note": Row("403 403 403 404 404 404 404 404", _json(revision=1, text="Anders")),
    "remove_note": Row("403 403 403 404 404 404 404 404"),
    "share_note": Row("403 403 403 404 404 404 404 404"),
    "unshare_note": Row("403 403 403 404 404 404 404 404"),
    "list_note_versions": Row("403 403 403 404 404 404 404 404"),
    "list_topics": Row("200 200 200 403 403 404 404 404"),
    "suggest_topics": Row("200 200 200 403 403 404 404 404"),
    "add_topic": Row(
        "403 201 201 403 403 404 404 404", _json(programme_revision=0, title="Groep 1")
    ),
    "get_topic": Row("200 200 200 404 404 404 404 404"),
    "change_topic": Row(PREPARERS, _json(programme_revision=0, title="Groep 2")),
    "set_topic_notes": Row(PREPARERS, _json(programme_revision=0, notes=[])),
    # Whoever may do it hears that there is no such topic.
    "merge_topics": Row(
        "403 422 422 404 404 404 404 404", _json(programme_revision=0, into=NOT_THERE)
    ),
    "vote_topic": Row("200 200 403 404 404 404 404 404"),
    "unvote_topic": Row("200 200 403 404 404 404 404 404"),
    "schedule_topic": Row(
        "403 422 422 404 404 404 404 404", _json(programme_revision=0, block=NOT_THERE)
    ),
    "park_topic": Row(PREPARERS, _json(programme_revision=0)),
    "answer_topic": Row(PREPARERS, _json(programme_revision=0, answer="Zo.")),
    "reopen_topic": Row(PREPARERS, _json(programme_revision=0)),
    "get_programme": Row(READERS),
    "save_programme": Row("403 200 200 403 403 404 404 404", PROGRAMME),
    "store_suggested_programme": Row(
        "403 200 200 403 403 404 404 404", _json(programme_revision=0)
    ),
    "get_readiness": Row(READERS),
    "list_readiness": Row(READERS),
    # Nothing is ready or agreed yet: whoever may do it hears what is missing.
    "mark_study_day_ready": Row("403 422 422 403 403 404 404 404"),
    "prepare_study_day_again": Row("403 200 200 403 403 404 404 404"),
    "close_study_day": Row("403 409 409 403 403 404 404 404", _json()),
    "reopen_study_day": Row("403 409 409 403 403 404 404 404"),
    "set_study_day_moments": Row("403 200 200 403 403 404 404 404", _json(follow_up_on=None)),
    # --- PLG, lesson visits and scans --------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    "list_plg_cycles": Row("200 200 200 200 403 404 404 404"),
    "create_plg_cycle": Row("201 201 403 403 403 404 404 404", _json(name="Rekenen")),
    "get_plg_cycle": Row("200 200 200 200 404 404 404 404"),
    "change_plg_cycle": Row(RUNNERS.format(200), _json(name="Rekenen")),
    "start_plg_cycle": Row(RUNNERS.format(200)),
    # Whoever may do it hears what is still missing, or that it is not closed yet.
    "close_plg_cycle": Row(RUNNERS.format(422), _json(outcome="")),
    "reopen_plg_cycle": Row(RUNNERS.format(409)),
    "create_next_plg_cycle": Row(RUNNERS.format(409), _json()),
    "list_plg_meetings": Row("200 200 200 200 404 404 404 404"),
    "create_plg_meeting": Row(RUNNERS.format(201), _json(date="2027-02-02")),
    "get_plg_meeting": Row("200 200 200 200 404 404 404 404"),
    "change_plg_meeting": Row(RUNNERS.format(200), _json(minutes=60)),
    "close_plg_meeting": Row(RUNNERS.format(422), _json(answers=[])),
    "skip_plg_meeting": Row(RUNNERS.format(200), _json(reason="Griep.")),
    "reopen_plg_meeting": Row(RUNNERS.format(200)),
    "list_micro_steps": Row(RUNNERS.format(200)),
    "create_micro_step": Row(RUNNERS.format(201), _json(text="Wachttijd geven.")),
    # Of somebody else: a fellow member sees it, nobody else does.
    "try_micro_step": Row("403 403 404 404 404 404 404 404", _json()),
    "drop_micro_step": Row("403 403 404 404 404 404 404 404", _json()),
    "reopen_micro_step": Row("403 403 404 404 404 404 404 404"),
    "suggest_lesson_visits": Row(
        RUNNERS.format(200), _json(focus="Wachttijd", first_day="2027-02-01")
    ),
    "list_lesson_visits": Row("200 200 200 200 404 404 404 404"),
    "create_lesson_visits": Row(
        RUNNERS.format(201),
        lambda place: {
            "visits": [
                {
                    "visitor": str(place.stage.member.pk),
                    "host": str(place.stage.lead.pk),
                    "focus": "Wachttijd",
                    "date": "2027-02-03",
                    "starts_at": "13:15",
                }
            ]
        },
    ),
    "get_lesson_visit": Row("200 200 200 200 404 404 404 404"),
    "change_lesson_visit": Row(RUNNERS.format(200), _json(focus="Beurten")),
    "hold_lesson_visit": Row(RUNNERS.format(200)),
    "cancel_lesson_visit": Row(RUNNERS.format(200)),
    # For the pair alone, and none of the eight is in it.
    "list_lesson_visit_notes": Row(NO_ONE),
    "create_lesson_visit_note": Row(NO_ONE, _json(text="Mooie vragen.")),
    "list_scans": Row("200 200 200 200 403 403 403 404"),
    # There is one open already.
    "create_scan": Row("403 409 409 403 403 403 403 404", _json()),
    "answer_scan": Row(
        "204 204 403 403 404 404 404 404",
        lambda _place: {
            "scores": [
                {"question": trait.slug, "score": 3} for trait in current_catalogue().plg.traits
            ]
        },
    ),
    "close_scan": Row("403 200 200 403 404 404 404 404"),
    "get_scan_results": Row("200 200 200 200 404 404 404 404"),
    "get_quality_cycle": Row(READERS),
    # --- Agreements and evaluation -----------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    "list_agreements": Row("200 200 200 200 403 404 404 404"),
    "list_my_agreements": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "add_agreement": Row(
        "201 201 201 403 403 404 404 404",
        _json(what="Elke les een exit-ticket.", whole_team=True, due_on="2026-12-01"),
    ),
    "get_agreement": Row("200 200 200 200 404 404 404 404"),
    "change_agreement": Row("200 200 200 403 404 404 404 404", _json(what="Elke week.")),
    "check_agreement": Row("200 200 200 403 404 404 404 404", _json(step="finish")),
    "list_indicators": Row(READERS),
    "add_indicator": Row("201 201 403 403 403 404 404 404", _json(name="Leestempo")),
    "get_indicator": Row(READERS),
    "change_indicator": Row("200 200 403 403 403 404 404 404", _json(target=80)),
    # Something was measured of it.
    "remove_indicator": Row("409 409 403 403 403 404 404 404"),
    "add_measurement": Row(
        "201 201 403 403 403 404 404 404", _json(measured_on="2026-10-02", value=61.5)
    ),
    "get_measurement": Row(READERS),
    "change_measurement": Row("200 200 403 403 403 404 404 404", _json(value=62)),
    "remove_measurement": Row("204 204 403 403 403 404 404 404"),
    "get_evaluation": Row(READERS),
    "list_decisions": Row(READERS),
    "decide_about_goal": Row(
        "201 201 403 403 403 404 404 404",
        _json(verdict="adjust", reason="Het tempo lag te hoog.", decided_on="2026-10-02"),
    ),
    "get_carry_over": Row("200 200 200 200 403 404 404 404"),
    "carry_over": Row(
        "200 200 403 403 403 403 404 404",
        lambda place: {"goal": place.ids["goal_id"]},
        state="running",
    ),
    "list_moments": Row(READERS),
    "list_latecomer_packages": Row("200 200 200 403 403 403 403 404"),
    "get_latecomer_package": Row("200 200 200 403 403 404 404 404"),
    # --- Calendars ---------------------------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    "list_calendar_feeds": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    # Of a team: for who is in it.
    "make_calendar_feed": Row(
        "201 201 403 403 403 403 403 404", lambda place: {"team": place.ids["team_id"]}
    ),
    # Somebody else's, whose calendar nobody else has to do with.
    "stop_calendar_feed": Row(NO_ONE),
    "download_study_day_calendar": Row(READERS),
    # --- Mail --------------------------------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    "list_mail_batches": Row("403 200 200 200 403 403 403 403", next_door="403 200"),
    "prepare_mail_batch": Row("403 201 201 201 403 404 404 404", _json(about="assignments")),
    "get_mail_batch": Row(SENDERS),
    "list_batch_mails": Row(SENDERS),
    "release_mail_batch": Row(SENDERS),
    "cancel_mail_batch": Row(SENDERS),
    "retry_mail_batch": Row(SENDERS),
    "list_mails": Row(EVERYONE, query="school={school_id}", next_door=OF_THE_SCHOOL),
    "retry_mail": Row(SENDERS),
    "cancel_mail": Row(SENDERS),
    # --- Word templates ----------------------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    "list_word_template_fields": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "download_example_word_template": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "list_word_templates": Row(ONLY_ADMIN.format(200), next_door=NOT_THEIRS),
    "upload_word_template": Row(
        ONLY_ADMIN.format(201), _json(name="Huisstijl", file=A_TEMPLATE), next_door=NOT_THEIRS
    ),
    "get_word_template": Row(ADMIN_SEES.format(200)),
    "download_word_template": Row(ADMIN_SEES.format(200)),
    "try_word_template": Row(ADMIN_SEES.format(200)),
    "activate_word_template": Row(ADMIN_SEES.format(200)),
    "deactivate_word_template": Row(ADMIN_SEES.format(200)),
    "remove_word_template": Row(ADMIN_SEES.format(204)),
    # --- History -----------------------------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    "list_school_log": Row(ONLY_ADMIN.format(200), next_door=NOT_THEIRS),
    "list_history": Row("200 200 200 200 403 404 404 404"),
    # --- Plans, documents, jobs -----------------------------------------------------------------
    "list_plans": Row(READERS),
    "make_plan": Row("403 201 201 403 403 404 404 404", state="accepted"),
    "get_plan": Row(READERS),
    "make_school_plans": Row(
        "403 201 201 403 403 403 403 403",
        _json(school_year="2026-2027"),
        "accepted",
        next_door="403 201",
    ),
    "get_plan_changes": Row(READERS),
    "preview_plan": Row(
        "403 200 200 403 403 404 404 404",
        lambda place: {
            "routekaart": place.ids["routekaart_id"],
            "changes": [{"kind": "more_weekly_minutes", "minutes": 30}],
        },
    ),
    "explain_plan": Row(READERS),
    "list_repairs": Row("403 200 200 403 403 404 404 404"),
    # Whoever may do it hears that there is no such repair.
    "apply_repair": Row("403 409 409 403 403 404 404 404", _json(repair="0" * 32)),
    "list_plan_hours": Row(READERS),
    "request_document": Row("403 202 202 202 202 404 404 404", _json()),
    "request_group_plan": Row("403 202 202 202 202 404 404 404", _json(functions=["leerkracht"])),
    # Who is in the team has an own plan there.
    "request_person_plan": Row("202 202 404 404 404 404 404 404", _json()),
    "request_booklet": Row("403 202 202 202 202 404 404 404", _json()),
    "request_mr_summary": Row("403 202 202 202 202 404 404 404", _json()),
    "request_school_document": Row(
        "403 403 202 202 202 403 403 403", _json(school_year="2026-2027"), next_door="403 403"
    ),
    "list_school_documents": Row("200 200 200 200 200 200 403 403", next_door="200 200"),
    "list_documents": Row(READERS),
    "get_document": Row(READERS),
    "download_document": Row(READERS),
    "list_document_recipients": Row("403 200 200 200 200 404 404 404"),
    "list_document_links": Row("403 200 200 200 200 404 404 404"),
    "send_document": Row(
        "403 201 201 201 201 404 404 404",
        lambda place: {"recipients": [str(place.stage.director.pk)]},
    ),
    # Of a lead to the director: a board stops what it sent itself.
    "revoke_document_link": Row(SENDERS),
    "list_jobs": Row(EVERYONE, query="school={school_id}", next_door=OF_THE_SCHOOL),
    "get_job": Row(READERS),
    "retry_job": Row("403 202 202 202 202 404 404 404"),
    "cancel_job": Row("403 202 202 202 202 404 404 404"),
    "request_school_bundle": Row(
        "403 403 202 202 202 403 403 403",
        _json(school_year="2026-2027"),
        next_door=NOT_THEIRS,
    ),
    # Of a board with a school out of reach: only who reads all its schools knows it.
    "request_board_bundle": Row("404 404 404 404 202 404 404 404", _json(school_year="2026-2027")),
}
