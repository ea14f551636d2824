"""The kernel of the workbook: this very Python, whatever other kernels the machine has.

A kernel named ``python3`` in the user's home may belong to another Python without segkit. Jupyter looks first into the
folder that ``lay_kernel`` writes, so the notebooks, which all ask for ``python3``, run where segkit is.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from segkit.command.requirements import checkout
from segkit.workbook.faults import OURS

NAME = "python3"


def kernel_spec() -> dict[str, Any]:
    """Return the description of the kernel, as Jupyter wants it."""
    from ipykernel.kernelspec import get_kernel_dict

    spec: dict[str, Any] = get_kernel_dict()
    # warnings for developers stay out of the terminal; and what a cell held stays out of the home folder
    spec["argv"] = [sys.executable, *spec["argv"][1:], "--log-level=ERROR", "--HistoryManager.enabled=False"]
    spec["display_name"] = "Segmentation workbook"
    spec["env"] = {OURS: "1"}
    if root := checkout():  # a checkout used from conda is not installed there: its kernels need to be told where it is
        path = [str(root), *filter(None, [os.environ.get("PYTHONPATH")])]
        spec["env"]["PYTHONPATH"] = os.pathsep.join(path)
    return spec


def lay_kernel(folder: Path) -> Path:
    """Write the kernel into ``folder/kernels/python3`` and return the folder ``kernels``.

    ``folder`` then serves as an entry of ``JUPYTER_PATH``, and the returned folder as one of ``KernelSpecManager.kernel_dirs``.
    """
    home = folder / "kernels" / NAME
    home.mkdir(parents=True, exist_ok=True)
    (home / "kernel.json").write_text(json.dumps(kernel_spec(), indent=1), encoding="utf-8")
    return home.parent


def kernel_manager(folder: Path) -> AsyncKernelManager:
    """Return a manager of kernels of this very Python, described in ``folder``; others on the machine cannot listen in.

    It is the asynchronous one: with the other, nbclient waits for ever for the answer of a kernel that died.
    """
    specs = KernelSpecManager(kernel_dirs=[str(lay_kernel(folder))], ensure_native_kernel=False)
    return AsyncKernelManager(kernel_name=NAME, kernel_spec_manager=specs, transport_encryption="auto")
