"""Parts of drawings: each does to a figure what the figures of the report rely on."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import pytest

from claimbook import drawing
from claimbook.figure import INK


def test_panels_have_their_titles_at_the_left_and_share_an_axis():
    """A title stands above each panel, bold, and the axis of time is drawn once."""
    figure = drawing.panels(["Above", "Below"], 0.1)
    assert [note.text for note in figure.layout.annotations] == ["<b>Above</b>", "<b>Below</b>"]
    assert {(note.x, note.xanchor) for note in figure.layout.annotations} == {(0, "left")}
    assert figure.layout.xaxis.matches == "x2"


def test_words_in_a_panel_stay_where_they_are_when_its_axis_moves():
    """Their place is a share of the panel, not a value of the axis."""
    figure = drawing.panels(["Above", "Below"], 0.1)
    for row in (1, 2):
        drawing.write_in_panel(figure, row, "words", y=0.5)
    assert [note.yref for note in figure.layout.annotations[2:]] == ["y domain", "y2 domain"]


def test_hollow_marks_have_an_outline():
    """A hollow mark without an outline would not be seen, a full one with it would be larger than meant."""
    widths = [drawing.mark(INK, symbol, 9)["line"]["width"] for symbol in ("circle", "circle-open")]
    assert widths == [0, 2]
    assert drawing.mark(INK, "circle", 9, 1.5)["line"]["width"] == 1.5


def test_interval_reaches_from_low_to_high():
    """Its arms are distances from the point."""
    arms = drawing.interval(pd.Series([2.0]), pd.Series([1.5]), pd.Series([4.0]), INK)
    assert (arms["arrayminus"].tolist(), arms["array"].tolist()) == ([0.5], [2.0])


def test_band_goes_there_above_and_back_below():
    """The outline of an area is closed."""
    figure = go.Figure()
    drawing.band(figure, [1, 2], pd.Series([0, 1]), pd.Series([5, 6]), INK)
    (area,) = figure.data
    assert (list(area.x), list(area.y)) == ([1, 2, 2, 1], [5, 6, 1, 0])


@pytest.mark.parametrize(("down", "ends"), [(False, (-0.6, 1.6)), (True, (1.6, -0.6))])
def test_lanes_have_room_for_the_first_and_the_last(down, ends):
    """The axis reaches beyond both, from the foot or from the top."""
    figure = go.Figure()
    drawing.lane_axis(figure, ["one", "other"], down=down)
    axis = figure.layout.yaxis
    assert (axis.range, axis.tickvals, axis.ticktext) == (ends, (0, 1), ("one", "other"))


def test_columns_for_readers_are_named_one_by_one():
    """A column goes under its own name, whatever the order of the table; one that is missing is an error."""
    table = pd.DataFrame({"low": [1], "high": [2], "key": ["A"]})
    shown = drawing.for_readers(table, {"high": "High", "low": "Low"})
    assert shown.to_dict("records") == [{"High": 2, "Low": 1}]
    with pytest.raises(KeyError):
        drawing.for_readers(table, {"middle": "Middle"})
