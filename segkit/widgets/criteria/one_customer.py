"""Why is this customer in its segment? A number is typed or picked, and the answer is in words."""

from segkit.html.notes import note, sentence
from segkit.html.piece import Html, stacked
from segkit.words.errors import SegkitError
from segkit.words.numbers import listed
from segkit.workbook.session import Session

COLD = (
    "Type a customer's number to read why this customer is in this segment, and how close to the border. Run the cell to "
    "ask; no number is kept in the notebook."
)


def numbers(session: Session) -> tuple[str, ...]:
    """Return the numbers of a few customers whom one might ask about."""
    try:
        return tuple(example.customer_id for example in session.results.criteria.examples)
    except SegkitError:  # said in the answer
        return ()


def answer_about(session: Session, typed: str) -> Html:
    """Return whom one might ask about, and the answer about whom one asked."""
    known = session.results.criteria.examples
    of = [f"{one.customer_id} (“{one.segment_name}”{', close to a border' if one.near_border else ''})" for one in known]
    hint = sentence(f"For instance {listed(of)}.")
    if not typed.strip():
        return hint
    try:
        return stacked([note("answer", session.why(typed)), hint])
    except SegkitError as error:
        return stacked([note("error", str(error)), hint])
