"""The command line: reads what was typed, calls the part that does it, and says every fault in a sentence."""

import argparse
import errno
import gc
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from segkit import __version__
from segkit.command.typed import FILES, add_choices, add_files, choices_of, files_of, folder, place
from segkit.words.commands import command as typed
from segkit.words.errors import SegkitError, SetupError
from segkit.words.numbers import listed
from segkit.words.visible import visible

if TYPE_CHECKING:
    from segkit.command.doctor import Check

FIRST = "notebooks/01_goals.ipynb"
OBJECTS_AT_A_TIME = 50_000
"""New objects after which Python looks for cycles to throw away: imports make many that stay, and a tenth of a command went
into looking."""
QUICK = ("-m", "not slow and not browser")
QUICK_FOLDERS = ("architecture", "core", "html", "words", "writing")
"""What the quick lane of the tests runs: all that needs no file, no picture, no kernel and no server."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 if all went well, 1 for a fault, 2 for a command that cannot be understood."""
    gc.set_threshold(OBJECTS_AT_A_TIME)
    for stream in (sys.stdout, sys.stderr):  # a console that lacks a letter shows a question mark instead of failing
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    parser = build_parser()
    options, further = parser.parse_known_args(arguments)
    if options.act is None:
        parser.print_help()
        return 2
    if options.act is test:
        options.further = further
    elif further:
        parser.error(f"what is meant by {' '.join(further)}? See: segkit {options.name} --help")
    try:
        code: int = options.act(options)
        return code
    except SegkitError as fault:
        return _complain(fault.what, fault.remedy)
    except OSError as error:
        return _complain(*in_words(error))
    except Exception as fault:
        if os.environ.get("SEGKIT_STRICT"):
            raise
        return _complain(*_unforeseen(fault, getattr(options, "workspace", None)))
    except KeyboardInterrupt:
        tell("\nStopped. Nothing that you chose is lost.", file=sys.stderr)
        return 130


# The commands, in the order in which they are listed.


def start(options: argparse.Namespace) -> int:
    """Check the machine, put the notebooks into the workspace, and open the first one in JupyterLab."""
    from segkit.command.child import leashed
    from segkit.command.doctor import checks
    from segkit.command.lab import address, free_port, new_token, open_lab
    from segkit.workbook.notebooks import lay_out
    from segkit.workbook.workspace import begin

    leashed()
    failed = [check for check in checks(options.workspace, port=options.port) if not check.ok]
    if failed:
        _show(failed)
        return 1
    folder = lay_out(options.workspace, lambda text: tell(text + "\n")).resolve()
    begin(folder)
    port, token = free_port(options.port), new_token()
    opening = (
        "The workbook opens in your browser. If it does not, copy this address into it:"
        if options.browser
        else "Open this address in your browser:"
    )
    tell(f"{opening}\n\n    {address(FIRST, port, token)}\n")
    tell(
        "Leave this window open while you work. To stop, press Ctrl-C here; your choices are saved as you make them.",
    )
    code = open_lab(folder, FIRST, port=port, browser=options.browser, token=token)
    if code not in (0, 130, 137, 143):
        again = typed("doctor", folder)
        raise SetupError(f"JupyterLab ended with code {code}.", f"Type: {again}; it looks for the reason.")
    tell("\nStopped. Nothing that you chose is lost.")
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Check this machine and say what to do where something is missing."""
    from segkit.command.doctor import checks

    found = checks(options.workspace)
    _show(found)
    return 0 if all(check.ok for check in found) else 1


def check(options: argparse.Namespace) -> int:
    """Read files and say what was found in them; nothing is written."""
    from segkit.reading.own_process import get_ready

    get_ready()
    from segkit.command.check import checked, in_words

    if not (files := files_of(options)):
        raise SetupError("No file is named.", f"Name one with {listed([f'--{name}' for name in FILES], 'or')}.")
    found = checked(files, **choices_of(options))
    if options.json:
        tell(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        tell("\n".join(in_words(found)))
    return 2 if "refused" in found else 0


def run(options: argparse.Namespace) -> int:
    """Work through the six notebooks without anyone clicking, and write report and lists."""
    from segkit.command.runner import run_workbook

    report_file = run_workbook(
        options.workspace,
        files_of(options),
        sample=options.sample,
        choices=choices_of(options),
        later=options.later,
        progress=_progress,
    )
    tell(f"Report: {report_file}")
    return 0


def report(options: argparse.Namespace) -> int:
    """Write the report again from what is saved in the workspace."""
    from segkit.command.runner import write_report

    tell(f"Report: {write_report(options.workspace, _progress)}")
    return 0


def forget(options: argparse.Namespace) -> int:
    """Remove a business wholly, after a question; or only how its choices came about."""
    from segkit.command.forget import forget as forget_all
    from segkit.command.forget import found
    from segkit.workbook.workspace import located

    folder = located(options.workspace)
    held = found(folder)
    if options.history:
        from segkit.workbook.session import Session

        Session(folder).forget_past()
        tell(f"Forgotten in {folder}: what was taken back or written over. What you chose last still holds.")
        return 0
    tell("\n".join([f"This removes from {folder}, and cannot be undone:", *(f"  {one.words}" for one in held)]))
    if not options.yes and not _agreed():
        tell("Nothing was removed.")
        return 1
    tell("\n".join(forget_all(folder)))
    return 0


def reset(options: argparse.Namespace) -> int:
    """Put a fresh copy of one notebook into the workspace; the choices made in it stay."""
    from segkit.workbook.notebooks import reset_notebook

    tell(f"Fresh again: {reset_notebook(options.workspace, options.notebook)}")
    return 0


def test(options: argparse.Namespace) -> int:
    """Run all tests of the source: style, types, layers, code, examples and notebooks."""
    from segkit.command.child import run_through
    from segkit.command.requirements import checkout

    root = checkout()
    if root is None:
        raise SetupError("The tests are not part of the installed package.", "Run them in a copy of the source.")
    if options.quick:
        how = ["--numprocesses=auto", "--dist=worksteal", *QUICK, *(f"tests/{name}" for name in QUICK_FOLDERS)]
    else:
        # one worker more than there are cores: many tests wait for a kernel or a server; the slowest files come first
        how = [f"--numprocesses={(os.cpu_count() or 1) + 1}", "--dist=loadfile", "--no-loadscope-reorder"]
    command = [sys.executable, "-m", "pytest", *how]
    return run_through([*command, *options.further], folder=root)


# What they are called with.


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="segkit",
        description="A guided workbook for customer segmentation.",
        epilog="Example: segkit start --workspace my_business",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"segkit {__version__}")
    parser.set_defaults(act=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(
        name: str, act: Callable[[argparse.Namespace], int], example: str, *, workspace: bool = True
    ) -> argparse.ArgumentParser:
        text = (act.__doc__ or "").strip()
        added = commands.add_parser(name, help=text, description=text, epilog=f"Example: segkit {example}", allow_abbrev=False)
        added.set_defaults(act=act, name=name)
        if workspace:
            added.add_argument(
                "--workspace",
                type=folder,
                default=Path("workspace"),
                metavar="DIR",
                help="folder of your business (default: workspace)",
            )
        return added

    starting = command("start", start, "start --workspace my_business")
    starting.add_argument("--port", type=int, help="port for JupyterLab (default: the first free one)")
    starting.add_argument("--no-browser", dest="browser", action="store_false", help="only print the address")
    command("doctor", doctor, "doctor")
    checking = command("check", check, "check --orders my_orders.csv", workspace=False)
    add_files(checking)
    checking.add_argument("--json", action="store_true", help="give the result as JSON, for other programs")
    add_choices(checking)
    running = command("run", run, "run --orders my_orders.csv --workspace my_business")
    add_files(running)
    running.add_argument("--later", type=place, metavar="FILE", help="orders of a later period, for the review")
    running.add_argument("--sample", metavar="NAME", help="a sample business instead: coffee_roaster or packaging_wholesaler")
    add_choices(running)
    command("report", report, "report --workspace my_business")
    forgetting = command("forget", forget, "forget --workspace my_business")
    forgetting.add_argument("--yes", action="store_true", help="remove it without a question")
    forgetting.add_argument("--history", action="store_true", help="keep everything, but forget how the choices came about")
    resetting = command("reset", reset, "reset 01_goals --workspace my_business")
    resetting.add_argument("notebook", metavar="NOTEBOOK", help="its name, such as 01_goals")
    testing = command("test", test, "test -k cli", workspace=False)
    testing.add_argument("--quick", action="store_true", help="types, style, layers and unit tests only: under a minute")
    return parser


# What people read.


def tell(text: str, *, file: TextIO | None = None) -> None:
    """Say something in the terminal; what a file or a person wrote in it gives the terminal no commands."""
    print(visible(text), file=file, flush=True)


def _agreed() -> bool:
    try:
        return input("Type yes to go on: ").strip().lower() in ("yes", "y")
    except EOFError:  # nobody is there to ask
        tell("Add --yes where nobody can answer.")
        return False


def _show(found: Sequence["Check"]) -> None:
    for check in found:
        tell(f"{'ok  ' if check.ok else 'FAIL'}  {check.name:<13} {check.found}")
        if not check.ok:
            tell(f"      {'':<13} {check.remedy}")


def _progress(text: str) -> None:
    tell(text)


def _complain(what: str, remedy: str) -> int:
    tell(f"{what}\n{remedy}".strip(), file=sys.stderr)
    return 1


def _unforeseen(fault: Exception, workspace: Path | None) -> tuple[str, str]:
    """Say that something went wrong that nobody foresaw, and where the detail is."""
    from segkit.workbook.faults import kept

    if workspace is not None and workspace.is_dir():
        return kept(workspace, fault), ""
    what = f"Something went wrong in the workbook itself ({type(fault).__name__})."
    return what, "To see where, set SEGKIT_STRICT=1 in the environment and type the same line again."


def in_words(error: OSError) -> tuple[str, str]:
    """Say what the system refused, and what helps."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full{where}.", "Free some space and type the same line again; what was saved before is untouched."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"The system does not allow this{where}.",
            "Close other programs that use the file, or choose a folder of your own: --workspace FOLDER",
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return f"There is no such file or folder{where}.", "Check the name; with spaces in it, put it in quotation marks."
    return f"The system reports: {error.strerror or error}{where}.", "Put this right and type the same line again."
