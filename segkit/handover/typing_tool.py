"""The typing tool for other programs and for paper: JSON, SQL, and a form with points to add."""

from pathlib import Path

from segkit.core.profiles.typing_tool.card import plain
from segkit.core.profiles.typing_tool.tool import TypingTool, Untold
from segkit.handover.typing_sql import query
from segkit.html.profiles.typing_form import typing_form
from segkit.words.errors import CriteriaError, SegkitError
from segkit.words.terms import SEGMENT_NAME
from segkit.workbook.session import Session
from segkit.writing.atomic import write_together
from segkit.writing.tables import json_bytes

FILES = ("tool.json", "tool.sql", "form.html", "rule.json")
"""What may lie in the folder; none of an earlier tool stays behind."""

HOLDS = {
    "form.html": "the form on one page, to print and fill in by hand",
    "tool.sql": "the same as a query, for DuckDB, SQLite, PostgreSQL and Spark",
    "tool.json": "the same for programs",
    "rule.json": "the rule that forms the segments, which is the tool",
}
"""What each file holds, in a few words."""


def write_typing_tool(session: Session) -> list[Path]:
    """Write the typing tool into ``exports/typing_tool``; return the files.

    Raises
    ------
    SegkitError
        If there is no tool, in the words that say why.
    OSError
        If the disk is full or read-only.
    """
    folder = session.workspace.folder / "exports" / "typing_tool"
    before = [folder / name for name in FILES]
    try:
        files = {folder / name: content for name, content in forms(session).items()}
    except SegkitError:
        write_together({}, without=before)
        raise
    write_together(files, without=before)
    return list(files)


def forms(session: Session) -> dict[str, bytes]:
    """Return the content of each file.

    Raises
    ------
    CriteriaError
        If nothing tells the segments apart, or there are too few customers.
    """
    tool, segmentation = session.results.profiles.typing_tool, session.results.criteria.segmentation
    names = {str(segment): str(name) for segment, name in segmentation.segments[SEGMENT_NAME].items()}
    if isinstance(tool, Untold):
        raise CriteriaError(tool.because, "There is nothing to write.")
    if not isinstance(tool, TypingTool):
        rules = segmentation.segments["rule"]
        said = {str(segment): {"name": names[str(segment)], "rule": str(rule)} for segment, rule in rules.items()}
        rule = {"method": segmentation.method.value, "segments": said, "settings": dict(segmentation.settings)}
        return {"rule.json": json_bytes(rule)}
    business = session.goals.business.name or (session.sample.title if session.sample else "")
    return {
        "form.html": typing_form(business, tool.paper, names, tool.on_paper).encode(),
        "tool.sql": query(tool.card, names).encode(),
        "tool.json": json_bytes(plain(tool.card, names)),
    }
