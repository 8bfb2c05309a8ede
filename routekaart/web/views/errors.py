"""Pages for what went wrong. They use no database, so that they also work when it is away."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from routekaart.web.kept import with_fresh_token


def bad_request(request: HttpRequest) -> HttpResponse:
    return _page(request, 400, "Dit verzoek is onleesbaar", "Ga terug en probeer het opnieuw.")


def forbidden(request: HttpRequest) -> HttpResponse:
    return _page(
        request, 403, "Dit mag niet", "Je rol geeft geen toestemming om dit te zien of te doen."
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that is too old: shown anew with what was typed, or refused."""
    return with_fresh_token(request, reason) or _page(
        request, 403, "Dit formulier is verlopen", "Open de pagina opnieuw en probeer het nog eens."
    )


def not_found(request: HttpRequest) -> HttpResponse:
    return _page(request, 404, "Niet gevonden", "Deze pagina bestaat niet, of je kunt er niet bij.")


def length_required(request: HttpRequest) -> HttpResponse:
    return _page(request, 411, "Dit verzoek is onleesbaar", "Ga terug en probeer het opnieuw.")


def too_large(request: HttpRequest) -> HttpResponse:
    return _page(
        request, 413, "Dit is te groot", "Kies een kleiner bestand, of lever het in delen in."
    )


def too_many(request: HttpRequest) -> HttpResponse:
    return _page(request, 429, "Dat is te vaak achter elkaar", "Probeer het later weer.")


def not_possible(request: HttpRequest, reasons: Sequence[str]) -> HttpResponse:
    """For what the present state does not allow, outside a form."""
    return _page(request, 409, "Dit kan nu niet", *reasons)


def unexpected(request: HttpRequest) -> HttpResponse:
    return _page(request, 500, "Er ging iets mis", "Het ligt aan ons. Probeer het later opnieuw.")


def unavailable(request: HttpRequest, reason: str) -> HttpResponse:
    return _page(request, 503, "Nog niet klaar", reason)


def database_away(request: HttpRequest) -> HttpResponse:
    return unavailable(request, "De gegevens zijn even niet bereikbaar. Probeer het zo opnieuw.")


def _page(request: HttpRequest, status: int, title: str, *sentences: str) -> HttpResponse:
    context = {"title": title, "sentences": sentences}
    return render(request, "web/error.html", context, status=status)
