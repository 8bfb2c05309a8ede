"""Holds the place of a page that is being built; none is left when this change is done."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from routekaart.web.views.errors import not_found


def placeholder(request: HttpRequest, **_ids: Any) -> HttpResponse:
    return not_found(request)
