"""The three ways to split, a tab each: what each makes of the customers, and what can be changed about it."""

from segkit.html.notes import sentence
from segkit.html.piece import Html, stacked
from segkit.show.criteria import comparison as compare
from segkit.show.criteria import pieces as show
from segkit.widgets.criteria import questions as ask
from segkit.widgets.tabs import Folded, Paragraph, Part, Tabs
from segkit.words.terms import Method
from segkit.workbook.session import Session

BY_HAND = (
    "Imagine a card for each customer, and pots on a desk: each card falls into exactly one pot, by one to three attributes "
    "and where you cut them."
)
POTS = (
    "Would you do the same for two pots? Then click both and put them together. Aim for seven segments at most, each with one "
    "line on what you do for it. Put a pot that holds hardly anyone together with its nearest neighbour."
)
RFM = (
    "RFM looks at three things that nearly every business knows: how recently a customer bought, how frequently, and for how "
    "much money. Each is scored from 1 (worst) to 5 (best); people who bought only once stand apart, since one order says "
    "little about habits."
)
NAMES = (
    "Three scores make 5 × 5 × 5 = 125 combinations, far too many to serve. A naming table puts each of them into one segment. "
    "Where the data tell only one of the three, its score alone gives the name."
)
FOUND = (
    "Here the computer looks for groups of customers who are alike in the variables that you choose. It always finds some "
    "groups, even where there are none: so read how far to trust them before you believe it."
)
KINDS = (
    "Groups of similar customers (k-means): best for numbers, such as days, orders and money.",
    "Groups who give similar answers (latent class): best for yes/no answers and kinds of "
    "things, alone or mixed with numbers. It says "
    "of each customer how probable each segment is, and copes with missing answers.",
    "A tree of how groups join (hierarchical): best to see which segments are close relatives. It shifts more easily when "
    "other customers walk in.",
)
ACROSS = (
    "A segment that keeps its customers at every number is one to build on. One that is put together anew each time is a line "
    "drawn through a crowd."
)
SCALE = (
    "A day is not a euro. Before customers can be compared, somebody must say how much of the one counts as much as how much "
    "of the other. The workbook suggests; you decide, and see what your decision changes."
)


def three_ways(session: Session) -> Tabs:
    """Show each way in a tab of its own; first come the segments, then what may be changed, folded under a question."""
    by_hand: list[Part] = [
        Paragraph(sentence(BY_HAND)),
        show.by_hand(session),
        Folded("Cut elsewhere, or put pots together", [Paragraph(sentence(POTS)), ask.by_hand(session)]),
    ]
    rfm: list[Part] = [
        Paragraph(sentence(RFM)),
        show.rfm(session),
        Folded(
            "What does each score stand for, and who gets which name?", [Paragraph(sentence(NAMES)), show.rfm_names(session)]
        ),
        Folded("Score otherwise", [ask.rfm(session)]),
    ]
    found: list[Part] = [
        Paragraph(sentence(FOUND)),
        show.from_data(session),
        Folded("Which variables form the segments?", [ask.variables(session)]),
        Folded("What is looked for?", [Paragraph(_listed(KINDS)), ask.look_for(session), show.way_to_look(session)]),
        Folded("How many segments are there?", [show.how_many(session)]),
        Folded("What if there were one more, or one fewer?", [Paragraph(sentence(ACROSS)), compare.across(session)]),
        Folded(
            "How are different things put on one scale?",
            [Paragraph(sentence(SCALE)), ask.comparing(session), show.what_if(session)],
        ),
    ]

    def title(plain: str, mine: tuple[Method, ...]) -> str:
        return f"{plain} ✓" if session.criteria.method in mine else plain

    ways = [
        ("By hand", (Method.BY_HAND,), by_hand),
        ("RFM", (Method.RFM,), rfm),
        ("Found in the data", tuple(m for m in Method if m.found), found),
    ]
    now = next(place for place, (_, methods, _) in enumerate(ways) if session.criteria.method in methods)
    tabs = [(lambda t=t, m=m: title(t, m), inside) for t, m, inside in ways]
    return Tabs(session, "ask three ways", tabs, first=now)


def _listed(lines: tuple[str, ...]) -> Html:
    return stacked(sentence(line) for line in lines)
