"""Why a customer is where it is: rules of one or two centres, whose distances can be read off."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.found.columns import Column, Preparation
from segkit.core.criteria.found.rule import FoundRule
from segkit.core.criteria.found.typical import Labels
from segkit.core.criteria.found.why import why
from segkit.core.criteria.naming import Name
from segkit.core.estimators.k_means import KMeansSegments
from segkit.core.estimators.latent_class import LatentClassSegments
from segkit.core.estimators.ward import WardSegments
from segkit.words.terms import Method

PLAIN = (
    Column("x", None, False, 0.0, -100.0, 100.0, 50.0, 0.0, 1.0),
    Column("y", None, False, 0.0, -100.0, 100.0, 50.0, 0.0, 1.0),
)
TOWN = Column("town", "York", False, 0.0, 0.0, 1.0, 0.25, 0.0, 0.1)
LABELS = {"x": Labels("days since last order", "days"), "y": Labels("total spend", "money"), "town": Labels("town")}


class Likely(LatentClassSegments):
    """A latent class of known chances."""

    def __init__(self, chances=(), speaks=()):
        super().__init__(len(chances))
        self.chances, self.speaks = chances, speaks

    def predict_proba(self, X):
        return np.array([self.chances])

    def evidence(self, X, one, other):
        assert self.chances[one] >= self.chances[other]
        return np.array([self.speaks])


class Joined(WardSegments):
    """A tree whose label of everybody is known."""

    def __init__(self, label=0):
        super().__init__(2)
        self.label = label

    def predict(self, X):
        return np.full(len(X), self.label)


def rule(centres, estimator=None, order=None, columns=PLAIN, method=Method.K_MEANS):
    centres = np.array(centres, dtype=float)
    names = tuple(Name(f"Segment {letter}", ()) for letter in "ABC"[: len(centres)])
    typical = np.vstack([centres, centres.mean(axis=0)])
    order = tuple(range(len(centres))) if order is None else order
    fitted = estimator or KMeansSegments(2)
    return FoundRule(Preparation(columns, ()), method, fitted, order, centres, typical, names, LABELS, "EUR")


def said(of, **row):
    return why(of, pd.DataFrame({"x": [0.0], "y": [0.0]} | {name: [value] for name, value in row.items()}))


def test_the_nearest_centre_and_the_next_are_named_with_their_distances():
    text = said(rule([[30, 40], [0, 9], [3, 0]]), x=0.0, y=0.0)
    assert text == (
        "Of all the segments' typical customers, that of “Segment C” is the closest (distance 3), "
        "clearly closer than to “Segment B” (9). "
        "What speaks most for it: total spend is 0 EUR."
    )


@pytest.mark.parametrize(("own", "near"), [(8.2, False), (8.8, True), (10.0, True)])
def test_near_the_border_is_less_than_a_seventh_nearer(own, near):
    """Distances to the own and the next centre differ by 18 %, 12 % and nothing of the latter."""
    text = said(rule([[own, 0], [-10, 0]]))
    assert ("close to the border with “Segment B”" in text) is near
    assert ("clearly closer than to “Segment B”" in text) is not near
    joined = said(rule([[own, 0], [-10, 0]], Joined(0), method=Method.HIERARCHICAL))
    assert ("close to the border with that of “Segment B” (10)" in joined) is near
    assert ("clearly closer than that of “Segment B” (10)" in joined) is not near


def test_two_typical_customers_alike_leave_everybody_on_the_border():
    assert "close to the border with “Segment B” (0)" in said(rule([[0, 0], [0, 0]]))
    assert ("close to the border with that of “Segment B” (0)") in said(
        rule([[0, 0], [0, 0]], Joined(0), method=Method.HIERARCHICAL)
    )


def test_what_speaks_most_is_what_lowers_the_distance_most():
    # squares saved by the own centre: 36 in x, 49 − 36 = 13 in y
    assert "days since last order is 0 days." in said(rule([[0, 6], [6, 7]]))
    assert "total spend is 0 EUR." in said(rule([[6, 0], [7, 6]]))
    # 25 in x and 24 in y, although the customer stands nowhere near the middle
    assert "days since last order is 10 days." in said(rule([[10, 1], [15, 5]]), x=10.0)
    assert said(rule([[10, 1], [15, 5]]), x=10.0) == said(rule([[15, 5], [10, 1]]), x=10.0).replace("Segment A", "#").replace(
        "Segment B", "Segment A"
    ).replace("#", "Segment B")


def test_values_are_shown_in_their_unit_kinds_by_their_name_and_gaps_as_such():
    kinds = rule([[0, 10], [0, 0]], columns=(PLAIN[0], TOWN))
    assert said(kinds, town="York").endswith("What speaks most for it: town is York.")
    assert said(rule([[50, 0], [0, 1]]), x=np.nan).endswith(
        "What speaks most for it: days since last order is not known (treated as average)."
    )


def test_with_one_segment_there_is_nothing_to_say():
    one = "All customers are in this one segment."
    assert said(rule([[0, 0]])) == one
    assert said(rule([[0, 0]], Joined(0), method=Method.HIERARCHICAL)) == one
    assert said(rule([[0, 0]], Likely((1.0,)), method=Method.LATENT_CLASS)) == one


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.79, "probability of 79 % this customer belongs to “Segment A”, close to the border with “Segment B” (21 %)"),
        (0.8, "probability of 80 % this customer belongs to “Segment A”, clearly before “Segment B” (20 %)"),
        (0.995, "probability of 99.5 % this customer belongs to “Segment A”, clearly before “Segment B” (0.5 %)"),
        (
            0.996,
            "probability of more than 99 % this customer belongs to “Segment A”, clearly before “Segment B” (less than 1 %)",
        ),
    ],
)
def test_a_latent_class_is_said_with_its_probability(chance, words):
    other = 0.005 if chance == 0.995 else 1 - chance
    text = said(rule([[0, 0], [1, 1]], Likely((other, chance), (0.5, 2.0)), order=(1, 0), method=Method.LATENT_CLASS))
    assert words in text
    assert text.endswith("What speaks most for it: total spend is 0 EUR.")


def test_the_two_most_probable_classes_are_compared_in_the_order_shown():
    found = rule([[0, 0], [1, 1], [2, 2]], Likely((0.1, 0.2, 0.7), (1.0, 0.5)), order=(1, 0, 2), method=Method.LATENT_CLASS)
    text = said(found)
    assert "70 % this customer belongs to “Segment C”, close to the border with “Segment A” (20 %)" in text
    assert "days since last order is 0 days" in text


@pytest.mark.parametrize(("speaks", "nothing"), [((-0.5, 0.0), True), ((-0.5, 0.1), False)])
def test_where_nothing_is_known_the_larger_segment_is_the_safer_guess(speaks, nothing):
    text = said(rule([[0, 0], [1, 1]], Likely((0.6, 0.4), speaks), method=Method.LATENT_CLASS))
    assert text.endswith("speaks for either: the larger segment is the safer guess.") is nothing


def test_in_a_tree_the_segment_of_the_like_counts_not_the_nearest_middle():
    elsewhere = rule([[10, 0], [0, 4], [0, 9]], Joined(1), order=(1, 0, 2), method=Method.HIERARCHICAL)
    assert said(elsewhere) == (
        "The customers most like it are in “Segment A”, whose middle is 10 away; the middle of “Segment B” is nearer (4): "
        "near the border."
    )
    here = rule([[10, 0], [0, 4], [0, 9]], Joined(0), order=(1, 0, 2), method=Method.HIERARCHICAL)
    assert said(here) == (
        "The customers most like it are in “Segment B”, whose middle is 4 away, clearly closer than that of “Segment C” (9)."
    )
