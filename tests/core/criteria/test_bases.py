"""What a business has of each segmentation base: ten customers, so that shares can be counted on fingers."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.bases import ENOUGH_KNOWN, bases
from segkit.words.terms import Base
from tests.core.customer_tables import customer_data


def ten(**known):
    """Return ten customers of whom some are known: the first so many, or those whose places are given."""
    frame = pd.DataFrame({"frequency": np.arange(10.0) + 1})
    for name, who in known.items():
        places = range(who) if isinstance(who, int) else who
        frame[name] = [float(i) if i in places else np.nan for i in range(10)]
    return frame


def of(base, **known):
    data = customer_data(ten(**known), bases=dict.fromkeys(known, base))
    return bases(data).table.loc[base.value]


@pytest.mark.parametrize(("known", "verdict"), [(10, "ready"), (8, "ready"), (7, "in part"), (2, "in part")])
def test_a_base_is_ready_from_four_fifths_of_the_customers_on(known, verdict):
    row = of(Base.DEMOGRAPHIC, age=known)
    assert row["known"] == known / 10
    assert row["verdict"] == verdict
    assert ENOUGH_KNOWN == 0.8


def test_a_customer_is_known_by_any_variable_of_the_base():
    row = of(Base.PSYCHOGRAPHIC, taste=range(6), values=range(4, 9))
    assert (row["known"], row["variables"], row["unusable"]) == (0.9, ("Taste", "Values"), ())


def test_what_is_the_same_for_all_is_named_as_unusable_and_makes_nobody_known():
    data = customer_data(ten().assign(country=1.0, city=[float(i) for i in range(10)]), bases={"country": Base.GEOGRAPHIC})
    row = bases(data).table.loc["geographic"]
    assert (row["known"], row["variables"], row["unusable"], row["verdict"]) == (0.0, (), ("Country",), "missing")
    assert bases(data).table.loc["behavioural", "variables"] == ("Orders", "City")


def test_a_variable_whose_column_is_gone_is_not_usable():
    data = customer_data(ten(age=9), bases={"age": Base.DEMOGRAPHIC})
    data = dataclasses.replace(data, customers=data.customers.drop(columns="age"))
    row = bases(data).table.loc["demographic"]
    assert (row["verdict"], row["unusable"]) == ("missing", ("Age",))


def test_each_base_has_its_strength_weakness_and_what_it_needs():
    table = bases(customer_data(ten())).table
    assert list(table.index) == [base.value for base in Base]
    assert table["label"].tolist() == [base.label for base in Base]
    texts = table[["strength", "weakness", "needs"]].to_numpy().ravel()
    assert all(texts) and len(set(texts)) == 15
    assert "Easy to get" in table.loc["geographic", "strength"]
    assert "seldom want the same" in table.loc["geographic", "weakness"]
    assert table.loc["geographic", "needs"].startswith("postcodes")


def test_the_sentence_says_what_is_there_what_is_known_of_few_and_what_is_missing():
    bases_of = {"age": Base.DEMOGRAPHIC, "city": Base.GEOGRAPHIC, "taste": Base.PSYCHOGRAPHIC}
    text = bases(customer_data(ten(age=9, city=3, taste=5), bases=bases_of)).sentence
    assert text == (
        "Known for at least 80 % of customers: who they are (demographic) and what they do (behavioural). Known for too few to "
        "form segments, but good for describing them: where they are (geographic), 30 %; what they think and value "
        "(psychographic), 50 %. Nothing usable yet on what kind of firm they are (firmographic)."
    )


def test_nothing_is_said_of_what_does_not_occur():
    every = {base.value: 10 for base in Base if base is not Base.BEHAVIOURAL}
    text = bases(customer_data(ten(**every), bases={base.value: base for base in Base})).sentence
    assert text.startswith("Known for at least 80 % of customers: where they are (geographic), who they are (demographic), ")
    assert "too few" not in text and "Nothing usable" not in text
    nobody = bases(customer_data(ten()[[]].assign(x=1.0))).sentence
    assert nobody.startswith("Nothing usable yet on where they are (geographic)") and "at least" not in nobody
