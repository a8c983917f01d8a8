"""Jupyter Book's own command makes the book, and its other builders find nothing in their way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

FIGURE = """import pandas as pd
import plotly.graph_objects as go
from claimbook.figure import finish

numbers = pd.DataFrame({"a": [1]})
figure = go.Figure().add_bar(x=["a"], y=[1])
finish(figure, title="One", subtitle="Count", alt="One bar.", source="none", data=numbers)"""


@pytest.mark.parametrize(
    ("builder", "page", "shown"), [("html", "figure.html", 'aria-label="One bar."'), ("text", "figure.txt", "One bar.")]
)
def test_jupyter_book_builds_it(example, builder, page, shown):
    """Each builder finishes without a warning, and shows the figure in its way."""
    example.write_chapter("figure", FIGURE)
    example.keep_chapters("figure")
    program = Path(sys.executable).with_name("jupyter-book")
    command = [program, "build", ".", "-W", "--builder", "custom", "--custom-builder", builder]
    environment = example.environment()
    done = subprocess.run(command, cwd=example.root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    (made,) = (example.root / "_build" / builder).rglob(page)
    assert shown in made.read_text(encoding="utf-8")
