"""A job in plain words, and how soon to look again."""

from dataclasses import dataclass

from routekaart.domain.content.wording import counted
from routekaart.models import Job
from routekaart.models.jobs import (
    OPEN,
    DocumentFormat,
    DocumentKind,
    DocumentLength,
    JobKind,
    JobState,
)
from routekaart.queries.documents.bundles import Progress, progress_of
from routekaart.queries.documents.offered import Wanted, described, wanted_of

# Milliseconds: every second at first, later less often.
_FIRST = 1000
_LONGEST = 10_000
_SLOWER = 1.3
_TAGS = {
    JobState.QUEUED: "busy",
    JobState.RUNNING: "busy",
    JobState.DONE: "done",
    JobState.FAILED: "alert",
    JobState.CANCELLED: "",
}


@dataclass(frozen=True, slots=True)
class JobCard:
    """`wait` in milliseconds until the next look; None when there is nothing to wait for.

    `percent` is that of the bar; None while nothing is known of it. `gone`: it was ready, and what
    was made is not there any more.
    """

    job: Job
    title: str
    format: str
    state: str
    tag: str
    text: str
    stuck: bool
    failed: bool
    done: bool
    gone: bool
    may_retry: bool
    may_cancel: bool
    percent: int | None
    wait: int | None
    next_look: int


def job_card(job: Job, *, may_retry: bool, looks: int = 0) -> JobCard:
    """The job after so many looks. `job.stuck` is there when the query asked for it.

    `may_retry`: whoever may retry it may also cancel it. A bundle must be read with its progress.
    """
    state = JobState(job.state)
    wanted = wanted_of(job)
    progress = progress_of(job)
    stuck = bool(getattr(job, "stuck", False))
    running = job.progress if state is JobState.RUNNING else None
    failed = state is JobState.FAILED or bool(progress and progress.failed and state not in OPEN)
    gone = state is JobState.DONE and job.document_id is None
    # A document by itself is simply asked for once more.
    again = failed or (gone and (progress is not None or job.parent_id is not None))
    return JobCard(
        job=job,
        title=_title(job),
        format=str(wanted.format.label) if wanted else "",
        state="staat stil" if stuck else state.label,
        tag="alert" if stuck else _TAGS[state],
        text=_text_of_bundle(job, state, progress) if progress else _text(job, state),
        stuck=stuck,
        failed=state is JobState.FAILED,
        done=state is JobState.DONE,
        gone=gone,
        may_retry=may_retry and again and state is not JobState.CANCELLED,
        may_cancel=may_retry and state in OPEN and progress is not None,
        percent=progress.percent if progress else running,
        wait=min(_LONGEST, round(_FIRST * _SLOWER ** min(looks, 20))) if state in OPEN else None,
        next_look=looks + 1,
    )


def _title(job: Job) -> str:
    wanted = wanted_of(job)
    persons = _for_whom(job, wanted)
    if wanted:
        return described(wanted) + persons
    if job.kind == JobKind.BUNDLE:
        return _title_of_bundle(job) + persons
    label = str(job.get_kind_display())
    return label[:1].upper() + label[1:] + persons


def _for_whom(job: Job, wanted: Wanted | None) -> str:
    if job.private:
        return ", alleen voor jou"
    if not job.holds_persons:
        return ", zonder namen"
    whole = wanted is None or wanted.kind is DocumentKind.TEAM
    return ", met een hoofdstuk per persoon" if whole else ", met namen"


def _title_of_bundle(job: Job) -> str:
    """Scholingsplan van het team (PDF en Word), alle teams van De Wilg"""
    name = job.board.name if job.board else job.school.name
    whose = f"alle teams van {name}"
    asked = job.payload["asked"]
    try:
        each = [
            Wanted(
                DocumentKind(asked["kind"]), DocumentFormat(one), DocumentLength(asked["length"])
            )
            for one in asked["formats"]
        ]
    except ValueError:
        # Asked of a newer version of the program.
        return f"Documenten, {whose}"
    return f"{described(*each)}, {whose}"


def _text_of_bundle(job: Job, state: JobState, progress: Progress) -> str:
    made = counted(progress.made, "document", "documenten")
    failed = f" {progress.failed} mislukt." if progress.failed else ""
    match state:
        case JobState.DONE if job.document_id is None:
            return f"De ZIP is er niet meer. Laat de documenten opnieuw maken.{failed}"
        case JobState.DONE:
            return f"De ZIP met {made} is klaar.{failed}"
        case JobState.FAILED:
            return job.failure_text or "Het is niet gelukt. Probeer het opnieuw."
        case JobState.CANCELLED:
            return f"Dit is geannuleerd. Klaar: {made}; je vindt ze bij hun team.{failed}"
    if job.failure_text:
        return f"De vorige keer ging het mis: {job.failure_text}"
    if progress.ended == progress.total:
        return f"Alle teams zijn geweest. We pakken de ZIP in.{failed}"
    return f"{progress.made} van de {progress.total} documenten klaar.{failed}"


def _text(job: Job, state: JobState) -> str:
    match state:
        # As an erasure leaves it.
        case JobState.DONE if job.document_id is None:
            return "Het document is er niet meer. Vraag het opnieuw aan."
        case JobState.DONE:
            return "Het document is klaar."
        case JobState.FAILED:
            return job.failure_text or "Het is niet gelukt. Probeer het opnieuw."
        case JobState.RUNNING:
            return f"We maken het document: {job.progress} procent klaar."
        case JobState.CANCELLED:
            return "Dit is geannuleerd. Er wordt niets meer gemaakt."
    if job.failure_text:
        return f"De vorige keer ging het mis: {job.failure_text}"
    return "Het document staat in de rij. Dit duurt meestal een paar seconden."
