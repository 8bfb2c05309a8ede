"""From rows to everything the booklet of a study day is made from.

With persons it is for team lead and trainer: names, notes, topics and agreements are in it. Without
them it holds the outline that everybody who reads the routekaart may see.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Prefetch

from courses.entities import Catalogue
from routekaart.access import Access, Forbidden, Permission
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.booklet_input import (
    BookletInput,
    DayAgreement,
    DayHead,
    DayNote,
    DayPreparation,
    DayTopic,
)
from routekaart.domain.content.inputs import PlanGoal
from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.domain.programme import ProgrammeBlock
from routekaart.domain.progress import preparation, ready_for
from routekaart.domain.study_day import NoteKind
from routekaart.models import (
    Agreement,
    Goal,
    Person,
    PreparationNote,
    StudyDay,
    TeamMembership,
    Topic,
)
from routekaart.queries.catalogue.school_catalogue import school_catalogue
from routekaart.queries.documents.booklet_courses import Functions, courses_of_day
from routekaart.queries.organisation.names import called_at, people_at, person_at
from routekaart.queries.organisation.teams import employments_of
from routekaart.queries.planning.current_plan import current_plan
from routekaart.queries.progress.progress import standing_in
from routekaart.queries.quality.agreements import with_owner
from routekaart.queries.study_day.day_dates import day_dates
from routekaart.queries.study_day.programmes import (
    block_of,
    findings_now,
    stored_blocks,
    suggested_blocks,
)
from routekaart.queries.study_day.topics import shared_notes


def booklet_input(
    *, by: Access, study_day_id: UUID, with_persons: bool, today: date
) -> BookletInput:
    """What the booklet of a study day is made from, as it stands today.

    Raises `NotFound` and `Forbidden` as `fetch`, and `Forbidden` for persons out of sight.
    """
    day = day_for_booklet(by=by, study_day_id=study_day_id, with_persons=with_persons)
    routekaart = day.routekaart
    school = routekaart.team.school
    with by.entered():
        goals = list(Goal.objects.filter(routekaart=routekaart))
        plan = current_plan(routekaart)
        stored = tuple(block_of(row) for row in stored_blocks(day))
        blocks = stored or suggested_blocks(day)
        goals_of_day = _goals_of_day(day, plan, blocks)
        catalogue = school_catalogue(school=school.pk)
        employments = employments_of(team_id=routekaart.team_id, schools=[school.pk])
        members = list(_members(day))
        found = BookletInput(
            team=routekaart.team.name,
            school=school.name,
            school_year=SchoolYear(routekaart.school_year).label,
            made_on=today,
            day=_head(day, plan),
            function_titles=tuple((one.slug, one.plural.lower()) for one in catalogue.functions),
            goals=tuple(PlanGoal(str(one.pk), one.wording, one.noticeable) for one in goals),
            goals_of_day=goals_of_day,
            indicators=tuple((str(one.pk), one.indicator) for one in goals if one.indicator),
            blocks=tuple(_outline(block) for block in blocks),
            suggested=not stored,
            preparation=_preparation(
                day,
                goals_of_day,
                _deadline(day, plan),
                {str(one.person_id): tuple(one.functions) for one in employments},
                catalogue,
                today,
            ),
            team_size=len(members),
        )
        if not with_persons:
            return found
        trainer = person_at(day.trainer_id, school.pk)
        away = {
            one.person_id
            for one in employments
            for leave in one.leaves.all()
            if leave.first_day <= day.date <= leave.last_day
        }
        return replace(
            found,
            day=replace(found.day, trainer=trainer.name if trainer else ""),
            blocks=blocks,
            findings=findings_now(day, stored) if stored else (),
            people=_names(blocks, school.pk),
            topics=tuple(map(_topic, _topics(day))),
            notes=tuple(
                map(
                    _note,
                    shared_notes()
                    .filter(study_day=day, topic__isnull=True)
                    .order_by("created_at", "id"),
                )
            ),
            agreements=tuple(map(_agreement, _agreements(day))),
            expected=tuple(one.person.name for one in members if one.person_id not in away),
            inside=True,
        )


def day_for_booklet(*, by: Access, study_day_id: UUID, with_persons: bool) -> StudyDay:
    """The day with its team and school, when `by` may have such a booklet of it."""
    day = by.fetch(
        StudyDay,
        study_day_id,
        Permission.MAKE_DOCUMENT,
        along=("routekaart__team__school",),
    )
    marks: Any = day
    for needed in (Permission.VIEW_ALL_ASSIGNMENTS, Permission.VIEW_NOTES) if with_persons else ():
        if not by.allows(needed, school=marks.access_school, team=marks.access_team):
            raise Forbidden(needed)
    return day


def _head(day: StudyDay, plan: DomainPlan | None) -> DayHead:
    dates = day_dates([day], plan)[day.pk]
    return DayHead(
        title=day.title,
        kind=day.get_kind_display(),
        state=day.get_state_display(),
        on=day.date,
        start=day.starts_at,
        minutes=day.minutes,
        room=day.room,
        certain=day.fixed,
        follow_up_on=dates.follow_up_on,
        evaluation_on=dates.evaluation_on,
    )


def _goals_of_day(
    day: StudyDay, plan: DomainPlan | None, blocks: Iterable[ProgrammeBlock]
) -> tuple[str, ...]:
    """Those of the plan, and those that the programme takes up beside them."""
    planned = [
        goal
        for one in (plan.study_days if plan else ())
        if one.study_day_id == str(day.pk)
        for goal in one.goal_ids
    ]
    return tuple(dict.fromkeys([*planned, *(one.goal_id for one in blocks if one.goal_id)]))


def _deadline(day: StudyDay, plan: DomainPlan | None) -> date | None:
    deadlines = [
        one.deadline
        for one in (plan.placements if plan else ())
        if one.study_day_id == str(day.pk) and one.deadline is not None
    ]
    return min(deadlines, default=None)


def _outline(block: ProgrammeBlock) -> ProgrammeBlock:
    """What who only reads the routekaart sees of a block, as in `day_programme`."""
    return replace(block, items=(), people=(), topics=())


def _preparation(
    day: StudyDay,
    goals: tuple[str, ...],
    deadline: date | None,
    functions: Functions,
    catalogue: Catalogue,
    today: date,
) -> DayPreparation:
    rows = standing_in(day.routekaart, today).rows
    # Counts as for who sees no names: a booklet goes from hand to hand.
    counts = preparation(rows, goals, today, with_names=False)
    return DayPreparation(
        courses=courses_of_day(ready_for(rows, goals), goals, functions, catalogue),
        deadline=deadline,
        done=counts.done,
        asked=counts.asked,
        hidden=counts.hidden,
    )


def _members(day: StudyDay) -> "Iterable[TeamMembership]":
    """Who is in the team by the day, by name."""
    rows = TeamMembership.objects.filter(
        team=day.routekaart.team_id, joined_on__lte=day.date, person__is_active=True
    )
    found = called_at(rows, "person", school=day.routekaart.team.school_id)
    return found.order_by(F("called_person"), "person_id")


def _names(blocks: Iterable[ProgrammeBlock], school_id: UUID) -> tuple[tuple[str, str], ...]:
    ids = {one.id for block in blocks for one in block.people}
    # People lie outside the net; these stand in a programme that was fetched inside it.
    found = people_at(Person.objects.filter(pk__in=ids), school_id) if ids else ()
    return tuple((str(one.pk), one.name) for one in found)


def _topics(day: StudyDay) -> "Iterable[Topic]":
    notes = Prefetch("notes", shared_notes().order_by("created_at", "id"), to_attr="shared_notes")
    return (
        Topic.objects.filter(study_day=day)
        .annotate(vote_count=Count("votes"))
        .prefetch_related(notes)
        .order_by("-vote_count", "position", "id")
    )


def _topic(row: Any) -> DayTopic:
    return DayTopic(
        id=str(row.pk),
        title=row.title,
        state=row.state,
        goal_id=str(row.goal_id) if row.goal_id else None,
        votes=row.vote_count,
        notes=tuple(map(_note, row.shared_notes)),
        answer=row.answer,
    )


def _note(row: PreparationNote) -> DayNote:
    return DayNote(NoteKind(row.kind), row.text, str(row.goal_id) if row.goal_id else None)


def _agreements(day: StudyDay) -> "Iterable[Agreement]":
    return (
        with_owner(Agreement.objects.filter(study_day=day))
        .exclude(state="dropped")
        .order_by("due_on", "id")
    )


def _agreement(row: Agreement) -> DayAgreement:
    if row.owner is not None:
        who = row.owner.name
    else:
        who = row.work_group.name if row.work_group else "het hele team"
    return DayAgreement(row.what, who, row.due_on, row.check_on)
