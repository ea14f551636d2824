"""What the files do not decide, for people: each question with its readings, and what each of them gives."""

from collections.abc import Sequence
from html import escape

from segkit.core.data.questions import Question
from segkit.html.piece import Html

MOST = 4
"""Questions asked at a time, the weightiest first: nobody answers a long list."""

NOTHING = "Nothing to confirm: your files leave no doubt."


def in_words(questions: Sequence[Question]) -> list[tuple[str, str]]:
    """Return each question asked now with its readings in words; one line where there is none."""
    if not questions:
        return [("Please confirm", NOTHING.partition(": ")[0])]
    return [(question.text, f"{question.why} {'; '.join(readings(question))}") for question in questions[:MOST]]


def readings(question: Question) -> list[str]:
    """Return the readings of a question, each with its number, what it gives, and whether the figures rest on it now."""
    return [
        f"{number}. {answer.label}: {answer.gives}{' (used for now)' if answer.taken else ''}"
        for number, answer in enumerate(question.answers, 1)
    ]


def asked(question: Question) -> Html:
    """Return a question and why it is asked, without its readings."""
    said = f"<strong>{escape(question.text)}</strong> {escape(question.why)}"
    return Html(f'<div class="seg-note seg-warning" role="note"><p>{said}</p></div>', f"{question.text} {question.why}")


def further(questions: Sequence[Question]) -> str:
    """Say how many questions wait behind those that are asked now."""
    left = len(questions) - MOST
    return "" if left <= 0 else f"{'One more question follows' if left == 1 else f'{left} more questions follow'} after these."
