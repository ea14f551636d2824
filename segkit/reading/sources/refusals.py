"""What a server answers when it refuses, in words with a remedy; its own words only where they are not known."""

import getpass
import re
from contextlib import suppress

from segkit.words.addresses import Address
from segkit.words.errors import DataError

_AGAIN = "Ask whoever runs the database, or export the table as CSV and choose that file."
_NO_PASSWORD = r"no password supplied|using password: NO"

_LOST = r"closed the connection|connection .*lost|terminating connection|lost connection|connection reset|broken pipe|gone away"

_KNOWN = (
    (
        r"name or service not known|nodename nor servname|failed to resolve|could not translate host|getaddrinfo|no address",
        "There is no server called “{host}”, or this computer is not connected to its network.",
        "Check the address and the connection.",
    ),
    (
        r"connection refused|no such file or directory|can't connect to local|actively refused",
        "No database answers at {place}.",
        "Check the address and the number of the port, and whether the database is running.",
    ),
    (
        rf"packet sequence number wrong|invalid response to ssl|unsupported frontend protocol|{_LOST}",
        "What is at {place} does not answer as a {kind} database does.",
        "Check how the address begins and the number of the port: PostgreSQL usually has 5432, MySQL and MariaDB have 3306.",
    ),
    (
        r"timeout expired|connection timeout|timed out",
        "The server at {place} does not answer.",
        "Check the address; many servers answer only inside the firm's network or through its VPN.",
    ),
    (
        _NO_PASSWORD,
        "{name} asks for a password.",
        "Type it beside the address in notebook 2 (it is not saved), or keep it in {keeper}.",
    ),
    (
        r"password authentication failed|access denied for user .*using password: yes|role .* does not exist",
        "{name} refuses the name “{user}” or its password.",
        "Check both, and type the password again.",
    ),
    (
        r"database .* does not exist|unknown database|no database selected|access denied for user .* to database",
        "The server at {place} has no database “{database}” that “{user}” may open.",
        "Check its name, which is at the end of the address.",
    ),
    (
        r"no pg_hba\.conf entry|host .* is not allowed to connect",
        "The server at {place} lets nobody in from this computer as “{user}” to “{database}”.",
        "Ask whoever runs it to let you in to read.",
    ),
    (
        r"too many clients|too many connections|remaining connection slots",
        "{name} has too many visitors at the moment.",
        "Try again in a few minutes.",
    ),
    (
        r"invalid connection option|invalid \w+ value: |invalid integer value|certificate file .* does not exist",
        "The address of {name} ends in a setting that cannot be used here ({settings}).",
        "Leave out the “?” and what follows it, or ask whoever runs the database what belongs there.",
    ),
    (
        r"certificate verify failed|does not support ssl|ssl is required|insecure transport",
        "{name} and this computer do not agree on how to encrypt the connection.",
        "Ask whoever runs the database which settings belong at the end of its address.",
    ),
    (
        r"references invalid table",
        "This view in {name} is made from tables that are gone or that it may not read.",
        "Choose another table, or ask whoever runs the database to repair the view.",
    ),
    (
        r"permission denied|command denied to user",
        "“{user}” may not read this in {name}.",
        "Ask whoever runs the database for the right to read the table; reading is all that the workbook does.",
    ),
    (
        r"lock timeout|lock wait timeout",
        "A table in {name} is locked by another program.",
        "Try again when that program has finished.",
    ),
    (
        r"statement timeout|canceling statement|query execution was interrupted|maximum statement execution",
        "{name} stopped reading the table, because it took too long.",
        "Ask for a view with fewer columns or a shorter time, or export the table as CSV.",
    ),
    (
        r"codec can't decode|invalid byte sequence|has no equivalent in encoding",
        "{name} holds letters in a character encoding that it does not declare.",
        "Export the table as CSV and choose that file.",
    ),
)


def refused(address: Address, error: Exception, *, reading: bool = False) -> DataError:
    """Return what to tell a person whom a server refused.

    Parameters
    ----------
    address : Address
        Whom one asked.
    error : Exception
        What the driver says.
    reading : bool
        Whether the connection was open by then.
    """
    said = _words(error)
    place = f"{address.host or 'this computer'}{f', port {address.port}' if address.port else ''}"
    keeper = "~/.pgpass or PGPASSWORD" if address.kind == "PostgreSQL" else "MYSQL_PWD"
    words = {
        "name": address.name, "host": address.host, "place": place, "user": address.user or _own_name(),
        "database": address.database or address.user or _own_name(), "keeper": keeper, "kind": address.kind,
        "settings": ", ".join(name for name, _ in address.query),
    }  # fmt: skip
    if reading and (getattr(error, "connection_invalidated", False) or re.search(_LOST, said, re.IGNORECASE)):
        return DataError(
            f"The connection to {address.name} broke off before all rows had come.",
            "Nothing of them is used. Check the connection, then choose the table again.",
        )
    for signs, what, remedy in _KNOWN:
        if re.search(signs, said, re.IGNORECASE):
            return DataError(what.format(**words), remedy.format(**words))
    return DataError(f"{address.name} cannot be read; it says: “{said[:200]}”.", _AGAIN)


def _words(error: Exception) -> str:
    """Return what a driver says, without the number that one of them puts in front."""
    said = getattr(error, "orig", None) or error
    arguments: tuple[object, ...] = getattr(said, "args", ())
    return " ".join(str(arguments[1] if len(arguments) == 2 else said).split())


def _own_name() -> str:
    """Return the name of the person at this computer, which the drivers take where the address has none."""
    with suppress(ImportError, KeyError, OSError):  # each version of Python has its own way not to know
        return getpass.getuser()
    return "nobody"
