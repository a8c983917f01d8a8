"""Results that several chapters ask for are computed once, and anew once code or data may differ."""

from __future__ import annotations

import pandas as pd
import pytest

from claimbook.kept import FOLDER, kept

TABLE = pd.DataFrame({"state": ["DZA", "MAR"], "shared": [7, 9]})


@pytest.fixture
def asked() -> list[int]:
    """What was computed, in order."""
    return []


@pytest.fixture
def doubled(asked):
    """A function of a table that notes each time it computes."""

    def doubled(table: pd.DataFrame, times: int = 2) -> pd.DataFrame:
        asked.append(times)
        return table.assign(shared=table["shared"] * times)

    return kept(doubled)


def test_what_is_asked_twice_is_computed_once(doubled, asked, tmp_path, monkeypatch):
    """With the same rows in another frame, and a default said or unsaid; another question is computed."""
    monkeypatch.setenv(FOLDER, str(tmp_path))
    answers = [doubled(TABLE), doubled(TABLE.copy(), 2), doubled(TABLE, times=2)]
    assert asked == [2]
    assert all(answer.equals(TABLE.assign(shared=[14, 18])) for answer in answers)
    assert doubled(TABLE, 3)["shared"].tolist() == [21, 27]
    assert doubled(TABLE.replace(7, 8))["shared"].tolist() == [16, 18]
    assert asked == [2, 3, 2]


def test_other_code_or_data_computes_anew(doubled, asked, tmp_path, monkeypatch):
    """The folder belongs to code and data as they stand; another has nothing of the first."""
    for name in ("before", "after"):
        monkeypatch.setenv(FOLDER, str(tmp_path / name))
        doubled(TABLE)
    assert asked == [2, 2]


def test_without_a_folder_every_call_computes(doubled, asked, monkeypatch):
    """As in a notebook that somebody runs by hand."""
    monkeypatch.delenv(FOLDER, raising=False)
    assert doubled(TABLE).equals(doubled(TABLE))
    assert asked == [2, 2]
