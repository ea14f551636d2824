"""What the customers of each segment are worth from today on, by the plain way, and how that did on the past."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.features import MARGIN_TOTAL
from segkit.core.data.values import level_codes
from segkit.core.disclosure import Told, dominated, told, withheld
from segkit.core.estimators.threads import one_thread
from segkit.core.profiles.lifetime.enough import too_few
from segkit.core.profiles.lifetime.held_out import Expected, Past, money_column, per_order, plain
from segkit.core.profiles.lifetime.pace import YEAR, Course, Paces, follow
from segkit.words.terms import SEGMENT_NAME, SMALL_GROUP

Doubles = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Kind = Literal["profit", "spending", "orders"]

DRAWS = 300
"""Bootstrap samples of the customers followed."""


@dataclass(frozen=True)
class Terms:
    """How far ahead to look, and what money counts.

    Attributes
    ----------
    months : int
        Horizon.
    discount : float
        Money that comes in a year counts 1 / (1 + discount).
    margin : float or None
        What is left of sales, 0 to 1; None where it is not known. Where the orders hold their margin, that counts.
    """

    months: int = 12
    discount: float = 0.1
    margin: float | None = None

    @property
    def days(self) -> float:
        """The horizon in days."""
        return self.months * YEAR / 12


@dataclass(frozen=True, eq=False)
class Lifetime:
    """The worth of each segment.

    Attributes
    ----------
    table : Told
        Index ``segment_id``; columns ``segment_name``, ``size`` (customers), ``each`` (worth of a customer on average within
        the horizon, in money, or in orders where no money is known), ``low``, ``high`` (95 % range: bootstrap of the customers
        followed, and the chance of the orders to come; no change of circumstances is in it), ``total`` (worth of the segment),
        ``ratio`` (test on the past: expected ÷ came). Figures that would tell of a handful of customers are NaN.
    kind : str
        Whether worth is profit, spending, or orders.
    from_orders : bool
        Whether the margin stands in the orders themselves.
    ratio : float
        Expected ÷ came over all customers; NaN where it could not be tested.
    untested : str
        Why not, or empty.
    since, until : datetime.date
        The period from which it was learned, which is that of the test, too.
    """

    table: Told
    kind: Kind
    from_orders: bool
    ratio: float
    untested: str
    since: dt.date
    until: dt.date


@dataclass(frozen=True, eq=False)
class Learned:
    """What the past tells of each segment, whatever the terms: the slow part of it is done once.

    Attributes
    ----------
    past : Past
        The same files on two days of the past and as a whole.
    segmentation : Segmentation
        Segments of the whole.
    of : numpy.ndarray of int, shape (customers,)
        Place of each customer's segment.
    paces : Paces
        Pace and band of each customer.
    course : Course
        What each band did.
    courses : list of Course
        The same in bootstrap samples.
    noise : numpy.ndarray of float, shape (`DRAWS`, segments)
        The chance of the orders to come, in standard errors.
    ratios, ratio : numpy.ndarray of float, float
        Expected ÷ came for each segment and for all.
    untested : str
        Why it could not be tested, or empty.
    """

    past: Past
    segmentation: Segmentation
    of: Places
    paces: Paces
    course: Course
    courses: list[Course]
    noise: Doubles
    ratios: Doubles
    ratio: float
    untested: str

    @one_thread
    def worth(self, terms: Terms) -> Lifetime:
        """Return what the customers of each segment are worth on these terms.

        Parameters
        ----------
        terms : Terms
            Horizon, discount and margin.
        """
        customers, bands = self.past.whole.customers, len(self.course.kept)
        column, price, scale = money_column(customers), per_order(customers), 1.0
        kind: Kind = "orders" if column is None else "spending"
        if column == MARGIN_TOTAL or (column is not None and terms.margin is not None):
            kind, scale = "profit", 1.0 if column == MARGIN_TOTAL or terms.margin is None else terms.margin
        each = scale * (np.ones(len(customers)) if price is None else price)
        table = self.segmentation.segments[[SEGMENT_NAME, "size"]].copy()
        segments = len(table)
        sums = _summed(each * self.paces.pace, self.paces.band, self.of, segments, bands)
        squares = _summed(each**2 * self.paces.pace, self.paces.band, self.of, segments, bands)
        total = sums @ self.course.factors(terms.days, terms.discount)
        draws = np.stack([sums @ one.factors(terms.days, terms.discount) for one in self.courses])
        draws += self.noise * np.sqrt(squares @ self.course.scatter * terms.days)
        low, high = np.quantile(np.maximum(draws, 0.0), (0.025, 0.975), axis=0)

        size = table["size"].to_numpy(dtype=np.float64)
        table["each"], table["low"], table["high"], table["total"] = total / size, low / size, high / size, total
        table["ratio"] = self.ratios
        expected = each * self.course.orders(self.paces, terms.days)
        hidden = withheld(table["size"], [range(segments)], dominated(expected, self.of, segments))
        shown = told(table, (hidden, ["each", "low", "high", "total"]))
        first, whole = self.past.first.as_of, self.past.whole.as_of
        assert first is not None and whole is not None, "orders that are split by a day have dates"
        return Lifetime(shown, kind, column == MARGIN_TOTAL, self.ratio, self.untested, first, whole)


@one_thread
def learn(past: Past, segmentation: Segmentation, *, seed: int = 0) -> Learned:
    """Learn from the past what customers of each segment keep up.

    Parameters
    ----------
    past : Past
        The same files on two days of the past and as a whole, with customers enough in the later two.
    segmentation : Segmentation
        Segments of the whole.
    seed : int, default 0
        Seed of the ranges.
    """
    customers, ids = past.whole.customers, list(segmentation.segments.index)
    of = np.asarray(level_codes(segmentation.segment_of.reindex(customers.index), ids))
    followed = follow(past.first.customers, customers, past.days)
    rng = np.random.default_rng([seed, 31])
    courses = followed.drawn(DRAWS, rng)
    noise = rng.standard_normal((DRAWS, len(ids)))
    untested = too_few(past.earlier, past.first)
    ratios, ratio = (np.full(len(ids), np.nan), float("nan")) if untested else _tested(past, plain(past), segmentation)
    paces = followed.bands.of(customers)
    return Learned(past, segmentation, of, paces, followed.course(), courses, noise, ratios, ratio, untested)


def _summed(values: Doubles, band: Places, of: Places, segments: int, n: int) -> Doubles:
    """Return sums by segment and band, shape (segments, bands)."""
    there = (band >= 0) & (of >= 0)
    found = np.zeros((segments, n))
    np.add.at(found, (of[there], band[there]), values[there])
    return found


def _tested(past: Past, expected: Expected, segmentation: Segmentation) -> tuple[Doubles, float]:
    """Return expected ÷ came for each segment and for all; the segments are as customers stood before the test."""
    came = past.came()
    mine, theirs = (expected.orders, came.orders) if expected.money is None else (expected.money, _known(came))
    ratio = float(mine.sum() / theirs.sum()) if theirs.sum() > 0 else float("nan")
    return by_segment(past, mine, theirs, came.orders, segmentation), ratio


def _known(came: Expected) -> Doubles:
    return came.orders if came.money is None else came.money


def by_segment(past: Past, expected: Doubles, came: Doubles, orders: Doubles, segmentation: Segmentation) -> Doubles:
    """Return expected ÷ came for each segment as customers stood before the test.

    Parameters
    ----------
    past : Past
        The files of then and now.
    expected, came, orders : numpy.ndarray of float, shape (customers,)
        What was expected and what came of each customer of the first period, and the orders that came.
    segmentation : Segmentation
        Puts the customers of then into the segments of now; NaN where what it needs was not known then, and where fewer than
        ``SMALL_GROUP`` customers ordered or one of them spent nearly all.
    """
    ids = list(segmentation.segments.index)
    then = past.first.customers
    if not set(segmentation.variables) <= set(then):
        return np.full(len(ids), np.nan)
    of = np.asarray(level_codes(segmentation.assign(then).reindex(then.index), ids))
    back = np.array([((of == place) & (orders > 0)).sum() for place in range(len(ids))])
    hidden = (back < SMALL_GROUP) | dominated(came, of, len(ids))
    sums = [np.bincount(of[of >= 0], values[of >= 0], len(ids)) for values in (expected, came)]
    return np.where(hidden | (sums[1] <= 0), np.nan, sums[0] / np.where(sums[1] > 0, sums[1], 1.0))
