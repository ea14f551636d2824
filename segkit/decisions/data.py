"""Decision of notebook 2: which data, and how they are read."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from segkit.decisions.model import Decision, FromFile, Model, Place, ShortText
from segkit.words.terms import CleaningRule, FileKind, Role, SaleMeaning

STACKED = (FileKind.ORDERS, FileKind.CONTACTS)
"""Kinds of which there may be several files, such as monthly exports: they are put under each other."""

ONCE = (Role.CUSTOMER, Role.ORDER, Role.DATE)
"""Roles that a file has one column for."""


class FileChoice(Model):
    """A file, by its path (in the workspace's ``data`` folder or absolute), or a database, by its address."""

    kind: FileKind
    path: Annotated[Place, Field(min_length=1)]


class RoleChoice(Model):
    """A column that a person takes for something else than the workbook did."""

    kind: FileKind
    column: FromFile
    role: Role


class StatusChoice(Model):
    """What a state of an order means, where a person says it."""

    status: FromFile
    meaning: SaleMeaning


class Rate(Model):
    """What one unit of a currency is worth in the currency that counts."""

    currency: ShortText
    worth: Annotated[float, Field(gt=0, allow_inf_nan=False)]


class ReadingChoice(Model):
    """How a person says that a file is read; what is left out, the file itself tells."""

    kind: FileKind
    encoding: ShortText = ""
    delimiter: ShortText = ""
    """A word ("semicolon") or the sign itself; a tab or blank by its word."""
    quote: Literal["", "double", "single", "none"] = ""
    """The marks around texts; "none" where quote marks are plain text, such as inches."""
    decimal: Literal["", ".", ","] = ""
    cents: bool | None = None
    """Whether whole amounts are hundredths of the currency; None lets the columns tell."""
    skip: Annotated[int, Field(ge=0, le=100_000)] | None = None
    """Lines above the table."""
    header: bool | None = None
    """Whether the first row holds the names of the columns."""
    table: FromFile = ""
    """The sheet of a workbook, the table of a database, or the file in an archive."""


class Data(Decision):
    """Decision of notebook 2: which data, and how they are read."""

    sample: Annotated[str, Field(pattern=r"^(coffee_roaster|packaging_wholesaler|)$")] = "coffee_roaster"
    """Name of the sample business; empty when own files are used."""
    files: tuple[FileChoice, ...] = ()
    """Files of one's own; of orders and of contacts there may be several, the oldest first."""
    roles: tuple[RoleChoice, ...] = ()
    readings: tuple[ReadingChoice, ...] = ()
    """How files are read that do not tell it rightly themselves."""
    rules_off: tuple[CleaningRule, ...] = ()
    rules_on: tuple[CleaningRule, ...] = ()
    """Rules that are off by default and that the person switched on."""
    as_of: dt.date | None = None
    """Analysis date; None means the day after the last date in the file."""
    day_first: bool | None = None
    """Whether 03/04 is the third of April; None lets the evidence in the file decide."""
    statuses: tuple[StatusChoice, ...] = ()
    """States of orders that a person takes for something else than the workbook did."""
    currency: ShortText = ""
    """The one currency that counts, where the files hold several; empty lets the files tell."""
    rates: tuple[Rate, ...] = ()
    """Worth of the other currencies in that one; rows in a currency without a rate are set aside."""
    rates_on: dt.date | None = None
    """Day of these rates."""
    confirmed: tuple[FromFile, ...] = ()
    """Keys of the questions whose present reading a person confirmed."""
    pseudonyms: bool = False
    """Whether customer numbers are replaced by keyed pseudonyms in everything that leaves the workbook."""
    survey: tuple[ShortText, ...] | None = None
    """Ids of the questions to ask customers; None takes those that the workbook suggests."""

    def meant(self, reason: str) -> Any:
        """Return which data these are."""
        return self.sample, self.files

    def read_as(self, kind: FileKind, **edits: Any) -> tuple[ReadingChoice, ...]:
        """Return how the files are read once one kind of them is read otherwise; what says nothing is left out.

        Raises
        ------
        WorkbookError
            If a value does not fit.
        """
        now = next((choice for choice in self.readings if choice.kind is kind), ReadingChoice(kind=kind))
        new = now.revise(**edits)
        others = [choice for choice in self.readings if choice.kind is not kind]
        return (*others, *([new] if new != ReadingChoice(kind=kind) else []))

    def answering(self, key: str, edits: Mapping[str, Any]) -> "Data":
        """Return this decision with the answer to a question taken over, and the question marked as confirmed.

        Parameters
        ----------
        key : str
            The question's key; before its dot stands the kind of the file that it is about.
        edits : mapping of str to object
            What the answer changes: ``roles`` are (column, role) pairs, and a column that a person gave such a role before goes
            free; ``statuses`` take the place of what was said of the same states; ``reading`` changes how the file is read;
            all else replaces the field.

        Raises
        ------
        WorkbookError
            If a value does not fit.
        """
        changed, kind = dict(edits), FileKind(key.partition(".")[0])
        if "reading" in changed:
            changed["readings"] = self.read_as(kind, **changed.pop("reading"))
        if "roles" in changed:
            pairs = list(changed["roles"])
            columns, single = {column for column, _ in pairs}, {role for _, role in pairs if role in ONCE}
            kept = [c for c in self.roles if c.kind is not kind or not (c.column in columns or c.role in single)]
            changed["roles"] = [*kept, *(RoleChoice(kind=kind, column=column, role=role) for column, role in pairs)]
        if "statuses" in changed:
            said = [StatusChoice.model_validate(dict(choice)) for choice in changed["statuses"]]
            changed["statuses"] = [*(c for c in self.statuses if c.status not in {s.status for s in said}), *said]
        return self.revise(**changed, confirmed=list(dict.fromkeys([*self.confirmed, key])))

    @model_validator(mode="after")
    def _one_file_of_each_kind(self) -> Self:
        kinds = [file.kind for file in self.files if file.kind not in STACKED]
        if len(set(kinds)) < len(kinds):
            raise ValueError("two files of the same kind; only files of orders or of contacts may be several")
        if len(set(self.files)) < len(self.files):
            raise ValueError("the same file is chosen twice")
        read = [reading.kind for reading in self.readings]
        if len(set(read)) < len(read):
            raise ValueError("two ways to read the same kind of file; keep one of each kind")
        if not self.sample and not self.files:
            raise ValueError("neither a sample business nor a file of your own is chosen")
        seen: set[tuple[FileKind, str]] = set()
        for choice in self.roles:
            if (choice.kind, choice.column) in seen:
                raise ValueError(f"column {choice.column} is mapped twice; give it one role")
            seen.add((choice.kind, choice.column))
        for role in ONCE:
            for kind in FileKind:
                columns = [c.column for c in self.roles if c.role is role and c.kind is kind]
                if len(columns) > 1:
                    raise ValueError(f"{' and '.join(columns)} are both mapped to “{role.label}”; keep one of them")
        return self
