"""``fairhour``: the command line beside the tray. Talks to the running tracker through its control socket."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from worktime.errors import FairhourError, failure

COMMANDS = {
    "status": "what is being recorded, and what waits to be sent",
    "start": "start recording a job (its id, or a part of its title)",
    "stop": "stop recording",
    "comment": "write what you are working on",
    "show": "show the window",
    "quit": "stop recording and end Fairhour",
}


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command; returns the exit status: 0 done, 1 refused, 2 not understood."""
    parser = argparse.ArgumentParser(prog="fairhour", description="Fairhour, on the command line.")
    commands = parser.add_subparsers(dest="do", required=True, metavar="COMMAND")
    for name, meaning in COMMANDS.items():
        command = commands.add_parser(name, help=meaning, description=meaning)
        command.add_argument("--json", action="store_true", help="print the tracker's answer as JSON")
        if name == "start":
            command.add_argument("job")
        if name == "comment":
            command.add_argument("text")
    options = parser.parse_args(arguments)
    try:
        answer = _carry_out(_home(), options)
    except FairhourError as error:
        if options.json:
            print(json.dumps({"ok": False, "code": error.problem.code, "message": error.problem.message}))
        else:
            title = error.problem.title
            stop = "" if title.endswith(("?", "!", ".")) else "."
            print(f"{title}{stop} {error.problem.message} {error.problem.action}", file=sys.stderr)
        return 1
    try:
        print(json.dumps(answer) if options.json else _in_words(options.do, answer), flush=True)
    except BrokenPipeError:
        # Whoever reads has read enough. What is left in the buffer must not fail once more at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _home() -> Path:
    from tracker_app.settings import data_folder

    return data_folder(os.environ)


def _carry_out(home: Path, options: argparse.Namespace) -> dict[str, Any]:
    from tracker_app.control import request

    message: dict[str, Any] = {"do": options.do}
    if options.do == "start":
        message["job"] = _find_job(request(home, {"do": "status"}).get("jobs", []), options.job)
    if options.do == "comment":
        message["text"] = options.text
    return request(home, message)


def _find_job(jobs: list[dict[str, Any]], wanted: str) -> str:
    """Return the id of the one job that ``wanted`` names; raises FairhourError for none or several."""
    hits = [job for job in jobs if wanted == job["id"]] or [
        job for job in jobs if wanted.casefold() in job["title"].casefold()
    ]
    if len(hits) == 1:
        return str(hits[0]["id"])
    if not jobs:
        raise failure(
            "no_jobs_yet",
            "No jobs known yet",
            "Your jobs are still being fetched from the marketplace, or you are not signed in.",
            "Try again in a moment; sign in when Fairhour's window asks for it.",
            retryable=True,
        )
    raise failure(
        "which_job",
        "Which job?",
        "Several jobs match '{wanted}'." if hits else "No job matches '{wanted}'.",
        "Name one of these: {titles}.",
        wanted=wanted,
        titles=", ".join(job["title"] for job in hits or jobs),
    )


def _in_words(do: str, answer: dict[str, Any]) -> str:
    if do != "status":
        return {"start": "Recording.", "stop": "Stopped.", "comment": "Noted.", "show": "Shown.", "quit": "Ended."}[do]
    from ui.words import duration

    unsent = answer.get("unsent", {})
    waiting = unsent.get("segments", 0) + unsent.get("pictures", 0)
    lines = [
        f"{answer['state']}: {answer['job_title']}" if answer.get("job_title") else str(answer["state"]),
        f"today {duration(answer['today_s'])}, this week {duration(answer['week_s'])}",
        f"{waiting} items wait to be sent{_since(answer.get('oldest_unsent_s'))}" if waiting else "all synced",
    ]
    return "\n".join(lines)


def _since(oldest_s: int | None) -> str:
    from ui.words import duration

    return f", the oldest of them {duration(oldest_s)} old" if oldest_s is not None else ""


if __name__ == "__main__":
    sys.exit(main())
