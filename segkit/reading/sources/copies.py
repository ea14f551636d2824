"""The tables of servers that a workspace works with: each copied once, and copied again only when a person asks for it."""

from collections.abc import Iterable
from pathlib import Path

from segkit.decisions.model import fingerprint
from segkit.words.addresses import Address, called, is_address, parse, parted
from segkit.words.errors import DataError

_PASSWORDS: dict[str, str] = {}
"""Passwords by address: in memory only, gone when the kernel stops."""


def keep_password(typed: str, password: str = "") -> str:
    """Take the password out of an address, keep it in memory, and return the address without it; a path comes back as it is."""
    text, within = parted(typed.strip())
    if is_address(text) and (password or within):
        _PASSWORDS[text] = password or within
    return text


class Copies:
    """Copies of tables of servers, in a folder of the workspace.

    Parameters
    ----------
    folder : Path
        Where they lie: each in a folder of its own, under the name that people call the database.

    Attributes
    ----------
    made : int
        How many copies this object made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = 0
        self._refused: dict[tuple[str, str], DataError] = {}

    def connect(self, typed: str, password: str = "") -> tuple[str, ...]:
        """Ask a server for the names of its tables, and keep the password in memory.

        Raises
        ------
        DataError
            If this is no address of a known kind, or the server refuses.
        """
        text = keep_password(typed, password)
        self._refused.clear()
        from segkit.reading.sources.servers import server_tables

        return server_tables(_known(text), _PASSWORDS.get(text, ""))

    def of(self, text: str, table: str = "", *, again: bool = False) -> Path:
        """Return the copy of a table, made now where there is none or where it is wanted again.

        A server that refused is not asked a second time by the next view: only when somebody changes or repeats the choice.

        Parameters
        ----------
        text : str
            The address.
        table : str
            Name of the table; empty lets the tables tell.
        again : bool
            Whether to replace the copy that there is; it stays where the server refuses.

        Raises
        ------
        DataError
            If the server refuses.
        """
        address, key = _known(text), (text, table)
        target = self._place(text, table)
        if again:
            self._refused.pop(key, None)
        elif target.exists():
            return target
        if key in self._refused:
            raise self._refused[key]
        try:
            from segkit.reading.sources.servers import copy_table

            copy_table(address, table, _PASSWORDS.get(text, ""), target)
            self.made += 1
        except DataError as error:
            self._refused[key] = error
            raise
        return target

    def tidy(self, used: Iterable[tuple[str, str]]) -> None:
        """Delete the copies of all but some tables: customers' data stay no longer than they are used."""
        keep = {self._place(*one).parent for one in used}
        for folder in self.folder.glob("*"):
            if folder not in keep and folder.is_dir():
                for file in folder.iterdir():
                    file.unlink()
                folder.rmdir()

    def _place(self, text: str, table: str) -> Path:
        name = "".join(sign if sign.isalnum() or sign in " -_." else "_" for sign in called(text))
        return self.folder / fingerprint(text, table) / name[:100]


def _known(text: str) -> Address:
    address = parse(text)
    if address is None:
        if text.lower().startswith(("http:", "https:", "ftp:")):
            raise DataError(f"{text} is a page on the web, not a database.", "Download the file, then choose it.")
        raise DataError(
            f"{text} is not the address of a database that can be read.",
            "Write it as postgresql://name@server/database (or mysql://, mariadb://), or export the table as CSV.",
        )
    return address
