"""What every form of the pages carries along."""

from typing import Any

from django import template
from django.forms import BoundField
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from routekaart.models import Person
from routekaart.web.forms.shared import SharedForm
from routekaart.web.kept import FOR_WHOM, for_whom

register = template.Library()


@register.simple_tag(takes_context=True)
def form_tokens(context: dict[str, Any]) -> SafeString:
    """The CSRF token, and for whom the form was made: an ended session then loses nothing."""
    request = context["request"]
    token = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
    )
    if not isinstance(request.user, Person):
        return token
    return token + format_html(
        '<input type="hidden" name="{}" value="{}">', FOR_WHOM, for_whom(request.user)
    )


@register.filter
def as_shown(field: BoundField) -> str:
    """The hidden field with the value that the page showed (see `SharedForm`)."""
    if not field.field.show_hidden_initial:
        return ""
    return field.as_hidden(only_initial=True)


@register.filter
def first_id(field: BoundField) -> str:
    """The id of the control, or of the first one of a group: where an error leads to."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


@register.filter
def lead_in(field: BoundField) -> str:
    """The label before an error: a question already ends in a mark of its own."""
    return str(field.label) if str(field.label).endswith("?") else f"{field.label}:"


@register.simple_tag(takes_context=True)
def fields_told(context: dict[str, Any]) -> list[BoundField]:
    """The fields of a SharedForm whose hidden values go along with the answer to a save."""
    form: SharedForm = context["form"]
    told = form.told(context["request"].POST)
    form.seen()
    return told
