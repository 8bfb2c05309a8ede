"""What is put at each position of `id_positions`: the matrix of ids inside a request.

HOW TO ADD A POSITION
Add a line under operation and position: of what kind the id is (`OF`), and the part of the body
that holds it, which is laid over the body of the row in `matrix_table`. The rest follows:

- at the own team the answer is that of the row, or `own`, for whoever may do it there;
- an id of another team, another school or another board is answered as an id that does not
  exist, and nothing is written;
- `fetched`: the id is asked for by itself, so it goes by what the role sees elsewhere;
- `in_school`: an id of another team of the same school will do. Say why.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.matrix_world import Place

# From the id and the own team.
Part = Callable[[str, Place], Mapping[str, Any]]
COURSE = "complimenten-geven-en-corrigeren"
DAY = "2027-02-03"


@dataclass(frozen=True)
class At:
    """`of`: a key of `OF`. `body`: gives what is laid over the row's own body."""

    of: str
    body: Part = lambda _one, _place: {}
    own: int | None = None
    # The answers to the roles, where they are not those of the row.
    roles: str = ""
    in_school: str = ""
    # The id is that of an object of its own: whoever sees that one elsewhere may do it there.
    fetched: bool = False
    # Asked by the member to whom the things of the place belong, beside the roles.
    # Of an operation that writes nothing whatever the id is.
    reads: bool = False
    # Its answer, where it can be done.
    by_owner: int | None = None


OF: Mapping[str, Callable[[Place], str]] = {
    "member": lambda place: str(place.stage.member.pk),
    "lead": lambda place: str(place.stage.lead.pk),
    "trainer": lambda place: str(place.stage.trainer.pk),
    "director": lambda place: str(place.stage.director.pk),
    "newcomer": lambda place: place.newcomer,
} | {
    name: (lambda place, key=key: place.ids[key])
    for name, key in (
        ("goal", "goal_id"),
        ("routekaart", "routekaart_id"),
        ("study_day", "study_day_id"),
        ("plan", "plan_id"),
        ("team", "team_id"),
        ("school", "school_id"),
        ("note", "note_id"),
        ("topic", "topic_id"),
        ("block", "block_id"),
        ("work_group", "work_group_id"),
        ("agreement", "agreement_id"),
        ("plg_meeting", "plg_meeting_id"),
        ("bundle", "bundle_id"),
        ("own_course", "own_course_slug"),
        ("second_topic", "second_topic_id"),
    )
}


def _value(name: str) -> Part:
    return lambda one, _place: {name: one}


def _list(name: str) -> Part:
    return lambda one, _place: {name: [one]}


def _block(**values: Any) -> Mapping[str, Any]:
    block = {"start": "08:30", "minutes": 420, "kind": "practice", "title": "Samen oefenen"}
    return {"blocks": [block | values]}


def _visit(**values: str) -> Mapping[str, Any]:
    visit = {"focus": "Wachttijd", "date": DAY, "starts_at": "13:15"}
    return {"visits": [visit | values]}


def _change(kind: str, **values: Any) -> Mapping[str, Any]:
    return {"changes": [{"kind": kind} | values]}


def _whose(position: str) -> Part:
    nobody = {"owner": None, "work_group": None, "whole_team": False}
    return lambda one, _place: nobody | {position: one}


def _changing(kind: str, position: str, rest: Mapping[str, Any]) -> Part:
    def part(one: str, place: Place) -> Mapping[str, Any]:
        values = {name: value(place) if callable(value) else value for name, value in rest.items()}
        values[position.removesuffix("[]")] = [one] if position.endswith("[]") else one
        return _change(kind, **values)

    return part


def _course(one: str, place: Place) -> Mapping[str, Any]:
    return {"courses": [{"course": one, "goals": [place.ids["goal_id"]]}]}


TRAINERS = "whoever trains at the school may be named"
READS_ALL = "a director reads the documents of all teams"
COLLEAGUES = "somebody who works at the school is added to the team, or gets a role"

# Of the courses that somebody has to do: no course of the school's own is, so it is not there.
_OF_WHAT_IS_OPEN = {
    ("complete_course", "course"),
    ("course_voluntary", "course"),
    ("withdraw_preparation", "course"),
}

POSITIONS: Mapping[tuple[str, str], At] = {
    # --- Goals, study days and programmes ---------------------------------------------------------
    ("add_goal", "body.after[]"): At("goal", _list("after")),
    ("add_goal", "body.courses[].course"): At(
        "own_course", lambda one, _place: {"courses": [{"course": one, "reason": "Past."}]}
    ),
    ("change_goal", "body.after[]"): At("goal", _list("after"), own=422),
    ("change_goal", "body.courses[].course"): At(
        "own_course", lambda one, _place: {"courses": [{"course": one, "reason": "Past."}]}
    ),
    ("add_study_day", "body.trainer"): At("trainer", _value("trainer"), in_school=TRAINERS),
    ("change_study_day", "body.trainer"): At("trainer", _value("trainer"), in_school=TRAINERS),
    ("advise_on_dates", "body.dates[].trainer"): At(
        "trainer",
        lambda one, _place: {"dates": [{"date": DAY, "trainer": one}]},
        in_school=TRAINERS,
        reads=True,
    ),
    ("advise_on_dates", "body.instead_of"): At("study_day", _value("instead_of")),
    ("add_note", "body.goal"): At("goal", _value("goal")),
    ("add_note", "body.course"): At("own_course", _value("course")),
    ("add_note", "body.work_group"): At(
        "work_group",
        _value("work_group"),
        roles="422 422 403 403 403 403 404 404",
        by_owner=201,
    ),
    ("change_note", "body.goal"): At("goal", _value("goal"), by_owner=200),
    ("change_note", "body.course"): At("own_course", _value("course"), by_owner=200),
    ("change_note", "body.work_group"): At("work_group", _value("work_group"), by_owner=200),
    ("add_topic", "body.goal"): At("goal", _value("goal")),
    ("add_topic", "body.notes[]"): At("note", _list("notes")),
    ("change_topic", "body.goal"): At("goal", _value("goal")),
    ("set_topic_notes", "body.notes[]"): At("note", _list("notes")),
    ("merge_topics", "body.into"): At("second_topic", _value("into"), own=200),
    ("schedule_topic", "body.block"): At("block", _value("block"), own=200),
    ("save_programme", "body.blocks[].goal"): At("goal", lambda one, _place: _block(goal=one)),
    ("save_programme", "body.blocks[].people[].person"): At(
        "member", lambda one, _place: _block(people=[{"person": one}])
    ),
    ("save_programme", "body.blocks[].topics[]"): At(
        "topic", lambda one, _place: _block(topics=[one])
    ),
    # --- Advice and assigning ---------------------------------------------------------------------
    ("save_advice_desk", "body.changes[add].goals[]"): At(
        "goal",
        lambda one, place: _change(
            "add", course=place.ids["own_course_slug"], reason="Past.", goals=[one]
        ),
    ),
    ("save_advice_desk", "body.changes[add].course"): At(
        "own_course",
        lambda one, place: _change("add", course=one, reason="Past.", goals=[place.ids["goal_id"]]),
    ),
    ("save_advice_desk", "body.changes[change].course"): At(
        "own_course",
        lambda one, _place: _change("change", course=one, reason="Past.", mandatory=False),
        own=422,
    ),
    ("save_advice_desk", "body.changes[drop].course"): At(
        "own_course",
        lambda one, _place: _change("drop", course=one, reason="Past."),
        own=422,
    ),
    ("save_advice_desk", "body.changes[note].course"): At(
        "own_course",
        lambda one, _place: _change("note", course=one, text="Let op."),
        own=422,
    ),
    ("decide_on_advice", "body.decisions[].course"): At(
        "own_course",
        lambda one, _place: {"decisions": [{"course": one, "accepted": True}]},
        own=422,
    ),
    **{
        (operation, f"body.{position}"): At(of, part)
        for operation in ("preview_assignment_batch", "assign_in_batch")
        for position, of, part in (
            ("courses[].course", "own_course", _course),
            (
                "courses[].goals[]",
                "goal",
                lambda one, _place: {"courses": [{"course": COURSE, "goals": [one]}]},
            ),
            (
                "target[person].persons[]",
                "member",
                lambda one, _place: {"target": {"kind": "person", "persons": [one]}},
            ),
            (
                "target[work_group].work_group",
                "work_group",
                lambda one, _place: {"target": {"kind": "work_group", "work_group": one}},
            ),
        )
    },
    ("add_work_group", "body.goal"): At("goal", _value("goal")),
    ("add_work_group", "body.members[]"): At("member", _list("members")),
    ("change_work_group", "body.goal"): At("goal", _value("goal")),
    ("change_work_group", "body.members[]"): At("member", _list("members")),
    # --- Progress ---------------------------------------------------------------------------------
    ("report_completion", "body.person"): At(
        "member",
        _value("person"),
        roles="403 201 201 403 403 403 403 403",
        # A trainer is of all teams.
        fetched=True,
    ),
    ("report_completion", "body.course"): At("own_course", _value("course")),
    ("note_group_completion", "body.persons[]"): At("member", _list("persons")),
    ("note_group_completion", "body.course"): At("own_course", _value("course")),
    # --- PLG and agreements -----------------------------------------------------------------------
    ("create_plg_cycle", "body.goal"): At("goal", _value("goal")),
    ("create_plg_cycle", "body.members[]"): At("member", _list("members")),
    ("change_plg_cycle", "body.goal"): At("goal", _value("goal")),
    ("change_plg_cycle", "body.members[]"): At("member", _list("members")),
    ("create_next_plg_cycle", "body.routekaart"): At("routekaart", _value("routekaart")),
    ("create_micro_step", "body.meeting"): At("plg_meeting", _value("meeting")),
    ("create_lesson_visits", "body.visits[].host"): At(
        "lead", lambda one, place: _visit(host=one, visitor=str(place.stage.member.pk))
    ),
    ("create_lesson_visits", "body.visits[].visitor"): At(
        "member", lambda one, place: _visit(visitor=one, host=str(place.stage.lead.pk))
    ),
    **{
        (operation, f"body.{position}"): At(of, _value(position))
        for operation in ("add_agreement", "change_agreement")
        for position, of in (
            ("goal", "goal"),
            ("study_day", "study_day"),
            ("plg_meeting", "plg_meeting"),
        )
    },
    **{
        (operation, f"body.{position}"): At(
            of,
            _whose(position),
        )
        for operation in ("add_agreement", "change_agreement")
        for position, of in (("owner", "member"), ("work_group", "work_group"))
    },
    ("carry_over", "body.goal"): At("goal", _value("goal")),
    ("carry_over", "body.agreements[]"): At("agreement", _list("agreements")),
    ("list_agreements", "query.goal"): At("goal"),
    ("list_agreements", "query.plg_meeting"): At("plg_meeting"),
    ("list_agreements", "query.study_day"): At("study_day"),
    # --- School -----------------------------------------------------------------------------------
    ("create_membership", "body.person"): At("newcomer", _value("person"), in_school=COLLEAGUES),
    ("create_role_grant", "body.person"): At("newcomer", _value("person"), in_school=COLLEAGUES),
    ("hand_over_role_grant", "body.person"): At("newcomer", _value("person"), in_school=COLLEAGUES),
    ("get_course_override", "path.course"): At("own_course", own=404),
    ("set_course_override", "path.course"): At("own_course", own=404),
    ("make_calendar_feed", "body.team"): At("team", _value("team"), fetched=True),
    ("list_mails", "query.school"): At("school", fetched=True),
    ("list_jobs", "query.school"): At("school", fetched=True),
    ("list_jobs", "query.parent"): At(
        "bundle", roles="404 404 200 200 200 404 404 404", fetched=True
    ),
    # --- Plans and documents ----------------------------------------------------------------------
    ("request_document", "body.plan"): At("plan", _value("plan")),
    ("request_group_plan", "body.plan"): At("plan", _value("plan")),
    ("request_mr_summary", "body.plan"): At("plan", _value("plan")),
    ("request_person_plan", "body.person"): At(
        "member", _value("person"), roles="403 202 202 403 403 403 404 404"
    ),
    ("send_document", "body.recipients[]"): At(
        "director", _list("recipients"), in_school=READS_ALL
    ),
    ("preview_plan", "body.routekaart"): At("routekaart", _value("routekaart"), fetched=True),
    **{
        ("preview_plan", f"body.changes[{kind}].{position}"): At(
            of,
            _changing(kind, position, rest),
            own=422 if (kind, position) in _OF_WHAT_IS_OPEN else None,
        )
        for kind, position, of, rest in (
            ("add_goal", "after[]", "goal", {"wording": "Erbij.", "priority": 2}),
            ("add_goal", "courses[]", "own_course", {"wording": "Erbij.", "priority": 2}),
            ("add_member", "same_as", "member", {}),
            ("complete_course", "course", "own_course", {"member": OF["member"]}),
            ("complete_course", "member", "member", {"course": COURSE}),
            ("course_voluntary", "course", "own_course", {}),
            ("course_voluntary", "member", "member", {"course": COURSE}),
            ("goal_priority", "goal", "goal", {"priority": 2}),
            ("member_leave", "member", "member", {"first_day": DAY, "last_day": DAY}),
            ("more_weekly_minutes", "member", "member", {"minutes": 5}),
            ("move_study_day", "study_day", "study_day", {"date": DAY}),
            ("remove_goal", "goal", "goal", {}),
            ("remove_member", "member", "member", {}),
            ("remove_study_day", "study_day", "study_day", {}),
            ("withdraw_preparation", "course", "own_course", {}),
            ("withdraw_preparation", "goal", "goal", {"course": COURSE}),
            ("withdraw_preparation", "member", "member", {"course": COURSE}),
        )
    },
}
# A number or name inside an object that the matrix already asks for, and not an object itself.
NO_OBJECT: Mapping[tuple[str, str], str] = {
    ("get_advice_changes", "path.version"): "the number of an advice within its routekaart",
}
