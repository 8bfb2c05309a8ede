"""A small client of our own API, as a stranger would write one: standard library only."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

TIMEOUT_SECONDS = 30


class ApiProblem(Exception):
    """The API answered with a problem; the message is its Dutch detail."""


@dataclass(frozen=True, slots=True)
class Client:
    """Calls `/api/v1` of a server on this machine with the token of one person."""

    address: str
    token: str

    def get(self, path: str) -> Any:
        return json.loads(self.download(path))

    def post(self, path: str, body: Any = None) -> Any:
        return self._call("POST", path, body)

    def patch(self, path: str, body: Any) -> Any:
        return self._call("PATCH", path, body)

    def put(self, path: str, body: Any) -> Any:
        return self._call("PUT", path, body)

    def download(self, path: str) -> bytes:
        return self._send("GET", path, None)

    def _call(self, method: str, path: str, body: Any) -> Any:
        return json.loads(self._send(method, path, body))

    def _send(self, method: str, path: str, body: Any) -> bytes:
        headers = {"Authorization": f"Bearer {self.token}"}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        # The address is our own server on loopback, given by the supervisor.
        request = Request(  # noqa: S310
            f"{self.address}/api/v1{path}", data=data, headers=headers, method=method
        )
        try:
            with urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
                content: bytes = response.read()
                return content
        except HTTPError as error:
            problem = json.loads(error.read() or b"{}")
            findings = [finding["message"] for finding in problem.get("findings", [])]
            detail = " ".join([problem.get("detail", str(error)), *findings])
            raise ApiProblem(f"{method} {path}: {detail}") from None
