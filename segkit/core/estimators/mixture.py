"""Latent classes: each class answers each question in its own way; found by expectation and maximisation, many starts at once.

The likelihood of a class is linear in a few figures of each customer: x, x² and "known" for a number, one yes/no a level for a
category. So one step over all starts and all classes is two matrix products, and a missing value is a row of zeros.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from segkit.core.estimators.lloyd import assign_all, grid_of, on_grid

Doubles = npt.NDArray[np.float64]

LEAST_CHANCE = 1e-9
"""Smallest chance of an answer, so that an answer nobody of a class gave does not rule the class out for ever."""

LEAST_VARIANCE = 1e-2
"""Smallest variance of a number within a class, as a share of its variance: a class of equal values would else be infinitely
likely."""

SHORT, FINALISTS = 12, 4
"""All starts take so many steps; by default so many of the best go on (short runs: Biernacki, Celeux, Govaert 2003)."""

SAMPLED_STILL, SAMPLED_STEPS, LAST_STEPS = 1e-6, 200, 30
"""On a sample the runs rest earlier, and from there all customers move the classes little."""

BLOCK = 4_000_000
"""Most class weights held at once by one block of starts (32 MB)."""


@dataclass(frozen=True, eq=False)
class Items:
    """How columns become figures.

    Attributes
    ----------
    levels : tuple of (numpy.ndarray or None)
        For each column its known levels (rising), or None for a number.
    middle, spread : numpy.ndarray
        Mean and standard deviation of each number (0 and 1 for categories): the search does not depend on units.
    """

    levels: tuple[Doubles | None, ...]
    middle: Doubles
    spread: Doubles

    @classmethod
    def learn(cls, matrix: Doubles, weights: Doubles, categorical: npt.NDArray[np.bool_]) -> "Items":
        """Learn levels, means and spreads from columns in which NaN stands for a missing value."""
        levels: list[Doubles | None] = []
        middle, spread = np.zeros(matrix.shape[1]), np.ones(matrix.shape[1])
        for j, column in enumerate(matrix.T):
            known = ~np.isnan(column)
            if categorical[j]:
                levels.append(np.unique(column[known]))
                continue
            levels.append(None)
            if weights[known].sum() > 0:
                middle[j] = np.average(column[known], weights=weights[known])
                wide = np.sqrt(np.average((column[known] - middle[j]) ** 2, weights=weights[known]))
                # what is left of equal large values after subtracting their mean is rounding
                spread[j] = wide if wide > 1e-12 * max(abs(middle[j]), 1e-300) else 1.0
        return cls(tuple(levels), middle, spread)

    @property
    def places(self) -> list[slice]:
        """The figures of each column."""
        ends = np.cumsum([3 if one is None else len(one) for one in self.levels])
        return [
            slice(int(end) - (3 if one is None else len(one)), int(end)) for end, one in zip(ends, self.levels, strict=True)
        ]

    def figures(self, matrix: Doubles) -> Doubles:
        """Return the figures of each customer, shape (customers, figures); a missing or unknown value gives zeros."""
        found = []
        for j, (one, column) in enumerate(zip(self.levels, matrix.T, strict=True)):
            if one is not None:
                found.append((column[:, None] == one).astype(np.float64))
                continue
            known = ~np.isnan(column)
            scaled = np.where(known, (np.where(known, column, 0.0) - self.middle[j]) / self.spread[j], 0.0)
            found.append(np.column_stack([scaled, scaled**2, known]))
        return np.ascontiguousarray(np.column_stack(found))

    @property
    def free(self) -> int:
        """How many figures of one class are free: levels − 1 of a category, mean and variance of a number."""
        return sum(2 if one is None else len(one) - 1 for one in self.levels)


@dataclass(frozen=True, eq=False)
class Mixture:
    """Fitted classes.

    Attributes
    ----------
    shares : numpy.ndarray
        Share of customers in each class, shape (k,).
    typical : numpy.ndarray
        Mean, variance and 0 of each number (standardised), chance of each level: shape (k, figures).
    log_likelihood : float
        Of all customers, in the units of the columns.
    settled : bool
        Whether the search came to rest.
    steps : int
        Steps of the longest run.
    """

    items: Items
    shares: Doubles
    typical: Doubles
    log_likelihood: float
    settled: bool
    steps: int

    @property
    def slopes(self) -> Doubles:
        """By how much each figure raises the log-likelihood of each class, shape (k, figures)."""
        slopes: Doubles = _slopes(self.items, self.typical[None])[0]
        return slopes

    def log_chances(self, figures: Doubles) -> tuple[Doubles, Doubles]:
        """Return the logarithm of each class's probability, shape (customers, k), and of each customer's likelihood."""
        joint = figures @ self.slopes.T + np.log(self.shares)
        top = joint.max(axis=1, keepdims=True)
        whole = top[:, 0] + np.log(np.exp(joint - top).sum(axis=1))
        return joint - whole[:, None], whole


def _slopes(items: Items, typical: Doubles) -> Doubles:
    """Return by how much each figure raises the log-likelihood of a class, shape (starts, k, figures)."""
    slopes = np.empty_like(typical)
    for place, levels in zip(items.places, items.levels, strict=True):
        if levels is None:
            mean, variance = typical[..., place.start], typical[..., place.start + 1]
            slopes[..., place.start] = mean / variance
            slopes[..., place.start + 1] = -0.5 / variance
            slopes[..., place.start + 2] = -0.5 * (mean**2 / variance + np.log(2 * np.pi * variance))
        else:
            slopes[..., place] = np.log(np.maximum(typical[..., place], LEAST_CHANCE))
    return slopes


def _typical(items: Items, sums: Doubles, least: float) -> Doubles:
    """Return what is typical of each class from its weighted sums of figures, shape (starts, k, figures)."""
    typical = np.empty_like(sums)
    for place, levels in zip(items.places, items.levels, strict=True):
        part = sums[..., place]
        if levels is None:
            known = np.maximum(part[..., 2], 1e-300)
            mean = np.where(part[..., 2] > 1e-9, part[..., 0] / known, 0.0)
            square = np.where(part[..., 2] > 1e-9, part[..., 1] / known, 1.0)
            typical[..., place] = np.stack([mean, np.maximum(square - mean**2, least), np.zeros_like(mean)], axis=-1)
        else:
            whole = part.sum(axis=-1, keepdims=True)
            even = np.full_like(part, 1 / max(part.shape[-1], 1))
            typical[..., place] = np.divide(part, whole, out=even, where=whole > 1e-9)
    return typical


@dataclass(frozen=True, eq=False)
class _Runs:
    """Several starts under way: shares (starts, k), what is typical (starts, k, figures), log-likelihoods (starts,)."""

    shares: Doubles
    typical: Doubles
    score: Doubles
    rest: npt.NDArray[np.bool_]

    def anew(self) -> "_Runs":
        """Return the same runs before their first step on other customers."""
        return replace(self, score=np.full_like(self.score, -np.inf), rest=np.zeros_like(self.rest))

    def best(self, count: int) -> "_Runs":
        order = np.argsort(-self.score, kind="stable")[:count]
        return _Runs(self.shares[order], self.typical[order], self.score[order], self.rest[order])


@dataclass(frozen=True, eq=False)
class _Search:
    items: Items
    figures: Doubles
    weights: Doubles
    least: float

    def drawn(self, most: int, rng: np.random.Generator) -> "_Search":
        """Return the search on so many drawn customers, or on all where there are hardly more."""
        if len(self.figures) <= 2 * most:
            return self
        times = rng.multinomial(most, self.weights / self.weights.sum()).astype(np.float64)
        return replace(self, figures=self.figures[times > 0], weights=times[times > 0])

    def begin(self, k: int, starts: int, rng: np.random.Generator) -> _Runs:
        """Draw k customers for each start; everybody leans to the one most alike."""
        numbers = [place.start for place, one in zip(self.items.places, self.items.levels, strict=True) if one is None]
        levels = [
            i
            for p, one in zip(self.items.places, self.items.levels, strict=True)
            if one is not None
            for i in range(p.start, p.stop)
        ]
        figures = self.figures[:, [*numbers, *levels]]
        columns = np.ascontiguousarray(on_grid(figures.T, grid_of(figures)))
        chances = self.weights / self.weights.sum()
        drawn = np.stack([rng.choice(len(chances), k, replace=False, p=chances, shuffle=False) for _ in range(starts)])
        nearest = assign_all(columns, np.ascontiguousarray(columns[:, drawn].transpose(1, 2, 0)))
        lean = np.where(nearest[:, None, :] == np.arange(k)[:, None], 1 - 0.2 * (k - 1) / k, 0.2 / k)
        return self._maximise(lean, np.full(starts, -np.inf), np.zeros(starts, dtype=bool))

    def _maximise(self, lean: Doubles, score: Doubles, rest: npt.NDArray[np.bool_]) -> _Runs:
        starts, k, n = lean.shape
        sums = (lean.reshape(starts * k, n) @ (self.figures * self.weights[:, None])).reshape(starts, k, -1)
        mass = lean @ self.weights
        shares = np.maximum(mass / mass.sum(axis=1, keepdims=True), 1e-12)
        return _Runs(shares, _typical(self.items, sums, self.least), score, rest)

    def step(self, runs: _Runs, still: float) -> _Runs:
        """Take one step of expectation and maximisation; a run rests when it gains less than ``still`` a customer."""
        starts, k = runs.shares.shape
        slopes = _slopes(self.items, runs.typical).reshape(starts * k, -1)
        joint = (slopes @ self.figures.T).reshape(starts, k, -1) + np.log(runs.shares)[:, :, None]
        top = joint.max(axis=1, keepdims=True)
        joint -= top
        np.exp(joint, out=joint)
        whole = joint.sum(axis=1, keepdims=True)
        joint /= whole
        score = (top[:, 0] + np.log(whole[:, 0])) @ self.weights
        return self._maximise(joint, score, score - runs.score < still * self.weights.sum())

    def go_on(self, runs: _Runs, steps: int, still: float) -> tuple[_Runs, int]:
        """Take steps until all runs rest, at most ``steps``."""
        taken = 0
        while taken < steps and not (taken and runs.rest.all()):
            runs, taken = self.step(runs, still), taken + 1
        return runs, taken


def fit(
    items: Items,
    figures: Doubles,
    weights: Doubles,
    k: int,
    *,
    starts: int,
    rng: np.random.Generator,
    finalists: int = FINALISTS,
    sample: int = 20_000,
    steps: int = 1000,
    still: float = 1e-9,
    least: float = LEAST_VARIANCE,
) -> Mixture:
    """Find k classes with the largest likelihood among many starts.

    Parameters
    ----------
    items : Items
        How the columns became figures.
    figures : numpy.ndarray
        Shape (distinct customers, figures).
    weights : numpy.ndarray
        How many customers stand behind each row, above zero.
    k : int
        Number of classes, at most the number of rows.
    starts : int
        First guesses; the best few of short runs go on to the end.
    rng : numpy.random.Generator
        Source of the draws.
    finalists : int, default 4
        How many go on.
    sample : int, default 20000
        The starts run on a fifth of so many drawn customers, the best few on so many, and the best one goes on with all.
    steps : int, default 1000
        Most steps of the runs that go on.
    still : float, default 1e-9
        A run rests when a step raises the log-likelihood by less than this for each customer.
    least : float, default 0.01
        See `LEAST_VARIANCE`.
    """
    everyone = _Search(items, figures, weights, least)
    screened, sampled = everyone.drawn(max(sample // 5, k), rng), everyone.drawn(sample, rng)
    at_once = max(1, min(starts, BLOCK // (len(screened.figures) * k)))
    kept: list[_Runs] = []
    for begin in range(0, starts, at_once):
        runs = screened.begin(k, min(at_once, starts - begin), rng)
        kept.append(screened.go_on(runs, SHORT, -np.inf)[0].best(finalists))
    runs = _Runs(
        *(np.concatenate(parts) for parts in zip(*((r.shares, r.typical, r.score, r.rest) for r in kept), strict=True))
    )
    if sampled is everyone:
        runs, taken = everyone.go_on(runs.best(finalists).anew(), steps, still)
    else:
        runs, _ = sampled.go_on(runs.best(finalists).anew(), min(steps, SAMPLED_STEPS), max(still, SAMPLED_STILL))
        runs, taken = everyone.go_on(runs.best(1).anew(), min(steps, LAST_STEPS), max(still, SAMPLED_STILL / 10))
    return _finished(everyone, runs.best(1), taken)


def refine(mixture: Mixture, figures: Doubles, weights: Doubles, *, steps: int, still: float, least: float) -> Mixture:
    """Go on from fitted classes on these customers."""
    search = _Search(mixture.items, figures, weights, least)
    runs = _Runs(mixture.shares[None], mixture.typical[None], np.zeros(1), np.zeros(1, dtype=bool))
    return _finished(search, *search.go_on(runs.anew(), steps, still))


def _finished(search: _Search, runs: _Runs, taken: int) -> Mixture:
    order = np.argsort(-runs.shares[0], kind="stable")
    made = Mixture(search.items, runs.shares[0][order], runs.typical[0][order], 0.0, bool(runs.rest[0]), taken)
    likely = float(made.log_chances(search.figures)[1] @ search.weights)
    units = sum(
        float(np.log(spread) * (search.figures[:, place.start + 2] @ search.weights))
        for place, levels, spread in zip(search.items.places, search.items.levels, search.items.spread, strict=True)
        if levels is None
    )
    return replace(made, log_likelihood=likely - units)
