"""The typing tool as one query that runs unchanged in DuckDB, SQLite, PostgreSQL and Spark.

Only ``case``, comparisons and whole numbers are used, so that every program adds up the same, and no name needs quotation
marks, which mean different things in different databases.
"""

import re
import unicodedata
from collections.abc import Mapping

from segkit.core.profiles.typing_tool.card import UNSURE, ScoreCard
from segkit.core.profiles.typing_tool.questions import Question

TABLE = "answers"
"""The table that the query reads."""


def columns(card: ScoreCard) -> list[str]:
    """Return the column of each question in the table that the query reads: ``q1_frequency`` and so on."""
    return [f"q{number}_{_plain_name(question.variable)}".rstrip("_") for number, question in enumerate(card.questions, 1)]


def _plain_name(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:40]


def query(card: ScoreCard, names: Mapping[str, str]) -> str:
    """Return the query: one row a customer of the table ``answers``, with ``segment_id`` or ``unsure``.

    Parameters
    ----------
    card : ScoreCard
        The tool in whole points.
    names : mapping of str to str
        Name of each segment, for the comment.
    """
    asked = columns(card)
    places = range(len(card.segments))
    scores = [f"    {_score(card, asked, place)} as score_{place + 1}" for place in places]
    named = [f"    when {_leads(card, place)} then '{card.segments[place]}'" for place in places]
    body = [
        "select customer_id,",
        "  case",
        *named,
        f"    else '{UNSURE}'",
        "  end as segment_id",
        "from (",
        "  select customer_id,",
        ",\n".join(scores),
        f"  from {TABLE}",
        ") as scored",
    ]
    return "\n".join([*_comment(card, asked, names), *body]) + "\n"


def _comment(card: ScoreCard, asked: list[str], names: Mapping[str, str]) -> list[str]:
    lines = [f"Put your customers into a table or view “{TABLE}”, one row a customer, with these columns:", "customer_id"]
    lines += [f"{column}: {question.label}" for column, question in zip(asked, card.questions, strict=True)]
    lines += ["The segments:", *(f"{segment}: {names[segment]}" for segment in card.segments)]
    return [f"-- {' '.join(line.split())}" for line in lines]


def _leads(card: ScoreCard, place: int) -> str:
    others = [other for other in range(len(card.segments)) if other != place]
    return " and ".join(f"score_{place + 1} - score_{other + 1} >= {card.lead}" for other in others)


def _score(card: ScoreCard, asked: list[str], place: int) -> str:
    parts = [str(int(card.weights.start[place]))]
    for column, question, points in zip(asked, card.questions, card.weights.of_answer, strict=True):
        parts.append(_points(column, question, [int(p) for p in points[:, place]]))
    return "\n      + ".join(parts)


def _points(column: str, question: Question, points: list[int]) -> str:
    if question.numeric:
        below = " ".join(f"when {column} < {_literal(cut)} then {p}" for cut, p in zip(question.cuts, points, strict=False))
        return f"case when {column} is null then 0 {below} else {points[-1]} end"
    equal = " ".join(f"when {column} = '{_escaped(level)}' then {p}" for level, p in zip(question.levels, points, strict=False))
    rest = points[-1] if len(points) > len(question.levels) else 0
    return f"case when {column} is null then 0 {equal} else {rest} end"


def _literal(cut: float) -> str:
    return str(int(cut)) if cut == int(cut) and abs(cut) < 1e15 else repr(cut)


def _escaped(level: str) -> str:
    return level.replace("'", "''")
