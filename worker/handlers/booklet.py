"""What the booklet of a study day says."""

from routekaart import clock
from routekaart.domain.content.booklet import build_booklet
from routekaart.domain.content.wording import weekday_date
from routekaart.queries.documents.booklet import booklet_input, day_for_booklet
from worker.work import About, Made, Work


def booklet(work: Work) -> Made:
    """Payload: `study_day`. The job says whether names and what the team brought up are in it.

    Raises `NotFound` and `Forbidden` when the requester may not have this made any more.
    """
    with_persons = work.job.holds_persons
    day = day_for_booklet(
        by=work.by, study_day_id=work.id_of("study_day"), with_persons=with_persons
    )
    given = booklet_input(
        by=work.by, study_day_id=day.pk, with_persons=with_persons, today=clock.today()
    )
    work.report(20)
    return Made(
        content=build_booklet(given),
        stem=f"programmaboekje-{day.date.isoformat()}",
        about=About(
            school=work.school,
            routekaart=day.routekaart_id,
            study_day=day.pk,
            subject=weekday_date(day.date),
        ),
        holds_persons=with_persons,
    )
