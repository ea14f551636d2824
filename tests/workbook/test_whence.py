"""Where words on a page come from is told by file and column, or by step and field."""

from segkit.words.terms import FileKind, Step
from segkit.workbook.session import Session
from segkit.workbook.whence import own_words, whence


def test_files_and_choices_are_searched(tmp_path):
    (tmp_path / "w").mkdir()
    path = tmp_path / "lights.csv"
    rows = [f"c{n % 30},2025-0{n % 9 + 1}-15,{n % 40 + 5}.50,{'Blue lantern' if n % 2 else 'Red'}" for n in range(120)]
    path.write_text("customer,date,amount,Kind of light\n" + "\n".join(rows) + "\n", encoding="utf-8")
    session = Session(tmp_path / "w")
    session.use_files([{"kind": FileKind.ORDERS, "path": str(path)}])
    session.choose(Step.GOALS, business=session.goals.business.model_copy(update={"name": "Lane & Co"}))
    tell = whence(session)
    assert tell("Blue lantern") == "lights.csv, column “Kind of light”"
    assert tell("Kind of") == "lights.csv, the name of the column “Kind of light”"
    assert tell("lights") == "what you wrote in step “Data”, field “path”"
    assert tell("Lane &") == "what you wrote in step “Goals”, field “name”"
    assert tell("nowhere to be found") == ""
    assert own_words(session) == ("Lane & Co",)
