"""What is said of the means of a segment, and which words they bear out."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.found.columns import Column, Preparation
from segkit.core.criteria.found.rule import fit_found
from segkit.core.criteria.found.typical import Labels, bare_figure, figure, named, typical_of
from segkit.core.data.rhythm import silence
from segkit.words.numbers import percent, readable
from segkit.words.terms import Method
from tests.core.customer_tables import UNITS, shop


def column(variable="x", level=None):
    return Column(variable, level, False, 0.0, 0.0, 100.0, 1.0, 0.0, 1.0)


@pytest.mark.parametrize(("unit", "share"), [("share", True), ("%", False), ("", False), ("EUR", False)])
def test_shares_from_nought_to_one_are_known_by_their_unit(unit, share):
    assert Labels("x", unit).share is share


@pytest.mark.parametrize(
    ("level", "labels", "value", "said", "bare"),
    [
        (None, Labels("Visits"), 4.2, "visits 4.2", "4.2"),
        (None, Labels("Days since last order", "days"), 31.4, "days since last order 31.4", "31.4"),
        (None, Labels("Age", "years"), 41.0, "age 41 years", "41 years"),
        (None, Labels("Total spend", "money"), 5.0, "total spend 5.00 EUR", "5.00 EUR"),
        (None, Labels("Share of money: gifts", "share"), 0.5, "gifts 50 % of money", "50 %"),
        (None, Labels("Share of wallet", "share"), 0.5, "share of wallet 50 %", "50 %"),
        (None, Labels("Kind: gifts"), 5.0, "kind: gifts 5", "5"),
        ("cat", Labels("Pet"), 0.25, "pet cat in 25 %", "25 %"),
        ("cat", Labels("Pet"), 0.0, "pet cat in 0 %", "0 %"),
        ("cat", Labels("Pet"), 1e-9, "pet cat in under 0.1 %", "under 0.1 %"),
        (None, Labels("Visits"), np.nan, "visits not known", "not known"),
    ],
)
def test_a_mean_is_said_in_its_unit(level, labels, value, said, bare):
    assert figure(column(level=level), value, {"x": labels}, "EUR") == said
    assert bare_figure(column(level=level), value, {"x": labels}, "EUR") == bare


def test_means_are_over_those_whose_value_is_known_and_as_they_are():
    frame = pd.DataFrame({"x": [1.0, np.nan, 300.0, 7.0, np.inf], "pet": ["cat", None, "dog", "dog", "cat"]})
    columns = Preparation((column(), column("pet", "cat")), ())
    assert typical_of(frame, columns, np.array([True] * 3 + [False] * 2)).tolist() == [150.5, 0.5]
    assert typical_of(frame, columns, np.array([True] * 5)).tolist() == pytest.approx([308 / 3, 0.5])
    nobody = typical_of(frame, columns, np.array([False, True, False, False, False]))
    assert np.isnan(nobody).all()


def names_of(columns, labels, typical, silent=None, matrix=((0.0,), (2.0,)), centres=((0.0,), (2.0,))):
    matrix, centres = (np.tile(np.array(of), (1, len(columns))) for of in (matrix, centres))
    found = named(matrix, Preparation(columns, ()), centres, np.array(typical), labels, silent or [None, None], "EUR")
    return [name.text for name in found]


def test_answers_are_named_with_their_question_and_where_two_questions_share_them():
    agree, labels = column("q1", "Agree"), {"q1": Labels("Compare prices"), "q2": Labels("Buy on impulse")}
    means = [[0.0], [0.9], [0.4]]
    assert names_of((agree,), labels, means) == ["Not Agree", "Mostly Agree"]
    asked = {"q1": Labels("Compare prices", asked=True)}
    assert names_of((agree,), asked, means) == ["Not Agree (compare prices)", "Mostly Agree (compare prices)"]
    both = (agree, column("q2", "Agree"))
    said = names_of(both, labels, [[0.0, 0.01], [0.9, 0.8], [0.4, 0.4]])
    assert said == ["Not Agree (compare prices)", "Mostly Agree (compare prices)"], "two of them are too long for a name"


def test_a_yes_of_two_levels_is_its_question_and_a_one_of_three_is_not():
    labels, means = {"club": Labels("Club", yes_no=True)}, [[0.0], [0.9], [0.4]]
    assert names_of((column("club", "1"),), labels, means) == ["Not club", "Mostly club"]
    three = (column("club", "1"), column("club", "2"))
    assert names_of(three, {"club": Labels("Club")}, [[0.0, 0.5], [0.9, 0.5], [0.4, 0.5]]) == ["Not club 1", "Mostly club 1"]


def test_a_word_that_the_figures_contradict_is_not_said():
    """The first segment lies low on the scale compared; one customer of great spend lifts its mean above that of all."""
    labels = {"x": Labels("Visits")}
    assert names_of((column(),), labels, [[1.0], [3.0], [2.0]]) == ["Low visits", "High visits"]
    assert names_of((column(),), labels, [[9.0], [3.0], [6.0]]) == [
        "Near the average (visits 9)",
        "Near the average (visits 3)",
    ]
    assert names_of((column(),), labels, [[2.0], [3.0], [2.0]]) == ["Near the average", "High visits"]


def test_time_words_need_the_silence_of_the_segment():
    labels = {"recency_days": Labels("Days since last order", "days")}
    means = [[10.0], [90.0], [50.0]]
    assert names_of((column("recency_days"),), labels, means, [0.9, 2.5]) == ["Recent", "Gone quiet"]
    assert names_of((column("recency_days"),), labels, means, [0.9, 1.5]) == ["Recent", "Longer ago"]
    assert names_of((column("recency_days"),), labels, means) == ["More recent", "Longer ago"]


@pytest.mark.parametrize("method", [method for method in Method if method.found])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_word_of_a_name_is_true(method, seed):
    frame = shop(400, seed=seed)
    frame["tenure_days"] = frame["recency_days"] + 45 * (frame["frequency"] - 1)
    chosen = ("recency_days", "frequency", "monetary_total", "share_web_shop", "region")
    labels = {v: Labels(*UNITS.get(v, (v, ""))) for v in chosen} | {
        "share_web_shop": Labels("Share of money: Web shop", "share")
    }
    found = fit_found(frame, chosen, 5, method=method, labels=labels)
    segment, silent = found.assign(frame), pd.Series(silence(frame), index=frame.index)
    for one, name in zip(found.ids, found.names, strict=True):
        mine, everyone = frame[segment == one], frame
        mean, of_all = mine.mean(numeric_only=True), everyone.mean(numeric_only=True)
        web, all_web = mean["share_web_shop"], of_all["share_web_shop"]
        quiet = silent[segment == one].median()
        is_true = {
            "more recent": mean["recency_days"] < of_all["recency_days"] and quiet > 1,
            "recent": mean["recency_days"] < of_all["recency_days"] and quiet <= 1,
            "longer ago": mean["recency_days"] > of_all["recency_days"] and quiet < 2,
            "gone quiet": mean["recency_days"] > of_all["recency_days"] and quiet >= 2,
            "seldom": mean["frequency"] < of_all["frequency"],
            "frequent": mean["frequency"] > of_all["frequency"],
            "low spend": mean["monetary_total"] < of_all["monetary_total"],
            "high spend": mean["monetary_total"] > of_all["monetary_total"],
            "mostly web shop": web > 0.5 and web > all_web,
            "more web shop": all_web < web <= 0.5,
            "less web shop": 0.05 < web < all_web,
            "hardly any web shop": web <= 0.05 and web < all_web,
        }
        for region in ("North", "South", "East"):
            share, of_everyone = (people["region"].eq(region).mean() for people in (mine, everyone))
            is_true |= {
                f"mostly {region}": share > 0.5 and share > of_everyone,
                f"more often {region}": of_everyone < share <= 0.5,
                f"less often {region}": 0.05 < share < of_everyone,
                f"not {region}": share <= 0.05 and share < of_everyone,
            }
        figures = {f"{percent(web)} of money", f"{readable(mean['frequency'])}", f"{readable(mean['recency_days'])}"}
        text, _, told_apart = name.partition(" (")
        assert not told_apart or any(one in told_apart for one in figures), name
        for word in text.split(", "):
            plain = word[:1].lower() + word[1:]
            assert plain == "near the average" or is_true[plain.removeprefix("very ")], (name, word)


def test_the_rest_of_a_category_names_no_segment():
    columns, labels = (column("town", "other"), column("x")), {"town": Labels("Town"), "x": Labels("Visits")}
    assert names_of(columns, labels, [[0.1, 2.0], [0.9, 6.0], [0.5, 4.0]]) == ["Low visits", "High visits"]
    assert names_of((column("town", "Lisbon"), column("x")), labels, [[0.1, 2.0], [0.9, 6.0], [0.5, 4.0]])[1].startswith(
        "Mostly L"
    )


@pytest.mark.parametrize(("yes_no", "said"), [(True, "Mostly member"), (False, "Mostly member 1")])
def test_one_means_yes_only_where_the_other_level_is_nought(yes_no, said):
    labels = {"x": Labels("Member", yes_no=yes_no)}
    assert names_of((column(level="1"),), labels, [[0.1], [0.9], [0.5]])[1] == said
