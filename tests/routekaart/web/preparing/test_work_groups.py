"""Work groups in pages."""

from html import unescape

import pytest
from django.test import Client

from routekaart.models import WorkGroup
from tests.forms_on_page import sent
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def groups(stage: Stage) -> list[tuple[str, int, list[str]]]:
    with stage.as_lead.entered():
        return [
            (
                group.name,
                group.rhythm_weeks,
                list(group.member_rows.values_list("person__name", flat=True)),
            )
            for group in WorkGroup.objects.order_by("name")
        ]


def test_a_work_group_is_made_changed_and_ended(pages: Client) -> None:
    stage = Stage().accepted()
    pages.force_login(stage.lead)
    base = f"/routekaart/{stage.routekaart.pk}/werkgroepen"
    assert "Er zijn nog geen werkgroepen." in pages.get(base).content.decode()
    # A form can name somebody twice; who is in it is in it once.
    named = [stage.member.pk, stage.member.pk]
    made = {"naam": "Lezen", "ritme": "3", "doel": str(stage.goal.pk), "leden": named}
    assert pages.post(f"{base}/nieuw", made).status_code == 302
    assert groups(stage) == [("Lezen", 3, ["Mo Lid"])]
    with stage.as_lead.entered():
        address = f"/werkgroep/{WorkGroup.objects.get().pk}"
    assert 'value="Lezen"' in pages.get(address).content.decode()
    sent(pages, address, made | {"naam": "Rekenen", "leden": []})
    assert groups(stage) == [("Rekenen", 3, [])]
    pages.post(address, {"doe": "opheffen"})
    assert groups(stage) == []


def test_what_is_refused_stands_at_the_field(pages: Client) -> None:
    stage = Stage().accepted()
    pages.force_login(stage.lead)
    address = f"/routekaart/{stage.routekaart.pk}/werkgroepen/nieuw"
    empty = pages.post(address, {"naam": "", "ritme": "0"})
    assert empty.status_code == 422
    assert "Geef de werkgroep een naam." in empty.content.decode()
    pages.post(address, {"naam": "Lezen", "ritme": "2"})
    taken = pages.post(address, {"naam": "Lezen", "ritme": "2"})
    assert taken.status_code == 422
    assert "Er is al een werkgroep met deze naam." in unescape(taken.content.decode())
    assert len(groups(stage)) == 1


def test_before_the_advice_is_accepted_it_says_why_not(pages: Client) -> None:
    stage = Stage().submitted()
    pages.force_login(stage.lead)
    answer = pages.post(
        f"/routekaart/{stage.routekaart.pk}/werkgroepen/nieuw", {"naam": "Lezen", "ritme": "2"}
    )
    assert answer.status_code == 422
    assert "de routekaart heeft de status ‘ingediend’" in unescape(answer.content.decode())
