"""Faults that nobody foresaw: the person reads a sentence, and what a developer needs is kept in the workspace."""

import os
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from segkit.words.errors import SegkitError

REPORT = "problem-report.txt"

OURS = "SEGKIT_KERNEL"
"""Set in the kernels that the workbook starts: there, a cell's fault is said in words."""


def kept(folder: Path, fault: BaseException) -> str:
    """Write down where a fault came from, and return what the person needs."""
    said = "Something went wrong in the workbook itself. Your choices are safe"
    try:
        (folder / REPORT).write_text("".join(traceback.format_exception(fault)), encoding="utf-8", errors="replace")
    except OSError as error:
        return f"{said}; the details cannot be kept ({(error.strerror or 'unknown reason').lower()})."
    return f"{said}; details are in {REPORT} in your workspace."


def said_in_words(folder: Path) -> None:
    """Let the cells of this kernel say faults in words, where the workbook started it; ``%tb`` in a cell shows the rest."""
    program = sys.modules.get("IPython")
    shell = program.get_ipython() if program is not None else None
    if shell is None or not os.environ.get(OURS) or os.environ.get("SEGKIT_STRICT"):
        return

    def told(shell: Any, kind: type, fault: BaseException, trace: TracebackType, tb_offset: int | None = None) -> list[str]:
        shell._get_exc_info((kind, fault, trace))  # keeps it for %tb
        if isinstance(fault, SegkitError):
            said = [str(fault)]
        else:
            said = [f"{kept(folder, fault)} To see them here, type %tb into an empty cell and run it."]
        shell._showtraceback(kind, fault, said)
        return said

    shell.set_custom_exc((Exception,), told)
