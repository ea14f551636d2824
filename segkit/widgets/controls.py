"""The few kinds of control that the views are made of: each shows what it is for, and calls back with the new value."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any

import ipywidgets as w

from segkit.words.errors import WorkbookError
from segkit.words.labelled import Term
from segkit.words.typed import as_typed
from segkit.words.typed import typed_number as read_number
from segkit.words.visible import visible

Save = Callable[[Any], None]

LABEL = {"description_width": "230px"}
LONGEST_LABEL = 36
"""Longer labels would be cut off beside their control."""
NOTHING_CHOSEN = "(not chosen)"


def text(label: str, value: str, save: Save, *, lines: int = 1, hint: str = "") -> w.DOMWidget:
    """Return a field for words, saved when the person leaves it."""
    kind = w.Text if lines == 1 else w.Textarea
    extra = {} if lines == 1 else {"rows": lines}
    control = kind(value=value, placeholder=hint, continuous_update=False, **look(label), **extra)
    return _watched(control, save)


def secret(label: str) -> w.Password:
    """Return a field whose letters are not shown; nobody saves it, and who reads it must empty it."""
    return w.Password(continuous_update=False, **look(label))


def number(label: str, value: float | None, save: Save, *, hint: str = "") -> w.DOMWidget:
    """Return a field for a number that may stay empty; decimal comma and thousands spaces are understood."""
    control = w.Text(
        value="" if value is None else as_typed(value), placeholder=hint or "a number", continuous_update=False, **look(label)
    )
    return _watched(control, lambda typed: save(typed_number(typed)))


def slider(label: str, value: int, save: Save, *, low: int, high: int) -> w.DOMWidget:
    """Return a slider over a few whole numbers, which are written alike everywhere; saved when it is let go."""
    return _watched(w.IntSlider(value=value, min=low, max=high, continuous_update=False, **look(label)), save)


def choice(label: str, options: Iterable[tuple[str, Any]], value: Any, save: Save) -> w.DOMWidget:
    """Return a list to choose one entry from; one whose value is None stands for "nothing"."""
    # To a drop-down None means that no entry is shown, so that it would look empty.
    shown = [(visible(label), "" if value is None else value) for label, value in options]
    control = w.Dropdown(options=shown, value="" if value is None and shown else value, **look(label))
    return _watched(control, lambda chosen: save(None if chosen == "" else chosen))


def several(label: str, options: Iterable[tuple[str, str]], value: Sequence[str], save: Save) -> w.DOMWidget:
    """Return a list to mark any number of entries in."""
    return _watched(
        w.SelectMultiple(options=[(visible(name), each) for name, each in options], value=tuple(value), rows=3, **look(label)),
        save,
    )


def term(label: str, kind: type[Term], value: Term | None, save: Save, *, optional: bool = False) -> w.DOMWidget:
    """Return a list of the members of an enumeration, under the words that people read."""
    empty = [(NOTHING_CHOSEN, None)] if optional else []
    return choice(label, [*empty, *((member.label, member) for member in kind)], value, save)


def ticks(options: Sequence[tuple[str, StrEnum | str]], chosen: Iterable[StrEnum | str], save: Save) -> w.DOMWidget:
    """Return a box to tick for each option; ``save`` gets all ticked values, in the options' order."""
    before = set(chosen)
    boxes = [
        w.Checkbox(value=value in before, description=untypeset(label), indent=False, layout={"width": "100%"})
        for label, value in options
    ]

    def changed(_: Any) -> None:
        save(tuple(value for box, (_, value) in zip(boxes, options, strict=True) if box.value))

    for box in boxes:
        box.observe(changed, names="value")
    return w.VBox(boxes)


def button(label: str, act: Callable[[], None]) -> w.Button:
    """Return a button."""
    control = w.Button(description=visible(label), layout={"width": "auto", "align_self": "flex-start"})
    control.on_click(lambda _: act())
    return control


def untypeset(label: str) -> str:
    """Return a label in which ipywidgets sees no formula: it would take what stands between two dollar signs for one."""
    return visible(label).replace("$", "＄") if label.count("$") > 1 else visible(label)


def look(label: str) -> dict[str, Any]:
    """Return what makes a control stand in line with the others: its label, and its width."""
    assert len(label) <= LONGEST_LABEL, f"the label “{label}” would be cut off"
    return {"description": untypeset(label), "style": LABEL, "layout": {"width": "100%", "max_width": "760px"}}


def _watched(control: w.DOMWidget, save: Save) -> w.DOMWidget:
    control.observe(lambda change: save(change["new"]), names="value")
    return control


def typed_number(typed: str) -> float | str | None:
    """Read a number as people write it; what is none is passed on as it is, for the decision to refuse in words."""
    try:
        return read_number(typed).value
    except WorkbookError:
        return typed.strip()
