"""What clients were told, against what is there."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from django_scopes import scopes_disabled

from routekaart.models import Document, Employment, Job, Mail
from routekaart.models.jobs import JobKind, JobState
from tests.chaos.clients import Answer, Clients, History
from tests.chaos.faults import BROKER, KILLS, Struck
from tests.chaos.mailbox import Arrival
from tests.chaos.promises import (
    expected_mails,
    place_of,
    wrong_answers,
    wrong_jobs,
    wrong_mails,
    wrong_people,
)
from tests.chaos.settling import MOST_SECONDS, OPEN
from tests.chaos.stage import Stage

_MOST_SECONDS_P99 = 1.0
_ENOUGH_FOR_P99 = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """The counts of one stack. `wrong` says in sentences what must not be; empty is a pass."""

    stack: str
    accepted: int
    done: int
    lost: int
    doubled: int
    corrupt: int
    mails_expected: int
    mails_sent: int
    mails_doubled: int
    faults: int
    requests: int
    post_p99_s: float
    job_p99_s: float
    # From the end of the last fault, for what was asked before.
    settle_s: float
    # From the last request, for all the rest.
    quiet_s: float
    broker: str
    wrong: tuple[str, ...]

    def line(self) -> str:
        """The last line of a run, as JSON."""
        names = (
            "stack", "accepted", "done", "lost", "doubled", "corrupt", "mails_doubled", "faults",
            "post_p99_s", "settle_s",
        )  # fmt: skip
        return json.dumps({name: getattr(self, name) for name in names})

    def told(self) -> str:
        """All counts in lines of words."""
        jobs = (
            f"{self.stack}: {self.accepted} accepted, {self.done} done, {self.lost} lost, "
            f"{self.doubled} doubled, {self.corrupt} corrupt"
        )
        mail = (
            f"  mail: {self.mails_expected} expected, {self.mails_sent} sent, "
            f"{self.mails_doubled} doubled"
        )
        times = (
            f"  {self.faults} faults, {self.requests} requests, POST p99 {self.post_p99_s} s, "
            f"job p99 {self.job_p99_s} s, settled in {self.settle_s} s, quiet in {self.quiet_s} s"
        )
        broker = (f"  {self.broker}",) if self.broker else ()
        return "\n".join((jobs, mail, times, *broker, *(f"  WRONG: {one}" for one in self.wrong)))


def judge(
    stage: Stage,
    clients: Clients,
    history: History,
    *,
    before: Set[str],
    faults: Sequence[Struck],
    settled: float,
    quiet: float,
) -> Verdict:
    """Compares every answer with the tables, every row with its file, every mail with the box.

    `before`: the jobs that were there before any client.
    """
    with scopes_disabled():
        jobs = {str(job.pk): job for job in Job.objects.select_related("document")}
        mails = list(Mail.objects.select_related("person"))
        employed = [
            (address, str(place))
            for address, place in Employment.objects.values_list("person__email", "pk")
        ]
    answers = history.answers
    told = {one.id for one in answers if one.status == 202}
    lost = len(told - jobs.keys()) + sum(jobs[one].state in OPEN for one in told & jobs.keys())
    doubled, corrupt = _documents(stage.storage)
    arrivals = stage.mailbox.received
    received = Counter(one.message for one in arrivals)
    mails_doubled = sum(count - 1 for count in received.values())
    waited = [
        (job.finished_at - job.requested_at).total_seconds()
        for job in jobs.values()
        if job.finished_at
    ]
    posts = [one.seconds for one in answers if one.status]
    wrong = [
        *(f"A client stopped: {error!r}" for error in clients.errors),
        *wrong_answers(answers, jobs, before, faults),
        *wrong_jobs(answers, jobs, clients.world, stage.storage),
        *wrong_people(answers, employed, mails),
        *wrong_mails(mails, received.keys()),
    ]
    if len(clients.accepted) < clients.jobs:
        wrong.append(f"{len(clients.accepted)} of {clients.jobs} jobs were accepted.")
    if settled > MOST_SECONDS:
        wrong.append(f"A job of before the last fault ended {settled:.0f} s after it, or never.")
    if quiet > MOST_SECONDS:
        wrong.append(f"It took {quiet:.0f} s after the last request until all was quiet.")
    broker, too_slow = broker_waits(answers, faults)
    if too_slow:
        wrong.append(broker)
    without_a_kill = doubled_without_a_kill(arrivals, faults)
    if without_a_kill:
        wrong.append(f"{without_a_kill} messages came once more without a kill of their own.")
    return Verdict(
        stack=stage.name,
        accepted=len(clients.accepted),
        done=sum(one in jobs and jobs[one].state == JobState.DONE for one in clients.accepted),
        lost=lost,
        doubled=doubled,
        corrupt=corrupt,
        mails_expected=expected_mails(answers, mails),
        mails_sent=len(received),
        mails_doubled=mails_doubled,
        faults=len(faults),
        requests=len(answers),
        post_p99_s=_percentile(posts, 0.99),
        job_p99_s=_percentile(waited, 0.99),
        settle_s=round(settled, 1),
        quiet_s=round(quiet, 1),
        broker=broker,
        wrong=tuple(wrong),
    )


def passes(verdict: Verdict) -> bool:
    return not (verdict.wrong or verdict.lost or verdict.doubled or verdict.corrupt)


def _documents(storage: Path) -> tuple[int, int]:
    """How many documents there are twice, and how many are not what their row says."""
    with scopes_disabled():
        rows = list(Document.objects.all())
    # Nothing that a document is made of changed meanwhile: one of each is enough.
    same = Counter(
        (row.routekaart_id, row.plan_id, row.kind, row.format, row.length, row.holds_persons)
        # In two ZIPs of all teams other ones may be missing.
        + ((row.content_hash,) if row.kind == JobKind.BUNDLE else ())
        for row in rows
    )
    doubled = sum(count - 1 for count in same.values())
    return doubled, sum(not _is_whole(storage, row.content_hash, row.size) for row in rows)


def _is_whole(storage: Path, content_hash: str, size: int) -> bool:
    try:
        data = place_of(storage, content_hash).read_bytes()
    except OSError:
        return False
    return len(data) == size and hashlib.sha256(data).hexdigest() == content_hash


def broker_waits(answers: Sequence[Answer], faults: Sequence[Struck]) -> tuple[str, bool]:
    """What to tell of how long requests took while the broker was away, and whether too long.

    Nothing where it never was.
    """
    if not any(one.name in BROKER for one in faults):
        return "", False
    # What was sent before may have waited for something else.
    waits = [one.seconds for one in answers if one.began in BROKER]
    told = "POST p99 while the broker was away: "
    # Of fewer than a hundred it would be the slowest one.
    if len(waits) < _ENOUGH_FOR_P99:
        return f"{told}too few samples ({len(waits)}) to judge", False
    slow = _percentile(waits, 0.99)
    return f"{told}{slow} s of {len(waits)} requests", slow > _MOST_SECONDS_P99


def doubled_without_a_kill(arrivals: Sequence[Arrival], faults: Sequence[Struck]) -> int:
    """How many messages came in again though nothing was killed since, or only what had already
    cost another its double."""
    kills = [one for one in faults if one.name in KILLS]
    before: dict[str, float] = {}
    unexplained = 0
    for one in arrivals:
        first = before.get(one.message)
        before[one.message] = one.at
        if first is None:
            continue
        # The worker was hurt after the message had gone, before that was written down.
        between = [kill for kill in kills if kill.ended >= first and kill.began <= one.at]
        if between:
            kills.remove(min(between, key=lambda kill: kill.ended))
        else:
            unexplained += 1
    return unexplained


def _percentile(values: list[float], share: float) -> float:
    if not values:
        return 0.0
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 3)
