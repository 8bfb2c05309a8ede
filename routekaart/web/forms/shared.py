"""Forms on what several people fill in at the same time."""

from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict

from routekaart import clock
from routekaart.domain.readability import hints

_LONGEST_SHOWN = 120


class SharedForm(forms.Form):
    """Saves only what this person changed, and never writes over what somebody else changed.

    `initial` must hold the values as they stand now. Each field carries along the value that the
    page showed; a field that differs from it was changed here, and one that stands differently
    now was changed elsewhere. When both hold, the field gets an error that shows the other value,
    and saving once more keeps one's own.
    """

    # Fields with texts that others read: a hint says what would make them easier.
    eased: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Fields that somebody else changed too; each has an error that says so.
        self.clashes: set[str] = set()
        for field in self.fields.values():
            field.show_hidden_initial = True

    def make_new(self) -> None:
        """What is not there yet nobody else has changed: nothing is compared."""
        for field in self.fields.values():
            field.show_hidden_initial = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.changed_data:
            shared = self.fields[name].show_hidden_initial
            if shared and name in cleaned and self._changed_elsewhere(name, cleaned[name]):
                self.clashes.add(name)
                self.add_error(
                    name,
                    f"Iemand anders maakte hier intussen dit van: ‘{self._now_shown(name)}’. "
                    "Bewaar nog een keer als jouw invulling moet blijven.",
                )
        return cleaned

    @property
    def tips(self) -> list[tuple[BoundField, tuple[str, ...]]]:
        """What would make the texts easier, by field, as they stand on the page."""
        fields = [self[name] for name in self.eased if name in self.fields]
        found = [(field, hints(str(field.value() or ""))) for field in fields]
        return [(field, told) for field, told in found if told]

    def changes(self) -> dict[str, Any]:
        """The values that this person changed, by field; read after `is_valid()`."""
        return {
            name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data
        }

    def seen(self) -> None:
        """What nobody changed here is shown as it stands now; call before the page is shown.

        So that this page, saved once more, does not bring back what somebody else has changed.
        """
        if not self.is_bound:
            return
        clashes, changed = self.clashes, self.changed_data
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        for name, field in self.fields.items():
            now = field.prepare_value(self.get_initial_for_field(field, name))
            if name in clashes or name not in changed:
                values = now if isinstance(now, list | tuple) else [now]
                data.setlist(
                    self.add_initial_prefix(name),
                    ["" if one is None else str(one) for one in values],
                )
            if name not in changed:
                _put(data, self.add_prefix(name), field.widget, now)
        self.data = data

    def told(self, posted: QueryDict) -> list[BoundField]:
        """The fields of which the page that sent `posted` shows how they stand now, or is told.

        Of any other field the page goes on to carry what it shows. `self` is that form with its
        errors, or after a good save a new one.
        """
        errors, no_files = bool(self.errors), MultiValueDict[str, Any]()
        found: list[BoundField] = []
        for name, field in self.fields.items():
            typed = field.widget.value_from_datadict(posted, no_files, self.add_prefix(name))
            shown = field.hidden_widget().value_from_datadict(
                posted, no_files, self.add_initial_prefix(name)
            )
            same = not field.has_changed(self.get_initial_for_field(field, name), typed)
            saved = not errors and field.has_changed(shown, typed)
            if same or saved or name in self.clashes:
                found.append(self[name])
        return found

    def _shown(self, name: str) -> Any:
        """The value that the page showed to who posted it."""
        field = self.fields[name]
        raw = field.hidden_widget().value_from_datadict(
            self.data, self.files, self.add_initial_prefix(name)
        )
        return field.clean(raw) if raw not in field.empty_values else raw

    def _changed_elsewhere(self, name: str, mine: Any) -> bool:
        field = self.fields[name]
        now = self.get_initial_for_field(field, name)
        try:
            shown = self._shown(name)
        except forms.ValidationError:
            # Not a value that this page ever showed.
            return True
        return field.has_changed(shown, field.prepare_value(now)) and field.has_changed(
            mine, field.prepare_value(now)
        )

    def _now_shown(self, name: str) -> str:
        now = self.get_initial_for_field(self.fields[name], name)
        choices = dict(getattr(self.fields[name], "choices", ()))
        values = now if isinstance(now, list | tuple) else [now]
        text = ", ".join(str(choices.get(value, value)) for value in values if value is not None)
        return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def _put(data: QueryDict, name: str, widget: forms.Widget, now: Any) -> None:
    """Makes `data` hold the value `now`, as a browser would have sent it."""
    if isinstance(widget, forms.CheckboxInput):
        data.setlist(name, ["on"] if now else [])
    elif not isinstance(widget, forms.MultiWidget):
        shown = widget.format_value(now)
        values = shown if isinstance(shown, list | tuple) else [shown]
        data.setlist(name, [str(one) for one in values if one is not None])


def saved_fragment(request: HttpRequest, form: SharedForm) -> HttpResponse:
    """The answer to a save in the background: when it was, or what is not right yet.

    Only for requests of htmx; after a good save call it with a form whose `initial` is as it
    stands now.
    """
    return render(
        request,
        "parts/saved.html",
        {"form": form, "saved_at": clock.now()},
        status=422 if form.errors else 200,
    )
