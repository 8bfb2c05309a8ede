"""Choosing one intervention at a time."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from courses import models as tables
from courses.advice import UnknownSlug
from courses.catalogue import forget_catalogue
from routekaart.access import Forbidden, NotFound, school_scope
from routekaart.actions.routekaarten.choices import (
    change_choice,
    choose_intervention,
    drop_intervention,
    swap_intervention,
)
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import AuditEntry, ChosenIntervention
from tests.makers import make_school
from tests.stages import Interrupted, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
A, B, C = "feedback", "zomerschool", "een-op-een-begeleiding"


def chosen(stage: Stage) -> list[tuple[str, dict[str, Any]]]:
    with school_scope([stage.school.pk]):
        rows = ChosenIntervention.objects.filter(routekaart=stage.routekaart)
        return [(row.intervention_id, row.parameters) for row in rows]


def test_each_one_comes_at_the_end_and_once() -> None:
    stage = Stage()
    for slug in (A, B, A):
        choose_intervention(
            by=stage.as_member, routekaart_id=stage.routekaart.pk, intervention=slug
        )
    assert chosen(stage) == [(A, {}), (B, {})]


def test_two_people_who_choose_at_once_both_get_theirs() -> None:
    stage = Stage()

    def meanwhile() -> None:
        choose_intervention(by=stage.as_lead, routekaart_id=stage.routekaart.pk, intervention=B)

    by = Interrupted.by(stage.as_member, meanwhile)
    choose_intervention(by=by, routekaart_id=stage.routekaart.pk, intervention=A)
    assert [slug for slug, _ in chosen(stage)] == [B, A]


def test_dropping_leaves_the_others_as_they_are() -> None:
    stage = Stage()
    stage.choose(A, B)
    known: dict[str, Any] = {"by": stage.as_member, "routekaart_id": stage.routekaart.pk}
    change_choice(**known, intervention=B, values={"parameters": {"weken": 6.0}})
    drop_intervention(**known, intervention=A)
    drop_intervention(**known, intervention=A)
    assert chosen(stage) == [(B, {"weken": 6.0})]


@pytest.mark.parametrize(("there", "then"), [((C, A), [B, A]), ((C, B), [B]), ((A,), [A])])
def test_swapping_takes_its_place(there: tuple[str, ...], then: list[str]) -> None:
    stage = Stage()
    stage.choose(*there)
    swap_intervention(
        by=stage.as_member, routekaart_id=stage.routekaart.pk, intervention=C, instead=B
    )
    assert [slug for slug, _ in chosen(stage)] == then


def test_a_change_names_what_changes_and_takes_figures_back() -> None:
    stage = Stage()
    stage.choose(A, B)
    known: dict[str, Any] = {
        "by": stage.as_member,
        "routekaart_id": stage.routekaart.pk,
        "intervention": A,
    }
    change_choice(**known, values={"programme": "P", "parameters": {"weken": 6.0, "uren": 1.0}})
    change_choice(**known, values={"recognition": "effectief", "parameters": {"weken": None}})
    with school_scope([stage.school.pk]):
        row = ChosenIntervention.objects.get(routekaart=stage.routekaart, intervention=A)
    assert (row.programme, row.recognition, row.parameters) == ("P", "effectief", {"uren": 1.0})
    with pytest.raises(BadInput) as refused:
        change_choice(**known | {"intervention": C}, values={"programme": "P"})
    assert refused.value.code == "intervention_not_chosen"


def test_what_is_refused_changes_nothing() -> None:
    stage = Stage()
    with pytest.raises(UnknownSlug):
        choose_intervention(
            by=stage.as_member, routekaart_id=stage.routekaart.pk, intervention="onzin"
        )
    with pytest.raises(UnknownSlug):
        swap_intervention(
            by=stage.as_member, routekaart_id=stage.routekaart.pk, intervention=A, instead="onzin"
        )
    with pytest.raises(Forbidden):
        choose_intervention(by=stage.as_director, routekaart_id=stage.routekaart.pk, intervention=A)
    elsewhere = Stage(make_school(name="Elders"))
    with pytest.raises(NotFound):
        choose_intervention(by=elsewhere.as_lead, routekaart_id=stage.routekaart.pk, intervention=A)
    assert chosen(stage) == []
    stage.submitted()
    with pytest.raises(Conflict):
        choose_intervention(by=stage.as_lead, routekaart_id=stage.routekaart.pk, intervention=B)
    assert [slug for slug, _ in chosen(stage)] == [A]


def test_what_the_catalogue_retired_stays_until_it_is_dropped() -> None:
    stage = Stage()
    stage.choose(A, B)
    tables.Intervention.objects.filter(pk__in=(A, B)).update(retired_at=timezone.now())
    tables.CatalogueState.objects.all().update(stamp=uuid4())
    forget_catalogue()
    known: dict[str, Any] = {"by": stage.as_member, "routekaart_id": stage.routekaart.pk}
    choose_intervention(**known, intervention=C)
    drop_intervention(**known, intervention=A)
    assert [slug for slug, _ in chosen(stage)] == [B, C]


def test_every_change_is_in_the_log() -> None:
    stage = Stage()
    choose_intervention(by=stage.as_member, routekaart_id=stage.routekaart.pk, intervention=A)
    with school_scope([stage.school.pk]):
        assert list(AuditEntry.objects.values_list("action", flat=True)) == ["change"]
    assert stage.fresh().revision == 2
