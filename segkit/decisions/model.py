"""What every decision rests on: a frozen, closed, validated model, and faults said in words."""

import hashlib
import json
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from segkit.words.addresses import parted
from segkit.words.errors import WorkbookError

Text = Annotated[str, Field(max_length=4000)]
ShortText = Annotated[str, Field(max_length=200)]
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


def in_words(error: ValidationError) -> str:
    """Say in a sentence or two what does not fit, and where."""
    sentences = []
    for fault in error.errors():
        where = " → ".join(str(part + 1) if isinstance(part, int) else part.replace("_", " ") for part in fault["loc"])
        message = fault["msg"].removeprefix("Value error, ")
        given = _without_password(fault["input"])
        got = "" if isinstance(given, dict | list | tuple) or not where else f" (got {given!r:.60})"
        sentences.append(f"{where}: {message}{got}." if where else f"{message}.")
    return " ".join(sentences).replace("..", ".")


def _without_password(given: Any) -> Any:
    return parted(given.strip())[0] if isinstance(given, str) else given


class Decision(Model):
    """One notebook's decision; ``why`` holds the person's reason in their own words."""

    why: Text = ""


def no_twins(entries: tuple[Any, ...], what: str) -> None:
    """Refuse two entries about the same segment of the same segmentation."""
    keys = [(entry.segmentation, entry.segment_id) for entry in entries]
    if len(set(keys)) < len(keys):
        raise ValueError(f"two {what} for the same segment; keep one")


def fingerprint(*parts: Any) -> str:
    """Return eight hexadecimal digits that stand for some plain values (same values, same digits, on every machine)."""
    text = json.dumps(parts, sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
