"""Results in, pictures out: each function draws on a given Axes and computes nothing."""

from segkit.plots.across import segments_across
from segkit.plots.bubbles import evaluation_bubbles
from segkit.plots.crossing import compare_segmentations, migration
from segkit.plots.distributions import distributions
from segkit.plots.heatmap import index_heatmap
from segkit.plots.how_many import how_many_segments
from segkit.plots.lorenz import money_by_customer
from segkit.plots.missing import missing_values
from segkit.plots.monthly import orders_by_month
from segkit.plots.picture import Picture
from segkit.plots.profile import segment_profiles
from segkit.plots.rfm import rfm_map
from segkit.plots.sizes import segment_sizes
from segkit.plots.tree import joining_tree
from segkit.plots.trends import money_trends

__all__ = [
    "Picture",
    "compare_segmentations",
    "distributions",
    "evaluation_bubbles",
    "how_many_segments",
    "index_heatmap",
    "joining_tree",
    "migration",
    "missing_values",
    "money_by_customer",
    "money_trends",
    "orders_by_month",
    "rfm_map",
    "segment_profiles",
    "segment_sizes",
    "segments_across",
]
