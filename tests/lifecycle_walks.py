"""How an object of each state machine is made, and how each of its steps is asked of the API.

Everything is in place for a step to succeed, so that only its state and the role decide.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Model

from courses.catalogue import current_catalogue
from routekaart.access import Permission
from routekaart.actions.quality.agreements import add_agreement
from routekaart.actions.study_day.programmes import store_suggestion
from routekaart.models import (
    Assignment,
    LessonVisit,
    Mail,
    MailBatch,
    MicroStep,
    PlgAnswer,
    PlgCycle,
    PlgMeeting,
    ProgrammeBlock,
    Topic,
)
from routekaart.models.mail import MailKind
from tests.stages import TODAY, Stage

Ask = tuple[str, str, Any]
"""Method, path and body."""
Asking = Callable[[Any], Ask]
LATER = TODAY + timedelta(days=30)


@dataclass(frozen=True)
class Walk:
    """`make` gives the object, on a stage that `prepared` brings to the right point.

    `view` is what it takes to see it. An `owned` object is that of the stage's member; `others`
    is the right to treat it all the same, None when nobody else may.
    """

    make: Callable[[Stage], Model]
    steps: Mapping[str, Asking]
    view: Permission
    prepared: Callable[[Stage], Stage] = Stage.running
    owned: bool = False
    others: Permission | None = None
    # Steps that are asked of a whole batch: what is past them stays as it is, without an error.
    of_many: frozenset[str] = frozenset()


def post(path: str, body: Any = None) -> Asking:
    return lambda made: ("post", path.format(id=made.pk), body)


# --- Making --------------------------------------------------------------------------------------
def _assignment(stage: Stage) -> Assignment:
    return Assignment.objects.filter(person=stage.member).order_by("pk")[0]


def _study_day(stage: Stage) -> Model:
    day = stage.study_day
    store_suggestion(by=stage.as_trainer, study_day_id=day.pk, revision=0)
    add_agreement(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        values={"what": "Elke les.", "whole_team": True, "due_on": day.date, "study_day": day.pk},
    )
    return day


def _topic(stage: Stage) -> Topic:
    ProgrammeBlock.objects.create(
        study_day=stage.study_day, starts_at="09:00", minutes=60, kind="deepening", title="Samen"
    )
    return Topic.objects.create(study_day=stage.study_day, title="Hoe begin je?")


def _schedule(topic: Topic) -> Ask:
    block = ProgrammeBlock.objects.get(study_day=topic.study_day_id)
    return "post", f"/topics/{topic.pk}/schedule", {"programme_revision": 0, "block": str(block.pk)}


def _cycle(stage: Stage) -> PlgCycle:
    cycle = PlgCycle.objects.create(
        routekaart=stage.routekaart, name="Feedback", goal=stage.goal, outcome="Het lukt."
    )
    cycle.members.set([stage.member, stage.lead])
    PlgMeeting.objects.create(cycle=cycle, date=date(2026, 8, 25), state="held")
    return cycle


def _meeting(stage: Stage) -> PlgMeeting:
    cycle = _cycle(stage)
    PlgCycle.objects.filter(pk=cycle.pk).update(state="running")
    meeting = PlgMeeting.objects.create(cycle=cycle, date=date(2026, 11, 17))
    # What it says when it is closed already: closing it with other words is another matter.
    PlgAnswer.objects.bulk_create(
        PlgAnswer(meeting=meeting, **answer) for answer in _four_answers()
    )
    return meeting


def _four_answers() -> list[dict[str, str]]:
    return [
        {"question": question.slug, "text": "Dat zagen we."}
        for question in current_catalogue().plg.questions
    ]


def _answers(meeting: PlgMeeting) -> Ask:
    return "post", f"/plg-meetings/{meeting.pk}/close", {"answers": _four_answers()}


def _micro_step(stage: Stage) -> MicroStep:
    cycle = _meeting(stage).cycle
    return MicroStep.objects.create(
        cycle=cycle, person=stage.member, text="Wachttijd geven.", try_by=LATER
    )


def _visit(stage: Stage) -> LessonVisit:
    return LessonVisit.objects.create(
        cycle=_meeting(stage).cycle,
        visitor=stage.member,
        host=stage.lead,
        focus="Wachttijd",
        date=date(2026, 11, 18),
        starts_at="09:00",
    )


def _agreement(stage: Stage) -> Model:
    return add_agreement(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        values={"what": "Elke les.", "whole_team": True, "due_on": LATER},
    )


def _check(step: str) -> Asking:
    body = {"step": step, "note": "Gezien.", "back_on": "2027-06-01" if step == "keep" else None}
    return post("/agreements/{id}/check", body)


def _mail(stage: Stage) -> Mail:
    batch = MailBatch.objects.create(
        school=stage.school,
        routekaart=stage.routekaart,
        kind=MailKind.PLAN_CHANGED,
        title="Plan",
        made_by=stage.lead,
    )
    return Mail.objects.create(
        school=stage.school,
        batch=batch,
        person=stage.member,
        kind=MailKind.PLAN_CHANGED,
        key="walk",
        subject="Het plan",
        body="Hallo,",
    )


def _release(mail: Mail) -> Ask:
    return "post", f"/mail-batches/{mail.batch_id}/release", None


# --- The walks -----------------------------------------------------------------------------------
TOPIC_CHANGE = {"programme_revision": 0}
WALKS: Mapping[str, Walk] = {
    "routekaart": Walk(
        view=Permission.VIEW_PLAN,
        make=lambda stage: stage.routekaart,
        prepared=Stage.planned,
        steps={
            "submit": post("/routekaarten/{id}/submit"),
            "withdraw": post("/routekaarten/{id}/withdraw"),
            "advise": post("/routekaarten/{id}/advise", {"note": ""}),
            "accept": post("/routekaarten/{id}/accept"),
            "plan": post("/routekaarten/{id}/plans"),
            "return": post("/routekaarten/{id}/return", {"comment": "Kijk nog eens."}),
            "approve": post("/routekaarten/{id}/approve", {}),
            "start": post("/routekaarten/{id}/start"),
            "close": post("/routekaarten/{id}/close"),
        },
    ),
    "assignment": Walk(
        view=Permission.VIEW_ASSIGNMENTS,
        make=_assignment,
        owned=True,
        others=Permission.RECORD_PROGRESS,
        steps={
            "start": post("/assignments/{id}/start"),
            "complete": post("/assignments/{id}/complete", {}),
            "reopen": post("/assignments/{id}/reopen"),
            "waive": post("/assignments/{id}/waive", {"reason": "Kan het al."}),
            "withdraw": lambda made: ("delete", f"/assignments/{made.pk}", None),
        },
    ),
    "study_day": Walk(
        view=Permission.VIEW_ROUTEKAART,
        make=_study_day,
        steps={
            "mark_ready": post("/study-days/{id}/ready"),
            "back_to_preparing": post("/study-days/{id}/back-to-preparing"),
            "close": post("/study-days/{id}/close", {}),
            "reopen": post("/study-days/{id}/reopen"),
        },
    ),
    "topic": Walk(
        view=Permission.VIEW_NOTES,
        make=_topic,
        steps={
            "schedule": _schedule,
            "park": post("/topics/{id}/park", TOPIC_CHANGE),
            "answer": post("/topics/{id}/answer", TOPIC_CHANGE | {"answer": "Zo."}),
            "reopen": post("/topics/{id}/reopen", TOPIC_CHANGE),
        },
    ),
    "plg_cycle": Walk(
        view=Permission.VIEW_PLG,
        make=_cycle,
        steps={
            "start": post("/plg-cycles/{id}/start"),
            "close": post("/plg-cycles/{id}/close", {}),
            "reopen": post("/plg-cycles/{id}/reopen"),
        },
    ),
    "plg_meeting": Walk(
        view=Permission.VIEW_PLG,
        make=_meeting,
        steps={
            "close": _answers,
            "skip": post("/plg-meetings/{id}/skip", {"reason": "Griep."}),
            "reopen": post("/plg-meetings/{id}/reopen"),
        },
    ),
    "micro_step": Walk(
        view=Permission.VIEW_PLG,
        make=_micro_step,
        owned=True,
        steps={
            "try": post("/micro-steps/{id}/try", {}),
            "drop": post("/micro-steps/{id}/drop", {}),
            "reopen": post("/micro-steps/{id}/reopen"),
        },
    ),
    "lesson_visit": Walk(
        view=Permission.VIEW_PLG,
        make=_visit,
        steps={
            "hold": post("/lesson-visits/{id}/hold"),
            "cancel": post("/lesson-visits/{id}/cancel"),
        },
    ),
    "agreement": Walk(
        view=Permission.VIEW_AGREEMENTS,
        make=_agreement,
        steps={step: _check(step) for step in ("keep", "finish", "drop", "reopen")},
    ),
    "mail": Walk(
        view=Permission.VIEW_MAIL,
        make=_mail,
        of_many=frozenset({"release"}),
        steps={
            "release": _release,
            "cancel": post("/mails/{id}/cancel"),
            "retry": post("/mails/{id}/retry"),
        },
    ),
}
