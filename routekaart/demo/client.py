"""A small client of our own API, as a stranger would write one: standard library only."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

TIMEOUT_SECONDS = 30
_FIRST_ERROR = 400


class ApiProblem(Exception):
    """The API answered with a problem; the message is its Dutch detail."""


class Api(ABC):
    """`/api/v1` as one person sees it. Every call raises `ApiProblem` where the API refuses."""

    def get(self, path: str) -> Any:
        return json.loads(self.download(path))

    def items(self, path: str) -> list[Any]:
        """The items of a list."""
        found: list[Any] = self.get(path)["items"]
        return found

    def post(self, path: str, body: Any = None) -> Any:
        return self._call("POST", path, body)

    def patch(self, path: str, body: Any) -> Any:
        return self._call("PATCH", path, body)

    def put(self, path: str, body: Any) -> Any:
        return self._call("PUT", path, body)

    def delete(self, path: str) -> None:
        self._call("DELETE", path, None)

    def download(self, path: str) -> bytes:
        return self._answer("GET", path, None)

    def _call(self, method: str, path: str, body: Any) -> Any:
        """None where the answer has no content."""
        content = self._answer(method, path, None if body is None else json.dumps(body).encode())
        return json.loads(content) if content else None

    def _answer(self, method: str, path: str, body: bytes | None) -> bytes:
        status, content = self._send(method, path, body)
        if status < _FIRST_ERROR:
            return content
        problem = json.loads(content or b"{}")
        parts = [problem.get("detail", str(status))]
        parts += [error["detail"] for error in problem.get("errors", [])]
        parts += [finding["message"] for finding in problem.get("findings", [])]
        raise ApiProblem(f"{method} {path}: {' '.join(dict.fromkeys(parts))}")

    @abstractmethod
    def _send(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        """The status and the content of the answer."""


@dataclass(frozen=True, slots=True)
class Client(Api):
    """Calls a server on this machine with the token of one person."""

    address: str
    token: str

    def _send(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        # The address is our own server on loopback, given by the supervisor.
        request = Request(  # noqa: S310
            f"{self.address}/api/v1{path}",
            data=body,
            headers=headers_of(self.token, body),
            method=method,
        )
        try:
            with urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
                return response.status, response.read()
        except HTTPError as error:
            return error.code, error.read()


def headers_of(token: str, body: bytes | None) -> Mapping[str, str]:
    """The headers of a call."""
    found = {"Authorization": f"Bearer {token}"}
    return found if body is None else found | {"Content-Type": "application/json"}
