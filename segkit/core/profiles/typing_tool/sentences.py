"""What the typing tool does, in words: how often it is right, when it is unsure, and why it says what it says."""

import math

import numpy as np

from segkit.core.profiles.typing_tool.card import UNSURE, ScoreCard
from segkit.core.profiles.typing_tool.held_out import FINE, Outcome
from segkit.core.profiles.typing_tool.tool import GOOD_ENOUGH, OwnRule, TypingTool
from segkit.words.numbers import adding_up, capital, count, in_100, listed, readable

NOT_ASKED = "not known"
"""What stands for an answer that is not there."""

EQUALLY = "as likely"

FAR_AHEAD = 100
"""A segment that is likelier by more than this is so in words only."""


def of_100(share: float) -> str:
    """Say a share as so many of 100.

    >>> of_100(0.954)
    '95 of 100'
    """
    return f"{in_100(share)} of 100"


def in_short(tool: TypingTool) -> str:
    """Say how many questions put how many new customers right, and how sure that is."""
    chosen = tool.curve.iloc[len(tool.card.questions) - 1]
    sure = f"({in_100(chosen['low'])} to {in_100(chosen['high'])}, with 95 % confidence)"
    asked = count(len(tool.card.questions), "question")
    puts = "puts" if len(tool.card.questions) == 1 else "put"
    said = f"{asked} {puts} {of_100(chosen['right'])} new customers into the right segment {sure}"
    without = f"without any question, naming the largest segment would be right for {of_100(tool.largest)}"
    few = "" if chosen["right"] >= GOOD_ENOUGH else f" {_no_better(tool)}"
    return f"{said}; {without}.{few}"


def _no_better(tool: TypingTool) -> str:
    most = tool.curve.iloc[-1]
    if len(tool.curve) == len(tool.card.questions):
        return "There are no more questions to ask."
    return f"More questions hardly help: {count(int(most['questions']))} would reach {of_100(most['right'])}."


def asked(tool: TypingTool) -> str:
    """Name the questions, and say which of them wait for orders."""
    questions = tool.card.questions
    labels = [f"“{question.label}”" for question in questions]
    said = f"{'The question' if len(labels) == 1 else 'The questions'}: {listed(labels)}."
    bought = sum(question.looked_up for question in questions)
    if not bought:
        return said
    which = "That" if len(labels) == 1 else "All of them" if bought == len(labels) else count(bought, "of them", "of them")
    return (
        f"{said} {which} can be looked up, but only once somebody has been a customer for a while: leave open what is not "
        "known yet, and trust the answer less."
    )


def at_once(tool: TypingTool) -> str:
    """Say how far one gets with what can be asked before the first order; empty where that is no question."""
    early = tool.at_once
    if early is None:
        return ""
    labels = listed([f"“{question.label}”" for question in early.questions])
    asked_ = f"What can be asked before the first order ({labels}) puts {of_100(early.right)} into the right segment"
    sure = f"({in_100(early.low)} to {in_100(early.high)})"
    if early.low <= tool.largest:
        return f"{asked_} {sure}, no more than without any question: what somebody buys has to be seen first."
    return f"{asked_} {sure}."


def when_unsure(outcome: Outcome) -> str:
    """Say when a tool is unsure, and what becomes of 100 customers then."""
    right, unsure = outcome.right, outcome.unsure
    shares = adding_up([right, unsure, max(0.0, 1 - right - unsure)])
    named, open_, wrong = (in_100(share) for share in shares)
    return (
        f"Where the likeliest segment is not at least twice as likely as the next, the answer is “{UNSURE}”. Of 100 new "
        f"customers {named} are named rightly, {wrong} wrongly, and of {open_} it is unsure."
    )


def how_known(tool: TypingTool) -> str:
    """Say where the figures come from, and what they do not show."""
    drawn = ""
    if tool.customers < tool.drawn_from:
        drawn = f" {count(tool.customers)} of {count(tool.drawn_from)} customers, drawn at random, were used for this."
    return (
        "Each customer was judged by a tool that had not seen them (ten parts, each judged by the other nine), so these "
        f"figures hold for new customers who are like those of today.{drawn} That segments are easy to tell does not show that "
        "they are real: how far to trust them is said further up."
    )


def of_rule(rule: OwnRule) -> str:
    """Say that the rule that forms the segments is the tool."""
    labels = [f"“{label}”" for label in rule.labels]
    tell = "tells" if len(labels) == 1 else "tell"
    return (
        f"These segments are formed by a rule, so the rule itself is the tool: {listed(labels)} {tell} the segment of every "
        "customer, old or new, without any error. Who belongs to each segment stands in the table of segments in notebook 3."
    )


def why(card: ScoreCard, given: tuple[int, ...], names: dict[str, str]) -> str:
    """Say which segment a new customer belongs to, or that it is unsure, and why.

    Parameters
    ----------
    card : ScoreCard
        The tool in fine points.
    given : tuple of int
        The place of the answer to each question, below 0 where it is not known.
    names : dict of str to str
        Name of each segment.
    """
    said, scores = card.answered(given)
    order = np.argsort(-scores, kind="stable")
    first, second = int(order[0]), int(order[1])
    best, next_ = (names[card.segments[place]] for place in (first, second))
    ahead = _ahead(float(scores[first] - scores[second]))
    open_ = sum(place < 0 for place in given)
    left = (
        f" {capital(count(open_, 'answer'))} {'is' if open_ == 1 else 'are'} not known, which makes this less sure."
        if open_
        else ""
    )
    if said == UNSURE:
        only = ahead if ahead == EQUALLY else f"only {ahead}"
        return f"Unsure: “{best}” or “{next_}”. “{best}” is {only} as “{next_}”.{left}"
    return f"“{names[said]}”: it is {ahead} as “{next_}”, the next.{_because(card, given, first, second)}{left}"


def _ahead(points: float) -> str:
    times = math.exp(points / FINE)
    if times > FAR_AHEAD:
        return f"more than {FAR_AHEAD} times as likely"
    return EQUALLY if times < 1.05 else f"{readable(times)} times as likely"


def _because(card: ScoreCard, given: tuple[int, ...], first: int, second: int) -> str:
    """Name the answer that speaks most for the first segment against the second."""
    spoken = [
        weight[place, first] - weight[place, second] if place >= 0 else 0.0
        for weight, place in zip(card.weights.of_answer, given, strict=True)
    ]
    most = int(np.argmax(spoken))
    if spoken[most] <= 0:
        return ""
    question = card.questions[most]
    return f" What speaks most for it: {question.label}, {question.answers[given[most]]}."
