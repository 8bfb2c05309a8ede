"""Summer and September: the plan is adopted, people hear what is theirs, and they begin."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from routekaart.demo.client import ApiProblem
from routekaart.demo.year import LEAD, Year, both
from routekaart.domain.content.wording import counted

TOGETHER = ("Femke", "Yusuf", "Daan")
ON_THEIR_OWN = ("Samir", "Lotte")
LISTED = ("Noor", "Anna", "Iris")


def start_of_year(year: Year) -> None:
    """From the approval to the end of September."""
    summer = date(year.calendar.year.start, 7, 6)
    first = year.calendar.open_days[0]
    year.on(summer, partial(_approve, mr_date=summer - timedelta(days=6)))
    year.on(first, _start)
    year.on(first, both(_prepare_mail, _release_mail))
    year.on(year.in_month(9, 6), _indicator)
    year.on(year.in_month(9, 7), _begin)
    year.on(year.in_month(9, 14), both(_together, _confirm))
    year.on(year.in_month(9, 20), both(partial(_dry_run, done_on=year.in_month(9, 16)), _import))
    year.on(year.in_month(9, 21), both(_waive, _counts))


def _approve(year: Year, mr_date: date) -> str:
    year.director.post(f"{year.here}/approve", {"mr_date": mr_date.isoformat(), "plan_version": 1})
    return (
        f"{year.names['Ruben']} (directeur) stelt het plan vast; "
        f"de MR stemde in op {mr_date:%d-%m-%Y}."
    )


def _start(year: Year) -> str:
    state = year.lead.post(f"{year.here}/start")["state_label"]
    return f"{year.names[LEAD]} begint het schooljaar: de routekaart is {state}."


def _prepare_mail(year: Year) -> str:
    batch = year.trainer.post(f"{year.here}/mail-batches", {"about": "assignments"})
    year.made["batch"] = batch["id"]
    mails = counted(batch["mails"]["waiting"], "bericht", "berichten")
    return (
        f"{year.names['Tess']} (trainer) zet mail klaar over de cursussen: {mails}, "
        "nog niets verstuurd."
    )


def _release_mail(year: Year) -> str:
    batch = year.lead.post(f"/mail-batches/{year.made['batch']}/release")
    return (
        f"{year.names[LEAD]} bekijkt wie wat krijgt en geeft de mail vrij: "
        f"{batch['mails']['queued']} berichten gaan op een eigen werkdag weg."
    )


def _indicator(year: Year) -> str:
    goal = year.goals()[0]
    made = year.people["Anna"].post(
        f"/goals/{goal['id']}/indicators",
        {
            "name": "Leerlingen die hun volgende stap kunnen noemen",
            "unit": "%",
            "baseline": 45,
            "baseline_on": year.in_month(9, 1).isoformat(),
            "target": 75,
            "target_on": year.in_month(6, 1).isoformat(),
            "source": "Gesprekjes in elke groep, tien leerlingen",
        },
    )
    year.made["indicator"], year.made["measured_goal"] = made["id"], goal["id"]
    return (
        f"{year.names['Anna']} legt vast waaraan het team het eerste doel afleest: "
        f"{made['name'].lower()}, nu {made['baseline']:g}%, straks {made['target']:g}%."
    )


def _begin(year: Year) -> str:
    titles = []
    for name in ON_THEIR_OWN:
        mine = _open(year, name)[0]
        year.people[name].post(f"/assignments/{mine['id']}/start")
        year.people[name].post(f"/assignments/{mine['id']}/complete", {})
        titles.append(f"{year.names[name]} rondt ‘{mine['course_title']}’ af")
    mine = _open(year, "Yusuf")[-1]
    year.people["Yusuf"].post(f"/assignments/{mine['id']}/start")
    return f"{'; '.join(titles)}; {year.names['Yusuf']} begint aan ‘{mine['course_title']}’."


def _together(year: Year) -> str:
    open_to_all = set.intersection(
        *({row["course"] for row in _open(year, name)} for name in TOGETHER)
    )
    course = next(row for row in _open(year, TOGETHER[0]) if row["course"] in open_to_all)
    made = year.people[TOGETHER[0]].post(
        f"{year.here}/group-completions",
        {
            "course": course["course"],
            "note": "Samen bekeken en meteen een les voorbereid.",
            "persons": [year.ids[name] for name in TOGETHER],
        },
    )
    year.made["together"] = made["id"]
    confirmed = sum(person["confirmed"] is True for person in made["persons"])
    others = " en ".join(year.names[name] for name in TOGETHER[1:])
    return (
        f"{year.names[TOGETHER[0]]} noteert dat ze ‘{made['course_title']}’ deed met {others}: "
        f"het telt nu voor {confirmed} van de {len(made['persons'])}."
    )


def _confirm(year: Year) -> str:
    for name in TOGETHER[1:]:
        year.people[name].post(f"/group-completions/{year.made['together']}/confirm")
    names = " en ".join(year.names[name] for name in TOGETHER[1:])
    return f"{names} bevestigen dat zelf; nu telt het voor alle {len(TOGETHER)}."


def _dry_run(year: Year, done_on: date) -> str:
    rows = [
        f"{name.lower()}@klimboom.example;{_open(year, name)[0]['course']};{done_on:%d-%m-%Y}"
        for name in LISTED
    ]
    year.made["list"] = "\n".join(["e-mail;cursus;datum", *rows])
    wrong = year.made["list"].replace("iris@klimboom", "iris@klimbom")
    found = _read(year, wrong, dry_run=True)
    row = next(row for row in found["rows"] if row["code"])
    return (
        f"{year.names[LEAD]} probeert een lijst van het cursusplatform uit: {found['new']} nieuw, "
        f"{found['errors']} fout, niets opgeslagen. Regel {row['line']}: {row['detail']}"
    )


def _import(year: Year) -> str:
    first, again = (_read(year, year.made["list"], dry_run=False) for _ in range(2))
    return (
        f"De verbeterde lijst: {first['new']} afrondingen erbij. Per ongeluk nog een keer "
        f"ingelezen: {again['new']} nieuw, {again['known']} al bekend."
    )


def _read(year: Year, csv: str, *, dry_run: bool) -> Any:
    return year.lead.post(
        f"/schools/{year.school}/completion-imports?dry_run={str(dry_run).lower()}",
        {"csv": csv, "name": "academie-september.csv"},
    )


def _waive(year: Year) -> str:
    course = _open(year, "Bram")[0]
    year.lead.post(
        f"/assignments/{course['id']}/waive",
        {"reason": "Bram gaf hier vorig jaar zelf scholing over."},
    )
    return (
        f"{year.names['Bram']} is vrijgesteld van ‘{course['course_title']}’: "
        "hij gaf er vorig jaar zelf scholing over."
    )


def _counts(year: Year) -> str:
    progress = year.lead.get(f"{year.here}/progress")
    counts = progress["team"]["counts"]
    if progress["people"] is not None:
        raise ApiProblem("De voortgang op naam hoort dicht te zijn.")
    return (
        f"Stand van het team: {counts['done']} keer afgerond, {counts['started']} keer begonnen, "
        f"{counts['waived']} keer vrijgesteld, {counts['assigned']} keer nog te doen. "
        "Alleen aantallen: de PMR heeft namen niet vrijgegeven."
    )


def _open(year: Year, name: str) -> list[Mapping[str, Any]]:
    found = year.people[name].items("/me/assignments?limit=100&only_open=true")
    return [
        row for row in found if row["state"] == "assigned" and row["routekaart"] == year.routekaart
    ]
