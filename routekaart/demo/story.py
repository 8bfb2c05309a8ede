"""The main job, told through the API: from chosen interventions to a scholingsplan."""

import itertools
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from routekaart.demo.client import Api, ApiProblem
from routekaart.domain.calendar import Region, SchoolCalendar, SchoolYear
from routekaart.domain.school_holidays import next_published_year, school_calendar

WAIT_SECONDS = 120
POLL_SECONDS = 0.1

INTERVENTIONS = (
    "feedback",
    "directe-instructie",
    "instructie-in-kleine-groepen",
    "metacognitie-en-zelfregulerend-leren",
    "professionalisering",
)
GOALS: tuple[Mapping[str, Any], ...] = (
    {
        "wording": "Wij leren feedback geven die leerlingen vertelt wat hun volgende stap is.",
        "noticeable": "Leerlingen kunnen zelf zeggen waar ze aan werken en wat al lukt.",
        "interventions": ["feedback"],
    },
    {
        "wording": "Wij leren onze instructie op te bouwen in zes stappen, in elke groep gelijk.",
        "noticeable": "Leerlingen weten bij elke les wat het doel is en oefenen eerst samen.",
        "interventions": ["directe-instructie"],
    },
    {
        "wording": "Wij leren in kleine groepen te oefenen wat een leerling nodig heeft.",
        "noticeable": "Leerlingen krijgen vaker direct een reactie op wat ze doen.",
        "interventions": ["instructie-in-kleine-groepen"],
    },
    {
        "wording": "Wij leren leerlingen hun eigen werk te plannen en erop terug te kijken.",
        "noticeable": "Leerlingen leggen uit hoe ze een taak aanpakken.",
        "interventions": ["metacognitie-en-zelfregulerend-leren"],
        "courses": [
            {"course": "executieve-functies", "reason": "Het team wil hier samen meer van weten."}
        ],
    },
)
# (month, preferred day, kind): the first open day of the school from there on. The planner decides
# which goal goes where, so the days have no titles of their own.
STUDY_DAYS = ((10, 5, "day"), (12, 9, "day"), (2, 16, "afternoon"), (4, 10, "day"))
ANSWERS = (
    "We beginnen klein, in twee groepen, en bekijken na zes weken samen wat het oplevert.",
    "Daar praten we over in de eerste PLG-bijeenkomst; de intern begeleider bereidt dat voor.",
    "Dat hebben we afgewogen: dit past bij wat we in de lesbezoeken van vorig jaar zagen.",
)


@dataclass
class Told:
    """What the story made, for writing to files."""

    year: SchoolYear
    routekaart: str = ""
    advice: Any = None
    plan: Any = None
    document: bytes = b""
    lines: list[str] = field(default_factory=list)


def tell(
    *,
    lead: Api,
    trainer: Api,
    team: str,
    region: str,
    today: date,
    progress: Callable[[int], None],
) -> Generator[str, None, Told]:
    """Tells the story step by step and gives a Dutch line after each; returns what it made.

    Raises `ApiProblem` when a step fails, with the reason that the API gives.
    """
    told = yield from tell_until_plan(
        lead=lead, trainer=trainer, team=team, region=region, today=today
    )
    told.document = _make_document(lead, f"/routekaarten/{told.routekaart}", progress)
    return told


def tell_until_plan(
    *, lead: Api, trainer: Api, team: str, region: str, today: date
) -> Generator[str, None, Told]:
    """The story without its document, which a worker makes."""
    year = next_published_year(Region(region), today) or SchoolYear.containing(today)
    told = Told(year=year)
    made = lead.post(f"/teams/{team}/routekaarten", {"school_year": year.label})
    told.routekaart = made["id"]
    here = f"/routekaarten/{told.routekaart}"
    yield f"Routekaart {year.label} begonnen voor het team {made['team_name']}."
    yield _choose(lead, here)
    yield _set_goals(lead, here)
    yield _answer_points(lead, here)
    yield _pick_days(lead, here, school_calendar(year, Region(region)))
    lead.post(f"{here}/submit")
    told.advice = trainer.post(f"{here}/advise", {"note": "Begin met het kleinste pakket."})
    advice = told.advice["advice"]
    yield (
        f"Advies van de trainer: {len(advice['items'])} cursussen, "
        f"{len(advice['plg_activities'])} activiteiten om samen te doen."
    )
    lead.post(f"{here}/accept")
    assigned = trainer.post(f"{here}/assignments", {"selection": "smallest_set"})
    yield (
        f"Toegewezen: het kleinste pakket ({len(advice['smallest_set'])} cursussen) en wat het "
        f"team zelf koos, samen {assigned['created']} keer een cursus voor een collega."
    )
    yield _make_rule(trainer, here, advice["smallest_set"][0])
    told.plan = lead.post(f"{here}/plans")
    plan = told.plan["plan"]
    yield (
        f"Plan gemaakt: {len(plan['placements'])} doelen op {len(plan['study_days'])} dagen, "
        f"{len(plan['plg_meetings'])} PLG-bijeenkomsten, "
        f"{len(plan['not_placed'])} punten die nog niet passen."
    )
    return told


def _choose(lead: Api, here: str) -> str:
    lead.patch(
        here,
        {
            "reason": "Leerlingen zijn afhankelijk van onze hulp; dat zien we bij lesbezoeken.",
            "platforms": ["microsoft"],
            "weekly_minutes": 120,
            "interventions": [{"intervention": slug} for slug in INTERVENTIONS],
            "facility_links": [
                {
                    "facility": "professionalisering",
                    "intervention": "directe-instructie",
                    "reason": "Een nieuwe manier van lesgeven vraagt scholing en lesbezoek.",
                }
            ],
        },
    )
    titles = [lead.get(f"/interventions/{slug}")["title"] for slug in INTERVENTIONS]
    return f"{len(titles)} interventies gekozen: {', '.join(titles)}."


def _set_goals(lead: Api, here: str) -> str:
    for goal in GOALS:
        lead.post(f"{here}/goals", goal)
    return f"{len(GOALS)} doelen gesteld, te beginnen met: {GOALS[0]['wording']}"


def _answer_points(lead: Api, here: str) -> str:
    """Answers what must be answered, and the first question of every intervention."""
    answers = []
    for slug in INTERVENTIONS:
        card = lead.get(f"/interventions/{slug}")
        wanted = [first["slug"] for first in card["consider_first"]]
        questions = [p["slug"] for p in card["attention_points"] if p["kind"] == "question"]
        wanted += questions[:2]
        answers += [
            {"intervention": slug, "point": point, "text": text}
            for point, text in zip(wanted, itertools.cycle(ANSWERS), strict=False)
        ]
    lead.put(f"{here}/answers", {"answers": answers})
    return f"{len(answers)} aandachtspunten beantwoord; de rest staat open in het plan."


def _pick_days(lead: Api, here: str, calendar: SchoolCalendar) -> str:
    dates = []
    for month, day, kind in STUDY_DAYS:
        start = calendar.year.start + (0 if month >= 8 else 1)
        chosen = _open_day(calendar, date(start, month, day))
        dates.append(chosen)
        lead.post(
            f"{here}/study-days",
            {
                "date": chosen.isoformat(),
                "kind": kind,
                "starts_at": "08:30" if kind == "day" else "13:00",
                "minutes": 420 if kind == "day" else 180,
                "free_groups": [5, 6, 7, 8],
            },
        )
    listed = ", ".join(f"{chosen:%d-%m-%Y}" for chosen in dates)
    return f"{len(dates)} studiedagen en -middagen gekozen, buiten de vakanties: {listed}."


def _open_day(calendar: SchoolCalendar, wanted: date) -> date:
    day = wanted
    while not calendar.is_open(day):
        day += timedelta(days=1)
    return day


def _make_rule(trainer: Api, here: str, course: str) -> str:
    """What teachers have already becomes a rule, for who joins later."""
    rows = trainer.items(f"{here}/assignments?limit=100")
    row = next(row for row in rows if row["course"] == course)
    asked = {
        "courses": [{"course": course, "goals": row["goals"]}],
        "target": {"kind": "function", "function": "leerkracht"},
        "mandatory": True,
        "reason": "Iedere leerkracht begint met dezelfde basis.",
    }
    totals = trainer.post(f"{here}/assignments/preview", asked)["totals"]
    trainer.post(f"{here}/assignment-batches", asked)
    return (
        f"Regel gemaakt: elke leerkracht volgt ‘{row['course_title']}’. De proef vooraf: "
        f"{totals['present']} collega’s hebben het al, {totals['new']} krijgen het erbij; "
        "wie later komt, krijgt het vanzelf."
    )


def _make_document(lead: Api, here: str, progress: Callable[[int], None]) -> bytes:
    job = lead.post(f"{here}/documents", {})
    deadline = time.monotonic() + WAIT_SECONDS
    while job["state"] not in {"done", "failed"}:
        progress(job["progress"])
        if time.monotonic() > deadline:
            raise ApiProblem("Het document is na twee minuten nog niet klaar.")
        time.sleep(POLL_SECONDS)
        job = lead.get(f"/jobs/{job['id']}")
    if job["state"] == "failed":
        raise ApiProblem(job["failure"]["detail"])
    progress(100)
    return lead.download(f"/documents/{job['document']}/content")
