"""What the files do not decide: a question with its competing readings, and what each of them would give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class Doubt(str):
    """A note on what was decided without certainty or left out: to be checked, while other notes are only good to know."""

    __slots__ = ()


@dataclass(frozen=True)
class Answer:
    """One reading that a person can confirm.

    Attributes
    ----------
    label : str
        The reading in a few words ("by DealerRef").
    gives : str
        What it would give, in figures ("120 customers, 1,200,000 in all").
    edits : mapping of str to object
        What it changes in the decision of notebook 2, by field: ``roles`` holds (column, role) pairs of the question's file,
        ``reading`` how that file is read; all else replaces the field. Empty where the workbook read it so by itself.
    taken : bool
        Whether the figures of now rest on this reading.
    """

    label: str
    gives: str
    edits: Mapping[str, Any] = field(default_factory=dict)
    taken: bool = False


@dataclass(frozen=True)
class Question:
    """One thing that a person should confirm.

    Attributes
    ----------
    key : str
        Names the question in decisions and on the command line: file kind and subject, such as "orders.customer".
    text : str
        The question, in a sentence.
    why : str
        Why the file does not decide it, in a sentence.
    answers : tuple of Answer
        The competing readings, the likeliest first; exactly one is taken.
    """

    key: str
    text: str
    why: str
    answers: tuple[Answer, ...]

    @property
    def taken(self) -> Answer:
        """The reading on which the figures of now rest."""
        return next(answer for answer in self.answers if answer.taken)
