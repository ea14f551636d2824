"""How customers become numbers: the columns that are compared, each from one variable, and back again."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.notes import Note
from segkit.core.data.values import finite

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Column:
    """How one column of the matrix comes from one variable; ``level`` is None for numbers.

    A number is drawn in to [``low``, ``high``], missing ones become ``fill``, then the logarithm is taken if ``log``
    (plain where ``shift`` is 0, else sign(x) · ln(1 + |x| / shift)), then ``(x − mean) / scale``. ``few`` tells numbers of few
    different values apart.
    """

    variable: str
    level: str | None
    log: bool
    shift: float
    low: float
    high: float
    fill: float
    mean: float
    scale: float
    few: bool = False

    def raw(self, values: pd.Series) -> Doubles:
        """Return the column before centring and scaling."""
        if self.level is not None:
            text = values.astype("string")
            hit: Doubles = text.eq(self.level).fillna(False).to_numpy(dtype=np.float64)
            hit[text.isna().to_numpy()] = self.fill
            return hit
        numbers = np.clip(finite(values), self.low, self.high)
        numbers[np.isnan(numbers)] = self.fill
        return logged(numbers, self.shift) if self.log else numbers

    def back(self, value: float) -> float:
        """Return a value of the matrix in the variable's own unit."""
        raw = value * self.scale + self.mean
        return unlogged(raw, self.shift) if self.log else raw


@dataclass(frozen=True)
class Preparation:
    """All columns, and what was done in sentences."""

    columns: tuple[Column, ...]
    notes: tuple[Note, ...]

    def matrix(self, frame: pd.DataFrame) -> Doubles:
        """Return the matrix of shape (customers, columns)."""
        return np.column_stack([(column.raw(frame[column.variable]) - column.mean) / column.scale for column in self.columns])

    def answers(self, frame: pd.DataFrame) -> tuple[Doubles, npt.NDArray[np.bool_]]:
        """Return what each customer answers, for a latent class: one column a variable, NaN where nothing is known.

        Numbers are drawn in and logged as in `matrix`; of a category 0 stands for all rare levels together, 1 for its first.

        Returns
        -------
        answers : numpy.ndarray
            Shape (customers, variables).
        categorical : numpy.ndarray
            Which of them are categories, shape (variables,).
        """
        found: dict[str, Doubles] = {}
        kinds: dict[str, bool] = {}
        for column in self.columns:
            values = frame[column.variable]
            kinds[column.variable] = column.level is not None or column.few
            if column.level is None:
                numbers = np.clip(finite(values), column.low, column.high)
                found[column.variable] = logged(numbers, column.shift) if column.log and not column.few else numbers
            else:
                text = values.astype("string")
                place = found.setdefault(column.variable, np.where(text.isna(), np.nan, 0.0))
                level = sum(c.variable == column.variable for c in self.columns[: self.columns.index(column) + 1])
                place[text.eq(column.level).fillna(False).to_numpy(dtype=bool)] = level
        return np.column_stack(list(found.values())), np.array(list(kinds.values()))

    def settings(self) -> list[dict[str, Any]]:
        """Return the columns as plain values."""
        return [asdict(column) for column in self.columns]


def logged(values: Doubles, shift: float) -> Doubles:
    """Take logarithms so that zeros and negative values survive and the unit of the values does not matter."""
    return np.log(values) if shift == 0 else np.sign(values) * np.log1p(np.abs(values) / shift)


def unlogged(value: float, shift: float) -> float:
    """Return the value whose logarithm this is."""
    return float(np.exp(value) if shift == 0 else np.sign(value) * shift * np.expm1(abs(value)))
