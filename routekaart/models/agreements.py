"""What a team agrees on and looks back at: agreements, indicators, measurements and decisions."""

import uuid

from django.db import models
from django.db.models import Q

from routekaart.domain.lifecycle import AGREEMENT
from routekaart.models.people import Person
from routekaart.models.plg import PlgMeeting
from routekaart.models.routekaarten import Goal, Routekaart, StudyDay
from routekaart.models.scoped import ScopedManager
from routekaart.models.work_groups import WorkGroup


class Agreement(models.Model):
    """What, who, by when. It comes back on `check_on` until it is done or dropped."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="agreements")
    study_day = models.ForeignKey(
        StudyDay, models.SET_NULL, null=True, blank=True, related_name="agreements"
    )
    plg_meeting = models.ForeignKey(
        PlgMeeting, models.SET_NULL, null=True, blank=True, related_name="agreements"
    )
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="agreements"
    )
    what = models.TextField("wat")
    owner = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="agreements"
    )
    # The whole group owns it, or the whole team when there is no owner at all.
    work_group = models.ForeignKey(
        WorkGroup, models.SET_NULL, null=True, blank=True, related_name="agreements"
    )
    whole_team = models.BooleanField("van het hele team", default=False)
    due_on = models.DateField("klaar op")
    check_on = models.DateField("terug op")
    state = models.CharField(max_length=7, choices=AGREEMENT.choices, default=AGREEMENT.start)
    reason = models.TextField("reden", blank=True)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "afspraak"
        verbose_name_plural = "afspraken"
        ordering = ["check_on", "id"]
        indexes = [models.Index(fields=["state", "check_on"], name="agreements_to_look_at")]

    def __str__(self) -> str:
        return self.what[:80]


class AgreementCheck(models.Model):
    """A look back at an agreement: what came of it, and when it comes back. Only ever added."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="checks")
    checked_on = models.DateField("bekeken op")
    step = models.CharField("uitkomst", max_length=10)
    note = models.TextField("toelichting", blank=True)
    back_on = models.DateField("weer terug op", null=True, blank=True)
    checked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(school="agreement__routekaart__team__school")

    class Meta:
        verbose_name = "terugblik op een afspraak"
        verbose_name_plural = "terugblikken op afspraken"
        ordering = ["checked_at", "id"]

    def __str__(self) -> str:
        return f"{self.agreement_id} ({self.checked_on})"


class Indicator(models.Model):
    """How a team sees whether a goal is reached. Figures of a group or a team, never of a pupil."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="indicators")
    name = models.CharField("wat meten we", max_length=300)
    unit = models.CharField("eenheid", max_length=60, blank=True)
    baseline = models.DecimalField(
        "beginpunt", max_digits=10, decimal_places=2, null=True, blank=True
    )
    baseline_on = models.DateField("beginpunt gemeten op", null=True, blank=True)
    target = models.DecimalField(
        "streefpunt", max_digits=10, decimal_places=2, null=True, blank=True
    )
    target_on = models.DateField("streefpunt te halen op", null=True, blank=True)
    # The name of the instrument, such as a test of the pupil monitoring system (S13).
    source = models.CharField("bron", max_length=200, blank=True)

    objects = ScopedManager(school="goal__routekaart__team__school")

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "name"], name="indicator_once_per_goal")
        ]

    def __str__(self) -> str:
        return self.name


class Measurement(models.Model):
    """A value of an indicator on a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="measurements")
    measured_on = models.DateField("gemeten op")
    value = models.DecimalField("waarde", max_digits=10, decimal_places=2)
    note = models.TextField("toelichting", blank=True)
    recorded_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects = ScopedManager(school="indicator__goal__routekaart__team__school")

    class Meta:
        verbose_name = "meting"
        verbose_name_plural = "metingen"
        ordering = ["measured_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "measured_on"], name="one_measurement_per_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} ({self.measured_on})"


class Verdict(models.TextChoices):
    GO_ON = "go_on", "doorgaan"
    ADJUST = "adjust", "bijstellen"
    STOP = "stop", "stoppen"


class GoalDecision(models.Model):
    """What the team decides about a goal at an evaluation. The latest one counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="decisions")
    decided_on = models.DateField("besloten op")
    verdict = models.CharField("besluit", max_length=6, choices=Verdict.choices)
    reason = models.TextField("reden")
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(school="goal__routekaart__team__school")

    class Meta:
        verbose_name = "besluit over een doel"
        verbose_name_plural = "besluiten over doelen"
        ordering = ["-decided_on", "-decided_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="verdict_known")
        ]

    def __str__(self) -> str:
        return self.verdict
