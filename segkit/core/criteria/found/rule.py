"""Segments found in the data by one of three methods, named by what stands out in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.found.columns import Preparation
from segkit.core.criteria.found.preparation import FENCE, prepare
from segkit.core.criteria.found.typical import Labels, bare_figure, figure, named, typical_of
from segkit.core.criteria.naming import Name
from segkit.core.criteria.notes import Note
from segkit.core.data.rhythm import silence
from segkit.core.estimators.k_means import KMeansSegments
from segkit.core.estimators.latent_class import LatentClassSegments
from segkit.core.estimators.ward import WardSegments
from segkit.core.estimators.weighted_k_means import distinct_rows
from segkit.words.errors import CriteriaError
from segkit.words.numbers import count, listed
from segkit.words.terms import MIN_CUSTOMERS, SMALL_GROUP, Method, Scaling

Doubles = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

EVERYDAY: dict[str, Any] = {"tol": 1e-6, "max_iter": 300}
"""How long the latent classes of the workbook are sought: what the default would still move changes no segment."""

Estimator = KMeansSegments | LatentClassSegments | WardSegments

SAID = 6
"""Most variables that the rule of a segment names."""

RULES = {
    Method.K_MEANS: "Customers most like the typical one here",
    Method.LATENT_CLASS: "Customers who are most likely of this kind",
    Method.HIERARCHICAL: "Customers most like those joined here",
}
"""How a customer gets in, before what is typical."""


@dataclass(frozen=True)
class Treatment:
    """How variables are made comparable; see `segkit.core.criteria.found.preparation.prepare`. Weights are by variable."""

    log_skewed: bool = True
    scaling: Scaling = Scaling.STANDARD
    draw_in_outliers: bool = True
    weights: tuple[tuple[str, float], ...] = ()

    def prepared(
        self, frame: pd.DataFrame, variables: tuple[str, ...], labels: Mapping[str, str], method: Method
    ) -> Preparation:
        """Prepare customers for one method; a latent class knows neither scales nor weights."""
        answers = method is Method.LATENT_CLASS
        return prepare(
            frame,
            variables,
            log_skewed=self.log_skewed,
            fence=FENCE if self.draw_in_outliers else None,
            scaling=Scaling.STANDARD if answers else self.scaling,
            weights=None if answers else dict(self.weights),
            answers=answers,
            labels=labels,
        )


@dataclass(frozen=True, eq=False)
class FoundRule:
    """A fitted estimator, and what people call its segments.

    Attributes
    ----------
    preparation : Preparation
        How customers become numbers.
    method : Method
        How the segments were found.
    estimator : KMeansSegments, LatentClassSegments or WardSegments
        Assigns customers.
    order : tuple of int
        Label of the estimator of each segment, in the order in which the segments are shown.
    few : Mapping[int, int]
        Labels of the estimator that fewer than ``SMALL_GROUP`` customers have, each with the one among ``order`` whose segment
        they stand with (of latent classes each customer goes to the most probable one that is left).
    centres : numpy.ndarray
        Means of the segments in the prepared matrix, shape (segments, columns).
    typical : numpy.ndarray
        Means of the segments in the variables' own units, the last row that of all customers: shape (segments + 1, columns).
        Of a category the share of customers of a kind. These are the figures that the profiles show.
    named : tuple of Name
        Name of each segment, and the columns that it speaks of.
    """

    preparation: Preparation
    method: Method
    estimator: Estimator
    order: tuple[int, ...]
    centres: Doubles
    typical: Doubles
    named: tuple[Name, ...]
    labels: Mapping[str, Labels]
    currency: str = ""
    few: Mapping[int, int] = field(default_factory=dict)

    @property
    def variables(self) -> tuple[str, ...]:
        """Segmentation variables."""
        return tuple(dict.fromkeys(column.variable for column in self.preparation.columns))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the segments."""
        return tuple(name.text for name in self.named)

    @property
    def ids(self) -> tuple[str, ...]:
        """Identifiers of the segments."""
        return tuple(f"s{i + 1}" for i in range(len(self.order)))

    @property
    def place_of(self) -> Places:
        """Segment of each label of the estimator, from 0 in the order shown."""
        place = {label: i for i, label in enumerate(self.order)}
        place |= {label: place[host] for label, host in self.few.items()}
        return np.array([place.get(label, 0) for label in range(self.estimator.n_segments)], dtype=np.intp)

    def seen(self, frame: pd.DataFrame) -> Doubles:
        """Return customers as the estimator sees them."""
        return seen(self.preparation, frame, self.method)

    def places(self, points: Doubles) -> Places:
        """Return the segment of each customer, from 0 in the order shown."""
        if isinstance(self.estimator, LatentClassSegments):
            # a class that is nobody's most probable one is no segment
            return np.asarray(self.estimator.predict_proba(points)[:, self.order].argmax(axis=1), dtype=np.intp)
        return self.place_of[self.estimator.predict(points)]

    def assign(self, frame: pd.DataFrame) -> pd.Series:
        """Put customers into the segments, scaling and centres or chances as they are."""
        if not len(frame):
            return pd.Series([], index=frame.index, dtype=str)
        found = self.places(self.seen(frame))
        return pd.Series(np.array(self.ids, dtype=object)[found], index=frame.index).astype(str)

    def segments(self) -> pd.DataFrame:
        """Return name and rule of each segment."""
        rows = {s: (name, self._rule(place)) for place, (s, name) in enumerate(zip(self.ids, self.names, strict=True))}
        return pd.DataFrame.from_dict(rows, orient="index", columns=["segment_name", "rule"])

    def _rule(self, place: int) -> str:
        """Say how customers get in, and the means of what names the segment and of what tells the segments apart most."""
        columns = self.preparation.columns
        apart = np.argsort(-np.ptp(self.centres, axis=0), kind="stable")
        most = list(dict.fromkeys([*self.named[place].features, *map(int, apart)]))[:SAID]
        parts = [
            f"{figure(columns[i], self.typical[place, i], self.labels, self.currency)} "
            f"({bare_figure(columns[i], self.typical[-1, i], self.labels, self.currency)})"
            for i in most
        ]
        more = f" and {len(columns) - SAID} more" if len(columns) > SAID else ""
        return f"{RULES[self.method]}; average values, with those of all customers in brackets: {', '.join(parts)}{more}."

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was done on the way: to the data, and in the search."""
        return (*map(Note, self._told()), *self.preparation.notes)

    def settings(self) -> dict[str, Any]:
        """Return centres, scaling and what else was learned as plain values."""
        return {
            "centres": {s: [float(v) for v in centre] for s, centre in zip(self.ids, self.centres, strict=True)},
            "columns": [dict(column) for column in self.preparation.settings()],
            **self._learned(),
        }

    def _learned(self) -> dict[str, Any]:
        if isinstance(self.estimator, LatentClassSegments):
            order = list(self.order)
            typical = {v: one[order].tolist() for v, one in zip(self.variables, self.estimator.typical_, strict=True)}
            return {"shares": self.estimator.weights_[order].tolist(), "typical": typical, "bic": float(self.estimator.bic_)}
        if isinstance(self.estimator, WardSegments):
            return {"leaves": len(self.estimator.leaves_), "heights": self.estimator.tree_[-8:, 2].tolist()}
        return {}

    def _told(self) -> list[str]:
        told = []
        asked, few = self.estimator.n_segments, len(self.few)
        if len(self.order) + few < asked:
            told.append(f"Of {asked} segments asked for, only {len(self.order) + few} have customers.")
        if few:
            told.append(
                f"Of {asked} segments asked for, {few} would have fewer than {SMALL_GROUP} customers, whose figures would be "
                "those of single customers: they are counted with the nearest segment."
            )
        if isinstance(self.estimator, LatentClassSegments):
            told.append("Each variable is used as it is: scales and weights of variables make no difference here.")
        if isinstance(self.estimator, WardSegments) and self.estimator.grouped_:
            leaves = len(self.estimator.leaves_)
            told.append(
                f"So many customers make no readable tree: they were first put into {leaves} small groups of "
                "similar customers, "
                "and the tree joins those groups."
            )
        return told


def seen(preparation: Preparation, frame: pd.DataFrame, method: Method) -> Doubles:
    """Return customers as the estimator of a method sees them: answers for latent classes, else the prepared matrix."""
    return preparation.answers(frame)[0] if method is Method.LATENT_CLASS else preparation.matrix(frame)


def estimator_of(method: Method, k: int, *, seed: int, categorical: Any = None) -> Estimator:
    """Return the unfitted estimator of a method; ``categorical`` tells a latent class which variables are categories."""
    if method is Method.LATENT_CLASS:
        return LatentClassSegments(k, categorical_features=categorical, random_state=seed, **EVERYDAY)
    return (WardSegments if method is Method.HIERARCHICAL else KMeansSegments)(k, random_state=seed)


def fit_found(
    frame: pd.DataFrame,
    variables: tuple[str, ...],
    k: int,
    *,
    method: Method = Method.K_MEANS,
    treatment: Treatment | None = None,
    seed: int = 0,
    labels: Mapping[str, Labels] | None = None,
    value: pd.Series | None = None,
    currency: str = "",
) -> FoundRule:
    """Find k segments in the data.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a customer.
    variables : tuple of str
        Segmentation variables.
    k : int
        Number of segments.
    method : Method, default Method.K_MEANS
        One of those that find segments in the data.
    treatment : Treatment, optional
        How the variables are made comparable.
    seed : int, default 0
        Seed of the draws.
    labels : Mapping[str, Labels], optional
        Label and unit of each variable for people.
    value : pandas.Series, optional
        Money of each customer; segments are ordered by their total, else by their size.
    currency : str, optional
        Printed behind money.

    Raises
    ------
    CriteriaError
        If there are fewer different customers than segments, or a variable cannot be used.
    """
    told = {v: (labels or {}).get(v, Labels(v.replace("_", " "))) for v in variables}
    preparation = (treatment or Treatment()).prepared(frame, variables, {v: one.label for v, one in told.items()}, method)
    matrix = preparation.matrix(frame)
    answers, categorical = preparation.answers(frame) if method is Method.LATENT_CLASS else (matrix, None)
    different = len(distinct_rows(answers if categorical is None else np.nan_to_num(answers, nan=np.inf)).points)
    if different < k:
        raise CriteriaError(
            f"There are only {count(different, 'different customer')} by "
            f"{listed([one.label for one in told.values()])}, too few for {k} segments.",
            "Choose fewer segments, or more variables.",
        )
    fitted = estimator_of(method, k, seed=seed, categorical=categorical).fit(answers)
    label, few = _without_few(fitted, answers, matrix)
    # what is nobody's nearest or most probable is no segment
    filled = [int(j) for j in np.unique(label)]
    worth = np.ones(len(frame)) if value is None else np.nan_to_num(value.to_numpy(dtype=np.float64, na_value=0.0))
    # sums by rank of the rows: rounding must not depend on the order in which the customers come
    means = {j: _mean(matrix[label == j]) for j in filled}
    order = sorted(filled, key=lambda j: (-round(float(np.sort(worth[label == j]).sum()), 6), tuple(means[j])))
    centres = np.stack([means[j] for j in order])
    typical = np.stack([typical_of(frame, preparation, where) for where in [*(label == j for j in order), label >= 0]])
    silent = silence(frame)
    middle = [_middle(silent[label == j]) if silent is not None else None for j in order]
    named_ = named(matrix, preparation, centres, typical, told, middle, currency)
    return FoundRule(preparation, method, fitted, tuple(order), centres, typical, tuple(named_), told, currency, few)


def _without_few(fitted: Estimator, answers: Doubles, matrix: Doubles) -> tuple[Places, dict[int, int]]:
    """Return the label of each customer once labels of a handful of customers stand with the nearest, two being left."""
    label, few = np.asarray(fitted.labels_, dtype=np.intp), dict[int, int]()
    kept, sizes = np.unique(label, return_counts=True)
    if len(label) < MIN_CUSTOMERS:  # too few to segment at all, which others say
        return label, few
    while len(kept) > 2 and sizes.min() < SMALL_GROUP:
        least = int(kept[sizes.argmin()])
        rest = kept[kept != least]
        mine = _mean(matrix[label == least])
        nearest = int(min(rest, key=lambda j: float(np.square(_mean(matrix[label == j]) - mine).sum())))
        few = {one: nearest if host == least else host for one, host in few.items()} | {least: nearest}
        if isinstance(fitted, LatentClassSegments):
            label = rest[fitted.predict_proba(answers)[:, rest].argmax(axis=1)]
        else:
            label = np.where(label == least, nearest, label)
        kept, sizes = np.unique(label, return_counts=True)
    return label, few


def _middle(values: Doubles) -> float | None:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else None


def _mean(matrix: Doubles) -> Doubles:
    return np.asarray(np.sort(matrix, axis=0).mean(axis=0))
