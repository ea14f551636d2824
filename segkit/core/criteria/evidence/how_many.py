"""How many segments: the evidence, gathered by the method that looks for them, and the number that it favours."""

from segkit.core.criteria.evidence.gather import gather
from segkit.core.criteria.evidence.recommendation import HowMany
from segkit.core.criteria.evidence.refits import gather_again
from segkit.core.criteria.found.ways import found_method
from segkit.core.criteria.segmentation import enough, preparation
from segkit.core.data.customers import CustomerData
from segkit.core.estimators.threads import one_thread
from segkit.decisions.criteria import Criteria
from segkit.words.terms import Method

PAIRS = 20
"""Bootstrap pairs on which the evidence rests, if nothing else is said."""


@one_thread
def how_many(data: CustomerData, criteria: Criteria, *, pairs: int = PAIRS, seed: int = 0) -> HowMany:
    """Gather the evidence for each number of segments by the method that looks for them in the data, chosen or suggested.

    Parameters
    ----------
    data : CustomerData
        The customers.
    criteria : Criteria
        Variables, method and how they are made comparable.
    pairs : int, default 20
        Bootstrap pairs.
    seed : int, default 0
        Seed of all draws.

    Raises
    ------
    TooFewCustomersError
        If there are too few customers to segment.
    CriteriaError
        If the variables do not tell customers apart.
    """
    criteria = criteria.revise(method=found_method(data, criteria))
    enough(data)
    prepared = preparation(data, criteria)
    if criteria.method in {Method.LATENT_CLASS, Method.HIERARCHICAL}:
        return gather_again(prepared, data.customers, criteria.method, pairs=pairs, seed=seed)
    blocks = [column.variable for column in prepared.columns]
    return gather(prepared.matrix(data.customers), pairs=pairs, seed=seed, blocks=blocks)


def with_number(data: CustomerData, criteria: Criteria, evidence: HowMany | None = None) -> Criteria:
    """Return criteria that say how many segments there are: as chosen, else as the evidence favours.

    Parameters
    ----------
    data : CustomerData
        The customers.
    criteria : Criteria
        By hand and RFM need no number, and come back as they are.
    evidence : HowMany, optional
        Evidence gathered before on the same variables; gathered here if it is not given.
    """
    if not criteria.method.found or criteria.n_segments is not None:
        return criteria
    return criteria.revise(n_segments=(evidence or how_many(data, criteria, seed=criteria.seed)).recommended)
