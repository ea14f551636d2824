"""A column of customers as plain values: numbers, or places among thresholds and levels."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

Doubles = npt.NDArray[np.float64]


Codes = npt.NDArray[np.intp]


NOT_KNOWN = -1
"""Code of a customer without a value."""


def finite(values: pd.Series) -> Doubles:
    """Return the values as floats, infinities as not known."""
    numbers: Doubles = pd.to_numeric(values, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan, copy=True)
    numbers[~np.isfinite(numbers)] = np.nan
    return numbers


def codes(values: Doubles, cuts: tuple[float, ...]) -> Codes:
    """Return the band of each value from 0 (``NOT_KNOWN`` without a value): ``lower <= value < upper``."""
    found = np.searchsorted(np.asarray(cuts, dtype=np.float64), values, side="right").astype(np.intp)
    found[~np.isfinite(values)] = NOT_KNOWN
    return found


def level_codes(values: pd.Series, levels: Sequence[str]) -> Codes:
    """Return the place of each value among some levels, ``len(levels)`` for any other, ``NOT_KNOWN`` without a value."""
    text = values.astype("string")
    found = (
        pd.Index(list(levels), dtype=object).get_indexer(pd.Index(text.to_numpy(dtype=object, na_value=None))).astype(np.intp)
    )
    found[found < 0] = len(levels)
    found[text.isna().to_numpy()] = NOT_KNOWN
    return np.asarray(found)


def is_number(values: pd.Series) -> bool:
    """Tell whether a column holds numbers (yes/no as bool counts as a number)."""
    return bool(pd.api.types.is_numeric_dtype(values))


def one_spelling(counts: Mapping[str, int]) -> dict[str, str]:
    """Return the spellings of categories that differ from a commoner one in blanks and capitals only, with that one.

    Parameters
    ----------
    counts : mapping of str to int
        Rows of each value as written.
    """
    groups: dict[str, list[str]] = {}
    for text in counts:
        groups.setdefault(" ".join(text.casefold().split()), []).append(text)
    best = {key: " ".join(max(texts, key=lambda text: (counts[text], text)).split()) for key, texts in groups.items()}
    return {text: best[key] for key, texts in groups.items() for text in texts if text != best[key]}
