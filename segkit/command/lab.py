"""Open a workspace in JupyterLab, with the kernel of the workbook and without questions."""

import json
import os
import re
import secrets
import socket
import sys
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from segkit.command.child import run_through
from segkit.command.kernel import lay_kernel
from segkit.command.opened import opened
from segkit.command.requirements import checkout
from segkit.words.addresses import SERVED
from segkit.words.errors import SetupError

HOST = "127.0.0.1"
FIRST_PORT = 8888
PORTS_TRIED = 100

SERVE = (
    "import os; from segkit.command.child import leashed; leashed(); from jupyterlab.labapp import main; main(); os._exit(0)"
)
"""JupyterLab, which ends when it is told to: otherwise a thread that waits for work (anyio 4.16) may keep it alive for ever."""

EXTENSION = Path(__file__).with_name("jupyter")
"""Folder in which JupyterLab finds what opens our notebooks already run, without code in view (it is in the wheel, too)."""

STYLES = re.compile("<style>.*?</style>", re.DOTALL)

SETTINGS = {
    # No "Select Kernel" dialogue; and the whole page is there, for the browser's search and print.
    "notebook-extension/tracker": {"autoStartDefaultKernel": True, "windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},  # nothing from outside
    "extensionmanager-extension/plugin": {"enabled": False},
}
"""Settings of JupyterLab for a workspace; a person may change them there."""


def free_port(wanted: int | None = None) -> int:
    """Return a port of this machine that nothing listens on.

    Raises
    ------
    SetupError
        If the wanted port, or every port tried, is taken.
    """
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if wanted is None else (wanted,):
        with socket.socket() as probe:
            if (
                os.name != "nt"
            ):  # otherwise a port just given up counts as taken for a minute (on Windows it means the contrary)
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except (OSError, OverflowError):
                continue
            return port
    if wanted is None:
        raise SetupError(
            f"No free port between {FIRST_PORT} and {FIRST_PORT + PORTS_TRIED - 1}.",
            "Stop other Jupyter servers, or name a port: --port 9900",
        )
    raise SetupError(f"Port {wanted} cannot be used.", "Leave out --port to let the workbook find one.")


def lay_settings(folder: Path) -> None:
    """Write the settings for JupyterLab into its configuration folder, except those that are there already."""
    for name, values in SETTINGS.items():
        file = folder / "lab" / "user-settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(values, indent=1), encoding="utf-8")


def environment(folder: Path, token: str) -> dict[str, str]:
    """Return the environment for JupyterLab: its configuration in ``folder``, its kernel found there first."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    }
    if root := checkout():  # the server calls segkit when it saves
        kept["PYTHONPATH"] = os.pathsep.join([str(root), *filter(None, [os.environ.get("PYTHONPATH")])])
    paths = [str(folder), str(EXTENSION), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    ours = {"JUPYTER_CONFIG_DIR": str(folder), "JUPYTER_PATH": os.pathsep.join(paths), "JUPYTER_TOKEN": token}
    return {**kept, **ours, SERVED: str(folder.parent)}  # what lies in the workspace can be linked to


def command(workspace: Path, notebook: str, port: int, *, browser: bool) -> list[str]:
    """Return the command that serves a workspace and opens one of its notebooks."""
    options = {
        "ServerApp.root_dir": str(workspace),
        "ServerApp.ip": HOST,
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,  # the address that was printed must be the true one
        "ServerApp.open_browser": browser,
        "ServerApp.use_redirect_file": False,  # browsers in a sandbox may not read files of other programs
        "ServerApp.answer_yes": True,  # one Ctrl-C is enough
        "ServerApp.terminals_enabled": False,  # nobody who works through notebooks needs one, and it may do anything
        "ServerApp.contents_manager_class": "segkit.command.inside.Contents",
        "FileContentsManager.pre_save_hook": "segkit.command.lab.without_dead_widgets",
        "MarkdownExporter.preprocessors": "['segkit.command.lab.readable_as_markdown']",
        "KernelManager.transport_encryption": "auto",  # other users of a shared computer cannot listen in
        "LabApp.default_url": f"/lab/tree/{notebook}",
        "LabApp.extension_manager": "readonly",
        "LabApp.log_level": "ERROR",
        "ServerApp.log_level": "ERROR",
    }
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options["ServerApp.allow_root"] = True  # containers and some class rooms have no other user
    return [sys.executable, "-c", SERVE, *(f"--{name}={value}" for name, value in options.items())]


def without_dead_widgets(model: dict[str, Any], **_: Any) -> None:
    """Take out of a notebook that is being saved what only a running kernel can show; the same in words stays.

    JupyterLab would show "Error displaying widget" in its place the next day (ipywidgets #3888). Called by Jupyter's server
    with the file's ``model``, which it changes in place.
    """
    if model.get("type") != "notebook" or not model.get("content"):
        return
    for cell in model["content"].get("cells", ()):
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "text/html" in data:
                data.pop("application/vnd.jupyter.widget-view+json", None)
    model["content"].get("metadata", {}).pop("widgets", None)


def readable_as_markdown(notebook: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
    """Take out of our notebook, as it leaves JupyterLab's menu as Markdown, what nobody reads there: code and style sheets.

    nbconvert calls it; as HTML the same notebook hides its code by itself (`segkit.html.style`).
    """
    if "edition" in notebook.metadata.get("segkit", {}):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.metadata["transient"] = {"remove_source": True}  # nbconvert's own mark
                for output in cell.outputs:
                    if "text/html" in output.get("data", {}):
                        output.data["text/html"] = STYLES.sub("", output.data["text/html"])
    return notebook, resources


def open_lab(workspace: Path, notebook: str, *, port: int, browser: bool, token: str | None = None) -> int:
    """Serve a workspace until Ctrl-C; return the exit code of JupyterLab.

    Parameters
    ----------
    workspace : Path
        Folder that JupyterLab shows.
    notebook : str
        Notebook to open, by its path in the workspace with forward slashes.
    port : int
        A free port.
    browser : bool
        Whether to open the browser.
    token : str, optional
        Secret of this run; by default a new random one.
    """
    folder = workspace / ".jupyter"
    lay_settings(folder)
    lay_kernel(folder)
    serve = command(workspace, notebook, port, browser=browser)
    # Jupyter overlooks a Ctrl-C that comes while it is starting.
    with opened(workspace, port):
        return run_through(serve, env=environment(folder, token or new_token()), patience=5, leash=True)


def new_token() -> str:
    """Return a secret that lets only this person's browser in."""
    return secrets.token_hex(16)


def address(notebook: str, port: int, token: str) -> str:
    """Return what to type into a browser to open a notebook."""
    return f"http://{HOST}:{port}/lab/tree/{notebook}?token={token}"
