"""The routekaart of a team: choices, goals, answers and study days."""

import uuid
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from routekaart.domain.lifecycle import ROUTEKAART, STUDY_DAY
from routekaart.models.organisation import Team
from routekaart.models.people import Person
from routekaart.models.scoped import ScopedManager


class State(models.TextChoices):
    """The states of ROUTEKAART, by name."""

    DRAFT = "draft", ROUTEKAART.words["draft"]
    SUBMITTED = "submitted", ROUTEKAART.words["submitted"]
    ADVISED = "advised", ROUTEKAART.words["advised"]
    ACCEPTED = "accepted", ROUTEKAART.words["accepted"]
    PLANNED = "planned", ROUTEKAART.words["planned"]
    APPROVED = "approved", ROUTEKAART.words["approved"]
    RUNNING = "running", ROUTEKAART.words["running"]
    CLOSED = "closed", ROUTEKAART.words["closed"]


# With a plan that was adopted and is not being changed.
ADOPTED_STATES = (State.APPROVED, State.RUNNING, State.CLOSED)
# From here on the dates of a year hold: before, the team and the trainer are still talking.
DATES_HOLD = (State.ACCEPTED, State.PLANNED, State.APPROVED, State.RUNNING, State.CLOSED)


class Funding(models.TextChoices):
    OWN = "own", "eigen middelen"
    NPO = "npo", "Nationaal Programma Onderwijs"
    OTHER = "other", "andere subsidie"


class DayKind(models.TextChoices):
    DAY = "day", "studiedag"
    AFTERNOON = "afternoon", "studiemiddag"


class Routekaart(models.Model):
    """What a team wants to learn in one school year. `revision` rises with every change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="routekaarten")
    # The calendar year in which the school year starts: 2026 is 2026-2027.
    school_year = models.PositiveSmallIntegerField(
        "schooljaar", validators=[MinValueValidator(2020), MaxValueValidator(2100)]
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    reason = models.TextField("aanleiding", blank=True)
    funding = models.CharField(max_length=5, choices=Funding.choices, default=Funding.OWN)
    platforms = models.JSONField("platforms", default=list)
    weekly_minutes = models.PositiveIntegerField("studieminuten per week bij 1 fte", default=60)
    deadline_workdays = models.PositiveSmallIntegerField(
        "werkdagen tussen deadline en studiedag", default=5, validators=[MinValueValidator(1)]
    )
    plg_rhythm_weeks = models.PositiveSmallIntegerField(
        "weken tussen PLG-bijeenkomsten", default=4, validators=[MinValueValidator(1)]
    )
    plg_minutes = models.PositiveSmallIntegerField(
        "minuten per PLG-bijeenkomst", default=90, validators=[MinValueValidator(1)]
    )
    plg_minimum_meetings = models.PositiveSmallIntegerField(
        "PLG-bijeenkomsten na elke studiedag, minstens", default=1
    )
    window_weeks = models.PositiveSmallIntegerField(
        "weken voorbereiding voor een studiedag",
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    follow_up_weeks = models.PositiveSmallIntegerField(
        "weken tot het vervolgmoment", default=4, validators=[MinValueValidator(1)]
    )
    evaluation_weeks = models.PositiveSmallIntegerField(
        "weken tot de evaluatie", default=10, validators=[MinValueValidator(1)]
    )
    # Empty: as few as let every goal find a place.
    goals_per_day = models.PositiveSmallIntegerField(
        "doelen per studiedag, hoogstens", null=True, blank=True
    )
    # Of the study days that are not fixed yet; empty: all of them may be used.
    most_candidate_days = models.PositiveSmallIntegerField(
        "kandidaatdata, hoogstens", null=True, blank=True
    )
    wait_for_all = models.BooleanField("een doel wacht op iedereen", default=False)
    # An ISO weekday; empty: the day on which most of the team works.
    meeting_weekday = models.PositiveSmallIntegerField(
        "vaste dag voor bijeenkomsten",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    lesson_visits = models.BooleanField("lesbezoeken na elke studiedag", default=False)
    # What the team looked back on when it began this year; from last year's routekaart.
    looking_back = models.TextField("terugblik op vorig jaar", blank=True)
    approved_on = models.DateField("vastgesteld op", null=True, blank=True)
    mr_date = models.DateField("datum instemming MR", null=True, blank=True)
    return_comment = models.TextField("opmerking van de directie", blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager(school="team__school")

    class Meta:
        verbose_name = "routekaart"
        verbose_name_plural = "routekaarten"
        ordering = ["-school_year", "created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "school_year"], name="one_routekaart_per_team_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.school_year}-{self.school_year + 1}"


class ChosenIntervention(models.Model):
    """An intervention that the team chose."""

    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="chosen")
    intervention = models.ForeignKey("courses.Intervention", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    # A concrete programme under wellbeing and how its databank rates it (S08).
    programme = models.CharField("programma", max_length=200, blank=True)
    recognition = models.CharField("erkenningsniveau", max_length=40, blank=True)
    # What the team plans (sessions per week, minutes, weeks, group size): warned about, never
    # blocked, when it lies outside what a source names (S10).
    parameters = models.JSONField("parameters", default=dict)

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "gekozen interventie"
        verbose_name_plural = "gekozen interventies"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["routekaart", "intervention"], name="intervention_once_per_routekaart"
            )
        ]

    def __str__(self) -> str:
        return f"{self.intervention_id}"


class FacilityLink(models.Model):
    """Why an option of category F is needed: the intervention that asks for it (S07)."""

    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="facility_links")
    facility = models.ForeignKey("courses.Intervention", models.PROTECT, related_name="+")
    intervention = models.ForeignKey("courses.Intervention", models.PROTECT, related_name="+")
    reason = models.TextField("reden")

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "koppeling van een randvoorwaarde"
        verbose_name_plural = "koppelingen van randvoorwaarden"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["routekaart", "facility", "intervention"], name="facility_linked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.facility_id} → {self.intervention_id}"


class Answer(models.Model):
    """The team's answer to an attention point or a "consider first" of an intervention."""

    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="answers")
    intervention = models.ForeignKey("courses.Intervention", models.PROTECT, related_name="+")
    point = models.CharField("aandachtspunt", max_length=120)
    text = models.TextField("antwoord")

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["routekaart", "intervention", "point"], name="one_answer_per_point"
            )
        ]

    def __str__(self) -> str:
        return self.point


class Goal(models.Model):
    """A goal in learning terms (S17): "Wij leren …", and what pupils will notice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="goals")
    wording = models.TextField("wij leren …")
    noticeable = models.TextField("merkbaar bij leerlingen", blank=True)
    priority = models.PositiveSmallIntegerField("volgorde van belang", default=1)
    indicator = models.TextField("waaraan zien we het", blank=True)
    # What the team leaves or ends to make room for this goal.
    stops = models.TextField("wat stopt hiervoor", blank=True)
    # The goal of last year that this one goes on with.
    carried_from = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="carried_to"
    )
    # The goals that come earlier. A circle may be stored: the rules say so.
    after: Any = models.ManyToManyField(
        "self", related_name="before", symmetrical=False, blank=True, through="GoalOrder"
    )

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "ontwikkeldoel"
        verbose_name_plural = "ontwikkeldoelen"
        ordering = ["priority", "id"]

    def __str__(self) -> str:
        return self.wording[:80]


class GoalIntervention(models.Model):
    """An intervention that serves a goal."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="goal_interventions")
    intervention = models.ForeignKey("courses.Intervention", models.PROTECT, related_name="+")

    objects = ScopedManager(school="goal__routekaart__team__school")

    class Meta:
        verbose_name = "interventie bij een doel"
        verbose_name_plural = "interventies bij doelen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "intervention"], name="intervention_once_per_goal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.intervention_id}"


class GoalCourse(models.Model):
    """A course picked by hand for a goal."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="goal_courses")
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="+")
    reason = models.TextField("reden", blank=True)

    objects = ScopedManager(school="goal__routekaart__team__school")

    class Meta:
        verbose_name = "gekozen cursus bij een doel"
        verbose_name_plural = "gekozen cursussen bij doelen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "course"], name="course_once_per_goal")
        ]

    def __str__(self) -> str:
        return f"{self.course_id}"


class GoalOrder(models.Model):
    """A goal that comes after another one of the same routekaart."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="order_rows")
    earlier = models.ForeignKey(Goal, models.CASCADE, related_name="later_order_rows")

    objects = ScopedManager(school="goal__routekaart__team__school")

    class Meta:
        verbose_name = "volgorde van doelen"
        verbose_name_plural = "volgorde van doelen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "earlier"], name="goal_once_after_another"),
            models.CheckConstraint(condition=~Q(goal=F("earlier")), name="goal_not_after_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} na {self.earlier_id}"


class StudyDay(models.Model):
    """A study day or afternoon. `free_groups`: year groups that are free because of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="study_days")
    date = models.DateField("datum")
    kind = models.CharField(max_length=9, choices=DayKind.choices, default=DayKind.DAY)
    title = models.CharField("titel", max_length=200, blank=True)
    starts_at = models.TimeField("begint om")
    minutes = models.PositiveSmallIntegerField(
        "duur in minuten", validators=[MinValueValidator(60), MaxValueValidator(600)]
    )
    free_groups = models.JSONField("vrije groepen", default=list)
    # Not fixed: a candidate, which the planner may use or leave.
    fixed = models.BooleanField("staat vast", default=True)
    room = models.CharField("ruimte", max_length=200, blank=True)
    trainer = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="trainer"
    )
    state = models.CharField(max_length=9, choices=STUDY_DAY.choices, default=STUDY_DAY.start)
    # Rises with every change of topics or programme, so that two trainers overwrite nothing.
    programme_revision = models.PositiveIntegerField(default=0)
    # Own dates; empty: those of the plan.
    follow_up_on = models.DateField("vervolgmoment op", null=True, blank=True)
    evaluation_on = models.DateField("evaluatie op", null=True, blank=True)
    # What the day brought, for whoever joins later.
    outcome = models.TextField("opbrengst", blank=True)

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "studiedag"
        verbose_name_plural = "studiedagen"
        ordering = ["date", "starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["routekaart", "date"], name="one_study_day_per_date")
        ]

    def __str__(self) -> str:
        return f"{self.date}"
