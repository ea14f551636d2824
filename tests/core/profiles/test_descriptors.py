"""What else tells segments apart: figures as scipy has them, chance called chance, and nothing that differs by construction."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency, kruskal
from scipy.stats.contingency import association

from segkit.core.profiles.descriptors import descriptors, strength
from tests.core.criteria.comparison.segmentations import made_up
from tests.core.customer_tables import customer_data

AB = "a" * 60 + "b" * 40


def found(columns, of=AB, variables=("x",)):
    table = pd.DataFrame(columns, index=made_up(of).segment_of.index)
    return descriptors(customer_data(table), made_up(of, variables=variables))


def test_effects_and_tests_are_those_of_scipy():
    place = ["north"] * 45 + ["south"] * 15 + ["north"] * 10 + ["south"] * 30
    age = np.r_[np.linspace(20, 50, 60), np.linspace(35, 70, 40)].round()
    table = found({"place": place, "age": age}).table.set_index("variable")
    crossed = np.array([[45, 15], [10, 30]])
    assert table.loc["place", "effect"] == pytest.approx(association(crossed, "cramer", correction=False))
    h, p = kruskal(age[:60], age[60:])
    assert table.loc["age", "effect"] == pytest.approx(np.sqrt(h / 99))
    first, second = sorted([p, chi2_contingency(crossed, correction=False).pvalue])  # Holm's correction of two
    assert sorted(table["p"]) == pytest.approx([2 * first, max(2 * first, second)])
    assert table["n"].tolist() == [100, 100]


def test_it_is_said_which_tell_them_apart_and_how_strongly():
    said = found({"place": ["north"] * 60 + ["south"] * 40, "shoe": list(np.arange(100) % 7 + 36.0)}).sentence
    assert said == (
        "Of 2 other variables that did not form the segments, 1 tells them apart by more than chance: place (strongly). The "
        "other 1 tells hardly more than chance would."
    )
    assert [strength(e) for e in (0.0, 0.1, 0.3, 0.5, 1.0)] == ["hardly", "a little", "clearly", "strongly", "strongly"]


def test_chance_is_called_chance():
    rng, wrong = np.random.default_rng(3), 0
    for _ in range(40):
        columns = {f"n{i}": rng.normal(size=100) for i in range(8)} | {f"c{i}": rng.choice(list("xyz"), 100) for i in range(8)}
        wrong += "Nothing else tells the segments apart" not in found(columns).sentence
    assert wrong <= 5, "one in twenty, corrected for their number"


def test_what_is_counted_with_the_segments_is_no_finding():
    half = np.r_[np.ones(60), np.zeros(40)]
    columns = {"share_category_tea": half, "share_category_cake": 1 - half, "main_category": np.where(half > 0, "tea", "cake")}
    columns |= {"frequency": half * 5 + 1, "monetary_total": half * 9 + 1, "share_channel_web": half}
    by_taste = found(columns, variables=("share_category_tea",)).table["variable"].tolist()
    assert (
        not {"share_category_tea", "share_category_cake", "main_category"} & set(by_taste) and "share_channel_web" in by_taste
    )
    by_money = found(columns, variables=("monetary_total",)).table["variable"].tolist()
    assert "frequency" not in by_money and "main_category" in by_money


@pytest.mark.parametrize(
    ("columns", "of"),
    [
        ({"name": [f"n{i}" for i in range(100)]}, AB),
        ({"seldom": [1.0] * 5 + [np.nan] * 95}, AB),
        ({"same": [3.0] * 100}, AB),
        ({"word": ["yes"] * 100}, AB),
        ({"place": ["north"] * 50 + ["south"] * 50}, "a" * 100),
    ],
)
def test_what_cannot_be_compared_is_counted(columns, of):
    said = found(columns, of)
    assert not len(said.table) and said.left_out == 1
    assert said.sentence.startswith("There is nothing else to compare the segments by. 1 variable known of too few customers")


def test_thousands_of_levels_are_put_together_until_chance_would_fill_each():
    rng = np.random.default_rng(1)
    streets = [f"street {i}" for i in rng.integers(0, 5000, 1000)]
    streets[:500] = ["High Street"] * 400 + streets[400:500]
    table = found({"street": streets}, "a" * 500 + "b" * 500).table
    assert table.loc[0, "effect"] == pytest.approx(association(np.array([[400, 100], [0, 500]]), "cramer"), abs=0.01)
