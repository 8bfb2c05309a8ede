"""Professional learning communities: cycles, meetings, small steps, lesson visits and scans."""

import uuid
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from routekaart.domain.lifecycle import LESSON_VISIT, MICRO_STEP, PLG_CYCLE, PLG_MEETING
from routekaart.domain.scan_kinds import ScanKind
from routekaart.models.organisation import Team
from routekaart.models.people import Person
from routekaart.models.routekaarten import Goal, Routekaart
from routekaart.models.scoped import ScopedManager


class PlgCycle(models.Model):
    """Some people who learn together towards a goal, in one rhythm."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="plg_cycles")
    name = models.CharField("naam", max_length=200)
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="plg_cycles"
    )
    rhythm_weeks = models.PositiveSmallIntegerField(
        "weken tussen bijeenkomsten",
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    state = models.CharField(max_length=9, choices=PLG_CYCLE.choices, default=PLG_CYCLE.start)
    # What the cycle brought, written when it closes; it flows into the next one.
    outcome = models.TextField("opbrengst", blank=True)
    # The cycle that this one goes on from.
    previous = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="next_cycles"
    )
    members: Any = models.ManyToManyField(
        Person, related_name="plg_cycles", through="PlgCycleMember"
    )

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "PLG"
        verbose_name_plural = "PLG's"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["routekaart", "name"], name="plg_name_once_per_routekaart"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PlgCycleMember(models.Model):
    """Somebody in a PLG."""

    cycle = models.ForeignKey(PlgCycle, models.CASCADE, related_name="member_rows")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    objects = ScopedManager(school="cycle__routekaart__team__school")

    class Meta:
        verbose_name = "lid van een PLG"
        verbose_name_plural = "leden van PLG's"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["cycle", "person"], name="once_in_a_plg")]

    def __str__(self) -> str:
        return f"{self.person_id}"


class PlgMeeting(models.Model):
    """A dated meeting of a PLG. It closes with answers to the four questions, or why not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.ForeignKey(PlgCycle, models.CASCADE, related_name="meetings")
    date = models.DateField("datum")
    starts_at = models.TimeField("begint om", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        "duur in minuten", default=90, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    state = models.CharField(max_length=7, choices=PLG_MEETING.choices, default=PLG_MEETING.start)
    agenda = models.JSONField("agenda", default=list)
    decisions = models.TextField("besluiten", blank=True)
    # Why it was skipped.
    reason = models.TextField("reden", blank=True)

    objects = ScopedManager(school="cycle__routekaart__team__school")

    class Meta:
        verbose_name = "PLG-bijeenkomst"
        verbose_name_plural = "PLG-bijeenkomsten"
        ordering = ["date", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "date"], name="one_meeting_per_date")
        ]

    def __str__(self) -> str:
        return f"{self.date}"


class PlgAnswer(models.Model):
    """The answer of a meeting to one of the four questions, or the reason why there is none."""

    meeting = models.ForeignKey(PlgMeeting, models.CASCADE, related_name="answers")
    question = models.CharField("vraag", max_length=120)
    text = models.TextField("antwoord", blank=True)
    not_answered_because = models.TextField("geen antwoord, want", blank=True)

    objects = ScopedManager(school="meeting__cycle__routekaart__team__school")

    class Meta:
        verbose_name = "antwoord van een PLG"
        verbose_name_plural = "antwoorden van PLG's"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "question"], name="one_answer_per_question"),
            models.CheckConstraint(
                condition=Q(text="") ^ Q(not_answered_because=""), name="answer_or_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.question


class MicroStep(models.Model):
    """Something small that somebody wants to try before the next meeting. No ranking, ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.ForeignKey(PlgCycle, models.CASCADE, related_name="micro_steps")
    # The meeting at which it was chosen; empty: in between.
    meeting = models.ForeignKey(
        PlgMeeting, models.SET_NULL, null=True, blank=True, related_name="micro_steps"
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="micro_steps")
    text = models.CharField("volgende week probeer ik", max_length=500)
    try_by = models.DateField("uiterlijk op")
    state = models.CharField(max_length=7, choices=MICRO_STEP.choices, default=MICRO_STEP.start)
    outcome = models.TextField("hoe ging het", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(school="cycle__routekaart__team__school")

    class Meta:
        verbose_name = "stapje"
        verbose_name_plural = "stapjes"
        ordering = ["try_by", "id"]
        indexes = [models.Index(fields=["state", "try_by"], name="steps_to_ask_about")]

    def __str__(self) -> str:
        return self.text[:80]


class LessonVisit(models.Model):
    """Somebody visits the lesson of a colleague, with one focus."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.ForeignKey(PlgCycle, models.CASCADE, related_name="lesson_visits")
    visitor = models.ForeignKey(Person, models.CASCADE, related_name="+")
    host = models.ForeignKey(Person, models.CASCADE, related_name="+")
    focus = models.CharField("kijkvraag", max_length=500)
    date = models.DateField("datum")
    starts_at = models.TimeField("begint om")
    minutes = models.PositiveSmallIntegerField(
        "duur in minuten", default=45, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    state = models.CharField(max_length=9, choices=LESSON_VISIT.choices, default=LESSON_VISIT.start)

    objects = ScopedManager(school="cycle__routekaart__team__school")

    class Meta:
        verbose_name = "lesbezoek"
        verbose_name_plural = "lesbezoeken"
        ordering = ["date", "starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(visitor=F("host")), name="nobody_visits_oneself")
        ]
        indexes = [models.Index(fields=["date", "starts_at"], name="visits_by_date")]

    def __str__(self) -> str:
        return f"{self.date}"


class LessonVisitNote(models.Model):
    """What one of the pair noted. Nobody but the two of them ever sees it."""

    visit = models.ForeignKey(LessonVisit, models.CASCADE, related_name="notes")
    author = models.ForeignKey(Person, models.CASCADE, related_name="+")
    text = models.TextField("tekst")
    written_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(school="visit__cycle__routekaart__team__school")

    class Meta:
        verbose_name = "notitie bij een lesbezoek"
        verbose_name_plural = "notities bij lesbezoeken"
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return f"{self.visit_id}"


class Scan(models.Model):
    """A short self-scan of a team: anonymous, and shown from five answers on (S28)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, models.CASCADE, related_name="scans")
    kind = models.CharField(
        "soort",
        max_length=10,
        choices=[
            (ScanKind.PLG.value, "kenmerken van een PLG"),
            (ScanKind.WELLBEING.value, "domeinen van welbevinden"),
        ],
        default=ScanKind.PLG.value,
    )
    school_year = models.PositiveSmallIntegerField("schooljaar")
    opened_on = models.DateField("geopend op")
    closed_on = models.DateField("gesloten op", null=True, blank=True)

    objects = ScopedManager(school="team__school")

    class Meta:
        verbose_name = "scan"
        verbose_name_plural = "scans"
        ordering = ["-opened_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "kind"],
                condition=Q(closed_on__isnull=True),
                name="one_open_scan_per_team",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.opened_on}"


class ScanAnswer(models.Model):
    """The scores of somebody, without who or when: nothing leads back to a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, models.CASCADE, related_name="answers")
    # Question → 1 to 5.
    scores = models.JSONField("scores")

    objects = ScopedManager(school="scan__team__school")

    class Meta:
        verbose_name = "antwoord op een scan"
        verbose_name_plural = "antwoorden op scans"
        # By a random key: the order says nothing about who answered when.
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.scan_id}"


class ScanParticipation(models.Model):
    """That somebody has answered, so that nobody does twice. Holds no time and no answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    objects = ScopedManager(school="scan__team__school")

    class Meta:
        verbose_name = "deelname aan een scan"
        verbose_name_plural = "deelnames aan scans"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["scan", "person"], name="one_answer_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.scan_id}"
