"""The same client, but of the application in this process: here the clock of the story holds."""

from dataclasses import dataclass

from django.test import Client as Application

from routekaart.demo.client import Api

# What `ALLOWED_HOSTS` accepts outside production, and the demo school is never in production.
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class InProcess(Api):
    """Calls the WSGI application with the token of one person, without a network."""

    token: str

    def _send(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        application = Application(
            headers={"authorization": f"Bearer {self.token}"}, SERVER_NAME=HOST
        )
        response = application.generic(
            method, f"/api/v1{path}", body or b"", content_type="application/json"
        )
        content: bytes = response.getvalue()
        return response.status_code, content
