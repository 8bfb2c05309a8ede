"""The pages of a school's own Word template."""

import html
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scopes_disabled
from docx import Document

from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.formats.word_template.example import example_template
from routekaart.models import School, WordTemplate
from tests.makers import make_colleague, make_school, make_team
from tests.word_files import text_of, word_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MOMENT = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
GOOD = word_file("{{ team }}, {{ school }}")


class Office:
    """Who runs a school, before the pages of its template."""

    def __init__(self, pages: Client) -> None:
        self.school: School = make_school(name="De Wilg")
        self.admin = make_colleague(make_team(self.school), Role.SCHOOL_ADMIN, name="Ada Beheer")
        self.pages = pages
        pages.force_login(self.admin)
        self.at = f"/beheer/{self.school.pk}/word-sjabloon"

    def choose(self, data: bytes, name: str = "Huisstijl 2026.docx") -> Any:
        return self.pages.post(self.at, {"bestand": SimpleUploadedFile(name, data)})

    def uploaded(self) -> str:
        """The page of a good template."""
        answer = self.choose(GOOD)
        assert answer.status_code == 302
        return str(answer["Location"])

    def html(self, at: str, status: int = 200) -> str:
        answer = self.pages.get(at)
        assert answer.status_code == status
        return text(answer)

    def templates(self) -> list[tuple[str, bool]]:
        with scopes_disabled():
            rows = WordTemplate.objects.filter(school=self.school, removed_at=None)
            return list(rows.values_list("name", "active"))


def text(answer: Any) -> str:
    return html.unescape(" ".join(answer.content.decode().split()))


@pytest.fixture
def office(pages: Client) -> Iterator[Office]:
    with standing_at(MOMENT):
        yield Office(pages)


def test_the_office_leads_there(office: Office) -> None:
    assert f'<a href="{office.at}">Eigen Word-sjabloon</a>' in office.html("/beheer")
    assert "Nog geen sjabloon?" in office.html(office.at)


def test_handing_in_trying_out_and_using(office: Office) -> None:
    at = office.uploaded()
    shown = office.html(at)
    assert "<h1>Huisstijl 2026</h1>" in shown
    assert "Nog niet in gebruik. Bekijk eerst de proef." in shown
    trial = office.pages.get(f"{at}/proef.docx")
    assert trial["Content-Disposition"] == 'attachment; filename="huisstijl-2026-proef.docx"'
    assert text_of(trial.content) == ["Team Onderbouw, Basisschool De Wilg"]
    assert office.pages.get(f"{at}/sjabloon.docx").content == GOOD
    assert office.templates() == [("Huisstijl 2026", False)]
    answer = office.pages.post(at, {"doe": "gebruik"}, follow=True)
    assert "Jullie plannen in Word krijgen de vorm van Huisstijl 2026." in text(answer)
    assert office.templates() == [("Huisstijl 2026", True)]
    assert '<span class="tag done">in gebruik</span>' in office.html(office.at)
    assert '<span class="soft">Huisstijl 2026</span>' in office.html("/beheer")
    office.pages.post(at, {"doe": "stop"})
    assert office.templates() == [("Huisstijl 2026", False)]


def test_what_is_missing_is_a_warning_with_an_example(office: Office) -> None:
    shown = office.html(office.uploaded())
    assert "Het sjabloon werkt, maar een plan is zonder deze velden niet compleet." in shown
    assert (
        "<li><strong>schooljaar</strong>: Het schooljaar. Zo zet je het erin: "
        "<code>{{ schooljaar }}</code></li>"
    ) in shown
    assert "<li><code>team</code> in de tekst</li>" in shown


def test_the_example_has_nothing_missing(office: Office) -> None:
    example = office.pages.get(f"{office.at}/voorbeeld.docx")
    assert example["Content-Disposition"] == 'attachment; filename="voorbeeldsjabloon.docx"'
    assert example.content == example_template()
    answer = office.choose(example.content)
    shown = office.html(answer["Location"])
    assert "Alle velden die een plan nodig heeft, staan erin." in shown
    assert "Dit staat er niet in" not in shown
    trial = Document(io.BytesIO(office.pages.get(f"{answer['Location']}/proef.docx").content))
    assert trial.paragraphs[0].text == "Scholingsplan 2026-2027"


def test_all_faults_are_shown_with_their_place(office: Office) -> None:
    answer = office.choose(word_file("{{ doelstelling }}", "{{ team|safe }}", "{{ school"))
    shown = text(answer)
    assert answer.status_code == 422
    assert "<title>Fout: Eigen Word-sjabloon" in shown
    assert "Word-bestand: In dit sjabloon zitten 3 fouten. Ze staan hieronder." in shown
    assert (
        "<li>Onbekend veld `doelstelling`. Bedoel je `doelen`? "
        '<span class="soft small">In de tekst, bij ‘{{ doelstelling }}’</span></li>'
    ) in shown
    assert "`|safe` kan niet in een sjabloon." in shown
    assert "Hier begint een veld dat niet wordt afgesloten." in shown
    assert office.templates() == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Dit bestand is leeg. Kies een ander bestand."),
        (b"%PDF-1.7", "Dit is geen Word-bestand. Sla het in Word op als .docx."),
        (b"PK\x03\x04" + b"x" * 5_000_001, "Dit bestand is groter dan 5 MB."),
        (b"\xd0\xcf\x11\xe0oud", "Dit is een oud Word-bestand of het heeft een wachtwoord."),
    ],
)
def test_what_is_no_template_is_refused_in_one_sentence(
    office: Office, data: bytes, message: str
) -> None:
    answer = office.choose(data)
    assert answer.status_code == 422
    assert f"Word-bestand: {message}" in text(answer)
    assert "Dit is er mis" not in text(answer)
    assert office.templates() == []


def test_without_a_file(office: Office) -> None:
    answer = office.pages.post(office.at, {})
    assert answer.status_code == 422
    assert "Word-bestand: Kies een bestand." in text(answer)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../<b>x.docx", "<b>x"),
        (".docx", ".docx"),
        ("  .docx", "Sjabloon"),
        ("a" * 300 + ".docx", "a"),
    ],
)
def test_the_name_of_the_file_is_only_a_name(office: Office, name: str, shown: str) -> None:
    answer = office.choose(GOOD, name)
    assert answer.status_code == 302
    ((stored, _active),) = office.templates()
    assert stored.strip("a") == shown.strip("a")
    assert len(stored) <= 200
    assert "<b>" not in office.pages.get(answer["Location"]).content.decode()


def test_removing_asks_first(office: Office) -> None:
    at = office.uploaded()
    office.pages.post(at, {"doe": "gebruik"})
    shown = office.html(f"{at}/weg")
    assert "Nieuwe plannen krijgen dan weer de gewone vorm." in shown
    assert office.templates() == [("Huisstijl 2026", True)]
    answer = office.pages.post(f"{at}/weg", follow=True)
    assert "Huisstijl 2026 is weggehaald." in text(answer)
    assert office.templates() == []
    office.html(at, 404)


def test_every_field_is_explained(office: Office) -> None:
    shown = office.html(f"{office.at}/velden")
    assert "<code>{{ schooljaar }}</code>" in shown
    assert "<code>{% for doel in doelen %} {{ doel.doel }} {% endfor %}</code>" in shown
    assert (
        "<code>{% for interventie in doel.interventies %} {{ interventie.titel }} {% endfor %}"
    ) in shown
    assert "<code>{{ interventie.effect }}</code>" in shown


def test_many_templates_take_no_more_queries(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        office.choose(word_file("{{ team }}", str(number)))
    with django_assert_max_num_queries(15) as few:
        office.html(office.at)
    most = len(few)
    for number in range(3, 15):
        office.choose(word_file("{{ team }}", str(number)))
    with django_assert_max_num_queries(most):
        office.html(office.at)


def test_somebody_else_does_not_get_there(office: Office) -> None:
    at = office.uploaded()
    other = make_colleague(make_team(office.school, "B"), Role.TEAM_LEAD)
    office.pages.force_login(other)
    for address, status in (
        (office.at, 403), (f"{office.at}/velden", 403), (f"{office.at}/voorbeeld.docx", 403),
        (at, 404), (f"{at}/weg", 404), (f"{at}/proef.docx", 404), (f"{at}/sjabloon.docx", 404),
    ):  # fmt: skip
        assert office.pages.get(address).status_code == status
    assert office.choose(GOOD).status_code == 403
    assert office.pages.post(f"{at}/weg").status_code == 404
