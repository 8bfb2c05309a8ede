"""Learning together after a study day: the PLG, small steps, lesson visits and the scan."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from routekaart.demo.year import LEAD, Year, both

MEMBERS = ("Noor", "Samir", "Lotte", "Femke", "Yusuf", "Anna")
ANSWERS = (
    "Onze leerlingen kunnen aan het eind van de les zelf zeggen wat al lukt.",
    "We luisteren mee bij vijf leerlingen en schrijven op wat ze zeggen.",
    "We spreken dezelfde week nog een tweede uitleg af, in een klein groepje.",
    "",
)
LAST_ANSWER = "Wie het al beheerst, legt het uit aan een ander en bedenkt zelf een voorbeeld."
NO_ANSWER = "Daar kwamen we niet aan toe; volgende keer beginnen we ermee."
# What most people think of each trait, from one to four; half of them a point more.
SCORES = (3, 3, 2, 1, 2, 3)


def learning_together(year: Year) -> None:
    """From the first study day to the autumn, with the dates that the PLG itself plans."""
    held = date.fromisoformat(year.days()[0]["date"])
    year.on(year.open_day(held + timedelta(days=2)), _start_plg)
    year.on(year.in_month(11, 10), both(_open_scan, _close_scan))


def _start_plg(year: Year) -> str:
    cycle = year.lead.post(
        f"{year.here}/plg-cycles",
        {
            "name": "Feedback in de les",
            "goal": year.goal_of(year.days()[0]["id"]),
            "members": [year.ids[name] for name in MEMBERS],
        },
    )
    year.made["plg"] = f"/plg-cycles/{cycle['id']}"
    year.lead.post(f"{year.made['plg']}/start")
    meetings = year.lead.items(f"{year.made['plg']}/meetings?limit=100")
    first = date.fromisoformat(meetings[0]["date"])
    meeting = meetings[0]["id"]
    year.on(
        first, both(partial(_hold_meeting, meeting=meeting), partial(_choose_step, meeting=meeting))
    )
    for later in meetings[1:]:
        last = later is meetings[-1]
        year.on(
            date.fromisoformat(later["date"]),
            partial(_hold_later_meeting, meeting=later["id"], last=last),
        )
    return (
        f"De PLG ‘{cycle['name']}’ begint met {len(cycle['members'])} leden en "
        f"{len(meetings)} bijeenkomsten, om de {cycle['rhythm_weeks']} weken; "
        f"de eerste op {first:%d-%m-%Y}."
    )


def _hold_meeting(year: Year, meeting: str) -> str:
    closed = _close_meeting(year, meeting, ANSWERS)
    day = date.fromisoformat(closed["date"])
    year.on(year.open_day(day + timedelta(days=1)), _plan_visits)
    answered = sum(bool(answer["text"]) for answer in closed["answers"])
    return (
        f"{year.names['Anna']} sluit de bijeenkomst af: {answered} van de "
        f"{len(closed['answers'])} vragen hebben een antwoord, bij de laatste staat waarom nog "
        "niet."
    )


def _hold_later_meeting(year: Year, meeting: str, *, last: bool) -> str:
    _close_meeting(year, meeting, (*ANSWERS[:-1], LAST_ANSWER))
    text = f"De PLG komt weer bijeen en beantwoordt alle {len(ANSWERS)} vragen."
    if not last:
        return text
    closed = year.lead.post(
        f"{year.made['plg']}/close",
        {"outcome": "We weten van elkaars lessen wat werkt, en blijven bij elkaar kijken."},
    )
    return f"{text} Daarmee is ze afgerond: {closed['outcome']}"


def _close_meeting(year: Year, meeting: str, texts: Sequence[str]) -> Any:
    agenda = year.people["Anna"].get(f"/plg-meetings/{meeting}")["agenda"]
    questions = [item["question"] for item in agenda if item["kind"] == "question"]
    answers = [
        {"question": question, "text": text, "not_answered_because": "" if text else NO_ANSWER}
        for question, text in zip(questions, texts, strict=True)
    ]
    return year.people["Anna"].post(
        f"/plg-meetings/{meeting}/close",
        {"answers": answers, "decisions": "We kijken bij elkaar en vertellen wat we zien."},
    )


def _choose_step(year: Year, meeting: str) -> str:
    step = year.people["Lotte"].post(
        f"{year.made['plg']}/micro-steps",
        {"text": "Drie leerlingen per les vragen wat hun volgende stap is.", "meeting": meeting},
    )
    by = date.fromisoformat(step["try_by"])
    year.on(year.before(by, 1), partial(_try_step, step=step["id"]))
    return f"{year.names['Lotte']} kiest een stapje tot {by:%d-%m-%Y}: {step['text']}"


def _try_step(year: Year, step: str) -> str:
    tried = year.people["Lotte"].post(
        f"/micro-steps/{step}/try", {"outcome": "Twee van de drie wisten het meteen."}
    )
    return f"{year.names['Lotte']} heeft het geprobeerd: {tried['outcome']}"


def _plan_visits(year: Year) -> str:
    focus = "Wanneer in de les geeft de leerkracht feedback?"
    first = year.in_month(11, 8)
    suggested = year.lead.post(
        f"{year.made['plg']}/lesson-visits/suggest",
        {"focus": focus, "first_day": first.isoformat()},
    )
    wanted = ("visitor", "host", "focus", "date", "starts_at", "minutes")
    stored = year.lead.post(
        f"{year.made['plg']}/lesson-visits",
        {"visits": [{name: one[name] for name in wanted} for one in suggested["visits"]]},
    )["visits"]
    visit = min(stored, key=lambda one: (one["date"], one["starts_at"]))
    year.on(date.fromisoformat(visit["date"]), partial(_hold_visit, visit=visit))
    pairs = ", ".join(
        f"{_first(one['visitor_name'])} bij {_first(one['host_name'])}" for one in stored
    )
    return (
        f"{year.names[LEAD]} neemt {len(stored)} voorgestelde lesbezoeken over, zonder botsingen "
        f"in het rooster: {pairs}. Kijkvraag: {focus}"
    )


def _hold_visit(year: Year, visit: Any) -> str:
    visitor = year.people[_first(visit["visitor_name"])]
    visitor.post(f"/lesson-visits/{visit['id']}/hold")
    visitor.post(
        f"/lesson-visits/{visit['id']}/notes", {"text": "Mooi hoe je de stap hardop noemde."}
    )
    host = year.people[_first(visit["host_name"])]
    notes = host.items(f"/lesson-visits/{visit['id']}/notes")
    return (
        f"{visit['visitor_name']} is op lesbezoek geweest bij {visit['host_name']}. "
        f"Alleen zij tweeën lezen {'de notitie' if len(notes) == 1 else 'de notities'} daarvan."
    )


def _first(name: str) -> str:
    return name.split(maxsplit=1)[0]


# --- The scan ------------------------------------------------------------------------------------
def _open_scan(year: Year) -> str:
    scan = year.lead.post(f"/teams/{year.team}/scans", {})
    year.made["scan"] = scan["id"]
    for place, name in enumerate(MEMBERS):
        scores = [
            {"question": one["question"], "score": score + place % 2}
            for one, score in zip(scan["questions"], SCORES, strict=True)
        ]
        year.people[name].post(f"/scans/{scan['id']}/answers", {"scores": scores})
    return (
        f"{year.names[LEAD]} opent de scan van de zes kenmerken van een PLG; "
        f"{len(MEMBERS)} collega’s vullen hem in, zonder naam."
    )


def _close_scan(year: Year) -> str:
    year.lead.post(f"/scans/{year.made['scan']}/close")
    found = year.people["Samir"].get(f"/scans/{year.made['scan']}/results")
    best = max(found["averages"], key=lambda one: one["average"])
    start = found["start_with"][0]
    return (
        f"De scan sluit met {found['answers']} antwoorden. Het sterkst: {best['title'].lower()} "
        f"({str(round(best['average'], 1)).replace('.', ',')}). "
        f"Begin met: {start['title'].lower()}."
    )
