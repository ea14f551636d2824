"""Decide how each variable enters the comparison: logs, missing values, outliers and scales, each counted and told."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.found.columns import Column, Preparation, logged, unlogged
from segkit.core.criteria.notes import Note
from segkit.core.data.values import finite, is_number
from segkit.words.errors import CriteriaError
from segkit.words.numbers import count, listed
from segkit.words.terms import Scaling

Doubles = npt.NDArray[np.float64]


TAKEN_AS_MEDIAN, TAKEN_AS_AVERAGE = "taken as the middle value (median)", "treated as an average customer"


LEFT_OPEN = "left open: their other values decide"
"""What becomes of customers without a value: of a number, of a category, and in a latent class."""


DIFFERS = "Choose a variable that differs between customers."


EMPTY = "Choose another variable, or check in notebook 2 how the column was read."


MOST_LEVELS = 8
"""Levels of a category that get a column of their own; the rest stand together as "other"."""


FENCE, FENCE_OF_LOGS = 10.0, 4.0
"""Values further from the median than so many times the distance to the 1st or 99th percentile are drawn in to there."""


FEW_VALUES = 5
"""A number with at most so many different values, such as an answer from 1 to 5, counts as a category of a latent class."""


LARGEST = 1e100
"""Larger numbers, and differences smaller than one divided by it, would be lost when squared."""


COLLINEAR = 0.95
"""Correlation from which two variables count as saying nearly the same."""


def skewness(values: Doubles) -> float:
    """Return the third standardised moment."""
    spread = values.std()
    return float((((values - values.mean()) / spread) ** 3).mean()) if spread > 0 else 0.0


def prepare(
    frame: pd.DataFrame,
    variables: tuple[str, ...],
    *,
    log_skewed: bool = True,
    fence: float | None = FENCE,
    scaling: Scaling = Scaling.STANDARD,
    weights: Mapping[str, float] | None = None,
    answers: bool = False,
    labels: Mapping[str, str] | None = None,
) -> Preparation:
    """Decide how each variable enters the comparison; every variable counts alike, unless weighted.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a customer.
    variables : tuple of str
        Segmentation variables, numbers or categories.
    log_skewed : bool, default True
        Take logarithms of numbers with a long upper tail (skewness above 1, less after the logarithm).
    fence : float or None, default 10
        See `FENCE` (of logarithms always `FENCE_OF_LOGS`); None leaves outliers as they are.
    scaling : Scaling, default Scaling.STANDARD
        What numbers are divided by: their standard deviation, their range, or nothing.
    weights : Mapping[str, float], optional
        How much each variable counts: its squared distances are multiplied by this; by default 1.
    answers : bool, default False
        Whether `Preparation.answers` are used, where missing values stay open and nothing is scaled.
    labels : Mapping[str, str], optional
        Names of the variables for people.

    Raises
    ------
    CriteriaError
        If a variable is not there, has no values, or is the same for all customers.
    """
    names = dict(labels or {})
    columns: list[Column] = []
    notes: list[Note] = []
    logs: list[str] = []
    for variable in variables:
        name = names.setdefault(variable, variable.replace("_", " "))
        if variable not in frame:
            raise CriteriaError(f"There is no variable “{name}” in these data.", "Choose one of those in the data.")
        _varies(frame[variable], name)
        if is_number(frame[variable]):
            column = _number_column(frame[variable], variable, name, log_skewed, fence, answers, notes, logs)
            columns.append(column if scaling is Scaling.STANDARD else _scaled(column, frame[variable], scaling))
        else:
            columns.extend(_level_columns(frame[variable], variable, name, answers, notes, scaling))
    if logs:
        notes.insert(
            0, Note(f"Long tails evened out (by logarithms), because a few customers have far more than most: {listed(logs)}.")
        )
    if not columns:
        raise CriteriaError("No variable has been chosen to form segments from.", DIFFERS)
    if (
        len(columns) > 1
        and scaling is Scaling.STANDARD
        and all(c.level is not None or _yes_no(frame[c.variable]) for c in columns)
    ):
        columns = [replace(c, scale=1.0 if c.level is not None else c.high - c.low) for c in columns]
        if not answers:
            notes.append(Note("All variables are yes/no or categories: they are compared as they are, without scaling."))
    weigh = weights or {}
    found = tuple(replace(c, scale=c.scale / float(np.sqrt(weigh.get(c.variable, 1.0)))) for c in columns)
    if scaling is Scaling.NONE and not answers:
        notes.append(Note("Numbers are compared as they are: the one with the largest numbers decides most."))
    matrix = Preparation(found, ()).matrix(frame)
    return Preparation(found, (*notes, *_collinear(matrix, found, names)))


def _scaled(column: Column, values: pd.Series, scaling: Scaling) -> Column:
    raw = column.raw(values)
    return replace(column, scale=float(raw.max() - raw.min()) if scaling is Scaling.RANGE else 1.0)


def _varies(values: pd.Series, name: str) -> None:
    known = pd.Series(finite(values)).dropna() if is_number(values) else values.dropna()
    if not len(known):
        raise CriteriaError(f"“{name}” has no values at all.", EMPTY)
    if is_number(values) and max(abs(known.min()), abs(known.max())) > LARGEST:
        raise CriteriaError(f"“{name}” holds numbers too large to be compared ({known.abs().max():.0e}).", EMPTY)
    if known.nunique() == 1 or (is_number(values) and known.max() - known.min() < 1 / LARGEST):
        raise CriteriaError(f"“{name}” is the same for all customers.", DIFFERS)


def _number_column(
    values: pd.Series,
    variable: str,
    name: str,
    log_skewed: bool,
    fence: float | None,
    answers: bool,
    notes: list[Note],
    logs: list[str],
) -> Column:
    numbers = finite(values)
    known = numbers[~np.isnan(numbers)]
    if len(known) < len(numbers):
        infinite = int(np.isinf(pd.to_numeric(values, errors="coerce").to_numpy(np.float64, na_value=np.nan)).sum())
        extra = f" ({count(infinite)} of them infinite)" if infinite else ""
        without = f"{count(len(numbers) - len(known), 'customer')} without a value{extra}"
        notes.append(Note(f"{without} {LEFT_OPEN if answers else TAKEN_AS_MEDIAN}.", name))
    # beyond what was seen, new customers are drawn in as well
    low, high = float(known.min()), float(known.max())
    bent = _bend(known) if log_skewed else None
    if bent is not None:
        logs.append(name)
    if fence is not None:
        low, high = _fences(known, bent, fence)
        drawn = int(((known < low) | (known > high)).sum())
        if drawn:
            done = f"{count(drawn, 'extreme value')} pulled in towards the others, so that they do not dominate."
            notes.append(Note(done, name, extreme_values=drawn))
    few = len(np.unique(known)) <= FEW_VALUES
    plain = Column(variable, None, bent is not None, bent or 0.0, low, high, float(np.median(known)), 0.0, 1.0, few)
    raw = plain.raw(values)
    return replace(plain, mean=float(raw.mean()), scale=float(raw.std()))


def _bend(known: Doubles) -> float | None:
    """Return the shift of the logarithm that evens out a long tail, or None where the values are better left alone."""
    before = skewness(known)
    if before <= 1 or len(np.unique(known)) < 3:
        return None
    sizes = np.abs(known[known != 0])
    shift = 0.0 if known.min() > 0 else float(np.quantile(sizes, 0.25))
    return shift if abs(skewness(logged(known, shift))) < before else None


def _fences(known: Doubles, bent: float | None, fence: float) -> tuple[float, float]:
    """Return the lowest and highest value that count; of bent values the fence stands in the logarithms."""
    if bent is not None:
        logs = logged(known, bent)
        low, high = _fences(logs, None, FENCE_OF_LOGS)
        # a value that counts as it is does not go through its logarithm and back: rounding would draw it in
        return (
            unlogged(low, bent) if low > logs.min() else float(known.min()),
            unlogged(high, bent) if high < logs.max() else float(known.max()),
        )
    first, middle, last = (float(q) for q in np.quantile(known, (0.01, 0.5, 0.99)))
    low = middle - fence * (middle - first) if first < middle else float(known.min())
    high = middle + fence * (last - middle) if last > middle else float(known.max())
    return max(low, float(known.min())), min(high, float(known.max()))


def _level_columns(
    values: pd.Series, variable: str, name: str, answers: bool, notes: list[Note], scaling: Scaling
) -> list[Column]:
    text = values.astype("string")
    counts = text.value_counts()
    # commonest first; of equally common ones the first in the alphabet, whatever the order of the rows
    order = sorted(counts.index, key=lambda level: (-int(counts[level]), level))
    missing = int(text.isna().sum())
    if missing:
        without = f"{count(missing, 'customer')} without a value"
        notes.append(Note(f"{without} {LEFT_OPEN if answers else TAKEN_AS_AVERAGE}.", name))
    kept = order[: MOST_LEVELS if len(order) > 2 else 1]
    if len(order) > MOST_LEVELS:
        notes.append(
            Note(f"the {MOST_LEVELS} most common of {count(len(order))} kinds count separately; the others are grouped.", name)
        )
    if len(order) == 2 and order[0].casefold() in {"no", "n", "false", "0"}:
        kept = order[1:]
    shares = [float(counts[level]) / float(counts.sum()) for level in kept]
    # the columns of one category together weigh as much as one number
    scale = float(np.sqrt(sum(share * (1 - share) for share in shares)))
    if scaling is not Scaling.STANDARD:
        # two customers of different kinds are one apart, like the smallest and the largest of a range
        scale = 1.0 if len(kept) == 1 else float(np.sqrt(2))
    return [Column(variable, level, False, 0.0, 0.0, 1.0, p, p, scale) for level, p in zip(kept, shares, strict=True)]


def _yes_no(values: pd.Series) -> bool:
    return int(pd.Series(finite(values)).nunique()) == 2


def _collinear(matrix: Doubles, columns: tuple[Column, ...], names: Mapping[str, str]) -> tuple[Note, ...]:
    if matrix.shape[1] < 2:
        return ()
    related = np.corrcoef(matrix.T)
    pairs = [
        f"{names[columns[i].variable]} with {names[columns[j].variable]}"
        for i, j in zip(*np.nonzero(np.triu(np.abs(related) > COLLINEAR, 1)), strict=True)
        if columns[i].variable != columns[j].variable
    ]
    if not pairs:
        return ()
    more = f" and {len(pairs) - 3} more pairs" if len(pairs) > 3 else ""
    twice = f"Nearly the same thing is said twice by {listed(pairs[:3], 'and by')}{more}"
    return (Note(f"{twice}: it then counts double; one of each is enough."),)
