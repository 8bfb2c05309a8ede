"""Every state machine of the learning cycle."""

from collections.abc import Mapping

from routekaart.domain.lifecycle.machine import Machine, step

ROUTEKAART = Machine(
    name="routekaart",
    noun="de routekaart",
    words={
        "draft": "concept",
        "submitted": "ingediend",
        "advised": "advies gegeven",
        "accepted": "advies aangenomen",
        "planned": "gepland",
        "approved": "vastgesteld",
        "running": "in uitvoering",
        "closed": "afgerond",
    },
    steps={
        "submit": step("draft", to="submitted"),
        "withdraw": step("submitted", to="draft"),
        # A next round, when the team did not take all of the last one.
        "advise": step("submitted", "advised", to="advised"),
        "accept": step("advised", to="accepted"),
        "plan": step("accepted", "planned", to="planned"),
        "return": step("planned", "approved", "running", to="accepted"),
        "approve": step("planned", to="approved"),
        "start": step("approved", to="running"),
        "close": step("running", to="closed"),
    },
)

ASSIGNMENT = Machine(
    name="assignment",
    noun="deze toewijzing",
    words={
        "assigned": "toegewezen",
        "started": "begonnen",
        "done": "afgerond",
        "waived": "vrijgesteld",
        "withdrawn": "ingetrokken",
    },
    steps={
        "start": step("assigned", "started", to="started"),
        "complete": step("assigned", "started", "waived", "done", to="done"),
        "waive": step("assigned", "started", "waived", to="waived"),
        # What was noted by mistake: back to the beginning.
        "reopen": step("started", "done", "waived", "assigned", to="assigned"),
        # No longer asked. What was done stays on the person's record; that it can be withdrawn
        # all the same says nothing about how far somebody is.
        "withdraw": step("assigned", "started", "waived", "done", "withdrawn", to="withdrawn"),
    },
)

STUDY_DAY = Machine(
    name="study_day",
    noun="deze studiedag",
    words={
        "preparing": "in voorbereiding",
        "ready": "klaar om te beginnen",
        "closed": "afgesloten",
    },
    steps={
        "mark_ready": step("preparing", "ready", to="ready"),
        "back_to_preparing": step("ready", "preparing", to="preparing"),
        "close": step("ready", "closed", to="closed"),
        "reopen": step("closed", to="ready"),
    },
)

# What the team brings up in its notes, gathered.
TOPIC = Machine(
    name="topic",
    noun="dit onderwerp",
    words={
        "open": "open",
        "scheduled": "in het programma",
        "parked": "geparkeerd",
        "answered": "beantwoord",
    },
    steps={
        "schedule": step("open", "parked", "scheduled", to="scheduled"),
        "park": step("open", "scheduled", "parked", to="parked"),
        "answer": step("open", "scheduled", "parked", "answered", to="answered"),
        "reopen": step("scheduled", "parked", "answered", "open", to="open"),
    },
)

PLG_CYCLE = Machine(
    name="plg_cycle",
    noun="deze PLG",
    words={"preparing": "in voorbereiding", "running": "bezig", "closed": "afgerond"},
    steps={
        "start": step("preparing", "running", to="running"),
        "close": step("running", "closed", to="closed"),
        "reopen": step("closed", to="running"),
    },
)

PLG_MEETING = Machine(
    name="plg_meeting",
    noun="deze bijeenkomst",
    words={"planned": "gepland", "held": "gehouden", "skipped": "niet doorgegaan"},
    steps={
        "close": step("planned", "held", to="held"),
        "skip": step("planned", "skipped", to="skipped"),
        "reopen": step("held", "skipped", "planned", to="planned"),
    },
)

MICRO_STEP = Machine(
    name="micro_step",
    noun="dit stapje",
    words={"chosen": "gekozen", "tried": "geprobeerd", "dropped": "losgelaten"},
    steps={
        "try": step("chosen", "tried", to="tried"),
        "drop": step("chosen", "dropped", to="dropped"),
        "reopen": step("tried", "dropped", "chosen", to="chosen"),
    },
)

LESSON_VISIT = Machine(
    name="lesson_visit",
    noun="dit lesbezoek",
    words={"planned": "gepland", "held": "geweest", "cancelled": "vervallen"},
    steps={
        "hold": step("planned", "held", to="held"),
        "cancel": step("planned", "cancelled", to="cancelled"),
    },
)

AGREEMENT = Machine(
    name="agreement",
    noun="deze afspraak",
    words={"open": "loopt", "done": "nagekomen", "dropped": "losgelaten"},
    steps={
        # Looked at on its date, and it goes on.
        "keep": step("open", to="open"),
        "finish": step("open", "done", to="done"),
        "drop": step("open", "dropped", to="dropped"),
        "reopen": step("done", "dropped", "open", to="open"),
    },
)

MAIL = Machine(
    name="mail",
    noun="dit bericht",
    words={
        "waiting": "wacht op vrijgave",
        "queued": "staat klaar",
        "sending": "wordt verstuurd",
        "sent": "verstuurd",
        "failed": "mislukt",
        "cancelled": "vervallen",
    },
    steps={
        "release": step("waiting", "queued", to="queued"),
        "cancel": step("waiting", "queued", "failed", "cancelled", to="cancelled"),
        "retry": step("failed", to="queued"),
        # A row that stays "sending" had a worker that died: another one takes it.
        "claim": step("queued", "sending", to="sending", by_worker=True),
        "deliver": step("sending", to="sent", by_worker=True),
        "postpone": step("sending", to="queued", by_worker=True),
        "fail": step("sending", to="failed", by_worker=True),
        # Nothing is left to say by the time it would go.
        "expire": step("queued", "sending", to="cancelled", by_worker=True),
    },
)

MACHINES: Mapping[str, Machine] = {
    machine.name: machine
    for machine in (
        ROUTEKAART,
        ASSIGNMENT,
        STUDY_DAY,
        TOPIC,
        PLG_CYCLE,
        PLG_MEETING,
        MICRO_STEP,
        LESSON_VISIT,
        AGREEMENT,
        MAIL,
    )
}
