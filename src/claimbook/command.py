"""How every command of the press ends: with its result, or with one line for each fault."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from collections.abc import Callable

from claimbook.errors import ReportError

TRACEBACK = "CLAIMBOOK_TRACEBACK"
INTERRUPTED = 130
FULL = os.strerror(errno.ENOSPC)


def _fault_of(error: OSError) -> str:
    """What the system would not do, and with which file; of many copies that failed, the first."""
    if isinstance(error, shutil.Error):
        (_, file, why), *_ = error.args[0]
        return f"{file}: {why}"
    return f"{error.filename or 'a file'}: {error.strerror or error}"


def run(command: Callable[[], int]) -> int:
    """Run a command; no traceback reaches who did not ask for it.

    Parameters
    ----------
    command : callable
        Does the work and gives the exit status.

    Returns
    -------
    int
        Its status, 1 after a fault, 130 after an interrupt. The environment
        variable ``CLAIMBOOK_TRACEBACK`` lets every error through as it is.
    """
    # Whoever ends the command, by a key or by a signal, ends what it started as well.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return command()
    except KeyboardInterrupt:
        print("stopped; what was complete is kept", file=sys.stderr)
        return INTERRUPTED
    except ReportError as error:
        fault = str(error)
    except OSError as error:
        if os.environ.get(TRACEBACK):
            raise
        fault = _fault_of(error)
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        fault = f"{type(error).__name__}: {' '.join(str(error).split())} (this is a fault of the press; {TRACEBACK}=1 shows where)"
    # One full disk stops a hundred files.
    print("the disk is full; what was built before is kept" if FULL in fault else fault, file=sys.stderr)
    return 1
