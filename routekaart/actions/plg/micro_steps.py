"""Small steps between meetings. Only the person itself writes about them."""

from datetime import date
from uuid import UUID

from routekaart.access import STEP_PERMISSIONS, Access, Forbidden, NotFound, Permission
from routekaart.actions.plg.changing import in_cycle, note_in_private
from routekaart.domain.errors import BadInput
from routekaart.domain.lifecycle import MICRO_STEP
from routekaart.domain.plg_cycle.micro_steps import default_try_by
from routekaart.models import Employment, MicroStep, PlgCycle, PlgMeeting
from routekaart.queries.planning.problems import calendar_of
from routekaart.queries.plg.cycles import is_member, micro_step_detail

_STEPS = STEP_PERMISSIONS[MICRO_STEP.name]


def add_micro_step(
    *,
    by: Access,
    cycle_id: UUID,
    text: str,
    today: date,
    try_by: date | None = None,
    meeting_id: UUID | None = None,
) -> MicroStep:
    """What `by` tries before `try_by`: the next meeting, or a week, unless another day is named.

    Raises `Forbidden` for who is not in the PLG.
    """
    with in_cycle(by=by, cycle_id=cycle_id, permission=Permission.RUN_PLG) as cycle:
        if not is_member(cycle.pk, by.person):
            raise Forbidden(Permission.RUN_PLG)
        if try_by is not None and try_by < today:
            raise BadInput("try_by", "Deze dag is al geweest. Kies een latere.", code="in_the_past")
        if meeting_id is not None and not cycle.meetings.filter(pk=meeting_id).exists():
            raise BadInput(
                "meeting",
                "Deze bijeenkomst hoort niet bij deze PLG. Kies er een uit de lijst.",
                code="unknown_meeting",
            )
        step = MicroStep.objects.create(
            cycle=cycle,
            meeting_id=meeting_id,
            person=by.person,
            text=text,
            try_by=try_by or _default(cycle, by, today),
        )
        note_in_private(by=by, cycle=cycle, action="add_micro_step", subject=step)
    return step


def move_micro_step(
    *, by: Access, step_id: UUID, step: str, outcome: str | None = None
) -> MicroStep:
    """Makes `step` (try, drop, reopen); `outcome` None keeps what was told before.

    Also when the PLG is done. Raises `Forbidden` for a fellow member and `NotFound` for anybody
    else.
    """
    seen = micro_step_detail(by=by, step_id=step_id)
    if seen.person_id != by.person.pk:
        raise Forbidden(_STEPS[step])
    with in_cycle(
        by=by, cycle_id=seen.cycle_id, permission=_STEPS[step], also_closed=True
    ) as cycle:
        found = MicroStep.objects.filter(pk=step_id).select_related("person").first()
        if found is None:
            raise NotFound("MicroStep")
        found.state = MICRO_STEP.after(found.state, step)
        if outcome is not None:
            found.outcome = outcome
        found.save(update_fields=["state", "outcome"])
        note_in_private(by=by, cycle=cycle, action=f"{step}_micro_step", subject=found)
    return found


def _default(cycle: PlgCycle, by: Access, today: date) -> date:
    routekaart = cycle.routekaart
    school = routekaart.team.school
    coming = PlgMeeting.objects.filter(cycle=cycle, state="planned", date__gt=today).first()
    employment = Employment.objects.filter(person=by.person, school=school).first()
    return default_try_by(
        calendar_of(school=school, year=routekaart.school_year),
        employment.working_days if employment else (),
        next_meeting=coming.date if coming else None,
        today=today,
    )
