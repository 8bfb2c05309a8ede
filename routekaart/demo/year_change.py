"""What changes on the way: people come and go, a day moves, and the plan goes along."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from routekaart.actions.mail.reminders import prepare_digests
from routekaart.clock import now, today
from routekaart.demo.school import NEWCOMER, NEWCOMER_EMAIL
from routekaart.demo.year import LEAD, Year, both
from routekaart.demo.year_study_day import further_day
from routekaart.domain.content.wording import counted
from routekaart.models import Person

LEAVER = "Daan"
LATER_DAYS = (
    ("We bouwen elke rekenles op in dezelfde zes stappen.", "Yusuf"),
    ("Elke week een half uur oefenen in een klein groepje.", "Femke"),
    ("Leerlingen plannen hun weektaak zelf, met een vast begin.", "Lotte"),
)


def changes(year: Year) -> None:
    """The autumn in which things go otherwise than planned."""
    days = [date.fromisoformat(day["date"]) for day in year.days()]
    year.on(year.in_month(11, 1), _leave)
    year.on(year.in_month(11, 1), both(_join, _latecomer))
    year.on(year.in_month(11, 15), partial(_return, day=days[2]))
    year.on(year.in_month(11, 16), _move)
    year.on(year.in_month(11, 17), both(_approve_again, _tell_affected))
    year.on(year.before(days[1], 5), _digests)
    further_day(year, 1, *LATER_DAYS[0])


# --- People --------------------------------------------------------------------------------------
def _rows_of(year: Year, name: str) -> list[Mapping[str, Any]]:
    rows = year.lead.items(f"{year.here}/assignments?limit=100")
    return [row for row in rows if row["person"] == year.ids[name]]


def _leave(year: Year) -> str:
    asked = len(_rows_of(year, LEAVER))
    employments = year.admin.items(f"/schools/{year.school}/employments?limit=100")
    mine = next(row for row in employments if row["person"] == year.ids[LEAVER])
    year.admin.delete(f"/employments/{mine['id']}")
    # His key ends with his job here.
    del year.people[LEAVER]
    # How far he was is for nobody to see.
    left = len(_rows_of(year, LEAVER))
    return (
        f"{year.names[LEAVER]} gaat naar een andere school. Van {asked} cursussen staan er nog "
        f"{left} in de lijst van het team. Wat hij af had, blijft op zijn eigen naam."
    )


def _join(year: Year) -> str:
    employment = year.admin.post(
        f"/schools/{year.school}/employments",
        {
            "email": NEWCOMER_EMAIL,
            "name": NEWCOMER,
            "roles": ["member"],
            "functions": ["leerkracht"],
            "fte": 1.0,
            "working_days": [1, 2, 3, 4, 5],
        },
    )
    year.welcome(Person.objects.get(pk=employment["person"]))
    year.admin.post(f"/teams/{year.team}/memberships", {"person": employment["person"]})
    mine = year.people["Fenna"].items("/me/assignments?limit=100")
    return (
        f"{NEWCOMER} begint als leerkracht in het team. De regels geven haar vanzelf "
        f"{counted(len(mine), 'cursus', 'cursussen')}, te beginnen met "
        f"‘{mine[0]['course_title']}’."
    )


def _latecomer(year: Year) -> str:
    address = f"/teams/{year.team}/latecomer-packages?mine=true"
    package = year.people["Fenna"].items(address)[0]
    missed, coming = package["missed"], package["coming"]
    courses = counted(len(missed[0]["preparation"]), "cursus", "cursussen")
    agreements = counted(len(missed[0]["agreements"]), "afspraak", "afspraken")
    return (
        f"Voor Fenna staat een pakket klaar: {counted(len(missed), 'dag', 'dagen')} gemist, met "
        f"{courses}, de opbrengst en {agreements}; {counted(len(coming), 'dag', 'dagen')} "
        "komen nog."
    )


# --- A day moves ---------------------------------------------------------------------------------
def _return(year: Year, day: date) -> str:
    comment = f"De zaal is op {day:%d-%m-%Y} bezet. Kiezen jullie een andere dag?"
    year.director.post(f"{year.here}/return", {"comment": comment})
    return f"{year.names['Ruben']} geeft de routekaart terug: {comment}"


def _move(year: Year) -> str:
    day = year.days()[2]
    new = date.fromisoformat(day["date"]) + timedelta(days=7)
    while not year.calendar.is_open(new):
        new += timedelta(days=1)
    year.lead.patch(f"/study-days/{day['id']}", {"date": new.isoformat()})
    plan = year.lead.post(f"{year.here}/plans")
    sentences = year.lead.get(f"/plans/{plan['id']}/changes")["difference"]["sentences"]
    year.made["plan"] = plan["version"]
    shown = "\n".join(f"- {sentence}" for sentence in sentences[:4])
    more = f"\n- en nog {len(sentences) - 4} veranderingen" if len(sentences) > 4 else ""
    return (
        f"{year.names[LEAD]} kiest {new:%d-%m-%Y} en laat versie {plan['version']} van het plan "
        f"maken. Wat er anders wordt:\n{shown}{more}"
    )


def _approve_again(year: Year) -> str:
    version = year.made["plan"]
    year.director.post(f"{year.here}/approve", {"plan_version": version})
    state = year.lead.post(f"{year.here}/start")["state_label"]
    further_day(year, 2, *LATER_DAYS[1])
    further_day(year, 3, *LATER_DAYS[2])
    return (
        f"{year.names['Ruben']} stelt versie {version} vast; de routekaart is weer {state}. "
        "De notities, afspraken en wat af is gingen mee."
    )


def _tell_affected(year: Year) -> str:
    batch = year.lead.post(f"{year.here}/mail-batches", {"about": "plan"})
    year.lead.post(f"/mail-batches/{batch['id']}/release")
    everyone = year.admin.get(f"/schools/{year.school}/employments")["count"]
    return (
        f"Alleen wie er iets van merkt krijgt mail: {batch['mails']['waiting']} van de "
        f"{everyone} mensen van de school."
    )


# --- Reminders -----------------------------------------------------------------------------------
def _digests(year: Year) -> str:
    people = prepare_digests(today=today(), now=now(), school=UUID(year.school))
    address = f"/mails?school={year.school}&state=queued&limit=100"
    for name in ("Lotte", "Samir", "Femke", "Yusuf", "Iris", "Anna", "Noor"):
        mails = [mail for mail in year.people[name].items(address) if mail["kind"] == "digest"]
        if mails:
            break
    example = "\n".join(f"| {line}" for line in mails[0]["body"].strip().splitlines() if line)
    return (
        f"De dagelijkse herinnering gaat naar {people} collega’s, ieder hoogstens één. "
        f"Die van {year.names[name]}:\n{example}"
    )
