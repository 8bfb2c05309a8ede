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

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.matrix_world import Place

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


EVERYONE = "200 200 200 200 200 200 200 200"
# Those who read what teams make: everybody but the school admin and the catalogue manager.
READERS = "200 200 200 200 200 200 404 404"
ONLY_ADMIN = "403 403 403 403 403 403 {} 403"

# What is of the school as a whole looks the same to the team next door.
OF_THE_SCHOOL = "200 200"
NOT_THEIRS = "403 403"

NEW_EMPLOYMENT = _json(email="nina@voorbeeld.test", name="Nina Nieuw", functions=["leerkracht"])
OVERRIDE = _json(title="Dicht", first_day="2027-02-01", last_day="2027-02-02")
GOAL = _json(wording="Wij leren vragen stellen.", interventions=["feedback"])
STUDY_DAY = _json(date="2027-02-03", kind="day", starts_at="08:30", minutes=360)

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
    "change_employment": Row("404 404 404 404 404 404 200 404", _json(fte=0.5)),
    "list_memberships": Row("200 200 200 200 403 403 200 404"),
    "create_membership": Row(
        "403 403 403 403 403 403 201 404", lambda place: {"person": place.newcomer}
    ),
    "delete_membership": Row("403 403 403 403 404 404 204 404"),
    # --- Routekaart -----------------------------------------------------------------------------
    "list_routekaarten": Row("200 200 200 200 200 200 403 404"),
    "create_routekaart": Row("201 201 403 403 403 403 403 404", _json(school_year="2027-2028")),
    "get_routekaart": Row(READERS),
    "change_routekaart": Row("200 200 403 403 403 403 404 404", _json(reason="Nieuw"), "draft"),
    "get_findings": Row(READERS),
    "submit_routekaart": Row("403 200 403 403 403 403 404 404", state="draft"),
    "withdraw_routekaart": Row("403 200 403 403 403 403 404 404", state="submitted"),
    "return_routekaart": Row("403 403 403 200 403 403 404 404", _json(comment="Kijk nog eens.")),
    "approve_routekaart": Row("403 403 403 200 403 403 404 404", _json()),
    "start_routekaart": Row("403 200 403 403 403 403 404 404", state="approved"),
    "close_routekaart": Row("403 200 403 403 403 403 404 404", state="running"),
    # --- Goals and study days -------------------------------------------------------------------
    "list_goals": Row(READERS),
    "add_goal": Row("201 201 403 403 403 403 404 404", GOAL, "draft"),
    "change_goal": Row("200 200 403 403 403 403 404 404", _json(priority=1), "draft"),
    "remove_goal": Row("204 204 403 403 403 403 404 404", state="draft"),
    "save_answers": Row("200 200 403 403 403 403 404 404", _json(answers=[]), "draft"),
    "list_study_days": Row(READERS),
    "add_study_day": Row("201 201 403 403 403 403 404 404", STUDY_DAY),
    "change_study_day": Row("200 200 403 403 403 403 404 404", _json(title="Anders")),
    "remove_study_day": Row("204 204 403 403 403 403 404 404"),
    "advise_on_dates": Row(READERS, _json(dates=[{"date": "2027-02-03", "free_groups": [3, 4]}])),
    # --- Advice and assignments -----------------------------------------------------------------
    "list_advice": Row(READERS),
    "advise": Row("403 403 201 403 403 403 404 404", _json(note="Begin klein."), "submitted"),
    "accept_advice": Row("403 200 403 403 403 403 404 404", state="advised"),
    "list_assignments": Row("200 200 200 403 403 403 404 404"),
    "assign_courses": Row("403 200 200 403 403 403 404 404", _json(), "accepted"),
    "record_hours_agreement": Row("403 200 403 404 404 404 404 404", _json()),
    "withdraw_hours_agreement": Row("403 204 403 404 404 404 404 404"),
    "withdraw_assignment": Row("403 204 204 404 404 404 404 404"),
    # --- The trainer's desk ------------------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    # Whoever advises nowhere has an empty queue.
    "list_trainer_queue": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "get_advice_desk": Row("403 403 200 403 403 403 404 404", state="submitted"),
    "save_advice_desk": Row(
        "403 403 200 403 403 403 404 404", _json(revision=0, changes=[]), "submitted"
    ),
    "list_advice_decisions": Row(READERS),
    "decide_on_advice": Row(
        "403 200 403 403 403 403 404 404", _json(version=1, decisions=[]), "advised"
    ),
    "get_advice_changes": Row(READERS),
    "list_own_courses": Row(EVERYONE, next_door=OF_THE_SCHOOL),
    "add_own_course": Row(
        "403 403 201 403 403 403 403 201",
        _json(title="Onze eigen cursus", minutes=45),
        next_door=NOT_THEIRS,
    ),
    "change_own_course": Row(
        "403 403 200 403 403 403 403 200", _json(minutes=50), next_door=NOT_THEIRS
    ),
    # --- Work groups, rules and assigning ----------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    # --- Progress ----------------------------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    # --- Notes, topics and programmes --------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    # --- PLG, lesson visits and scans --------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    # --- Agreements and evaluation -----------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    # --- Mail --------------------------------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    # --- History -----------------------------------------------------------------------------
    #        member  lead  trainer  director  board  mr  admin  catalogue
    "list_history": Row("200 200 200 200 403 403 404 404"),
    # --- Plans, documents, jobs -----------------------------------------------------------------
    "list_plans": Row(READERS),
    "make_plan": Row("403 201 201 403 403 403 404 404", state="accepted"),
    "get_plan": Row(READERS),
    "make_school_plans": Row(
        "403 201 201 403 403 403 403 403",
        _json(school_year="2026-2027"),
        "accepted",
        next_door="403 201",
    ),
    "get_plan_changes": Row(READERS),
    "preview_plan": Row(
        "403 200 200 403 403 403 404 404",
        lambda place: {
            "routekaart": place.ids["routekaart_id"],
            "changes": [{"kind": "more_weekly_minutes", "minutes": 30}],
        },
    ),
    "explain_plan": Row(READERS),
    "list_repairs": Row("403 200 200 403 403 403 404 404"),
    # Whoever may do it hears that there is no such repair.
    "apply_repair": Row("403 409 409 403 403 403 404 404", _json(repair="0" * 32)),
    "list_plan_hours": Row(READERS),
    "request_document": Row("403 202 202 202 202 403 404 404", _json()),
    "list_documents": Row(READERS),
    "get_document": Row(READERS),
    "download_document": Row(READERS),
    "list_jobs": Row(EVERYONE, query="school={school_id}", next_door=OF_THE_SCHOOL),
    "get_job": Row(READERS),
    "retry_job": Row("403 202 202 202 202 403 404 404"),
}
