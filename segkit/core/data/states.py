"""The states of a file's orders counted: which rows they set aside, and what is asked about those that leave a doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segkit.core.data.questions import Answer, Question
from segkit.core.data.statuses import Level, meanings, says_partly_back
from segkit.words.numbers import count, first_few, money
from segkit.words.terms import SaleMeaning

SALE, NO_SALE, RETURNED = SaleMeaning.SALE, SaleMeaning.NO_SALE, SaleMeaning.RETURNED

CANCELLED = "cancelled"
"""What stands beside the meanings "no_sale" and "returned" in a line that was called off."""

KEY = "orders.status"


@dataclass(frozen=True)
class State:
    """One state of orders: where it stands, how often, for how much money, and what it is taken for.

    ``money`` is in the file's currency, None where unknown; ``sure`` is False where a person should say what the state means.
    """

    column: str
    state: str
    rows: int
    money: float | None
    meaning: SaleMeaning
    by_person: bool = False
    sure: bool = True
    cancelled: bool = False

    @property
    def certainty(self) -> str:
        """How sure that is, in words: "your choice", "sure" or "please check"."""
        return "your choice" if self.by_person else "sure" if self.sure else "please check"

    @property
    def sets_aside(self) -> str:
        """What lines in this state are called: "cancelled", "no_sale", "returned", or nothing where they are sales."""
        return CANCELLED if self.cancelled and self.meaning is NO_SALE else "" if self.meaning is SALE else self.meaning.value


@dataclass(frozen=True)
class Met:
    """Rows that have the same states in all columns of states: one state (None where the cell is empty) a column."""

    states: tuple[str | None, ...]
    rows: int
    money: float | None
    paid: int | None


def judge(
    columns: Sequence[str],
    met: Sequence[Met],
    said: Mapping[str, SaleMeaning] | None = None,
    known: Mapping[str, SaleMeaning] | None = None,
    *,
    refunds: bool = False,
) -> tuple[State, ...]:
    """Take each state of each column for something; what a person says goes before all else.

    Parameters
    ----------
    columns : sequence of str
        Names of the columns of states.
    met : sequence of Met
        How often which states come together.
    said : mapping of str to SaleMeaning, optional
        What a person says of states.
    known : mapping of str to SaleMeaning, optional
        What a known system means by its states.
    refunds : bool, optional
        Whether the file tells how much was given back: what is refunded in part is then a sale without doubt.

    Returns
    -------
    tuple of State
        Column by column, the commonest first.
    """
    own = {state.strip().casefold(): meaning for state, meaning in (said or {}).items()}
    found = []
    for i, column in enumerate(columns):
        levels = _levels(met, i)
        for level, meaning in meanings(levels, column, known, blank=any(one.states[i] is None for one in met)).items():
            chosen = own.get(level.strip().casefold())
            taken, counted = chosen or meaning.meaning, levels[level]
            sure = bool(chosen) or meaning.sure or (refunds and says_partly_back(level))
            found.append(State(column, level, counted.rows, counted.money, taken, chosen is not None, sure, meaning.cancelled))
    return tuple(found)


def _levels(met: Sequence[Met], column: int) -> dict[str, Level]:
    """Return what was counted of each state of one column, the commonest first."""
    rows: dict[str, list[Met]] = {}
    for one in met:
        state = one.states[column]
        if state is not None:
            rows.setdefault(state, []).append(one)
    levels = {
        state: Level(
            sum(one.rows for one in ones),
            round(sum(one.money or 0.0 for one in ones), 4) if any(one.money is not None for one in ones) else None,
            sum(one.paid for one in ones if one.paid is not None) if ones[0].paid is not None else None,
        )
        for state, ones in rows.items()
    }
    return dict(sorted(levels.items(), key=lambda item: (-item[1].rows, item[0])))


def ask(states: Sequence[State], met: Sequence[Met]) -> Question | None:
    """Ask which states count as sales, where some leave a doubt; None where none does.

    Parameters
    ----------
    states : sequence of State
        All states of the file.
    met : sequence of Met
        How often which states come together.
    """
    doubtful = sorted({s.state: s for s in states if not s.sure}.values(), key=lambda s: (-abs(s.money or 0), -s.rows, s.state))
    if not doubtful:
        return None
    fixed = {s.state: s.meaning for s in states if s.by_person}
    now = {s.state: s.meaning for s in doubtful}
    readings = [now, dict.fromkeys(now, SALE), {state: NO_SALE if m is SALE else m for state, m in now.items()}]
    readings += [now | {state: SALE if m is not SALE else NO_SALE} for state, m in now.items()] if 1 < len(now) < 4 else []
    different = [reading for i, reading in enumerate(readings) if reading not in readings[:i]]
    answers = tuple(
        Answer(
            _label(reading),
            _gives(states, met, reading),
            {} if reading == now else {"statuses": [{"status": s, "meaning": m.value} for s, m in (fixed | reading).items()]},
            taken=reading == now,
        )
        for reading in different
    )
    named = first_few([f"“{s.state}” ({_counted(s.rows, s.money)})" for s in doubtful])
    if any(s.meaning is SALE and s.sure for s in states):
        why = f"The words do not tell whether money came, and stayed: {named}."
    else:
        why = f"No state says for sure that something was sold: {named}."
    return Question(KEY, "Which states of orders count as sales?", why, answers)


def _label(reading: Mapping[str, SaleMeaning]) -> str:
    """Say a reading in a few words: "“open” counts; “disputed” does not"."""
    sold = [f"“{state}”" for state, meaning in reading.items() if meaning is SALE]
    back = [f"“{state}”" for state, meaning in reading.items() if meaning is RETURNED]
    other = [f"“{state}”" for state, meaning in reading.items() if meaning is NO_SALE]
    parts = [
        (sold, "counts as a sale", "count as sales"),
        (other, "is no sale", "are no sales"),
        (back, "is a return", "are returns"),
    ]
    return "; ".join(f"{first_few(names, 3)} {one if len(names) == 1 else many}" for names, one, many in parts if names)


def _gives(states: Sequence[State], met: Sequence[Met], reading: Mapping[str, SaleMeaning]) -> str:
    """Return in figures which rows would count as sales."""
    aside = {(s.column, s.state) for s in states if reading.get(s.state, s.meaning) is not SALE}
    columns = list(dict.fromkeys(s.column for s in states))
    sold = [one for one in met if not aside & set(zip(columns, one.states, strict=True))]
    has_money = any(one.money is not None for one in met)
    return f"{_counted(sum(o.rows for o in sold), sum(o.money or 0.0 for o in sold) if has_money else None)} as sales"


def _counted(rows: int, total: float | None) -> str:
    return count(rows, "row") + ("" if total is None else f", {money(total, decimals=2)} in all")
