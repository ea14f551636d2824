"""Which method suits which variables, and how much each counts."""

import difflib
from collections.abc import Sequence

from segkit.core.criteria.found.preparation import FEW_VALUES
from segkit.core.criteria.found.rule import Treatment
from segkit.core.criteria.found.variables import suggest_variables
from segkit.core.data.customers import CustomerData
from segkit.core.data.values import finite, is_number
from segkit.decisions.criteria import Criteria
from segkit.words.errors import CriteriaError
from segkit.words.numbers import count, listed
from segkit.words.terms import Base, Method

FEW_ENOUGH = 150
"""Customers up to whom a tree shows each of them in its place."""


def suggest_method(data: CustomerData, variables: Sequence[str]) -> tuple[Method, str]:
    """Suggest how to look for segments in these variables, and say why.

    k-means for numbers; latent class as soon as half of the variables are answers or categories, or some are and the rest are
    numbers: on mixed data with overlapping segments k-means of one-hot columns agreed with the planted ones by .19 to .40,
    latent class by .74.
    """
    held = [v for v in variables if v in data.customers]
    answers = [v for v in held if _is_answer(data, v)]
    numbers = len(held) - len(answers)
    if answers and not numbers:
        return Method.LATENT_CLASS, (
            f"All {count(len(answers), 'variable')} are answers or categories: looking for groups who give similar answers "
            "(latent class) suits them. An average of “yes” and “no” would mean little."
        )
    if answers:
        kinds = "is an answer or a category" if len(answers) == 1 else "are answers or categories"
        return Method.LATENT_CLASS, (
            f"{count(numbers, 'variable')} {'is a number' if numbers == 1 else 'are numbers'} and {len(answers)} {kinds}: "
            "looking for groups who give similar answers (latent class) suits them, since it takes each kind for what it is."
        )
    also = ". With so few customers, a tree also shows each of them in its place" if len(data.customers) <= FEW_ENOUGH else ""
    return (
        Method.K_MEANS,
        f"All variables are numbers: looking for groups around a typical customer (k-means) suits them{also}.",
    )


def _is_answer(data: CustomerData, variable: str) -> bool:
    values = data.customers[variable]
    if not is_number(values):
        return True
    known = finite(values)
    different = len(set(known[known == known][:10_000]))
    # a count of orders that happens to be small is still a number
    behaves = next((v.base is Base.BEHAVIOURAL for v in data.variables if v.name == variable), False)
    return different <= (2 if behaves else FEW_VALUES)


def found_method(data: CustomerData, criteria: Criteria) -> Method:
    """Return how segments are found in the data: as chosen, or as the variables suggest."""
    if criteria.method.found:
        return criteria.method
    return criteria.found_by or suggest_method(data, criteria.variables or suggest_variables(data))[0]


def treatment(data: CustomerData, criteria: Criteria) -> Treatment:
    """Return how variables are made comparable, with weights by variable.

    Raises
    ------
    CriteriaError
        If a weight is given to what is neither a base nor a variable.
    """
    bases = {v.name: v.base.value for v in data.variables}
    known = {*Base, *bases}
    for one in criteria.block_weights:
        if one.block not in known:
            near = difflib.get_close_matches(one.block, sorted(known), n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"Bases are: {listed([base.value for base in Base])}."
            raise CriteriaError(f"A weight is given to “{one.block}”, which is neither a base nor a variable.", hint)
    given = {one.block: one.weight for one in criteria.block_weights}
    weights = {name: given.get(base, 1.0) * given.get(name, 1.0) for name, base in bases.items()}
    return Treatment(
        log_skewed=criteria.log_skewed,
        scaling=criteria.scaling,
        draw_in_outliers=criteria.draw_in_outliers,
        weights=tuple((name, weight) for name, weight in weights.items() if weight != 1),
    )
