"""A reflection is for the person alone."""

from datetime import date

import pytest
from django_scopes import scopes_disabled

from routekaart.access import NotFound
from routekaart.actions.progress.reflections import write_reflection
from routekaart.models import AuditEntry, Completion, Reflection
from tests.progressed import known, logged
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def texts() -> list[str]:
    with scopes_disabled():
        return list(Reflection.objects.values_list("text", flat=True))


def made() -> tuple[Stage, Completion]:
    stage = Stage()
    return stage, known(stage.school, stage.member, date(2026, 10, 1))


def test_written_changed_and_taken_away(catalogue: object) -> None:  # noqa: ARG001
    stage, completion = made()
    for text, kept in (("Eén", ["Eén"]), ("Eén", ["Eén"]), ("Twee", ["Twee"]), ("", [])):
        write_reflection(by=stage.as_member, completion_id=completion.pk, text=text)
        assert texts() == kept
    # The repeat is no action, and none of it stands in a team's history.
    assert logged(stage.school) == ["write_reflection"] * 3
    with scopes_disabled():
        assert not AuditEntry.objects.exclude(routekaart=None).exists()


def test_not_by_who_may_note_things_for_somebody(catalogue: object) -> None:  # noqa: ARG001
    stage, completion = made()
    for by in (stage.as_lead, stage.as_trainer, Stage().as_member):
        with pytest.raises(NotFound):
            write_reflection(by=by, completion_id=completion.pk, text="Van een ander")
    assert texts() == []
