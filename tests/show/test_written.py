"""What is written is linked where the page can reach it, and where it lies is said in any case."""

from segkit.command.lab import environment
from segkit.show.written import panel_link, written
from segkit.words.addresses import SERVED
from segkit.workbook.session import Session


def test_a_file_in_the_served_folder_is_linked_and_a_page_opens_beside(tmp_path, monkeypatch):
    session = Session(tmp_path / "my shop")
    exports = session.workspace.folder / "exports"
    monkeypatch.setenv(SERVED, environment(session.workspace.folder / ".jupyter", "secret")[SERVED])
    said = written(session, "Done.", [(exports / "report.html", "the report"), (exports / "lists" / "a&b.csv", "one <list>")])
    assert '<a href="/files/exports/report.html" target="_blank">report.html</a>: the report' in said.body
    assert (
        '<a href="/files/exports/lists/a%26b.csv" download="a&amp;b.csv">lists/a&amp;b.csv</a>: one &lt;list&gt;' in said.body
    )
    assert "folder exports" in said.text and str(exports) in said.text
    assert "filebrowser:open-path" in panel_link(exports, "Show it") and "&quot;exports&quot;" in panel_link(exports, "Show it")


def test_elsewhere_nothing_is_linked_and_the_place_is_said(tmp_path, monkeypatch):
    session = Session(tmp_path)
    file = session.workspace.folder / "exports" / "report.html"
    for served in (None, str(tmp_path / "other")):
        monkeypatch.delenv(SERVED, raising=False)
        if served:
            monkeypatch.setenv(SERVED, served)
        said = written(session, "Done.", [(file, "the report")])
        assert "<a " not in said.body and "report.html: the report" in said.body and str(file.parent) in said.text


def test_many_files_are_not_all_named(tmp_path, monkeypatch):
    monkeypatch.delenv(SERVED, raising=False)
    session = Session(tmp_path)
    files = [(session.workspace.folder / "exports" / f"{n}.csv", "a list") for n in range(14)]
    said = written(session, "Done.", files).body
    assert said.count("<li>") == 11 and "… and 4 more in the same folder" in said
