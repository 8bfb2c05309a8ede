"""What an action refuses, shown where the user can mend it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django import forms

from courses.advice import UnknownSlug
from routekaart.domain.errors import BadInput, DomainError, RulesBroken


@contextmanager
def refusals(form: forms.BaseForm, fields: Mapping[str, str] | None = None) -> Iterator[None]:
    """Puts what the domain refuses inside the body on `form`, and swallows the exception.

    A refusal or finding that names a field goes to that field; `fields` maps names of the domain
    to names of the form where they differ. After the body, look at `form.errors`.
    """
    names = fields or {}
    try:
        yield
    except BadInput as error:
        _put(form, names.get(error.field, error.field), error.message)
    except UnknownSlug as error:
        _put(form, names.get(error.field, error.field), str(error))
    except DomainError as error:
        _put(form, None, error.message)
    except RulesBroken as error:
        for finding in error.findings:
            # Where a field holds several points, each has a field of its own here.
            point = finding.point if finding.point in form.fields else finding.field
            _put(form, names.get(point, point) if point else None, finding.message)


def _put(form: forms.BaseForm, field: str | None, message: str) -> None:
    form.add_error(field if field in form.fields else None, message)
