"""Winter to summer: agreements come back, it is measured, and what is open goes along."""

from routekaart.demo.year import LEAD, Year, both
from routekaart.domain.content.wording import counted

HISTORY_LINES = 5


def end_of_year(year: Year) -> None:
    """What closes the circle."""
    last = year.calendar.open_days[-1]
    year.on(year.in_month(1, 17), both(_measure, _decide))
    year.on(year.in_month(6, 13), _finish_agreements)
    year.on(year.before(last, 5), _close)
    year.on(year.before(last, 4), _carry_over)
    year.on(year.before(last, 4), _history)


def _measure(year: Year) -> str:
    year.people["Anna"].post(
        f"/indicators/{year.made['indicator']}/measurements",
        {"value": 62, "note": "Zelfde gesprekjes, andere leerlingen."},
    )
    found = year.lead.get(f"/goals/{year.made['measured_goal']}/evaluation")["indicators"][0]
    return (
        f"Meting: van {found['start']:g}% naar {found['last']:g}%, {found['direction_label']} bij "
        f"het doel van {found['target']:g}%."
    )


def _decide(year: Year) -> str:
    made = year.lead.post(
        f"/goals/{year.made['measured_goal']}/decisions",
        {"verdict": "go_on", "reason": "Het werkt, maar nog niet in elke groep."},
    )
    return f"Besluit van het team: {made['verdict_label'].lower()}. {made['reason']}"


def _finish_agreements(year: Year) -> str:
    for agreement in year.made["later_agreements"][:-1]:
        year.lead.post(f"/agreements/{agreement}/check", {"step": "finish"})
    left = year.lead.items(f"{year.here}/agreements?state=open")
    year.made["open_agreement"] = left[0]["id"]
    done = year.lead.get(f"{year.here}/agreements?state=done")["count"]
    return (
        f"Het team kijkt terug op de afspraken: {done} nagekomen, "
        f"{counted(len(left), 'loopt', 'lopen')} nog."
    )


def _close(year: Year) -> str:
    state = year.lead.post(f"{year.here}/close")["state_label"]
    counts = year.lead.get(f"{year.here}/progress")["team"]["counts"]
    total = sum(counts[name] for name in ("assigned", "started", "done", "waived"))
    return (
        f"{year.names[LEAD]} sluit het jaar: de routekaart is {state}. "
        f"{counts['done']} van de {total} toewijzingen zijn af."
    )


def _carry_over(year: Year) -> str:
    overview = year.lead.get(f"{year.here}/carry-over")
    carried = year.lead.post(
        f"{year.here}/carry-over",
        {"goal": year.made["measured_goal"], "agreements": [year.made["open_agreement"]]},
    )
    draft = year.lead.get(f"/routekaarten/{carried['routekaart']}")
    goal = year.lead.items(f"/routekaarten/{draft['id']}/goals")[0]
    return (
        f"Eén open doel gaat mee naar {overview['to_school_year']} ({draft['state_label']}), met "
        f"{counted(len(carried['agreements']), 'afspraak', 'afspraken')} die nog loopt: "
        f"{goal['wording']}"
    )


def _history(year: Year) -> str:
    lines = year.lead.items(f"{year.here}/history?limit={HISTORY_LINES}")
    listed = "\n".join(f"- {line['text']}" for line in lines)
    return f"Zo staat het in het logboek, het laatste bovenaan:\n{listed}"
