"""Files that were written for a person: each linked, where the page can reach it, and where it lies in words."""

import json
import os
from collections.abc import Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from segkit.html.notes import note
from segkit.html.piece import Html, words
from segkit.words.addresses import SERVED
from segkit.words.numbers import count
from segkit.workbook.session import Session

_MOST = 10
_PAGES = (".html",)


def written(session: Session, said: str, files: Sequence[tuple[Path, str]]) -> Html:
    """Say that files were written: what each holds, a link to it, and the folder in which they lie.

    Parameters
    ----------
    session : Session
        In whose workspace.
    said : str
        What was written, in a sentence.
    files : sequence of (Path, str)
        Each file, and what it holds in a few words.
    """
    folder = Path(os.path.commonpath([path.parent for path, _ in files]))
    lines = [_line(path, path.relative_to(folder).as_posix(), holds) for path, holds in files[:_MOST]]
    if len(files) > _MOST:
        lines.append(f"<li>… and {count(len(files) - _MOST)} more in the same folder</li>")
    names = "; ".join(f"{path.name}: {holds}" for path, holds in files[:_MOST])
    where = f"In your workspace: folder {folder.relative_to(session.workspace.folder).as_posix()} (on this computer {folder})."
    shown = panel_link(folder, "Show it in the panel on the left")
    body = f'<ul class="seg-files">{"".join(lines)}</ul><p>{words(where)}{f" {shown}." if shown else ""}</p>'
    return note("answer", said, Html(body, f"{names}\n{where}"))


def _line(path: Path, said: str, holds: str) -> str:
    name = words(said)
    if href := _address(path):
        how = 'target="_blank"' if path.suffix in _PAGES else f'download="{escape(path.name)}"'
        name = f'<a href="{href}" {how}>{name}</a>'
    return f"<li>{name}: {words(holds)}</li>"


def panel_link(folder: Path, said: str) -> str:
    """Return a link that shows a folder in JupyterLab's panel on the left (its command linker acts on it), or an empty text."""
    if not _address(folder):
        return ""
    args = json.dumps({"path": folder.resolve().relative_to(Path(os.environ[SERVED]).resolve()).as_posix()})
    command = f'data-commandlinker-command="filebrowser:open-path" data-commandlinker-args="{escape(args)}"'
    return f'<a href="#" {command}>{words(said)}</a>'


def _address(path: Path) -> str:
    """Return where the page finds a file, or an empty text where it cannot be known."""
    served = os.environ.get(SERVED, "")
    root = Path(served).resolve()
    if not served or not path.resolve().is_relative_to(root):
        return ""
    return f"/files/{quote(path.resolve().relative_to(root).as_posix())}"
