"""Tables of the typing tool: how many questions are right how often, and which segments are recognised."""

import pandas as pd

from segkit.core.disclosure import Told
from segkit.html.piece import Html
from segkit.html.tables import Format, ranges, table
from segkit.words.numbers import count, in_100
from segkit.words.terms import SEGMENT_NAME


def curve_table(curve: pd.DataFrame) -> Html:
    """Return how many of 100 new customers each number of questions puts right, with its range.

    Parameters
    ----------
    curve : pandas.DataFrame
        See `segkit.core.profiles.typing_tool.tool.TypingTool`.
    """
    ends = ranges(curve["low"], curve["high"], in_100)
    columns: dict[str, tuple[str, Format | None]] = {
        "questions": ("Number of questions", count),
        "right": ("Right, of 100 new customers", in_100),
        "range": ("95 % confidence range", None),
    }
    return table(curve.assign(range=ends), columns, "The more questions, the more are right", {"range": "right"})


def questions_table(curve: pd.DataFrame) -> Html:
    """Return which questions are the best at each number of them."""
    columns: dict[str, tuple[str, Format | None]] = {
        "questions": ("Number of questions", count),
        "asked": ("The best questions", None),
    }
    return table(curve, columns, "Which questions are asked")


def recall_table(recall: Told) -> Html:
    """Return how many customers of each segment are recognised."""
    columns = {SEGMENT_NAME: ("Segment", None), "right": ("Rightly named, of its customers", None)}
    hides = bool(recall["right"].isna().any())
    return table(recall, columns, "Which segments are recognised", {"right": "right"}, rows=len(recall), hides=hides)
