"""The programs outside Python that the PDF and the browser tests need.

``python -m claimbook.build.system`` installs what is missing, from ``apt.txt``, as
root or with passwordless sudo on a Debian-like machine; elsewhere it prints
the line to run.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

from claimbook.command import run

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PROGRAMS = ("xelatex", "latexmk", "make", "pdftoppm", "fc-list")
LIBRARIES = ("libatomic.so.1",)
FONTS = ("Noto Serif", "Noto Sans", "Noto Sans Math", "Noto Sans Mono", "Noto Naskh Arabic", "Droid Sans Fallback")


def browser() -> str | None:
    """Path of a Chromium, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing() -> list[str]:
    """Names of the programs, libraries and fonts that are not there.

    Returns
    -------
    list of str
        Empty if the PDF can be made and a browser be driven.
    """
    absent = [] if browser() else ["chromium"]
    absent += [name for name in PROGRAMS if not shutil.which(name)]
    absent += [name for name in LIBRARIES if not _loads(name)]
    if "fc-list" not in absent:
        families = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=True).stdout
        absent += [f"font {name}" for name in FONTS if name not in families.replace(",", "\n").splitlines()]
    return absent


def packages(root: Path) -> list[str]:
    """The Debian packages of ``apt.txt``; none if the book has no such list."""
    path = root / "apt.txt"
    return path.read_text(encoding="utf-8").split() if path.is_file() else []


def advice(root: Path) -> str:
    """One line: what is missing, and the command that installs it if the book says which packages have it."""
    listed = packages(root)
    said = f"missing: {', '.join(missing())}"
    return f"{said}; run: sudo apt-get install {' '.join(listed)}" if listed else said


def _privilege() -> list[str] | None:
    """What to put before a command to run it as root; None if that is not possible."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def main() -> int:
    """Install what is missing if that is possible, or say how."""
    root = Path.cwd()
    if not missing():
        return 0
    prefix = _privilege() if packages(root) and shutil.which("apt-get") else None
    if prefix is None:
        print(advice(root), file=sys.stderr)
        return 0
    print(f"installing system packages ({', '.join(missing())} missing)", flush=True)
    environment = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages(root)]):
        done = subprocess.run([*environment, *command], capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stderr.strip().splitlines()[-1], file=sys.stderr)
            print(advice(root), file=sys.stderr)
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
