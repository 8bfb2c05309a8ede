"""What mail says, in plain Dutch: short, what to do and by when, and nothing about others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from courses.dutch import dutch_date
from routekaart.domain.content.wording import clock, counted, weekday_date
from routekaart.domain.reminders import Reminder, Stage, Subject

_SUBJECT_LENGTH = 200
# Why a message did not go. The same words whatever was settled: they must not tell who is done.
NOT_NEEDED = "Vervallen: niet meer nodig op het moment van versturen."


@dataclass(frozen=True, slots=True)
class Text:
    """A message. `subject` is one line."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A course for somebody: why, and by when where that is planned."""

    title: str
    reason: str
    deadline: date | None = None
    mandatory: bool = True


def one_line(text: str) -> str:
    """The text without line ends and doubled spaces, at most as long as a subject may be."""
    line = " ".join(text.split())
    return line if len(line) <= _SUBJECT_LENGTH else line[: _SUBJECT_LENGTH - 1].rstrip() + "…"


# --- Reminders -----------------------------------------------------------------------------------
_HEADS: Mapping[Stage, str] = {
    Stage.AFTER: "De datum is voorbij",
    Stage.T1: "Bijna zover",
    Stage.T5: "Nog ongeveer een schoolweek",
    Stage.T10: "Komt eraan",
}
# First what cannot wait.
_ORDER = (Stage.AFTER, Stage.T1, Stage.T5, Stage.T10)
_LATE: Mapping[Subject, str] = {
    Subject.COURSE: "Cursus ‘{title}’ zou klaar zijn op {day}. Doe hem alsnog, of meld dat hij af "
    "is.",
    Subject.AGREEMENT: "Afspraak ‘{title}’ zou klaar zijn op {day}. Zeg hoe het ermee staat.",
    Subject.AGREEMENT_BACK: "Afspraak ‘{title}’ zou terugkomen op {day}. Kijk er samen nog naar.",
    Subject.MICRO_STEP: "Je wilde uiterlijk {day} proberen: ‘{title}’. Schrijf op hoe het ging.",
}
_AHEAD: Mapping[Subject, str] = {
    Subject.COURSE: "Cursus ‘{title}’: klaar op {day}.",
    Subject.AGREEMENT: "Afspraak ‘{title}’: klaar op {day}.",
    Subject.AGREEMENT_BACK: "Afspraak ‘{title}’ komt terug op {day}.",
    Subject.MICRO_STEP: "Je wilt uiterlijk {day} proberen: ‘{title}’.",
    Subject.STUDY_DAY: "{title}: {day}.",
}


def digest_text(reminders: Sequence[Reminder], *, address: str = "") -> Text:
    """All that somebody is reminded of today, in one message. `address`: where to go."""
    number = counted(len(reminders), "ding staat", "dingen staan")
    parts = []
    for stage in _ORDER:
        lines = [_reminder_line(each) for each in reminders if each.stage is stage]
        if lines:
            parts.append("\n".join([f"{_HEADS[stage]}:", *lines]))
    return Text(f"{number} voor je klaar", mail_body(parts, address))


def _reminder_line(reminder: Reminder) -> str:
    item = reminder.item
    words = _LATE if reminder.stage is Stage.AFTER else _AHEAD
    text = words[item.subject].format(title=one_line(item.title), day=weekday_date(item.due))
    return f"- {text}"


# --- Welcome -------------------------------------------------------------------------------------
# Where the link comes when the mail goes out: whoever reads the outbox finds no way in.
OWN_LINK = "[hier staat jouw eigen link]"


def welcome_text(school: str, *, until: date, address: str = "") -> Text:
    """What somebody hears who was added to a school. `until`: the last day of the invitation.

    The same for who has an account already: whoever reads along learns nothing of that.
    """
    name = one_line(school)
    about = (
        f"{name} heeft je toegevoegd aan Routekaart. Daar zie je wat je leert en wanneer, en wat "
        "je met je team afspreekt."
    )
    if address:
        how = (
            f"Nog geen wachtwoord? Kies er een:\n{OWN_LINK}\nDe link werkt één keer, tot en met "
            f"{dutch_date(until)}."
        )
    else:
        how = (
            "Nog geen wachtwoord? Kies op de aanmeldpagina ‘Wachtwoord vergeten, of nog geen "
            "wachtwoord?’.\nVul het e-mailadres in waarop je deze mail kreeg. Je krijgt dan een "
            "link."
        )
    parts = [about, how, "Heb je al een wachtwoord, dan kun je je meteen aanmelden."]
    return Text(one_line(f"Welkom bij Routekaart van {name}"), mail_body(parts, address))


def second_factor_reset_text(school: str, *, address: str = "") -> Text:
    """What somebody hears whose second step was taken away by a school admin."""
    return _second_factor_reset(f"De schoolbeheerder van {one_line(school)}", address)


def second_factor_reset_on_server_text(*, address: str = "") -> Text:
    """The same when it was done on the server."""
    return _second_factor_reset("De technisch beheerder van Routekaart", address)


def _second_factor_reset(who: str, address: str) -> Text:
    happened = (
        f"{who} heeft de tweede stap bij je aanmelden uitgezet. Je bent overal afgemeld. Je "
        "wachtwoord is hetzelfde gebleven."
    )
    what_now = (
        "Stel de tweede stap opnieuw in als je je weer aanmeldt. Heb je hier niet om gevraagd? "
        "Kies dan meteen een ander wachtwoord en vertel het je schoolbeheerder."
    )
    subject = "De tweede stap bij je aanmelden staat uit"
    return Text(subject, mail_body([happened, what_now], address))


def key_made_text(*, may_write: bool, address: str = "") -> Text:
    """What somebody hears when a key for another program was made. Its name stays out of the mail:
    others read the outbox."""
    right = "lezen en wijzigen" if may_write else "lezen, en niets wijzigen"
    happened = (
        "Er is met jouw account een sleutel gemaakt voor een ander programma. Met die sleutel mag "
        f"dat programma {right}. De sleutel blijft werken, ook met een ander wachtwoord."
    )
    what_now = (
        "Was jij dit niet? Trek de sleutel dan in bij Mijn gegevens, Sleutels voor andere "
        "programma’s. Kies daarna een ander wachtwoord en vertel het je schoolbeheerder."
    )
    subject = "Er is een sleutel gemaakt met je account"
    return Text(subject, mail_body([happened, what_now], address))


# --- New courses ---------------------------------------------------------------------------------
def assigned_text(courses: Iterable[CourseLine], *, address: str = "") -> Text:
    """The courses that somebody got."""
    lines = list(courses)
    subject = f"Nieuw voor jou: {counted(len(lines), 'cursus', 'cursussen')}"
    text = "\n\n".join(_course(line) for line in lines)
    return Text(
        subject, mail_body([text, "Al gedaan? Meld het dan, dan hoor je hier niets meer."], address)
    )


def _course(line: CourseLine) -> str:
    kind = "" if line.mandatory else " (mag, hoeft niet)"
    rows = [f"- {one_line(line.title)}{kind}"]
    reason = one_line(line.reason).removeprefix("omdat:").strip()
    if reason:
        rows.append(f"  Waarom: {reason}")
    when = f"klaar op {weekday_date(line.deadline)}" if line.deadline else "nog niet gepland"
    rows.append(f"  Wanneer: {when}")
    return "\n".join(rows)


# --- The plan ------------------------------------------------------------------------------------
def changes_text(sentences: Sequence[str], *, version: int, address: str = "") -> Text:
    """What a new version of the plan changes for somebody."""
    lines = "\n".join(f"- {one_line(sentence)}" for sentence in sentences)
    head = f"Het plan is veranderd (versie {version}). Dit is voor jou anders:"
    return Text("Het plan is veranderd", mail_body([f"{head}\n{lines}"], address))


def route_text(
    courses: Iterable[tuple[str, date]],
    moments: Iterable[tuple[str, date]],
    *,
    version: int,
    address: str = "",
) -> Text:
    """The whole route of somebody: courses with their deadlines, and when the team meets."""
    parts = [f"Het plan (versie {version}) is vastgesteld. Dit is jouw route."]
    preparation = [f"- {one_line(title)}: klaar op {dutch_date(day)}" for title, day in courses]
    meetings = [f"- {one_line(title)}: {weekday_date(day)}" for title, day in moments]
    if preparation:
        parts.append("\n".join(["Voorbereiden:", *preparation]))
    if meetings:
        parts.append("\n".join(["Samen:", *meetings]))
    return Text("Jouw route van dit schooljaar", mail_body(parts, address))


# --- A document ----------------------------------------------------------------------------------
# What the outbox keeps in the place of the link.
LINK_IN_MAIL_ONLY = "(de link staat alleen in de mail zelf)"


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document: what it is, of whom (team, school), and when it was made."""

    title: str
    about: str
    made_on: date


def document_text(
    document: DocumentLine, *, sender: str, until: datetime, link: str, address: str = ""
) -> Text:
    """A document that somebody hands over, behind a link that works until `until` (local time)."""
    who = one_line(sender) or "Een collega"
    ask = one_line(sender) or "een collega"
    about = one_line(document.about)
    moment = f"{weekday_date(until)}, {clock(until.time())} uur"
    parts = [
        f"{who} heeft een document voor je klaargezet:",
        f"- {one_line(document.title)}\n  {about}. Gemaakt op {dutch_date(document.made_on)}.",
        f"Open het hier:\n{link}",
        f"De link werkt tot {moment}. Hij is alleen voor jou: stuur hem niet door.",
        f"Werkt de link niet meer? Vraag {ask} om een nieuwe, of meld je aan.",
    ]
    subject = one_line(f"Document voor jou: {document.title}")
    return Text(subject, mail_body(parts, address))


def mail_body(parts: Iterable[str], address: str) -> str:
    """A greeting, the parts with a line between them, and where to go."""
    closing = [f"Je vindt alles op {address}"] if address else []
    return "\n\n".join(["Hallo,", *parts, *closing]) + "\n"
