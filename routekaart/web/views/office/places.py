"""The places of a school's office, each with how it stands in one line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from courses.dutch import dutch_date, listed
from courses.entities import Catalogue
from routekaart.access import Access
from routekaart.domain.calendar import Region, SchoolYear
from routekaart.domain.content.wording import counted
from routekaart.domain.privacy import names_shown
from routekaart.domain.school_holidays import NOT_PUBLISHED, school_calendar
from routekaart.models import School
from routekaart.queries.mail.weekly import guides_a_team
from routekaart.queries.organisation.office import OfficeState


@dataclass(frozen=True, slots=True)
class Place:
    """One thing to set. `todo`: nothing stands there yet that others need."""

    title: str
    address: str
    state: str
    todo: bool = False


def places(
    school: School, state: OfficeState, catalogue: Catalogue, by: Access, today: date
) -> Iterator[Place]:
    """All of them, in the order in which a new school needs them."""

    def at(name: str) -> str:
        return reverse(f"office:{name}", args=[school.pk])

    yield Place("Teams", at("teams"), _teams(state), todo=not state.teams)
    yield Place(
        "Medewerkers",
        at("people"),
        counted(state.people, "medewerker", "medewerkers") if state.people else "Nog niemand",
        todo=not state.people,
    )
    yield Place("Rollen", at("roles"), f"Schoolbeheerder: {listed(state.admins) or 'nog niemand'}")
    yield Place("Vakanties en vrije dagen", at("days"), _days(school, state, today))
    yield Place("Pakketten", at("packages"), _packages(school, state, catalogue))
    yield Place("Voortgang op naam", at("names"), consent_state(school, today))
    yield Place("Schoolgegevens", at("settings"), f"{school.get_sector_display()}, {school.brin}")
    own = len(school.date_numbers)
    yield Place(
        "Regels voor studiedagen",
        at("numbers"),
        counted(own, "eigen afspraak", "eigen afspraken") if own else "Zoals in de bronnen",
    )
    yield Place(
        "Scholingsbudgetten",
        at("budgets"),
        "Met eigen getallen" if school.budget_numbers else "Zoals in de cao",
    )
    yield Place("Eigen Word-sjabloon", at("word_templates"), state.word_template or "Nog geen")
    yield Place(
        "Vertrokken medewerkers",
        reverse("privacy:leavers", args=[school.pk]),
        "Wis wat nog van hen bewaard is",
    )
    yield Place(
        "Verwerkingsregister",
        reverse("privacy:register", args=[school.pk]),
        "Wat jullie van mensen bewaren, en waarom",
    )
    yield Place("Logboek", at("log"), "Wie wat deed, en wie welk document opende")
    yield Place("Documenten en mail", reverse("documents:jobs"), "Kijk of alles loopt")
    yield Place("Weekoverzicht per mail", reverse("office:me"), _weekly(by))


def consent_state(school: School, today: date) -> str:
    """Whether progress is shown by name at a school."""
    since = school.progress_by_name_since
    if since is None:
        return "Uit"
    return f"Aan, besluit van {dutch_date(since)}" if names_shown(since, today) else "Nog uit"


def _teams(state: OfficeState) -> str:
    if not state.teams:
        return "Nog geen teams"
    empty = f", {state.empty_teams} zonder leden" if state.empty_teams else ""
    return counted(state.teams, "team", "teams") + empty


def _weekly(by: Access) -> str:
    if not guides_a_team(by):
        return "Voor teamleiders, trainers en directie. Ieder kiest zelf."
    return f"Ieder kiest zelf. Bij jou staat het {'aan' if by.person.weekly_mail else 'uit'}."


def _days(school: School, state: OfficeState, today: date) -> str:
    said = f"Regio {school.region}"
    if state.own_days:
        said += f", {counted(state.own_days, 'eigen afwijking', 'eigen afwijkingen')}"
    coming = SchoolYear(SchoolYear.containing(today).start + 1)
    if not school_calendar(coming, Region(school.region)).holidays_published:
        said += f". {coming.label}: {NOT_PUBLISHED}"
    return said


def _packages(school: School, state: OfficeState, catalogue: Catalogue) -> str:
    def titles(slugs: object) -> str:
        return listed([one.title for one in catalogue.packages if one.slug in slugs])  # type: ignore[operator]

    said = titles(school.packages) or "Nog geen"
    return f"{said}. Offerte gevraagd: {titles(state.quotes)}" if state.quotes else said
