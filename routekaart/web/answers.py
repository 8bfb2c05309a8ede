"""What goes wrong in a view becomes a page that says what to do."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from courses.catalogue import CatalogueNotLoadedError
from routekaart.access import Forbidden, NotFound
from routekaart.domain.errors import DomainError, RulesBroken
from routekaart.web.views import errors


class ErrorsAsPages:
    """Turns the exceptions of the product into pages. What a form can show, its view shows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for `error`; None hands it on to Django."""
        match error:
            case NotFound():
                return errors.not_found(request)
            case Forbidden():
                return errors.forbidden(request)
            case DomainError():
                return errors.not_possible(request, (error.message,))
            case RulesBroken():
                return errors.not_possible(
                    request, tuple(finding.message for finding in error.findings)
                )
            case CatalogueNotLoadedError():
                return errors.unavailable(request, str(error))
            case OperationalError():
                return errors.database_away(request)
        return None
