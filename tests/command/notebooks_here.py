"""The notebooks of a workspace run in this process: what a kernel shows, without the wait for one."""

import ast
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode, v4

from segkit.core.criteria.evidence import against_none, resampling, verdict
from segkit.workbook.notebooks import notebook_names
from segkit.workbook.results.criteria import comparison, segments


def executed_here(folder: Path, progress: Callable[[str], None]) -> list[NotebookNode]:
    """Stand in for ``segkit.command.runner.executed_notebooks``: same notebooks, same order, same outputs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "SEGKIT_WORKSPACE", str(folder))
        patch.setitem(os.environ, "SEGKIT_STRICT", "1")
        return [_executed(folder / "notebooks" / name, progress) for name in notebook_names()]


def speak_of_few_samples(patch: pytest.MonkeyPatch) -> None:
    """Let few samples speak for a number of segments, in a third of the time: figures are looked at, not how sure they are."""
    patch.setattr(resampling, "STARTS", 3)
    patch.setattr(against_none, "DRAWS", 2)
    patch.setattr(verdict, "PAIRS", 4)
    patch.setattr(comparison, "OTHER_PAIRS", 4)
    patch.setattr(segments, "how_many", partial(segments.how_many, pairs=4))


def _executed(path: Path, progress: Callable[[str], None]) -> NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    names: dict[str, object] = {}
    for number, cell in enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), 1):
        *before, last = ast.parse(cell.source).body
        exec(compile(ast.Module(before, []), path.name, "exec"), names)
        assert isinstance(last, ast.Expr), "each code cell of the workbook ends in what it shows"
        shown = eval(compile(ast.Expression(last.value), path.name, "eval"), names)
        cell.execution_count = number
        cell.outputs = [v4.new_output("execute_result", data=shown._repr_mimebundle_(), execution_count=number)]
    progress(f"{path.stem}: done.")
    return notebook
