"""Whoever lacks a program or a font is told which, and the line that installs it."""

from __future__ import annotations

import pytest

from claimbook.build import system


def test_advice_names_what_is_missing_and_how_to_get_it(monkeypatch, root):
    """The advice is one line that can be pasted into a shell."""
    monkeypatch.setattr(system, "missing", lambda: ["chromium", "font Noto Naskh Arabic"])
    expected = "missing: chromium, font Noto Naskh Arabic; run: sudo apt-get install chromium fontconfig "
    assert system.advice(root).startswith(expected)
    assert "\n" not in system.advice(root)


def test_nothing_installed(monkeypatch, tmp_path):
    """On a bare machine every program is named."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert system.missing() == ["chromium", "xelatex", "latexmk", "make", "pdftoppm", "fc-list"]
    assert system.browser() is None


@pytest.mark.slow
def test_missing_font(monkeypatch, tmp_path):
    """A font that is not there is named, even where another of its family is."""
    for name in ("chromium", "xelatex", "latexmk", "make", "pdftoppm", "fc-list"):
        program = tmp_path / name
        program.write_text(
            "#!/bin/sh\nprintf 'Noto Serif\\nNoto Sans,Noto Sans Light\\nNoto Sans Math\\nNoto Sans Mono\\nDroid Sans Fallback\\n'\n"
        )
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert system.missing() == ["font Noto Naskh Arabic"]


@pytest.mark.parametrize("package", ["chromium", "poppler-utils", "texlive-xetex", "fonts-noto-core"])
def test_packages(root, package):
    """The list that Binder and the tests install holds what PDF and pages need."""
    assert package in system.packages(root)
