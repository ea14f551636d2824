"""What of an executed notebook goes into the report: cells tagged for it, without code, widgets, errors and warnings."""

from typing import Any

from nbformat import NotebookNode, v4

_v4: Any = v4  # nbformat has no type hints

TAG = "report"
"""Tag (in a cell's metadata) that sends a cell into the report."""

_SHOWN = ("text/html", "text/markdown", "image/png", "text/plain")
_WIDGET = "application/vnd.jupyter.widget-view+json"


def report_cells(notebook: NotebookNode) -> NotebookNode:
    """Return a new notebook that holds only what colleagues read.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook; it stays as it is.

    Returns
    -------
    nbformat.NotebookNode
        Markdown cells tagged ``report`` as they are, code cells tagged ``report`` with their readable outputs and no source.
    """
    cells = []
    for cell in notebook.cells:
        if TAG not in cell.get("metadata", {}).get("tags", []):
            continue
        if cell.cell_type == "markdown":
            pasted = {"attachments": cell.attachments} if "attachments" in cell else {}
            cells.append(_v4.new_markdown_cell(cell.source, **pasted))
        elif cell.cell_type == "code":
            outputs = [kept for output in cell.get("outputs", []) if (kept := _readable(output)) is not None]
            if outputs:
                cells.append(_v4.new_code_cell("", outputs=outputs))
    reduced: NotebookNode = _v4.new_notebook(cells=cells)
    return reduced


def _readable(output: NotebookNode) -> NotebookNode | None:
    """Return an output as the report shows it, or None where it shows nothing of it."""
    if output.output_type not in ("display_data", "execute_result"):
        return None  # printed text, warnings and errors are for who runs the notebook
    data: dict[str, Any] = {mime: value for mime, value in output.data.items() if mime in _SHOWN}
    if _WIDGET in output.data and "text/html" not in data:
        return None  # a bare widget's plain text is its class name: nothing to read
    if not data:
        return None
    best = next(mime for mime in _SHOWN if mime in data)
    metadata = {best: output.get("metadata", {}).get(best, {})}
    # Isolated HTML would become a frame, which the page forbids.
    metadata[best] = {key: value for key, value in metadata[best].items() if key != "isolated"}
    kept: NotebookNode = _v4.new_output("display_data", data={best: data[best]}, metadata=metadata)
    return kept
