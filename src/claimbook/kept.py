"""Results that take seconds, kept for the other chapters, judgements and tests that ask for the same."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
# Names the folder in which results are kept. Whoever sets it answers for the code and data being the same throughout.
FOLDER = "CLAIMBOOK_KEPT"


def kept(function: Callable[P, R]) -> Callable[P, R]:
    """Make a pure function compute once what it is asked for several times.

    A build names a folder that belongs to the code and data as they stand
    (:func:`claimbook.build.inputs.kept_path`), so that a change of either
    computes anew; where none is named, as in a notebook, every call computes.

    Parameters
    ----------
    function : callable
        Pure, on tables, numbers and words.

    Returns
    -------
    callable
        The same function, read from the folder where that has the result.
    """

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        folder = os.environ.get(FOLDER)
        if not folder:
            return function(*args, **kwargs)
        # Comes with the extra that builds.
        from joblib import Memory

        return Memory(folder, verbose=0).cache(function)(*args, **kwargs)

    return call
