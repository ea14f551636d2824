"""What every decision rests on: a frozen, closed, validated model, and faults said in words."""

import hashlib
import json
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from segkit.words.addresses import parted
from segkit.words.errors import WorkbookError
from segkit.words.numbers import figure

Text = Annotated[str, Field(max_length=4000)]
ShortText = Annotated[str, Field(max_length=200)]
FromFile = Annotated[str, Field(max_length=4000)]
"""The name of a column, a sheet or a state, as a file has it: files have names of any length, and none may stop the work."""
Share = Annotated[float, Field(ge=0, le=1)]
Rating = Annotated[int, Field(ge=1, le=5)]
Place = Annotated[str, BeforeValidator(lambda given: _without_password(given)), Field(max_length=1000)]
"""A file's path, or the address of a database; a password in it is never kept."""


class Model(BaseModel):
    """Base of all decisions: frozen, closed, free of NaN and infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)

    def revise(self, **edits: Any) -> Self:
        """Return a validated copy with some fields replaced.

        Raises
        ------
        WorkbookError
            If a value does not fit; the text names the field and what would fit.
        """
        try:
            return type(self).model_validate({**self.model_dump(), **edits})
        except ValidationError as error:
            raise WorkbookError(in_words(error)) from error


FAULTS: dict[str, str] = {
    "string_too_long": "is too long: {max_length} characters fit, this has {length}",
    "string_type": "should be text",
    "string_pattern_mismatch": "is not in the form asked for",
    "string_too_short": "must not be empty",
    "too_long": "can hold {max_length} entries, these are {length}",
    "too_short": "needs {min_length} or more",
    "greater_than_equal": "should be {ge} or more",
    "greater_than": "should be more than {gt}",
    "less_than_equal": "should be {le} or less",
    "less_than": "should be less than {lt}",
    "float_parsing": "should be a number, such as {a_number}",
    "float_type": "should be a number, such as {a_number}",
    "finite_number": "should be an ordinary number",
    "int_parsing": "should be a whole number",
    "int_from_float": "should be a whole number",
    "int_type": "should be a whole number",
    "bool_parsing": "should be yes or no",
    "bool_type": "should be yes or no",
    "date_from_datetime_parsing": "should be a date, such as 2026-03-31",
    "date_parsing": "should be a date, such as 2026-03-31",
    "date_type": "should be a date, such as 2026-03-31",
    "enum": "should be one of: {expected}",
    "literal_error": "should be one of: {expected}",
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "tuple_type": "should be a list",
    "model_type": "should be a list of names with their values",
}
"""What does not fit, in words, by the kind of fault; what stands in braces comes with it."""


def in_words(error: ValidationError) -> str:
    """Say in a sentence or two what does not fit, and where."""
    sentences = []
    for fault in error.errors():
        where = " → ".join(str(part + 1) if isinstance(part, int) else part.replace("_", " ") for part in fault["loc"])
        given = _without_password(fault["input"])
        known = {name: figure(f"{v:,.6g}") if isinstance(v, float) else v for name, v in fault.get("ctx", {}).items()}
        if isinstance(given, str | list | tuple):
            known["length"] = known.get("actual_length") or len(given)
        known |= {"a_number": f"{figure('1,500')} or {figure('12.5')}"}
        told = FAULTS.get(fault["type"])
        message = told.format(**known) if told else f": {fault['msg'].removeprefix('Value error, ')}"
        silent = isinstance(given, dict | list | tuple) or not where or fault["type"] == "string_too_long"
        got = "" if silent else f" (got {given!r:.60})"
        said = f"{where}{'' if message.startswith(':') else ' '}{message}" if where else message.removeprefix(": ")
        sentences.append(f"{said}{got}.")
    return " ".join(sentences).replace("..", ".")


def _without_password(given: Any) -> Any:
    return parted(given.strip())[0] if isinstance(given, str) else given


class Decision(Model):
    """One notebook's decision; ``why`` holds the person's reason in their own words."""

    why: Text = ""

    def meant(self, reason: str) -> Any:
        """Return the choice that a reason (``why``, or another field for a reason) speaks of; it holds as long as this does."""
        return None


def no_twins(entries: tuple[Any, ...], what: str) -> None:
    """Refuse two entries about the same segment of the same segmentation."""
    keys = [(entry.segmentation, entry.segment_id) for entry in entries]
    if len(set(keys)) < len(keys):
        raise ValueError(f"two {what} for the same segment; keep one")


def fingerprint(*parts: Any) -> str:
    """Return eight hexadecimal digits that stand for some plain values (same values, same digits, on every machine)."""
    text = json.dumps(parts, sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
