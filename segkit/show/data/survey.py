"""What notebook 2 shows of the survey: what to ask, whom, and how sure the answers will be."""

from segkit.core.data.customers import CustomerData
from segkit.html.notes import note
from segkit.html.piece import Html
from segkit.reading.values.labels import variable_name
from segkit.words.numbers import count, money
from segkit.words.terms import MONETARY_TOTAL, FileKind, Grain


def who_answered(data: CustomerData) -> list[Html]:
    """Compare those who answered a survey with those who did not: answers speak for the first only."""
    names = {variable_name(role.column) for role in data.roles.get(FileKind.SURVEY, ())} & set(data.customers.columns)
    if not names or MONETARY_TOTAL not in data.customers or data.grain is Grain.CUSTOMER:
        return []
    answered = data.customers[sorted(names)].notna().any(axis=1)
    if answered.all() or not answered.any():
        return []
    theirs, others = (data.customers.loc[who, MONETARY_TOTAL].median() for who in (answered, ~answered))
    said = (
        f"{count(int(answered.sum()))} of {count(len(answered), 'customer')} have answered so far. Their typical (median) "
        f"spend is {money(theirs, data.currency, decimals=0)}; that of the others is "
        f"{money(others, data.currency, decimals=0)}."
    )
    apart = max(theirs, others) > 1.25 * min(theirs, others)
    told = (
        (" The answers speak for those who gave them, less so for the others.")
        if apart
        else " The two groups spend about the same."
    )
    return [note("warning" if apart else "answer", said + told)]
