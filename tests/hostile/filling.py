"""Putting hostile text wherever the product keeps text that somebody wrote."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from django.apps import apps
from django.db import models
from django_scopes import scopes_disabled
from pydantic import TypeAdapter, ValidationError

from routekaart.api.shapes import LongText, ShortText

_LINE, _TEXT = TypeAdapter[str](ShortText), TypeAdapter[str](LongText)
_SHORTEST = 100
# Nobody writes these: they are made, or chosen from a list.
_MADE = {
    "password", "email", "digest", "content_hash", "input_hash", "catalogue_version", "media_type",
    "file_name", "key", "cache_key", "value", "point", "uid", "academy_url", "url", "programme",
    "fingerprint",
}  # fmt: skip
_MADE_QUESTION = ("PlgAnswer", "question")
# These hold words that people wrote, as they were at some moment.
_FROZEN = {("Plan", "content"), ("AdviceVersion", "content")}


class Filler:
    """Takes one hostile string after another, and only those that the API lets in."""

    def __init__(self, strings: Iterator[str]) -> None:
        self._strings = strings
        self._number = count(1)
        self.used: set[str] = set()

    def text(self, most: int | None) -> str:
        """The next string that may stand in a column of `most` signs, made unlike all others."""
        kind = _TEXT if most is None else _LINE
        room = 9_000 if most is None else most - 8
        for text in self._strings:
            try:
                found = kind.validate_python(text[:room], strict=True)
            except ValidationError:
                continue
            self.used.add(text)
            return f"{found} {next(self._number)}" if found else f"x{next(self._number)}"
        raise AssertionError("the strings never end")

    def everywhere(self) -> None:
        """All text columns of all rows, and the words in plans and advice that are kept."""
        with scopes_disabled():
            for model in apps.get_app_config("routekaart").get_models():
                columns = list(_columns(model))
                for row in model._default_manager.all() if columns else ():
                    values = {field.name: self._new(field, row) for field in columns}
                    changed = {name: value for name, value in values.items() if value is not None}
                    if changed:
                        # Plainly: some rows let nobody change them.
                        models.QuerySet(model).filter(pk=row.pk).update(**changed)

    def _new(self, field: Any, row: models.Model) -> Any:
        now = getattr(row, field.name)
        if isinstance(field, models.JSONField):
            return self._within(now)
        # What is empty says that something did not happen.
        return self.text(field.max_length) if now else None

    def _within(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._within(part) for key, part in value.items()}
        if isinstance(value, list):
            return [self._within(part) for part in value]
        # A name that stands for something has no space.
        return self.text(200) if isinstance(value, str) and " " in value else value


def _columns(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.JSONField):
            if (model.__name__, field.name) in _FROZEN:
                yield field
        elif isinstance(field, models.CharField | models.TextField):
            written = not field.choices and field.name not in _MADE
            large = field.max_length is None or field.max_length >= _SHORTEST
            if written and large and (model.__name__, field.name) != _MADE_QUESTION:
                yield field
