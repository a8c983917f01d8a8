"""The specification curve as one question, on foundings whose shape is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cooperation.measures import changepoint, curve, initiatives


def record(days):
    """Initiatives founded on some days, alike in all that a reading can choose by; every second has a later first activity."""
    days = pd.DatetimeIndex(days)
    table = pd.DataFrame(
        {
            "id": [f"I{number}" for number in range(len(days))],
            "founded": days.strftime("%Y-%m-%d"),
            "authorised": None,
            "operational": [
                f"{day:%Y-%m-%d}" if number % 2 else None for number, day in enumerate(days + pd.Timedelta(days=30))
            ],
            "led_by": "african",
            "bilateral": False,
            "declared_only": False,
            "relaunch": False,
            "verification": "yes",
            "scope": "core",
            "search": "first",
        }
    )
    return initiatives.dated(table)


def spread(number):
    """Days spread evenly from 1990 to the article."""
    start, last = changepoint.TO_ARTICLE
    return start + pd.to_timedelta(np.linspace(1, (last - start).days - 40, number).astype(int), unit="D")


@pytest.fixture
def jump():
    """Twenty foundings spread evenly, and twenty more in 2013."""
    return record(sorted([*spread(20), *pd.date_range("2013-02-01", periods=20, freq="15D")]))


def test_the_curve_is_that_of_the_readings(jump):
    """The median, and the shares above one, are those of the readings made one by one."""
    found = curve.joint(jump, "even", draws=5)["observed"]
    readings = initiatives.readings(jump)
    assert found["median"] == pytest.approx(readings["ratio"].median())
    assert found["above"] == pytest.approx((readings["ratio"].round(6) > 1).mean())
    assert found["sure"] == pytest.approx((readings["low"] > 1).mean())


def test_a_jump_is_seen_and_an_even_rate_is_not(jump):
    """Twenty foundings in ten months give a curve that an even rate hardly ever gives; a record without them one that it often gives."""
    seen, unseen = curve.joint(jump, "even", draws=100), curve.joint(record(spread(40)), "even", draws=100)
    assert seen.loc[["median", "sure"], "p"].max() < 0.02
    assert unseen["p"].min() > 0.1
    assert (seen["typical"] <= seen["high"]).all()


def test_a_rise_expects_more_of_late_years_than_an_even_rate():
    """A record that only rises is far above an even rate, and not above a rise as steep as itself."""
    start, last = changepoint.TO_ARTICLE
    share = np.log1p((np.arange(60) + 0.5) / 60 * np.expm1(4)) / 4
    rising = record(start + pd.to_timedelta((share * ((last - start).days - 40)).astype(int), unit="D"))
    even, rise = (curve.joint(rising, truth, draws=100) for truth in ("even", "rise"))
    assert even.at["median", "p"] < 0.05 < rise.at["median", "p"]
    assert rise.at["median", "typical"] > 1.5 * even.at["median", "typical"]


def test_foundings_after_the_article_keep_their_days(jump):
    """What no reading counts changes nothing in the draws of an even rate."""
    later = record([*pd.to_datetime(jump["founded"]), pd.Timestamp("2016-05-05")])
    assert curve.joint(later, "even", draws=20).equals(curve.joint(jump, "even", draws=20))
