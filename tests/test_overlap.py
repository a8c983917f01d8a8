"""What two states share against chance, on matrices whose random counterparts are known."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from cooperation.measures import overlap


@pytest.fixture
def members():
    """Four states in pairs that avoid each other: two in bodies a and b, two in c and d, and all in e."""
    pairs = [("S1", "a"), ("S1", "b"), ("S2", "a"), ("S2", "b"), ("S3", "c"), ("S3", "d"), ("S4", "c"), ("S4", "d")]
    pairs += [(state, "e") for state in ("S1", "S2", "S3", "S4")] + [("S1", "a")]
    return overlap.incidence(pd.DataFrame(pairs, columns=["actor", "initiative"]))


def test_a_membership_named_twice_counts_once(members):
    """The matrix says who belongs to what, whatever the number of rows that say so."""
    assert members.loc["S1"].to_dict() == {"a": True, "b": True, "c": False, "d": False, "e": True}


def test_every_draw_keeps_all_totals(members):
    """A state keeps its number of memberships and a body its size, while the draws differ among themselves."""
    drawn = list(overlap.shuffled(members, draws=50))
    assert {tuple(matrix.sum(axis=0)) for matrix in drawn} == {tuple(members.sum(axis=0))}
    assert {tuple(matrix.sum(axis=1)) for matrix in drawn} == {tuple(members.sum(axis=1))}
    assert len({matrix.tobytes() for matrix in drawn}) > 5


def all_matrices(members, parts):
    """Every matrix with the same totals of rows and, within each part of the rows, of columns."""
    every = np.array(list(itertools.product((False, True), repeat=members.size))).reshape(-1, *members.shape)
    same = (every.sum(axis=2) == members.sum(axis=1)).all(axis=1)
    for part in parts:
        same &= (every[:, part].sum(axis=1) == members[part].sum(axis=0)).all(axis=1)
    return every[same]


@pytest.mark.slow
def test_rows_of_one_part_alone_are_the_null_that_keeps_each_parts_members():
    """What S1 and S2 share on average over all matrices that keep the members of each part is what drawing their part gives.

    Over those that keep only the size of each body it is another number, so
    that a null without parts would be seen here.
    """
    members = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 1, 1]], dtype=bool)
    part, rest = [0, 1, 2], [3]
    whole, kept = (
        np.mean([matrix[0] @ matrix[1] for matrix in all_matrices(members, parts).astype(int)])
        for parts in ([part + rest], [part, rest])
    )
    table = pd.DataFrame(members, index=[f"S{number}" for number in range(4)])
    drawn = overlap.by_chance(overlap.among(table, ["S0", "S1", "S2"]), "S0", "S1", draws=3000).mean()
    assert drawn == pytest.approx(kept, abs=0.05)
    assert abs(whole - kept) > 0.15


def test_a_part_has_its_states_in_order_and_those_that_belong_to_nothing(members):
    """A state that the matrix lacks shares nothing; the bodies stay."""
    part = overlap.among(members, ["S9", "S1"])
    assert part.index.tolist() == ["S1", "S9"]
    assert part.columns.equals(members.columns)
    assert not part.loc["S9"].any()


@pytest.mark.slow
@pytest.mark.parametrize("states", [5, 19])
def test_draws_forget_where_they_began(states):
    """From two matrices of the same totals as far apart as can be, the draws share as much on average: there are enough trades.

    In the first the first two states share nothing; the second is drawn from
    it a thousand times as long.
    """
    random = np.random.default_rng(5)
    start = pd.DataFrame(random.random((states, 96)) < 0.3)
    start.loc[1] = np.where(start.loc[0], False, random.random(96) < 0.4)
    *_, far = overlap.shuffled(start, draws=300, seed=7)
    one, other = (
        overlap.by_chance(pd.DataFrame(matrix), 0, 1, draws=400, seed=seed)
        for seed, matrix in enumerate((start.to_numpy(), far))
    )
    error = np.hypot(one.std(), other.std()) / np.sqrt(400)
    assert abs(one.mean() - other.mean()) < 4 * error
    assert abs(one[:20].mean() - other.mean()) < 4 * other.std() / np.sqrt(20)
    assert (start.loc[0] & start.loc[1]).sum() == 0


@pytest.mark.slow
def test_draws_are_uniform_over_all_matrices_with_these_totals():
    """Three states in one of three bodies each have six matrices, and each is drawn a sixth of the time."""
    drawn = pd.Series(
        [matrix.tobytes() for matrix in overlap.shuffled(pd.DataFrame(np.eye(3, dtype=bool)), draws=3000)]
    )
    shares = drawn.value_counts(normalize=True)
    assert len(shares) == 6
    assert shares.between(1 / 6 - 0.03, 1 / 6 + 0.03).all()


@pytest.mark.slow
@pytest.mark.parametrize("states", [5, 19])
def test_draws_hardly_depend_on_the_one_before(states):
    """What two of five or of nineteen states share in one draw says next to nothing of the next."""
    random = np.random.default_rng(1)
    members = pd.DataFrame(random.random((states, 100)) < 0.25)
    shared = overlap.by_chance(members, 0, 1, draws=600)
    assert abs(np.corrcoef(shared[:-1], shared[1:])[0, 1]) < 0.12


@pytest.mark.slow
def test_pairs_that_avoid_each_other_share_less_than_chance(members):
    """S1 and S3 share one body of three; chance gives them more, and S1 and S2 fewer than the three they share."""
    found = overlap.against_chance(members, draws=500).set_index(["state_1", "state_2"])
    apart, together = found.loc[("S1", "S3")], found.loc[("S1", "S2")]
    assert apart["shared"] == 1 < apart["expected"] < 3 == together["shared"]
    assert apart["as_few"] < apart["as_many"] == 1
    assert together["as_many"] < together["as_few"] == 1
    assert overlap.by_chance(members, "S1", "S3", draws=500).mean() == pytest.approx(apart["expected"])


def test_chance_is_counted_over_the_draws(members, monkeypatch):
    """Four draws by hand: the matrix as it is counts among them, and ties count on either side."""
    # Pairs in the order S1S2, S1S3, S1S4, S2S3, S2S4, S3S4.
    drawn = np.array([[3, 0, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1], [2, 2, 1, 1, 1, 1], [4, 3, 1, 1, 1, 1]])
    monkeypatch.setattr(overlap, "_drawn", lambda members, draws, seed: drawn[:draws])
    found = overlap.against_chance(members, draws=4)
    assert found[["state_1", "state_2"]].to_numpy().tolist()[:3] == [["S1", "S2"], ["S1", "S3"], ["S1", "S4"]]
    together, apart = found.iloc[0], found.iloc[1]
    columns = ["memberships_1", "memberships_2", "shared", "expected", "as_few", "as_many"]
    assert together[columns].tolist() == [3, 3, 3, 2.5, 4 / 5, 3 / 5]
    assert apart[columns].tolist() == [3, 3, 1, 1.5, 3 / 5, 4 / 5]
    assert together[["low", "high"]].tolist() == pytest.approx([1 + 0.075, 4 - 0.075])
    for first, second in (("S1", "S3"), ("S3", "S1")):
        assert overlap.by_chance(members, first, second, draws=4).tolist() == [0, 1, 2, 3]


def test_trades_run_long_before_the_first_matrix_and_shorter_between(members, monkeypatch):
    """As often as the rows times fifty, and then the rows times three."""
    calls, times = [], []

    class Counting:
        def __init__(self, seed):
            self.random = rng(seed)

        def integers(self, high):
            return self.random.integers(high)

        def shuffle(self, values):
            calls.append(values)
            self.random.shuffle(values)

    rng = np.random.default_rng
    monkeypatch.setattr(overlap.np.random, "default_rng", Counting)
    matrices = overlap.shuffled(members, draws=3)
    for _ in range(3):
        next(matrices)
        times.append(len(calls))
    assert times == [4 * 50, 4 * 53, 4 * 56]


@pytest.mark.parametrize("rows", [2, 3, 5, 19])
def test_two_rows_are_those_that_numpy_would_choose(rows):
    """From the same numbers, which leaves what was drawn before as it was, and the generator where it would be."""
    ours, theirs = np.random.default_rng(7), np.random.default_rng(7)
    for _ in range(200):
        assert overlap._two(ours, rows) == tuple(theirs.choice(rows, 2, replace=False))
    assert ours.random() == theirs.random()


def test_same_seed_same_draws(members):
    """A reader who runs the chapter again sees the same numbers."""
    assert overlap.against_chance(members, draws=20).equals(overlap.against_chance(members, draws=20))
