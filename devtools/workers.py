"""Commands from one queue, run by a few workers beside each other until none is left.

Each worker has a virtual desktop of its own: two programs that type would steal each other's focus. What a command
prints is said when it ends, whole; a failure stops none of the others, so that one run tells them all.
"""

import contextlib
import queue
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO

from devtools import processes
from devtools.console import ROOT, UserError, say
from devtools.desktop import virtual_desktop

Surroundings = Callable[[], AbstractContextManager[Mapping[str, str]]]


def nothing() -> AbstractContextManager[Mapping[str, str]]:
    """No surroundings: no variable more."""
    return contextlib.nullcontext({})


@dataclass(frozen=True)
class Task:
    """A titled command; `surroundings` are made for it and give it their variables."""

    title: str
    command: Sequence[str]
    surroundings: Surroundings = nothing


class Workers:
    """Some threads that take the tasks in their order. `failed`: those that did not pass, in the order of ending."""

    def __init__(self, tasks: Sequence[Task], env: Mapping[str, str], number: int) -> None:
        self.failed: list[Task] = []
        self._queue: queue.SimpleQueue[Task] = queue.SimpleQueue()
        for task in tasks:
            self._queue.put(task)
        self._env = env
        self._running: set[processes.Process] = set()
        self._lock = threading.Lock()
        self._ending = False
        self._trouble: list[Exception] = []
        self._threads = [threading.Thread(target=self._work, name=f"worker {each}") for each in range(number)]

    def run(self) -> None:
        """Run all tasks; raises what a worker's desktop raised, and KeyboardInterrupt after all have been stopped."""
        try:
            for thread in self._threads:
                thread.start()
            for thread in self._threads:
                thread.join()
        finally:
            self._end()
        if self._trouble:
            raise self._trouble[0]

    def _end(self) -> None:
        """Stop what still runs (nothing, unless the user broke it off)."""
        with self._lock:
            self._ending = True
            running = [*self._running]
        for process in running:
            processes.stop(process)
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    def _work(self) -> None:
        try:
            with virtual_desktop() if sys.platform.startswith("linux") else contextlib.nullcontext() as desktop:
                env = {**self._env, **(desktop.env if desktop else {})}
                with contextlib.suppress(queue.Empty):
                    while True:
                        self._do(self._queue.get_nowait(), env)
        except Exception as error:  # noqa: BLE001 - top of a thread; told by run()
            self._trouble.append(error)

    def _do(self, task: Task, env: Mapping[str, str]) -> None:
        began = time.monotonic()
        say(f"-- {task.title}: begun")
        with tempfile.TemporaryFile() as output:
            try:
                with task.surroundings() as more:
                    status = self._status(task.command, {**env, **more}, output)
            except UserError as error:
                output.write(f"{error}\n".encode())
                status = 1
            output.seek(0)
            said = output.read().decode(errors="replace").strip()
        seconds = time.monotonic() - began
        with self._lock:
            if self._ending:
                return
            if status != 0:
                self.failed.append(task)
            verdict = "passed" if status == 0 else "FAILED"
            say(f"\n== {task.title}\n{said}\n== {task.title}: {verdict} in {seconds:.1f} s")

    def _status(self, command: Sequence[str], env: Mapping[str, str], output: IO[bytes]) -> int:
        with self._lock:
            if self._ending:
                return 0
            process = processes.start(command, env=env, output=output, cwd=ROOT)
            self._running.add(process)
        try:
            return process.wait()
        finally:
            with self._lock:
                self._running.remove(process)
