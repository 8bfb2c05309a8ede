"""Keeps finished answers in the memory of a process, bounded in bytes."""

import threading
from collections import OrderedDict
from collections.abc import Hashable


class AnswerCache:
    """The answers that were asked for last, at most `capacity` bytes of them together.

    Safe to share between threads. One answer under two keys counts twice: the bound is then
    stricter than the memory in use.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._size = 0
        self._answers: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Bytes in use."""
        return self._size

    def get(self, key: Hashable) -> bytes | None:
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def put(self, key: Hashable, answer: bytes) -> None:
        """Keeps `answer`, and forgets what was not asked for longest."""
        with self._lock:
            self._size -= len(self._answers.pop(key, b""))
            if len(answer) > self._capacity:
                return
            self._size += len(answer)
            self._answers[key] = answer
            while self._size > self._capacity:
                _, forgotten = self._answers.popitem(last=False)
                self._size -= len(forgotten)
