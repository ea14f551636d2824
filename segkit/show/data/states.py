"""What notebook 2 shows of the states of orders: what each is taken for, and what rests on a doubt."""

from segkit.core.data.privacy import shown
from segkit.html.data.states import states_table
from segkit.html.notes import note
from segkit.html.piece import Html, stacked
from segkit.show.piece import piece
from segkit.words.numbers import first_few
from segkit.workbook.session import Session

NO_STATES = "Your orders have no status column (such as paid, pending or refunded), so every row counts as a sale."


@piece
def states(session: Session) -> Html:
    """Show the states of orders, and which of them should be checked."""
    data = session.results.data.customer_data
    if not data.states:
        return note("note", NO_STATES)
    doubtful = list(dict.fromkeys(f"“{shown(s.state, s.column)}”" for s in data.states if not s.sure))
    doubt = (
        f"The wording of {first_few(doubtful)} does not make clear whether the money came in and stayed. Please check "
        "what is chosen."
    )
    return stacked([states_table(data.states, data.currency), *([note("warning", doubt)] if doubtful else [])])
