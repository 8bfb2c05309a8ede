"""What is different between two versions of an advice, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from courses.advice import Advice, AdviceItem

Kind = Literal[
    "added", "dropped", "voluntary", "mandatory", "availability", "audience", "duration", "note"
]
_UNEXPLAINED = "de cursus niet meer past bij het team, de keuzes of het aanbod"


@dataclass(frozen=True, slots=True)
class Line:
    """One difference; `text` is a Dutch sentence."""

    kind: Kind
    course: str
    title: str
    text: str


def changes_between(before: Advice, after: Advice) -> tuple[Line, ...]:
    """What came, then what went, then what changed, each in the order of the advice."""
    old = {item.course: item for item in before.items}
    new = {item.course: item for item in after.items}
    reasons = {item.course: item.reason for item in after.dropped}
    return (
        *(
            _line("added", item, f"Toegevoegd: {item.title}, omdat: {_why(item)}.")
            for item in after.items
            if item.course not in old
        ),
        *(
            _dropped(item, reasons.get(item.course))
            for item in before.items
            if item.course not in new
        ),
        *(
            line
            for item in after.items
            if item.course in old
            for line in _changed(old[item.course], item)
        ),
    )


def _line(kind: Kind, item: AdviceItem, text: str) -> Line:
    return Line(kind, item.course, item.title, text)


def _dropped(item: AdviceItem, reason: str | None) -> Line:
    why = _UNEXPLAINED if reason is None else _plain(reason)
    return _line("dropped", item, f"Vervallen: {item.title}, omdat: {why}.")


def _changed(old: AdviceItem, new: AdviceItem) -> Iterator[Line]:
    title = new.title
    if new.voluntary and not old.voluntary:
        yield _line("voluntary", new, f"Nu vrijwillig: {title}, omdat: {_why(new)}.")
    elif not new.voluntary and (old.voluntary or _newly_required(old, new)):
        yield _line("mandatory", new, f"Nu verplicht: {title}, omdat: {_why(new)}.")
    if new.availability is not old.availability:
        yield _line(
            "availability", new, f"Anders beschikbaar: {title}. {new.availability_text}".rstrip()
        )
    if _audience(new) != _audience(old):
        yield _line(
            "audience",
            new,
            f"Voor wie of waarvoor is veranderd: {title}, nu omdat: {_plain(new.because)}.",
        )
    if new.duration_minutes != old.duration_minutes:
        yield _line("duration", new, f"Duurt nu {new.duration_minutes} minuten: {title}.")
    if new.trainer_note != old.trainer_note:
        note = new.trainer_note or "vervallen."
        yield _line("note", new, f"Toelichting bij {title}: {note}")


def _newly_required(old: AdviceItem, new: AdviceItem) -> bool:
    """Not because it can be followed now: a trainer wanted it."""
    return new.required and not old.required and old.is_offered and bool(new.trainer_reason)


def _audience(item: AdviceItem) -> object:
    return (
        {(reason.intervention, reason.functions, reason.everyone) for reason in item.reasons},
        set(item.goal_reasons),
    )


def _why(item: AdviceItem) -> str:
    return _plain(item.trainer_reason or item.because)


def _plain(reason: str) -> str:
    """A reason as the rest of a sentence: without its own "omdat" and full stop."""
    words = reason.strip()
    if words.casefold().startswith("omdat"):
        words = words[len("omdat") :].lstrip(" :")
    return words.rstrip(".! ")
