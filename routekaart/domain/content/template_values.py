"""The content of a scholingsplan as the fields of a school's own template. Pure.

Nothing is added and nothing is worded anew: each value is a text of the content. Only mentions of
chapter numbers go, for a school's template has chapters of its own.
"""

import re
from collections.abc import Iterator
from datetime import date

from courses.dutch import dutch_date
from routekaart.domain.content.blocks import ClaimLine
from routekaart.domain.content.document import (
    ConsentContent,
    GoalContent,
    GoalCourses,
    InterventionContent,
    PersonContent,
    Scholingsplan,
    StudyDayContent,
)
from routekaart.domain.content.parts import Fact, Table
from routekaart.domain.content.template_field import Item, Value

# The titles of the figures in the catalogue.
FIGURES = {"effect": "Leerwinst", "bewijs": "Bewijskracht", "kosten": "Kosten"}
_CHAPTER = re.compile(r"; zie hoofdstuk \d+")


def template_fields(plan: Scholingsplan) -> dict[str, Value]:
    """A value for every field of the table: texts, and lists of items."""
    return {
        **_head(plan),
        **_goals(plan),
        **_together(plan),
        **_people(plan),
        **_end(plan),
    }


def _head(plan: Scholingsplan) -> dict[str, Value]:
    meta = plan.meta
    # The whole names stand in the facts; those of the title page are cut short.
    team = _fact(meta.facts, "Team").rpartition(", ")[0] or meta.subject
    return {
        "titel": meta.title,
        "schooljaar": meta.school_year,
        "team": team,
        "school": _fact(meta.facts, "School") or meta.organisation,
        "bestuur": _fact(meta.facts, "Bestuur"),
        "opgesteld_door": _fact(meta.facts, "Opgesteld door"),
        "versie": meta.version,
        "datum": dutch_date(date.fromisoformat(meta.made_on)),
        "status": meta.status,
        "catalogus": _fact(meta.facts, "Versie van de catalogus"),
        "kerncijfers": tuple(
            {"aantal": figure.value, "wat": figure.label} for figure in plan.summary.figures
        ),
    }


def _goals(plan: Scholingsplan) -> dict[str, Value]:
    # The chapters of goals and of courses go through the same goals in the same order.
    pairs = zip(plan.goals.goals, plan.courses.goals, strict=True)
    return {
        "doelen": tuple(
            _goal(number, goal, courses) for number, (goal, courses) in enumerate(pairs, start=1)
        ),
        "geen_doelen": plan.goals.missing,
        "uitleg_cijfers": plan.goals.standing,
        "cursus_opmerkingen": _texts(plan.courses.notes),
    }


def _goal(number: int, goal: GoalContent, courses: GoalCourses) -> Item:
    return {
        "nummer": str(number),
        "doel": goal.learning or goal.heading,
        "merkbaar": goal.noticeable,
        "wanneer": _fact(goal.facts, "Samen verdiepen"),
        "waarom_dan": _fact(goal.facts, "Waarom dan"),
        "interventies": tuple(_intervention(item) for item in goal.interventions),
        "geen_interventies": goal.interventions_missing,
        "cursussen": _rows(courses.table, "titel", "voor_wie", "duur", "waarom"),
        "geen_cursussen": _missing(courses.table),
        "afwegingen": tuple(
            {"vraag": item.question, "antwoord": item.answer} for item in goal.answers
        ),
        "open_vragen": tuple({"vraag": question} for question in goal.open_questions),
    }


def _intervention(item: InterventionContent) -> Item:
    figures: dict[str, Value] = {
        name: "\n".join(_said(claim) for claim in item.claims if claim.subject == subject)
        for name, subject in FIGURES.items()
    }
    return {
        "titel": item.title,
        "categorie": item.category,
        "waarom": item.why,
        **figures,
        "cijfers": tuple(
            {
                "wat": claim.subject,
                "waarde": claim.value,
                "geldt_voor": claim.applies_to,
                "bron": claim.source,
                "let_op": claim.mark,
            }
            for claim in item.claims
        ),
        "geen_cijfers": item.claims_missing,
        "opmerkingen": _texts(item.remarks),
    }


def _said(claim: ClaimLine) -> str:
    """A figure never goes without what it holds for and its source."""
    mark = f" ({claim.mark})" if claim.mark else ""
    value = claim.value.rstrip(".")
    return f"{value}{mark}. Geldt voor: {claim.applies_to}. Bron: {claim.source}"


def _together(plan: Scholingsplan) -> dict[str, Value]:
    plg = plan.plg
    return {
        "studiedagen": tuple(_study_day(day) for day in plan.study_days.days),
        "geen_studiedagen": plan.study_days.missing,
        "plg": _rows(plg.meetings, "datum", "duur", "doelen", "agenda"),
        "geen_plg": _missing(plg.meetings),
        "plg_agenda": _texts(plg.agenda),
        "plg_vragen": tuple(
            {"nummer": item.number, "vraag": item.title, "hulpvragen": _texts(item.prompts)}
            for item in plg.questions
        ),
        "werkvormen": _rows(plg.activities, "wat", "hoe", "waarbij", "wanneer"),
        "geen_werkvormen": _missing(plg.activities),
    }


def _study_day(day: StudyDayContent) -> Item:
    # "Samen kijken, woensdag 23 september 2026": the date has no comma of its own.
    title, _comma, when = day.heading.rpartition(", ")
    return {
        "nummer": day.label,
        "datum": when,
        "titel": title,
        "tijden": _fact(day.facts, "Tijd"),
        "doelen": _fact(day.facts, "Doelen"),
        "voorbereid": _fact(day.facts, "Voorbereid uiterlijk"),
        "vervolg": _fact(day.facts, "Vervolgbijeenkomst"),
        "evaluatie": _fact(day.facts, "Evaluatie"),
        "feiten": _facts(day.facts),
        "programma": _rows(day.programme, "tijd", "onderdeel", "inhoud"),
        "geen_programma": _missing(day.programme),
    }


def _people(plan: Scholingsplan) -> dict[str, Value]:
    names = ("naam", "fte", "individueel", "opgedragen", "aanname", "jaarbudget")
    return {
        "mensen": tuple(_person(person) for person in plan.people.people),
        "geen_mensen": plan.people.missing,
        "uren": _rows(plan.hours.table, *names),
        "geen_uren": _missing(plan.hours.table),
        "uren_uitleg": _texts(plan.hours.notes),
    }


def _person(person: PersonContent) -> Item:
    return {
        "naam": person.heading,
        "feiten": _facts(person.facts),
        "taken": _rows(person.tasks, "uiterlijk", "cursus", "duur", "week", "waarvoor"),
        "geen_taken": _missing(person.tasks),
    }


def _end(plan: Scholingsplan) -> dict[str, Value]:
    open_points = tuple(_open_points(plan))
    return {
        "data": _rows(plan.dates.table, "wanneer", "week", "wat", "doelen"),
        "geen_data": _missing(plan.dates.table),
        **_consent(plan.consent),
        "bronnen": _rows(plan.sources.table, "titel", "uitgever", "jaar", "adres"),
        "geen_bronnen": _missing(plan.sources.table),
        "open_punten": open_points,
        "geen_open_punten": ""
        if open_points
        else " ".join(each.nothing for each in plan.open_points.lists),
    }


def _consent(consent: ConsentContent) -> dict[str, Value]:
    return {
        "instemming": _fact(consent.facts, "Instemming MR"),
        "vastgesteld": _fact(consent.facts, "Vastgesteld"),
        "ondertekening": tuple(
            {"rol": item.role, "naam": item.name, "datum": item.date} for item in consent.signatures
        ),
        "geen_ondertekening": consent.sign_here,
    }


def _open_points(plan: Scholingsplan) -> Iterator[Item]:
    for each in plan.open_points.lists:
        for point in each.items:
            yield {"onderwerp": each.title, "punt": _CHAPTER.sub("", point)}


def _fact(facts: tuple[Fact, ...], label: str) -> str:
    """The value of the fact with this label; nothing where the content has no such fact."""
    return next((fact.value for fact in facts if fact.label == label), "")


def _facts(facts: tuple[Fact, ...]) -> tuple[Item, ...]:
    return tuple({"kop": fact.label, "tekst": fact.value} for fact in facts)


def _texts(texts: tuple[str, ...]) -> tuple[Item, ...]:
    return tuple({"tekst": each} for each in texts)


def _rows(table: Table, *names: str) -> tuple[Item, ...]:
    """The rows with a name for each column; a column that this plan has not is empty."""
    return tuple(
        {name: row[place] if place < len(row) else "" for place, name in enumerate(names)}
        for row in table.rows
    )


def _missing(table: Table) -> str:
    return "" if table.rows else table.missing
