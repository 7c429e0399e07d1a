"""``fairhour``: the command line beside the tray. Talks to the running tracker through its control socket.

Speaks the user's language as the windows do. What it needs of Qt is QtCore alone, so that it starts at once.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

from PySide6.QtCore import QCoreApplication

from tracker_app.speech import speak
from worktime.errors import FairhourError, Problem, failure

translate = QCoreApplication.translate


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command; returns the exit status: 0 done, 1 refused, 2 not understood."""
    app = speak()  # kept until the end: it holds the words
    options = _parser().parse_args(arguments)
    try:
        answer = _carry_out(_home(), options)
    except FairhourError as error:
        if options.json:
            print(json.dumps({"ok": False, "code": error.problem.code, "message": error.problem.message}))
        else:
            print(sentence(error.problem), file=sys.stderr)
        return 1
    try:
        print(json.dumps(answer) if options.json else _in_words(options.do, answer), flush=True)
    except BrokenPipeError:
        # Whoever reads has read enough. What is left in the buffer must not fail once more at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    del app
    # The doctor finds what is wrong without failing itself.
    return 0 if answer.get("ok", True) else 1


def sentence(problem: Problem) -> str:
    """Return a problem as one line of text, in the user's language."""
    from ui import problem_words

    title = problem_words.title(problem)
    stop = "" if title.endswith(("?", "!", ".")) else "."
    return f"{title}{stop} {problem_words.message(problem)} {problem_words.action(problem)}"


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        # An empty prefix is asked for where only the names are wanted.
        super().add_usage(usage, actions, groups, translate("cli", "Usage:") + " " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse with its headings in the user's language. What it says of a wrong word is a detail in its own."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Help, **options)
        self.own_options = self.add_argument_group(translate("cli", "Options"))
        self.own_options.add_argument("-h", "--help", action="help", help=translate("cli", "show this text and end"))

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, translate("cli", "Not understood: {detail}").format(detail=message) + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="fairhour", description=translate("cli", "Fairhour, on the command line."))
    commands = parser.add_subparsers(
        title=translate("cli", "Commands"), dest="do", required=True, metavar=translate("cli", "COMMAND")
    )
    for name, meaning in meanings().items():
        command = commands.add_parser(name, help=meaning, description=meaning)
        command.own_options.add_argument(
            "--json", action="store_true", help=translate("cli", "print the tracker's answer as JSON")
        )
        if name == "hours":
            _add_hours(command)
            continue
        what = command.add_argument_group(translate("cli", "What it is told"))
        if name == "start":
            what.add_argument("job", help=translate("cli", "the job's id, or a part of its title"))
        if name in ("export", "diagnostics"):
            what.add_argument(
                "folder",
                nargs="?",
                default=".",
                help=translate("cli", "where to save the file, if not here"),
            )
        if name == "private":
            what.add_argument("minutes", nargs="?", default="", help=translate("cli", "how long, in minutes"))
        if name == "comment":
            what.add_argument("text", help=translate("cli", "what you are working on"))
        if name == "sign-in":
            what.add_argument("server", nargs="?", default="", help=translate("cli", "the marketplace's address"))
            command.own_options.add_argument(
                "--keep-in-file",
                action="store_true",
                help=translate("cli", "where there is no keyring, keep the sign-in in a file for you alone"),
            )
    return parser


def _add_hours(command: _Parser) -> None:
    """Let ``hours`` be told to add some; without that it lists them."""
    meaning = translate("cli", "add Other hours to a week")
    acts = command.add_subparsers(title=translate("cli", "Commands"), dest="act", metavar=translate("cli", "COMMAND"))
    adding = acts.add_parser("add", help=meaning, description=meaning)
    # Before or behind it: what is not said here does not take back what was said before.
    adding.own_options.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help=translate("cli", "print the tracker's answer as JSON"),
    )
    what = adding.add_argument_group(translate("cli", "What it is told"))
    what.add_argument("job", help=translate("cli", "the job's id, or a part of its title"))
    what.add_argument("date", help=translate("cli", "a day of the work week in New York, as 2026-11-20"))
    what.add_argument("duration", help=translate("cli", "how long, as 1:30 or 1h30m"))
    what.add_argument("note", help=translate("cli", "what you did: your client reads it"))


def meanings() -> dict[str, str]:
    """Return what there is to be asked, and what each does."""
    return {
        "status": translate("cli", "what is being recorded, and what waits to be sent"),
        "start": translate("cli", "start recording a job (its id, or a part of its title)"),
        "stop": translate("cli", "stop recording"),
        "toggle": translate("cli", "stop what is recorded, else start or go on: a command for keys of your desktop"),
        "private": translate("cli", "pause for something private, without a screenshot"),
        "comment": translate("cli", "write what you are working on"),
        "week": translate("cli", "the work week of each job: its days, and what is protected"),
        "hours": translate("cli", "the Other hours of the open weeks, and adding some"),
        "export": translate("cli", "save everything that is stored about you on this computer as one zip file"),
        "diagnostics": translate("cli", "save what support needs, without screenshots, comments or titles"),
        "sign-in": translate("cli", "sign in with the browser"),
        "sign-out": translate("cli", "sign out on this computer"),
        "show": translate("cli", "show the window"),
        "quit": translate("cli", "stop recording and end Fairhour"),
        "doctor": translate("cli", "which parts of this computer are used, what is missing, and how to get it"),
    }


def _home() -> Path:
    from tracker_app.settings import data_folder

    return data_folder(os.environ)


def _carry_out(home: Path, options: argparse.Namespace) -> dict[str, Any]:
    from tracker_app.control import request

    if options.do == "sign-in":
        from tracker_app.cli_account import sign_in

        return sign_in(home, options.server, keep_in_file=options.keep_in_file)
    if options.do == "doctor":
        from tracker_app.cli_doctor import carry_out

        return carry_out(home)
    if options.do in ("export", "diagnostics"):
        from tracker_app.cli_files import make_file

        return make_file(home, options.do, options.folder)
    if options.do == "hours":
        from tracker_app import cli_hours

        return cli_hours.carry_out(home, options, _find_job)
    message: dict[str, Any] = {"do": options.do.replace("-", "_")}
    if options.do == "start":
        message["job"] = _find_job(request(home, {"do": "status"}).get("jobs", []), options.job)
    if options.do == "comment":
        message["text"] = options.text
    if options.do == "private":
        message["text"] = options.minutes
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
    if do == "quarantine":
        return "\n".join(_refused(item) for item in answer["items"]) or translate("cli", "Nothing was refused.")
    if do == "status":
        return _status(answer)
    if do == "doctor":
        from tracker_app.cli_doctor import in_words

        return in_words(answer)
    if do == "hours":
        from tracker_app import cli_hours

        return cli_hours.in_words(answer)
    if do in ("week", "export", "diagnostics"):
        from tracker_app import cli_files

        return cli_files.week_in_words(answer) if do == "week" else cli_files.made_in_words(answer)
    if do == "toggle":
        do = "start" if answer["state"] == "recording" else "stop"
    return {
        "start": translate("cli", "Recording."),
        "private": translate("cli", "Paused for something private."),
        "stop": translate("cli", "Stopped."),
        "comment": translate("cli", "Noted."),
        "sign-in": translate("cli", "Signed in at {server}.").format(server=answer.get("sign_in", {}).get("server")),
        "sign-out": translate("cli", "Signed out. What is recorded is kept on this computer."),
        "show": translate("cli", "Shown."),
        "quit": translate("cli", "Ended."),
    }[do]


def _status(answer: dict[str, Any]) -> str:
    from ui import words
    from ui.models import Activity, SyncView

    unsent = answer.get("unsent", {})
    what = {name: unsent.get(name, 0) for name in ("segments", "pictures", "hours")}
    waiting = words.waiting(SyncView(**what))
    doing, job = words.doing(Activity(answer["state"])), answer.get("job_title")
    times = translate("cli", "Today {today}, this week {week}")
    lines = [
        translate("cli", "{state}: {job}").format(state=doing, job=job) if job else doing,
        times.format(today=words.duration(answer["today_s"]), week=words.duration(answer["week_s"])),
        translate("cli", "Waits to be sent: {what}").format(what=waiting)
        if waiting
        else translate("cli", "Nothing waits to be sent"),
    ]
    if answer.get("oldest_unsent_s") is not None:
        lines.append(
            translate("cli", "The oldest of it is {time} old").format(time=words.duration(answer["oldest_unsent_s"]))
        )
    match answer.get("spool"):
        case "encrypted":
            lines.append(translate("cli", "Screenshots that wait on this computer are encrypted"))
        case "locked":
            lines.append(
                translate("cli", "Screenshots are not encrypted on this computer until the keyring is unlocked")
            )
        case "plain":
            lines.append(
                translate(
                    "cli", "Screenshots that wait on this computer are not encrypted: there is no keyring for the key"
                )
            )
    return "\n".join(lines)


def _refused(item: dict[str, Any]) -> str:
    from datetime import UTC, datetime

    from ui.words import duration

    at = datetime.fromtimestamp(item["at"], UTC).astimezone()
    what = translate("cli", "screenshot") if item["kind"] == "screenshot" else duration(item["tracked_s"])
    return f"{at:%Y-%m-%d %H:%M}  {what}  {item['job_title']}: {item['message']} {item['action']}"


if __name__ == "__main__":
    sys.exit(main())
