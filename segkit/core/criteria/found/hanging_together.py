"""Which variables hang together, so that segments show in them: judged on customers who were not looked at before.

Within a segment of a latent class variables say nothing of one another. So a variable that bears on the segments is foretold,
by way of the segments, by the others; one that is noise is not, however it is spread by itself. Classes are fitted to some of
the customers, and of the rest is asked how much better each value is foretold when a customer's other values are known than
when they are not: the held-out form of the choice of variables by Dean and Raftery (2010, "Latent class analysis variable
selection", Annals of the Institute of Statistical Mathematics 62), which compares criteria of fit instead. What only one other
variable foretells, such as one answer asked twice, makes no segment, so the gain must be there without any one of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.found.preparation import prepare
from segkit.core.estimators import mixture
from segkit.core.estimators.threads import one_thread

Doubles = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

SAMPLE, CELLS = 3_000, 54_000
"""Most customers looked at, drawn by a seed, and most values: of many variables fewer customers, so that nobody waits."""

HALVES_FROM = 1_500
"""From so many customers each half foretells the other; with fewer each of `FEW_FOLDS` parts is foretold by the rest."""

FEW_FOLDS = 4

KS = (2, 4, 6, 8)
"""Numbers of classes tried; the one that foretells best is taken."""

STARTS, STEPS, STILL = 6, 40, 1e-5
"""Starts of one fit, most steps, and when it rests: variables are judged, no customer is put into a segment."""

PRIOR = 3.0
"""Customers of average kind added to each class, so that an answer nobody of a small class gave is not held impossible."""

SURELY, WITHOUT_ONE, LEAST = 1.0, 0.5, 0.001
"""A gain counts from so many standard errors above zero, without the variable that foretells best from so many, and from so
many nats a customer: noise has a loss, and to keep what bears a little on the segments costs less than to leave it out."""

MOST_ANEW = 3
"""How often at most the classes are sought afresh."""

FEW = 3
"""Fewest variables that can hang together: two foretell each other only."""


@dataclass(frozen=True)
class HangingTogether:
    """Which variables hang together.

    Attributes
    ----------
    gains : Mapping[str, float]
        Of those that do, in the order given: by how much the others foretell each, in nats a customer (without the one that
        foretells it best).
    noise : tuple of str
        Those that the others do not foretell.
    """

    gains: Mapping[str, float]
    noise: tuple[str, ...]


@one_thread
def hanging_together(frame: pd.DataFrame, variables: tuple[str, ...], *, seed: int = 0) -> HangingTogether:
    """Find the variables that hang together.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a customer; values may be missing.
    variables : tuple of str
        Candidates, numbers and categories, each of which differs between customers.
    seed : int, default 0
        Seed of the sample, its parts and the starts.
    """
    rng = np.random.default_rng([seed, len(variables)])
    most = min(SAMPLE, CELLS // max(len(variables), 1))
    drawn = frame.iloc[np.sort(rng.permutation(len(frame))[:most])]
    varied = tuple(v for v in variables if drawn[v].nunique() > 1)
    if len(varied) < FEW:
        return HangingTogether({}, variables)
    answers, categorical = prepare(drawn, varied, answers=True).answers(drawn)
    parts = _parts(len(answers), rng)
    kept, gain, anew = np.arange(len(varied)), np.zeros(len(varied)), MOST_ANEW
    fitted = _best(answers, categorical, parts, seed)
    while len(kept) >= FEW:
        foretold, without, gain = _judged([_foretold(one, held) for one, held in fitted])
        # what one other variable alone foretells has taken classes for itself: the others are judged afresh without it
        tied = (foretold >= 1) & ((without < 1) | (gain < LEAST))
        if tied.any() and anew:
            kept, anew = kept[~tied], anew - 1
            fitted = _best(answers[:, kept], categorical[kept], parts, seed) if len(kept) >= FEW else []
            continue
        surely = np.minimum(foretold, without)
        bad = np.flatnonzero((surely < 1) | (gain < LEAST))
        if not len(bad):
            break
        # what is clearly noise goes at once; of the doubtful the worse half, since noise beside it made the rest look worse
        clear = (surely[bad] < 0.5) | (np.argsort(np.argsort(surely[bad])) < (len(bad) + 1) // 2)
        stay = np.setdiff1d(np.arange(len(kept)), bad[clear])
        if len(stay) < FEW:
            return HangingTogether({}, variables)
        kept, fitted = kept[stay], [_without(one, held, stay) for one, held in fitted]
    if len(kept) < FEW:
        return HangingTogether({}, variables)
    found = {varied[j]: float(g) for j, g in zip(kept, gain, strict=True)}
    return HangingTogether(found, tuple(v for v in variables if v not in found))


def _parts(n: int, rng: np.random.Generator) -> list[Places]:
    folds = 2 if n >= HALVES_FROM else FEW_FOLDS
    return [np.sort(part) for part in np.array_split(rng.permutation(n), folds)]


@dataclass(frozen=True, eq=False)
class _Held:
    """All figures, which customers were held out, and those among whom the classes were found."""

    figures: Doubles
    out: Places

    @property
    def inside(self) -> Doubles:
        return np.delete(self.figures, self.out, axis=0)

    @property
    def outside(self) -> Doubles:
        return self.figures[self.out]


Fitted = list[tuple[mixture.Mixture, _Held]]


def _best(answers: Doubles, categorical: npt.NDArray[np.bool_], parts: list[Places], seed: int) -> Fitted:
    """Fit classes without each part of the customers, as many classes as foretell the parts best."""
    items = mixture.Items.learn(answers, np.ones(len(answers)), categorical)
    figures = items.figures(answers)
    best: Fitted = []
    most = -np.inf
    for k in KS:
        fitted: Fitted = []
        for place, part in enumerate(parts):
            held = _Held(figures, part)
            inside = held.inside
            if len(inside) <= k:
                return best
            found = mixture.fit(
                items, inside, np.ones(len(inside)), k, starts=STARTS, finalists=1, steps=STEPS, still=STILL,
                rng=np.random.default_rng([seed, k, place]),
            )  # fmt: skip
            fitted.append((_cautious(found, inside), held))
        likely = float(sum(one.log_chances(held.outside)[1].sum() for one, held in fitted))
        if likely <= most:
            break
        best, most = fitted, likely
    return best


def _cautious(found: mixture.Mixture, figures: Doubles) -> mixture.Mixture:
    """Draw each class a little towards all customers, the more the smaller it is."""
    mass = found.shares[:, None] * len(figures)
    typical = found.typical.copy()
    for place, levels in zip(found.items.places, found.items.levels, strict=True):
        part = figures[:, place]
        if levels is not None:
            overall = (part.sum(axis=0) + 1) / (part.sum() + part.shape[1])
            typical[:, place] = (mass * typical[:, place] + PRIOR * overall) / (mass + PRIOR)
        else:
            known = max(float(part[:, 2].sum()), 1.0)
            mean = part[:, 0].sum() / known
            spread = max(float(part[:, 1].sum()) / known - mean**2, mixture.LEAST_VARIANCE)
            variance = typical[:, place.start + 1]
            typical[:, place.start + 1] = (mass[:, 0] * variance + PRIOR * spread) / (mass[:, 0] + PRIOR)
    return replace(found, typical=typical)


def _without(found: mixture.Mixture, held: _Held, stay: Places) -> tuple[mixture.Mixture, _Held]:
    """Leave variables out, and let the classes come to rest on the others."""
    items = found.items
    columns = np.concatenate([np.arange(items.places[j].start, items.places[j].stop) for j in stay])
    fewer = mixture.Items(tuple(items.levels[j] for j in stay), items.middle[stay], items.spread[stay])
    less = _Held(held.figures[:, columns], held.out)
    start = replace(found, items=fewer, typical=found.typical[:, columns])
    inside = less.inside
    again = mixture.refine(start, inside, np.ones(len(inside)), steps=STEPS, still=STILL, least=mixture.LEAST_VARIANCE)
    return _cautious(again, inside), less


def _foretold(found: mixture.Mixture, held: _Held) -> Doubles:
    """Return how much better each value is foretold by the other values of a customer, without any one of them.

    Shape (variables, variables, customers): by how much the logarithm of the chance of the first variable's value is greater
    when all others but the second are known than when none is; where both are the same, when all others are.
    """
    figures, slopes, shares = held.outside, found.slopes, np.log(found.shares)
    spoken = np.stack([figures[:, place] @ slopes[:, place].T for place in found.items.places])
    whole = spoken.sum(axis=0) + shares
    alone, all_known = _summed(spoken + shares), _summed(whole)
    but_one = _summed(whole - spoken)
    gains = np.empty((len(spoken), *spoken.shape[:2]))
    for j, own in enumerate(spoken):
        gains[j, j] = all_known - but_one[j] - alone[j]
        but_two = _summed(whole - own - spoken[:j])
        gains[j, :j] = but_one[:j] - but_two - alone[j]
        gains[:j, j] = but_one[j] - but_two - alone[:j]
    return gains


def _summed(logs: Doubles) -> Doubles:
    """Return the logarithm of the sum over the classes."""
    top = logs.max(axis=-1)
    return np.asarray(top + np.log(np.exp(logs - top[..., None]).sum(axis=-1)))


def _judged(gains: list[Doubles]) -> tuple[Doubles, Doubles, Doubles]:
    """Return of each variable how surely the others foretell it, how surely without any one of them, and that gain.

    Of both 1 is just enough (see `SURELY`).
    """
    together = np.concatenate(gains, axis=2)
    mean = together.mean(axis=2)
    error = together.std(axis=2) / np.sqrt(together.shape[2])
    surely = np.where(error > 0, mean / np.where(error > 0, error, 1.0), 0.0)
    return surely.diagonal() / SURELY, surely.min(axis=1) / WITHOUT_ONE, mean.min(axis=1)
