"""What clients were told, against what is there. Each function says in sentences what is wrong;
nothing where all is well."""

import hashlib
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path

from routekaart.models import Document, Job, Mail
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength, JobKind, JobState
from routekaart.models.mail import MailKind
from routekaart.queries.documents.offered import Wanted
from tests.chaos.clients import OF_ALL_TEAMS, Answer, World, address_of
from tests.chaos.faults import BROKER, DATABASE, Struck
from worker.handlers.bundle import NOTE

# Kind, routekaart, format, length and whether with persons.
_Asked = tuple[str, str, str, str, bool]
_Promised = set[tuple[Job, _Asked]]
_AWAY = 503


def wrong_answers(
    answers: Sequence[Answer],
    jobs: Mapping[str, Job],
    before: Set[str],
    faults: Sequence[Struck],
) -> list[str]:
    """Of the answers by themselves. `before`: the jobs that were there before any client."""
    wrong = []
    per_key: dict[str, set[str]] = {}
    for one in answers:
        if one.status in (201, 202):
            per_key.setdefault(one.key, set()).add(one.id)
    twice = sum(len(ids) > 1 for ids in per_key.values())
    if twice:
        wrong.append(f"{twice} keys got more than one answer.")
    told = {one for ids in per_key.values() for one in ids}
    # Asked before the clients stopped waiting for the answer. Of a bundle the whole is told.
    unknown = len({one for one, job in jobs.items() if job.parent_id is None} - told - before)
    asked = {one.key for one in answers if not one.path.endswith("/employments")}
    silent = len(asked - per_key.keys())
    if unknown > silent:
        wrong.append(f"{unknown} jobs that nobody was told of, and {silent} requests unanswered.")
    # 503 is what the product says on purpose while its database is away; the others are faults.
    broken = Counter(
        one.status
        for one in answers
        if one.status >= 500 and not (one.status == _AWAY and _met_a_database_away(one, faults))
    )
    wrong += [f"{count} answers with status {status}." for status, count in sorted(broken.items())]
    failed = [one for one in answers if one.fault in BROKER and not 0 < one.status < 500]
    if failed:
        wrong.append(f"{len(failed)} requests failed while the broker was away.")
    return wrong


def _met_a_database_away(one: Answer, faults: Iterable[Struck]) -> bool:
    # By the clock: some faults are over while a request is under way.
    return any(
        fault.began <= one.at + one.seconds and one.at <= fault.ended
        for fault in faults
        if fault.name in DATABASE
    )


def wrong_jobs(
    answers: Iterable[Answer], jobs: Mapping[str, Job], world: World, storage: Path
) -> list[str]:
    """Of the jobs that clients were told of, and of the parts of bundles.

    A job may fail for one reason only, and then must: its plan is the one that cannot be read.
    """
    told = {
        (jobs[one.id], _asked_by(one)) for one in answers if one.status == 202 and one.id in jobs
    }
    parts: dict[Job, list[Job]] = {job: [] for job, asked in told if asked[0] == JobKind.BUNDLE}
    for job in jobs.values():
        if job.parent_id is not None:
            parts.setdefault(jobs[str(job.parent_id)], []).append(job)
    promised = told | {(job, _asked_of(job)) for bundle in parts.values() for job in bundle}
    poison = {(job, asked) for job, asked in promised if asked[1] == world.poisoned}
    well = len({job for job, _ in poison if job.state != JobState.FAILED})
    return [
        *([f"{well} jobs that could only fail did not."] if well else []),
        *_wrong_ends(promised - poison),
        *_wrong_bundles(parts, {*world.routekaarten, world.poisoned}, storage),
    ]


def _wrong_ends(promised: _Promised) -> list[str]:
    ended = {job for job, _ in promised if job.state in (JobState.FAILED, JobState.CANCELLED)}
    codes = Counter((job.state, job.failure_code) for job in ended)
    wrong = [f"{count} jobs {state}: {code}" for (state, code), count in sorted(codes.items())]
    done = {(job, asked) for job, asked in promised if job.state == JobState.DONE}
    bare = len({job for job, _ in done if job.document is None})
    if bare:
        wrong.append(f"{bare} jobs are done without a document.")
    other = len({job for job, asked in done if job.document and _made(job.document) != asked})
    if other:
        wrong.append(f"{other} jobs have another document than was asked for.")
    return wrong


def _wrong_bundles(parts: Mapping[Job, Sequence[Job]], teams: Set[str], storage: Path) -> list[str]:
    """`teams`: the routekaarten of which each bundle has a part. That of the demo is one more."""
    wrong = []
    of = {job: Counter(str(part.routekaart_id) for part in found) for job, found in parts.items()}
    uneven = sum(not teams <= found.keys() or found.total() > len(found) for found in of.values())
    if uneven:
        wrong.append(f"{uneven} bundles do not have one part for each team.")
    zips = [(job.document, found) for job, found in parts.items() if job.document]
    short = sum(not _holds(storage, document, found) for document, found in zips)
    if short:
        wrong.append(f"{short} ZIPs do not hold the documents of their bundle.")
    return wrong


def wrong_people(
    answers: Iterable[Answer], employed: Iterable[tuple[str, str]], mails: Iterable[Mail]
) -> list[str]:
    """Of those of whom clients were told that they were added.

    `employed`: the address and the id of every employment.
    """
    wrong = []
    told = {(address_of(one.key), one.id) for one in answers if one.status == 201}
    places: dict[str, list[str]] = {}
    for address, place in employed:
        places.setdefault(address, []).append(place)
    nowhere = sum(places.get(address) != [place] for address, place in told)
    if nowhere:
        wrong.append(f"{nowhere} people were added and are not employed, once, as was told.")
    welcomes = Counter(mail.person.email for mail in mails if mail.kind == MailKind.WELCOME)
    unwelcome = sum(welcomes[address] != 1 for address, _ in told)
    if unwelcome:
        wrong.append(f"{unwelcome} people were added and do not have one welcome.")
    return wrong


def expected_mails(answers: Iterable[Answer], mails: Sequence[Mail]) -> int:
    """A welcome for each who was added, and whatever else the outbox holds."""
    told = {address_of(one.key) for one in answers if one.status == 201}
    other = [one for one in mails if one.kind != MailKind.WELCOME or one.person.email not in told]
    return len(told) + len(other)


def wrong_mails(mails: Sequence[Mail], received: Set[str]) -> list[str]:
    """Of the outbox, against the messages that came in by their Message-ID."""
    states = Counter(mail.state for mail in mails)
    wrong = [
        f"{count} messages are {state} instead of sent."
        for state, count in states.items()
        if state != "sent"
    ]
    known = {f"<{mail.pk}@routekaart>" for mail in mails}
    missing = len(known - received)
    if missing:
        wrong.append(f"{missing} messages never came in.")
    strange = len(received - known)
    if strange:
        wrong.append(f"{strange} messages came in that are not in the outbox.")
    return wrong


def place_of(storage: Path, content_hash: str) -> Path:
    """Where the file with this hash lies."""
    return storage / content_hash[:2] / content_hash


def _asked_by(answer: Answer) -> _Asked:
    asked = answer.asked
    if answer.path.endswith("/bundles"):
        return DocumentKind.BUNDLE, "", DocumentFormat.ZIP, asked["length"], asked["persons"]
    wanted = Wanted(
        DocumentKind.TEAM, DocumentFormat(asked["format"]), DocumentLength(asked["length"])
    )
    persons = asked["persons"] and wanted.has_room_for_persons
    routekaart = answer.path.split("/")[2]
    return wanted.kind, routekaart, wanted.format, wanted.length, persons


def _asked_of(part: Job) -> _Asked:
    (form,) = OF_ALL_TEAMS["formats"]
    length, persons = OF_ALL_TEAMS["length"], OF_ALL_TEAMS["persons"]
    return DocumentKind.TEAM, str(part.routekaart_id), form, length, persons


def _made(document: Document) -> _Asked:
    routekaart = str(document.routekaart_id or "")
    return document.kind, routekaart, document.format, document.length, document.holds_persons


def _holds(storage: Path, document: Document, parts: Iterable[Job]) -> bool:
    """Whether a ZIP holds the documents of these, and nothing else but the note."""
    try:
        with zipfile.ZipFile(place_of(storage, document.content_hash)) as file:
            found = [file.read(name) for name in file.namelist() if name != NOTE]
    except (OSError, zipfile.BadZipFile):
        return False
    hashes = Counter(hashlib.sha256(one).hexdigest() for one in found)
    return hashes == Counter(part.document.content_hash for part in parts if part.document)
