"""What the figures on trust and distrust show, for those who do not see them."""

from __future__ import annotations

import pandas as pd

from claimbook.package.dates import spoken
from claimbook.wording import count, counted, listing, years
from cooperation.measures.ruptures import PAIRS
from cooperation.periods import COUP

# One and several acts of each form of distrust.
FORMS = {
    "private charge": ("charge in private", "charges in private"),
    "public reproach": ("public reproach", "public reproaches"),
    "recall": ("recall", "recalls"),
    "withholding": ("report of something kept back", "reports of something kept back"),
    "absence": ("absence", "absences"),
    "suspension": ("suspension of aid", "suspensions of aid"),
}


def of_ledger(table: pd.DataFrame, together: pd.DataFrame, names: pd.Series) -> str:
    """Years with acts of either sign, pair by pair; parameters as in :func:`cooperation.figures.ruptures.ledger`."""
    told = []
    for pair in PAIRS:
        own = table[table["pair"] == pair]
        signs = {act: own.loc[own["act"] == act, "date"].str[:4] for act in ("trust", "distrust")}
        said = [f"{act} {_in_years(dates)}" for act, dates in signs.items()]
        told.append(f"{listing(names[code] for code in pair)}: {', '.join(said)}.")
    begin = spoken(together["date"].min()[:7])
    lines = f"Time line from {table['start'].min().year} to {table['start'].max():%B %Y} with a line for each pair."
    return " ".join([lines, *told, f"Meetings of all four begin in {begin}."])


def _in_years(dates: pd.Series) -> str:
    """Years as a sentence has them, or that there are none."""
    return f"in {years(dates.astype(int))}" if len(dates) else "not found"


def of_release(rows: pd.DataFrame) -> str:
    """What happened lane by lane, with its days.

    Parameters
    ----------
    rows : pandas.DataFrame
        Lane, When and What of each mark and bar, in the order drawn.

    Returns
    -------
    str
    """
    told = []
    for lane, part in rows.groupby("Lane", sort=False):
        whole = [f"{what}, {when}" for what, when in zip(part["What"], part["When"], strict=True)]
        told.append(f"{lane}: {'; '.join(whole)}.")
    return " ".join(["Time line with a lane for each.", *told])


def of_crossings(table: pd.DataFrame, notices: dict[str, str]) -> str:
    """Operations across a border, by what is reported of the notice.

    Parameters
    ----------
    table : pandas.DataFrame
        ``notice`` and ``label`` of each operation, by date.
    notices : dict of str to str
        Words for each kind of notice.

    Returns
    -------
    str
    """
    told = []
    for notice, words in notices.items():
        own = table.loc[table["notice"] == notice, "label"]
        told.append(f"{words.capitalize()}: {'; '.join(own) if len(own) else 'none'}.")
    return " ".join(["A row for each operation, a column for each answer.", *told])


def of_machinery(rows: pd.DataFrame) -> str:
    """Bars by half-year of each panel.

    Parameters
    ----------
    rows : pandas.DataFrame
        Panel, Half-year, Count.

    Returns
    -------
    str
    """
    sums = rows.groupby(["Panel", "Half-year"], sort=False)["Count"].sum()
    told = []
    for panel, part in sums.groupby(level=0, sort=False):
        found = [f"{count(n)} in {half}" for half, n in part.droplevel(0).items() if n]
        told.append(f"{panel}: {listing(found) if found else 'none'}.")
    return " ".join(["Bars by half-year (H1, H2).", *told])


def of_directions(part: pd.DataFrame, names: pd.Series) -> str:
    """Acts of distrust by direction and form, with how many came after the coup.

    Parameters
    ----------
    part : pandas.DataFrame
        Acts of distrust, from :func:`cooperation.measures.ruptures.acts`.
    names : pandas.Series
        Country names by ISO code.

    Returns
    -------
    str
    """
    ways = part.groupby(["actor", "toward"])
    lanes = [
        f"{names[who]} towards {names[to]}: {_forms(own)}"
        for (who, to), own in sorted(ways, key=lambda way: (-len(way[1]), way[0]))
    ]
    return f"Time line with a lane for each direction. {'. '.join(lanes)}."


def _forms(own: pd.DataFrame) -> str:
    """How many acts of each form, such as ``a recall, two absences, one of them after the coup``."""
    numbers = own["form"].value_counts().reindex([form for form in FORMS if form in set(own["form"])])
    said = listing(counted(n, *FORMS[form]) for form, n in numbers.items())
    late = int((own["start"] >= COUP).sum())
    if not late:
        return said
    return f"{said}, after the coup" if late == len(own) else f"{said}; {count(late)} of them after the coup"


def of_rate(row: pd.Series) -> str:
    """A count after a day as a multiple of that before it, with its interval.

    Parameters
    ----------
    row : pandas.Series
        Of :func:`cooperation.measures.ruptures.before_and_after`: before, after, ratio, low, high.

    Returns
    -------
    str
    """
    if row["before"] + row["after"] == 0:
        return "none on either side"
    if row["ratio"] == float("inf"):
        least = f" (at least {row['low']:.1f} times as often)" if row["low"] >= 0.1 else ""
        return f"none before and {count(row['after'])} after{least}"
    high = f"{row['high']:.1f}" if row["high"] < 100 else f"{row['high']:.0f}"
    return f"{row['ratio']:.1f} times ({row['low']:.1f} to {high})"
