"""What a build that runs in a process of its own tells the one that started it.

Sphinx prints for people. So that nobody has to guess at what it printed, the
extension writes one JSON object a line to the file descriptor that the
environment names: progress, a chapter that failed, a warning.
"""

from __future__ import annotations

import json
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import STDOUT, Popen, TimeoutExpired
from typing import Literal

CHANNEL = "CLAIMBOOK_EVENTS"
# Seconds between asking a process to end and ending it.
GRACE = 1
Kind = Literal["progress", "failure", "warning"]


@dataclass(frozen=True)
class Event:
    """One thing that was told: its kind and a line of text."""

    kind: Kind
    text: str


def tell(kind: Kind, text: str) -> None:
    """Tell whoever started this build; with nobody listening, progress is printed and the rest left to Sphinx."""
    channel = os.environ.get(CHANNEL)
    if channel:
        os.write(int(channel), f"{json.dumps([kind, text])}\n".encode())
    elif kind == "progress":
        print(text, flush=True)


def follow(command: list[str], folder: Path, log: Path) -> tuple[int, list[Event]]:
    """Run a command, pass its progress on as it comes, and keep what it prints in a file.

    Parameters
    ----------
    command : list of str
        What to run; may call :func:`tell`.
    folder : pathlib.Path
        Where it runs.
    log : pathlib.Path
        File for its output.

    Returns
    -------
    tuple of int and list of Event
        Its exit status, and all that it told.
    """
    reading, writing = os.pipe()
    environment = {**os.environ, CHANNEL: str(writing)}
    log.parent.mkdir(parents=True, exist_ok=True)
    events = []
    with (
        log.open("w", encoding="utf-8") as output,
        Popen(
            command,
            cwd=folder,
            stdout=output,
            stderr=STDOUT,
            env=environment,
            pass_fds=[writing],
            start_new_session=True,
        ) as process,
    ):
        os.close(writing)
        try:
            with os.fdopen(reading, encoding="utf-8") as told:
                for line in told:
                    events.append(Event(*json.loads(line)))
                    if events[-1].kind == "progress":
                        print(events[-1].text, flush=True)
        except BaseException:
            _end(process)
            raise
    return process.returncode, events


def _end(process: Popen) -> None:
    """End a process and all that it started in its session."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(TimeoutExpired):
            process.wait(GRACE)
