"""What a decorator of all operations needs to know of the one that it is on."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja import NinjaAPI
from ninja.operation import Operation

View = Callable[..., Any]


def operation_of(view: View) -> Operation:
    """The operation that `view` was written for, as its router has it."""
    operation: Operation = getattr(view, "_ninja_operation")  # noqa: B009  # set by ninja
    return operation


class Bound:
    """An operation with the API that it answers for."""

    def __init__(self, api: NinjaAPI, operation: Operation, view: View) -> None:
        self._operation = operation.clone()
        self._operation.api = api
        self._view = view

    def respond(
        self, request: HttpRequest, values: Mapping[str, Any], result: Any
    ) -> HttpResponseBase:
        """The finished answer for what the view gave when it was called with `values`.

        ninja would make it only after every decorator, so that none could keep or weigh it.
        """
        operation = self._operation
        begun = values.get(operation.signature.response_arg or "")
        response = operation.api.create_temporal_response(request) if begun is None else begun
        return operation._result_to_response(request, result, response)  # noqa: SLF001  # see above

    def ask(self, request: HttpRequest, path: Mapping[str, Any]) -> HttpResponseBase:
        """The answer to `request` if it had come to this operation, for the object of `path`."""
        operation = self._operation
        response = operation.api.create_temporal_response(request)
        values = operation._get_values(request, path, response)  # noqa: SLF001  # the same
        return self.respond(request, values, self._view(request, **values))
