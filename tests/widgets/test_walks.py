"""Random walks through the forms of all notebooks, each killed at its end: what is shown is what is stored."""

import os
import random
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import ipywidgets as w
import pytest

from segkit.widgets import goals, history, profiles, review, targeting
from segkit.widgets.criteria import questions as criteria
from segkit.widgets.data import begin, confirm, states
from segkit.widgets.data import questions as data
from segkit.widgets.field import fields
from segkit.widgets.fields import Ticks
from segkit.words.errors import SegkitError
from segkit.words.terms import FileKind
from segkit.workbook import session as sessions
from segkit.workbook.kept import Kept
from segkit.workbook.session import Session

FORMS: Mapping[str, tuple[Callable[[Session], Any], ...]] = {
    "goals": (begin.begin, goals.business, goals.goals, goals.good_segment, goals.break_even, goals.whether),
    "data": (
        data.source, confirm.questions, data.reading, data.roles, data.privacy, states.meanings, data.rules, data.survey,
    ),
    "criteria": (
        criteria.by_hand, criteria.rfm, criteria.variables, criteria.look_for, criteria.comparing, criteria.method,
        criteria.other_base,
    ),
    "profiles": (profiles.spread_of, profiles.lifetime, profiles.personas),
    "targeting": (targeting.ratings, targeting.why_these, targeting.plans),
    "review": (review.later_period, review.adjust),
}  # fmt: skip

WALKS = {"goals": 90, "data": 8, "criteria": 5, "profiles": 10, "targeting": 7, "review": 80}
SHARE = 1.0 if "SEGKIT_JOURNEYS" in os.environ else 0.1
"""Part of the walks that is tried: all 200 take minutes."""

TYPED = [
    "", " ", "x" * 300, "x" * 5000, "twelve", "12", "-5", "9e99", "1.500,00",
    "150 %", "31.12.2026", "2026-02-30", "EUR", "100; 500",
    "<b onclick=\"alert(1)\">bold</b>",
    "😀 & Söhne", "\u202eabc\u202c", "one\ntwo\r\nthree", "=1+1", "$x_{1}$", "\x00", "None",
]  # fmt: skip


class Killed(BaseException):
    """The program is gone: nothing catches it."""


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """Return a workspace with the orders of sixty customers over two years; what is known of them serves all walks."""
    chance, folder = random.Random(7), tmp_path_factory.mktemp("walks")
    rows = ["order,date,customer,region,total"]
    for customer in range(60):
        for _ in range(1 + int(chance.expovariate(0.3))):
            day = f"{chance.choice((2024, 2025))}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
            rows.append(f"{len(rows)},{day},K{customer:02d},{'NSW'[customer % 3]},{chance.expovariate(0.02) + 5:.2f}")
    (folder / "data").mkdir()
    (folder / "data" / "orders.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


class Remembering(Kept):
    """Results kept for more than one state of the choices, since walks come back to the same few."""

    def __init__(self) -> None:
        super().__init__()
        self._earlier: dict[tuple[str, Any], list[tuple[object, Any]]] = {}

    def get(self, name: str, rests_on: object, compute: Callable[[], Any]) -> Any:
        """Return the result of that name for these inputs, or one computed earlier."""
        earlier = self._earlier.setdefault((name, self.region), [])
        for asked, result in earlier:
            if asked == rests_on:
                self._results[name] = (self.region, rests_on), result
                return result
        earlier.insert(0, (rests_on, super().get(name, rests_on, compute)))
        del earlier[12:]
        return earlier[0][1]


class Kernel:
    """One notebook at work: a session, and the forms of its cells."""

    def __init__(self, place: Path, notebook: str) -> None:
        self.session = Session(place)
        self.turn_back = history.turn_back(self.session)
        self.views = [ask(self.session) for ask in FORMS[notebook]]
        for view in (self.turn_back, *self.views):
            view.live()

    @property
    def controls(self) -> list[Any]:
        """What can be typed into or clicked, in the order of the notebook."""
        return [one for view in self.views for one in every(view.box) if isinstance(one, SETS) and not is_part(one)]

    def button(self, label: str) -> list[w.Button]:
        """Return the buttons that say so."""
        return [
            b
            for view in (self.turn_back, *self.views)
            for b in every(view.box)
            if isinstance(b, w.Button) and b.description == label
        ]


SETS = (w.Text, w.Textarea, w.Dropdown, w.RadioButtons, w.IntSlider, w.SelectMultiple, w.Checkbox, Ticks, w.ToggleButton)


def is_part(control: Any) -> bool:
    """Leave out what keeps nothing: whom to ask about, a file before it is taken, a server that nobody has."""
    return isinstance(control, w.Password | w.Combobox) or control.description in ("Or one from the folder “data”", "Address")


def every(widget: w.Widget) -> Iterator[w.Widget]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def edit(kernel: Kernel, chance: random.Random) -> str:
    """Type into some control, or choose in it."""
    control = chance.choice(kernel.controls)
    match control:
        case w.Text() | w.Textarea():
            control.value = chance.choice(TYPED)
        case w.SelectMultiple():
            control.value = tuple(v for _, v in control._options_full if chance.random() < 0.4)
        case w.Dropdown() | w.RadioButtons():
            if not control._options_full:
                return "nothing to choose"
            control.value = chance.choice([value for _, value in control._options_full])
        case w.IntSlider():
            control.value = chance.randint(control.min, control.max)
        case w.Checkbox():
            control.value = not control.value
        case Ticks():
            return edit_box(chance.choice(control.children))
        case w.ToggleButton():
            control.value = True
    return f"{control.description or type(control).__name__} := {str(control.value)[:40]!r}"


def edit_box(box: w.Checkbox) -> str:
    box.value = not box.value
    return f"{box.description[:30]} := {box.value}"


def turn(kernel: Kernel, chance: random.Random) -> str:
    """Undo, redo or go back."""
    label = chance.choice(("Undo", "Undo", "Redo", "Go back to that moment"))
    if label == "Go back to that moment":
        told = next(one for one in every(kernel.turn_back.box) if isinstance(one, w.Dropdown))
        told.value = chance.choice([value for _, value in told.options][:4])
    kernel.button(label)[0].click()
    return label


def switch(kernel: Kernel, chance: random.Random) -> str:
    """Look at the sample, or take one's own file, as in notebook 1."""
    session = Session(kernel.session.workspace.folder)
    first = begin.begin(session)
    own = next(b for b in every(first.box) if isinstance(b, w.Button) and b.description == "Use this one")
    sample = next(b for b in every(first.box) if isinstance(b, w.Button) and b.description == "Look at the sample first")
    pressed = own if session.sample else sample
    pressed.click()
    return pressed.description


def press(kernel: Kernel, chance: random.Random) -> str:
    """Press a button of some form."""
    buttons = [b for view in kernel.views for b in every(view.box) if isinstance(b, w.Button) and b.description in PRESSED]
    if not buttons:
        return "no button"
    chosen = chance.choice(buttons)
    chosen.click()
    return chosen.description


PRESSED = (
    "Fill in today's figure and a target from my orders", "Put together", "Take apart", "Start again", "Take the suggestion",
    "Back to the thresholds from the data", "Undo my choices of statuses", "Use this one", "Look at the sample first",
)  # fmt: skip


def faults_in(kernel: Kernel) -> list[str]:
    """Return what is wrong with what a notebook shows now."""
    with kernel.session.writing():
        return _faults_in(kernel)


def _faults_in(kernel: Kernel) -> list[str]:
    found = []
    for view in (kernel.turn_back, *kernel.views):
        for field in fields(view.box):
            name = field.control.description
            try:
                kept = field.bound.get()
            except SegkitError:  # what rests on files that cannot be read now, as is said where they are shown
                continue
            said = field.note.value
            if field.fault:
                if (
                    "Not saved. " not in said
                    or 'role="alert"' not in said
                    or not ("Still saved: " in said or "Nothing is saved" in said)
                ):
                    found.append(f"{name}: not said beside it: {said!r}")
            elif "Not saved" in said:
                found.append(f"{name}: said, though it is saved")
            elif field.control.value != field.shown:
                found.append(f"{name}: shows {field.control.value!r}, kept is {kept!r}")
        told = [one.value for one in every(view.box) if isinstance(one, w.HTML)]
        found += [
            f"{view.name}: {text[:200]}"
            for text in told
            if re.search("Something went wrong|Traceback|<b onclick|Input should", text)
        ]
        words = view.words.body
        found += [f"{view.name}: {words[:200]}" for _ in [0] if re.search("Something went wrong|<b onclick", words)]
    return found


def shown(kernel: Kernel) -> list[tuple[str, Any]]:
    """Return what all controls show, but not those that hold what is not saved."""
    wrong = {id(one) for view in kernel.views for f in fields(view.box) if f.fault for one in every(f.control)}
    return [(c.description, "not saved" if id(c) in wrong else c.value) for c in kernel.controls]


STEPS = (edit, edit, edit, edit, edit, turn, turn, press, switch)


def walk(place: Path, notebook: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(f"{notebook} {seed}")
    for name in ("workbook.json", "workbook.previous.json"):
        (place / name).unlink(missing_ok=True)
    if chance.random() < 0.8:
        Session(place).use_files([{"kind": FileKind.ORDERS, "path": "orders.csv"}])
    kernels = [Kernel(place, notebook), Kernel(place, chance.choice(("goals", "review")))]
    done: list[str] = []

    def step(way: Callable[[Kernel, random.Random], str]) -> None:
        which = int(chance.random() < 0.3)
        done.append(f"{'AB'[which]} {way.__name__}")
        done[-1] += f": {way(kernels[which], chance)}"
        for kernel in kernels:
            kernel.session.look_around()
        for kernel in kernels:
            wrong = faults_in(kernel)
            assert not wrong, "\n".join([*done, "", *wrong])

    for _ in range(chance.randint(2, 6)):
        step(chance.choice(STEPS))
    before, live, at = Session(place).book, shown(kernels[0]), open_at(kernels[0])
    killed_while_saving(chance, lambda: edit(kernels[0], chance), monkeypatch)
    after = Session(place)
    assert after.book.history[: len(before.history)] == before.history
    assert not after.workspace.notices
    fresh = Kernel(place, notebook)
    wrong = faults_in(fresh)
    assert not wrong, "\n".join([*done, "after the kill", *wrong])
    if after.book == before:  # who was not killed shows the same as who comes anew
        for pick, value in zip(segment_lists(fresh), at, strict=True):
            pick.value = value
        here, anew = live, shown(fresh)
        differing = [
            f"{a} is shown as {b}" for a, b in zip(here, anew, strict=True) if a != b and "not saved" not in (a[1], b[1])
        ]
        assert not differing, "\n".join([*done, *differing])


def segment_lists(kernel: Kernel) -> list[w.Dropdown]:
    return [one for one in kernel.controls if one.description == "Segment" and isinstance(one, w.Dropdown)]


def open_at(kernel: Kernel) -> list[Any]:
    """Return which segment's form is open: the one thing in view that nobody stores."""
    return [one.value for one in segment_lists(kernel)]


def killed_while_saving(chance: random.Random, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Do something, and be killed before or after a file takes its place."""
    left, late, replace = [chance.randint(0, 1)], chance.random() < 0.5, os.replace

    def dies(*given: Any) -> None:
        if not left[0] and not late:
            raise Killed
        replace(*given)
        if not left[0]:
            raise Killed
        left[0] -= 1

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", dies)
        try:
            act()
        except Killed:
            pass


@pytest.mark.slow
@pytest.mark.parametrize("notebook", FORMS)
def test_whatever_is_done_what_is_shown_is_what_is_stored_and_a_kill_loses_nothing(place, notebook, monkeypatch):
    monkeypatch.setenv("SEGKIT_STRICT", "1")  # what nobody foresaw is an error here
    monkeypatch.setattr(os, "fsync", lambda _: None)  # the disk is not what is tested
    monkeypatch.setitem(sessions._KEPT, place.resolve(), Remembering())
    for seed in range(max(1, round(SHARE * WALKS[notebook]))):
        walk(place, notebook, seed, monkeypatch)
