"""Answers of a survey, whatever file a form program made of them, and those to the workbook's own questions."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from segkit.core.data.roles.columns import ColumnRole
from segkit.core.data.scales import agreement_score, family_of, labelled_scores, no_answer, score_answers
from segkit.core.data.survey import Question, asked_by
from segkit.reading.raw import RawTable, distinct_names, quoted, store
from segkit.reading.values.answers import Cells, box_name, is_box, names_below, rows_of_questions, several_answers, under
from segkit.reading.values.cells import is_missing
from segkit.words.numbers import count

_TOP = 3
"""Rows under the header that may still belong to it."""


def read_back(table: RawTable, folder: Path) -> tuple[RawTable, dict[str, Question]]:
    """Turn degrees into scores and ticks into yes and no; name the answers to the workbook's own questions in short.

    Parameters
    ----------
    table : RawTable
        A file of survey answers; columns may be headed by a question's id, its text or its short name.
    folder : Path
        Where the texts are written anew.

    Returns
    -------
    RawTable
        The table without rows that repeat the questions; words of a scale are numbers, boxes and several answers in one cell
        are columns of yes and no.
    dict of str to Question
        The question of each column that was recognised, by its short name.
    """
    table = _below_the_questions(table, folder)
    header, asked, agreed = list(table.header), {}, []
    for place, name in enumerate(table.header):
        question = asked_by(name)
        if question is None or question.short in asked:
            continue
        header[place] = question.short
        asked[question.short] = question
        if not question.options and not question.free:
            agreed.append(place)
    if agreed:
        _score(table, agreed, folder)
    if asked:
        said = f"answers to {len(asked)} of the workbook's own questions recognised"
        table = replace(table, header=tuple(header), decisions=(*table.decisions, said))
    return _understood(table, set(asked), folder), asked


def _cells(table: RawTable, place: int) -> Cells:
    """Return the different filled cells of a column with their rows, in one order."""
    query = f"select trim(c{place}), count(*) from {table.name} where c{place} is not null group by 1 order by 1"
    return {str(cell): int(rows) for cell, rows in table.connection.execute(query).fetchall() if not is_missing(str(cell))}


def _below_the_questions(table: RawTable, folder: Path) -> RawTable:
    """Take out the rows under the header that repeat questions, or hold marks of the form program."""
    names = ", ".join(f"c{i}" for i in range(len(table.header)))
    top = table.connection.execute(f"select {names} from {table.name} where place < {_TOP} order by place").fetchall()
    above = rows_of_questions(top, [_cells(table, i) for i in range(len(table.header))])
    if not above or above >= table.rows:
        return table
    texts = [row for row in top[:above] if not any((cell or "").startswith("{") for cell in row)]
    header = names_below(table.header, texts[-1]) if texts else list(table.header)
    store(
        table.connection,
        f"select * exclude (place) from {table.name} where place >= {above} order by place",
        [],
        table.name,
        folder,
    )
    said = f"{count(above, 'row')} under the header set apart: the texts of questions, or marks of the form program, no answers"
    return replace(table, header=distinct_names(header), rows=table.rows - above, decisions=(*table.decisions, said))


def _understood(table: RawTable, own: set[str], folder: Path) -> RawTable:
    """Score the words of scales, and make columns of yes and no out of boxes and of several answers in one cell."""
    cells = {i: _cells(table, i) for i, name in enumerate(table.header) if name not in own}
    scored, said = _scored(cells)
    header: list[str] = []
    made: list[str] = []
    boxes = 0
    for i, name in enumerate(table.header):
        several = None if i in scored or i not in cells else several_answers(cells[i])
        if i in scored:
            whens = " ".join(f"when {quoted(answer)} then {quoted(score)}" for answer, score in sorted(scored[i].items()))
            header.append(name)
            made.append(f"(case trim(c{i}) {whens} end)")
        elif several:
            header += [under(name, part) for part in several.parts]
            made += [_yes_no(i, found) for found in several.parts.values()]
            said.append(
                f"“{name}”: several answers in one cell ({count(several.cells, 'row')}), made into "
                f"{count(len(several.parts), 'column')} of yes and no"
            )
        elif i in cells and cells[i] and is_box(name, cells[i], table.rows):
            (text,) = cells[i]
            header.append(box_name(name, text))
            made.append(f"(case when trim(c{i}) = {quoted(text)} then 'yes' else 'no' end)")
            boxes += 1
        else:
            header.append(name)
            made.append(f"c{i}")
    if boxes:
        said.append(f"{count(boxes, 'box', 'boxes')} to tick read as yes and no: empty is no")
    if not said:
        return table
    chosen = ", ".join(f"{sql} as c{i}" for i, sql in enumerate(made))
    store(table.connection, f"select row, {chosen} from {table.name} order by place", [], table.name, folder)
    return replace(table, header=distinct_names(header), decisions=(*table.decisions, *said))


def _yes_no(place: int, cells: Sequence[str]) -> str:
    """Return SQL that says yes in some cells of a column, no in other filled ones, and nothing in empty ones."""
    listed = ", ".join(map(quoted, cells))
    return f"(case when trim(c{place}) in ({listed}) then 'yes' when trim(c{place}) <> '' then 'no' end)"


def _scored(cells: dict[int, Cells]) -> tuple[dict[int, dict[str, str]], list[str]]:
    """Return the score of each answer in the columns that hold degrees of a scale, and what to say of it."""
    families: dict[str, list[int]] = {}
    found: dict[int, dict[str, str]] = {}
    for i, column in cells.items():
        answers = [answer for answer in column if not no_answer(answer)]
        if not 2 <= len(answers) <= 11:
            continue
        if family := family_of(answers):
            families.setdefault(family, []).append(i)
        elif numbers := labelled_scores(answers):
            found[i] = {answer: str(score) for answer, score in numbers.items()}
    said = [f"numbers with words (such as “5 - very”) in {count(len(found), 'column')} read as numbers"] if found else []
    for family, places in families.items():
        scores_ = score_answers([cells[i].keys() for i in places])
        low, high = (pick(scores_, key=lambda answer: (scores_[answer], answer)) for pick in (min, max))
        said.append(
            f"words of {family} in {count(len(places), 'column')} read as scores (“{low}” is {scores_[low]}, “{high}” is "
            f"{scores_[high]})"
        )
        if any(no_answer(answer) for i in places for answer in cells[i]):
            said[-1] += ", “don't know” and the like as no answer"
        found |= {i: {answer: str(scores_[answer]) for answer in cells[i] if answer in scores_} for i in places}
    return found, said


def _score(table: RawTable, places: Sequence[int], folder: Path) -> None:
    """Replace words of agreement by scores; what is no such word stays as it is."""
    scored = []
    for i in places:
        found = {cell: score for cell in _cells(table, i) if (score := agreement_score(cell))}
        if found:
            whens = " ".join(f"when {quoted(cell)} then '{score}'" for cell, score in found.items())
            scored.append(f"case trim(c{i}) {whens} else c{i} end as c{i}")
    if scored:
        query = f"select * exclude (place) replace ({', '.join(scored)}) from {table.name} order by place"
        store(table.connection, query, [], table.name, folder)


def role_of(role: ColumnRole, asked: dict[str, Question]) -> ColumnRole:
    """Return what a column of answers is taken for: as its question says, unless the person said otherwise."""
    question = asked.get(role.column)
    if question is None or role.by_person:
        return role
    base = None if question.free else question.base
    return ColumnRole(role.column, question.role, base, 1.0, "an answer to one of the workbook's own questions")
