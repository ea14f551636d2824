"""Why a customer is in the segment it was found to be in: distances, probabilities or the customers most like it, in words."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.found.rule import FoundRule
from segkit.core.estimators.latent_class import LatentClassSegments
from segkit.core.estimators.ward import WardSegments
from segkit.words.numbers import capital, percent, quantity, readable

Doubles = npt.NDArray[np.float64]

NEAR_BORDER = 0.15
"""A customer whose own centre is less than this share nearer than the next one stands near the border."""

SURE = 0.8
"""Probability of the own segment below which a customer stands near the border."""


def why(rule: FoundRule, row: pd.DataFrame) -> str:
    """Say why one customer (a frame of one row) is where it is, and how near the border."""
    if isinstance(rule.estimator, LatentClassSegments):
        return _probable(rule, rule.estimator, row)
    point = rule.preparation.matrix(row)[0]
    away = np.sqrt(((rule.centres - point) ** 2).sum(axis=1))
    if isinstance(rule.estimator, WardSegments):
        return _joined(rule, row, away)
    if len(away) == 1:
        return "All customers are in this one segment."
    own, second = np.argsort(away, kind="stable")[:2]
    if rule.few and (stands := int(rule.places(rule.seen(row))[0])) != own:
        return f"So few customers are like it that they are counted with the nearest segment, “{rule.names[stands]}”."
    margin = 1 - away[own] / away[second] if away[second] > 0 else 0.0
    place = "close to the border with" if margin < NEAR_BORDER else "clearly closer than to"
    text = (
        f"Of all the segments' typical customers, that of “{rule.names[own]}” is the closest "
        f"(distance {readable(float(away[own]))}), "
        f"{place} “{rule.names[second]}” ({readable(float(away[second]))})."
    )
    gain = (point - rule.centres[second]) ** 2 - (point - rule.centres[own]) ** 2
    return f"{text} {_most(rule, row, rule.preparation.columns[int(np.argmax(gain))].variable)}"


def _probable(rule: FoundRule, estimator: LatentClassSegments, row: pd.DataFrame) -> str:
    point = rule.seen(row)
    chances = estimator.predict_proba(point)[0][list(rule.order)]
    if len(chances) == 1:
        return "All customers are in this one segment."
    own, second = np.argsort(-chances, kind="stable")[:2]
    place = "close to the border with" if chances[own] < SURE else "clearly before"
    text = (
        f"With a probability of {_chance(chances[own])} this customer belongs to “{rule.names[own]}”, "
        f"{place} “{rule.names[second]}” ({_chance(chances[second])})."
    )
    speaks = estimator.evidence(point, rule.order[own], rule.order[second])[0]
    if speaks.max() <= 0:
        return f"{text} Nothing known about this customer speaks for either: the larger segment is the safer guess."
    return f"{text} {_most(rule, row, rule.variables[int(np.argmax(speaks))])}"


def _chance(chance: float) -> str:
    return (
        f"more than {percent(0.99)}"
        if chance > 0.995
        else f"less than {percent(0.01)}"
        if chance < 0.005
        else percent(float(chance))
    )


def _joined(rule: FoundRule, row: pd.DataFrame, away: Doubles) -> str:
    own = int(rule.places(rule.seen(row))[0])
    if len(away) == 1:
        return "All customers are in this one segment."
    nearest = int(np.argmin(away))
    text = f"The customers most like it are in “{rule.names[own]}”, whose middle is {readable(float(away[own]))} away"
    if nearest != own:
        return f"{text}; the middle of “{rule.names[nearest]}” is nearer ({readable(float(away[nearest]))}): near the border."
    second = int(np.argsort(away, kind="stable")[1])
    margin = 1 - away[own] / away[second] if away[second] > 0 else 0.0
    place = "close to the border with" if margin < NEAR_BORDER else "clearly closer than"
    return f"{text}, {place} that of “{rule.names[second]}” ({readable(float(away[second]))})."


def _most(rule: FoundRule, row: pd.DataFrame, variable: str) -> str:
    labels = rule.labels[variable]
    value = row[variable].iloc[0]
    if pd.isna(value):
        shown = "not known (treated as average)"
    else:
        level = any(c.variable == variable and c.level is not None for c in rule.preparation.columns)
        shown = str(value) if level else quantity(float(value), labels.unit, rule.currency)
    return capital(f"what speaks most for it: {labels.label} is {shown}.")
