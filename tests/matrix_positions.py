"""What is put at each position of `id_positions`: the matrix of ids inside a request.

HOW TO ADD A POSITION
Add a line under operation and position: of what kind the id is (`OF`), and the part of the body
that holds it, which is laid over the body of the row in `matrix_table`. The rest follows:

- at the own team the answer is that of the row, or `own`, for whoever may do it there;
- an id of another team, another school or another board is answered as an id that does not
  exist, and nothing is written;
- `in_school`: an id of another team of the same school will do. Say why.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.matrix_world import Place

Part = Callable[[str], Mapping[str, Any]]
COURSE = "complimenten-geven-en-corrigeren"
DAY = "2027-02-03"


@dataclass(frozen=True)
class At:
    """`of`: a key of `OF`. `body`: gives what is laid over the row's own body."""

    of: str
    body: Part = lambda _one: {}
    own: int | None = None
    in_school: str = ""
    # Asked by the member to whom the things of the place belong, beside the roles.
    by_owner: bool = False


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
    return lambda one: {name: one}


def _list(name: str) -> Part:
    return lambda one: {name: [one]}


def _block(**values: Any) -> Mapping[str, Any]:
    block = {"start": "08:30", "minutes": 420, "kind": "practice", "title": "Samen oefenen"}
    return {"blocks": [block | values]}


def _visit(**values: str) -> Mapping[str, Any]:
    visit = {"focus": "Wachttijd", "date": DAY, "starts_at": "13:15"}
    return {"visits": [visit | values]}


def _batch(**values: Any) -> Mapping[str, Any]:
    return values


def _change(kind: str, **values: Any) -> Mapping[str, Any]:
    return {"changes": [{"kind": kind} | values]}


_COURSES = lambda one: {"courses": [{"course": one, "goals": []}]}  # noqa: E731

TRAINERS = "whoever trains at the school may be named"
COLLEAGUES = "somebody who works at the school is added to the team"

POSITIONS: Mapping[tuple[str, str], At] = {
    # --- Goals, study days and programmes ---------------------------------------------------------
    ("add_goal", "body.after[]"): At("goal", _list("after")),
    ("add_goal", "body.courses[].course"): At(
        "own_course", lambda one: {"courses": [{"course": one, "reason": "Past."}]}
    ),
    ("change_goal", "body.after[]"): At("goal", _list("after"), own=422),
    ("change_goal", "body.courses[].course"): At(
        "own_course", lambda one: {"courses": [{"course": one, "reason": "Past."}]}
    ),
    ("add_study_day", "body.trainer"): At("trainer", _value("trainer"), in_school=TRAINERS),
    ("change_study_day", "body.trainer"): At("trainer", _value("trainer"), in_school=TRAINERS),
    ("advise_on_dates", "body.dates[].trainer"): At(
        "trainer", lambda one: {"dates": [{"date": DAY, "trainer": one}]}, in_school=TRAINERS
    ),
    ("advise_on_dates", "body.instead_of"): At("study_day", _value("instead_of")),
    ("add_note", "body.goal"): At("goal", _value("goal")),
    ("add_note", "body.course"): At("own_course", _value("course")),
    ("add_note", "body.work_group"): At("work_group", _value("work_group"), by_owner=True),
    ("change_note", "body.goal"): At("goal", _value("goal"), by_owner=True),
    ("change_note", "body.course"): At("own_course", _value("course"), by_owner=True),
    ("change_note", "body.work_group"): At("work_group", _value("work_group"), by_owner=True),
    ("add_topic", "body.goal"): At("goal", _value("goal")),
    ("add_topic", "body.notes[]"): At("note", _list("notes")),
    ("change_topic", "body.goal"): At("goal", _value("goal")),
    ("set_topic_notes", "body.notes[]"): At("note", _list("notes")),
    ("merge_topics", "body.into"): At("second_topic", _value("into"), own=200),
    ("schedule_topic", "body.block"): At("block", _value("block"), own=200),
    ("save_programme", "body.blocks[].goal"): At("goal", lambda one: _block(goal=one)),
    ("save_programme", "body.blocks[].people[].person"): At(
        "member", lambda one: _block(people=[{"person": one}])
    ),
    ("save_programme", "body.blocks[].topics[]"): At("topic", lambda one: _block(topics=[one])),
    # --- Advice and assigning ---------------------------------------------------------------------
    ("save_advice_desk", "body.changes[add].goals[]"): At(
        "goal", lambda one: _change("add", course=COURSE, reason="Past.", goals=[one])
    ),
    ("save_advice_desk", "body.changes[add].course"): At(
        "own_course", lambda one: _change("add", course=one, reason="Past.")
    ),
    ("save_advice_desk", "body.changes[change].course"): At(
        "own_course", lambda one: _change("change", course=one, reason="Past.", mandatory=False)
    ),
    ("save_advice_desk", "body.changes[drop].course"): At(
        "own_course", lambda one: _change("drop", course=one, reason="Past.")
    ),
    ("save_advice_desk", "body.changes[note].course"): At(
        "own_course", lambda one: _change("note", course=one, text="Let op.")
    ),
    ("decide_on_advice", "body.decisions[].course"): At(
        "own_course", lambda one: {"decisions": [{"course": one, "accepted": True}]}
    ),
    **{
        (operation, f"body.{position}"): At(of, part)
        for operation in ("preview_assignment_batch", "assign_in_batch")
        for position, of, part in (
            ("courses[].course", "own_course", _COURSES),
            (
                "courses[].goals[]",
                "goal",
                lambda one: {"courses": [{"course": COURSE, "goals": [one]}]},
            ),
            (
                "target[person].persons[]",
                "member",
                lambda one: {"target": {"kind": "person", "persons": [one]}},
            ),
            (
                "target[work_group].work_group",
                "work_group",
                lambda one: {"target": {"kind": "work_group", "work_group": one}},
            ),
        )
    },
    ("add_work_group", "body.goal"): At("goal", _value("goal")),
    ("add_work_group", "body.members[]"): At("member", _list("members")),
    ("change_work_group", "body.goal"): At("goal", _value("goal")),
    ("change_work_group", "body.members[]"): At("member", _list("members")),
    # --- Progress ---------------------------------------------------------------------------------
    ("report_completion", "body.person"): At("member", _value("person")),
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
    ("create_lesson_visits", "body.visits[].host"): At("lead", lambda one: _visit(host=one)),
    ("create_lesson_visits", "body.visits[].visitor"): At("member", lambda one: _visit(visitor=one)),
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
            lambda one, position=position: {
                "owner": None,
                "work_group": None,
                "whole_team": False,
                position: one,
            },
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
    ("get_course_override", "path.course"): At("own_course"),
    ("set_course_override", "path.course"): At("own_course"),
    ("make_calendar_feed", "body.team"): At("team", _value("team")),
    ("list_mails", "query.school"): At("school"),
    ("list_jobs", "query.school"): At("school"),
    ("list_jobs", "query.parent"): At("bundle"),
    # --- Plans and documents ----------------------------------------------------------------------
    ("request_document", "body.plan"): At("plan", _value("plan")),
    ("request_group_plan", "body.plan"): At("plan", _value("plan")),
    ("request_mr_summary", "body.plan"): At("plan", _value("plan")),
    ("request_person_plan", "body.person"): At("member", _value("person")),
    ("send_document", "body.recipients[]"): At("director", _list("recipients")),
    ("preview_plan", "body.routekaart"): At("routekaart", _value("routekaart")),
    **{
        ("preview_plan", f"body.changes[{kind}].{position}"): At(
            of,
            lambda one, kind=kind, position=position, rest=rest: _change(
                kind, **({position.removesuffix("[]"): [one] if "[]" in position else one} | rest)
            ),
        )
        for kind, position, of, rest in (
            ("add_goal", "after[]", "goal", {"wording": "Erbij.", "priority": 2}),
            ("add_goal", "courses[]", "own_course", {"wording": "Erbij.", "priority": 2}),
            ("add_member", "same_as", "member", {}),
            ("complete_course", "course", "own_course", {}),
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
