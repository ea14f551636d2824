"""Decision of notebook 3: how customers are split; bands, pots put together, the settings of RFM, and weights of variables."""

from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from segkit.decisions.model import Decision, FromFile, Model, ShortText
from segkit.words.terms import MAX_SEGMENTS, Banding, Base, Method, RfmBins, RfmMoney, Scaling


class Band(Model):
    """One attribute of the desktop exercise and where it is cut.

    A numeric attribute has rising thresholds (``lower <= value < upper``); a category has none: each of its values is a band.
    """

    variable: FromFile
    banding: Banding = Banding.EQUAL_COUNT
    bands: Annotated[int, Field(ge=2, le=4)] = 2
    thresholds: Annotated[tuple[float, ...], Field(max_length=3)] = ()

    @model_validator(mode="after")
    def _thresholds_rise(self) -> Self:
        if any(b <= a for a, b in zip(self.thresholds, self.thresholds[1:], strict=False)):
            raise ValueError(f"the thresholds of {self.variable} must rise from the first to the last")
        if self.banding is Banding.OWN and not self.thresholds:
            raise ValueError(f"{self.variable} has thresholds of its own, but none is given")
        return self


class BlockWeight(Model):
    """How much a block of variables counts beside the others when customers are compared: 1 is as much, 2 twice."""

    block: FromFile
    """A segmentation base (value of `Base`), or one variable."""
    weight: Annotated[float, Field(gt=0, le=10)] = 1


class HandSegment(Model):
    """One segment of the desktop exercise: the pots put together, and what the person says of it."""

    bands: FromFile
    """Fingerprint of the attributes and bands under which these pots exist: it never applies to pots of another kind."""
    pots: Annotated[tuple[FromFile, ...], Field(min_length=1)]
    name: Annotated[str, Field(max_length=45)] = ""
    action: ShortText = ""
    """What we do for these customers, in one line."""

    @model_validator(mode="after")
    def _pots_in_order(self) -> Self:
        if list(self.pots) != sorted(set(self.pots)):
            raise ValueError("the pots of a segment must be different and in order")
        return self


Scores = tuple[Annotated[int, Field(ge=1, le=5)], Annotated[int, Field(ge=1, le=5)]]
Cuts = Annotated[tuple[float, ...], Field(max_length=4)]


class NameRule(Model):
    """One line of a naming table of one's own: a name, and the lowest and highest scores that it takes."""

    name: Annotated[str, Field(min_length=1, max_length=45)]
    recency: Scores = (1, 5)
    frequency: Scores = (1, 5)
    monetary: Scores = (1, 5)

    @model_validator(mode="after")
    def _lowest_first(self) -> Self:
        for low, high in (self.recency, self.frequency, self.monetary):
            if low > high:
                raise ValueError(f"in the line of {self.name} a lowest score is above the highest")
        return self


class Rfm(Model):
    """How recency, frequency and money are scored and named; empty thresholds are drawn from the data."""

    bins: RfmBins = RfmBins.INDEPENDENT
    money: RfmMoney = RfmMoney.TOTAL
    recency: Cuts = ()
    """Days; a customer below the first has the best score."""
    frequency: Cuts = ()
    monetary: Cuts = ()
    names: Annotated[tuple[NameRule, ...], Field(max_length=10)] = ()
    """A naming table of one's own, the first line that fits counts; empty means the workbook's."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for label, cuts in (("recency", self.recency), ("frequency", self.frequency), ("money", self.monetary)):
            if any(b <= a for a, b in pairwise(cuts)):
                raise ValueError(f"the thresholds of {label} must rise from the first to the last")
        return self


class Criteria(Decision):
    """Decision of notebook 3: how customers are split."""

    method: Method = Method.RFM
    by_hand: Annotated[tuple[Band, ...], Field(max_length=3)] = ()
    """Attributes of the desktop exercise; empty means the two that the workbook suggests."""
    pots: tuple[HandSegment, ...] = ()
    """Pots put together, and what is done for whom; those of other bands are kept until these come back."""
    rfm: Rfm = Rfm()
    variables: tuple[FromFile, ...] = ()
    """Segmentation variables of the data-driven method; empty means those that the workbook suggests."""
    n_segments: Annotated[int, Field(ge=2, le=MAX_SEGMENTS)] | None = None
    """Number of segments found in the data; None follows the evidence."""
    found_by: Method | None = None
    """How segments are found in the data where none of the found ones is chosen; None follows the variables."""
    log_skewed: bool = True
    scaling: Scaling = Scaling.STANDARD
    draw_in_outliers: bool = True
    block_weights: tuple[BlockWeight, ...] = ()
    other_base: Base | None = None
    """Base whose variables form the alternative that is shown beside; None takes the one known best."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0

    def meant(self, reason: str) -> Any:
        """Return the way to split and the number of segments."""
        return self.method, self.n_segments if self.method.found else None

    @model_validator(mode="after")
    def _variables_differ(self) -> Self:
        for names in (self.variables, tuple(band.variable for band in self.by_hand)):
            if len(set(names)) < len(names):
                raise ValueError("the same variable appears twice; choose different variables")
        if len({one.block for one in self.block_weights}) < len(self.block_weights):
            raise ValueError("the same block of variables is weighted twice; keep one weight")
        if self.found_by is not None and not self.found_by.found:
            raise ValueError("this way looks for nothing in the data; choose k_means, latent_class or hierarchical")
        return self

    @model_validator(mode="after")
    def _pots_lie_in_one_segment(self) -> Self:
        for bands in {entry.bands for entry in self.pots}:
            held = [entry.pots for entry in self.pots if entry.bands == bands]
            joined = [pot for pots in held if len(pots) > 1 for pot in pots]
            if len(set(joined)) < len(joined) or len(set(held)) < len(held):
                raise ValueError("a pot is in two segments; take one of them apart first")
        return self

    def used_by(self, method: Method) -> "Criteria":
        """Return the criteria of one way to split, without the reason and what only other ways use."""
        others: dict[str, Any] = {"why": "", "method": method, "found_by": None, "other_base": None}
        if method is not Method.BY_HAND:
            others |= {"by_hand": (), "pots": ()}
        if method is not Method.RFM:
            others |= {"rfm": Rfm()}
        if not method.found:
            others |= {"variables": (), "n_segments": None, "block_weights": ()}
        return self.revise(**others)
