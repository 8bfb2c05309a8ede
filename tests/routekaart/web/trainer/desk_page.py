"""Working at a desk without a browser."""

from django.test import Client

from routekaart.actions.advice.desk import save_desk
from routekaart.domain.advice_desk import DeskChange
from routekaart.queries.advice.desk import desk_of
from tests.stages import TODAY, Stage

# What the mapping proposes for the interventions of a stage, and a course that it does not.
OFFERED = "complimenten-geven-en-corrigeren"
OTHER = "de-mindset-theorie-van-carol-dweck"
LOCKED = "feedback-en-toetsen"
STARRED = "notendop-feedback"
OUTSIDE = "flitsbezoeken"


def desk(stage: Stage, rest: str = "") -> str:
    return f"/routekaart/{stage.routekaart.pk}/advies-maken{rest}"


def fields_of(pages: Client, address: str) -> dict[str, str | list[str]]:
    """What a browser would send of the form on a page, untouched."""
    form = pages.get(address).context["form"]
    found: dict[str, str | list[str]] = {}
    for bound in form:
        value = bound.value()
        shown = [str(one) for one in value] if isinstance(value, list) else str(value or "")
        found[bound.html_name] = shown
        if bound.field.show_hidden_initial:
            found[bound.html_initial_name] = shown
    return found


def changes(stage: Stage) -> tuple[DeskChange, ...]:
    return desk_of(by=stage.as_trainer, routekaart_id=stage.routekaart.pk, today=TODAY).changes


def put(stage: Stage, *wanted: DeskChange) -> None:
    now = desk_of(by=stage.as_trainer, routekaart_id=stage.routekaart.pk, today=TODAY)
    save_desk(
        by=stage.as_trainer,
        routekaart_id=stage.routekaart.pk,
        revision=now.revision,
        changes=wanted,
        today=TODAY,
    )


def change(pages: Client, stage: Stage, course: str, **values: object) -> str:
    """Saves a course without JavaScript and gives the desk that is shown then."""
    address = desk(stage, f"/cursus/{course}")
    answer = pages.post(address, fields_of(pages, address) | values)
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == f"{desk(stage)}#cursus-{course}"
    return pages.get(desk(stage)).content.decode()
