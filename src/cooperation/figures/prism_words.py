"""What the figures on the prism show, for those who do not see them, and its numbers as sentences have them."""

from __future__ import annotations

import pandas as pd

from claimbook.wording import count, interval, listing
from cooperation.measures.prism import KINDS, PERIODS, SEATS, SIDES
from cooperation.periods import LABELS, QUESTION, in_years
from cooperation.states import ALGERIA, MOROCCO, PAIR, is_pair


def spread(ranges: pd.DataFrame, period: str) -> str:
    """Range of the percentile over resampled years, from :func:`cooperation.measures.prism.over_years`."""
    return interval(ranges.at[period, "low"], ranges.at[period, "high"])


def place(ranges: pd.DataFrame, period: str) -> str:
    """A percentile with its range over resampled years: ``78 per cent (65 to 89)``."""
    return f"{ranges.at[period, 'percentile']:.0f} per cent ({spread(ranges, period)})"


def ranked(ranges: pd.DataFrame, period: str) -> str:
    """A period with the percentile and its range."""
    return f"{in_years(*PERIODS[period])}: {place(ranges, period)}"


def of_steps(row: pd.Series) -> str:
    """A share of steps with its exact interval: ``5 of 7 (29 to 96 per cent)``."""
    return f"{row['on_territory']:.0f} of {row['steps']:.0f} ({interval(100 * row['low'], 100 * row['high'])} per cent)"


def part(row: pd.Series) -> str:
    """A share of steps as running text has it: ``two of three``."""
    return f"{count(row['on_territory'])} of {count(row['steps'])}"


def both(narrow: pd.Series, wide: pd.Series) -> str:
    """A share among acts of governments, and with the other steps."""
    return f"{part(narrow)}, with other steps {part(wide)}"


def odds(row: dict) -> str:
    """Odds from :func:`cooperation.measures.prism.difference`, with their exact bounds."""
    return f"{row['ratio']:.1f} times as high for Morocco ({interval(row['low'], row['high'], 1)})"


def by_chance(row: pd.Series) -> str:
    """What the two share beside what chance gives: ``6, by chance 11.9 (9 to 15)``."""
    return f"{row['shared']:.0f}, by chance {row['expected']:.0f} ({interval(row['low'], row['high'])})"


def _span(values: pd.Series, digits: int = 0) -> str:
    """The lowest and highest of values with their years, which are the index."""
    low, high = values.idxmin(), values.idxmax()
    return f"from {values[low]:.{digits}f} in {low} to {values[high]:.{digits}f} in {high}"


def of_years(table: pd.DataFrame) -> str:
    """Agreement and place by year; parameters as in :func:`cooperation.figures.prism.standing`."""
    mine = table.set_index("year")
    alike, rank = 100 * mine["agreement"], mine["percentile"]
    first, last = PERIODS["break"]
    since = rank.loc[PERIODS["second_break"][0] :]
    return (
        f"Two panels by year from {mine.index[0]} to {mine.index[-1]}. Above, the votes that Algeria and Morocco cast "
        f"alike: {_span(alike)} per cent. Below, their place, as the share of other pairs that agree less: in "
        f"{first} to {last} {_span(rank.loc[first:last])} per cent; before, {_span(rank.loc[: first - 1])}; after, "
        f"{_span(rank.loc[last + 1 :])}; {listing(f'{value:.0f} in {year}' for year, value in since.items())}."
    )


def of_issues(table: pd.DataFrame) -> str:
    """Agreement by issue and period; parameters as in :func:`cooperation.figures.prism.issues`."""
    mine, told = table[is_pair(table)], []
    for period, rows in mine.groupby("period", sort=False):
        said = [
            f"{row.issue} {100 * row.agreement:.0f} per cent, above {row.percentile:.0f} per cent of pairs"
            for row in rows.sort_values("agreement").itertuples()
        ]
        told.append(f"{LABELS[period]}: {'; '.join(said)}.")
    return " ".join(["A panel for each period, with votes that Algeria and Morocco cast alike by issue.", *told])


def of_distances(table: pd.DataFrame) -> str:
    """Distance of ideal points; parameters as in :func:`cooperation.figures.prism.distances`."""
    mine = table.set_index("year")
    first, last = PERIODS["break"]
    since = mine["distance"].loc[PERIODS["second_break"][0] :]
    return (
        f"Line of the distance between the ideal points of Algeria and Morocco, {mine.index[0]} to {mine.index[-1]}, "
        f"with its interval: {_span(mine['distance'], 2)}. In {first} to {last} it lies "
        f"{_span(mine['distance'].loc[first:last], 2)}, when the middle pair lies "
        f"{_span(mine['median'].loc[first:last], 2)}; since the second break it is "
        f"{listing(f'{value:.2f} in {year}' for year, value in since.items())}."
    )


def of_roll_calls(table: pd.DataFrame) -> str:
    """Votes on the territory; parameters as in :func:`cooperation.figures.prism.roll_calls`."""
    after = table.index.get_level_values("date") >= str(QUESTION.date())
    told = []
    for code in PAIR:
        for when, part_of in ((f"before {QUESTION.year}", table[~after]), (f"from {QUESTION.year} on", table[after])):
            votes = part_of[code].value_counts()
            said = listing(f"{vote} {number}" for vote, number in votes.items())
            told.append(f"{SIDES[code]} {when}: {said}.")
    away = (table.loc[after] == "absent").mean(axis=None)
    return (
        f"Matrix of {len(table)} roll calls by {table.shape[1]} states. {' '.join(told)} From {QUESTION.year} on "
        f"{100 * away:.0f} per cent of all cells are absent."
    )


def of_organisations(table: pd.DataFrame) -> str:
    """Shared organisations by year; parameters as in :func:`cooperation.figures.prism.organisations`."""
    said = [f"{row.year} {row.shared}, by chance {row.low:.0f} to {row.high:.0f}" for row in table.itertuples()]
    return f"Dots by year, with the interval that chance gives: {'; '.join(said)}."


def of_initiatives(tables: dict[str, pd.DataFrame]) -> str:
    """Shared initiatives by kind; parameters as in :func:`cooperation.figures.prism.initiatives`."""
    told = []
    for name, table in tables.items():
        said = [f"{KINDS[row['kind']].removeprefix('… ')} {by_chance(row)}" for _, row in table.iterrows()]
        told.append(f"{name}: {'; '.join(said)}.")
    return " ".join(["A panel for each day, with a row for each kind of initiative that the two shared.", *told])


def of_neighbours(table: pd.DataFrame, names: pd.Series) -> str:
    """Maghreb pairs against chance; parameters as in :func:`cooperation.figures.prism.neighbours`."""
    rows = table.assign(more=table["shared"] - table["expected"]).sort_values("more")
    said = [f"{names[row.state_1]}-{names[row.state_2]} {row.more:+.1f}" for row in rows.itertuples()]
    below = rows[rows["shared"] < rows["low"]]
    outside = [f"{names[row.state_1]}-{names[row.state_2]}" for row in below.itertuples()] or ["none"]
    return (
        f"A row for each pair of Maghreb states: initiatives shared less the mean of the draws, {'; '.join(said)}. "
        f"Below the interval: {listing(outside)}."
    )


def of_seats(table: pd.DataFrame) -> str:
    """Seats of the other; parameters as in :func:`cooperation.figures.prism.seats`."""
    told = []
    for code, other in (PAIR, PAIR[::-1]):
        counts = table.loc[table["member"] == code, "seat"].value_counts()
        said = listing(f"{number} {SEATS[seat]}" for seat, number in counts.items())
        told.append(f"{SIDES[code]}'s {counts.sum()} initiatives, by how {SIDES[other]} stands to them: {said}.")
    return " ".join(["A panel of bars for each of the two.", *told])


def of_partners(table: pd.DataFrame, names: dict[str, str]) -> str:
    """Defence partners; parameters as in :func:`cooperation.figures.prism.partners`, and names of partners."""
    told = []
    for whose, words in (("both", "with both"), (ALGERIA, "with Algeria alone"), (MOROCCO, "with Morocco alone")):
        partners = sorted(names[code] for code in table.loc[table["whose"] == whose, "partner"])
        told.append(f"{words}: {listing(partners or ['none'])}")
    return f"A row for each partner, with the years of its agreements; {'; '.join(told)}."


def of_shares(table: pd.DataFrame, readings: dict[str, str]) -> str:
    """Shares of breaks by reading; parameters as in :func:`cooperation.figures.prism.shares`, and names of readings."""
    told = []
    for side, rows in table.groupby("side", sort=False):
        said = [f"{readings[row['reading']]}, {of_steps(row)}" for _, row in rows.iterrows()]
        told.append(f"Breaks by {SIDES[side]} over the territory if {'; '.join(said)}.")
    return " ".join(["A panel for each of the two, with a row for each way of counting.", *told])
