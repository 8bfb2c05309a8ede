"""Filtering the queue."""

from collections.abc import Iterable
from typing import Any

from django import forms

from routekaart.domain.trainer_queue import Asked
from routekaart.models import School


class QueueFilter(forms.Form):
    """Which part of the queue. Every value may be left out."""

    school = forms.ChoiceField(label="School", required=False)
    soort = forms.ChoiceField(
        label="Wat te doen",
        required=False,
        choices=[("", "Alles"), *((one.value, one.words) for one in Asked)],
    )

    def __init__(self, *args: Any, schools: Iterable[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", "Alle scholen"),
            *((str(school.pk), school.name) for school in schools),
        ]
