"""The population stability index by its formula, its threshold by scipy, its bins and words by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from segkit.core.review.migration import sizes_of
from segkit.core.review.population_stability import population_stability, sampling_threshold, stability_table
from tests.core.customer_tables import customer_data
from tests.core.parted import parted

NAN = np.nan


def counts(*several):
    return np.array(several, dtype=float)


def test_stability_index_is_the_formula():
    before, after = counts(50, 30, 20), counts(30, 30, 40)
    p, q = before / 100, after / 100
    assert population_stability(before, after) == pytest.approx(((p - q) * np.log(p / q)).sum())


def test_a_bin_empty_in_both_is_left_out_and_one_empty_once_counts_as_half_a_customer():
    assert population_stability(counts(10, 0, 0, 5), counts(0, 10, 0, 5)) == pytest.approx(
        population_stability(counts(10, 0.5, 5), counts(0.5, 10, 5))
    )
    p, q = 0.5 / 9.5, 0.1
    wanted = (p - q) * np.log(p / q) + (q - p) * np.log((1 - p) / (1 - q))
    assert population_stability(counts(1, 9), counts(0, 9)) == pytest.approx(wanted)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 90), st.integers(1, 90)), min_size=1, max_size=6))
def test_the_index_is_never_negative_the_same_both_ways_and_knows_no_size(pairs):
    before, after = (counts(*several) for several in zip(*pairs, strict=True))
    found = population_stability(before, after)
    assert found >= -1e-12 and found == pytest.approx(population_stability(after, before))
    assert found == pytest.approx(population_stability(7 * before, 3 * after))
    assert population_stability(before, before * 7) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("before", "after", "bins"), [(400, 100, 5), (50, 5000, 2), (300, 300, 11)])
def test_the_threshold_is_that_of_the_chi_square_distribution(before, after, bins):
    assert sampling_threshold(before, after, bins) == pytest.approx((1 / before + 1 / after) * chi2.ppf(0.95, bins - 1))


def test_one_bin_alone_cannot_change():
    assert sampling_threshold(400, 100, 1) == 0


def test_chance_alone_seldom_exceeds_the_threshold():
    rng = np.random.default_rng(0)
    shares = np.full(6, 1 / 6)
    draws = [(rng.multinomial(500, shares).astype(float), rng.multinomial(300, shares).astype(float)) for _ in range(400)]
    beyond = np.mean([population_stability(*pair) > sampling_threshold(500, 300, 6) for pair in draws])
    assert 0.02 < beyond < 0.09


def compared(was, now, of="", after=None):
    """Return the row of a variable; the segments stay as they are unless ``after`` says otherwise."""
    kind = "str" if isinstance(was[0], str) else float
    before, later = (customer_data(pd.DataFrame({"taste": pd.Series(values, dtype=kind)})) for values in (was, now))
    segments = parted(before, of or "a" * len(was), ("taste",))
    sizes = sizes_of(segments, pd.Series([*(after or of or "a")], dtype="str"))
    return stability_table(before, later, segments, sizes)


@pytest.mark.parametrize(("known", "bins"), [([*range(100)], 10), ([*range(100), NAN], 11), ([1, 2, 3] * 10, 3)])
def test_numbers_are_compared_in_tenths_of_the_baseline_and_not_known_is_a_bin(known, bins):
    found = compared(known, known).loc["taste"]
    assert (found["label"], found["bins"], found["psi"]) == ("Taste", bins, 0)


def test_tenths_stay_at_the_baseline():
    """Who is in the upper half only: five bins of a fifth each, five empty ones of half a customer."""
    found = compared([*range(100)], [*range(50, 100)] * 2).loc["taste"]
    assert found["psi"] == pytest.approx(population_stability(counts(*[10] * 10), counts(*[0] * 5, *[20] * 5)))
    assert found["threshold"] == pytest.approx((1 / 100 + 1 / 100) * chi2.ppf(0.95, 9)) and found["bins"] == 10
    lower = compared([*range(100)], [*range(50)] * 2).loc["taste"]
    assert lower["psi"] == pytest.approx(found["psi"]), "also where nobody is in the last tenth any more"


def test_categories_are_compared_by_level_those_unheard_of_and_not_known_are_a_bin_each():
    was = ["x"] * 50 + ["y"] * 30 + ["z"] * 20
    found = compared(was, ["x"] * 40 + ["y"] * 30 + ["new"] * 10 + ["newer"] * 15 + [None] * 5).loc["taste"]
    assert found["psi"] == pytest.approx(population_stability(counts(50, 30, 20, 0, 0), counts(40, 30, 0, 25, 5)))
    assert found["bins"] == 5
    assert compared(was, was[::-1]).loc["taste", "psi"] == 0


def test_the_mix_of_segments_is_compared_by_their_sizes():
    found = compared([1.0] * 100, [1.0] * 60, "a" * 50 + "b" * 50, "a" * 20 + "b" * 40)
    assert found.index.tolist() == ["segments", "taste"] and found.loc["segments", "label"] == "Segments"
    assert found.loc["segments", "psi"] == pytest.approx(population_stability(counts(50, 50), counts(20, 40)))
    assert found.loc["segments", "threshold"] == pytest.approx((1 / 100 + 1 / 60) * chi2.ppf(0.95, 1))


@pytest.mark.parametrize(
    ("psi", "threshold", "reading"),
    [
        (0.05, 0.05, "no more change than chance alone would bring"),
        (0.5, 0.6, "no more change than chance alone would bring"),
        (0.0, 0.0, "no more change than chance alone would bring"),
        (0.0501, 0.05, "a small change"),
        (0.0999, 0.05, "a small change"),
        (0.1, 0.05, "a clear change"),
        (0.2499, 0.05, "a clear change"),
        (0.25, 0.05, "a large change"),
        (3.0, 0.05, "a large change"),
    ],
)
def test_what_is_no_more_than_chance_is_said_first_then_how_large(monkeypatch, psi, threshold, reading):
    module = "segkit.core.review.population_stability"
    monkeypatch.setattr(f"{module}.population_stability", lambda *_: psi)
    monkeypatch.setattr(f"{module}.sampling_threshold", lambda *_: threshold)
    assert compared([1.0] * 5, [1.0] * 5).loc["segments", "reading"] == reading
