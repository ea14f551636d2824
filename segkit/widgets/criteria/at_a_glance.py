"""How large each segment would be at another number of segments, seen before it is chosen."""

from segkit.html.criteria.pots import segment_bars
from segkit.html.notes import note, sentence
from segkit.html.piece import stacked
from segkit.words.errors import SegkitError
from segkit.words.terms import SMALL_GROUP
from segkit.workbook.session import Session

FEW = f"Fewer than {SMALL_GROUP} customers are no segment: they are counted with the nearest one."


def at_a_glance(session: Session, k: int | None) -> str:
    """Return how large each segment would be at k segments, from what is known already: nothing is computed for it."""
    try:
        results = session.results
        seen = results.criteria.glance(k)
    except SegkitError as error:
        return note("error", str(error)).styled
    if seen is None:
        return sentence("The size of each segment will appear here once the evidence has been gathered.").styled
    customers = len(results.data.customer_data.customers)
    sizes = [round(share * customers) for share in seen.shares]
    bars = segment_bars(seen.names, sizes)
    said = f"{seen.k} segments"
    if k is None:
        said += ", as the evidence suggests"
    elif k > seen.k:
        said = f"These data do not hold {k} segments: at most {seen.k}"
    later = "" if seen.named else "Their names follow."
    later = f"{later} {FEW}".strip() if min(sizes) < SMALL_GROUP else later
    return stacked([sentence(f"{said}. How many customers each would have: {later}"), bars]).styled
