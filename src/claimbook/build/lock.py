"""One build at a time in a folder."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claimbook.settings import build_path


@contextmanager
def alone(root: Path, what: str) -> Iterator[None]:
    """Hold the folder for the work of the block; wait for whoever holds it, and say who that is.

    Parameters
    ----------
    root : pathlib.Path
        Root of the project.
    what : str
        What is built, for the next one who comes.
    """
    folder = build_path(root)
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            print(f"waiting for another build: {file.read() or 'unknown'}", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        file.write(f"{what}, process {os.getpid()}, since {time.strftime('%H:%M:%S')}")
        file.flush()
        yield
        file.truncate(0)
