"""What each segment is like, against all customers."""

from dataclasses import dataclass

from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData
from segkit.core.disclosure import Told
from segkit.core.profiles.index_vs_base import index_of
from segkit.core.profiles.markers import markers_of
from segkit.core.profiles.sentences import sentences_of
from segkit.core.profiles.summary import summary_of


@dataclass(frozen=True, eq=False)
class ProfileTables:
    """Profiles of all segments.

    Attributes
    ----------
    summary : Told
        Index ``segment_id``; columns ``segment_name``, ``size``, ``share``, ``value`` (total money), ``value_share``,
        ``value_mean``, ``value_mean_low``, ``value_mean_high`` (95 % bootstrap interval of the mean), and means
        ``recency_days``, ``frequency`` where they are known. ``share_said`` and ``value_share_said`` are the shares in whole
        percents that add up, for showing. Money is NaN where it would be nearly one customer's own, or give such a customer
        away (see `segkit.core.disclosure`); ``money_hidden`` tells which.
    index : Told
        One row for each segment, variable and level: ``segment_id``, ``variable``, ``label``, ``base`` (segmentation base),
        ``level`` (empty for numbers), ``numeric``, ``share`` (whether the value is a share), ``value`` (share 0 to 1, or
        mean), ``all`` (the same for all customers, this segment included), ``index_vs_base``, ``z``, ``n`` (customers it rests
        on), ``p`` (Holm-corrected; NaN for segmentation variables, which are never tested), ``suppressed`` (fewer than
        SMALL_GROUP customers: value, index and z are NaN), ``segmentation_variable``.
    markers : Told
        The rows of ``index`` that tell a segment from the others: |difference| of a share ≥ 0.25 or relative difference ≥ 50 %
        (Dolnicar, Grün, Leisch 2018, section 8), strongest first, at most five a segment.
    sentences : dict[str, str]
        ``segment_id`` → plain sentences that describe the segment.
    apart : dict[str, str]
        ``segment_id`` → of these the one that says what sets the segment apart.
    """

    summary: Told
    index: Told
    markers: Told
    sentences: dict[str, str]
    apart: dict[str, str]


def profile(data: CustomerData, segmentation: Segmentation, *, seed: int = 0) -> ProfileTables:
    """Describe each segment against all customers.

    Parameters
    ----------
    data : CustomerData
        The customers.
    segmentation : Segmentation
        Their segments.
    seed : int, default 0
        Seed of the bootstrap intervals.
    """
    summary = summary_of(data, segmentation, seed)
    index = index_of(data, segmentation)
    markers = markers_of(index, data)
    units = {v.name: v.unit for v in data.variables}
    said = {
        str(s): sentences_of(summary.loc[s], markers[markers["segment_id"] == s], units, data.currency) for s in summary.index
    }
    sentences = {segment: " ".join(filter(None, both)) for segment, both in said.items()}
    apart = {segment: what for segment, (_, what) in said.items()}
    return ProfileTables(summary, index.drop(columns="effect"), markers.drop(columns="effect"), sentences, apart)
