"""Django's admin for catalogue managers: courses of the own schools, and what these change.

Only catalogue managers come in, they see only their own schools, and everything is written by the
actions that the API uses too. Nothing is deleted here: a course goes out of use.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db.models import DateField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from courses.catalogue import public_catalogue
from courses.models import Course, Origin
from courses.quality import report
from routekaart import clock
from routekaart.access import Access, Forbidden, Permission, Role, access_of
from routekaart.actions.catalogue.own_courses import add_own_course, change_own_course
from routekaart.actions.organisation.school_settings import set_course_override
from routekaart.models import CourseOverride, Person, School, SchoolCourse

if TYPE_CHECKING:
    # Django's own classes take no parameter while running.
    _CourseForm = forms.ModelForm[SchoolCourse]
    _OverrideForm = forms.ModelForm[CourseOverride]
    _CourseAdmin = admin.ModelAdmin[SchoolCourse]
    _OverrideAdmin = admin.ModelAdmin[CourseOverride]
else:
    _CourseForm = _OverrideForm = forms.ModelForm
    _CourseAdmin = _OverrideAdmin = admin.ModelAdmin


def _by(request: HttpRequest) -> Access | None:
    """Who asks, when signed in; read once per request."""
    if not isinstance(request.user, Person):
        return None
    known: Access | None = getattr(request, "by", None)
    if known is None:
        known = access_of(request.user)
        request.by = known  # type: ignore[attr-defined]  # as on the other pages
    return known


def _manages_a_catalogue(request: HttpRequest) -> bool:
    by = _by(request)
    return by is not None and any(
        Role.CATALOGUE_MANAGER in granted for granted in by.roles.values()
    )


class CatalogueSite(admin.AdminSite):
    """The admin of routekaart: in Dutch, with its own door, inside the net of the own schools."""

    site_header = "Catalogusbeheer"
    site_title = "Routekaart"
    index_title = "Wat wil je beheren?"
    site_url = "/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return _manages_a_catalogue(request)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # noqa: ARG002
        """On to the one sign-in of the product."""
        return redirect_to_login(request.GET.get("next", reverse("admin:index")))

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        found = report(public_catalogue(), today=clock.today())
        counts = {
            "verschillen tussen bronnen": len(found.source_differences),
            "labels die niet bij de maanden passen": len(found.label_deviations),
            "cursussen met een ster": len(found.starred_courses),
            "titels die op elkaar lijken": len(found.near_equal_titles),
        }
        return super().index(request, {"counts": counts, **(extra_context or {})})

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner: Callable[..., HttpResponse] = super().admin_view(view, cacheable)

        def within_reach(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            by = _by(request)
            if by is None:
                return inner(request, *args, **kwargs)
            if not self.has_permission(request):
                raise Forbidden
            with by.entered():
                response = inner(request, *args, **kwargs)
                # Rendered here: templates read rows too.
                return response.render() if isinstance(response, TemplateResponse) else response

        return within_reach


class _OwnSchools:
    """What both kinds of rows share: who may, which rows, and the calendar of the browser."""

    permission: Permission
    formfield_overrides: ClassVar[Any] = {
        DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
    }

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # noqa: ARG002
        title = {"title": capfirst(self.opts.verbose_name_plural)}  # type: ignore[attr-defined]
        return super().changelist_view(request, title)  # type: ignore[misc, no-any-return]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        found = list(self.schools(request)[:2])
        return {"school": found[0].pk} if len(found) == 1 else {}

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _manages_a_catalogue(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        by = _by(request)
        if by is None or obj is None:
            return _manages_a_catalogue(request)
        return by.allows(self.permission, school=obj.school_id)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _manages_a_catalogue(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def schools(self, request: HttpRequest) -> QuerySet[School]:
        by = _by(request)
        ids = [
            school
            for school in (by.schools if by else ())
            if by is not None and by.allows(self.permission, school=school)
        ]
        return School.objects.filter(pk__in=ids)


class OwnCourseForm(_CourseForm):
    """A course of the school's own, over its two rows."""

    title = forms.CharField(label="Titel", max_length=200)
    minutes = forms.IntegerField(label="Duur in minuten", min_value=1, max_value=6000)
    url = forms.URLField(label="Adres", required=False, assume_scheme="https")
    note = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea)
    in_use = forms.BooleanField(
        label="In gebruik",
        required=False,
        initial=True,
        help_text="Uit gebruik: niemand krijgt hem nog aangeboden; wie hem heeft, houdt hem.",
    )

    class Meta:
        model = SchoolCourse
        # The school is added by the admin: schools are known only within somebody's reach.
        fields = ("provider",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            course = self.instance.course
            address = CourseOverride.objects.filter(
                school=self.instance.school_id, course=course
            ).values_list("url", flat=True)
            self.initial.update(
                title=course.title,
                minutes=course.duration_minutes,
                url=next(iter(address), ""),
                note=course.note,
                in_use=course.retired_at is None,
            )


class OwnCourseAdmin(_OwnSchools, _CourseAdmin):
    """Courses that are not in the shipped catalogue."""

    permission = Permission.ADD_COURSES
    form = OwnCourseForm
    fields = ("school", "title", "provider", "minutes", "url", "note", "in_use")
    list_display = ("title", "school", "provider", "minutes", "in_use")
    list_select_related = ("course", "school")
    search_fields = ("course__title", "provider")
    ordering = ("course__title", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SchoolCourse]:
        return super().get_queryset(request).filter(school__in=self.schools(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        return () if obj is None else ("school",)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(
            db_field, request, **kwargs | {"queryset": self.schools(request)}
        )

    def save_model(self, request: HttpRequest, obj: SchoolCourse, form: Any, change: bool) -> None:
        by = _by(request)
        assert by is not None, "admin_view lets nobody else through"  # noqa: S101
        values = {
            name: form.cleaned_data[name]
            for name in ("title", "provider", "minutes", "url", "note")
        }
        if change:
            change_own_course(
                by=by,
                own_course_id=obj.pk,
                values=values | {"in_use": form.cleaned_data["in_use"]},
            )
            return
        made = add_own_course(by=by, school_id=obj.school_id, **values)
        obj.pk, obj.course = made.pk, made.course

    @admin.display(description="Titel", ordering="course__title")
    def title(self, obj: SchoolCourse) -> str:
        return obj.course.title

    @admin.display(description="Minuten")
    def minutes(self, obj: SchoolCourse) -> int:
        return obj.course.duration_minutes

    @admin.display(description="In gebruik", boolean=True)
    def in_use(self, obj: SchoolCourse) -> bool:
        return obj.course.retired_at is None


_SAID = ("duration_minutes", "url", "confirmed_available_on")


class OverrideForm(_OverrideForm):
    """What a school says of a course. Emptied later, the course is as in the catalogue again."""

    class Meta:
        model = CourseOverride
        # The admin adds the others: schools are known only within somebody's reach.
        fields = ("duration_minutes", "confirmed_available_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance._state.adding and not any(cleaned.get(name) for name in _SAID):
            raise forms.ValidationError("Vul ten minste een duur, een adres of een datum in.")
        return cleaned


class OverrideAdmin(_OwnSchools, _OverrideAdmin):
    """What a school knows better about a course of the shipped catalogue."""

    permission = Permission.EDIT_COURSES
    form = OverrideForm
    fields = ("school", "course", *_SAID)
    list_display = ("course", "school", *_SAID)
    list_select_related = ("course", "school")
    search_fields = ("course__title",)
    ordering = ("course__title", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CourseOverride]:
        found = super().get_queryset(request).filter(school__in=self.schools(request))
        # The row of an own course is a part of that course.
        return found.exclude(course__origin=Origin.OWN)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        return () if obj is None else ("school", "course")

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "school":
            kwargs["queryset"] = self.schools(request)
        else:
            kwargs["queryset"] = Course.objects.exclude(origin=Origin.OWN).order_by("title")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "url":
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(
        self,
        request: HttpRequest,
        obj: CourseOverride,
        form: Any,
        change: bool,
    ) -> None:
        by = _by(request)
        assert by is not None, "admin_view lets nobody else through"  # noqa: S101
        set_course_override(
            by=by,
            school_id=obj.school_id,
            course=obj.course_id,
            **{name: form.cleaned_data[name] for name in _SAID},
        )
        if not change:
            obj.pk = CourseOverride.objects.get(school=obj.school_id, course=obj.course_id).pk


site = CatalogueSite(name="admin")
site.register(SchoolCourse, OwnCourseAdmin)
site.register(CourseOverride, OverrideAdmin)
