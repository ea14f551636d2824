"""What is drawn equals what was given."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from segkit.core.disclosure import told
from segkit.plots.criteria.across import draw_lines
from segkit.plots.criteria.comparison import compare_segmentations
from segkit.plots.criteria.how_many import draw_each, draw_gap, draw_smallest, draw_stability, how_many_segments
from segkit.plots.criteria.rfm import band_edges, band_names, draw_rfm, rfm_cells, rfm_map
from segkit.plots.criteria.tree import draw_tree, joining_tree
from segkit.plots.crossing import draw_crossing
from segkit.plots.data.distributions import bars, draw_numbers
from segkit.plots.data.lorenz import concentration, draw_lorenz, money_by_customer
from segkit.plots.data.missing import draw_missing, missing_values
from segkit.plots.data.monthly import draw_monthly, orders_by_month
from segkit.plots.profiles.heatmap import draw_index, index_heatmap
from segkit.plots.profiles.profile import draw_profile, row_key, segment_profiles, telling_rows
from segkit.plots.profiles.sizes import draw_sizes, segment_sizes
from segkit.plots.profiles.spread import draw_means, draw_shares, spread_by_segment
from segkit.plots.review.migration import draw_migration, migration
from segkit.plots.review.trends import draw_trends, half_width, money_trends
from segkit.plots.style import segment_looks, wrap
from segkit.plots.targeting.bubbles import draw_bubbles, draw_key, evaluation_bubbles, number_places
from tests.made_up import customer_data, evaluation, how_many, lines, profiles, review, segmentation, segments, spread_of, tree


@pytest.fixture
def ax():
    return Figure().subplots()


def texts(ax):
    return [t.get_text() for t in ax.texts]


def labels(axis):
    return [t.get_text() for t in axis.get_ticklabels()]


def test_monthly_bars_are_the_orders(ax):
    monthly = customer_data().monthly
    draw_monthly(ax, monthly["orders"], colour="#0072B2", title="Orders", currency=None, incomplete=True)
    assert [bar.get_height() for bar in ax.patches] == monthly["orders"].tolist()
    assert ax.patches[-1].get_hatch() and not ax.patches[0].get_hatch()
    assert labels(ax.xaxis)[:3] == ["Jan\n2024", "Mar", "May"]
    assert "Jan\n2025" in labels(ax.xaxis)


def test_the_tree_names_each_segment_with_its_customers(ax):
    made = tree(4)
    draw_tree(ax, made)
    sizes = [made.branch_size[made.branch_segment == i].sum() for i in range(4)]
    assert labels(ax.yaxis) == [wrap(f"{name} ({size:.0f})", 34, 2) for name, size in zip(made.names, sizes, strict=True)]
    assert sum(sizes) == 300
    bridges = [line for line in ax.lines if len(line.get_xdata()) == 4]
    assert np.array([line.get_xdata() for line in bridges]).tolist() == made.heights.tolist()
    colours = [look.colour for look in segment_looks(made.names).values()]
    drawn = {line.get_color() for line, segment in zip(bridges, made.segment, strict=True) if segment >= 0}
    assert drawn <= set(colours)
    (cut,) = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert list(cut.get_xdata()) == [made.cut, made.cut]
    picture = joining_tree(made)
    assert picture.caption == made.sentence and all(name in picture.alt for name in made.names)


def test_monthly_says_that_the_last_month_is_not_over():
    assert "known only up to 19 December 2025" in orders_by_month(customer_data()).caption


def test_monthly_full_last_month_is_not_hatched():
    data = customer_data(last_date=pd.Timestamp("2025-12-31").date())
    assert "hatched" not in orders_by_month(data).caption


def test_monthly_without_money_or_without_dates():
    data = customer_data()
    no_money = data.monthly.assign(revenue=np.nan)
    caption = orders_by_month(customer_data(monthly=no_money)).caption
    assert "4,832 orders; the strongest month was April 2024 with 260 orders." in caption
    assert orders_by_month(customer_data(monthly=data.monthly.iloc[:0])) is None


def test_concentration_of_a_known_case(ax):
    # 80 customers of 1 and 20 of 16: the best fifth brings 320 of 400.
    totals = pd.Series([1.0] * 80 + [16.0] * 20 + [np.nan])
    curve = concentration(totals)
    assert list(curve.index) == [0, *range(5, 96), 100], "the first and the last few would show what single customers spend"
    assert curve.loc[20, "money"] == pytest.approx(0.8)
    draw_lorenz(ax, curve, 0.8)
    assert any("bring 80 %" in text for text in texts(ax))
    assert ax.lines[1].get_ydata()[-1] == pytest.approx(1)


def test_money_by_customer_counts_who_is_left_out():
    data = customer_data()
    data.customers.loc[data.customers.index[:3], "monetary_total"] = np.nan
    caption = money_by_customer(data).caption
    assert "of 597 customers" in caption and "3 customers without a figure are left out." in caption
    nobody = customer_data()
    nobody.customers["monetary_total"] = 0.0
    assert money_by_customer(nobody) is None


def test_missing_bars(ax):
    draw_missing(ax, ["Age", "Region"], [50, 5], 200)
    assert [bar.get_width() for bar in ax.patches[2:]] == [0.25, 0.025]
    assert texts(ax) == ["25 %  (50)", "3 %  (5)"]
    assert labels(ax.yaxis) == ["Age", "Region"]


def test_missing_none():
    data = customer_data()
    assert missing_values(customer_data(variables=tuple(v for v in data.variables if not v.missing))) is None


def test_sizes_bars_and_labels(ax):
    Figure().subplots()
    draw_sizes(ax, ["A", "B"], [0.7, 0.3], [0.2, 0.8])
    assert [bar.get_width() for bar in ax.patches] == [0.7, 0.3, 0.2, 0.8]
    assert texts(ax) == ["70 %", "30 %", "20 %", "80 %"]
    assert [bar.get_hatch() for bar in ax.patches] == ["", "", "///", "///"]


def test_bars_are_as_long_as_shares_and_what_is_written_adds_up(ax):
    share, money = [0.335, 0.335, 0.33], [0.195, 0.61, 0.195]
    draw_sizes(ax, ["A", "B", "C"], share, money)
    assert [bar.get_width() for bar in ax.patches] == [*share, *money]
    assert texts(ax) == ["34 %", "33 %", "33 %", "20 %", "61 %", "19 %"]
    frame = segments(3).assign(share=share)
    picture = segment_sizes(frame, pd.Series(money, index=frame.index))
    assert "with 34 % of customers and 20 % of the money; most money, 61 %, comes from" in picture.caption
    names = frame["segment_name"].tolist()
    said = [f"{n} {s} % of customers and {m} % of money" for n, s, m in zip(names, (34, 33, 33), (20, 61, 19), strict=True)]
    assert all(text in picture.alt for text in said)


def test_many_pots_end_in_one_bar_and_lose_nobody():
    frame = segments(30)
    picture = segment_sizes(frame)
    assert "19 others together" in picture.alt
    assert f"30 segments, {frame['size'].sum():,} customers" in picture.caption
    assert "largest is “Champions”" in picture.caption


def test_rfm_cells_add_up_and_hide_small_ones(ax):
    customers = pd.DataFrame(
        {"recency_days": [5.0] * 10 + [100.0] * 3, "frequency": [1.0] * 10 + [3.0] * 3, "monetary_total": [10.0] * 13}
    )
    cells = rfm_cells(customers, (50.0,), (2.0,))
    assert cells.drop(columns="shown").to_dict("list") == {
        "recency": [0, 1], "frequency": [0, 1], "size": [10, 3], "mean": [10.0, 10.0],
    }  # fmt: skip
    assert cells["shown"].tolist() == [True, False]
    draw_rfm(ax, cells, ["1–49 days", "50 or more days"], ["1", "2 or more"], "EUR")
    assert sorted(t for t in texts(ax) if t) == ["10 EUR\n10 cust.", "–"]


def test_rfm_band_edges_never_split_ties_and_rise():
    bought_once = pd.Series([1.0] * 80 + [2.0] * 15 + [9.0] * 5)
    assert band_edges(bought_once) == (2.0,) or band_edges(bought_once) == ()
    spread_out = band_edges(pd.Series(np.arange(1.0, 101.0)))
    assert len(spread_out) == 4 and list(spread_out) == sorted(spread_out)
    assert band_edges(pd.Series([1.0, 1.0])) == ()


def test_rfm_band_names():
    assert band_names((2.0, 4.0), "", 1.0) == ["1", "2–3", "4 or more"]
    assert band_names((), "days", 3.0) == ["3 or more days"]


def test_rfm_where_all_bought_once_and_where_nothing_is_known():
    data = customer_data()
    data.customers["frequency"] = 1.0
    assert "all of 600 customers bought once" in rfm_map(data).caption
    assert rfm_map(customer_data(customers=data.customers.drop(columns="recency_days"))) is None
    assert rfm_map(customer_data(40)) is None, "a field of dashes is no picture"


def test_how_many_panels_draw_the_table():
    evidence = how_many()
    axes = Figure().subplots(1, 3)
    draw_gap(axes[0], evidence.table, 4)
    assert axes[0].lines[0].get_ydata() == pytest.approx(evidence.table["gap"].to_numpy())
    draw_stability(axes[1], evidence.table, evidence.pairs, 4)
    medians = [line.get_ydata()[0] for line in axes[1].lines if line.get_linewidth() == 1.6]
    assert medians == pytest.approx(evidence.table["adjusted_rand"].dropna().tolist())
    draw_smallest(axes[2], evidence.table, 4, 0.05)
    assert [p.get_height() for p in axes[2].patches[:8]] == evidence.table["smallest_share"].tolist()
    assert texts(axes[2]) == ["dashed: at least\n5 % wanted"]


def test_each_segment_is_a_ring_and_the_line_runs_through_the_lowest():
    evidence = how_many()
    ax = Figure().subplots()
    within = evidence.lineage.segments["within"]
    draw_each(ax, evidence.table.loc[2:], within, 4, "title")
    rings = ax.collections[0].get_offsets()
    assert np.asarray(rings)[:, 1] == pytest.approx(within.dropna().to_numpy())
    assert ax.lines[0].get_ydata() == pytest.approx([within.loc[k].min() for k in range(2, 9)])


def test_boxes_across_numbers_are_as_high_as_shares_and_ribbons_as_wide_as_shared_customers():
    shown = lines()
    ax = Figure().subplots()
    draw_lines(ax, shown)
    boxes = [p for p in ax.patches if isinstance(p, Rectangle)][1:]
    heights = sorted(box.get_height() for box in boxes)
    assert heights == pytest.approx(sorted(shown.lineage.segments.loc[2:, "share"]))
    ribbons = [p.get_path().vertices for p in ax.patches if isinstance(p, Polygon)]
    widths = sorted(r[:, 1][-2] - r[:, 1][0] for r in ribbons)
    flows = np.concatenate([flow.ravel() / 600 for k, flow in shown.lineage.flows.items() if k > 2])
    assert widths == pytest.approx(sorted(flows[flows >= 0.012]))


def test_a_line_keeps_its_colour_at_every_number():
    shown = lines()
    ax = Figure().subplots()
    draw_lines(ax, shown)
    boxes = [p for p in ax.patches if isinstance(p, Rectangle)][1:]
    colours = {}
    for box, (_, row) in zip(boxes, shown.lineage.segments.loc[2:].iterrows(), strict=True):
        colours.setdefault(int(row["line"]), set()).add(box.get_facecolor())
    assert all(len(seen) == 1 for seen in colours.values()) and len(set().union(*colours.values())) == 8


def test_how_many_caption_states_the_spread():
    row = how_many().table.loc[4]
    caption = how_many_segments(how_many()).caption
    assert f"{row['adjusted_rand']:.2f}" in caption and "middle half" in caption and "20 pairs" in caption


def test_profile_bars_scale_by_row_and_marks_the_overall_mean(ax):
    rows = pd.DataFrame(
        {"value": [10.0, 0.5, np.nan], "all": [5.0, 0.25, 0.1], "share": [False, True, True], "marker": [True, False, False]}
    )
    draw_profile(ax, rows, segment_looks(["a"])["a"], "A", [20.0, 0.5, 0.2])
    assert [bar.get_width() for bar in ax.patches] == [0.5, 1.0]
    assert [line.get_xdata()[0] for line in ax.lines] == [0.25, 0.5, 0.5]
    assert texts(ax) == ["10.0", "50 %", "–"]
    assert [bar.get_hatch() for bar in ax.patches] == [None, "...."]


def test_telling_rows_put_what_forms_segments_first():
    tables = profiles()
    chosen = telling_rows(tables, 4)
    assert len(chosen) == 4
    assert {key.split("\x1f")[0] for key in chosen} >= {"recency_days", "frequency"}
    assert set(chosen) <= set(row_key(tables.index))


def test_profiles_without_markers_and_with_rows_chosen():
    tables = profiles()
    bare = type(tables)(tables.summary, tables.index, tables.markers.iloc[:0], tables.sentences, tables.apart)
    picture = segment_profiles(bare, rows=list(dict.fromkeys(row_key(tables.index)))[:3])
    assert "Champions: no marker." in picture.alt
    assert "8 rows that say less are left out." in picture.caption


def test_shares_over_the_profiles_of_segments_add_up(monkeypatch):
    tables = profiles(3)
    summary = tables.summary.assign(share=[0.335, 0.335, 0.33])
    titles = []
    monkeypatch.setattr("segkit.plots.profiles.profile.draw_profile", lambda *given: titles.append(given[3]))
    segment_profiles(replace(tables, summary=summary))
    assert [title.rpartition("\n")[2] for title in titles] == ["34 % of customers", "33 % of customers", "33 % of customers"]


def test_index_cells(ax):
    frame = pd.DataFrame([[100.0, 1234.0], [np.nan, 0.0]])
    draw_index(ax, frame, ["age", "region"], ["A", "B"])
    assert texts(ax) == ["100", "1,234", "–", "0"]
    assert labels(ax.yaxis) == ["age", "region"]
    assert np.ma.getmaskarray(ax.images[0].get_array()).tolist() == [[False, False], [True, False]]


def test_index_heatmap_leaves_out_what_all_share_and_names_no_chance_figure():
    tables = profiles()
    alike = tables.index[tables.index["variable"] == "frequency"].assign(variable="place", label="Place", level="other")
    alike = alike.assign(value=1.0, all=1.0, index_vs_base=100.0, z=0.0, segmentation_variable=False)
    both = replace(tables, index=told(pd.concat([tables.index, alike], ignore_index=True)))
    assert not [key for key in telling_rows(both) if "place" in key] and [
        key for key in telling_rows(both) if "frequency" in key
    ]
    assert "Furthest from average" in index_heatmap(both).caption
    chance = replace(tables, index=told(tables.index.assign(z=1.9)))
    assert "Furthest" not in index_heatmap(chance).caption


def test_index_heatmap_explains_its_dashes():
    assert "A dash hides a figure, so that no group of fewer than 5 customers" in index_heatmap(profiles()).caption


def test_crossing_hides_few_and_shows_row_shares(ax):
    draw_crossing(ax, pd.DataFrame([[75, 25, 40], [3, 0, 9]]), ["a", "b"], ["x", "y", "z"])
    assert texts(ax) == ["–", "25\n18 %", "–", "–", "", "–"]


def test_compare_reads_agreement():
    same = compare_segmentations({"One": segmentation(4), "Two": segmentation(4)}, {("Two", "One"): 1.0})
    assert "correctly for 100 % of customers (agreement 1.00" in same.caption
    with pytest.raises(ValueError, match="it takes two segmentations"):
        compare_segmentations({"One": segmentation(4)})


def test_compare_against_one_has_a_table_for_each_other():
    three = {"A": segmentation(3), "B": segmentation(4, seed=1), "C": segmentation(2, seed=2)}
    assert compare_segmentations(three, against="B").alt.endswith("A against B and B against C.")


def test_compare_three_has_three_tables():
    three = compare_segmentations({"A": segmentation(3), "B": segmentation(4, seed=1), "C": segmentation(2, seed=2)})
    assert three.alt.endswith("A against B, A against C and B against C.")


def test_migration_names_and_frames(ax):
    tables = review(3)
    draw_migration(ax, tables.migration_matrix, tables.sizes["segment_name"].to_dict())
    assert labels(ax.yaxis)[-1] == "new customers" and labels(ax.xaxis)[-1] == "dropped out of\nthe period"
    assert len(ax.patches) == 3
    assert "–" in texts(ax)


def test_migration_caption_counts():
    tables = review(3)
    caption = migration(tables).caption
    assert caption.startswith("31 % of the ")
    assert f"{tables.migration_matrix['left'].sum():,} have dropped out of the period counted" in caption


def test_bubbles_stand_where_the_table_says(ax):
    table = evaluation().table
    draw_bubbles(ax, table)
    bubbles = [c for c in ax.collections if c.get_sizes()[0] > 100]
    centres = np.array([c.get_offsets()[0] for c in bubbles])
    assert centres[:, 0].tolist() == table["position"].tolist()
    assert centres[:, 1].tolist() == table["attractiveness"].tolist()
    areas = [c.get_sizes()[0] for c in bubbles]
    assert areas == sorted(areas, reverse=True)
    assert areas[1] / areas[0] == pytest.approx(table["value"].iloc[1] / table["value"].iloc[0])
    assert texts(ax) == ["1", "2", "3", "4", "5"]


def unrated(k, *places):
    """Return an evaluation in which our position in some segments is not rated."""
    made = evaluation(k)
    table = made.table.assign(position=[np.nan if i in places else at for i, at in enumerate(made.table["position"])])
    return replace(made, table=table)


def test_what_is_not_rated_has_no_bubble_and_the_others_keep_their_numbers(ax):
    draw_bubbles(ax, unrated(4, 1).table)
    assert sorted(texts(ax)) == ["1", "3", "4"]
    bubbles = [c.get_offsets()[0].tolist() for c in ax.collections if c.get_sizes()[0] > 100]
    assert bubbles == [[4.0, 4.4], [3.0, 3.1], [2.0, 2.0]]


def test_the_caption_names_what_is_not_rated():
    caption = evaluation_bubbles(unrated(4, 1, 2)).caption
    names = evaluation(4).table["segment_name"].tolist()
    assert f"Not drawn, because our position is not rated yet: “{names[1]}” and “{names[2]}”." in caption
    assert "not rated" not in evaluation_bubbles(evaluation(4)).caption


def test_the_caption_calls_dashed_only_what_is_drawn():
    failing = evaluation(4).table["segment_name"].iloc[3]
    assert f"Dashed bubbles miss a condition from step 1: “{failing}”." in evaluation_bubbles(unrated(4, 1)).caption
    caption = evaluation_bubbles(unrated(4, 3)).caption
    assert "Dashed" not in caption and f"Not drawn, because our position is not rated yet: “{failing}”." in caption


def test_the_caption_names_what_is_not_drawn_for_want_of_an_attractiveness():
    made = evaluation(4)
    table = made.table.assign(attractiveness=[4.4, 3.1, 3.1, np.nan])
    caption = evaluation_bubbles(replace(made, table=table)).caption
    assert f"“{table['segment_name'].iloc[3]}”" in caption.partition("Not drawn")[2]


def test_bubble_key_names_what_misses_a_condition_and_what_is_not_rated(ax):
    draw_key(ax, unrated(3, 1).table, "EUR")
    said = [text.split("\n", 1)[-1] for text in texts(ax)[1::2]]
    assert texts(ax)[-1].endswith("misses a condition")
    assert [text.endswith("not drawn: not rated yet") for text in said] == [False, True, False]


def test_numbers_stand_in_lonely_bubbles_and_beside_crowds():
    assert number_places([(1.0, 1.0), (3.0, 3.0)]) == [(1.0, 1.0), (3.0, 3.0)]
    crowd = number_places([(3.0, 3.0), (3.1, 3.0), (3.0, 2.9), (1.0, 1.0)], apart=0.3)
    assert crowd[3] == (1.0, 1.0)
    assert [x for x, _ in crowd[:3]] == pytest.approx([3.9] * 3)
    heights = sorted(y for _, y in crowd[:3])
    assert np.diff(heights) == pytest.approx([0.3, 0.3]) and crowd[2][1] == heights[0]


def test_bubbles_without_value_or_any_pass():
    result = evaluation(3)
    table = result.table.assign(value=np.nan, passes=False)
    caption = evaluation_bubbles(replace(result, table=table)).caption
    assert caption.startswith(
        "No segment that meets the conditions is both attractive (3 or more) and within our strengths (3 or more). Dashed "
        "bubbles miss a condition from step 1: "
    )


def test_trends_intervals(ax):
    trends = review().trends
    half = half_width(trends)
    assert half.iloc[0] == pytest.approx(1.959964 * 0.11 / 9)
    draw_trends(ax, trends, half)
    bars = [line for line in ax.lines if len(line.get_xdata()) == 2 and line.get_linewidth() == 2]
    assert bars[0].get_xdata() == pytest.approx([100 * (0.11 - half.iloc[0]), 100 * (0.11 + half.iloc[0])])
    assert texts(ax)[0] == "+11.0 points"


def test_trends_caption_knows_chance():
    assert "3 of 5 changes are larger than chance alone explains" in money_trends(review()).caption
    tables = review()
    calm = tables.trends.assign(z=0.3)
    changed = type(tables)(**{**tables.__dict__, "trends": calm})
    assert money_trends(changed).caption.startswith("No change is larger than chance alone explains")
    empty = type(tables)(**{**tables.__dict__, "trends": calm.iloc[:0]})
    assert money_trends(empty) is None


def test_bars_hold_every_customer_and_whole_values_alike():
    orders = pd.Series([1.0] * 50 + [2.0] * 30 + [3.0] * 10 + list(np.arange(4.0, 44.0)) + [400.0, np.nan])
    limits, counts, is_open = bars(orders)
    assert sum(counts) == 131 and is_open and counts[-1] >= 1
    widths = {round(high - low, 6) for low, high in limits}
    assert len(widths) == 1 and next(iter(widths)) == round(next(iter(widths)))
    few = bars(pd.Series([1.0, 2.0, 2.0, 5.0]))
    assert few == ([(0.5, 1.5), (1.5, 2.5), (2.5, 3.5), (3.5, 4.5), (4.5, 5.5)], [1, 2, 0, 0, 1], False)


def test_bars_of_very_few_customers_are_not_drawn(ax):
    draw_numbers(ax, pd.Series([1.0] * 40 + [2.0] * 3), "orders")
    assert [round(p.get_height(), 3) for p in ax.patches] == [0.93]


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60).filter(lambda v: len(set(v)) > 1))
def test_bars_count_each_value_once(values):
    _, counts, _ = bars(pd.Series(values))
    assert sum(counts) == len(values)


# Spread within segments


@pytest.fixture
def both_axes():
    return Figure().subplots(1, 2)


def test_spread_draws_the_given_shares_and_means(both_axes):
    found, (shares, means) = spread_of(4), both_axes
    looks = segment_looks(list(found.means.index))
    draw_shares(shares, found, looks)
    draw_means(means, found, looks)
    for line, (_, mine) in zip(shares.lines, found.blocks.groupby("segment_id", sort=False), strict=True):
        x, y = line.get_data()
        assert x[1:] == pytest.approx(mine["value"].to_numpy())
        assert y[1:] == pytest.approx(np.cumsum(mine["customers"]) / mine["customers"].sum())
    drawn = [np.asarray(line.get_xdata(), dtype=float) for line in means.lines]
    places = [np.unique(x[np.isfinite(x)]) for x in drawn]
    for row in found.means.itertuples():
        assert [row.mean] in [pytest.approx(x.tolist()) for x in places], "the mean"
        assert [row.low, row.high] in [pytest.approx(x.tolist()) for x in places], "its range"
    assert labels(means.yaxis) == [wrap(name, 24, lines=3) for name in found.means["segment_name"]]


def test_money_that_differs_widely_and_is_above_zero_is_drawn_on_a_logarithmic_axis(both_axes):
    found = spread_of(3)
    looks = segment_looks(list(found.means.index))
    draw_shares(both_axes[0], found, looks)
    draw_shares(both_axes[1], replace(found, blocks=found.blocks.assign(value=found.blocks["value"] - 100)), looks)
    assert [ax.get_xscale() for ax in both_axes] == ["log", "linear"]


def test_no_segment_with_values_enough_is_no_picture():
    found = spread_of(3)
    assert spread_by_segment(replace(found, means=found.means.head(0), blocks=found.blocks.head(0))) is None


def test_names_cut_to_the_same_words_stay_two_segments_and_a_left_out_one_keeps_its_colour(both_axes):
    found = spread_of(3, tuple(f"{'Seldom and large, ' * 6}{i}" for i in range(3)))
    found = replace(found, means=found.means.iloc[1:], blocks=found.blocks[found.blocks["segment_id"] != found.order[0]])
    looks = segment_looks(found.order)
    draw_means(both_axes[1], found, looks)
    assert len(labels(both_axes[1].yaxis)) == 2 and len(set(labels(both_axes[1].yaxis))) == 1
    draw_shares(both_axes[0], found, looks)
    assert [line.get_color() for line in both_axes[0].lines] == [looks[s].colour for s in found.order[1:]]
    assert [line.get_linestyle() for line in both_axes[0].lines] == ["--", "-."]


def test_marks_close_together_do_not_read_the_same(both_axes):
    found = spread_of(3)
    near = found.means.assign(mean=[1.41, 1.46, 1.5], low=[1.38, 1.4, 1.45], high=[1.45, 1.52, 1.55])
    draw_means(both_axes[1], replace(found, means=near), segment_looks(found.order))
    both_axes[1].figure.canvas.draw()
    shown = labels(both_axes[1].xaxis)
    assert len(shown) == len(set(shown))


def test_each_axis_of_a_spread_has_two_numbers_or_more_and_they_are_exact(both_axes):
    found, looks = spread_of(3), segment_looks(spread_of(3).order)
    narrow = found.means.assign(mean=[24.0, 27, 30], low=[21.0, 24, 27], high=[27.0, 30, 33])
    shares = found.blocks.assign(value=np.linspace(0.002, 0.0085, len(found.blocks)))
    wide = found.blocks.assign(value=np.geomspace(3, 70, len(found.blocks)))
    draw_shares(both_axes[0], replace(found, blocks=shares, unit="share"), looks)
    draw_means(both_axes[1], replace(found, means=narrow), looks)
    third = Figure().subplots()
    draw_shares(third, replace(found, blocks=wide), looks)
    for ax in (*both_axes, third):
        ax.figure.canvas.draw()
        low, high = ax.get_xlim()
        inside = [(at, said) for at, said in zip(ax.get_xticks(), labels(ax.xaxis), strict=True) if low <= at <= high and said]
        assert len(inside) >= 2
        for at, said in inside:
            assert float(said.removesuffix(" %").replace("−", "-")) == pytest.approx(100 * at if "%" in said else at)
    assert both_axes[1].get_xscale() == "linear" and third.get_xscale() == "log"


def test_one_giant_does_not_flatten_all_others_where_some_have_nothing(both_axes):
    found = spread_of(2)
    values = np.array([0.0, 10, 20, 30, 40, 50, 60, 70, 80, 90] * 2)
    blocks = pd.DataFrame({"segment_id": ["s1"] * 10 + ["s2"] * 10, "value": values, "customers": 10})
    giant = blocks.assign(value=[*values[:-1], 1e6])
    for ax, shown in zip(both_axes, (blocks, giant), strict=True):
        draw_shares(ax, replace(found, blocks=shown), segment_looks(found.order))
    whole, close = [ax.get_xlim()[1] for ax in both_axes]
    assert 90 < whole < 100 and 90 < close < 150
    assert [ax.get_xlabel().endswith("\na few lie beyond the edge") for ax in both_axes] == [False, True]
