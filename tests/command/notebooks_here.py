"""The notebooks of a workspace run in this process: what a kernel shows, without the wait for one."""

import ast
import os
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode, v4

from segkit.workbook.notebooks import notebook_names


def executed_here(folder: Path, progress: Callable[[str], None]) -> list[NotebookNode]:
    """Stand in for ``segkit.command.runner.executed_notebooks``: same notebooks, same order, same outputs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "SEGKIT_WORKSPACE", str(folder))
        patch.setitem(os.environ, "SEGKIT_STRICT", "1")
        return [_executed(folder / "notebooks" / name, progress) for name in notebook_names()]


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
