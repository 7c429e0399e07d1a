"""The command line of dev.py: which verb takes which options, and how a problem ends it."""

import argparse
import errno
import signal
import sys
from collections.abc import Sequence

from devtools import checks, environment, running
from devtools.console import UserError, say

PLANTS = ("no-reject", "two-in-one-slot", "no-idle", "double-charge")
DEFAULT_PORT = 8321
# Windows knows no quotas by this name.
FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))

SUMMARY = """Fairhour. Say what to do:

  python3 dev.py run           set up, then start the marketplace and the tracker with sample accounts
  python3 dev.py run --fast    the same with a clock 60 times faster, on fresh data: an hour in a minute
  python3 dev.py test          set up, then lint, types, import contracts, security lint and all tests
  python3 dev.py setup         only set up: system packages, .venv, locked dependencies
  python3 dev.py screenshots   make the pictures of the README, the documentation and the gallery anew
"""


def main(arguments: Sequence[str]) -> int:
    """Run one verb; a UserError is one line on stderr and status 1, Ctrl-C is status 130."""
    if not arguments:
        say(SUMMARY)
        return 2
    # pytest has options of its own: what follows `test` is not for our parser.
    own, rest = (arguments[:1], arguments[1:]) if arguments[0] == "test" else (arguments, ())
    options = parser().parse_args(own)
    # SIGTERM ends a verb as Ctrl-C does: what was started is stopped. A background job has SIGINT ignored by its shell.
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)
    try:
        return _run_with_space(options, rest)
    except UserError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _run_with_space(options: argparse.Namespace, rest: Sequence[str]) -> int:
    """Run a verb; wherever in it the disk turns out to be full, that is the user's one line."""
    try:
        return _run(options, rest)
    except OSError as error:
        # tempfile tries several folders and hides why none of them took a file.
        if "No usable temporary directory" in str(error):
            raise UserError(
                "No temporary file can be made; is the disk full? Free some space and start again."
            ) from error
        if error.errno not in FULL:
            raise
        where = f" ({error.filename})" if error.filename else ""
        raise UserError(f"The disk is full{where}: free some space and start again.") from error


def _run(options: argparse.Namespace, rest: Sequence[str]) -> int:
    if options.verb == "setup":
        environment.ensure()
        say("Everything is set up. Next: python3 dev.py run")
        return 0
    if options.verb == "test":
        return checks.run_all(rest)
    if options.verb == "screenshots":
        return running.screenshots()
    if options.check or options.plant:
        return running.check(options.plant)
    return running.run(port=options.port, fast=options.fast)


def parser() -> argparse.ArgumentParser:
    """The verbs and their options; what follows `test` is not parsed."""
    top = argparse.ArgumentParser(
        prog="dev.py", description=SUMMARY, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = top.add_subparsers(dest="verb", required=True)
    verbs.add_parser("setup", help="system packages, .venv, locked dependencies")
    verbs.add_parser("test", help="all checks and tests; other arguments go to pytest")
    verbs.add_parser("screenshots", help="the pictures of the README, docs and gallery")
    run = verbs.add_parser("run", help="marketplace and tracker with sample accounts")
    run.add_argument("--fast", action="store_true", help="a clock 60 times faster, on fresh data")
    run.add_argument("--check", action="store_true", help="do the whole loop and say whether it held")
    run.add_argument("--plant", choices=PLANTS, help="with --check: bring a bug back that the check must catch")
    run.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"the marketplace's port ({DEFAULT_PORT})")
    return top
