"""Pages for what went wrong. They use no database, so that they also work when it is away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest) -> HttpResponse:
    return _page(request, 400, "Dit verzoek is onleesbaar", "Ga terug en probeer het opnieuw.")


def forbidden(request: HttpRequest) -> HttpResponse:
    return _page(request, 403, "Dit mag niet", "Vernieuw de vorige pagina en probeer het nog eens.")


def not_found(request: HttpRequest) -> HttpResponse:
    return _page(request, 404, "Niet gevonden", "Deze pagina bestaat niet, of je kunt er niet bij.")


def too_many(request: HttpRequest) -> HttpResponse:
    return _page(
        request, 429, "Dat is te vaak achter elkaar", "Probeer het over een paar minuten weer."
    )


def unexpected(request: HttpRequest) -> HttpResponse:
    return _page(request, 500, "Er ging iets mis", "Het ligt aan ons. Probeer het later opnieuw.")


def unavailable(request: HttpRequest, reason: str) -> HttpResponse:
    return _page(request, 503, "Nog niet klaar", reason)


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "web/error.html", {"title": title, "text": text}, status=status)
