"""A process of the web server that stops without dropping whoever already reached it."""

import select
from typing import Any

from gunicorn.workers.gthread import ThreadWorker


class WebProcess(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's own process with threads, but for its first step when it is asked to stop.

    gunicorn keeps the port open while it ends what runs, but takes nothing more from it: whoever
    connects then waits for nothing and is cut off at the end, and a proxy does not send a POST
    twice. Here whoever waits is let in and the port is closed at once, so that a proxy is refused
    and asks another web server.
    """

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
        if self.alive or enabled:
            return
        for listener in self.sockets:
            self._let_in_who_waits(listener)
            listener.close()

    def _let_in_who_waits(self, listener: Any) -> None:
        while select.select([listener], [], [], 0)[0]:
            self.accept(listener)
