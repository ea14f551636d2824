"""What every picture must do: the same bytes twice, words beside it, nothing cut off."""

import base64
from functools import cache
from html.parser import HTMLParser

import matplotlib as mpl
import pytest
from matplotlib.text import Text
from PIL import Image

import segkit.plots.picture
from segkit.plots.criteria.across import segments_across
from segkit.plots.criteria.comparison import compare_segmentations
from segkit.plots.criteria.how_many import how_many_segments
from segkit.plots.criteria.rfm import rfm_map
from segkit.plots.criteria.tree import joining_tree
from segkit.plots.data.distributions import distributions
from segkit.plots.data.lorenz import money_by_customer
from segkit.plots.data.missing import missing_values
from segkit.plots.data.monthly import orders_by_month
from segkit.plots.picture import WIDTH, drawn
from segkit.plots.profiles.heatmap import index_heatmap
from segkit.plots.profiles.profile import segment_profiles
from segkit.plots.profiles.sizes import segment_sizes
from segkit.plots.profiles.spread import spread_by_segment
from segkit.plots.review.migration import migration
from segkit.plots.review.trends import money_trends
from segkit.plots.style import ink_on, plain, segment_looks, wrap
from segkit.plots.targeting.bubbles import evaluation_bubbles
from tests.made_up import (
    NASTY,
    customer_data,
    evaluation,
    how_many,
    lines,
    profiles,
    review,
    segmentation,
    segments,
    spread_of,
    tree,
)

LONG = tuple(f"Customers with a really very long name that goes on, number {i}" for i in range(8))
BAD = tuple(f"{i} {NASTY}" for i in range(8))

CASES = {
    "orders_by_month": lambda: orders_by_month(customer_data()),
    "money_by_customer": lambda: money_by_customer(customer_data()),
    "missing_values": lambda: missing_values(customer_data()),
    "distributions": lambda: distributions(customer_data()),
    "segment_sizes": lambda: segment_sizes(profiles().summary),
    "pots": lambda: segment_sizes(segments(16)),
    "rfm_map": lambda: rfm_map(customer_data()),
    "joining_tree": lambda: joining_tree(tree()),
    "joining_tree_long": lambda: joining_tree(tree(8, LONG)),
    "joining_tree_bad": lambda: joining_tree(tree(5, BAD)),
    "how_many_segments": lambda: how_many_segments(how_many(), 0.05),
    "segments_across": lambda: segments_across(lines()),
    "segments_across_long": lambda: segments_across(lines(LONG, 6)),
    "segments_across_bad": lambda: segments_across(lines(BAD, 2)),
    "segment_profiles": lambda: segment_profiles(profiles()),
    "segment_profiles_long": lambda: segment_profiles(profiles(8, LONG)),
    "spread": lambda: spread_by_segment(spread_of(3)),
    "spread_long": lambda: spread_by_segment(spread_of(8, LONG)),
    "spread_bad": lambda: spread_by_segment(spread_of(5, BAD, "$")),
    "index_heatmap": lambda: index_heatmap(profiles(8, LONG)),
    "index_heatmap_bad": lambda: index_heatmap(profiles(5, BAD)),
    "compare": lambda: compare_segmentations({"By hand": segmentation(4), NASTY: segmentation(6, seed=1)}),
    "evaluation_bubbles": lambda: evaluation_bubbles(evaluation(8, LONG), "EUR"),
    "evaluation_bubbles_bad": lambda: evaluation_bubbles(evaluation(5, BAD), "$"),
    "migration": lambda: migration(review(8, LONG)),
    "money_trends": lambda: money_trends(review()),
}


@cache
def make(name):
    """Return a picture and the figure it was made of; each is drawn once for all tests."""
    figures = []

    def keep(*args, **kwargs):
        figures.append(drawn(*args, **kwargs))
        return figures[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segkit.plots.picture, "drawn", keep)
        return CASES[name](), figures[0]


@pytest.fixture(params=CASES)
def made(request):
    return make(request.param)


def tick_labels(axis):
    """Return the labels of ticks that are drawn, and of those beyond the axis, which are not."""
    low, high = sorted(axis.get_view_interval())
    drawn_ones, unused = [], []
    for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
        (drawn_ones if low <= tick.get_loc() <= high else unused).extend([tick.label1, tick.label2])
    return drawn_ones, unused


def test_nothing_is_cut_off(made):
    _, figure = made
    unused = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            shown, beyond = tick_labels(axis)
            unused |= set(beyond) if ax.axison else {*shown, *beyond}
    renderer = figure.canvas.get_renderer()
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip() and t not in unused]
    assert texts
    for text in texts:
        box = text.get_window_extent(renderer)
        inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= figure.bbox.x1 + 1 and box.y1 <= figure.bbox.y1 + 1
        assert inside, f"cut off: {text.get_text()!r} at {box} of {figure.bbox}"


def test_words_stand_beside_it(made):
    picture, _ = made
    assert picture.caption.endswith(".") and "nan" not in picture.caption.split()
    assert len(picture.alt) > 20 and picture.alt != picture.caption
    assert "cluster" not in f"{picture.alt} {picture.caption}".lower()


def test_png_is_twice_the_page_size(made, tmp_path):
    picture, _ = made
    (tmp_path / "p.png").write_bytes(picture.png)
    with Image.open(tmp_path / "p.png") as image:
        assert image.size == (2 * picture.width, 2 * picture.height)
        assert image.info == {}
    assert picture.width <= WIDTH and len(picture.png) < 200_000


@pytest.mark.parametrize("name", ["orders_by_month", "rfm_map", "how_many_segments", "evaluation_bubbles", "spread"])
def test_same_figures_same_bytes(name):
    assert CASES[name]().png == make(name)[0].png


def test_bytes_do_not_depend_on_the_reader_s_settings():
    before = make("money_trends")[0].png
    with mpl.rc_context({"font.size": 30, "axes.grid": True, "lines.linewidth": 9}):
        assert CASES["money_trends"]().png == before


def test_pictures_leave_no_global_state():
    settings = dict(mpl.rcParams)
    CASES["segment_sizes"]()
    assert dict(mpl.rcParams) == settings


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_html_holds_image_alt_and_caption_escaped():
    picture = segment_sizes(profiles(5, BAD).summary)
    bundle = picture._repr_mimebundle_()
    parser = Tags()
    parser.feed(bundle["text/html"])
    assert [tag for tag, _ in parser.tags] == ["figure", "img", "figcaption"]
    image = parser.tags[1][1]
    assert image["alt"] == picture.alt and NASTY in image["alt"]
    assert base64.b64decode(image["src"].removeprefix("data:image/png;base64,")) == picture.png
    assert not any(name.startswith("on") for _, attrs in parser.tags for name in attrs)
    assert bundle["text/plain"].startswith(picture.alt)


def test_names_in_other_scripts_do_not_stop_the_drawing():
    assert "山田" in segment_sizes(profiles(2, ("山田のお客様", "Ελλάδα")).summary).alt


def test_looks_repeat_the_colour_in_another_way():
    looks = segment_looks([str(i) for i in range(20)])
    assert len({(look.colour, look.hatch) for look in looks.values()}) == 20
    assert len({look.marker for look in list(looks.values())[:8]}) == 8
    assert segment_looks(["a", "b"])["b"] == segment_looks(["a", "b", "c"])["b"]


def test_text_is_plain():
    assert plain("a  $b$\n c") == "a $b$ c", "no picture reads formulas"
    assert wrap("one two three four five six", 9, lines=2) == "one two\nthree …"


@pytest.mark.parametrize(
    ("colour", "ink"), [("#ffffff", "black"), ("#000000", "white"), ("#08306b", "white"), ("#F0E442", "black")]
)
def test_ink_reads_on_its_ground(colour, ink):
    assert ink_on(mpl.colors.to_rgba(colour)) == ink
