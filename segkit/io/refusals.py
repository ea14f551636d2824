"""What a server answers when it refuses, in words with a remedy; its own words only where they are not known."""

import re

from segkit.addresses import Address
from segkit.errors import DataError

_AGAIN = "Ask whoever runs the database, or export the table as CSV and choose that file."
_NO_PASSWORD = r"no password supplied|using password: NO"

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
        "Check its name, which stands at the end of the address.",
    ),
    (
        r"no pg_hba\.conf entry|host .* is not allowed to connect",
        "The server at {place} admits nobody from this computer as “{user}” to “{database}”.",
        "Ask whoever runs it to let you in to read.",
    ),
    (
        r"too many clients|too many connections|remaining connection slots",
        "{name} has too many visitors at the moment.",
        "Try again in a few minutes.",
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
        r"statement timeout|canceling statement|max_statement_time|maximum statement execution time",
        "{name} stopped reading the table, because it took too long.",
        "Ask for a view with fewer columns or a shorter time, or export the table as CSV.",
    ),
    (
        r"codec can't decode|invalid byte sequence|has no equivalent in encoding",
        "{name} holds letters in an encoding that it does not tell.",
        "Export the table as CSV and choose that file.",
    ),
)
_LOST = r"closed the connection|connection .*lost|terminating connection|lost connection|connection reset|broken pipe|gone away"


def refused(address: Address, error: Exception) -> DataError:
    """Return what to tell a person whom a server refused.

    Parameters
    ----------
    address : Address
        Whom one asked.
    error : Exception
        What the driver says.
    """
    said = " ".join(str(getattr(error, "orig", None) or error).split())
    place = f"{address.host or 'this computer'}{f', port {address.port}' if address.port else ''}"
    keeper = "~/.pgpass or PGPASSWORD" if address.kind == "PostgreSQL" else "MYSQL_PWD"
    words = {
        "name": address.name, "host": address.host, "place": place, "user": address.user or "nobody",
        "database": address.database, "keeper": keeper,
    }  # fmt: skip
    if getattr(error, "connection_invalidated", False) or re.search(_LOST, said, re.IGNORECASE):
        return DataError(
            f"The connection to {address.name} broke off before all rows had come.",
            "Nothing of them is used. Check the connection, then choose the table again.",
        )
    for signs, what, remedy in _KNOWN:
        if re.search(signs, said, re.IGNORECASE):
            return DataError(what.format(**words), remedy.format(**words))
    return DataError(f"{address.name} cannot be read; it says: “{said[:200]}”.", _AGAIN)
