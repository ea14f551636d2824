"""Which variables form segments found in the data: those that the data suggest, and those that may."""

from collections.abc import Sequence

from segkit.core.data.customers import CustomerData, Variable
from segkit.words.errors import CriteriaError
from segkit.words.terms import FREQUENCY, MONETARY_MEAN, MONETARY_TOTAL, RECENCY_DAYS, Base

MOST_SHARES = 16
"""Most shares of categories (such as the web shop's share of a customer's money) suggested beside RFM."""


LEAST_SPREAD = 0.05
"""Standard deviation of a share below which it hardly differs between customers."""


MOST_SUGGESTED = 8
"""Most variables suggested in all: each further one needs more customers and blurs the others."""


def suggest_variables(data: CustomerData) -> tuple[str, ...]:
    """Suggest the variables for segments found in the data.

    Recency, frequency and money where they exist, and the shares of categories that differ between customers: what and where
    they buy parts them better than RFM alone (both sample businesses: agreement with the planted segments .45 to .65 and .4 to
    .8). Without
    any of these other behavioural numbers, then survey answers, then whatever numbers and categories there are.
    """
    usable = [v for v in data.variables if v.usable and v.name in data.customers]
    rfm = [v.name for v in usable if v.name in {RECENCY_DAYS, FREQUENCY, MONETARY_TOTAL} and v.numeric]
    if MONETARY_TOTAL not in rfm:
        rfm += [v.name for v in usable if v.name == MONETARY_MEAN]
    if len(rfm) >= 2:
        return (*rfm, *_informative_shares(data, usable))
    chosen = list(rfm)
    pools = (
        [v for v in usable if v.base is Base.BEHAVIOURAL and v.numeric],
        [v for v in usable if v.base is Base.PSYCHOGRAPHIC],
        [v for v in usable if v.numeric],
        usable,
    )
    for pool in pools:
        chosen += [v.name for v in pool if v.name not in chosen]
        if len(chosen) >= 2:
            break
    most = MOST_SUGGESTED if pool is not pools[1] else max(MOST_SUGGESTED, 20)
    return tuple(chosen[:most])


def _informative_shares(data: CustomerData, usable: list[Variable]) -> list[str]:
    """Return the shares of a customer's money or orders that differ most between customers."""
    shares = [v.name for v in usable if v.numeric and v.unit == "share" and v.name.startswith("share_")]
    spreads = {name: float(data.customers[name].std()) for name in shares}
    told = sorted((name for name in shares if spreads[name] >= LEAST_SPREAD), key=lambda name: (-spreads[name], name))
    return told[:MOST_SHARES]


def may_form(data: CustomerData, variables: Sequence[str]) -> None:
    """Check that these variables may form segments, and are not there to describe them only.

    Raises
    ------
    CriteriaError
        If one is a descriptor.
    """
    for v in data.variables:
        # what is the same for all is refused in the preparation, which says so
        if v.name in variables and not v.usable and data.customers[v.name].nunique() > 1:
            raise CriteriaError(
                f"“{v.label}” can only describe segments, not form them: {v.why_not or 'it is a descriptor'}.",
                "Leave it out here; it is compared between the segments in notebook 4.",
            )


def descriptors(data: CustomerData, variables: Sequence[str]) -> tuple[str, ...]:
    """Return the variables that only describe segments formed from the given ones: all others."""
    return tuple(v.name for v in data.variables if v.name not in variables)
