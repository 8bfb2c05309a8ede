"""Two web servers and a worker as the product starts them."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType

from tests.services import free_port

_PATIENCE = 90.0


class Servers:
    """`addresses`: host and port of each web server."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._folder = folder
        self._ports = (free_port(), free_port())
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.addresses = tuple(("127.0.0.1", port) for port in self._ports)

    def __enter__(self) -> "Servers":
        for port in self._ports:
            self._start_web(port)
        self._start("worker", "--only", "worker", "--concurrency", "2")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for name in list(self._running):
            self._end(name)

    def restart(self) -> None:
        """One after the other, each only when the one before it answers again."""
        for port in self._ports:
            self._end(str(port))
            self._start_web(port)
        self._end("worker")
        self._start("worker", "--only", "worker", "--concurrency", "2")

    def memory(self) -> int:
        """What all processes together keep for themselves, in kB: shared pages count once."""
        return sum(
            _own_memory(pid)
            for process in self._running.values()
            for pid in (process.pid, *_descendants(process.pid))
        )

    def _start_web(self, port: int) -> None:
        self._start(str(port), "--only", "web", "--port", str(port))
        address = f"http://127.0.0.1:{port}/api/v1/openapi.json"
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                urllib.request.urlopen(address, timeout=5).close()
            except (urllib.error.URLError, OSError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
            else:
                return

    def _start(self, name: str, *options: str) -> None:
        with (self._folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-W", "ignore", "manage.py", "serve", *options],
                cwd=self._root,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _end(self, name: str) -> None:
        process = self._running.pop(name)
        process.terminate()
        process.wait(timeout=_PATIENCE)


def _own_memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        # It ended just now.
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    todo = [pid]
    while todo:
        parent = todo.pop(0)
        try:
            listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        except OSError:
            continue
        found += [int(one) for one in listed]
        todo += [int(one) for one in listed]
    return found
