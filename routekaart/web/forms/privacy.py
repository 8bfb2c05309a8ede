"""Erasing somebody: the name once more."""

from django import forms

from routekaart.web.forms.texts import LineText


class ErasureForm(forms.Form):
    """Asks for the name, so that nobody is erased by a slip."""

    confirmation = LineText(
        label="Typ de naam van wie je wist",
        help_text="Precies zoals die hierboven staat.",
        error_messages={"required": "Typ de naam van wie je wist."},
    )
