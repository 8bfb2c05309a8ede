"""People: who they are, where they work, what they may do, and the tokens they use."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from routekaart.domain.roles import Role
from routekaart.models.organisation import Board, School, Team
from routekaart.models.scoped import ScopedManager


class PersonManager(BaseUserManager["Person"]):
    """Makes people. E-mail addresses are kept in lower case, so that one person is one row."""

    def create_user(self, email: str, name: str, password: str | None = None) -> "Person":
        """A person who signs in with `password`, or cannot sign in yet when it is None."""
        person = self.model(email=email.strip().lower(), name=name)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Someone who works at one or more schools, or for a board. Signs in by e-mail.

    Outside the tenant net: a person may belong to two schools. Queries reach people through
    employments, memberships and role grants, which are inside it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mailadres", unique=True)
    name = models.CharField("naam", max_length=200)
    is_active = models.BooleanField("actief", default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # For who guides teams: one's own choice.
    weekly_mail = models.BooleanField("weekoverzicht per mail", default=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "medewerker"
        verbose_name_plural = "medewerkers"
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


def workdays() -> list[int]:
    """Monday to Friday as ISO weekdays."""
    return [1, 2, 3, 4, 5]


class Employment(models.Model):
    """A person at a school: functions, fte and working days (ISO weekdays)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="employments")
    school = models.ForeignKey(School, models.CASCADE, related_name="employments")
    functions = models.JSONField("functies", default=list)
    fte = models.DecimalField(
        max_digits=4,
        decimal_places=3,
        default=1,
        validators=[MinValueValidator(0), MaxValueValidator(1.2)],
    )
    working_days = models.JSONField("werkdagen", default=workdays)
    # What the school called somebody who had an account already, under another name. It is shown
    # until that person signs in: an address must not tell a school whose it is.
    given_name = models.CharField("opgegeven naam", max_length=200, default="", db_default="")
    # The address that it typed, of everybody whom it added, for as long: that of the account may
    # become a private one meanwhile.
    given_email = models.EmailField("opgegeven e-mailadres", default="", db_default="")
    # An own agreement on study time; empty means the routekaart's figure times fte.
    weekly_study_minutes = models.PositiveIntegerField(
        "studieminuten per week", null=True, blank=True
    )

    objects = ScopedManager(school="school")

    class Meta:
        verbose_name = "dienstverband"
        verbose_name_plural = "dienstverbanden"
        constraints = [
            models.UniqueConstraint(fields=["person", "school"], name="one_employment_per_school"),
            models.CheckConstraint(
                condition=Q(fte__gte=0) & Q(fte__lte=1.2), name="employment_fte_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ({self.school_id})"

    @property
    def shown_name(self) -> str:
        """What this school calls the person."""
        return self.given_name or self.person.name

    @property
    def shown_email(self) -> str:
        """Under which address this school knows the person. Mail goes to the account's own."""
        return self.given_email or self.person.email


class Leave(models.Model):
    """A period in which a person does not work."""

    employment = models.ForeignKey(Employment, models.CASCADE, related_name="leaves")
    first_day = models.DateField("eerste dag")
    last_day = models.DateField("laatste dag")

    objects = ScopedManager(school="employment__school")

    class Meta:
        verbose_name = "verlof"
        verbose_name_plural = "verlof"
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="leave_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"


class TeamMembership(models.Model):
    """A person in a team."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    joined_on = models.DateField("lid sinds")

    objects = ScopedManager(school="team__school")

    class Meta:
        verbose_name = "teamlidmaatschap"
        verbose_name_plural = "teamlidmaatschappen"
        constraints = [
            models.UniqueConstraint(fields=["team", "person"], name="one_membership_per_team")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ({self.team_id})"


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Which roles count."""

    def in_force(self, day: date) -> "RoleGrantQuerySet":
        """Those that count on `day`. A row of a newer version may hold a role that is unknown
        here: it gives nothing."""
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=day),
            Q(ends_on=None) | Q(ends_on__gte=day),
            role__in=list(Role),
        )

    def over(self, day: date) -> "RoleGrantQuerySet":
        """Those of which the last day lies before `day`."""
        return self.filter(ends_on__lt=day)

    def lasting(self, day: date) -> "RoleGrantQuerySet":
        """Those that count on `day` and have no last day."""
        return self.in_force(day).filter(ends_on=None)

    def at_school(self, school: uuid.UUID) -> "RoleGrantQuerySet":
        """Those that reach this school, also through its board."""
        return self.filter(Q(school=school) | Q(board__schools=school))


class RoleGrant(models.Model):
    """What someone may do, at one school or for a whole board. First and last day included.

    Outside the tenant net: it is what the net is made of.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    school = models.ForeignKey(
        School, models.CASCADE, null=True, blank=True, related_name="role_grants"
    )
    board = models.ForeignKey(
        Board, models.CASCADE, null=True, blank=True, related_name="role_grants"
    )
    # Empty: it counted already.
    starts_on = models.DateField("vanaf", null=True, blank=True)
    # Empty: until somebody takes it back. Past it, it gives nothing, and the clock clears it away.
    ends_on = models.DateField("tot en met", null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "rol"
        verbose_name_plural = "rollen"
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=True) ^ Q(board__isnull=True),
                name="role_for_school_or_board",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="role_ends_after_its_start"
            ),
            models.UniqueConstraint(
                fields=["person", "role", "school"],
                condition=Q(school__isnull=False),
                name="one_role_per_school",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "board"],
                condition=Q(board__isnull=False),
                name="one_role_per_board",
            ),
        ]

    def __str__(self) -> str:
        return self.role


class ApiToken(models.Model):
    """A bearer token of a person: 256 random bits, of which only the hash is kept.

    `schools` empty means every school of the person; otherwise at most these. `may_write`: whether
    it may do more than read; a school can be narrowed to reading by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField("naam", max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    schools: Any = models.ManyToManyField(
        School, blank=True, related_name="+", through="TokenSchool"
    )
    may_write = models.BooleanField("mag wijzigen", default=True, db_default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "toegangssleutel"
        verbose_name_plural = "toegangssleutels"

    def __str__(self) -> str:
        return self.name


class TokenSchool(models.Model):
    """A school that a token is narrowed to.

    Outside the tenant net: it is what the net is made of. A school that a token names cannot go
    away first: without this row the token would reach every school of its person.
    """

    apitoken = models.ForeignKey(ApiToken, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    may_write = models.BooleanField("mag wijzigen", default=True, db_default=True)

    class Meta:
        verbose_name = "school van een toegangssleutel"
        verbose_name_plural = "scholen van een toegangssleutel"
        constraints = [
            models.UniqueConstraint(fields=["apitoken", "school"], name="school_once_per_token")
        ]

    def __str__(self) -> str:
        return f"{self.apitoken_id} ({self.school_id})"
