"""The first question of all: look at the sample, or use a file of one's own."""

from collections.abc import Callable
from functools import partial

import ipywidgets as w

from segkit.widgets import controls as c
from segkit.widgets.own_file import OwnFile
from segkit.widgets.view import Row, View, localised
from segkit.words.addresses import called
from segkit.words.numbers import listed
from segkit.words.terms import Step
from segkit.workbook.session import Session
from segkit.workbook.taking import Asked, Way, go_on, take


@localised
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
            view.say("tip", "Everything is filled in for the sample. Look around and try things out; when you bring your "
"own file, nothing from the sample remains.")  # fmt: skip

    show()
    session.watch("ask begin", show)
    return view.put(now, c.button("Look at the sample first", sample), own_file(session, view, "begin own file"))


def in_use(session: Session) -> str:
    """Name the data in use: the sample business, or the files."""
    if session.sample:
        return f"the sample “{session.sample.title}”"
    return listed([called(file.path) for file in session.data_decision.files])


def own_file(
    session: Session, view: View, name: str, *, lists: bool = True, after: Callable[[], None] = lambda: None
) -> OwnFile:
    """Return the controls that take files of one's own into use, and say as what they were read."""

    def idle() -> list[str]:
        used = () if session.sample else [file.path for file in session.data_decision.files]
        return [one for one in session.own_files() if one not in used]

    return OwnFile(
        session,
        view,
        partial(take, session),
        partial(go_on, session),
        lambda asked: _labels(session, asked),
        name=name,
        idle=idle,
        lists=lists,
        after=after,
    )


def _labels(session: Session, asked: Asked) -> dict[Way, str]:
    used = listed([called(file.path) for file in session.data_decision.files if file.kind is asked.kind])
    return {
        Way.ADD: f"Add it to {used}",
        Way.REPLACE: f"Use it instead of {used}",
        Way.LEAVE: f"Carry on with {used} only",
    }
