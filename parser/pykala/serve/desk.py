"""Where requests wait for a worker process: one document at a time for each, and no longer a queue than is of use."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from itertools import count
from types import TracebackType
from typing import Self

from pykala.batch.result import Packed, Task
from pykala.batch.supervisor import Supervisor
from pykala.record import Failure
from pykala.serve.options import Options


class Busy(Exception):
    """As many requests wait as may."""


class Desk:
    """Hands documents to worker processes, which a supervisor replaces when one dies."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._numbers = count()
        self._stack = ExitStack()
        self._idle: asyncio.Queue[Supervisor] = asyncio.Queue()
        self._asking = 0

    async def __aenter__(self) -> Self:
        for _ in range(self.options.workers):
            supervisor = Supervisor(1, self.options.settings, self.options.caps)
            self._idle.put_nowait(self._stack.enter_context(supervisor))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self._stack.close)

    def check_room(self) -> None:
        """Raise ``Busy`` where one more would have to wait behind too many."""
        if self._asking >= self.options.workers + self.options.waiting:
            raise Busy

    async def ask(self, uri: str, content: bytes | str) -> Packed | Failure:
        """What a document gives.

        Args:
            uri: how the client names it.
            content: its bytes in any format, or its plain text.
        """
        self._asking += 1
        try:
            supervisor = await self._idle.get()
            try:
                return await asyncio.to_thread(_answer, supervisor, Task(next(self._numbers), uri, content))
            finally:
                self._idle.put_nowait(supervisor)
        finally:
            self._asking -= 1


def _answer(supervisor: Supervisor, task: Task) -> Packed | Failure:
    supervisor.submit(task)
    while True:
        for number, result in supervisor.replies():
            if number == task.number:
                return result
