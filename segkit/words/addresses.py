"""What files are called and how large they are, and addresses of databases on servers, never with a password in them."""

import re
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import parse_qsl, unquote

from segkit.words.numbers import count, number

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9]+)(?:\+[A-Za-z0-9_]+)?://", re.ASCII)
_SECRET = re.compile(r"[?&][^=&]*(?:passwd|password|passphrase|pwd|secret|token)[^=&]*=[^&]*", re.IGNORECASE)
_SERVER = re.compile(
    r"(?P<host>\[[^\]]*\]|[^:/?]*)(?::(?P<port>\d{1,5}))?(?:/(?P<database>[^?]*))?(?:\?(?P<query>.*))?", re.DOTALL
)
SERVED = "SEGKIT_SERVED"
"""Environment variable with the folder that JupyterLab serves, set by our own start: what lies in it can be linked to."""

KINDS = {"postgresql": "PostgreSQL", "postgres": "PostgreSQL", "mysql": "MySQL", "mariadb": "MariaDB"}
"""What an address begins with, and the kind of server."""


@dataclass(frozen=True)
class Address:
    """Where a database is, and as whom one reads it."""

    text: str
    kind: str
    user: str
    host: str
    port: int | None
    database: str
    query: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """What people call it: "shop on db.example.com"."""
        return f"{self.database or self.user or 'database'} on {self.host or 'this computer'}"


def is_address(text: str) -> bool:
    """Tell whether a text is an address rather than a path; a drive's letter makes none."""
    return bool(_SCHEME.match(text))


def parted(text: str) -> tuple[str, str]:
    """Return an address without its password, and the password; a path comes back as it is.

    All that stands between the first colon behind ``://`` and the last ``@`` counts as the password: one that holds the
    signs of an address itself leaves nothing of it behind.

    Examples
    --------
    >>> parted("postgresql://anna:p@ss/word@db.example.com/shop")
    ('postgresql://anna@db.example.com/shop', 'p@ss/word')
    >>> parted("postgresql://anna@db.example.com:5433/shop")
    ('postgresql://anna@db.example.com:5433/shop', '')
    """
    begin = _SCHEME.match(text)
    if not begin:
        return text, ""
    user, at, server = text[begin.end() :].rpartition("@")
    name, _, password = user.partition(":")
    secrets = _SECRET.findall(server)
    server = _SECRET.sub("", server)
    if secrets and "?" not in server:
        server = server.replace("&", "?", 1)
    password = unquote(password or next((s.partition("=")[2] for s in secrets), ""))
    return f"{begin[0]}{name}{at}{server}", password


def parse(text: str) -> Address | None:
    """Return the parts of an address that ``parted`` took the password from; None where it is of no kind that can be read."""
    begin = _SCHEME.match(text)
    kind = KINDS.get(begin[1].lower()) if begin else None
    if not begin or not kind:
        return None
    user, _, server = text[begin.end() :].rpartition("@")
    found = _SERVER.fullmatch(server)
    if not found or not 0 < int(found["port"] or 1) < 65_536:
        return None
    return Address(
        text,
        kind,
        unquote(user),
        found["host"].strip("[]"),
        int(found["port"]) if found["port"] else None,
        unquote(found["database"] or ""),
        tuple(parse_qsl(found["query"] or "")),
    )


def called(chosen: str) -> str:
    """Return what people call a file or database: the file's name, or "shop on db.example.com"."""
    if not is_address(chosen):
        return PurePath(chosen).name
    address = parse(parted(chosen)[0])
    return address.name if address else parted(chosen)[0]


def file_size(size: int) -> str:
    """Write the size of a file as its owner knows it, in decimal megabytes.

    >>> file_size(184_300_000), file_size(2_400_000), file_size(800)
    ('184 MB', '2.4 MB', '1 kB')
    """
    if size < 1e6:
        return f"{count(max(1, round(size / 1e3)))} kB"
    return f"{number(size / 1e6, 1 if size < 1e7 else 0)} MB"
