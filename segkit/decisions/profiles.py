"""Decision of notebook 4: names of segments, and personas."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from segkit.decisions.model import Decision, FromFile, Model, Text, no_twins
from segkit.words.terms import BuyingStage, Evidence


class SegmentLabel(Model):
    """The name a person gives to one segment of one segmentation."""

    segmentation: str
    segment_id: str
    name: Annotated[str, Field(max_length=60)]


class Persona(Model):
    """A portrait of one segment, written by a person, never computed."""

    segmentation: str
    """Key of the segmentation it was written for: a card is kept, not lost, when the criteria change."""
    segment_id: str
    name: Annotated[str, Field(max_length=60)] = ""
    background: Text = ""
    motivation: Text = ""
    needs: Text = ""
    jobs_functional: Text = ""
    jobs_social: Text = ""
    pains: Text = ""
    gains: Text = ""
    communication: Text = ""
    dealing: Text = ""
    stage: BuyingStage | None = None
    evidence: Evidence = Evidence.GUESS


class Profiles(Decision):
    """Decision of notebook 4: names and personas, and how far ahead to look."""

    labels: tuple[SegmentLabel, ...] = ()
    personas: tuple[Persona, ...] = ()
    spread_of: FromFile = ""
    """Variable whose spread within the segments is shown; empty takes money, or the first number that there is."""
    horizon_months: Annotated[int, Field(ge=1, le=60)] = 12
    """How far ahead to look for what customers are worth."""
    yearly_discount: Annotated[float, Field(ge=0, le=0.5)] = 0.1
    """By how much money counts less for each year that it lies ahead."""

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        no_twins(self.labels, "names")
        no_twins(self.personas, "persona cards")
        return self
