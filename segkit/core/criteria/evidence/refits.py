"""The methods once more, quickly, on samples: what the evidence for a number of segments rests on."""

import threading
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.evidence.against_none import against_none
from segkit.core.criteria.evidence.lineage import lineage
from segkit.core.criteria.evidence.recommendation import HowMany, recommend
from segkit.core.criteria.evidence.resampling import Fit, Fitted, bootstrap
from segkit.core.criteria.found.columns import Preparation
from segkit.core.criteria.found.rule import estimator_of, seen
from segkit.core.estimators import mixture
from segkit.core.estimators import weighted_k_means as k_means
from segkit.core.estimators.latent_class import LatentClassSegments
from segkit.core.estimators.ward import WardSegments, nearest_of
from segkit.words.errors import CriteriaError
from segkit.words.numbers import capital, count
from segkit.words.terms import MAX_SEGMENTS, Method

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

STARTS, FINALISTS, STEPS, STILL, FEW = 10, 2, 30, 1e-5, 2500
"""Latent classes of one sample: starts, those that go on, most steps, when a run rests, customers among whom is sought."""

CLASS_PAIRS = 10
"""Bootstrap pairs of latent classes, which cost several times as much as those of k-means."""

LEAVES, GROUPS = 400, 150
"""Different customers that are leaves of the tree of one sample, and small groups where there are more."""


@dataclass(frozen=True, eq=False)
class _Classes:
    found: mixture.Mixture

    def predict(self, points: Doubles) -> Labels:
        return np.asarray(self.found.log_chances(points)[0].argmax(axis=1), dtype=np.intp)


@dataclass(frozen=True, eq=False)
class _LatentFit:
    """Fits latent classes to figures of customers (see `segkit.core.estimators.mixture.Items.figures`)."""

    items: mixture.Items

    def __call__(self, points: Doubles, weights: Doubles, k: int, rng: np.random.Generator) -> Fitted:
        drawn = weights > 0
        found = mixture.fit(
            self.items, points[drawn], weights[drawn], k, starts=STARTS, finalists=FINALISTS, rng=rng, sample=FEW, steps=STEPS,
            still=STILL,
        )  # fmt: skip
        return _Classes(found)


@dataclass(eq=False)
class _Tree:
    """The tree of one sample, and the leaf of each of the customers last asked for: both are the same for each cut."""

    weights: Doubles
    grown: WardSegments
    points: Doubles | None = None
    leaf: Labels | None = None

    def leaf_of(self, points: Doubles) -> Labels:
        if self.leaf is None or self.points is not points:
            self.points, self.leaf = points, nearest_of(points, self.grown.leaves_)
        return self.leaf


@dataclass(frozen=True, eq=False)
class _Cut:
    tree: _Tree
    k: int

    def predict(self, points: Doubles) -> Labels:
        grown = self.tree.grown
        return np.asarray(grown.cut(min(self.k, len(grown.leaves_)))[self.tree.leaf_of(points)], dtype=np.intp)


@dataclass(frozen=True, eq=False)
class _WardFit:
    """Grows the tree of a sample once, and cuts it for each number of segments asked for."""

    last: threading.local = field(default_factory=threading.local)

    def __call__(self, points: Doubles, weights: Doubles, k: int, rng: np.random.Generator) -> Fitted:
        held: list[_Tree] = self.last.__dict__.setdefault("held", [])
        tree = next((one for one in held if one.weights is weights), None)
        if tree is None:
            drawn = weights > 0
            seed = int(rng.integers(2**31 - 1))
            grown = WardSegments(1, most_leaves=LEAVES, groups=GROUPS, random_state=seed)
            tree = _Tree(weights, grown.fit(points[drawn], sample_weight=weights[drawn]))
            held[:] = [*held[-1:], tree]  # the two samples of a pair
        return _Cut(tree, k)


def refits(prepared: Preparation, frame: pd.DataFrame, method: Method) -> tuple[k_means.Rows, Fit | None]:
    """Return the distinct customers as a method sees them, and how it finds segments in samples (None: as k-means does)."""
    if method is Method.LATENT_CLASS:
        answers, categorical = prepared.answers(frame)
        weights = np.ones(len(answers))
        items = mixture.Items.learn(answers, weights, categorical)
        return k_means.distinct_rows(items.figures(answers)), _LatentFit(items)
    return k_means.distinct_rows(prepared.matrix(frame)), _WardFit() if method is Method.HIERARCHICAL else None


def gather_again(prepared: Preparation, frame: pd.DataFrame, method: Method, *, pairs: int, seed: int) -> HowMany:
    """Gather the evidence for each number of segments of a latent class or a tree.

    Whether there is anything to find is a question to the customers, not to the method: gap and borders are those of
    `segkit.core.criteria.evidence.how_many.against_none`. The table has a further column ``bic`` for latent classes.

    Parameters
    ----------
    prepared : Preparation
        How customers become numbers.
    frame : pandas.DataFrame
        One row a customer.
    method : Method
        Method.LATENT_CLASS or Method.HIERARCHICAL.
    pairs : int
        Bootstrap pairs, of latent classes at most `CLASS_PAIRS`.
    seed : int
        Seed of all draws.

    Raises
    ------
    CriteriaError
        If all customers are the same in these variables.
    """
    rows, fit = refits(prepared, frame, method)
    if len(rows.points) < 2:
        raise CriteriaError(
            "All customers have the same values in these variables.", "Choose variables on which customers differ."
        )
    matrix = prepared.matrix(frame)
    blocks = [column.variable for column in prepared.columns]
    most = min(MAX_SEGMENTS, len(k_means.distinct_rows(matrix).points), len(rows.points))
    labels, bics = _solutions(prepared, frame, method, seed, most)
    ks = range(2, most + 1)
    _, first = np.unique(rows.of_customer, return_index=True)
    whole = {k: labels[k][first] for k in labels}
    pairs = min(pairs, CLASS_PAIRS) if method is Method.LATENT_CLASS else pairs
    again = bootstrap(rows, ks, pairs=pairs, seed=seed, fit=fit, whole=whole)
    table = against_none(matrix, [1, *ks], seed=seed, blocks=blocks)
    table.index = pd.RangeIndex(1, ks.stop, name="k")
    for k, mine in labels.items():
        table.loc[k, "inertia"], silhouette = _tightness(matrix, mine)
        table.loc[k, "smallest_share"] = np.bincount(mine, minlength=k).min() / len(mine)
        if k > 1:
            low, middle, high = again.rand[k].quantile([0.25, 0.5, 0.75])
            table.loc[k, ["adjusted_rand", "adjusted_rand_low", "adjusted_rand_high"]] = (middle, low, high)
            table.loc[k, ["silhouette", "within"]] = (silhouette, float(again.jaccard[k].min()))
        if k in bics:
            table.loc[k, "bic"] = bics[k]
    recommended, reason = recommend(table)
    lines = lineage(whole, rows.counts, again.jaccard)
    of_customer = {k: mine.astype(np.uint8) for k, mine in labels.items()}
    return HowMany(table, again.rand, of_customer, lines, recommended, f"{reason} {_read_bic(table)}".strip())


def _solutions(
    prepared: Preparation, frame: pd.DataFrame, method: Method, seed: int, most: int
) -> tuple[dict[int, Labels], dict[int, float]]:
    """Return the segment of each customer in the solutions with 1 to ``most`` segments, and their BIC where there is one."""
    points = seen(prepared, frame, method)
    if method is Method.HIERARCHICAL:
        tree = estimator_of(method, 1, seed=seed).fit(points)
        assert isinstance(tree, WardSegments)
        leaf = nearest_of(points, tree.leaves_)
        return {k: tree.cut(k)[leaf] for k in range(1, most + 1)}, {}
    categorical = prepared.answers(frame)[1]
    fitted = {k: estimator_of(method, k, seed=seed, categorical=categorical).fit(points) for k in range(1, most + 1)}
    bics = {k: float(one.bic_) for k, one in fitted.items() if isinstance(one, LatentClassSegments)}
    return {k: one.labels_ for k, one in fitted.items()}, bics


def _tightness(matrix: Doubles, labels: Labels) -> tuple[float, float]:
    """Return the sum of squares within segments, and the simplified silhouette (mean over customers)."""
    which = np.unique(labels, return_inverse=True)[1]
    centres = np.stack([matrix[which == j].mean(axis=0) for j in range(int(which.max()) + 1)])
    away = ((matrix[:, None, :] - centres[None]) ** 2).sum(axis=2)
    own = away[np.arange(len(matrix)), which]
    inertia = float(own.sum())
    away[np.arange(len(matrix)), which] = np.inf
    other = away.min(axis=1)
    wider = np.sqrt(np.maximum(own, other))
    width = np.divide(np.sqrt(other) - np.sqrt(own), wider, out=np.zeros(len(own)), where=np.isfinite(wider) & (wider > 0))
    return inertia, float(width.mean())


def _read_bic(table: pd.DataFrame) -> str:
    if "bic" not in table:
        return ""
    best = int(table["bic"].idxmin())
    if best == 1:
        return "One class describes the answers best, when fit is weighed against the number of classes (BIC)."
    more = " or more" if best == table.index[-1] else ""
    classes = f"{count(best, 'class', 'classes')}{more}"
    return f"{capital(classes)} describe the answers best, when fit is weighed against the number of classes (BIC)."
