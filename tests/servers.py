"""Real servers for tests: a PostgreSQL of its own in a temporary folder, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

OWNER, READER, PASSWORD = "owner", "anna", "p@ss/w:rd%&#"


@dataclass(frozen=True)
class Postgres:
    """A running server: whom it knows and where it is."""

    folder: Path
    port: int

    def address(self, database: str = "shop", user: str = READER, password: str = "") -> str:
        return f"postgresql://{user}{':' * bool(password)}{password}@127.0.0.1:{self.port}/{database}"

    def do(self, *queries: str, database: str = "shop") -> None:
        """Run queries as the owner, who may do everything."""
        who = {"user": OWNER, "password": PASSWORD, "dbname": database}
        with psycopg.connect(host="127.0.0.1", port=self.port, autocommit=True, **who) as connection:
            for query in queries:
                connection.execute(query)


def _absent(reason: str) -> None:
    if os.environ.get("POSTGRES_TEST") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


def _programs() -> Path | None:
    """Return the folder of the newest PostgreSQL server on this machine; Debian keeps it off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("pg_ctl")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Start a server for a while; as root, in the name of somebody else, because it refuses to run as root."""
    programs = _programs()
    if programs is None:
        _absent("PostgreSQL is not installed: apt-get install postgresql, or run .ci/run")
    assert programs is not None
    who = {}
    with tempfile.TemporaryDirectory(prefix="segkit-pg-") as name:
        folder = Path(name)
        secret = folder / "secret"
        secret.write_text(PASSWORD)
        if os.geteuid() == 0:
            try:
                entry = pwd.getpwnam("postgres")
            except KeyError:
                entry = pwd.getpwnam("nobody")
            who = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
            for path in (folder, secret):
                os.chown(path, entry.pw_uid, entry.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]

        def call(program: str, *arguments: str) -> None:
            command = [str(programs / program), *arguments]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60, **who)
            assert done.returncode == 0, f"{program}: {done.stdout[-500:]} {done.stderr[-500:]}"

        login = ("-U", OWNER, f"--pwfile={secret}", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "-N")
        call("initdb", "-D", str(folder / "data"), *login)
        quick = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=12"
        start = ("-D", str(folder / "data"), "-o", quick, "-l", str(folder / "log"), "-w", "-t", "50")
        call("pg_ctl", *start, "start")
        try:
            server = Postgres(folder, port)
            server.do("create database shop", f"create role {READER} login password '{PASSWORD}'", database="postgres")
            yield server
        finally:
            call("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "-w", "stop")
