"""The notebooks of a workspace: laid in once, renewed when the workbook has newer ones, made fresh when a person broke one."""

import json
from collections.abc import Callable
from pathlib import Path

from segkit.words.errors import WorkbookError
from segkit.words.numbers import listed
from segkit.workbook.workspace import Workspace, cannot
from segkit.writing.atomic import write_whole

EARLIER = "earlier"
"""Folder beside a workspace's notebooks that keeps those of an earlier edition."""


def shipped(name: str) -> Path:
    """Return the folder ``notebooks`` or ``data`` that comes with the workbook: in a wheel, or beside the source."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_share" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise WorkbookError(f"The workbook's own folder “{name}” is missing.", "Install the workbook again.")


def notebook_names() -> tuple[str, ...]:
    """Return the names of the six notebooks in order."""
    return tuple(sorted(path.name for path in shipped("notebooks").glob("0[1-6]_*.ipynb")))


def lay_out(folder: Path, say: Callable[[str], None] = lambda _: None) -> Path:
    """Lay copies of the notebooks into a workspace, and return the workspace.

    A copy that is there stays as it is, with what a person changed in it, as long as it is of the edition that comes with this
    version. One of another edition calls functions that may have moved: it is kept in the folder `EARLIER`, and a new one
    takes its place.

    Parameters
    ----------
    folder : Path
        The workspace.
    say : callable, optional
        Told in a sentence which notebooks were renewed.
    """
    workspace = Workspace(folder)
    target = workspace.folder / "notebooks"
    renewed = []
    try:
        target.mkdir(exist_ok=True)
        for name in notebook_names():
            ours, theirs = shipped("notebooks") / name, target / name
            if theirs.exists() and edition(theirs) not in (None, edition(ours)):
                _copy_aside(theirs, target / EARLIER)
                write_whole(theirs, ours.read_bytes())
                renewed.append(name)
            elif not theirs.exists():
                write_whole(theirs, ours.read_bytes())
    except OSError as error:
        raise cannot("The notebooks cannot be copied into the workspace", workspace.folder, error) from error
    if renewed:
        say(
            f"This workspace was made with another version of the workbook: {listed(renewed)} were renewed. The earlier "
            f"copies are kept in {target / EARLIER}; none of your choices was touched."
        )
    return workspace.folder


def edition(path: Path) -> str | None:
    """Return what tells editions of a notebook apart: empty for those made before editions, None for what is no notebook."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        return str(held.get("segkit", {}).get("edition", ""))
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def _copy_aside(path: Path, folder: Path, mark: str = "") -> None:
    """Keep a file under a name that is free; its own place is taken only once the copy is whole."""
    number = 1
    while (aside := folder / f"{path.stem}{mark}-{number}{path.suffix}").exists():
        number += 1
    write_whole(aside, path.read_bytes())


def reset_notebook(folder: Path, name: str) -> Path:
    """Put a fresh copy of one notebook into the workspace; the old one is kept, and no choice is touched.

    Parameters
    ----------
    folder : Path
        The workspace.
    name : str
        ``3``, ``criteria``, ``03_criteria`` or ``03_criteria.ipynb``.

    Raises
    ------
    WorkbookError
        If no notebook has that name.
    """
    wanted = Path(name).name.removesuffix(".ipynb").lower()
    matches = [n for n in notebook_names() if wanted in (n[:-6], n[3:-6], n[:2], n[1:2])]
    if not matches:
        known = ", ".join(n[:-6] for n in notebook_names())
        raise WorkbookError(f"There is no notebook called “{name}”.", f"Choose one of: {known}.")
    lay_out(folder)
    target = folder.resolve() / "notebooks" / matches[0]
    try:
        _copy_aside(target, target.parent, ".before-reset")
        return write_whole(target, (shipped("notebooks") / matches[0]).read_bytes())
    except OSError as error:
        raise cannot(f"Notebook {target.name} cannot be made fresh", target.parent, error) from error
