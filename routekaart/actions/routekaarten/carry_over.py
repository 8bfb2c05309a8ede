"""Open goals go on in next year's draft, one by one, each when the team asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max

from courses.catalogue import current_catalogue
from courses.models import Course, Intervention
from routekaart.access import Access, Permission
from routekaart.actions.audit import record
from routekaart.actions.changing import DRAFT, check_state
from routekaart.actions.in_the_year import NOT_CLOSED, in_the_year
from routekaart.actions.routekaarten.routekaarten import PLANNING
from routekaart.domain.agreements import OPEN
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.looking_back import summary, with_summary
from routekaart.models import (
    Agreement,
    Answer,
    ChosenIntervention,
    Goal,
    GoalCourse,
    GoalIntervention,
    Routekaart,
)
from routekaart.queries.quality.evaluations import evaluation_of_goal, to_evaluate
from routekaart.queries.routekaarten.carry_over import (
    CARRIED_FROM,
    carried_to,
    last_answers,
    past_goal,
)


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What went along. `left_out`: titles of what the catalogue has retired since."""

    routekaart: Routekaart
    goal: Goal | None
    agreements: tuple[UUID, ...]
    left_out: tuple[str, ...]


def carry_over(
    *,
    by: Access,
    routekaart_id: UUID,
    goal_id: UUID | None,
    agreement_ids: Sequence[UUID] = (),
) -> CarriedOver:
    """Takes one open goal and the named open agreements to the same team's next school year.

    Makes next year's draft when there is none. Safe to repeat: a goal that is there already is
    given back as the team has made it since. Raises `BadInput` for a goal or agreement that is
    not of this routekaart, and `Conflict` when the goal is stopped or reached (`goal_not_open`)
    or when next year's routekaart is no longer a draft (`wrong_state`).
    """
    if goal_id is None and not agreement_ids:
        raise BadInput(
            "goal", "Kies een doel of afspraken om mee te nemen.", code="nothing_to_carry_over"
        )
    with in_the_year(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=CARRIED_FROM,
    ) as old:
        goal = _goal_of(old, goal_id) if goal_id else None
        new = _next_year(by, old)
        carried: Goal | None = None
        left_out: tuple[str, ...] = ()
        if goal is not None:
            carried, left_out = _carry_goal(by, old, new, goal)
        moved = _move_agreements(by, old, new, agreement_ids)
        return CarriedOver(new, carried, moved, left_out)


def _goal_of(old: Routekaart, goal_id: UUID) -> Goal:
    rows = Goal.objects.filter(routekaart=old, pk=goal_id).select_related("carried_to")
    goal = to_evaluate(rows).first()
    if goal is None:
        raise BadInput(
            "goal",
            "Dit doel hoort niet bij deze routekaart. Kies er een uit de lijst.",
            code="not_of_this_routekaart",
        )
    return goal


def _next_year(by: Access, old: Routekaart) -> Routekaart:
    """Next year's routekaart, locked. A new one plans as this year did (assumption)."""
    planning = {name: getattr(old, name) for name in sorted(PLANNING)}
    new, made = Routekaart.objects.get_or_create(
        team=old.team,
        school_year=old.school_year + 1,
        defaults={**planning, "platforms": old.platforms},
    )
    if made:
        _log(by, new, "create")
    return (
        Routekaart.objects.select_for_update(of=("self",), no_key=True)
        .select_related("team__school")
        .get(pk=new.pk)
    )


def _carry_goal(
    by: Access, old: Routekaart, new: Routekaart, goal: Goal
) -> tuple[Goal, tuple[str, ...]]:
    already = carried_to(goal)
    if already is not None:
        return Goal.objects.get(pk=already), ()
    evaluation = evaluation_of_goal(goal)
    if not evaluation.is_open:
        raise Conflict(
            "Dit doel is gehaald of gestopt. Wil het team toch verder, leg dan eerst het besluit "
            "‘doorgaan’ vast, of zet het als nieuw doel in de routekaart.",
            code="goal_not_open",
        )
    check_state(new, DRAFT)
    last = Goal.objects.filter(routekaart=new).aggregate(last=Max("priority"))["last"] or 0
    carried = Goal.objects.create(
        routekaart=new,
        wording=goal.wording,
        noticeable=goal.noticeable,
        indicator=goal.indicator,
        priority=last + 1,
        carried_from=goal,
    )
    left_out = (*_copy_interventions(old, new, goal, carried), *_copy_courses(goal, carried))
    new.looking_back = with_summary(
        new.looking_back,
        summary(
            past_goal(evaluation, last_answers(old.pk).get(goal.pk, ())),
            SchoolYear(old.school_year).label,
        ),
    )
    new.revision += 1
    new.save()
    _log(by, new, "carry_over_goal", carried)
    return carried, left_out


def _copy_interventions(
    old: Routekaart, new: Routekaart, goal: Goal, carried: Goal
) -> tuple[str, ...]:
    """Those of the goal, chosen anew where they were not; gives the titles of retired ones."""
    slugs = [row.intervention_id for row in goal.goal_interventions.order_by("id")]
    known = current_catalogue().intervention_by_slug
    kept = [slug for slug in slugs if slug in known]
    chosen = set(new.chosen.values_list("intervention_id", flat=True))
    before = {row.intervention_id: row for row in old.chosen.all()}
    place = new.chosen.aggregate(last=Max("position"))["last"]
    for slug in kept:
        if slug in chosen:
            continue
        place = 0 if place is None else place + 1
        was = before.get(slug, ChosenIntervention())
        ChosenIntervention.objects.create(
            routekaart=new,
            intervention_id=slug,
            position=place,
            programme=was.programme,
            recognition=was.recognition,
            parameters=was.parameters,
        )
    GoalIntervention.objects.bulk_create(
        GoalIntervention(goal=carried, intervention_id=slug) for slug in kept
    )
    _copy_answers(old, new, kept)
    retired = Intervention.objects.filter(pk__in=set(slugs) - set(kept))
    return tuple(retired.order_by("title").values_list("title", flat=True))


def _copy_answers(old: Routekaart, new: Routekaart, slugs: Sequence[str]) -> None:
    """What the team answered then, where it has not answered now."""
    Answer.objects.bulk_create(
        (
            Answer(
                routekaart=new,
                intervention_id=row.intervention_id,
                point=row.point,
                text=row.text,
            )
            for row in old.answers.filter(intervention__in=slugs)
        ),
        ignore_conflicts=True,
    )


def _copy_courses(goal: Goal, carried: Goal) -> tuple[str, ...]:
    """Those picked by hand; gives the titles of those that the catalogue has retired."""
    rows = list(goal.goal_courses.select_related("course").order_by("id"))
    retired = set(
        Course.objects.filter(
            pk__in=[row.course_id for row in rows], retired_at__isnull=False
        ).values_list("pk", flat=True)
    )
    GoalCourse.objects.bulk_create(
        GoalCourse(goal=carried, course_id=row.course_id, reason=row.reason)
        for row in rows
        if row.course_id not in retired
    )
    return tuple(sorted(row.course.title for row in rows if row.course_id in retired))


def _move_agreements(
    by: Access, old: Routekaart, new: Routekaart, ids: Sequence[UUID]
) -> tuple[UUID, ...]:
    """Moves them with their looks back; the day or meeting they were made at stays on record."""
    wanted = list(dict.fromkeys(ids))
    rows = {
        row.pk: row
        for row in Agreement.objects.select_for_update(of=("self",), no_key=True).filter(
            pk__in=wanted, routekaart__in=[old, new]
        )
    }
    if len(rows) != len(wanted):
        raise BadInput(
            "agreements",
            "Een van deze afspraken hoort niet bij deze routekaart. Kies uit de lijst.",
            code="not_of_this_routekaart",
        )
    moving = [rows[pk] for pk in wanted if rows[pk].routekaart_id == old.pk]
    if moving:
        check_state(new, NOT_CLOSED)
    goals = {
        row.carried_from_id: row.pk
        for row in Goal.objects.filter(routekaart=new, carried_from__isnull=False)
    }
    for agreement in moving:
        if agreement.state != OPEN:
            raise Conflict(
                "Deze afspraak is al nagekomen of losgelaten. Neem alleen mee wat nog loopt.",
                code="wrong_state",
            )
        agreement.routekaart = new
        agreement.goal_id = goals.get(agreement.goal_id)
        agreement.save(update_fields=["routekaart", "goal"])
        _log(by, new, "carry_over_agreement", agreement)
        # The year that it left says so too.
        _log(by, old, "move_agreement", agreement)
    return tuple(wanted)


def _log(
    by: Access, where: Routekaart, action: str, subject: Goal | Agreement | None = None
) -> None:
    record(
        by=by,
        school=where.team.school_id,
        action=action,
        subject=subject or where,
        routekaart=where.pk,
    )
