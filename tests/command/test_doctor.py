"""Each check of the doctor, well and with its fault injected."""

import json
import os
import socket
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from segkit.command import doctor, lab
from segkit.command.doctor import checks
from segkit.command.requirements import Requirement


def test_all_is_well_here(tmp_path):
    found = checks(tmp_path / "not" / "there" / "yet")
    assert [(check.name, check.ok) for check in found] == [
        ("Python", True),
        ("Packages", True),
        ("Kernel", True),
        ("Controls", True),
        ("Write access", True),
        ("Disk space", True),
        ("Port", True),
    ]
    assert not (tmp_path / "not").exists(), "looking changes nothing"


def test_python_too_old(monkeypatch):
    monkeypatch.setattr(doctor.sys, "version_info", (3, 10, 4, "final", 0))
    check = doctor.check_python()
    assert (check.ok, check.found) == (False, "3.10.4")
    assert check.remedy == "Install Python 3.11 or newer from python.org."


def test_packages_missing_old_and_damaged(monkeypatch):
    needed = (Requirement("no-such-package", "1"), Requirement("pandas", "99.1"), Requirement("numpy", "1"))
    monkeypatch.setattr(doctor, "requirements", lambda: needed)
    monkeypatch.setattr("importlib.util.find_spec", lambda module: None if module == "numpy" else object())
    check = doctor.check_packages()
    assert not check.ok
    missing, old, damaged = check.found.split("; ")
    assert missing == "no-such-package is missing"
    assert old.startswith("pandas ") and old.endswith(" is older than 99.1")
    assert damaged.startswith("numpy ") and damaged.endswith(" is damaged")
    assert check.remedy == "In the folder of the workbook, delete the folder .venv and type: python -m segkit start"


def test_missing_packages_spare_the_kernel(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "requirements", lambda: (Requirement("no-such-package", "1"),))
    kernel = checks(tmp_path)[2]
    assert (kernel.name, kernel.ok) == ("Kernel", False)
    assert kernel.found == "not looked at, because packages are missing"


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ({"argv": ["/no/such/python"]}, "it does not start (FileNotFoundError)"),
        ({"argv": [sys.executable], "env": {"PYTHONHOME": "/nowhere"}}, "it cannot load the packages"),
    ],
)
def test_kernel_that_does_not_work(monkeypatch, spec, found):
    monkeypatch.setattr(doctor, "kernel_spec", lambda: spec)
    check = doctor.check_kernel()
    assert not check.ok
    assert check.found.startswith(found)
    assert check.remedy.endswith("python -m segkit start")


def test_kernel_of_another_python(monkeypatch):
    spec = {"argv": [sys.executable], "env": doctor.kernel_spec().get("env", {})}
    monkeypatch.setattr(doctor, "kernel_spec", lambda: spec)
    monkeypatch.setattr(doctor.sys, "executable", "/another/python")
    check = doctor.check_kernel()
    assert not check.ok
    assert check.found == f"another Python ({spec['argv'][0]})"


def test_controls_not_found(monkeypatch):
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda *_: ["/nowhere"])
    check = doctor.check_widgets()
    assert (check.ok, check.found) == (False, "JupyterLab does not find them")
    assert "install --force-reinstall jupyterlab_widgets" in check.remedy


def test_folder_that_cannot_be_written(monkeypatch, tmp_path):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    check = doctor.check_writing(tmp_path)
    assert (check.ok, check.found) == (False, f"no file can be made in {tmp_path} (Permission denied)")
    assert check.remedy == "Choose a folder of your own: --workspace FOLDER"


def test_workspace_that_is_a_file(tmp_path):
    file = tmp_path / "workspace"
    file.touch()
    assert not doctor.check_writing(doctor.nearest(file / "deeper")).ok


def test_disk_nearly_full(monkeypatch, tmp_path):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage(10**9, 10**9, 12_000_000))
    check = doctor.check_space(tmp_path)
    assert (check.ok, check.found) == (False, "12 MB free")
    assert check.remedy == f"Free at least 300 MB on the disk of {tmp_path}."


def test_port_taken():
    with socket.socket() as other:
        other.bind((lab.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        check = doctor.check_port(port)
        assert (check.ok, check.found) == (False, f"Port {port} cannot be used.")
        assert check.remedy == "Leave out --port to let the workbook find one."


def test_no_port_free(monkeypatch):
    monkeypatch.setattr(lab, "PORTS_TRIED", 0)
    check = doctor.check_port()
    assert not check.ok
    assert check.remedy == "Stop other Jupyter servers, or name a port: --port 9900"


@pytest.mark.parametrize("port", [-1, 65536, 10**9])
def test_number_that_is_no_port(port):
    assert not doctor.check_port(port).ok


def test_nearest_folder_of_a_relative_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert doctor.nearest(Path("a/b")) == Path(os.getcwd())


def test_kernel_spec_is_what_jupyter_reads(tmp_path):
    from jupyter_client.kernelspec import KernelSpecManager

    from segkit.command.kernel import NAME, lay_kernel

    kernels = lay_kernel(tmp_path)
    spec = KernelSpecManager(kernel_dirs=[str(kernels)]).get_kernel_spec(NAME)
    assert spec.argv[0] == sys.executable
    assert json.loads((kernels / NAME / "kernel.json").read_text(encoding="utf-8"))["display_name"] == "Segmentation workbook"
