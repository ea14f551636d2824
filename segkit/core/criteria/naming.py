"""Names that say in plain words what stands out in a segment, and are true of it; unique, and short enough for a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segkit.core.data.rhythm import LONG
from segkit.words.numbers import capital, shortened

LONGEST = 45
"""Longest name in characters."""

NOTABLE = 0.35
"""Standard deviations from the average from which a difference is worth a word."""

HALF, HARDLY = 0.5, 0.05
"""Share above which something is *mostly* so, and up to which *hardly any* of it is there."""

YES, NO = frozenset({"yes", "y", "true"}), frozenset({"no", "n", "false"})
"""Answers that mean something only with their question."""

WORDS = {
    "recency_days": ("more recent", "longer ago"),
    "frequency": ("seldom", "frequent"),
    "monetary_total": ("low spend", "high spend"),
    "monetary_mean": ("small orders", "large orders"),
    "tenure_days": ("newer", "longer-standing"),
}
"""What low and high mean, in words, for the variables that every order file gives."""

PARTS = "mostly", "more", "less", "hardly any"
"""Words for a share of money or orders: above half, above and below that of all customers, next to nothing."""

KINDS = "mostly", "more often", "less often", "not"
"""The same for a share of customers."""

RECENT, QUIET = "recent", "gone quiet"
"""Words for the time since the last order that only the rhythm of orders can bear out."""


@dataclass(frozen=True)
class Feature:
    """What a name can speak of: a number, the share of a kind of thing, or a kind of customer (one level of a category).

    Attributes
    ----------
    variable : str
        Column of the customer table.
    label : str
        What people call it.
    level : str, optional
        Level of a category.
    share : bool, default False
        Whether the number is a share of a customer's money or orders.
    asked : bool, default False
        Whether a level is an answer that means nothing without its question.
    yes_no : bool, default True
        Whether the levels of the category are 0 and 1, so that 1 means yes.
    """

    variable: str
    label: str
    level: str | None = None
    share: bool = False
    asked: bool = False
    yes_no: bool = True

    def what(self, room: int = 24) -> str:
        """Return what it is of which there is little or much, in a few words."""
        label = self.label.rsplit(": ", 1)[-1] if self.share else self.label
        label = label[:1].lower() + label[1:] if label[1:2].islower() else label
        short = shortened(label, 24)
        if self.level is None or self.level.casefold() in YES or (self.level == "1" and self.yes_no):
            return short
        if self.level.casefold() in NO or (_bare(self.level) and not self.asked):
            return shortened(f"{short} {self.level}", 24)
        if not self.asked:
            return shortened(self.level, 24)
        level = shortened(self.level, 18)
        return f"{level} ({shortened(label, room - len(level) - 3)})"

    def word(self, value: float, everyone: float, silent: float | None = None) -> str:
        """Return what is true of a segment in a word or two; empty where nothing sets it apart.

        Parameters
        ----------
        value, everyone : float
            Mean of the segment and of all customers; of shares and levels from 0 to 1.
        silent : float, optional
            Usual gaps between orders for which the middle customer of the segment has been silent.

        Examples
        --------
        >>> gifts = Feature("share_gifts", "Share of money: Gifts", share=True)
        >>> gifts.word(0.6, 0.2), gifts.word(0.3, 0.1), gifts.word(0.1, 0.2), gifts.word(0.01, 0.2)
        ('mostly gifts', 'more gifts', 'less gifts', 'hardly any gifts')
        """
        if not (np.isfinite(value) and np.isfinite(everyone)) or value == everyone:
            return ""
        high = bool(value > everyone)
        if self.share or self.level is not None:
            mostly, more, less, none = KINDS if self.level is not None else PARTS
            how = (mostly if value > HALF else more) if high else (none if value <= HARDLY else less)
            return f"{how} {self.what(LONGEST - len(how) - 1)}"
        if self.variable == "recency_days" and silent is not None:
            if not high and silent <= 1:
                return RECENT
            if high and silent >= LONG:
                return QUIET
        return WORDS.get(self.variable, (f"low {self.what()}", f"high {self.what()}"))[high]


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


@dataclass(frozen=True)
class Name:
    """A name, and the places of the features that it speaks of, the strongest first."""

    text: str
    features: tuple[int, ...]


def names(
    z: npt.NDArray[np.float64], words: Sequence[Sequence[str]], figures: Sequence[Sequence[str]], longest: int = LONGEST
) -> list[Name]:
    """Name segments by what stands out in them.

    Parameters
    ----------
    z : numpy.ndarray
        Shape (segments, features): mean of each segment less the mean of all, in standard deviations of the customers.
    words : sequence of sequences of str
        For each segment what is true of it, feature by feature (see `Feature.word`); empty where nothing is.
    figures : sequence of sequences of str
        For each segment its figure in each feature, with its unit: what tells two segments apart of which the same is true.
    longest : int, default 45
        Longest name in characters.

    Returns
    -------
    list of Name
        One unique name a segment.
    """
    made = [_name(row, said, longest, most=3) for row, said in zip(z, words, strict=True)]
    texts = [name.text for name in made]
    made = [
        _name(row, said, longest, most=5) if texts.count(name.text) > 1 else name
        for row, said, name in zip(z, words, made, strict=True)
    ]
    for text in dict.fromkeys(name.text for name in made):
        alike = [i for i, name in enumerate(made) if name.text == text]
        if len(alike) > 1 and (best := _telling(z, figures, alike)) is not None:
            for i in alike:
                end = f" ({figures[i][best]})"
                made[i] = Name(f"{shortened(text, longest - len(end))}{end}", (*made[i].features, best))
    unlike = unique([name.text for name in made], longest)
    return [Name(text, tuple(dict.fromkeys(name.features))) for text, name in zip(unlike, made, strict=True)]


def _telling(z: npt.NDArray[np.float64], figures: Sequence[Sequence[str]], alike: Sequence[int]) -> int | None:
    """Return the feature whose figures tell segments of the same name apart best, or None."""
    nearest = np.array([np.diff(np.sort(column)).min() for column in z[list(alike)].T])
    for feature in np.argsort(-nearest, kind="stable"):
        said = {figures[i][feature] for i in alike}
        if len(said) == len(alike) and max(map(len, said)) <= LONGEST // 2:
            return int(feature)
    return None


def _name(row: npt.NDArray[np.float64], words: Sequence[str], longest: int, most: int) -> Name:
    parts: list[str] = []
    used: list[int] = []
    for feature in np.argsort(-np.abs(row), kind="stable"):
        if abs(row[feature]) < NOTABLE or len(parts) == most:
            break
        word = words[feature]
        if word and abs(row[feature]) > 2 and len(word.split()) == 1 and word not in (RECENT, "newer", "longer-standing"):
            word = f"very {word}"
        if word and word not in parts and len(", ".join([*parts, word])) <= longest:
            parts.append(word)
            used.append(int(feature))
    return Name(shortened(capital(", ".join(parts)), longest) or "Near the average", tuple(used))


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
