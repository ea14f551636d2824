"""The columns of numbers of a file of orders, with what their names say and what their rows show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from segkit.core.data.roles import money_words
from segkit.core.data.roles.columns import ColumnSummary
from segkit.core.data.roles.structure import Groups, Numbers, Structure, firsts, sums
from segkit.words.terms import Role

GOODS = "quantity × price"
"""Stands for the money of the goods where no column holds it."""


@dataclass(frozen=True, eq=False)
class Look:
    """The columns of numbers of a file of orders.

    Attributes
    ----------
    summaries : mapping of str to ColumnSummary
        The columns.
    structure : Structure or None
        What the rows show.
    order : tuple of str
        The columns that tell orders apart, the number of the order first; empty where there is none.
    products : sequence of str
        Columns that name what was bought.
    """

    summaries: Mapping[str, ColumnSummary]
    structure: Structure | None
    order: tuple[str, ...]
    products: Sequence[str]
    _levels: dict[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def said(self) -> Mapping[str, tuple[Role | None, float, str]]:
        """What the names say (see ``money_words.kind``)."""
        said = {name: money_words.kind(name) for name in self.summaries}
        unit = money_words.pair_by_unit(list(said))
        if unit and not any(role is Role.QUANTITY for role, _, _ in said.values()):
            said |= {unit[0]: (Role.QUANTITY, 0.8, ""), unit[1]: (Role.PRICE, 0.95, "")}
        return said

    def named(self, role: Role) -> list[str]:
        """Return the columns whose names say a role, the surest first."""
        found = [name for name, (said, _, _) in self.said.items() if said is role]
        return sorted(found, key=lambda name: -self.said[name][1])

    def level(self, name: str) -> str:
        """Return of what a column's numbers speak: "row", "order" (repeated in each line), or "head" (in its first line)."""
        if name not in self._levels:
            self._levels[name] = self.structure.level(name, *self.order) if self.structure else "row"
        return self._levels[name]

    def is_nothing(self, name: str) -> bool:
        """Tell whether a column holds nothing but zeros."""
        summary = self.summaries[name]
        return not summary.numbers or (summary.minimum == 0 and summary.maximum == 0)

    @cached_property
    def pair(self) -> tuple[str, str] | None:
        """Quantity and price of a line, where both are there."""
        quantities, prices = self.named(Role.QUANTITY), self.named(Role.PRICE)
        prices.sort(key=lambda name: -money_words.says_net(name))  # what was paid, not what the list says
        prices = [name for name in prices if self.level(name) == "row"] or prices[:1]
        return (quantities[0], prices[0]) if quantities and prices else None

    @cached_property
    def goods(self) -> Numbers | None:
        """Quantity times price of each row, where both are there."""
        if self.structure is None or self.pair is None:
            return None
        quantity, price = self.pair
        return self.structure.numbers[quantity] * self.structure.numbers[price]

    def rows_of(self, name: str) -> Numbers | None:
        """Return a column row by row, ``GOODS`` too."""
        return self.goods if name == GOODS else self.structure.numbers.get(name) if self.structure else None

    @cached_property
    def _groups(self) -> Groups | None:
        groups = self.structure.groups(*self.order) if self.structure and self.order else None
        return groups if groups is not None and len(groups.starts) else None

    def by_order(self, name: str) -> Numbers | None:
        """Return the money of each order: once where it stands for the order, else the sum of its lines."""
        numbers = self.rows_of(name)
        if numbers is None:
            return None
        if self._groups is None:
            return np.nan_to_num(numbers)
        if name != GOODS and self.level(name) != "row":
            return np.nan_to_num(firsts(numbers, self._groups))
        return sums(numbers, self._groups)
