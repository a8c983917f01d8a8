"""Figures as vector pictures that stand alone: drawn once by a Chromium, and kept by their content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from claimbook.build.system import browser
from claimbook.figure import titled, untitled
from claimbook.settings import build_path

WIDTH = 720
KINDS = {"html": "svg", "latex": "pdf"}


def folder(root: Path) -> Path:
    """Where the pictures of a project are kept."""
    return build_path(root) / "pictures"


def picture(figure: dict, kind: str, words: dict[str, str]) -> dict:
    """A figure as a picture with its title and source; in print these stand outside, if its caption has the title.

    Parameters
    ----------
    figure : dict
        ``data`` and ``layout``, made by :func:`claimbook.figure.finish`.
    kind : str
        ``svg`` or, for print, ``pdf``.
    words : dict of str to str
        What the press says to readers.

    Returns
    -------
    dict
        The figure, 720 pixels wide and as high as its ``layout`` says.
    """
    if kind == "pdf" and figure["layout"]["meta"].get("captioned"):
        return untitled(figure, WIDTH)
    return titled(figure, WIDTH, source=None if kind == "pdf" else words["source"])


def file_name(drawing: dict, kind: str) -> str:
    """File name of a picture; changes with its content."""
    return f"figure-{hashlib.sha256(json.dumps(drawing, sort_keys=True).encode()).hexdigest()[:16]}.{kind}"


def draw(figures: Iterable[dict], kind: str, kept: Path, words: dict[str, str]) -> list[Path]:
    """Draw the figures whose picture is not kept yet, all with one browser.

    Parameters
    ----------
    figures : iterable of dict
        Figures as JSON.
    kind : str
        ``svg`` or ``pdf``.
    kept : pathlib.Path
        Folder of the pictures.
    words : dict of str to str
        What the press says to readers.

    Returns
    -------
    list of pathlib.Path
        The picture of each figure; empty if there is no browser.
    """
    drawings = [picture(figure, kind, words) for figure in figures]
    if not browser():
        return []
    files = [kept / file_name(drawing, kind) for drawing in drawings]
    missing = {file: drawing for file, drawing in zip(files, drawings, strict=True) if not file.exists()}
    if missing:
        import plotly.io as pio

        beside = {file: file.with_name(f"new-{file.name}") for file in missing}
        kept.mkdir(parents=True, exist_ok=True)
        pio.write_images(
            fig=list(missing.values()),
            file=[str(path) for path in beside.values()],
            format=kind,
            width=WIDTH,
            height=[drawing["layout"]["height"] for drawing in missing.values()],
        )
        for file, path in beside.items():
            path.replace(file)
    return files
