"""Text in a form: one kind of line end, and nothing that nobody can see."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms

import routekaart.web.forms as package
from routekaart.web.forms.texts import LineText, RunningText


@pytest.mark.parametrize("kind", [LineText, RunningText])
def test_what_turns_the_order_of_reading_is_left_out(
    kind: type[LineText] | type[RunningText],
) -> None:
    assert kind().clean("\u202a Jan\u202egpj.exe \u202c") == "Jangpj.exe"
    # And then it must still say something.
    with pytest.raises(forms.ValidationError):
        kind().clean("\u202e \u2066")


def test_what_does_not_fit() -> None:
    assert RunningText().clean("een\r\ntwee\rdrie") == "een\ntwee\ndrie"
    for field, text in [(RunningText(), "a\x07b"), (LineText(), "a\x07b"), (LineText(), "a\nb")]:
        with pytest.raises(forms.ValidationError, match="onzichtbare stuurtekens"):
            field.clean(text)


def test_every_text_of_a_form_is_one_of_both() -> None:
    """A field of Django's own lets in whatever is not visible."""
    plain = [
        f"{form.__qualname__}.{name}"
        for form in _every_form()
        for name, field in form.base_fields.items()
        if type(field) is forms.CharField
        and not isinstance(field.widget, (forms.HiddenInput, forms.PasswordInput))
    ]
    # What is compared or looked for, and stored nowhere.
    assert sorted(set(plain)) == [
        "CodeAgainForm.code", "CodeForm.code", "CourseSearch.woorden", "FirstCodeForm.code",
        "MailboxCode.code",
    ]  # fmt: skip


def _every_form() -> "Iterator[type[forms.Form] | type[forms.ModelForm[Any]]]":
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        for one in vars(importlib.import_module(module.name)).values():
            here = isinstance(one, type) and one.__module__ == module.name
            if here and issubclass(one, (forms.Form, forms.ModelForm)):
                yield one
