"""Two people in one form: what each of them changes stays, and nothing comes back."""

from typing import Any

from django import forms
from django.http import QueryDict

from routekaart.web.forms.shared import SharedForm


class Row(SharedForm):
    one = forms.CharField(required=False)
    two = forms.CharField(required=False)
    days = forms.MultipleChoiceField(choices=[("1", "ma"), ("2", "di")], required=False)
    all = forms.BooleanField(required=False)


EMPTY: dict[str, Any] = {"one": "", "two": "", "days": [], "all": False}


def posted(shown: dict[str, Any], **typed: Any) -> QueryDict:
    """What a browser sends whose page was made with `shown`."""
    data = QueryDict(mutable=True)
    for name, value in (shown | typed).items():
        if name == "all":
            data.setlist(name, ["on"] if value else [])
        else:
            data.setlist(name, value if isinstance(value, list) else [value])
    for name, value in shown.items():
        data.setlist(f"initial-{name}", value if isinstance(value, list) else [str(value)])
    return data


def test_only_what_this_person_changed_is_written() -> None:
    now = EMPTY | {"two": "van Mo", "days": ["1"]}
    form = Row(posted(EMPTY, one="van Lies"), initial=now)
    assert form.is_valid()
    assert form.changes() == {"one": "van Lies"}


def test_a_save_in_the_background_tells_a_page_only_what_it_shows() -> None:
    """A page that does not show what somebody else wrote would else wipe it with its next save."""
    data = posted(EMPTY, one="van Lies")
    now = EMPTY | {"one": "van Lies", "two": "van Mo", "days": ["1"], "all": True}
    assert [field.name for field in Row(initial=now).told(data)] == ["one"]
    # What was cleaned on its way is known all the same.
    now = EMPTY | {"one": "Van Lies."}
    told = [field.name for field in Row(initial=now).told(data)]
    assert told == ["one", "two", "days", "all"]


def test_a_clash_is_told_and_the_rest_of_the_page_stays_as_it_is() -> None:
    now = EMPTY | {"one": "van Mo", "two": "ook van Mo"}
    data = posted(EMPTY, one="van Lies")
    form = Row(data, initial=now)
    assert not form.is_valid()
    assert form.clashes == {"one"}
    assert [field.name for field in form.told(data)] == ["one", "days", "all"]


def test_the_page_after_a_clash_shows_what_others_wrote_and_what_was_typed() -> None:
    now = EMPTY | {"one": "van Mo", "two": "ook van Mo", "days": ["2"], "all": True}
    form = Row(posted(EMPTY, one="van Lies"), initial=now)
    assert not form.is_valid()
    form.seen()
    assert [form[name].value() for name in EMPTY] == ["van Lies", "ook van Mo", ["2"], True]
    # Saved once more, with the page as it is: only the own field changes.
    again = Row(form.data, initial=now)
    assert again.is_valid()
    assert again.changes() == {"one": "van Lies"}


def test_something_wrong_does_not_hide_a_clash() -> None:
    class Short(Row):
        one = forms.CharField(max_length=3)

    now = EMPTY | {"one": "Mo"}
    form = Short(posted(EMPTY, one="veel te lang"), initial=now)
    assert not form.is_valid()
    form.seen()
    form.data["one"] = "Lie"  # type: ignore[index]
    again = Short(form.data, initial=now)
    assert not again.is_valid()
    assert again.clashes == {"one"}
