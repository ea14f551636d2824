"""The finished tool: points that are added up for each segment, in every form that it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from segkit.core.data.values import NOT_KNOWN, Codes
from segkit.core.profiles.typing_tool.held_out import decided, margin
from segkit.core.profiles.typing_tool.questions import Question
from segkit.core.profiles.typing_tool.weights import Doubles, Weights

UNSURE = "unsure"
"""What stands in place of a segment where none leads by enough."""


@dataclass(frozen=True, eq=False)
class ScoreCard:
    """Whole points for each answer, and how far the first segment must lead.

    Attributes
    ----------
    questions : tuple of Question
        What is asked, in order.
    segments : tuple of str
        Identifiers of the segments.
    weights : Weights
        Points of the start and of each answer, whole numbers from 0.
    lead : int
        The segment with most points is named if it leads all others by at least so many; else the tool is unsure.
    """

    questions: tuple[Question, ...]
    segments: tuple[str, ...]
    weights: Weights
    lead: int

    def given(self, frame: pd.DataFrame) -> Codes:
        """Return the place of each customer's answer to each question, shape (customers, questions)."""
        return np.column_stack([one.codes(frame[one.variable]) for one in self.questions])

    def scores(self, frame: pd.DataFrame) -> Doubles:
        """Return the points of each customer for each segment, shape (customers, segments)."""
        return self.weights.scores(self.given(frame))

    def assign(self, frame: pd.DataFrame) -> pd.Series:
        """Return the segment of each customer of a frame, or `UNSURE`."""
        place = decided(self.scores(frame), self.lead)
        return pd.Series(np.array([*self.segments, UNSURE], dtype=object)[place], index=frame.index)

    def answered(self, given: tuple[int, ...]) -> tuple[str, Doubles]:
        """Return the segment or `UNSURE`, and the points, of one customer by the places of the answers."""
        scores = self.weights.scores(np.array([given], dtype=np.intp))
        place = int(decided(scores, self.lead)[0])
        return (UNSURE if place == NOT_KNOWN else self.segments[place]), scores[0]


def score_card(questions: tuple[Question, ...], segments: tuple[str, ...], weights: Weights, scale: float) -> ScoreCard:
    """Return the tool with so many points for each unit of log-odds."""
    return ScoreCard(questions, segments, weights.in_points(scale), margin(scale))


def plain(card: ScoreCard, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a tool as plain values, for JSON; numbers and texts of answers stand as they are compared.

    Parameters
    ----------
    card : ScoreCard
        The tool.
    names : mapping of str to str
        Name of each segment.
    """
    asked = []
    for question, points in zip(card.questions, card.weights.of_answer, strict=True):
        answers = [
            {"answer": text, **_meant(question, place), "points": _by_segment(card, points[place])}
            for place, text in enumerate(question.answers)
        ]
        asked.append({"column": question.variable, "question": question.label, "answers": answers})
    return {
        "how": (
            "Start with the points of each segment, and add those of each answer; an answer that is not known adds nothing. "
            "The segment with most points is meant if it leads every other by at least the lead; else the tool is unsure."
        ),
        "segments": {segment: names[segment] for segment in card.segments},
        "start": _by_segment(card, card.weights.start),
        "lead": card.lead,
        "unsure": UNSURE,
        "questions": asked,
    }


def _by_segment(card: ScoreCard, points: Doubles) -> dict[str, int]:
    return {segment: int(p) for segment, p in zip(card.segments, points, strict=True)}


def _meant(question: Question, place: int) -> dict[str, Any]:
    """Return which values an answer stands for: those from ``from`` to below ``below``, one kind, or any other kind."""
    if question.numeric:
        ends = (None, *question.cuts, None)
        return {"from": ends[place], "below": ends[place + 1]}
    return {"equals": question.levels[place]} if place < len(question.levels) else {"any_other": True}
