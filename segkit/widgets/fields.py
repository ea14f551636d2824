"""The kinds of field that forms are made of, each bound to one answer."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any

import ipywidgets as w

from segkit.widgets.controls import NOTHING_CHOSEN, look, untypeset
from segkit.widgets.field import Bound, Field, Said, Understood
from segkit.words.labelled import Term
from segkit.words.numbers import date as day
from segkit.words.typed import Typed, as_typed, as_typed_percent, typed_number, typed_numbers, typed_percent
from segkit.words.typed_dates import TypedDate, typed_date
from segkit.words.visible import visible


def text(label: str, bound: Bound, *, lines: int = 1, hint: str = "", expects: str = "") -> Field:
    """Return a field for words, saved when the person leaves it."""
    kind = w.Text if lines == 1 else w.Textarea
    extra = {} if lines == 1 else {"rows": lines}
    control = kind(placeholder=hint, continuous_update=False, **look(label), **extra)
    return Field(control, bound, kept=lambda value: f"“{value}”" if value else "", expects=expects)


def number(label: str, bound: Bound, *, hint: str = "", expects: str = "") -> Field:
    """Return a field for a number that may stay empty; "1.500,00", "1 500" and "1500 EUR" are understood."""
    control = w.Text(continuous_update=False, **look(label))
    return Field(
        control,
        bound,
        shown=_written,
        typed=lambda t: _read(t, typed_number(t), _written),
        kept=_written,
        expects=expects,
        hint=hint or (lambda: f"a number, such as {as_typed(1500)}"),
    )


def numbers(label: str, bound: Bound, *, hint: Said = "", expects: Said = "") -> Field:
    """Return a field for several numbers separated by semicolons, such as thresholds; it may stay empty."""
    control = w.Text(continuous_update=False, **look(label))

    def shown(values: Sequence[float]) -> str:
        return "; ".join(as_typed(float(f"{value:.10g}")) for value in values)

    return Field(control, bound, shown=shown, typed=typed_numbers, kept=shown, expects=expects, hint=hint)


def share(label: str, bound: Bound, *, expects: Said = "") -> Field:
    """Return a field for a share, typed and shown in percent."""
    control = w.Text(continuous_update=False, **look(label))

    def shown(value: float | None) -> str:
        return "" if value is None else as_typed_percent(value)

    return Field(
        control,
        bound,
        shown=shown,
        typed=lambda t: _read(t, typed_percent(t), shown),
        kept=shown,
        expects=expects,
        hint=lambda: f"in percent, such as {as_typed_percent(0.05)}",
    )


def slider(label: str, bound: Bound, *, low: int, high: int) -> Field:
    """Return a slider over whole numbers, saved when it is let go."""
    control = w.IntSlider(min=low, max=high, continuous_update=False, **look(label))
    return Field(control, bound)


def choice(label: str, options: Iterable[tuple[str, Any]], bound: Bound, *, expects: Said = "") -> Field:
    """Return a list to choose one entry from; one whose value is None stands for "nothing"."""
    # To a drop-down None means that no entry is shown, so that it would look empty.
    listed = [(visible(name), "" if value is None else value) for name, value in options]
    now = bound.get()
    known = [value for _, value in listed]
    control = w.Dropdown(options=listed, value=("" if now is None else now) if listed else None, **look(label))

    def shown(value: Any) -> Any:
        value = "" if value is None else value
        return value if value in known else control.value

    return Field(
        control,
        bound,
        shown=shown,
        typed=lambda chosen: None if chosen == "" else chosen,
        kept=lambda value: next((name for name, other in listed if other == ("" if value is None else value)), ""),
        expects=expects,
    )


def term(label: str, kind: type[Term], bound: Bound, *, optional: bool = False) -> Field:
    """Return a list of the members of an enumeration, under the words that people read."""
    empty = [(NOTHING_CHOSEN, None)] if optional else []
    return choice(label, [*empty, *((member.label, member) for member in kind)], bound)


def radio(label: str, options: Sequence[tuple[str, Any]], bound: Bound) -> Field:
    """Return a few alternatives, all visible, of which one holds."""
    control = w.RadioButtons(options=options, value=bound.get(), **look(label))
    return Field(control, bound, kept=lambda value: next((name for name, other in options if other == value), ""))


class Several(w.Box):  # type: ignore[misc]
    """Several controls that are one to its field: what any of them becomes is told as one value, unless it is set here."""

    def __init__(self, parts: Sequence[w.DOMWidget], **how: Any) -> None:
        self._watchers: list[Any] = []
        self._quiet = False
        self.description = ""  # a part says what it is for
        super().__init__(parts, **how)
        for part in parts:
            part.observe(self._changed, names="value")

    def observe(self, handler: Any, names: Any = "value", type: str = "change") -> None:
        """Call a function with the value after each change by a person; other traits are watched as usual."""
        if names == "value":
            self._watchers.append(handler)
        else:
            super().observe(handler, names, type)

    def _now(self, change: dict[str, Any]) -> Any:
        """Return the value that a change of one part makes."""
        raise NotImplementedError

    def _changed(self, change: dict[str, Any]) -> None:
        if not self._quiet:
            for handler in self._watchers:
                handler({"new": self._now(change)})


class Ticks(Several, w.VBox):  # type: ignore[misc]
    """A box to tick for each option; its ``value`` is all ticked values, in the options' order."""

    def __init__(self, options: Sequence[tuple[str, StrEnum | str]]) -> None:
        self._values = [value for _, value in options]
        self._boxes = [w.Checkbox(description=untypeset(label), indent=False, layout={"width": "100%"}) for label, _ in options]
        super().__init__(self._boxes)

    @property
    def value(self) -> tuple[StrEnum | str, ...]:
        """What is ticked."""
        return tuple(value for box, value in zip(self._boxes, self._values, strict=True) if box.value)

    @value.setter
    def value(self, chosen: Iterable[StrEnum | str]) -> None:
        wanted, self._quiet = set(chosen), True
        for box, value in zip(self._boxes, self._values, strict=True):
            box.value = value in wanted
        self._quiet = False

    def _now(self, _: dict[str, Any]) -> Any:
        return self.value


def ticks(options: Sequence[tuple[str, StrEnum | str]], bound: Bound) -> Field:
    """Return a box to tick for each option; all ticked values are saved, in the options' order."""
    field = Field(Ticks(options), bound, shown=lambda chosen: tuple(v for _, v in options if v in chosen))
    field.note.layout.margin = "0 0 4px 2px"
    return field


class Day(Several, w.HBox):  # type: ignore[misc]
    """A date to type, or to choose from a calendar; its ``value`` is the text, or the date that was chosen.

    A browser writes the dates of its calendar in its own way, so the calendar shows only its button.
    """

    def __init__(self, label: str) -> None:
        how = look(label)
        self._text = w.Text(continuous_update=False, **how)
        self._calendar = w.DatePicker(
            description="Calendar",
            tooltip=f"{label}: choose from a calendar",
            style={"description_width": "initial"},
            layout={"width": "auto", "flex": "0 0 auto"},
        )
        self._calendar.add_class("seg-calendar")
        super().__init__([self._text, self._calendar], layout=how["layout"])

    @property
    def value(self) -> str:
        """What is typed."""
        return str(self._text.value)

    @value.setter
    def value(self, text: str) -> None:
        self._text.value = text

    @property
    def placeholder(self) -> str:
        """What is shown while nothing is typed."""
        return str(self._text.placeholder)

    @placeholder.setter
    def placeholder(self, text: str) -> None:
        self._text.placeholder = text

    def open_at(self, day: dt.date | None) -> None:
        """Let the calendar open at a day."""
        self._quiet = True
        self._calendar.value = day
        self._quiet = False

    def _now(self, change: dict[str, Any]) -> Any:
        return "" if change["new"] is None else change["new"]


def date(label: str, bound: Bound, *, expects: Said = "") -> Field:
    """Return a field for a date that may stay empty; shown in words, which nobody reads another way."""
    control = Day(label)

    def shown(value: dt.date | None) -> str:
        control.open_at(value)
        return "" if value is None else day(value)

    def typed(given: str | dt.date) -> Any:
        return given if isinstance(given, dt.date) else _read(given, typed_date(given), shown)

    return Field(
        control,
        bound,
        shown=shown,
        typed=typed,
        kept=lambda value: "" if value is None else day(value),
        expects=expects,
        hint=lambda: f"a date, such as {day(dt.date(2026, 3, 31))}",
    )


def _written(value: float | None) -> str:
    return "" if value is None else as_typed(value)


def _read(text: str, typed: Typed | TypedDate, written: Callable[[Any], str]) -> Any:
    """Return a value, with how it was understood where the text could have been meant otherwise."""
    if typed.unsure and " ".join(text.split()) != written(typed.value):
        return Understood(typed.value, f"Understood as {written(typed.value)}")
    return typed.value
