"""What JupyterLab may reach of a computer: the workspace, and nothing that a link in it leads to elsewhere."""

import os
from typing import Any

from jupyter_core.paths import is_file_hidden
from jupyter_server.services.contents.filecheckpoints import AsyncFileCheckpoints
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError
from traitlets import default


class _Inside:
    root_dir: Any

    def _get_os_path(self, path: str) -> str:
        found: str = super()._get_os_path(path)  # type: ignore[misc]
        if not self.leads_inside(found):
            raise HTTPError(404, f"{path} is a link that leaves the workspace; it is not followed.")
        return found

    def leads_inside(self, place: str) -> bool:
        """Tell whether a path ends in the workspace, all links followed."""
        root, real = os.path.realpath(self.root_dir), os.path.realpath(place)
        return real == root or real.startswith(os.path.join(root, ""))


class Checkpoints(_Inside, AsyncFileCheckpoints):
    """Earlier states of notebooks, kept inside the workspace."""


class Contents(_Inside, AsyncLargeFileManager):  # type: ignore[misc]
    """The files of the workspace."""

    @default("checkpoints_class")
    def _checkpoints_class_default(self) -> type[Checkpoints]:
        return Checkpoints

    async def _dir_model(self, path: str, content: bool = True) -> dict[str, Any]:
        """List a folder without what is not served; one such entry would end the whole list otherwise."""
        model: dict[str, Any] = await super()._dir_model(path, content=False)  # type: ignore[no-untyped-call]
        if content:
            folder = self._get_os_path(path)
            listed = [name for name in os.listdir(folder) if self._listed(name, os.path.join(folder, name))]
            ask: Any = self.get
            model |= {"content": [await ask(f"{path}/{name}", content=False) for name in listed], "format": "json"}
        return model

    def _listed(self, name: str, place: str) -> bool:
        plain = os.path.isfile(place) or os.path.isdir(place)
        hidden = not self.allow_hidden and is_file_hidden(place)
        wanted: bool = self.should_list(name)  # type: ignore[no-untyped-call]
        return plain and not hidden and wanted and self.leads_inside(place)
