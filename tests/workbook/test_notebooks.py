"""The notebooks of a workspace: renewed with the workbook, never at the cost of what a person changed."""

import json

from segkit.workbook.notebooks import edition, lay_out, notebook_names


def of_an_earlier_edition(path, held):
    """Make a copy what an earlier version laid into the workspace, with a line that a person added."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"]["segkit"] = held
    notebook["cells"][0]["source"] = ["my own words"]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_copies_of_an_earlier_edition_are_renewed_and_kept(tmp_path):
    copies = lay_out(tmp_path) / "notebooks"
    first, second = notebook_names()[:2]
    fresh = (copies / first).read_bytes()
    of_an_earlier_edition(copies / first, {"edition": "0" * 12})
    of_an_earlier_edition(copies / second, {})  # made before there were editions
    said: list[str] = []
    lay_out(tmp_path, said.append)
    assert (copies / first).read_bytes() == fresh
    assert "my own words" in (copies / "earlier" / "01_goals-1.ipynb").read_text(encoding="utf-8")
    assert "my own words" in (copies / "earlier" / "02_data-1.ipynb").read_text(encoding="utf-8")
    assert said == [
        "This workspace was made with another version of the workbook: 01_goals.ipynb and 02_data.ipynb were renewed. The "
        f"earlier copies are kept in {copies.resolve() / 'earlier'}; none of your choices was touched."
    ]


def test_copies_of_before_never_replace_one_another(tmp_path):
    copies = lay_out(tmp_path) / "notebooks"
    for _ in range(2):
        of_an_earlier_edition(copies / "01_goals.ipynb", {"edition": "older"})
        lay_out(tmp_path)
    assert sorted(path.name for path in (copies / "earlier").iterdir()) == ["01_goals-1.ipynb", "01_goals-2.ipynb"]


def test_a_copy_of_this_edition_stays_with_what_a_person_changed(tmp_path):
    copies = lay_out(tmp_path) / "notebooks"
    held = {"edition": edition(copies / "01_goals.ipynb")}
    of_an_earlier_edition(copies / "01_goals.ipynb", held)
    said: list[str] = []
    lay_out(tmp_path, said.append)
    assert "my own words" in (copies / "01_goals.ipynb").read_text(encoding="utf-8")
    assert not said and not (copies / "earlier").exists()
