"""Names that say in plain words what stands out in a segment; unique, and short enough for a picture."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from segkit.words.numbers import capital, shortened

LONGEST = 45
"""Longest name in characters."""

NOTABLE = 0.35
"""Standard deviations from the average from which a difference is worth a word."""

YES, NO = frozenset({"yes", "y", "true"}), frozenset({"no", "n", "false"})
"""Answers that mean something only with their question."""

WORDS = {
    "recency_days": ("recent", "gone quiet"),
    "frequency": ("seldom", "frequent"),
    "monetary_total": ("low spend", "high spend"),
    "monetary_mean": ("small orders", "large orders"),
    "tenure_days": ("new", "long-standing"),
}
"""What low and high mean, in words, for the variables that every order file gives."""


def phrases(variable: str, label: str, level: str | None = None, share: bool = False, two: bool = True) -> tuple[str, str]:
    """Return the words for "below average" and "above average" of a variable or of one level of a category.

    ``two`` tells that the category has two levels, so that 1 means yes.
    """
    if variable in WORDS:
        return WORDS[variable]
    label = label.rsplit(": ", 1)[-1] if share else label
    short = shortened(label[:1].lower() + label[1:] if label[1:2].islower() else label, 24)
    if level is not None:
        yes_no = level.casefold() in YES or (level == "1" and two)
        what = short if yes_no else shortened(f"{short} {level}" if level.casefold() in NO or _bare(level) else level, 24)
        return (f"not {what}", what if yes_no else f"mostly {what}")
    if share:
        return (f"little {short}", f"mostly {short}")
    return (f"low {short}", f"high {short}")


def level_name(label: str, level: str) -> str:
    """Name a level of a category; an answer or a bare number only with its variable: "yummy", "not yummy", "region 3".

    Examples
    --------
    >>> level_name("yummy", "No"), level_name("region", "3"), level_name("channel", "Web shop")
    ('not yummy', 'region 3', 'Web shop')
    """
    if level.casefold() in YES | NO:
        return label if level.casefold() in YES else f"not {label}"
    return f"{label} {level}" if _bare(level) else level


def _bare(level: str) -> bool:
    """Tell whether a level has no letters, so that it says nothing without its variable: "region 3"."""
    return not any(letter.isalpha() for letter in level)


def names(z: npt.NDArray[np.float64], words: Sequence[tuple[str, str]], longest: int = LONGEST) -> list[str]:
    """Name segments by what stands out in them.

    Parameters
    ----------
    z : numpy.ndarray
        Shape (segments, features): mean of each segment less the mean of all, in standard deviations of the customers.
    words : sequence of (str, str)
        For each feature the words for low and for high.
    longest : int, default 45
        Longest name in characters.

    Returns
    -------
    list of str
        One unique name a segment.
    """
    made = [_name(row, words, longest, most=3) for row in z]
    made = [_name(row, words, longest, most=5) if made.count(name) > 1 else name for row, name in zip(z, made, strict=True)]
    return unique(made, longest)


def _name(row: npt.NDArray[np.float64], words: Sequence[tuple[str, str]], longest: int, most: int) -> str:
    order = np.argsort(-np.abs(row), kind="stable")
    parts: list[str] = []
    for feature in order:
        if abs(row[feature]) < NOTABLE or len(parts) == most:
            break
        word = words[feature][int(row[feature] > 0)]
        word = f"very {word}" if abs(row[feature]) > 2 and len(word.split()) == 1 and word != "new" else word
        if word not in parts and len(", ".join([*parts, word])) <= longest:
            parts.append(word)
    return shortened(capital(", ".join(parts)), longest) or "Near the average"


def unique(made: Sequence[str], longest: int = LONGEST) -> list[str]:
    """Tell names that are alike apart by a number."""
    seen: dict[str, int] = {}
    result = []
    for name in made:
        name = shortened(name, longest)
        seen[name] = seen.get(name, 0) + 1
        if seen[name] == 1:
            result.append(name)
            continue
        while f"{shortened(name, longest - 4)} ({seen[name]})" in result:
            seen[name] += 1
        result.append(f"{shortened(name, longest - 4)} ({seen[name]})")
    return result
