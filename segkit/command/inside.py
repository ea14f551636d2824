"""What JupyterLab may reach of a computer: the workspace, and nothing that a link in it leads to elsewhere."""

import os
from typing import Any

from jupyter_server.services.contents.filecheckpoints import AsyncFileCheckpoints
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError
from traitlets import default


class _Inside:
    root_dir: Any

    def _get_os_path(self, path: str) -> str:
        found: str = super()._get_os_path(path)  # type: ignore[misc]
        root, real = os.path.realpath(self.root_dir), os.path.realpath(found)
        if real != root and not real.startswith(os.path.join(root, "")):
            raise HTTPError(404, f"{path} is a link that leaves the workspace; it is not followed.")
        return found


class Checkpoints(_Inside, AsyncFileCheckpoints):
    """Earlier states of notebooks, kept inside the workspace."""


class Contents(_Inside, AsyncLargeFileManager):
    """The files of the workspace."""

    @default("checkpoints_class")
    def _checkpoints_class_default(self) -> type[Checkpoints]:
        return Checkpoints
