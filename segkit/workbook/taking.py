"""A file of one's own put to use: taken for orders or customers; asked first where it resembles what is in use already."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from segkit.core.data.kinship import Kinship, Relation
from segkit.core.data.privacy import shown_file
from segkit.decisions.data import STACKED
from segkit.words.addresses import called
from segkit.words.errors import DataError, SegkitError
from segkit.words.numbers import count, date, listed
from segkit.words.terms import RECENCY_DAYS, FileKind, Step
from segkit.workbook.session import Session

if TYPE_CHECKING:
    from segkit.core.data.customers import CustomerData, Reading


class Way(StrEnum):
    """What can be done with files that resemble those in use."""

    ADD = "add"
    REPLACE = "replace"
    LEAVE = "leave"


WAYS: dict[Relation, tuple[Way, ...]] = {
    Relation.SAME: (Way.LEAVE, Way.REPLACE),
    Relation.NEWER: (Way.REPLACE, Way.ADD, Way.LEAVE),
    Relation.OLDER: (Way.LEAVE, Way.REPLACE),
    Relation.OVERLAP: (Way.ADD, Way.REPLACE, Way.LEAVE),
    Relation.LATER: (Way.ADD, Way.REPLACE, Way.LEAVE),
    Relation.EARLIER: (Way.ADD, Way.REPLACE, Way.LEAVE),
    Relation.BESIDE: (Way.ADD, Way.REPLACE, Way.LEAVE),
    Relation.OTHER: (Way.REPLACE, Way.LEAVE),
}
"""What is offered, the likeliest first. Files with other columns cannot be put under each other."""


@dataclass(frozen=True)
class Taken:
    """What became of the files: in a sentence, and how they were read, with their first rows."""

    said: str
    readings: "tuple[Reading, ...]" = ()


@dataclass(frozen=True)
class Asked:
    """A question before files are put to use, with the ways to go on; until it is answered, what was in use stays so."""

    names: tuple[str, ...]
    kind: FileKind
    text: str
    ways: tuple[Way, ...]
    alike: bool = False
    """Whether the columns are those of the files in use, so that what was said of these holds on."""


_SAID = ("roles", "readings", "rules_off", "rules_on", "day_first", "statuses", "currency", "rates", "rates_on", "confirmed")
"""What a person said of the columns of a file; the analysis date is not among it, for it moves with the orders."""


def take(session: Session, names: Sequence[str]) -> Taken | Asked:
    """Put files of the ``data`` folder to use, as orders where they can be read so, else as a list of customers.

    Raises
    ------
    SegkitError
        If they can be read as neither; where nothing of one's own was in use they are now, so that the reading can be mended.
    """
    used = _in_use(session)
    twins = {name: twin for name in names if name not in used and (twin := session.twin_in_use(name))}
    same = [f"{name} is the same file as {twin}, which is in use already." for name, twin in twins.items()]
    fresh = [name for name in names if name not in used and name not in twins]
    if not fresh:
        return Taken(" ".join(same or [f"{listed(list(names))} {'is' if len(names) == 1 else 'are'} in use already."]))
    return _begin(session, fresh) if not used else _beside(session, fresh)


def go_on(session: Session, asked: Asked, way: Way) -> Taken:
    """Do with files what a person chose."""
    if way is Way.LEAVE:
        still = listed([called(name) for name in _in_use(session)])
        return Taken(
            f"Left as it was: {still} in use, {listed(asked.names)} not. It is in the “data” folder of your workspace."
        )
    kept = [file for file in _kept(session) if way is Way.ADD or file["kind"] != asked.kind]
    said = {field: getattr(session.data_decision, field) for field in (*_SAID, "pseudonyms", "why")} if asked.alike else {}
    return _use(session, kept, asked.names, asked.kind, **said)


NOT_LATER = (Relation.SAME, Relation.OLDER, Relation.EARLIER)


def take_later(session: Session, names: Sequence[str]) -> Taken | Asked:
    """Hold later orders against the segments of now; asked first where nothing in them is later.

    Raises
    ------
    SegkitError
        If they hold no dated orders, or other columns than those in use: then they are not taken.
    """
    if len(names) > 1:
        raise DataError("The later period must be one file.", "Choose one file that holds all orders since.")
    (name,) = names
    there = session.files().get(FileKind.ORDERS, ())
    if not there:
        raise DataError(
            "Your segments rest on a list of customers, and later orders cannot be compared with one.",
            "Bring your orders in notebook 1 first.",
        )
    kin, used = _kinship(session, there, [name]), listed([path.name for path in there])
    if kin is None:
        raise DataError(f"{name} holds no orders with a customer and a date.", "Bring an export of your orders.")
    if kin.relation is Relation.OTHER:
        whose = f"the orders of the sample “{session.sample.title}”" if session.sample else used
        raise DataError(
            f"{name} has other columns than {whose}, from which the segments were formed.",
            "Bring your own orders in notebook 1 first." if session.sample else "Bring the same export, some months later.",
        )
    asked = Asked((name,), FileKind.ORDERS, f"{kin.sentence(name, used)} So it shows no later period.", (Way.LEAVE, Way.ADD))
    return asked if kin.relation in NOT_LATER else go_on_later(session, asked, Way.ADD)


def go_on_later(session: Session, asked: Asked, way: Way) -> Taken:
    """Do with a file for the later period what a person chose."""
    (name,) = asked.names
    if way is Way.LEAVE:
        return Taken(f"{name} is not taken. It is in the “data” folder of your workspace.")
    session.choose(Step.REVIEW, later_file=name)
    after = session.results.review.later()
    assert after is not None
    mine = after.readings[-1]
    until = f", up to {date(after.last_date)}" if after.last_date else ""
    return Taken(
        f"Now compared with your segments: {name}, {count(mine.rows, 'row')}{until}. Who moved is shown below.", (mine,)
    )


def _in_use(session: Session) -> list[str]:
    return [] if session.sample else [file.path for file in session.data_decision.files]


def _kept(session: Session) -> list[dict[str, Any]]:
    return [] if session.sample else [dict(file) for file in session.data_decision.files]


def _begin(session: Session, names: Sequence[str]) -> Taken:
    """Put the first files of one's own to use."""
    faults: list[SegkitError] = []
    for kind in (FileKind.ORDERS, FileKind.CUSTOMERS):
        if kind not in STACKED and len(names) > 1:
            continue
        try:
            taken = _use(session, [], names, kind)
        except SegkitError as error:
            faults.append(error)
            continue
        if kind is FileKind.CUSTOMERS or not _one_row_each(session.results.data.customer_data):
            return taken
    as_orders = [{"kind": FileKind.ORDERS, "path": name} for name in names]
    session.use_files(as_orders)
    if faults:
        raise faults[0]
    return _use(session, [], names, FileKind.ORDERS)


def _beside(session: Session, names: Sequence[str]) -> Taken | Asked:
    """Hold files against those in use: what adds something that is not there yet is added, of all else is asked."""
    kin = _kinship(session, session.files().get(FileKind.ORDERS, ()), names)
    kind = FileKind.ORDERS if kin or len(names) > 1 else FileKind.CUSTOMERS
    there = [file.path for file in session.data_decision.files if file.kind is kind]
    if not there:
        return _use(session, _kept(session), names, kind)
    brought, used = listed(list(names)), listed([called(path) for path in there])
    if kin is None:
        text = f"{brought} looks like a list of customers, and {used} is in use as one."
        return Asked(tuple(names), kind, text, (Way.REPLACE, Way.LEAVE))
    alike = kin.relation is not Relation.OTHER
    return Asked(tuple(names), kind, kin.sentence(brought, used), WAYS[kin.relation], alike)


def _kinship(session: Session, used: Sequence[Path], names: Sequence[str]) -> Kinship | None:
    from segkit.reading.kinship import kinship

    decision = session.data_decision
    brought = [session.own_path(name) for name in names]
    with session.reading():
        return kinship(used, brought, decision.roles, decision.day_first, decision.readings, session.say)


def _use(session: Session, kept: Sequence[dict[str, Any]], names: Sequence[str], kind: FileKind, **said: Any) -> Taken:
    """Put files to use beside some others."""
    return use(session, [*kept, *({"kind": kind, "path": name} for name in names)], names, **said)


def use(session: Session, files: Sequence[dict[str, Any]], names: Sequence[str] = (), **said: Any) -> Taken:
    """Work with these files from now on, and say as what they were read.

    Parameters
    ----------
    session : Session
        The workbook.
    files : sequence of dict
        ``kind`` and ``path`` of each file.
    names : sequence of str
        Those that are new, to speak of; by default all.
    **said
        What a person said of their columns before and is to hold on.

    Raises
    ------
    SegkitError
        If they cannot be read; they are in use all the same then, so that the reading can be mended.
    """
    session.use_files(files, **said)
    data = session.results.data.customer_data
    new = [file for file in files if not names or file["path"] in names]
    beside = listed([called(str(file["path"])) for file in files if file not in new])
    mine = tuple(one for one in data.readings if not names or one.file_name in map(shown_file, names)) or data.readings
    kinds = listed(list(dict.fromkeys(FileKind(file["kind"]).label.lower() for file in new)))
    return Taken(
        f"In use now: {listed([called(str(file['path'])) for file in new])}, read as {kinds}: "
        f"{count(sum(one.rows for one in mine), 'row')}, "
        f"{count(len(data.customers), 'customer')}{f' in all. Beside it: {beside}' if beside else ''}. Notebook 2 shows "
        "how each "
        "column was read, and lets you change it.",
        mine,
    )


def _one_row_each(data: "CustomerData") -> bool:
    """Tell whether nobody stands there twice and there are no dates: a list of customers."""
    return RECENCY_DAYS not in data.customers and sum(one.rows for one in data.readings) == len(data.customers)
