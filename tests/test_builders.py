"""Jupyter Book's own command makes the book, and its other builders find nothing in their way."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from project import ExampleCopy

pytestmark = pytest.mark.slow

FIGURE = """import pandas as pd
import plotly.graph_objects as go
from claimbook.figure import finish

numbers = pd.DataFrame({"a": [1]})
figure = go.Figure().add_bar(x=["a"], y=[1])
finish(figure, title="One", subtitle="Count", alt="One bar.", data=numbers)"""


@pytest.fixture(scope="module")
def figure_book(tmp_path_factory):
    """A book of one figure, whose cell the first builder runs."""
    copy = ExampleCopy(tmp_path_factory.mktemp("builders") / "example")
    copy.write_chapter("figure", FIGURE)
    copy.keep_chapters("figure")
    return copy


@pytest.mark.parametrize(
    ("builder", "page", "shown"), [("html", "figure.html", 'aria-label="One bar."'), ("text", "figure.txt", "One bar.")]
)
def test_jupyter_book_builds_it(figure_book, builder, page, shown):
    """Each builder reads the pages, finishes without a warning, and shows the figure in its way."""
    folder, environment = figure_book.root, figure_book.environment()
    shutil.rmtree(folder / "_build" / ".doctrees", ignore_errors=True)
    program = Path(sys.executable).with_name("jupyter-book")
    command = [program, "build", ".", "-W", "--builder", "custom", "--custom-builder", builder]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    (made,) = (folder / "_build" / builder).rglob(page)
    assert shown in made.read_text(encoding="utf-8")
