"""Set the workbook up where only Python is present, then go on with the command that was typed.

In a source checkout whose packages are missing this makes ``.venv`` beside ``pyproject.toml``, installs the pinned packages
there and starts the same command again with that Python. In an environment that has the packages (conda, an installed wheel,
an active virtual environment) it does nothing. Standard library only.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from segkit.command.child import run_through
from segkit.command.requirements import checkout, faults, requirements
from segkit.words.errors import SetupError

READY = "SEGKIT_READY"
"""Set in the environment of the second start, so that it never sets up again."""

_INTERRUPTED = "installing"


def main(arguments: Sequence[str]) -> int:
    """Run a command of the workbook, after setting up what it needs; return the exit code."""
    root = checkout()
    test = list(arguments[:1]) == ["test"]
    asks_for_help = not arguments or not {"-h", "--help", "--version"}.isdisjoint(arguments)
    if root is None or os.environ.get(READY) or asks_for_help or not faults(requirements(*["dev"] * test)):
        from segkit.command.cli import main as command_line

        return command_line(arguments)
    try:
        python = prepare(Environment(root), "requirements-dev.txt" if test else "requirements.txt")
    except SetupError as fault:
        print(f"\n{fault.what}\n{fault.remedy}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Type the same line again to go on.", file=sys.stderr)
        return 130
    return run_through([python, "-m", "segkit", *arguments], env={**os.environ, READY: "1"}, leash=arguments[0] == "start")


@dataclass(frozen=True)
class Environment:
    """The virtual environment of a source checkout, in its folder ``.venv``."""

    root: Path

    @property
    def home(self) -> Path:
        """Folder of the environment."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """Interpreter of the environment."""
        return self.home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def stamp(self) -> Path:
        """File that tells which pins are installed, or that an installation was interrupted."""
        return self.home / "segkit-pins.txt"

    @property
    def log(self) -> Path:
        """File that holds what the installers said."""
        return self.home / "segkit-setup.log"

    def digest(self, pins: str) -> str:
        """Return what the stamp holds when these pins are installed for this folder (a moved folder needs a new set-up)."""
        return hashlib.sha256((self.root / pins).read_bytes() + str(self.root).encode()).hexdigest()

    def state(self) -> str:
        """Return the text of the stamp, empty where there is none."""
        return self.stamp.read_text(encoding="ascii") if self.stamp.is_file() else ""

    def works(self) -> bool:
        """Whether its Python runs (it does not after the system's Python was removed or renewed)."""
        return (
            self.python.exists() and subprocess.run([self.python, "-c", ""], capture_output=True, check=False).returncode == 0
        )


def prepare(place: Environment, pins: str, say: Callable[[str], None] | None = None) -> Path:
    """Make the environment hold exactly these pins, and return its Python.

    Raises
    ------
    SetupError
        If it cannot be done; the text says why and what to do.
    """
    say = say or (lambda text: print(text, end="", flush=True))
    if place.digest(pins) in place.state() and place.works():
        return place.python
    start = time.monotonic()
    count = len(re.findall(r"^\S+==", (place.root / pins).read_text(encoding="utf-8"), re.MULTILINE))
    say("Setting up the workbook. This happens once and takes about a minute with a good connection.\n")
    try:
        say(f"1 of 3: a Python environment of its own in {place.home}\n")
        _make(place)
        place.stamp.write_text(_INTERRUPTED, encoding="ascii")
        say(f"2 of 3: about {round(count, -1)} packages ")
        _install(place, pins, say)
        done = {place.digest(pins), place.digest("requirements.txt")}  # the pins for tests contain those for running
        place.stamp.write_text("\n".join(sorted(done)), encoding="ascii")
    except OSError as error:
        raise in_words(str(error), place) from error
    say(f"\nReady after {time.monotonic() - start:.0f} seconds.\n\n")
    return place.python


def _make(place: Environment) -> None:
    """Make the environment, unless a sound one is there; one that was left half filled is made anew."""
    if place.works() and place.state() != _INTERRUPTED:
        return
    try:
        import venv
    except ImportError as error:
        raise in_words("No module named ensurepip", place) from error
    venv.EnvBuilder(clear=place.home.is_dir(), symlinks=os.name != "nt", with_pip=False).create(place.home)


def _install(place: Environment, pins: str, say: Callable[[str], None]) -> None:
    """Install the pins and the workbook: by uv where it is, by a uv fetched for it, or by pip."""
    failure = ""
    for installer in (_uv_on_path, _uv_by_pip, _plain_pip):
        try:
            command = installer(place, say)
            if command is None:
                continue
            _call([*command, "-r", str(place.root / pins)], place, say)
            break
        except _FailedError as error:
            failure = str(error)
            if trouble(failure).final:
                raise in_words(failure, place) from None
            say("\n        that did not work; trying another way ")
    else:
        raise in_words(failure, place)
    say("\n3 of 3: the workbook itself ")
    try:
        _call([*command, "--no-build-isolation", "--no-deps", "-e", str(place.root)], place, say)
    except _FailedError as error:
        raise in_words(str(error), place) from None


def _uv_on_path(place: Environment, say: Callable[[str], None]) -> list[str] | None:
    uv = shutil.which("uv")
    works = uv is not None and subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0
    return _by_uv(uv, place) if uv is not None and works else None


def _uv_by_pip(place: Environment, say: Callable[[str], None]) -> list[str]:
    _plain_pip(place, say)
    pinned = re.search(r"^uv==.*?(?=^\S|\Z)", (place.root / "requirements-dev.txt").read_text(encoding="utf-8"), re.M | re.S)
    assert pinned is not None, "requirements-dev.txt pins uv"
    only_uv = place.home / "segkit-uv.txt"
    only_uv.write_text(pinned[0], encoding="utf-8")
    _call([*_pip(place), "--no-deps", "-r", str(only_uv)], place, say)
    return _by_uv(str(place.python.with_name("uv.exe" if os.name == "nt" else "uv")), place)


def _plain_pip(place: Environment, say: Callable[[str], None]) -> list[str]:
    _call([str(place.python), "-m", "ensurepip", "--upgrade", "--default-pip"], place, say)
    return _pip(place)


def _by_uv(uv: str, place: Environment) -> list[str]:
    # Compiling now takes a few seconds; not doing so makes the first notebook wait three times as long for its imports.
    return [uv, "pip", "install", "--python", str(place.python), "--compile-bytecode"]


def _pip(place: Environment) -> list[str]:
    return [str(place.python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]


class _FailedError(Exception):
    """A command of the set-up failed; the text is what it said."""


def _call(command: Sequence[str], place: Environment, say: Callable[[str], None]) -> None:
    """Run one command of the set-up with a dot every two seconds; what it says goes to the log."""
    with place.log.open("a+b") as log:
        begin = log.seek(0, os.SEEK_END)
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT) as process:
            try:
                while process.poll() is None:
                    try:
                        process.wait(2)
                    except subprocess.TimeoutExpired:
                        say(".")
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            log.seek(begin)
            raise _FailedError(log.read().decode("utf-8", "replace"))


@dataclass(frozen=True)
class Trouble:
    """A reason why a set-up fails: how it shows in what the installers say, and what helps."""

    signs: str
    what: str
    remedy: str
    final: bool = True
    """Whether another installer would fail in the same way."""


TROUBLES = (
    Trouble(
        r"No space left|os error 28|Errno 28|Errno 122|os error 122|WinError 112|os error 112",
        "The disk is full.",
        "Free about 1 GB on this disk, then type the same line again.",
    ),
    Trouble(
        r"too long|WinError 206|os error 206|Errno 36\b",
        "The path of this folder is too long for the files inside.",
        "Move the folder to a short path such as C:\\workbook, then type the same line there.",
    ),
    Trouble(
        r"Permission denied|os error 13|Errno 13|Errno 1\b|Errno 30|os error 30|WinError 5\b|Access is denied|Read-only file",
        "The folder of the workbook cannot be written.",
        "Close other programs that use it, or move it to a folder of your own such as Documents; then type the same line.",
    ),
    Trouble(
        r"CERTIFICATE_VERIFY_FAILED|invalid peer certificate|UnknownIssuer",
        "The connection to the package index is not trusted: something on this network opens encrypted traffic.",
        "Ask whoever runs the network for its certificate and set SSL_CERT_FILE to that file, or use another network.",
        final=False,
    ),
    Trouble(
        r"(?i)dns error|name resolution|name or service not known|getaddrinfo|failed to establish a new connection"
        r"|network is unreachable|connection refused|connection reset|timed out|timeout|error sending request|proxyerror",
        "The package index on the internet cannot be reached.",
        "Check the connection (behind a company proxy, set HTTPS_PROXY), then type the same line again.",
    ),
    Trouble(
        r"(?i)hash mismatch|do not match the hashes",
        "A package that arrived is not the one that was pinned.",
        "Nothing of it was installed. Try another network; if it stays so, report it: someone may have tampered with it.",
    ),
    Trouble(
        r"No module named '?ensurepip",
        "A part of Python is missing here: it cannot make environments.",
        "Debian, Ubuntu: sudo apt install python3-venv. Elsewhere: install Python from python.org. Then type the line again.",
    ),
)


def trouble(said: str) -> Trouble:
    """Return the reason that what an installer said points to."""
    for known in TROUBLES:
        if re.search(known.signs, said):
            return known
    return Trouble("", "The packages could not be installed.", "Type the same line again.", final=False)


def in_words(said: str, place: Environment) -> SetupError:
    """Turn what an installer or the system said into a sentence with a remedy."""
    reason = trouble(said)
    where = f" What the installer said is in {place.log}" if place.log.is_file() else ""
    return SetupError(f"The workbook could not be set up. {reason.what}", f"{reason.remedy}{where}")
