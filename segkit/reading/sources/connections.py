"""Connections to servers of databases that can only read; what a driver says while one opens or breaks is put into words."""

import importlib.util
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from segkit.reading.sources.refusals import refused
from segkit.words.addresses import Address
from segkit.words.errors import DataError

if TYPE_CHECKING:
    import sqlalchemy as sa

SECONDS = 10
"""How long to wait for a server, and for a table that another program has locked."""

SILENCE = 120
"""Seconds without a sign of the server after which the connection counts as lost."""

_DRIVERS = {"PostgreSQL": "postgresql+psycopg", "MySQL": "mysql+pymysql", "MariaDB": "mariadb+pymysql"}
_POSTGRES = ("psycopg", "psycopg[binary]>=3.2")
_MYSQL = ("pymysql", "pymysql>=1.2")  # encrypts where the server can: without that MySQL 8 asks for one more package
_EXTRA = {"cryptography": "pymysql[rsa]>=1.2", "pynacl": "pymysql[ed25519]>=1.2"}


@contextmanager
def connected(address: Address, password: str) -> Iterator["sa.Connection"]:
    """Lend a connection that can only read; what the server refuses is said in words.

    Raises
    ------
    DataError
        If the server refuses, the address names no database or a setting that there is not, or packages are missing.
    """
    postgres = address.kind == "PostgreSQL"
    module, package = _POSTGRES if postgres else _MYSQL
    if not all(importlib.util.find_spec(name) for name in ("sqlalchemy", module)):
        raise _missing(address.kind, package)
    if not (postgres or address.database):
        raise DataError(
            f"The address {address.text} names no database.",
            "Write the name of yours at its end, as in mysql://name@server/database.",
        )
    import sqlalchemy as sa

    reading = False
    try:
        engine = _engine(address, password, postgres, SILENCE)
        if not postgres:  # whose driver would wait as long for the first word as for many rows
            with _engine(address, password, postgres, SECONDS).connect():
                pass
        with engine.connect() as connection:
            if postgres:
                connection = connection.execution_options(postgresql_readonly=True)
                wishes = ("datestyle = 'ISO'", f"lock_timeout = '{SECONDS}s'")
            else:
                wishes = ("session transaction read only", f"lock_wait_timeout = {SECONDS}")
            for wish in wishes:
                connection.execute(sa.text(f"set {wish}"))
            connection.commit()
            reading = True
            yield connection
    except (sa.exc.SQLAlchemyError, UnicodeDecodeError) as error:
        raise refused(address, error, reading=reading) from None  # what the driver says may name what was typed
    except (AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError) as error:
        if reading:
            raise
        raise _stumbled(address, error) from None


def _engine(address: Address, password: str, postgres: bool, silence: int) -> "sa.Engine":
    import sqlalchemy as sa

    patience: dict[str, Any] = {"connect_timeout": SECONDS}
    if postgres:
        patience |= {"keepalives_idle": silence // 4, "keepalives_interval": silence // 8, "keepalives_count": 6}
        patience |= {"client_encoding": "utf8", **({"password": password} if password else {})}
    else:  # this driver does not look for a password by itself, and would write it in Latin-1
        patience |= {"read_timeout": silence, "password": (password or os.environ.get("MYSQL_PWD", "")).encode()}
    place = (address.host or None, address.port, address.database or None)
    url = sa.URL.create(_DRIVERS[address.kind], address.user or None, None, *place, dict(address.query))
    engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True, connect_args=patience)
    if not postgres and engine.dialect.supports_server_side_cursors:  # asked first, because the answer sets the driver's own
        engine.dialect._sscursor = _stream_that_may_break()  # type: ignore[attr-defined]
    return engine


def _stream_that_may_break() -> type:
    """Return the driver's cursor for many rows, but one that does not ask a closed connection for the rest of them."""
    from pymysql.cursors import SSCursor

    class Stream(SSCursor):  # type: ignore[misc]
        def close(self) -> None:
            if self._result is not None and self.connection is not None and not self.connection.open:
                self._result.unbuffered_active = False
            super().close()

        __del__ = close

    return Stream


def _missing(kind: str, package: str) -> DataError:
    """Say in one line how to install what a kind of server needs, where it is missing."""
    what = " ".join(f'"{one}"' for one in ("sqlalchemy>=2.0", package))
    line = f"%pip install {what}" if importlib.util.find_spec("pip") else f'!uv pip install --python "{sys.executable}" {what}'
    return DataError(
        f"Databases on {kind} servers are read by packages that are not installed here.",
        f"Run this line in a cell of its own, then restart the kernel: {line}",
    )


def _stumbled(address: Address, error: Exception) -> DataError:
    """Return what to tell a person at whose address, or for want of whose packages, a driver stumbled."""
    wanted = re.search(rf"'({'|'.join(_EXTRA)})' package is required", str(error))
    if wanted:
        return _missing(address.kind, _EXTRA[wanted[1]])
    return refused(address, TypeError("invalid connection option") if address.query else error)
