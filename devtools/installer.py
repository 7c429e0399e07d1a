"""Running apt-get and pip: progress for the user, the whole output for the log, one line when they fail."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools import diagnosis
from devtools.console import Progress, UserError

# Lines of the installers that show that something moves.
SHOWN = ("Get:", "Unpacking ", "Installing collected", "Building ")


@dataclass(frozen=True)
class Installer:
    """What is being done ("installing ..."), where its output is kept, and the words with which a line counts."""

    what: str
    log: Path
    counted: Sequence[str] = ()
    env: Mapping[str, str] | None = None

    def run(self, command: Sequence[str], progress: Progress) -> None:
        """Run to the end, moving `progress`; UserError with the reason when it failed."""
        lines: list[str] = []
        self.log.parent.mkdir(parents=True, exist_ok=True)
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            env={**os.environ, **(self.env or {})},
        )
        with process, self.log.open("a", encoding="utf-8") as kept:
            try:
                for line in process.stdout or ():
                    kept.write(line)
                    lines.append(line)
                    self._show(line, progress)
            except KeyboardInterrupt:
                # A terminal's Ctrl-C reaches it too, but a SIGTERM of ours alone.
                process.terminate()
                process.wait()
                raise
        output = "".join(lines)
        # apt-get update exits 0 when it could reach no server at all.
        if process.returncode != 0 or "\nE: " in output or "Some index files failed to download" in output:
            raise UserError(diagnosis.explain(output, what=self.what, log=str(self.log)))
        progress.finish()

    def _show(self, line: str, progress: Progress) -> None:
        if begin := next((start for start in self.counted if line.startswith(start)), None):
            progress.advance(Path(line.removeprefix(begin).split()[0]).name)
        elif line.startswith(SHOWN):
            progress.show(line.strip()[:60])
