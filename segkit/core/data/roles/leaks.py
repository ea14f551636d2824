"""Columns that already hold an answer: a segment, a score, a forecast. Segments formed from them would only repeat it."""

import re

from segkit.core.data.roles.columns import ColumnSummary
from segkit.core.data.roles.lexicon import spaced, squash

_SEGMENT = re.compile(
    r"segment|\bcluster|\bpersona\b|\brfm\b|\babc (class|code|kunde|klasse|analyse|group|grade)|kundenklasse|customer class|"
    r"customer (group|type) predicted|\bkmeans|\blabel (pred|cluster)"
)
_SCORE = re.compile(
    r"\b(rfm|lead|churn|health|engagement|risk|propensity|"
    r"recency|frequency|monetary|customer|loyalty|upsell|r|f|m) scor(e|ing)|"
    r"\bscor(e|ing) (rfm|client|kunde)|\blead ?scor(e|ing)"
)
_VALUE = re.compile(
    r"\b(clv|cltv|ltv|clvs?)\b|life ?time ?value|customer value|kundenwert|valeur (du )?client|valor (del )?cliente"
)
_FUTURE = re.compile(
    r"churn|attrition|\bexited\b|\blapsed\b|abwander|kundigungs?(wahrscheinlichkeit|risiko|datum)|predict|forecast|prognose|"
    r"expected|propensity|probabilit|wahrscheinlichkeit|likelihood|next (order|purchase|best)|"
    r"\bp alive\b|\bcancel(led|lation) date"
)
_RFM_NAMES = frozenset(
    "champions|loyal customers|loyal|potential loyalist|potential loyalists|new customers|promising|need attention|"
    "customers needing attention|about to sleep|at risk|can't lose them|cannot lose them|hibernating|hibernating customers|"
    "lost|lost customers".split("|")
)


def leak(summary: ColumnSummary) -> str:
    """Return in words which answer a column already holds, or an empty text."""
    name = spaced(summary.name)
    product = re.search(r"product|item|article|artikel|market|price", name)
    if _FUTURE.search(name):
        return "reveals the future, or who left: no segment may be formed from what it is meant to help predict"
    if _VALUE.search(name) and not re.search(r"\b(historic(al)?|actual|to date|bisher)\b", name):
        return "holds a value that somebody computed or forecast for each customer"
    if _SCORE.search(name):
        return "holds a score already: segments formed from it would only repeat it"
    if _SEGMENT.search(name) and not product:
        return "holds a segment already: segments formed from it would only repeat it"
    texts = {text.strip().lower() for text in summary.examples}
    if len(texts & _RFM_NAMES) >= 3 and len(texts & _RFM_NAMES) >= 0.6 * len(texts):
        return "holds names of segments already"
    return ""


def scores_of_rfm(names: list[str]) -> set[str]:
    """Return columns called R, F and M where a file has all three: scores, not figures."""
    single = {squash(name): name for name in names if squash(name) in ("r", "f", "m")}
    return set(single.values()) if len(single) == 3 else set()
