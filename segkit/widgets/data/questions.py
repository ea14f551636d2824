"""The questions of notebook 2."""

from collections.abc import Sequence
from typing import Any

import ipywidgets as w

from segkit.core.data.survey import questions_for
from segkit.decisions.data import STACKED
from segkit.handover.survey import questions, write_survey
from segkit.samples.catalogue import SAMPLES
from segkit.show.redraw import REDRAWING
from segkit.show.written import written
from segkit.widgets import controls as c
from segkit.widgets import fields as f
from segkit.widgets.data.begin import own_file
from segkit.widgets.data.columns import Columns
from segkit.widgets.data.reading import panel
from segkit.widgets.data.server import server
from segkit.widgets.export import written_or_why
from segkit.widgets.field import Bound
from segkit.widgets.market import Offer
from segkit.widgets.own_file import carried_out
from segkit.widgets.view import Row, View, heading, localised
from segkit.words.addresses import called, is_address
from segkit.words.errors import SegkitError
from segkit.words.numbers import date
from segkit.words.terms import CleaningRule, FileKind, Role, Step
from segkit.workbook.session import Session
from segkit.workbook.taking import use

OWN = ""
OFF_BY_DEFAULT = (CleaningRule.OUTLIER, CleaningRule.DUPLICATE_ROW)
"""Rules that only count unless a person switches them on: two equal lines on one invoice may both be right."""


NOW_CHOOSE = "Now choose your file or database under “What to work with”. Until then, the sample stays in use."
MONTHLY = "Monthly exports: select several order files with Ctrl (on a Mac: Cmd); what appears in two of them counts once."


@localised
def source(session: Session) -> View:
    """Ask for the data: a sample business, or files of one's own."""

    def in_words() -> list[tuple[str, str]]:
        own = [(f.kind.label, called(f.path)) for f in session.data_decision.files]
        return [("Data", f"the sample “{session.sample.title}”")] if session.sample else own

    view = View(session, Step.DATA, in_words)
    picks: dict[FileKind, w.Dropdown | w.SelectMultiple] = {kind: _pick(kind) for kind in FileKind}
    connected = {file.path for file in session.data_decision.files if is_address(file.path)}
    rest = w.VBox()
    looking: list[bool] = []
    wanted = [session.data_decision.sample]

    def chosen_files() -> list[dict[str, Any]]:
        return [{"kind": kind, "path": path} for kind, pick in picks.items() for path in _paths(pick.value)]

    def choose_source(name: str) -> str:
        show_files(name)
        if name != OWN:
            view.do(lambda: session.change(Step.DATA, lambda decision: session.sample_decision(name)))
        elif chosen_files():
            choose_file()
        else:
            view.say("warning", NOW_CHOOSE)
            return ""
        return view.fault

    def source_in_use() -> str:
        return OWN if wanted[0] == OWN else session.data_decision.sample  # one's own data are chosen before the file is

    def choose_file(_: Any = None) -> None:
        if chosen_files() and not looking:
            view.wait("Copying …")
            carried_out(session, view, lambda: use(session, chosen_files()))

    def show_files(name: str) -> None:
        wanted[0] = name
        rest.layout.display = None if name == OWN else "none"

    def look_again(*added: str) -> None:
        connected.update(added)
        looking.append(True)  # lists that are filled anew are no choice
        for kind, pick in picks.items():
            saved = [f.path for f in session.data_decision.files if f.kind is kind]
            _fill(pick, sorted({*session.own_files(), *connected, *saved}), saved)
        looking.clear()

    def after() -> None:
        look_again()
        show_files(session.data_decision.sample)
        work_with.refresh()

    source_in_use_before = [session.source_key()]

    def follow(_: Step) -> None:
        if session.source_key() != source_in_use_before[0]:
            source_in_use_before[0] = session.source_key()
            connected.update(file.path for file in session.data_decision.files if is_address(file.path))
            after()

    look_again()
    session.watch("ask source", follow)
    session.watch_folder("source lists", look_again)
    for pick in picks.values():
        pick.observe(choose_file, names="value")
    rest.children = [
        heading("Files in the “data” folder of your workspace"),
        own_file(session, view, "source own file", after=after),
        server(session, look_again),
        heading("What to work with"),
        w.HTML(MONTHLY),
        *picks.values(),
    ]
    options = [*((f"Sample: {sample.title}", name) for name, sample in SAMPLES.items()), ("My own data", OWN)]
    show_files(session.data_decision.sample)
    work_with = f.radio("Work with", options, Bound(source_in_use, choose_source))
    return view.put(work_with, rest, Offer(view, "offer source"))


def _pick(kind: FileKind) -> w.Dropdown | w.SelectMultiple:
    """Return the list from which the files of one kind are chosen."""
    if kind in STACKED:
        return c.several(kind.label, [], (), lambda _: None)
    return c.choice(kind.label, [(c.NOTHING_CHOSEN, "")], "", lambda _: None)


def _fill(pick: w.Dropdown | w.SelectMultiple, names: Sequence[str], saved: Sequence[str]) -> None:
    """Offer files in a list, and mark those that are in use."""
    files = [(called(name), name) for name in names]
    if isinstance(pick, w.SelectMultiple):
        pick.options, pick.rows, pick.value = files, min(max(len(files), 2), 8), tuple(saved)
    else:
        pick.options, pick.value = [(c.NOTHING_CHOSEN, ""), *files], saved[0] if saved else ""


def _paths(chosen: str | tuple[str, ...]) -> tuple[str, ...]:
    return chosen if isinstance(chosen, tuple) else (chosen,) if chosen else ()


@localised
def roles(session: Session) -> View:
    """Ask whether each column is taken for the right thing."""

    def in_words() -> list[tuple[str, str]]:
        changed = session.data_decision.roles
        return [(r.column, f"read as: {r.role.label}") for r in changed] or [("Columns", "all as the workbook read them")]

    view = View(session, Step.DATA, in_words)

    def write(kind: FileKind, column: str, role: Role) -> None:
        kept = [r for r in session.data_decision.roles if (r.kind, r.column) != (kind, column)]
        view.save(roles=[*map(dict, kept), {"kind": kind, "column": column, "role": role}])

    columns = Columns(write)

    def fill() -> None:
        try:
            columns.value = session.inspected()
        except SegkitError as error:
            view.say("error", str(error))
            view.put(c.button("Look again", fill))
            return
        view.put(columns)

    def rests_on() -> tuple[object, object]:
        return session.columns_key(), session.data_decision.roles

    before = [rests_on()]

    def follow(_: Step) -> None:
        if rests_on() == before[0]:
            return
        if session.columns_key() != before[0][0]:
            fill()
        else:  # such as one that was taken back; after what is above, which reads the files anew
            REDRAWING.ask("ask roles", columns, session.inspected, pale=False)
        before[0] = rests_on()

    session.watch("ask roles", follow)
    fill()
    return view


@localised
def rules(session: Session) -> View:
    """Ask which rules set rows aside, and from which day to look back."""

    def in_words() -> list[Row]:
        d = session.data_decision
        return [
            ("Rules switched off", ", ".join(r.label for r in d.rules_off) or "none", ("rules_off",)),
            ("Rules switched on", ", ".join(r.label for r in d.rules_on) or "none", ("rules_on",)),
            ("Analysis date", date(d.as_of) if d.as_of else "the day after the last order", ("as_of",)),
        ]

    view = View(session, Step.DATA, in_words)

    def on() -> list[CleaningRule]:
        now = session.data_decision
        return [r for r in CleaningRule if r not in now.rules_off and (r not in OFF_BY_DEFAULT or r in now.rules_on)]

    def write(ticked: tuple[CleaningRule, ...]) -> None:
        off = [r for r in CleaningRule if r not in ticked and r not in OFF_BY_DEFAULT]
        session.choose(Step.DATA, rules_off=off, rules_on=[r for r in ticked if r in OFF_BY_DEFAULT])

    orders = [("Detect automatically", None), ("Day first: 03/04 is 3 April", True), ("Month first: 03/04 is 4 March", False)]
    return view.put(
        heading("Set aside rows that match a ticked rule"),
        f.ticks([(r.label, r) for r in CleaningRule], view.bound(on, write, "rules_off")),
        heading("Dates"),
        f.date("Analysis date (optional)", view.at("as_of"), expects="left empty: the day after the last order"),
        f.choice("Dates such as 03/04/2025", orders, view.at("day_first")),
        f.text("Notes on your data", view.at("why"), lines=2, hint="Where does the file come from? What is missing?"),
    )


@localised
def privacy(session: Session) -> View:
    """Ask whether customer numbers leave the workbook as pseudonyms."""

    def in_words() -> list[tuple[str, str]]:
        on = session.data_decision.pseudonyms
        return [("Customer numbers in lists", "replaced with pseudonyms" if on else "as in your file")]

    view = View(session, Step.DATA, in_words)
    label = "Replace customer numbers with pseudonyms. The key stays in your workspace, in pseudonyms.csv: give it to nobody."
    ticked = view.bound(
        lambda: ["pseudonyms"] if session.data_decision.pseudonyms else [],
        lambda chosen: session.choose(Step.DATA, pseudonyms=bool(chosen)),
        "pseudonyms",
    )
    return view.put(f.ticks([(label, "pseudonyms")], ticked))


@localised
def reading(session: Session) -> View:
    """Ask how each file is read; without a mouse: ``wb.read_as("orders", delimiter="semicolon", decimal=",")``."""

    def in_words() -> list[tuple[str, str]]:
        try:
            return [(kind.label, sentence) for kind, sentence in session.read_how().items()]
        except SegkitError as error:
            return [("Reading", str(error))]

    view = View(session, Step.DATA, in_words)
    panels = w.VBox()

    def fill() -> None:
        try:
            kinds = list(session.files())
        except SegkitError as error:
            view.say("error", str(error))
            return
        panels.children = [panel(session, kind, view) for kind in kinds]

    source_in_use = [session.source_key()]

    def follow(_: Step) -> None:
        if session.source_key() != source_in_use[0]:
            source_in_use[0] = session.source_key()
            fill()

    session.watch("ask reading", follow)
    fill()
    return view.put(panels)


SURVEY_FILES = {
    "survey.html": "to print or send",
    "questions.csv": "to paste into a form program",
    "recipients.csv": "whom to ask",
    "answers.csv": "to type answers into",
}


@localised
def survey(session: Session) -> View:
    """Ask what to ask the customers, and offer to write the survey."""

    def in_words() -> list[tuple[str, str]]:
        return [("Questions for customers", "; ".join(q.short for q in questions(session)) or "none")]

    view = View(session, Step.DATA, in_words)

    def act() -> None:
        if view.do(lambda: written_or_why("survey", lambda: write_survey(session))):
            folder = session.workspace.folder / "exports" / "survey"
            files = [(folder / name, holds) for name, holds in SURVEY_FILES.items()]
            view.show(written(session, "The survey is written.", files))

    def fill() -> None:
        try:
            questions(session)
        except SegkitError as error:  # the data cannot be read; said where they are shown, too
            view.say("error", str(error))
            return
        options = [(f"{q.text} ({q.base.plain})", q.id) for q in questions_for(session.goals.business.kind)]
        chosen = f.ticks(
            options,
            view.bound(lambda: [q.id for q in questions(session)], lambda ids: session.choose(Step.DATA, survey=ids), "survey"),
        )
        view.put(heading("Ask your customers"), chosen, c.button("Write the survey now", act))

    asked = [session.goals.business.kind]

    def follow(_: Step) -> None:
        if asked[-1] is not session.goals.business.kind:
            asked.append(session.goals.business.kind)
            fill()

    session.watch("ask survey", follow)
    fill()
    return view
