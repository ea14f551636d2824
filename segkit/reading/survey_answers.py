"""Answers to the workbook's own survey, recognised in whatever file a form program made of them."""

from dataclasses import replace
from pathlib import Path

from segkit.core.data.roles.columns import ColumnRole
from segkit.core.data.survey import Question, asked_by, scores
from segkit.reading.raw import RawTable, store


def read_back(table: RawTable, folder: Path) -> tuple[RawTable, dict[str, Question]]:
    """Name the columns of answers in short and turn degrees of agreement into scores from 1 to 5.

    Parameters
    ----------
    table : RawTable
        A file of survey answers; columns may be headed by a question's id, its text or its short name.
    folder : Path
        Where the texts are written anew.

    Returns
    -------
    RawTable
        The table with short names; its answers to statements are numbers.
    dict of str to Question
        The question of each column that was recognised, by its short name.
    """
    header, asked, agreed = list(table.header), {}, []
    for place, name in enumerate(table.header):
        question = asked_by(name)
        if question is None or question.short in asked:
            continue
        header[place] = question.short
        asked[question.short] = question
        if not question.options and not question.free:
            agreed.append(f"c{place}")
    if not asked:
        return table, {}
    if agreed:
        _score(table, agreed, folder)
    said = f"answers to {len(asked)} of the workbook's own questions recognised"
    return replace(table, header=tuple(header), decisions=(*table.decisions, said)), asked


def _score(table: RawTable, columns: list[str], folder: Path) -> None:
    """Replace words of agreement by scores; what is no such word stays as it is."""
    words = scores()
    cases = " ".join("when ? then ?" for _ in words)
    values = [text for word, score in words.items() for text in (word, str(score))]
    scored = ", ".join(f"case lower(trim({column})) {cases} else {column} end as {column}" for column in columns)
    query = f"select * exclude (place) replace ({scored}) from {table.name} order by place"
    store(table.connection, query, values * len(columns), table.name, folder)


def role_of(role: ColumnRole, asked: dict[str, Question]) -> ColumnRole:
    """Return what a column of answers is taken for: as its question says, unless the person said otherwise."""
    question = asked.get(role.column)
    if question is None or role.by_person:
        return role
    base = None if question.free else question.base
    return ColumnRole(role.column, question.role, base, 1.0, "an answer to one of the workbook's own questions")
