"""What the weekly overview says, in plain Dutch: where somebody is waited for, and how much."""

from collections.abc import Iterable, Mapping, Sequence

from routekaart.domain.content.wording import counted, weekday_date
from routekaart.domain.mail_texts import Text, mail_body, one_line
from routekaart.domain.weekly_overview import (
    AgreementsDue,
    DayAhead,
    MailFailed,
    Overview,
    Place,
    Step,
    Waiting,
)

_STEPS: Mapping[Step, str] = {
    Step.ADVISE: "Wacht op jouw advies",
    Step.ACCEPT: "Het advies is er: neem het over of pas het aan",
    Step.APPROVE: "Wacht op jouw akkoord",
}


def weekly_text(overview: Overview, *, address: str = "") -> Text:
    """All that waits for somebody, in one message. `address`: where to go."""
    names = _Names(overview)
    parts = [
        *_waiting(overview.waiting, names),
        *_part("Voorbereiding van de volgende studiedag", _days(overview.days, names)),
        *_part("Afspraken", _agreements(overview.agreements, names)),
        *_part("Mail die niet is aangekomen", _mails(overview.mails, names)),
    ]
    number = counted(overview.number, "punt", "punten")
    return Text(f"Deze week: {number} voor jou", mail_body(parts, address))


class _Names:
    """How places are called: without the school where there is only one."""

    def __init__(self, overview: Overview) -> None:
        rows: Sequence[Waiting | DayAhead | AgreementsDue | MailFailed] = (
            *overview.waiting,
            *overview.days,
            *overview.agreements,
            *overview.mails,
        )
        self._several = len({row.place.school for row in rows}) > 1

    def of(self, place: Place) -> str:
        if not place.team:
            return one_line(place.school)
        return one_line(f"{place.school}, {place.team}" if self._several else place.team)


def _part(head: str, lines: Iterable[str]) -> list[str]:
    found = [f"- {line}" for line in lines]
    return ["\n".join([f"{head}:", *found])] if found else []


def _waiting(rows: Sequence[Waiting], names: _Names) -> list[str]:
    return [
        part
        for step, head in _STEPS.items()
        for part in _part(
            head,
            (f"{names.of(row.place)}: routekaart {row.year}" for row in rows if row.step is step),
        )
    ]


def _days(rows: Sequence[DayAhead], names: _Names) -> Iterable[str]:
    # Counted in courses of people, as on the page of the day.
    for row in rows:
        yield (
            f"{names.of(row.place)}, {weekday_date(row.day)}: {row.done} van {row.asked} "
            "keer een cursus af"
        )


def _agreements(rows: Sequence[AgreementsDue], names: _Names) -> Iterable[str]:
    for row in rows:
        said = []
        if row.late:
            said.append(f"{row.late} over de datum")
        if row.this_week:
            said.append(f"{row.this_week} voor deze week")
        yield f"{names.of(row.place)}: {', '.join(said)}"


def _mails(rows: Sequence[MailFailed], names: _Names) -> Iterable[str]:
    for row in rows:
        yield f"{names.of(row.place)}: {counted(row.number, 'bericht', 'berichten')}"
