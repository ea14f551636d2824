"""What a person decides: one frozen model for each notebook, and the workbook that holds all six.

A decision is never changed in place: ``revise`` returns a validated copy. Nothing here computes from data.
"""

import datetime as dt
import hashlib
import json
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from segkit.decisions.criteria import Band as Band
from segkit.decisions.criteria import BlockWeight as BlockWeight
from segkit.decisions.criteria import HandSegment as HandSegment
from segkit.decisions.criteria import NameRule as NameRule
from segkit.decisions.criteria import Rfm as Rfm
from segkit.decisions.model import Model, Place, Rating, Share, ShortText, Text
from segkit.decisions.model import in_words as in_words
from segkit.words.terms import (
    MAX_SEGMENTS,
    Adjustment,
    Attractiveness,
    Base,
    BusinessSize,
    BuyingStage,
    Channel,
    CleaningRule,
    CustomerKind,
    Evidence,
    FileKind,
    GoalReason,
    Industry,
    KnockOut,
    Method,
    Role,
    Scaling,
    SegmentAtAll,
    Step,
)

SCHEMA_VERSION = 1
"""Version of the layout of ``workbook.json``; a newer file is refused, never overwritten."""


class Decision(Model):
    """One notebook's decision; ``why`` holds the person's reason in their own words."""

    why: Text = ""


# 1 Goals


class Business(Model):
    """The business that segments its customers."""

    name: ShortText = ""
    kind: CustomerKind = CustomerKind.CONSUMER
    industry: Industry = Industry.OTHER
    size: BusinessSize = BusinessSize.MICRO
    currency: Annotated[str, Field(max_length=8)] = ""


class Goal(Model):
    """One reason to segment, with something measurable."""

    reason: GoalReason
    measure: ShortText = ""
    baseline: float | None = None
    target: float | None = None
    by: dt.date | None = None


class Weight(Model):
    """How much one attractiveness criterion counts, 0 (not at all) to 5 (most)."""

    criterion: Attractiveness
    weight: Annotated[int, Field(ge=0, le=5)]


class BreakEven(Model):
    """What the segmentation costs and what a customer brings, both for one year in the file's currency."""

    hours: Annotated[float, Field(ge=0)] = 40
    hourly_cost: Annotated[float, Field(ge=0)] = 40
    other_cost: Annotated[float, Field(ge=0)] = 500
    yearly_revenue: Annotated[float, Field(ge=0)] | None = None
    margin: Share = 0.3


class Goals(Decision):
    """Decision of notebook 1: why the business segments, and what a good segment must be."""

    business: Business = Business()
    segment_at_all: SegmentAtAll = SegmentAtAll.YES
    goals: Annotated[tuple[Goal, ...], Field(max_length=3)] = ()
    knock_outs: tuple[KnockOut, ...] = (KnockOut.DISTINCT, KnockOut.LARGE_ENOUGH, KnockOut.IDENTIFIABLE, KnockOut.REACHABLE)
    smallest_share: Share = 0.05
    weights: tuple[Weight, ...] = tuple(Weight(criterion=c, weight=3) for c in Attractiveness)
    break_even: BreakEven = BreakEven()

    @model_validator(mode="after")
    def _goals_differ(self) -> Self:
        reasons = [goal.reason for goal in self.goals]
        if len(set(reasons)) < len(reasons):
            raise ValueError("the same goal stands twice; choose different goals")
        return self


# 2 Data


STACKED = (FileKind.ORDERS, FileKind.CONTACTS)
"""Kinds of which there may be several files, such as monthly exports: they are put under each other."""


class FileChoice(Model):
    """A file, by its path (in the workspace's ``data`` folder or absolute), or a database, by its address."""

    kind: FileKind
    path: Annotated[Place, Field(min_length=1)]


class RoleChoice(Model):
    """A column that a person takes for something else than the workbook did."""

    kind: FileKind
    column: ShortText
    role: Role


class ReadingChoice(Model):
    """How a person says that a file is read; what is left out, the file itself tells."""

    kind: FileKind
    encoding: ShortText = ""
    delimiter: ShortText = ""
    """A word ("semicolon") or the sign itself; a tab or blank by its word."""
    decimal: Literal["", ".", ","] = ""
    skip: Annotated[int, Field(ge=0, le=100_000)] | None = None
    """Lines above the table."""
    header: bool | None = None
    """Whether the first row holds the names of the columns."""
    table: ShortText = ""
    """The sheet of a workbook, the table of a database, or the file in an archive."""


class Data(Decision):
    """Decision of notebook 2: which data, and how they are read."""

    sample: Annotated[str, Field(pattern=r"^(coffee_roaster|packaging_wholesaler|)$")] = "coffee_roaster"
    """Name of the sample business; empty when own files are used."""
    files: tuple[FileChoice, ...] = ()
    """Files of one's own; of orders and of contacts there may be several, the oldest first."""
    roles: tuple[RoleChoice, ...] = ()
    readings: tuple[ReadingChoice, ...] = ()
    """How files are read that do not tell it rightly themselves."""
    rules_off: tuple[CleaningRule, ...] = ()
    rules_on: tuple[CleaningRule, ...] = ()
    """Rules that are off by default and that the person switched on."""
    as_of: dt.date | None = None
    """Analysis date; None means the day after the last date in the file."""
    day_first: bool | None = None
    """Whether 03/04 is the third of April; None lets the evidence in the file decide."""
    pseudonyms: bool = False
    """Whether customer numbers are replaced by keyed pseudonyms in everything that leaves the workbook."""
    survey: tuple[ShortText, ...] | None = None
    """Ids of the questions to ask customers; None takes those that the workbook suggests."""

    @model_validator(mode="after")
    def _one_file_of_each_kind(self) -> Self:
        kinds = [file.kind for file in self.files if file.kind not in STACKED]
        if len(set(kinds)) < len(kinds):
            raise ValueError("two files of the same kind; only files of orders or of contacts may be several")
        if len(set(self.files)) < len(self.files):
            raise ValueError("the same file is chosen twice")
        read = [reading.kind for reading in self.readings]
        if len(set(read)) < len(read):
            raise ValueError("two ways to read the same kind of file; keep one of each kind")
        if not self.sample and not self.files:
            raise ValueError("neither a sample business nor a file of your own is chosen")
        seen: set[tuple[FileKind, str]] = set()
        for choice in self.roles:
            if (choice.kind, choice.column) in seen:
                raise ValueError(f"column {choice.column} is mapped twice; give it one role")
            seen.add((choice.kind, choice.column))
        single = (Role.CUSTOMER, Role.ORDER, Role.DATE)
        for role in single:
            for kind in FileKind:
                columns = [c.column for c in self.roles if c.role is role and c.kind is kind]
                if len(columns) > 1:
                    raise ValueError(f"{' and '.join(columns)} are both mapped to “{role.label}”; keep one of them")
        return self


# 3 Criteria


class Criteria(Decision):
    """Decision of notebook 3: how customers are split."""

    method: Method = Method.RFM
    by_hand: Annotated[tuple[Band, ...], Field(max_length=3)] = ()
    """Attributes of the desktop exercise; empty means the two that the workbook suggests."""
    pots: tuple[HandSegment, ...] = ()
    """Pots put together, and what is done for whom; those of other bands are kept until these come back."""
    rfm: Rfm = Rfm()
    variables: tuple[ShortText, ...] = ()
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

    @model_validator(mode="after")
    def _variables_differ(self) -> Self:
        for names in (self.variables, tuple(band.variable for band in self.by_hand)):
            if len(set(names)) < len(names):
                raise ValueError("the same variable stands twice; choose different variables")
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
                raise ValueError("a pot stands in two segments; take one of them apart first")
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


# 4 Profiles


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


def _no_twins(entries: tuple[Any, ...], what: str) -> None:
    keys = [(entry.segmentation, entry.segment_id) for entry in entries]
    if len(set(keys)) < len(keys):
        raise ValueError(f"two {what} for the same segment; keep one")


class Profiles(Decision):
    """Decision of notebook 4: names and personas."""

    labels: tuple[SegmentLabel, ...] = ()
    personas: tuple[Persona, ...] = ()

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        _no_twins(self.labels, "names")
        _no_twins(self.personas, "persona cards")
        return self


# 5 Targeting


class SegmentRating(Model):
    """How well the business is placed to serve one segment, 1 (weak) to 5 (strong), and what data cannot tell about it."""

    segmentation: str
    segment_id: str
    position: Rating = 3
    profit: Rating = 3
    ease: Rating = 3
    fit: Rating = 3
    target: bool | None = None
    """Chosen as a target (True), left aside (False), or not yet decided (None)."""


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

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        _no_twins(self.ratings, "ratings")
        _no_twins(self.plans, "plans")
        return self


# 6 Review


class Review(Decision):
    """Decision of notebook 6: what changed, what to adjust, and when to look again."""

    later_file: Place = ""
    """Order file of the later period; empty means the sample's later period, or none for own files."""
    later_as_of: dt.date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    what_changes: Text = ""
    next_review: dt.date | None = None


DECISIONS: dict[Step, type[Decision]] = {
    Step.GOALS: Goals,
    Step.DATA: Data,
    Step.CRITERIA: Criteria,
    Step.PROFILES: Profiles,
    Step.TARGETING: Targeting,
    Step.REVIEW: Review,
}


class HistoryEntry(Model):
    """One line of the history of decisions; lines are added, never changed."""

    at: dt.datetime
    step: Step
    field: str
    chosen: Any
    rejected: Any = None
    why: Text = ""


class Workbook(Model):
    """All six decisions of one business, and how they came about.

    A decision that is None has not been taken yet: the workbook then works with a suggestion and says so.
    """

    schema_version: Annotated[int, Field(ge=1, le=SCHEMA_VERSION)] = SCHEMA_VERSION
    goals: Goals | None = None
    data: Data | None = None
    criteria: Criteria | None = None
    profiles: Profiles | None = None
    targeting: Targeting | None = None
    review: Review | None = None
    history: tuple[HistoryEntry, ...] = ()

    def decision(self, step: Step) -> Decision | None:
        """Return the decision of a step, or None where none has been taken."""
        decision: Decision | None = getattr(self, step.value)
        return decision

    def with_decision(self, step: Step, decision: Decision, *, at: dt.datetime, before: Decision) -> "Workbook":
        """Return a workbook with one decision replaced and its changes appended to the history.

        Parameters
        ----------
        step : Step
            Which of the six decisions.
        decision : Decision
            The new decision.
        at : datetime.datetime
            When it was taken.
        before : Decision
            What held until now (the earlier decision or the suggestion): what was rejected.
        """
        old, new = before.model_dump(mode="json"), decision.model_dump(mode="json")
        entries = tuple(
            HistoryEntry(at=at, step=step, field=field, chosen=new[field], rejected=old[field], why=decision.why)
            for field in new
            if new[field] != old[field]
        )
        dumped = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**dumped, step.value: decision, "history": (*self.history, *entries)})


def fingerprint(*parts: Any) -> str:
    """Return eight hexadecimal digits that stand for some plain values (same values, same digits, on every machine)."""
    text = json.dumps(parts, sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
