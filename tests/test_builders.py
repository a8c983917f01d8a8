"""Jupyter Book's own command makes the book, and its other builders find nothing in their way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FIGURE = """import pandas as pd
import plotly.graph_objects as go
from claimbook.figure import finish
finish(go.Figure().add_bar(x=["a"], y=[1]), title="One", subtitle="Count", alt="One bar.", source="none", data=pd.DataFrame({"a": [1]}))"""


@pytest.mark.parametrize(("builder", "page", "shown"), [("html", "figure.html", 'aria-label="One bar."'), ("text", "figure.txt", "One bar.")])
def test_jupyter_book_builds_it(project_copy, builder, page, shown):
    """Each builder finishes without a warning, and shows the figure in its way."""
    project_copy.write_chapter("figure", FIGURE)
    project_copy.keep_chapters("figure")
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ".", "-W", "--builder", "custom", "--custom-builder", builder]
    done = subprocess.run(command, cwd=project_copy.root, env=project_copy.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    (made,) = (project_copy.root / "_build" / builder).rglob(page)
    assert shown in made.read_text(encoding="utf-8")
