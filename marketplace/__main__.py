"""``python -m marketplace``: serve (the default), migrate, sweep, the sample's accounts. Errors are one clear line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import django
from django.core.management import call_command

from worktime.errors import FairhourError, failure

DEFAULT_PORT = 8321


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    out = argparse.ArgumentParser(prog="fairhour-marketplace", description="The Fairhour marketplace.")
    commands = out.add_subparsers(dest="command")
    serve = commands.add_parser("serve", help="serve pages and API, and run the clock (the default)")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=DEFAULT_PORT, help="0 takes any free one")
    commands.add_parser("migrate", help="bring the database up to date")
    commands.add_parser("clock", help="run only the clock, as one of several processes on PostgreSQL")
    sweep = commands.add_parser("sweep", help="count the stored files that no screenshot's row names")
    sweep.add_argument("--remove", action="store_true", help="and remove those for good that are copies")
    sweep.add_argument("--unknown", action="store_true", help="and the others: never after a backup was restored")
    sample = commands.add_parser("sample", help="make the sample accounts, jobs and card")
    sample.add_argument("--token-file", type=Path, help="write the freelancer's refresh token into this new file")
    sample.add_argument("--client-token-file", type=Path, help="the same for the client")
    sample.add_argument("--server", default=f"http://127.0.0.1:{DEFAULT_PORT}", help="address that the files name")
    out.set_defaults(host="127.0.0.1", port=DEFAULT_PORT)
    return out


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when it did what it should, 1 with one line on standard error when not."""
    asked = parser().parse_args(arguments)
    try:
        run(asked)
    except FairhourError as error:
        print(f"{error.problem.title}: {error.problem.message} {error.problem.action}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The marketplace cannot use its folder: {error}", file=sys.stderr)
        return 1
    return 0


def run(asked: argparse.Namespace) -> None:
    """Do what was asked, alone in the marketplace's folder. Raises FairhourError and OSError."""
    from marketplace import preflight
    from marketplace.foundation import core_dumps, home, keys

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    if asked.command == "sweep" and asked.unknown and not asked.remove:
        raise failure(
            "unknown_alone",
            "Nothing to do",
            "--unknown says what else to remove, and nothing is removed without --remove.",
            "Leave it out to count the files, or add --remove.",
        )
    if asked.command == "sample":
        preflight.require_sample()
    elif asked.command in (None, "serve"):
        preflight.refuse_strangers(asked.host)
    from marketplace.serving import alone, run_clock, serve

    # Database, pictures, mail and keys are nobody else's.
    os.umask(0o077)
    core_dumps.keep_none()
    folder = home.make_home()
    if asked.command == "clock":
        if not os.environ.get("FAIRHOUR_DATABASE_URL"):
            raise failure(
                "clock_inside",
                "Nothing to run",
                "The embedded marketplace has its clock inside.",
                "Run the command serve, or set FAIRHOUR_DATABASE_URL to a PostgreSQL database.",
            )
        django.setup()
        preflight.refuse_published_accounts()
        run_clock()
        return
    if asked.command == "sweep" and os.environ.get("FAIRHOUR_DATABASE_URL"):
        # Beside the web workers: it writes nothing that they do.
        django.setup()
        _sweep(remove=asked.remove, unknown=asked.unknown)
        return
    with alone(folder):
        # Before the settings are loaded: they read the keys.
        keys.make_keys(sample=home.flag("FAIRHOUR_SAMPLE"))
        django.setup()
        migrate()
        if asked.command == "sample":
            _sample(asked)
        elif asked.command == "sweep":
            _sweep(remove=asked.remove, unknown=asked.unknown)
        elif asked.command != "migrate":
            preflight.refuse_published_accounts()
            serve(folder, asked.host, asked.port)


def migrate() -> None:
    """Bring the database up to date, and make the provider's client for the tracker. Raises FairhourError."""
    from django.conf import settings
    from django.db import OperationalError

    from marketplace.accounts.provider import ensure_client

    try:
        call_command("migrate", interactive=False, verbosity=0)
        if settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
            call_command("createcachetable", verbosity=0)
    except OperationalError as error:
        raise failure(
            "database",
            "No database",
            f"The database cannot be used: {str(error).strip()}.",
            "Check the free space on the disk, and FAIRHOUR_DATABASE_URL if you set it.",
        ) from error
    ensure_client()


def _sweep(*, remove: bool, unknown: bool) -> None:
    from marketplace.workview.services import find_strays, remove_strays

    now = datetime.now(UTC)
    found = remove_strays(now=now, unknown=unknown) if remove else find_strays(now=now)
    print(f"{len(found.copies)} stray files {'removed' if remove else 'found; nothing was removed'}")
    if found.unknown:
        kept = "were kept" if remove else "would be kept"
        print(f"{len(found.unknown)} screenshots that the database does not know {kept}: perhaps the only copies")


def _sample(asked: argparse.Namespace) -> None:
    from marketplace import sample

    sample.install()
    for email, path in ((sample.FREELANCER, asked.token_file), (sample.CLIENT, asked.client_token_file)):
        if path is not None:
            sample.write_token(email=email, path=path, server=asked.server)


if __name__ == "__main__":
    sys.exit(main())
