"""The demo school lives through its year, and can do so again."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.utils import timezone

from routekaart.access import Role, school_scope
from routekaart.clock import standing_at
from routekaart.demo.in_process import InProcess
from routekaart.demo.school import (
    NEWCOMER_EMAIL,
    PEOPLE,
    STORY_TOKEN_NAME,
    DemoSchool,
    forget_routekaarten,
    load_demo_school,
)
from routekaart.demo.story import Told, tell_until_plan
from routekaart.demo.whole_year import tell_year
from routekaart.demo.year import YEAR_TOKEN_NAME
from routekaart.domain.calendar import SchoolYear
from routekaart.models import (
    ApiToken,
    Assignment,
    Goal,
    Mail,
    Person,
    PlgMeeting,
    PreparationNote,
    Routekaart,
    StudyDay,
    TeamMembership,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

SPRING = datetime(2027, 5, 11, 9, tzinfo=timezone.get_default_timezone())
# What each line says, in the order of the year; in between stand titles of the catalogue.
STORY = (
    r"06-07-2027 Ruben Stamhuis \(directeur\) stelt het plan vast; de MR stemde in op 30-06-2027\.",
    r"30-08-2027 Noor Takkenberg begint het schooljaar: de routekaart is in uitvoering\.",
    r"30-08-2027 Tess .*: 10 berichten, nog niets verstuurd\. Noor .*: 10 berichten gaan .* weg\.",
    r"06-09-2027 Anna Nerfveld legt vast .* nu 45%, straks 75%\.",
    r"07-09-2027 Samir .* rondt ‘.*’ af; Lotte .* rondt ‘.*’ af; Yusuf .* begint aan ‘.*’\.",
    r"14-09-2027 Femke .* telt nu voor 1 van de 3\. Yusuf .* nu telt het voor alle 3\.",
    (
        r"20-09-2027 Noor .* 2 nieuw, 1 fout, niets opgeslagen\. Regel 4: Dit e-mailadres .*"
        r" 3 afrondingen erbij\. .* 0 nieuw, 3 al bekend\."
    ),
    (
        r"21-09-2027 Bram .* is vrijgesteld van ‘.*’.* 8 keer afgerond, 1 keer begonnen, "
        r"1 keer vrijgesteld, \d+ keer nog te doen\. Alleen aantallen: .*"
    ),
    r"\d\d-09-2027 5 collega’s delen een bevinding, vraag of wens .* Anna .* voor zichzelf\.",
    (
        r"\d\d-09-2027 Tess .* maakt er 4 onderwerpen van .*: 3 blijven over\. 4 .* stemmen; "
        r"bovenaan: Vragen over ‘groep’ \(4 stemmen\)\."
    ),
    (
        r"\d\d-09-2027 Vijf .* vooraf is de studiedag op orde\. Er is nog geen programma\..* "
        r"samen 420 minuten, met alle 3 onderwerpen erin\."
    ),
    r"04-10-2027 Een werkdag vooraf: alles op orde, .* 6 van de 6 .* De studiedag is klaar .*",
    (
        r"05-10-2027 De studiedag is gehouden\. Afspraak: ‘.*’ Anna Nerfveld let erop, uiterlijk "
        r"16-11-2027\. Tess .* sluit de dag af\. Vervolg op .*, evaluatie op .*"
    ),
    r"07-10-2027 De PLG ‘Feedback in de les’ begint met 6 leden en \d+ bijeenkomsten.*",
    r"01-11-2027 Daan .* Van 4 cursussen staan er nog 0 in de lijst .*",
    (
        r"01-11-2027 Fenna .* 4 cursussen, te beginnen met ‘.*’\. .* 1 dag gemist, met 1 cursus, "
        r"de opbrengst en 1 afspraak; 3 dagen komen nog\."
    ),
    r"\d\d-11-2027 Anna .* 3 van de 4 vragen hebben een antwoord.* Lotte .* kiest een stapje .*",
    r"\d\d-11-2027 Noor .* neemt 6 voorgestelde lesbezoeken over, zonder botsingen .*",
    r"\d\d-11-2027 .* is op lesbezoek geweest bij .* Alleen zij tweeën lezen de notitie daarvan\.",
    (
        r"10-11-2027 Noor .* 6 collega’s vullen hem in.* met 6 antwoorden\. Het sterkst: .* "
        r"\(3,5\)\. Begin met: .*"
    ),
    r"15-11-2027 Ruben .* geeft de routekaart terug: De zaal is op 16-02-2028 bezet\..*",
    (
        r"16-11-2027 Noor .* kiest 23-02-2028 en laat versie 2 .*\n"
        r"- De studiemiddag van woensdag 16 februari 2028 verschuift naar woensdag 23 februari 2028"
        r"(.*\n- ){4}en nog \d+ veranderingen"
    ),
    (
        r"17-11-2027 Ruben .* stelt versie 2 vast; de routekaart is weer in uitvoering\. .* "
        r"krijgt mail: 10 van de 13 mensen van de school\."
    ),
    r"23-11-2027 De afspraak .* komt terug en is nagekomen\. Anna Nerfveld: .*",
    r"\d\d-11-2027 Lotte Bladerdijk heeft het geprobeerd: .*",
    r"\d\d-11-2027 De PLG komt weer bijeen .* alle 4 vragen\. Daarmee is ze afgerond: .*",
    (
        r"02-12-2027 De dagelijkse herinnering gaat naar 8 collega’s, ieder hoogstens één\. .*\n"
        r"\| Hallo,\n(\| .*\n)*\| - Studiedag: donderdag 9 december 2027\."
    ),
    r"09-12-2027 Studiedag met \d+ blokken; .* 8 van de 9 .* Afspraak voor Yusuf Schorsma: .*",
    r"17-01-2028 Meting: van 45% naar 62%, dichterbij .* 75%\. Besluit van het team: doorgaan\..*",
    r"23-02-2028 Studiemiddag met \d+ blokken; .* 6 van de 6 .* Afspraak voor Femke Zaadhof: .*",
    r"10-04-2028 Studiedag met \d+ blokken; .* van de \d+ .* Afspraak voor Lotte Bladerdijk: .*",
    r"13-06-2028 Het team kijkt terug op de afspraken: 3 nagekomen, 1 loopt nog\.",
    r"\d\d-0[67]-2028 Noor .* sluit het jaar: de routekaart is afgerond\. 32 van de 36 .*",
    r"03-07-2028 Eén open doel gaat mee naar 2028-2029 \(concept\), met 1 afspraak .*: Wij .*",
    (
        r"03-07-2028 Zo staat het in het logboek.*:\n"
        r"- Noor Takkenberg nam een afspraak mee naar het volgende schooljaar\.\n"
        r"- Noor Takkenberg rondde de routekaart af\.\n"
        r"(- Noor .*\n){2}- Noor .*"
    ),
)


def until_plan(demo: DemoSchool) -> Told:
    steps = tell_until_plan(
        lead=InProcess(demo.account(Role.TEAM_LEAD).token),
        trainer=InProcess(demo.account(Role.TRAINER).token),
        team=str(demo.team.pk),
        region=demo.school.region,
        today=SPRING.date(),
    )
    with standing_at(SPRING):
        while True:
            try:
                next(steps)
            except StopIteration as end:
                told: Told = end.value
                return told


def lines_of_the_year() -> Iterator[str]:
    demo = load_demo_school(token_name=STORY_TOKEN_NAME)
    forget_routekaarten(demo.team)
    told = until_plan(demo)
    assert told.year == SchoolYear(2027)
    yield from tell_year(demo, told.routekaart, told.year)


def told_otherwise(lines: list[str]) -> list[str]:
    return [line for line, said in zip(lines, STORY, strict=True) if not re.fullmatch(said, line)]


def what_the_tables_hold(demo: DemoSchool) -> dict[str, object]:
    with school_scope([demo.school.pk]):
        return {
            "routekaarten": list(
                Routekaart.objects.order_by("school_year").values_list("school_year", "state")
            ),
            "days": list(StudyDay.objects.order_by("date").values_list("state", flat=True)),
            "meetings": set(PlgMeeting.objects.values_list("state", flat=True)),
            "notes": PreparationNote.objects.count(),
            "carried": Goal.objects.filter(carried_from__isnull=False).count(),
            "assignments": Assignment.objects.count(),
            "mails": Mail.objects.filter(school=demo.school).count(),
            "members": TeamMembership.objects.filter(team=demo.team).count(),
            "tokens": ApiToken.objects.filter(name=YEAR_TOKEN_NAME).count(),
        }


def test_the_year_is_told_and_told_again() -> None:
    first = list(lines_of_the_year())
    assert told_otherwise(first) == []
    days = [datetime.strptime(line[:10], "%d-%m-%Y").date() for line in first]  # noqa: DTZ007  (a date has no zone)
    assert days == sorted(days)
    demo = load_demo_school(token_name=STORY_TOKEN_NAME)
    held = what_the_tables_hold(demo)
    assert held | {"assignments": 0, "mails": 0} == {
        "routekaarten": [(2027, "closed"), (2028, "draft")],
        "days": ["closed"] * 4,
        "meetings": {"held"},
        "notes": 6,
        "carried": 1,
        "assignments": 0,
        "mails": 0,
        # Who left is back, now that the school is loaded again; who joined is still there.
        "members": sum(person.in_team for person in PEOPLE) + 1,
        "tokens": 0,
    }

    again = list(lines_of_the_year())
    assert [line[:10] for line in again] == [line[:10] for line in first]
    assert [
        said for said, line in zip(STORY, again, strict=True) if not re.fullmatch(said, line)
    ] == []
    load_demo_school(token_name=STORY_TOKEN_NAME)
    assert what_the_tables_hold(demo) == held

    forget_routekaarten(demo.team)
    assert Person.objects.filter(email=NEWCOMER_EMAIL).exists() is False
    assert what_the_tables_hold(demo) == {
        "routekaarten": [],
        "days": [],
        "meetings": set(),
        "notes": 0,
        "carried": 0,
        "assignments": 0,
        "mails": 0,
        "members": sum(person.in_team for person in PEOPLE),
        "tokens": 0,
    }
