"""What was planted in the sample businesses can be found again: segments, the trend, attitudes, margins."""

import math

import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from sklearn.preprocessing import StandardScaler

from segkit.samples.catalogue import SAMPLES, Sample
from segkit.words.terms import FileKind
from tests.samples.sample_files import NO_SEGMENT, clean, dirt, lines, read, truth


@pytest.fixture(params=list(SAMPLES))
def sample(request: pytest.FixtureRequest) -> Sample:
    return SAMPLES[request.param]


def shares(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    table = rows.pivot_table(index="customer_id", columns=column, values="money", aggfunc="sum", fill_value=0)
    return table.div(table.sum(axis=1), axis=0)


# Adjusted Rand index measured with the shipped files: RFM alone; RFM with shares of categories and channels.
FOUND_AGAIN = {"coffee_roaster": (0.44, 0.64), "packaging_wholesaler": (0.33, 0.74)}


@pytest.mark.slow
def test_planted_segments_are_found_again_to_the_stated_degree(sample: Sample) -> None:
    rows = clean(lines(sample, sample.files[FileKind.ORDERS]))
    by = rows.groupby("customer_id")
    recency = (pd.Timestamp(sample.as_of) - by["date"].max()).dt.days
    rfm = pd.DataFrame({"r": recency, "f": by["order_id"].nunique(), "m": by["money"].sum()}).map(math.log1p)
    planted = truth(sample)["segment"].reindex(rfm.index)
    known = ~planted.isin(NO_SEGMENT)

    def found(table: pd.DataFrame) -> float:
        model = KMeans(len(sample.segments), n_init=10, random_state=0)
        return float(adjusted_rand_score(planted[known], model.fit_predict(StandardScaler().fit_transform(table[known]))))

    whole = rfm.join(shares(rows, "kind")).join(shares(rows, "channel"))
    rfm_alone, with_shares = FOUND_AGAIN[sample.name]
    # Another optimum of k-means may be a little better or worse: hence floors, five hundredths (ten for RFM) below.
    assert found(rfm) > rfm_alone - 0.1
    assert found(whole) > with_shares - 0.05
    # What they buy and where tells far more than recency, frequency and money alone: the lesson of notebook 3.
    assert found(whole) > found(rfm) + 0.12


def test_the_trend_takes_off_in_one_segment_only(sample: Sample) -> None:
    after = truth(sample)["segment_after"]
    before_rows, later_rows = (clean(lines(sample, name)) for name in (sample.files[FileKind.ORDERS], sample.later_file))
    assert 0 < before_rows.loc[before_rows["kind"] == sample.trend, "money"].sum() < 0.005 * before_rows["money"].sum()
    segment = later_rows["customer_id"].map(after)
    money = later_rows.groupby(segment)["money"].sum()
    trend = later_rows[later_rows["kind"] == sample.trend].groupby(segment)["money"].sum().reindex(money.index, fill_value=0)
    share = (trend / money).sort_values(ascending=False)
    assert share.iloc[0] > 0.15
    assert share.index[0] == {"coffee_roaster": "weekend_connoisseurs", "packaging_wholesaler": "web_merchants"}[sample.name]
    assert (share.iloc[1:] < 0.1).all()
    keen = set(later_rows.loc[later_rows["kind"] == sample.trend, "customer_id"])
    assert keen <= set(truth(sample).query("took_up_trend == 'yes'").index)


def test_survey_answers_differ_by_segment_in_degree() -> None:
    coffee = SAMPLES["coffee_roaster"]
    survey = read(coffee, coffee.files[FileKind.SURVEY]).set_index("customer_id")
    answers = survey.drop(columns="answered").apply(pd.to_numeric)
    assert int(answers.isna().sum().sum()) == dirt(coffee, "survey.csv")["missing_cells"]
    assert set(answers.stack().dropna()) == {1, 2, 3, 4, 5}
    assert 0.3 < len(survey) / len(read(coffee, coffee.files[FileKind.CUSTOMERS])) < 0.4
    means = answers.groupby(truth(coffee)["segment"]).mean()
    spread = answers.groupby(truth(coffee)["segment"]).std()
    assert means["try_at_home"].idxmax() == "weekend_connoisseurs"
    assert means["gifts_should_please"].idxmax() == "gift_buyers"
    assert (spread > 0.6).all().all()


def test_margins_are_amounts_less_costs() -> None:
    wholesaler = SAMPLES["packaging_wholesaler"]
    rows = lines(wholesaler, wholesaler.files[FileKind.ORDERS])
    rows = rows[rows["unit_price"] != ""]
    cents = (rows["price"] * 100).round().astype(int) * rows["pieces"]
    assert (cents == (pd.to_numeric(rows["amount"]) * 100).round().astype(int)).all()
    paid = clean(rows)
    margin = pd.to_numeric(paid["margin"]).sum() / paid["money"].sum()
    assert 0.2 < margin < 0.35
