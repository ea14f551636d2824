"""Where words on a page come from: the file and the column, or the step and the field in which a person typed them."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from segkit.words.terms import Step
from segkit.workbook.session import Session


def whence(session: Session) -> Callable[[str], str]:
    """Return a function that tells in words where a text comes from; an empty text where neither files nor choices hold it."""

    def tell(words: str) -> str:
        return next(chain(_typed(session, words), _read(session, words)), "")

    return tell


def own_words(session: Session) -> tuple[str, ...]:
    """Return what the business says of itself, which everybody may read."""
    return tuple(text for text in (session.goals.business.name,) if text)


def _typed(session: Session, words: str) -> Iterator[str]:
    for step in Step:
        for field, text in _texts(session.decision(step).model_dump(mode="json")):
            if words in text:
                yield f"what you wrote in step “{step.label}”, field “{field.replace('_', ' ')}”"


def _texts(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, str(name))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner, field)


def _read(session: Session, words: str) -> Iterator[str]:
    data = session.results.data.customer_data
    for reading in data.readings:
        if words in reading.file_name:
            yield f"the name of the file {reading.file_name}"
        for role in reading.roles:
            if words in role.column:
                yield f"{reading.file_name}, the name of the column “{role.column}”"
    labels = {variable.name: variable.label for variable in data.variables}
    for name in data.customers.columns:
        column = data.customers[name]
        if column.dtype != "float64" and column.astype("str").str.contains(words, regex=False).any():
            label = labels.get(name, name)
            files = [r.file_name for r in data.readings if any(role.column == label for role in r.roles)]
            yield f"{files[0] if files else 'your data'}, column “{label}”"
    money = data.category_money
    for label in money["label"][money["level"].astype("str").str.contains(words, regex=False)].unique() if len(money) else ():
        files = [r.file_name for r in data.readings if any(role.column == label for role in r.roles)]
        yield f"{files[0] if files else 'your data'}, column “{label}”"
