"""Make the notebooks from their sources: ``python notebooks/build.py``, or ``--check`` to fail where they differ.

Each notebook is run from first to last cell in a workspace of its own, on the sample business, and normalised: what changes
from run to run (times, widget models, random ids) is taken out, so that the same source gives the same file.
"""

import hashlib
import os
import re
import sys
import tempfile
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

from segkit.command.kernel import kernel_manager

HERE = Path(__file__).parent
WIDGET = "application/vnd.jupyter.widget-view+json"
PICTURE = re.compile(r"base64,[A-Za-z0-9+/=]+")


def build(source: Path) -> nbformat.NotebookNode:
    """Return the notebook of a source, run and normalised."""
    notebook = jupytext.read(source)
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"{source.stem[3:]}-{number:02d}"
    with tempfile.TemporaryDirectory() as workspace:
        os.environ |= {"SEGKIT_WORKSPACE": workspace, "SEGKIT_STRICT": "1"}
        NotebookClient(notebook, km=kernel_manager(Path(workspace)), timeout=600).execute(cleanup_kc=True)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        cell.metadata |= {"editable": False, "deletable": False}  # a key pressed in the wrong place deletes no question
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(WIDGET, None)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "segkit": {"edition": edition(notebook)},
    }
    nbformat.validate(notebook)
    return notebook


def edition(notebook: nbformat.NotebookNode) -> str:
    """Return what changes when a cell does: copies in workspaces are renewed by it."""
    sources = "\0".join(f"{cell.cell_type}\0{cell.source}" for cell in notebook.cells)
    return hashlib.sha256(sources.encode()).hexdigest()[:12]


def text(notebook: nbformat.NotebookNode) -> str:
    """Return the notebook as its file holds it."""
    return nbformat.writes(notebook, version=4) + "\n"


def main() -> int:
    """Build or check all notebooks; return 1 where a checked one differs."""
    check = "--check" in sys.argv
    stale = []
    for source in sorted((HERE / "source").glob("0*.py")):
        target = HERE / f"{source.stem}.ipynb"
        made = text(build(source))
        if not check:
            target.write_text(made, encoding="utf-8", newline="\n")
            print(f"{target.name}: made")
        # Pixels may differ between systems; their figures are tested where they are drawn.
        elif not target.exists() or PICTURE.sub("", target.read_text(encoding="utf-8")) != PICTURE.sub("", made):
            stale.append(target.name)
    if stale:
        print(f"Not what their sources make: {', '.join(stale)}. Run: python notebooks/build.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
