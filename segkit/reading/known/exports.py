"""Files recognised as the export of a known system by the names of their columns.

A description says what the columns mean in that system; whether the file in hand bears it out, the data decide.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Annotated, Self

from pydantic import Field, ValidationError, model_validator

from segkit.core.data.roles.lexicon import squash
from segkit.decisions.model import Model, ShortText, in_words
from segkit.words.terms import FileKind, Role, SaleMeaning

ONCE = (Role.CUSTOMER, Role.ORDER, Role.DATE, Role.EMAIL)
"""Roles that one column of a file has; where a description names several columns, the first that is there."""


@dataclass(frozen=True)
class KnownExport:
    """A file recognised as the export of a known system.

    Attributes
    ----------
    system, title : str
        Whose export it is, and which ("Shopify", "Orders").
    kind : FileKind
        What one row stands for.
    source : str
        Address of a public page that describes the layout.
    roles : mapping of str to Role
        What columns mean, by their names in the file; the others are judged by evidence.
    statuses : mapping of str to SaleMeaning
        What states of an order mean, by their words in small letters.
    note : str
        What a person must know of this export; empty where nothing.
    """

    system: str
    title: str
    kind: FileKind
    source: str
    roles: Mapping[str, Role]
    statuses: Mapping[str, SaleMeaning]
    note: str = ""

    @property
    def sentence(self) -> str:
        """How the file was recognised, for people."""
        return f"Recognised as {self.system}’s export “{self.title}”. {self.note}".strip()


class Description(Model):
    """One export as its system's file describes it."""

    title: Annotated[ShortText, Field(min_length=1)]
    kind: FileKind
    source: Annotated[str, Field(pattern=r"^https://\S+$")]
    header: Annotated[tuple[ShortText, ...], Field(min_length=2)]
    """Names that must all be there: three at least, or other files would be taken for it; two in a survey."""
    roles: Annotated[dict[str, Role], Field(min_length=1)]
    statuses: Annotated[dict[str, SaleMeaning], Field(default_factory=dict)]
    note: ShortText = ""

    @model_validator(mode="after")
    def _tells_names_apart(self) -> Self:
        if len(self.header) < 3 and self.kind is not FileKind.SURVEY:
            raise ValueError("header: three names at least, or other files would be taken for it")
        for what, names in (("header", self.header), ("roles", tuple(self.roles))):
            alike: dict[str, str] = {}
            for name in names:
                if not squash(name):
                    raise ValueError(f"{what}: “{name}” has no letter or digit to compare")
                if squash(name) in alike:
                    raise ValueError(f"{what}: “{alike[squash(name)]}” and “{name}” are compared alike; keep one")
                alike[squash(name)] = name
        words = [word.strip().lower() for word in self.statuses]
        if twice := sorted({word for word in words if words.count(word) > 1}):
            raise ValueError(f"statuses: “{twice[0]}” is named twice; keep one")
        if self.statuses and Role.STATUS not in self.roles.values():
            raise ValueError("statuses are explained, but no column has the role status")
        return self

    @property
    def needed(self) -> frozenset[str]:
        """The names that must be there, as they are compared."""
        return frozenset(map(squash, self.header))


class _System(Model):
    system: Annotated[ShortText, Field(min_length=1)]
    export: Annotated[tuple[Description, ...], Field(min_length=1)]


def described(text: str, file_name: str) -> tuple[tuple[str, Description], ...]:
    """Read the descriptions of one system's exports, each with the system's name.

    Raises
    ------
    ValueError
        If they are not as they should be; the text names the file and the fault.
    """
    try:
        system = _System.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file_name}: {error}") from error
    except ValidationError as error:
        raise ValueError(f"{file_name}: {in_words(error)}") from error
    return tuple((system.system, export) for export in system.export)


@cache
def descriptions() -> tuple[tuple[str, Description], ...]:
    """Return all descriptions that come with the package, each with its system's name, in the order of the files' names."""
    folder = resources.files("segkit.reading.known")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(export for file in files for export in described(file.read_text(encoding="utf-8"), file.name))


def recognised(header: Sequence[str], kind: FileKind) -> KnownExport | None:
    """Return the known export that a file's names of columns tell, or None.

    Of several that fit, the one that asks for most names is meant.

    Parameters
    ----------
    header : sequence of str
        The file's names of columns.
    kind : FileKind
        What the file is given as: an export of another kind is not recognised.
    """
    columns: dict[str, str] = {}
    for column in header:
        columns.setdefault(squash(column), column)
    if kind is FileKind.SURVEY:  # a second row of names may stand below the first: "Q1 How old are you?"
        for column in header:
            columns.setdefault(squash(column.split(" ", 1)[0]), column)
    fitting = [(system, export) for system, export in descriptions() if export.kind is kind and export.needed <= columns.keys()]
    if not fitting:
        return None
    system, export = max(fitting, key=lambda found: len(found[1].needed))
    roles: dict[str, Role] = {}
    for name, role in export.roles.items():
        if squash(name) in columns and not (role in ONCE and role in roles.values()):
            roles[columns[squash(name)]] = role
    statuses = {word.strip().lower(): meaning for word, meaning in export.statuses.items()}
    return KnownExport(system, export.title, kind, export.source, roles, statuses, export.note)
