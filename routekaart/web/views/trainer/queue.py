"""The queue: what waits for the trainer, longest waiting first, each with the way to it."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from routekaart import clock
from routekaart.domain.trainer_queue import Asked, TrainerTask
from routekaart.queries.trainer.queue import trainer_work
from routekaart.web.forms.trainer import QueueFilter
from routekaart.web.signed_in import PageRequest, signed_in

_PER_PAGE = 20
_DUE_AFTER_DAYS = 7
_PAGES = {Asked.ADVISE: "trainer:desk", Asked.ASSIGN: "preparing:assign", Asked.PLAN: "route:plan"}
_BUTTONS = {
    Asked.ADVISE: "Maak het advies",
    Asked.ASSIGN: "Wijs toe",
    Asked.PLAN: "Naar het plan",
    Asked.PREPARE: "Bereid voor",
    Asked.CLOSE: "Sluit af",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A task with its button. `long`: it waits longer than a week."""

    task: TrainerTask
    button: str
    address: str
    long: bool


@require_safe
@signed_in
def queue(request: PageRequest) -> HttpResponse:
    """Everything that waits, or what the filter keeps of it."""
    today = clock.today()
    work = trainer_work(by=request.by, today=today)
    form = QueueFilter(request.GET or None, schools=work.schools)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    kept = [
        task
        for task in work.tasks
        if asked.get("school", "") in ("", str(task.school))
        and asked.get("soort", "") in ("", task.asked)
    ]
    page = Paginator(kept, _PER_PAGE).get_page(request.GET.get("bladzijde"))
    rest = request.GET.copy()
    rest.pop("bladzijde", None)
    context = {
        "form": form,
        "page": page,
        "lines": [
            Line(
                task,
                _BUTTONS[task.asked],
                _address(task),
                task.study_day is None and (today - task.since).days > _DUE_AFTER_DAYS,
            )
            for task in page
        ],
        "all_tasks": len(work.tasks),
        "schools": work.schools,
        "query": f"{rest.urlencode()}&" if rest else "",
    }
    return render(request, "trainer/queue.html", context, status=422 if form.errors else 200)


def _address(task: TrainerTask) -> str:
    if task.study_day is not None:
        return reverse("preparing:readiness", args=[task.study_day])
    return reverse(_PAGES[task.asked], args=[task.routekaart])
