"""The first question of all: look at the sample, or use a file of one's own."""

from collections.abc import Callable, Sequence

import ipywidgets as w

from segkit.html.piece import Html
from segkit.show.taken import taken
from segkit.widgets import controls as c
from segkit.widgets.own_file import OwnFile, Question
from segkit.widgets.view import Row, View
from segkit.words.addresses import called
from segkit.words.numbers import listed
from segkit.words.terms import Step
from segkit.workbook.session import Session
from segkit.workbook.taking import Asked, Taken, Way, go_on, take


def begin(session: Session) -> View:
    """Ask whether to look at the sample first, or to begin with a file of one's own."""

    def in_words() -> list[Row]:
        return [("Data", in_use(session), ("sample",))]

    view = View(session, Step.DATA, in_words)
    now = w.HTML()

    def show(_: object = None) -> None:
        now.value = f"<b>You are looking at {in_use(session)}.</b>"

    def sample() -> None:
        name = session.data_decision.sample or "coffee_roaster"
        if session.data_decision.sample or view.do(lambda: session.change(Step.DATA, lambda _: session.sample_decision(name))):
            view.say("tip", "Everything is filled in for the sample. Look around, try things; when you bring your own file, "
                            "nothing of the sample stays.")  # fmt: skip

    show()
    session.watch("ask begin", show)
    return view.put(now, c.button("Look at the sample first", sample), own_file(session, view, "begin own file"))


def in_use(session: Session) -> str:
    """Name the data in use: the sample business, or the files."""
    if session.sample:
        return f"the sample “{session.sample.title}”"
    return listed([called(file.path) for file in session.data_decision.files])


def own_file(
    session: Session, view: View, name: str, *, listed: bool = True, after: Callable[[], None] = lambda: None
) -> OwnFile:
    """Return the controls that take files of one's own into use, and say as what they were read."""

    def idle() -> list[str]:
        used = () if session.sample else [file.path for file in session.data_decision.files]
        return [one for one in session.own_files() if one not in used]

    return OwnFile(
        session, view, lambda names: _said(session, take(session, names)), name=name, idle=idle, listed=listed, after=after
    )


def _said(session: Session, found: Taken | Asked) -> Html | Question:
    if isinstance(found, Taken):
        return taken(found.said, found.readings)
    return Question(
        f"{found.text} {_ASKS[found.ways[0]]}",
        tuple((_label(session, found, way), _go(session, found, way)) for way in found.ways),
    )


_ASKS = {
    Way.ADD: "Add it, or put it in place of what is in use? Until you choose, nothing changes.",
    Way.REPLACE: "Put it in place of what is in use? Until you choose, nothing changes.",
    Way.LEAVE: "Leave it at that?",
}


def _go(session: Session, found: Asked, way: Way) -> Callable[[], Html]:
    def go() -> Html:
        done = go_on(session, found, way)
        return taken(done.said, done.readings)

    return go


def _label(session: Session, found: Asked, way: Way) -> str:
    used: Sequence[str] = [called(file.path) for file in session.data_decision.files if file.kind is found.kind]
    return {
        Way.ADD: f"Add it to {listed(used)}",
        Way.REPLACE: f"Put it in place of {listed(used)}",
        Way.LEAVE: f"Leave {listed(used)} as it is",
    }[way]
