"""A study day that builds itself: notes, topics, a programme, and the day with its agreement."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from routekaart.demo.year import LEAD, Year, both
from routekaart.domain.content.wording import counted

NOTES = (
    ("Samir", "finding", "Bij rekenen geef ik feedback vooral aan het eind van de les."),
    ("Lotte", "question", "Hoe geef je feedback zonder dat de rest van de groep stilvalt?"),
    ("Yusuf", "question", "Hoe houd je feedback kort als de groep groot is?"),
    ("Femke", "wish", "Graag oefenen met voorbeelden uit onze eigen lessen."),
    ("Iris", "wish", "Tijd om met mijn leerkracht af te spreken wie wat zegt."),
)
LATE = "Yusuf"
VOTERS = ("Samir", "Lotte", "Yusuf", "Anna")


def first_study_day(year: Year) -> None:
    """The first day, from its notes to its agreement."""
    day = year.days()[0]
    held = date.fromisoformat(day["date"])
    year.on(year.before(held, 8), partial(_notes, day=day))
    year.on(year.before(held, 6), both(partial(_topics, day=day), partial(_votes, day=day)))
    year.on(
        year.before(held, 5), both(partial(_five_before, day=day), partial(_programme, day=day))
    )
    year.on(year.before(held, 1), partial(_one_before, day=day))
    year.on(held, both(partial(_held, day=day), partial(_close, day=day)))


def _notes(year: Year, day: Mapping[str, Any]) -> str:
    address = f"/study-days/{day['id']}/notes"
    goal = year.goal_of(day["id"])
    for name, kind, text in NOTES:
        note = year.people[name].post(address, {"kind": kind, "text": text, "goal": goal})
        year.people[name].post(f"/notes/{note['id']}/share")
    year.people["Anna"].post(address, {"kind": "finding", "text": "Nog even over nadenken."})
    shared = year.trainer.get(address)["count"]
    return (
        f"{shared} collega’s delen een bevinding, vraag of wens voor de studiedag. "
        f"{year.names['Anna']} houdt haar notitie nog voor zichzelf."
    )


def _topics(year: Year, day: Mapping[str, Any]) -> str:
    address = f"/study-days/{day['id']}"
    suggested = year.trainer.items(f"{address}/topic-suggestions")
    made = [
        year.trainer.post(
            f"{address}/topics",
            {
                "programme_revision": _revision(year, day),
                "title": one["title"],
                "goal": one["goal"],
                "notes": one["notes"],
            },
        )
        for one in suggested
    ]
    gone, kept = made[-1], made[-2]
    merged = year.trainer.post(
        f"/topics/{gone['id']}/merge",
        {"programme_revision": _revision(year, day), "into": kept["id"]},
    )
    left = year.trainer.get(f"{address}/topics")["count"]
    return (
        f"{year.names['Tess']} maakt er {len(made)} onderwerpen van en voegt er twee samen "
        f"(nu met {counted(len(merged['notes']), 'notitie', 'notities')}): {left} blijven over."
    )


def _votes(year: Year, day: Mapping[str, Any]) -> str:
    topics = year.trainer.items(f"/study-days/{day['id']}/topics")
    for place, name in enumerate(VOTERS):
        for topic in topics[: 1 + place % 2]:
            year.people[name].post(f"/topics/{topic['id']}/vote")
    found = year.trainer.items(f"/study-days/{day['id']}/topics")
    most = max(found, key=lambda topic: topic["votes"])
    return (
        f"{len(VOTERS)} collega’s stemmen; bovenaan: {most['title']} "
        f"({counted(most['votes'], 'stem', 'stemmen')})."
    )


def _five_before(year: Year, day: Mapping[str, Any]) -> str:
    ready = year.trainer.get(f"/study-days/{day['id']}/readiness")
    todo = [check["text"] for check in ready["checks"] if not check["ok"]]
    moment = ready["moments"][0]
    found = "op orde" if moment["ok"] else "nog niet op orde"
    return f"Vijf werkdagen vooraf is de studiedag {found}. {' '.join(todo)}"


def _programme(year: Year, day: Mapping[str, Any]) -> str:
    stored = _store_programme(year, day)
    blocks = stored["blocks"]
    topics = sum(len(block["topics"]) for block in blocks)
    minutes = sum(block["minutes"] for block in blocks)
    return (
        f"{year.names['Tess']} neemt het voorgestelde programma over: {len(blocks)} blokken vanaf "
        f"{blocks[0]['start'][:5]}, samen {minutes} minuten, met alle {topics} onderwerpen erin."
    )


def _one_before(year: Year, day: Mapping[str, Any]) -> str:
    ready = year.trainer.get(f"/study-days/{day['id']}/readiness")
    moment = ready["moments"][1]
    state = year.trainer.post(f"/study-days/{day['id']}/ready")["state"]
    return (
        f"Een werkdag vooraf: {'alles' if moment['ok'] else 'nog niet alles'} op orde, "
        f"{_preparation(ready)}. "
        f"De studiedag is {'klaar om te beginnen' if state == 'ready' else 'nog niet klaar'}."
    )


def _held(year: Year, day: Mapping[str, Any]) -> str:
    held = date.fromisoformat(day["date"])
    made = year.people["Samir"].post(
        f"{year.here}/agreements",
        {
            "what": "We geven tijdens het werken feedback, en noemen daarbij de volgende stap.",
            "owner": year.ids["Anna"],
            "due_on": year.open_day(held + timedelta(days=42)).isoformat(),
            "check_on": year.open_day(held + timedelta(days=49)).isoformat(),
            "study_day": day["id"],
            "goal": year.goal_of(day["id"]),
        },
    )
    year.on(date.fromisoformat(made["check_on"]), _agreement_returns)
    return (
        f"De studiedag is gehouden. Afspraak: ‘{made['what']}’ {made['owner_name']} let erop, "
        f"uiterlijk {_dutch(made['due_on'])}."
    )


def _agreement_returns(year: Year) -> str:
    mine = year.people["Anna"]
    coming = mine.items("/me/agreements?coming_back=true")
    done = mine.post(
        f"/agreements/{coming[0]['id']}/check",
        {"step": "finish", "note": "In de lesbezoeken gezien, in elke groep."},
    )
    return (
        f"De afspraak van de eerste studiedag komt terug en is {done['state_label']}. "
        f"{done['owner_name']}: {done['checks'][-1]['note']}"
    )


def _close(year: Year, day: Mapping[str, Any]) -> str:
    year.trainer.post(
        f"/study-days/{day['id']}/close",
        {"outcome": "In tweetallen geoefend; iedereen heeft één les om mee te beginnen."},
    )
    ready = year.trainer.get(f"/study-days/{day['id']}/readiness")
    return (
        f"{year.names['Tess']} sluit de dag af. Vervolg op {_dutch(ready['follow_up_on'])}, "
        f"evaluatie op {_dutch(ready['evaluation_on'])}."
    )


# --- The other days, told in one line each -------------------------------------------------------
def further_day(year: Year, number: int, what: str, owner: str) -> None:
    """Another day, in short: programme, ready, agreement, closed."""
    day = year.days()[number]
    held = date.fromisoformat(day["date"])
    year.on(held, partial(_in_short, day=day, what=what, owner=owner))


def _in_short(year: Year, day: Mapping[str, Any], what: str, owner: str) -> str:
    held = date.fromisoformat(day["date"])
    goal = year.goal_of(day["id"])
    _finish_preparation(year, held)
    ready = year.lead.get(f"/study-days/{day['id']}/readiness")
    blocks = _store_programme(year, day)["blocks"]
    year.lead.post(f"/study-days/{day['id']}/ready")
    made = year.lead.post(
        f"{year.here}/agreements",
        {
            "what": what,
            "owner": year.ids[owner],
            "due_on": year.open_day(held + timedelta(days=28)).isoformat(),
            "study_day": day["id"],
            "goal": goal,
        },
    )
    year.lead.post(f"/study-days/{day['id']}/close", {"outcome": "Samen geoefend en besproken."})
    year.made.setdefault("later_agreements", []).append(made["id"])
    kind = "Studiedag" if day["kind"] == "day" else "Studiemiddag"
    return (
        f"{kind} met {len(blocks)} blokken; {_preparation(ready)}. "
        f"{year.names[LEAD]} sluit de dag af. "
        f"Afspraak voor {made['owner_name']}: {what}"
    )


def _preparation(ready: Mapping[str, Any]) -> str:
    asked, done = ready["preparation_asked"], ready["preparation_done"]
    if asked is None:
        return "over de voorbereiding zijn er bij zo weinig mensen geen aantallen"
    return f"van de voorbereiding is {done} van de {asked} keer een cursus af"


def _finish_preparation(year: Year, held: date) -> None:
    """Everyone does what is due before the day, but for one who does not get to it."""
    done_on = year.before(held, 2).isoformat()
    for name, person in year.people.items():
        if name == LATE:
            continue
        for row in person.items("/me/assignments?limit=100&only_open=true"):
            if row["mandatory"] and row["deadline"] and row["deadline"] <= held.isoformat():
                person.post(f"/assignments/{row['id']}/complete", {"done_on": done_on})


def _store_programme(year: Year, day: Mapping[str, Any]) -> Any:
    return year.trainer.post(
        f"/study-days/{day['id']}/programme/suggest", {"programme_revision": _revision(year, day)}
    )


def _revision(year: Year, day: Mapping[str, Any]) -> int:
    found: int = year.trainer.get(f"/study-days/{day['id']}/programme")["programme_revision"]
    return found


def _dutch(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d-%m-%Y}"
