"""How far a study day is, its steps, questions, programme and who missed it, in pages."""

from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.models import Agreement, PreparationNote, ProgrammeBlock, StudyDay, Topic
from tests.makers import employ, join, make_colleague, make_person, make_school, make_team
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
_ZONE = ZoneInfo("Europe/Amsterdam")
MOMENT = datetime(2026, 10, 5, 9, 0, tzinfo=_ZONE)
AFTERWARDS = datetime(2026, 11, 5, 9, 0, tzinfo=_ZONE)


@pytest.fixture(autouse=True)
def _moment() -> Iterator[None]:
    with standing_at(MOMENT):
        yield


@pytest.fixture
def stage() -> Stage:
    return Stage().planned()


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def day(stage: Stage) -> StudyDay:
    with stage.as_lead.entered():
        return StudyDay.objects.get(pk=stage.study_day.pk)


def address(stage: Stage, rest: str) -> str:
    return f"/studiedag/{stage.study_day.pk}/{rest}"


def note(stage: Stage, words: str, **values: Any) -> PreparationNote:
    with stage.as_lead.entered():
        return PreparationNote.objects.create(
            study_day=stage.study_day,
            author=stage.member,
            kind="question",
            text=words,
            shared_at=timezone.now(),
            **values,
        )


def topics(stage: Stage) -> list[tuple[str, str, list[str]]]:
    with stage.as_lead.entered():
        return [
            (one.title, one.state, list(one.notes.values_list("text", flat=True)))
            for one in Topic.objects.order_by("position", "id")
        ]


# --- How far it is -------------------------------------------------------------------------------
def test_what_is_missing_and_where_to_mend_it(pages: Client, stage: Stage) -> None:
    note(stage, "Hoe begin je?")
    pages.force_login(stage.lead)
    shown = text(pages.get(address(stage, "voorbereiding")))
    assert "Er is nog geen programma." in shown
    assert "<li>1 vraag</li>" in shown
    assert "5 werkdagen vooraf</strong>, woensdag 28 oktober 2026: " in shown
    assert 'hx-trigger="every 30s"' in shown
    onward = f'href="/{address(stage, "programma-maken").lstrip("/")}">Verder met: programma</a>'
    assert f'<a class="button" {onward}' in shown
    assert address(stage, "programma-maken") in shown
    part = text(pages.get(address(stage, "voorbereiding"), headers={"HX-Request": "true"}))
    assert "<h1" not in part
    assert "Er is nog geen programma." in part


def test_a_reader_sees_counts_and_no_more(pages: Client, stage: Stage) -> None:
    note(stage, "Hoe begin je?")
    pages.force_login(stage.director)
    shown = text(pages.get(address(stage, "voorbereiding")))
    assert "Er is nog geen programma." in shown
    assert "1 vraag" not in shown
    assert "Zet de dag klaar" not in shown
    refused = pages.post(address(stage, "voorbereiding"), {"doe": "klaar"})
    assert refused.status_code == 403


def test_a_day_is_not_ready_before_it_is(pages: Client, stage: Stage) -> None:
    pages.force_login(stage.trainer)
    answer = pages.post(address(stage, "voorbereiding"), {"doe": "klaar"})
    assert answer.status_code == 422
    assert "Fout: Hoe ver is de studiedag?" in text(answer)
    assert "Er is nog geen programma. Neem het voorstel over" in text(answer)
    assert day(stage).state == "preparing"


def test_the_whole_life_of_a_day(pages: Client, stage: Stage) -> None:
    pages.force_login(stage.trainer)
    pages.post(address(stage, "programma-maken"), sent(stage, pages) | {"doe": "bewaar"})
    steps = address(stage, "voorbereiding")
    pages.post(steps, {"doe": "klaar"})
    assert day(stage).state == "ready"
    assert "Afsluiten kan vanaf woensdag 4 november" in text(pages.get(address(stage, "afsluiten")))
    assert "Sluit de dag af" not in text(pages.get(steps))
    with standing_at(AFTERWARDS):
        assert "Sluit de dag af" in text(pages.get(steps))
        refused = pages.post(address(stage, "afsluiten"), {"opbrengst": "Mooie dag."})
        assert refused.status_code == 422
        assert "Er is nog geen afspraak van deze dag." in text(refused)
        assert "Mooie dag." in text(refused)
        with stage.as_lead.entered():
            Agreement.objects.create(
                routekaart=stage.routekaart,
                study_day=stage.study_day,
                what="Elke les een exit-ticket.",
                whole_team=True,
                due_on=date(2026, 11, 18),
                check_on=date(2026, 12, 2),
            )
        pages.post(address(stage, "afsluiten"), {"opbrengst": "Mooie dag."})
        assert (day(stage).state, day(stage).outcome) == ("closed", "Mooie dag.")
        programme = text(pages.get(address(stage, "programma-maken")))
        assert "Heropen hem eerst" in programme
        assert "Bewaar het programma" not in programme
        shown = text(pages.get(steps))
        assert "Mooie dag." in shown
        assert "every 30s" not in shown
        pages.post(steps, {"doe": "heropenen"})
        pages.post(steps, {"doe": "terug"})
    assert day(stage).state == "preparing"


def test_own_dates_come_after_the_day(pages: Client, stage: Stage) -> None:
    pages.force_login(stage.lead)
    wrong = pages.post(
        address(stage, "vervolg"), {"vervolg": "2026-11-01", "evaluatie": "gisteren"}
    )
    assert wrong.status_code == 422
    assert "Vul een datum in" in text(wrong)
    early = pages.post(address(stage, "vervolg"), {"vervolg": "2026-11-01"})
    assert "Vervolgmoment: Kies een datum na de studiedag" in text(early)
    pages.post(address(stage, "vervolg"), {"vervolg": "2026-12-01", "evaluatie": ""})
    assert (day(stage).follow_up_on, day(stage).evaluation_on) == (date(2026, 12, 1), None)


# --- Questions -----------------------------------------------------------------------------------
def test_notes_are_gathered_and_get_a_place(pages: Client, stage: Stage) -> None:
    first, second = note(stage, "Hoe geef je complimenten?"), note(stage, "Werkt een sticker?")
    pages.force_login(stage.trainer)
    where = address(stage, "vragen")
    nameless = pages.post(
        where, {"doe": "bundel", "notitie": [first.pk], "onderwerp": "nieuw", "revisie": 0}
    )
    assert nameless.status_code == 422
    assert "Geef het nieuwe onderwerp een naam." in text(nameless)
    pages.post(
        where,
        {
            "doe": "bundel",
            "notitie": [first.pk],
            "onderwerp": "nieuw",
            "titel": "Belonen",
            "revisie": 0,
        },
    )
    with stage.as_lead.entered():
        topic = Topic.objects.get()
    more = {"doe": "bundel", "notitie": [second.pk], "onderwerp": topic.pk}
    stale = pages.post(where, more | {"revisie": 0})
    assert stale.status_code == 422
    assert "Iemand anders heeft het programma of de onderwerpen intussen gewijzigd." in text(stale)
    pages.post(where, more | {"revisie": 1})
    assert topics(stage) == [("Belonen", "open", [first.text, second.text])]
    about = {"onderwerp": topic.pk, "revisie": 2}
    pages.post(where, about | {"doe": "eruit", "notitie": first.pk})
    assert topics(stage) == [("Belonen", "open", [second.text])]
    empty = pages.post(where, {"onderwerp": topic.pk, "revisie": 3, "doe": "antwoord"})
    assert empty.status_code == 422
    assert f'href="#antwoord-{topic.pk}"' in text(empty)
    for revision, (doe, values, state) in enumerate(
        [
            ("parkeren", {}, "parked"),
            ("openen", {}, "open"),
            ("antwoord", {"antwoord": "Ja."}, "answered"),
            ("naam", {"titel": "Beloningen"}, "answered"),
        ],
        start=3,
    ):
        posted = {"onderwerp": topic.pk, "revisie": revision, "doe": doe, **values}
        assert pages.post(where, posted).status_code == 302
        assert topics(stage)[0][1] == state
    assert topics(stage)[0][0] == "Beloningen"


def test_topics_are_placed_in_the_programme_and_merged(pages: Client, stage: Stage) -> None:
    pages.force_login(stage.trainer)
    pages.post(address(stage, "programma-maken"), sent(stage, pages) | {"doe": "bewaar"})
    with stage.as_lead.entered():
        one = Topic.objects.create(study_day=stage.study_day, title="Een", position=1)
        two = Topic.objects.create(study_day=stage.study_day, title="Twee", position=2)
        block = ProgrammeBlock.objects.filter(study_day=stage.study_day)[0]
    where = address(stage, "vragen")
    pages.post(where, {"doe": "plaatsen", "onderwerp": one.pk, "onderdeel": block.pk, "revisie": 1})
    assert topics(stage) == [("Een", "scheduled", []), ("Twee", "open", [])]
    assert f"In het programma: 08.30 {block.title}" in text(pages.get(where))
    pages.post(where, {"doe": "samenvoegen", "onderwerp": two.pk, "samen": one.pk, "revisie": 2})
    assert topics(stage) == [("Een / Twee", "scheduled", [])]


def test_a_member_votes_and_gathers_nothing(pages: Client, stage: Stage) -> None:
    one = note(stage, "Hoe begin je?")
    with stage.as_lead.entered():
        topic = Topic.objects.create(study_day=stage.study_day, title="Een")
    pages.force_login(stage.member)
    where = address(stage, "vragen")
    shown = text(pages.get(where))
    assert "onderwerpen.js" not in shown
    assert "Geef dit een plek" not in shown
    about = {"onderwerp": topic.pk, "revisie": 0}
    assert "1 stem</p>" in text(pages.post(where, about | {"doe": "stem"}, follow=True))
    assert "Haal mijn stem eraf" in text(pages.get(where))
    pages.post(where, about | {"doe": "stem-terug"})
    assert "Hier wil ik over praten" in text(pages.get(where))
    for refused in (
        about | {"doe": "parkeren"},
        {"doe": "bundel", "notitie": [one.pk], "onderwerp": topic.pk, "revisie": 0},
    ):
        assert pages.post(where, refused).status_code == 403
    assert topics(stage) == [("Een", "open", [])]


def test_an_answer_that_was_refused_is_still_there(pages: Client, stage: Stage) -> None:
    with stage.as_lead.entered():
        topic = Topic.objects.create(study_day=stage.study_day, title="Een")
    pages.force_login(stage.trainer)
    sent = {"doe": "antwoord", "onderwerp": topic.pk, "revisie": 7, "antwoord": "Zo doe je dat."}
    answer = pages.post(address(stage, "vragen"), sent)
    assert answer.status_code == 422
    assert ">Zo doe je dat.</textarea>" in text(answer)


# --- The programme -------------------------------------------------------------------------------
def sent(stage: Stage, pages: Client) -> dict[str, str]:
    """What the form of the suggested programme sends."""
    shown = pages.get(address(stage, "programma-maken"))
    data = {"revisie": str(shown.context["revision"])}
    for row in shown.context["rows"]:
        form = row.form
        for name in form.fields:
            data[form.add_prefix(name)] = str(form[name].value() or "")
    return data


def blocks(stage: Stage) -> list[tuple[str, str, int, str]]:
    with stage.as_lead.entered():
        return [
            (f"{one.starts_at:%H:%M}", one.title, one.minutes, one.track)
            for one in ProgrammeBlock.objects.order_by("starts_at", "track")
        ]


def test_a_number_that_is_far_too_long_is_only_too_many_minutes(
    pages: Client, stage: Stage
) -> None:
    pages.force_login(stage.trainer)
    long = "9" * 5000
    posted = sent(stage, pages) | {"blok-0-minuten": long}
    where = address(stage, "programma-maken")
    for doe, status in (("bewaar", 422), ("reken", 200), (f"omlaag-{long}", 200)):
        assert pages.post(where, posted | {"doe": doe}).status_code == status
    assert blocks(stage) == []


def test_the_suggestion_is_stored_as_it_is(pages: Client, stage: Stage) -> None:
    pages.force_login(stage.trainer)
    where = address(stage, "programma-maken")
    assert "Dit is een voorstel." in text(pages.get(where))
    assert blocks(stage) == []
    pages.post(where, sent(stage, pages) | {"doe": "bewaar"})
    stored = blocks(stage)
    assert stored[0][:2] == ("08:30", "Opening")
    assert sum(minutes for _, _, minutes, _ in stored) == 420
    assert "Dit is een voorstel." not in text(pages.get(where))
    assert "Dit is een voorstel." in text(pages.get(f"{where}?voorstel=1"))


def test_rows_move_and_times_follow_before_anything_is_stored(pages: Client, stage: Stage) -> None:
    pages.force_login(stage.trainer)
    where = address(stage, "programma-maken")
    data = sent(stage, pages)
    second = data["blok-1-titel"]
    moved = pages.post(where, data | {"doe": "omhoog-1"})
    first = moved.context["rows"][0]
    assert (first.form["titel"].value(), first.begins) == (second, "08.30")
    added = pages.post(where, data | {"doe": "erbij-0"})
    assert len(added.context["rows"]) == len(moved.context["rows"]) + 1
    assert "te lang" in text(added)
    gone = pages.post(where, data | {"doe": "weg-0"})
    assert "te vullen" in text(gone)
    assert "Van 14.40 tot 15.30 staat er niets" in text(gone)
    assert pages.post(where, data | {"doe": "omlaag-999"}).status_code == 200
    assert blocks(stage) == []


def test_parallel_groups_with_members_and_a_room_twice(pages: Client, stage: Stage) -> None:
    pages.force_login(stage.trainer)
    where = address(stage, "programma-maken")
    data = {"revisie": "0"}
    for place, (title, minutes, track) in enumerate(
        [("Start", 60, ""), ("Lezen", 300, "Rood"), ("Rekenen", 300, "Blauw"), ("Eind", 60, "")]
    ):
        data |= {
            f"blok-{place}-titel": title,
            f"blok-{place}-minuten": str(minutes),
            f"blok-{place}-soort": "practice",
            f"blok-{place}-groep": track,
            f"blok-{place}-ruimte": "Aula" if track else "",
            f"blok-{place}-begeleider": str(stage.trainer.pk) if title == "Lezen" else "",
        }
    data |= {f"lid-{stage.lead.pk}": "Rood", f"lid-{stage.member.pk}": "Blauw"}
    clash = pages.post(where, data | {"doe": "bewaar"})
    assert clash.status_code == 422
    assert "staan allebei in Aula. Kies een andere ruimte." in text(clash)
    assert "Fout: Programma maken" in text(clash)
    assert blocks(stage) == []
    data["blok-2-ruimte"] = "Lokaal 4"
    pages.post(where, data | {"doe": "bewaar"})
    assert blocks(stage) == [
        ("08:30", "Start", 60, ""),
        ("09:30", "Rekenen", 300, "Blauw"),
        ("09:30", "Lezen", 300, "Rood"),
        ("14:30", "Eind", 60, ""),
    ]
    with stage.as_lead.entered():
        people = {
            (block.title, person.name, row.leads)
            for block in ProgrammeBlock.objects.all()
            for row in block.person_rows.all()
            for person in [row.person]
        }
    assert people == {
        ("Lezen", "Tess Trainer", True),
        ("Lezen", "Lies Leider", False),
        ("Rekenen", "Mo Lid", False),
    }
    assert sent(stage, pages)["blok-2-begeleider"] == str(stage.trainer.pk)
    assert pages.get(where).context["undivided"] == 0


def test_every_row_says_what_is_wrong_with_it(pages: Client, stage: Stage) -> None:
    pages.force_login(stage.trainer)
    where = address(stage, "programma-maken")
    data = sent(stage, pages) | {"doe": "bewaar", "blok-0-titel": "", "blok-1-minuten": "veel"}
    wrong = pages.post(where, data)
    assert wrong.status_code == 422
    assert 'href="#id_blok-0-titel"' in text(wrong)
    assert "Onderdeel 2, Minuten:" in text(wrong)
    assert 'value="veel"' in text(wrong)
    none = pages.post(where, {"doe": "bewaar", "revisie": "0"})
    assert "Maak eerst een onderdeel." in text(none)
    stale = pages.post(where, sent(stage, pages) | {"doe": "bewaar", "revisie": "7"})
    assert "Iemand anders heeft het programma" in text(stale)


def test_another_school_finds_nothing(pages: Client, stage: Stage) -> None:
    pages.force_login(make_colleague(make_team(make_school(name="Elders")), Role.TRAINER))
    for rest in ("voorbereiding", "vervolg", "afsluiten", "vragen", "programma-maken"):
        assert pages.get(address(stage, rest)).status_code == 404
        assert pages.post(address(stage, rest), {"doe": "klaar"}).status_code == 404
    assert pages.get(f"/routekaart/{stage.routekaart.pk}/later-ingestapt").status_code == 404


def test_an_ended_session_loses_no_programme(pages: Client, stage: Stage) -> None:
    pages.force_login(stage.trainer)
    where = address(stage, "programma-maken")
    data = sent(stage, pages) | {"blok-0-titel": "Welkom"}
    token = text(pages.get(where)).split('name="voor_wie" value="')[1].split('"')[0]
    pages.logout()
    pages.post(where, data | {"doe": "bewaar", "voor_wie": token})
    # Signing in keeps the session of a visitor.
    pages.force_login(stage.trainer)
    shown = text(pages.get(where))
    assert 'value="Welkom"' in shown
    assert "Nog niet bewaard." in shown


# --- Latecomers ----------------------------------------------------------------------------------
def newcomer(stage: Stage, name: str) -> None:
    person = make_person(name)
    employ(person, stage.school)
    join(person, stage.team, date(2026, 11, 20))


def test_who_joins_later_gets_what_the_team_did(pages: Client, stage: Stage) -> None:
    with stage.as_lead.entered():
        StudyDay.objects.filter(pk=stage.study_day.pk).update(outcome="We geven tips.")
        Topic.objects.create(
            study_day=stage.study_day, title="Belonen", state="answered", answer="Met mate."
        )
    pages.force_login(stage.member)
    where = f"/routekaart/{stage.routekaart.pk}/later-ingestapt"
    assert "Niemand miste nog een studiedag." in text(pages.get(where))
    newcomer(stage, "Nina Nieuw")
    with standing_at(datetime(2026, 12, 1, 9, 0, tzinfo=_ZONE)):
        shown = text(pages.get(where))
    for part in ("Nina Nieuw", "We geven tips.", "Belonen", "Met mate.", "Complimenten geven"):
        assert part in shown


def test_many_take_as_many_queries_as_few(pages: Client, stage: Stage) -> None:
    pages.force_login(stage.trainer)
    newcomer(stage, "Nina Nieuw")
    note(stage, "Een vraag")
    counted: list[list[int]] = []
    with standing_at(datetime(2026, 12, 1, 9, 0, tzinfo=_ZONE)):
        for more in (0, 30):
            for number in range(more):
                newcomer(stage, f"Nieuw {number}")
                note(stage, f"Vraag {number}")
            numbers = []
            for page in (
                f"/routekaart/{stage.routekaart.pk}/later-ingestapt",
                address(stage, "vragen"),
                address(stage, "voorbereiding"),
            ):
                with CaptureQueriesContext(connection) as queries:
                    assert pages.get(page).status_code == 200
                numbers.append(len([one for one in queries if "cataloguestate" not in one["sql"]]))
            counted.append(numbers)
    assert counted[0] == counted[1]
    assert max(counted[1]) <= 15
