"""One course of the desk: change it, leave it out, put it back, or add it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import reswap, retarget

from courses.advice import AdviceItem
from courses.entities import Course
from routekaart import clock
from routekaart.actions.advice.desk import save_desk
from routekaart.domain.advice_desk import (
    AddCourse,
    CourseWish,
    DeskChange,
    Purpose,
    Treatment,
    wish_of,
    with_added,
    with_wish,
    without_course,
)
from routekaart.queries.advice.desk import DeskPage, desk_page
from routekaart.web.forms.desk import CourseForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.trainer.bureau import OPEN_STATES, bureau_of
from routekaart.web.views.trainer.desk import desk_context

_PUT_BACK = "terug"
_NOTHING = CourseWish(Treatment.KEEP, Purpose())


@require_http_methods(["GET", "POST"])
@signed_in
def course(request: PageRequest, routekaart_id: UUID, course: str) -> HttpResponse:
    """The form of a course, on a page of its own or inside the desk."""
    found = _desk(request, routekaart_id)
    known = found.catalogue.course_by_slug.get(course)
    item = _item(found, course)
    if known is None and item is None:
        raise Http404
    if request.method == "POST" and request.POST.get("doe") == _PUT_BACK:
        return _put_back(request, found, course)
    form = _form(found, item, course, request.POST if request.method == "POST" else kept(request))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            _save(request, found, course, form)
        if not form.errors:
            return _saved(request, found, course)
    form.seen()
    return _shown(request, found, form, item, known, course)


def _desk(request: PageRequest, routekaart_id: UUID) -> DeskPage:
    return desk_page(by=request.by, routekaart_id=routekaart_id, today=clock.today())


def _item(found: DeskPage, course: str) -> AdviceItem | None:
    return next((one for one in found.desk.advice.items if one.course == course), None)


def _form(
    found: DeskPage, item: AdviceItem | None, course: str, data: QueryDict | None
) -> CourseForm:
    changes = found.desk.changes
    wish = wish_of(item, changes) if item else _first_wish(found)
    own = [one for one in changes if one.course == course]
    return CourseForm(
        data,
        advice=found.desk.advice,
        goals=[goal for goal, _ in found.goals],
        catalogue=found.catalogue,
        item=item,
        wish=wish,
        is_new=item is None or bool(own and isinstance(own[0], AddCourse)),
        auto_id=f"id_%s_{course}",
    )


def _first_wish(found: DeskPage) -> CourseWish:
    """With one intervention or one goal there is nothing to choose."""
    chosen = tuple(one.slug for one in found.desk.advice.interventions)
    if len(chosen) == 1:
        return CourseWish(Treatment.KEEP, Purpose(interventions=chosen))
    return _NOTHING


def _save(request: PageRequest, found: DeskPage, course: str, form: CourseForm) -> None:
    item = _item(found, course)
    now = found.desk.changes
    if item is None:
        _put(request, found, with_added(now, course, form.wish()))
    else:
        _put(request, found, with_wish(now, item, form.merged()))


def _of(found: DeskPage, course: str) -> list[DeskChange]:
    return [change for change in found.desk.changes if change.course == course]


def _put(request: PageRequest, found: DeskPage, changes: Sequence[DeskChange]) -> None:
    save_desk(
        by=request.by,
        routekaart_id=found.routekaart.pk,
        revision=found.desk.revision,
        changes=changes,
        today=clock.today(),
    )


def _put_back(request: PageRequest, found: DeskPage, course: str) -> HttpResponse:
    _put(request, found, without_course(found.desk.changes, course))
    return _saved(request, found, course)


def _saved(request: PageRequest, before: DeskPage, course: str) -> HttpResponse:
    """The desk as it is now, with what the change did to the time that it asks."""
    now = _desk(request, before.routekaart.pk)
    if request.htmx:
        shown = desk_context(now, changed=course, before=before.desk.advice)
        answer = render(request, "trainer/bureau.html", shown)
        return reswap(retarget(answer, "#bureau"), "outerHTML")
    effect = bureau_of(now, changed=course, before=before.desk.advice).effect
    messages.success(request, f"Bewaard. {effect}")
    return redirect(f"{reverse('trainer:desk', args=[now.routekaart.pk])}#cursus-{course}")


def _shown(
    request: PageRequest,
    found: DeskPage,
    form: CourseForm,
    item: AdviceItem | None,
    known: Course | None,
    course: str,
) -> HttpResponse:
    dropped = next((one for one in found.desk.advice.dropped if one.course == course), None)
    context: dict[str, Any] = {
        "routekaart": found.routekaart,
        "team": found.routekaart.team,
        "form": form,
        "item": item,
        "known": known,
        "course": course,
        "title": item.title if item else known.title if known else course,
        "dropped": dropped,
        "dropped_here": dropped is not None and bool(_of(found, course)),
        "declined": found.desk.declined.get(course),
        "is_open": found.routekaart.state in OPEN_STATES,
    }
    status = 422 if form.errors else 200
    if not request.htmx:
        return render(request, "trainer/course.html", context, status=status)
    answer = render(request, "trainer/course_form.html", context | {"inside": True}, status=status)
    # A refused form stays where it stood, and the rest of the desk too.
    return reswap(retarget(answer, f"#vorm-{course}"), "innerHTML")
