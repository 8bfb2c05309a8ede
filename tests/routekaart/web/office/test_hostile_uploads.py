"""Hostile lists through the page itself: chosen, looked at, and within the limits of the web."""

import re
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.domain.people_import import MOST_PEOPLE
from routekaart.models import AuditEntry, Person
from tests.hostile.corpus import corpus
from tests.hostile.kinds import Hostile
from tests.hostile.texts import row
from tests.hostile.workbook_parts import lines, sheet, workbook
from tests.makers import make_colleague, make_school, make_team
from tests.resident_memory import growth
from tests.tiers import LONG

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MOMENT = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
MOST_SECONDS = 5
MOST_MEGABYTES = 200
# Of the kinds that give much to show; the others are refused before anything is shown.
QUICK = {
    "markup", "many_in_one_cell", "headings", "shared_texts", "formulas", "marks_of_direction",
    "zip_bombs", "half_signs",
}  # fmt: skip


def chosen() -> list[Hostile]:
    every = corpus()
    return every if LONG else list({one.kind: one for one in every if one.kind in QUICK}.values())


def test_hostile_lists_on_the_page(pages: Client) -> None:
    school = make_school(brin="16SW00")
    admin = make_colleague(make_team(school, "Onderbouw"), Role.SCHOOL_ADMIN)
    pages.force_login(admin)
    at = f"/beheer/{school.pk}/medewerkers/inlezen"
    people = Person.objects.count()
    found = []
    for one in chosen():
        # Just past what is taken: the client of a test copies whatever it sends.
        data = one.made()[: settings.UPLOAD_MAX_SIZE + 1]
        file = SimpleUploadedFile("lijst.xlsx", data)
        with standing_at(MOMENT), growth() as grown:
            started = time.process_time()
            answer = pages.post(at, {"lijst": file})
            if answer.status_code == 302:
                answer = pages.get(answer["Location"])
            seconds = time.process_time() - started
        html = answer.content.decode()
        # 413: far too large, refused unread.
        assert answer.status_code in {200, 413, 422}, one
        assert ("<h1>Controleer de lijst</h1>" in html) == (answer.status_code == 200), one
        assert "<script>alert" not in html, one
        assert len(html) < 1_000_000, one
        assert not any(sign in html for sign in "\0\u202e\u2066\ud800"), one
        found.append((round(seconds, 2), grown.megabytes, str(one)))
    assert max(seconds for seconds, _megabytes, _one in found) < MOST_SECONDS
    assert max(megabytes for _seconds, megabytes, _one in found) < MOST_MEGABYTES
    assert Person.objects.count() == people
    with scopes_disabled():
        assert not AuditEntry.objects.filter(action="import_people").exists()


def test_the_longest_list_that_may_be_is_quick_too(pages: Client) -> None:
    school = make_school(brin="16SW00")
    pages.force_login(make_colleague(make_team(school, "Onderbouw"), Role.SCHOOL_ADMIN))
    at = f"/beheer/{school.pk}/medewerkers/inlezen"
    rows = [
        row(e_mail=f"p{number}@x.nl", naam=f"Persoon {number}") for number in range(MOST_PEOPLE)
    ]
    file = SimpleUploadedFile("lijst.xlsx", workbook(sheet=sheet(lines(*rows))))
    with standing_at(MOMENT), growth() as grown:
        started = time.process_time()
        assert pages.post(at, {"lijst": file}).status_code == 302
        html = pages.get(f"{at}/controle").content.decode()
        looked = time.process_time() - started
        assert f"{MOST_PEOPLE} nieuw" in html
        if LONG:
            sign = re.search(r'name="gezien" value="([^"]*)"', html)
            assert sign is not None
            assert pages.post(f"{at}/controle", {"gezien": sign[1]}).status_code == 302
            assert Person.objects.filter(email__startswith="p").count() >= MOST_PEOPLE
    assert looked < MOST_SECONDS
    assert grown.megabytes < MOST_MEGABYTES
