"""Decision of notebook 5: whom to serve, and how."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from segkit.decisions.model import Decision, Model, Rating, Text, no_twins
from segkit.words.terms import Channel


class SegmentRating(Model):
    """How well the business is placed to serve one segment, 1 (weak) to 5 (strong), and what data cannot tell about it.

    None is not rated yet.
    """

    segmentation: str
    segment_id: str
    position: Rating | None = None
    profit: Rating | None = None
    ease: Rating | None = None
    fit: Rating | None = None
    target: bool | None = None
    """Chosen as a target (True), left aside (False), or not yet decided (None)."""
    although: Text = ""
    """Why it is a target although it misses a condition."""


class Plan(Model):
    """What the business does for one target segment."""

    segmentation: str
    segment_id: str
    what_to_sell: Text = ""
    value_proposition: Text = ""
    message: Text = ""
    channel: Channel | None = None
    offer: Text = ""
    relationship: Text = ""
    budget: Annotated[float, Field(ge=0)] | None = None
    marketing: Text = ""
    sales: Text = ""
    service: Text = ""


class Targeting(Decision):
    """Decision of notebook 5: whom to serve, and how."""

    ratings: tuple[SegmentRating, ...] = ()
    plans: tuple[Plan, ...] = ()

    def meant(self, reason: str) -> Any:
        """Return the targets."""
        return sorted((one.segmentation, one.segment_id) for one in self.ratings if one.target)

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        no_twins(self.ratings, "ratings")
        no_twins(self.plans, "plans")
        return self
