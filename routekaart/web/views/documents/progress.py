"""A job in plain words, and how soon to look again."""

from dataclasses import dataclass

from routekaart.models import Job
from routekaart.models.jobs import OPEN, JobState
from routekaart.queries.documents.offered import described, wanted_of

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
    """`wait` in milliseconds until the next look; None when there is nothing to wait for."""

    job: Job
    title: str
    state: str
    tag: str
    text: str
    stuck: bool
    failed: bool
    done: bool
    may_retry: bool
    wait: int | None
    next_look: int


def job_card(job: Job, *, may_retry: bool, looks: int = 0) -> JobCard:
    """The job after so many looks. `job.stuck` is there when the query asked for it."""
    state = JobState(job.state)
    open_ = state in OPEN
    wanted = wanted_of(job)
    title = described(wanted) if wanted else _capital(str(job.get_kind_display()))
    stuck = bool(getattr(job, "stuck", False))
    persons = ", met een hoofdstuk per persoon" if job.holds_persons else ", zonder namen"
    return JobCard(
        job=job,
        title=title + persons,
        state="staat stil" if stuck else state.label,
        tag="alert" if stuck else _TAGS[state],
        text=_text(job, state),
        stuck=stuck,
        failed=state is JobState.FAILED,
        done=state is JobState.DONE,
        may_retry=may_retry and state is JobState.FAILED,
        wait=min(_LONGEST, round(_FIRST * _SLOWER ** min(looks, 20))) if open_ else None,
        next_look=looks + 1,
    )


def _capital(text: str) -> str:
    """As it was, but for the first letter: PDF stays PDF."""
    return text[:1].upper() + text[1:]


def _text(job: Job, state: JobState) -> str:
    match state:
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
