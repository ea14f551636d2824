"""k-means where very many partitions are nearly as good: the best ones are crossed with each other.

On twenty yes/no answers hundreds of starts end in hundreds of different partitions, a hundredth of a per cent apart, and which
one is found hangs on the seed. So the best of some starts become parents: a child takes each centre from one of two parents,
or is a parent a little shaken, and comes to rest; the best of all live on (after Gribel and Vidal 2019, "HG-means: a scalable
hybrid genetic algorithm for minimum sum-of-squares clustering", Pattern Recognition 88). Several populations that know nothing
of one another, then joined, seldom all overlook the best partition.
"""

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from segkit.core.estimators import moves
from segkit.core.estimators import weighted_k_means as k_means
from segkit.core.estimators.lloyd import grid_of, lloyd, on_grid

Doubles = npt.NDArray[np.float64]

POPULATIONS, STARTS, PARENTS = 5, 24, 12
"""Populations that live apart, starts of each, and how many of the best partitions live on in each."""

CROSSED, SHAKEN = 12, 6
"""Children of one generation: of two parents, and of one."""

CALM, CALM_TOGETHER, MOST = 2, 5, 60
"""Generations without a better partition after which a population is at its end, and all joined; most generations."""

STEPS, SHAKE = 4, 0.4
"""Lloyd's steps of a crossed child before single customers move; how far centres are shaken, in standard deviations."""

SAME = 1e-9
"""Sums of squares closer than this share of that around the mean belong to the same partition."""


class Search:
    """Partitions of the same weighted points into k segments, best first: centres and scores (see `moves.rest`)."""

    def __init__(self, rows: k_means.Rows, k: int, rng: np.random.Generator) -> None:
        self.weights, self.k, self.rng = rows.counts, k, rng
        self.middle = (rows.counts @ rows.points) / rows.counts.sum()
        kept = rows.points - self.middle
        self.grid = grid_of(kept)
        self.columns = np.ascontiguousarray(on_grid(kept.T, self.grid))
        self.whole = float((self.columns**2).sum(axis=0) @ self.weights)
        self.spread = float(np.sqrt(self.whole / self.weights.sum() / len(self.columns)))

    def begin(self) -> tuple[Doubles, Doubles]:
        """Return the first parents of a population."""
        centres, _ = k_means.contenders(
            self.columns, self.weights, self.k, grid=self.grid, starts=STARTS, rng=self.rng, finalists=PARENTS
        )
        return self.best(*moves.rest(self.columns, self.weights, centres))

    def best(self, centres: Doubles, score: Doubles) -> tuple[Doubles, Doubles]:
        """Return the best different partitions, as many as live on."""
        order = np.argsort(score, kind="stable")
        differs = np.diff(score[order], prepend=-np.inf) > SAME * self.whole
        order = order[differs][:PARENTS]
        return centres[order], score[order]

    def live(self, centres: Doubles, score: Doubles, calm: int) -> tuple[Doubles, Doubles]:
        """Let a population have children until none is better than the best for some generations."""
        since = 0
        for _ in range(MOST):
            before = score[0]
            children = np.concatenate([self._crossed(centres), self._shaken(centres)])
            born, made = moves.rest(self.columns, self.weights, children)
            centres, score = self.best(np.concatenate([centres, born]), np.concatenate([score, made]))
            since = 0 if score[0] < before - SAME * self.whole else since + 1
            if since == calm:
                break
        return centres, score

    def _crossed(self, parents: Doubles) -> Doubles:
        count = len(parents)
        if count < 2:
            return parents[:0]
        children = np.empty((CROSSED, *parents.shape[1:]))
        for child in children:
            one = int(self.rng.integers(count))
            other = (one + int(self.rng.integers(1, count))) % count
            apart = ((parents[one][:, None] - parents[other]) ** 2).sum(axis=2)
            pairs = linear_sum_assignment(apart)[1]
            child[:] = np.where(self.rng.random((self.k, 1)) < 0.5, parents[one], parents[other][pairs])
        return lloyd(self.columns, self.weights, on_grid(children, self.grid), STEPS, grid=self.grid)[0]

    def _shaken(self, parents: Doubles) -> Doubles:
        # the better a parent, the likelier
        chosen = parents[(len(parents) * self.rng.random(SHAKEN) ** 2).astype(np.intp)]
        far = SHAKE * self.spread * self.rng.random((SHAKEN, 1, 1))
        return np.asarray(chosen + self.rng.normal(size=chosen.shape) * far)


def search(rows: k_means.Rows, k: int, rng: np.random.Generator) -> k_means.Solution:
    """Find the centres with the smallest weighted sum of squares among very many partitions that are nearly as good."""
    if k == 1:
        return k_means.fit(rows.points, rows.counts, 1, starts=1, rng=rng)
    here = Search(rows, k, rng)
    apart = [here.live(*here.begin(), CALM) for _ in range(POPULATIONS)]
    together = [np.concatenate(parts) for parts in zip(*apart, strict=True)]
    centres, _ = here.live(*here.best(together[0], together[1]), CALM_TOGETHER)
    best = centres[0] + here.middle
    return k_means.Solution(best, k_means.inertia_of(rows.points, rows.counts, best))
