"""Real servers for tests: a PostgreSQL and a MariaDB of their own in temporary folders, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import psycopg
import pymysql
import pytest

from segkit.words.errors import DataError

OWNER, READER, PASSWORD = "owner", "anna", "p@ss/w:rd%&#"


@dataclass(frozen=True)
class Server:
    """A running server: what it is, and where."""

    port: int

    kind: ClassVar[str]
    scheme: ClassVar[str]
    keeper: ClassVar[str]
    view: ClassVar[str]
    cutting: ClassVar[str]

    def address(self, database: str = "shop", user: str = READER, password: str = "", scheme: str = "") -> str:
        return f"{scheme or self.scheme}://{user}{':' * bool(password)}{password}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "shop") -> Any:
        """Connect as the owner, who may do everything."""
        raise NotImplementedError

    def do(self, *queries: str, database: str = "shop") -> list[Any]:
        """Run queries as the owner, and return the rows of the last."""
        found: list[Any] = []
        with closing(self.connect(database)) as connection, closing(connection.cursor()) as cursor:
            for query in queries:
                cursor.execute(query)
                found = list(cursor.fetchall()) if cursor.description else []
        return found

    def hang_up(self) -> None:
        """End what the reader is reading."""
        for (ending,) in self.do(self.cutting):
            self.do(ending)


class Postgres(Server):
    kind, scheme, keeper, view = "PostgreSQL", "postgresql", "~/.pgpass or PGPASSWORD", "web.orders"
    cutting = f"select 'select pg_terminate_backend(' || pid || ')' from pg_stat_activity where usename = '{READER}'"

    def connect(self, database: str = "shop") -> Any:
        place = {"host": "127.0.0.1", "port": self.port, "dbname": database}
        return psycopg.connect(user=OWNER, password=PASSWORD, autocommit=True, **place)


class MariaDB(Server):
    kind, scheme, keeper, view = "MariaDB", "mariadb", "MYSQL_PWD", "web_orders"
    cutting = f"select concat('kill ', id) from information_schema.processlist where user = '{READER}'"

    def connect(self, database: str = "shop") -> Any:
        place = {"host": "127.0.0.1", "port": self.port, "database": database}
        return pymysql.connect(user=OWNER, password=PASSWORD, autocommit=True, sql_mode="", **place)


def _absent(reason: str) -> None:
    if os.environ.get("SERVERS_TEST") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _somebody(folder: Path, *names: str) -> dict[str, Any]:
    """Return as whom a server runs, which refuses to run as root, and give that person the folder."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in (*names, "nobody") if name in known)
    for path in (folder, *folder.iterdir()):
        os.chown(path, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _call(program: Path, *arguments: str, folder: Path, who: dict[str, Any]) -> None:
    command = [str(program), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60, **who)
    assert done.returncode == 0, f"{program.name}: {done.stdout[-500:]} {done.stderr[-500:]}"


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Start a PostgreSQL for a while; Debian keeps its programs off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("pg_ctl")
    if not found and not on_path:
        _absent("PostgreSQL is not installed: apt-get install postgresql, or run .ci/run")
    programs = found[-1].parent if found else Path(str(on_path)).resolve().parent
    with tempfile.TemporaryDirectory(prefix="segkit-pg-") as name:
        folder, port = Path(name), _free_port()
        secret = folder / "secret"
        secret.write_text(PASSWORD)
        who = {"folder": folder, "who": _somebody(folder, "postgres")}
        login = ("-U", OWNER, f"--pwfile={secret}", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "-N")
        _call(programs / "initdb", "-D", str(folder / "data"), *login, **who)
        quick = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=12"
        start = ("-D", str(folder / "data"), "-o", quick, "-l", str(folder / "log"), "-w", "-t", "50")
        _call(programs / "pg_ctl", *start, "start", **who)
        try:
            server = Postgres(port)
            server.do(f"create role {READER} login password '{PASSWORD}'", "create database bare", database="postgres")
            server.do("create database shop", database="postgres")
            yield server
        finally:
            _call(programs / "pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "-w", "stop", **who)


@contextmanager
def mariadb() -> Iterator[MariaDB]:
    """Start a MariaDB for a while; Debian keeps it off the path of all but root."""
    places = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
    found = [shutil.which(program, path=places) for program in ("mariadb-install-db", "mariadbd")]
    if not all(found):
        _absent("MariaDB is not installed: apt-get install mariadb-server, or run .ci/run")
    install, run = (Path(str(program)) for program in found)
    with tempfile.TemporaryDirectory(prefix="segkit-maria-") as name:
        folder, port = Path(name), _free_port()
        first = folder / "first.sql"  # a query on each line
        login = (f"create user {who}@'%' identified by '{PASSWORD}';" for who in (OWNER, READER))
        rights = f"grant all on *.* to {OWNER}@'%' with grant option;"
        first.write_text(
            "\n".join(
                [*login, rights, "create database bare;", f"grant select on bare.* to {READER};", "create database shop;\n"]
            )
        )
        who = _somebody(folder, "mysql")
        data = ("--no-defaults", f"--datadir={folder / 'data'}")
        _call(install, *data, "--auth-root-authentication-method=normal", "--skip-test-db", folder=folder, who=who)
        near = (f"--port={port}", "--bind-address=127.0.0.1", f"--socket={folder / 's'}", "--skip-name-resolve")
        quick = (f"--init-file={first}", "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M")
        with (folder / "log").open("wb") as log:
            running = subprocess.Popen([str(run), *data, *near, *quick], cwd=folder, stdout=log, stderr=log, **who)
        try:
            server = MariaDB(port)
            _wait_for(server, running, folder / "log")
            yield server
        finally:
            running.kill()
            running.wait(20)


def _wait_for(server: MariaDB, running: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(250):
        assert running.poll() is None, f"mariadbd: {log.read_text(errors='replace')[-1000:]}"
        try:
            server.do("select 1")
            return
        except pymysql.Error:
            time.sleep(0.2)
    pytest.fail(f"mariadbd does not answer: {log.read_text(errors='replace')[-1000:]}")


def refusal(act, *arguments, **named) -> str:
    """Return what a server's refusal says, after a look that it does not say the password."""
    with pytest.raises(DataError) as caught:
        act(*arguments, **named)
    assert PASSWORD not in "".join(traceback.format_exception(caught.value)), "no log may show the password"
    return str(caught.value)
