"""The queue of the whole run: all is done, all is told, and breaking off leaves nothing behind."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from devtools import processes, workers
from devtools.console import UserError
from devtools.desktop import DesktopError, virtual_desktop
from devtools.workers import Task, Workers


def shell(title: str, line: str) -> Task:
    return Task(title, ["sh", "-c", line])


def test_a_failure_stops_no_other(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    tasks = [shell("bad", "echo why; exit 3"), *(shell(f"good {n}", f"touch {tmp_path}/{n}") for n in range(3))]
    subject = Workers(tasks, {}, 1)
    subject.run()
    assert [task.title for task in subject.failed] == ["bad"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0", "1", "2"]
    said = capfd.readouterr().out
    assert "== bad\nwhy\n== bad: FAILED in" in said
    assert "== good 2: passed in" in said


def test_two_run_beside_each_other_on_desktops_of_their_own(tmp_path: Path) -> None:
    meet = "echo $DISPLAY > {0}/{1}; until [ -e {0}/{2} ]; do sleep 0.02; done"
    subject = Workers([shell("a", meet.format(tmp_path, 1, 2)), shell("b", meet.format(tmp_path, 2, 1))], {}, 2)
    subject.run()
    assert subject.failed == []
    displays = {path.read_text() for path in tmp_path.iterdir()}
    assert len(displays) == (2 if sys.platform.startswith("linux") else 1)


def test_what_surrounds_a_task_is_there_for_it_alone(capfd: pytest.CaptureFixture[str]) -> None:
    left: list[bool] = []

    @contextlib.contextmanager
    def server() -> Iterator[Mapping[str, str]]:
        yield {"SERVER": "is up"}
        left.append(True)

    def broken() -> contextlib.AbstractContextManager[Mapping[str, str]]:
        raise UserError("There is no server.")

    tasks = [
        Task("with", ["sh", "-c", "echo server $SERVER"], server),
        shell("without", "echo server ${SERVER:-is gone}"),
        Task("never", ["true"], broken),
    ]
    subject = Workers(tasks, {}, 1)
    subject.run()
    assert left == [True]
    assert [task.title for task in subject.failed] == ["never"]
    said = capfd.readouterr().out
    assert "server is up" in said
    assert "server is gone" in said
    assert "== never\nThere is no server.\n== never: FAILED in" in said


def test_broken_off_it_stops_what_runs_and_starts_nothing_more(tmp_path: Path) -> None:
    running = f"trap 'touch {tmp_path}/stopped; exit 0' TERM; touch {tmp_path}/begun; while :; do sleep 0.05; done"
    subject = Workers([shell("long", running), shell("never", f"touch {tmp_path}/never")], {}, 1)

    def interrupt() -> None:
        assert processes.wait_until((tmp_path / "begun").exists, 20)
        os.kill(os.getpid(), signal.SIGINT)

    user = threading.Thread(target=interrupt)
    user.start()
    with pytest.raises(KeyboardInterrupt):
        subject.run()
    user.join()
    assert {path.name for path in tmp_path.iterdir()} == {"begun", "stopped"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the virtual desktop exists on Linux only")
def test_a_worker_without_a_desktop_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    desktops: list[object] = []

    @contextlib.contextmanager
    def one_only() -> Iterator[object]:
        desktops.append(None)
        if len(desktops) > 1:
            raise DesktopError("Xvfb did not start.")
        with virtual_desktop() as made:
            yield made

    monkeypatch.setattr(workers, "virtual_desktop", one_only)
    with pytest.raises(DesktopError):
        Workers([shell("a", f"touch {tmp_path}/1"), shell("b", f"touch {tmp_path}/2")], {}, 2).run()
    assert len(list(tmp_path.iterdir())) == 2
