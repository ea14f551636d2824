"""How files that are brought now relate to those in use: the same, an earlier or later export, further orders, or others."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from segkit.words.numbers import count, date

NEARLY = 0.95
"""Share from which "all" is said: between two exports an order may have been cancelled or merged."""

ALIKE = 0.5
"""Share of the columns of the file that has fewer from which two files are of the same export."""


class Relation(StrEnum):
    """What the files brought are to those in use."""

    SAME = "same"
    NEWER = "newer"
    OLDER = "older"
    OVERLAP = "overlap"
    LATER = "later"
    EARLIER = "earlier"
    BESIDE = "beside"
    OTHER = "other"


@dataclass(frozen=True)
class Orders:
    """The orders of some files: how many, of how many customers, from when to when (None where no date can be read)."""

    orders: int
    customers: int
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True)
class Kinship:
    """Counts of the files in use, of those brought now, and of what stands in both.

    ``columns`` is the share of the columns of the file with fewer that the other has too, 0 to 1.
    """

    used: Orders
    brought: Orders
    orders: int
    customers: int
    columns: float

    @property
    def relation(self) -> Relation:
        """What the files brought are to those in use."""
        if self.columns < ALIKE:
            return Relation.OTHER
        holds_used = self.orders >= NEARLY * self.used.orders
        holds_brought = self.orders >= NEARLY * self.brought.orders
        if self.orders and (holds_used or holds_brought):
            if holds_used and holds_brought:
                return Relation.SAME if self.used.orders == self.brought.orders == self.orders else self._by_last_day()
            return Relation.NEWER if holds_used else Relation.OLDER
        if self.orders:
            return Relation.OVERLAP
        if self.used.last and self.brought.first and self.brought.first > self.used.last:
            return Relation.LATER
        if self.used.first and self.brought.last and self.brought.last < self.used.first:
            return Relation.EARLIER
        return Relation.BESIDE

    def _by_last_day(self) -> Relation:
        before = (self.used.last or dt.date.min, self.used.orders)
        return Relation.NEWER if (self.brought.last or dt.date.min, self.brought.orders) >= before else Relation.OLDER

    def sentence(self, brought: str, used: str) -> str:
        """Say it in words, with the figures that it rests on.

        Parameters
        ----------
        brought, used : str
            What the files are called.
        """
        until = f", up to {date(self.brought.last)}" if self.brought.last else ""
        both, of_used, of_brought = count(self.orders), self._of(self.used.orders), self._of(self.brought.orders)
        new = count(self.brought.orders - self.orders, "order")
        known = f"{count(self.customers)} of {count(self.brought.customers, 'customer')} are known already"
        begin, last, end, first = (date(d) for d in (self.brought.first, self.used.last, self.brought.last, self.used.first))
        said = {
            Relation.SAME: f"{brought} holds the same {count(self.orders, 'order')} as {used}. Nothing in it is new.",
            Relation.NEWER: f"{brought} looks like a later export of {used}: it holds {of_used} of its orders and {new} more"
            f"{until}.",
            Relation.OLDER: f"{brought} looks like an earlier export of {used}: {of_brought} of its orders are there already.",
            Relation.OVERLAP: (
                f"{brought} and {used} overlap: {both} of {count(self.brought.orders, 'order')} are there "
                f"already, {new} are new. Anything in both counts once."
            ),
            Relation.LATER: (
                f"{brought} looks like later orders of the same shop: the columns are those of {used}, the "
                f"orders begin on {begin}, after its last on {last}, and {known}. To see who has moved since, use it in "
                "notebook 6 instead."
            ),
            Relation.EARLIER: f"{brought} looks like earlier orders of the same shop: the columns are those of {used}, the "
            f"orders end on {end}, before its first on {first}, and {known}.",
            Relation.BESIDE: (
                f"{brought} has the columns of {used}, but no order in common with it; {known}. It may come "
                "from another of your tills or shops."
            ),
            Relation.OTHER: f"{brought} has other columns than {used}. It may come from another program.",
        }
        return said[self.relation]

    def _of(self, orders: int) -> str:
        return f"all {count(orders)}" if self.orders == orders else f"{count(self.orders)} of {count(orders)}"
