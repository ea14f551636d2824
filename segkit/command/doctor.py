"""Check this machine for what the workbook needs, and say what to do where something is missing."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from segkit.command.kernel import kernel_spec
from segkit.command.lab import free_port
from segkit.command.requirements import PYTHON, checkout, faults, requirements
from segkit.words.errors import SetupError

NEEDED_MB = 300
"""Free disk space below which saving and exporting may fail, in megabytes."""

WIDGETS = "@jupyter-widgets/jupyterlab-manager"

_LIBRARIES = ("pandas", "sklearn", "duckdb", "matplotlib.pyplot")
"""Packages with compiled parts: there they may be, and yet fail to load."""


@dataclass(frozen=True)
class Check:
    """One thing that the workbook needs, what was found, and what to do if that will not do."""

    name: str
    ok: bool
    found: str
    remedy: str = ""


def checks(workspace: Path | None = None, *, port: int | None = None) -> tuple[Check, ...]:
    """Look at everything that the workbook needs on this machine.

    Parameters
    ----------
    workspace : Path, optional
        The folder to work in; by default the current folder.
    port : int, optional
        The port that JupyterLab shall use; by default any free one.
    """
    folder = nearest(workspace or Path())
    packages = check_packages()
    return (
        check_python(),
        packages,
        check_kernel()
        if packages.ok
        else Check("Kernel", False, "not looked at, because packages are missing", packages.remedy),
        check_widgets(),
        check_writing(folder),
        check_space(folder),
        check_port(port),
    )


def nearest(folder: Path) -> Path:
    """Return the folder itself, or the nearest one above it that exists."""
    folder = folder.absolute()
    return next((place for place in (folder, *folder.parents) if place.exists()), folder)


def check_python() -> Check:
    """Whether Python is new enough."""
    found = ".".join(map(str, sys.version_info[:3]))
    oldest = ".".join(map(str, PYTHON))
    return Check("Python", sys.version_info >= PYTHON, found, f"Install Python {oldest} or newer from python.org.")


def check_packages() -> Check:
    """Whether each package is here, whole and new enough."""
    needed = requirements()
    wrong = faults(needed)
    if checkout():
        remedy = "In the folder of the workbook, delete the folder .venv and type: python -m segkit start"
    else:
        remedy = f"Type: {Path(sys.executable).name} -m pip install --upgrade --force-reinstall customer-segmentation-workbook"
    return Check("Packages", not wrong, "; ".join(wrong) or f"all {len(needed)} are here", remedy)


def check_kernel() -> Check:
    """Whether the kernel of the notebooks starts, is this very Python, and can load the packages."""
    remedy = "Delete the folder .venv of the workbook, if there is one, and type again: python -m segkit start"
    spec = kernel_spec()
    program = f"import ipykernel_launcher, segkit, {', '.join(_LIBRARIES)}, json, sys; print(json.dumps(sys.executable))"
    try:
        with tempfile.TemporaryDirectory() as elsewhere:  # the kernel never runs in the folder of the source
            run = subprocess.run(
                [spec["argv"][0], "-c", program],
                env={**os.environ, **spec.get("env", {})},
                cwd=elsewhere,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Check("Kernel", False, f"it does not start ({type(error).__name__})", remedy)
    if run.returncode:
        said = run.stderr.strip().splitlines()[-1:] or ["no reason given"]
        return Check("Kernel", False, f"it cannot load the packages ({said[0]:.200})", remedy)
    used = Path(json.loads(run.stdout.splitlines()[-1]))
    same = used == Path(sys.executable)
    return Check("Kernel", same, "this Python" if same else f"another Python ({used})", remedy)


def check_widgets() -> Check:
    """Whether JupyterLab finds the extension that draws the controls."""
    remedy = f"Type: {Path(sys.executable).name} -m pip install --force-reinstall jupyterlab_widgets"
    try:
        from jupyter_core.paths import jupyter_path
    except ImportError:
        return Check("Controls", False, "JupyterLab is missing", remedy)
    there = any(Path(folder, WIDGETS, "package.json").is_file() for folder in jupyter_path("labextensions"))
    return Check("Controls", there, "JupyterLab finds them" if there else "JupyterLab does not find them", remedy)


def check_writing(folder: Path) -> Check:
    """Whether files can be made in the folder."""
    remedy = "Choose a folder of your own: --workspace FOLDER"
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Check("Write access", False, f"no file can be made in {folder} ({error.strerror})", remedy)
    return Check("Write access", True, str(folder))


def check_space(folder: Path) -> Check:
    """Whether enough of the disk is free."""
    try:
        free = shutil.disk_usage(folder).free // 10**6
    except OSError as error:
        return Check("Disk space", False, f"cannot be read ({error.strerror})", "Choose another folder: --workspace FOLDER")
    return Check("Disk space", free >= NEEDED_MB, f"{free:,} MB free", f"Free at least {NEEDED_MB} MB on the disk of {folder}.")


def check_port(wanted: int | None = None) -> Check:
    """Whether JupyterLab finds a port to listen on."""
    try:
        return Check("Port", True, f"{free_port(wanted)} is free")
    except SetupError as fault:
        return Check("Port", False, fault.what, fault.remedy)
