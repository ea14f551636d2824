"""What notebook 3 shows: the bases compared, three ways to form segments side by side, and how far to trust them."""

from segkit.core.criteria.evidence.recommendation import HowMany
from segkit.core.criteria.found.variables import descriptors
from segkit.core.criteria.rfm.table import money_word, naming_grid, nested_ranges, score_ranges
from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.rhythm import usual_gap
from segkit.html.criteria.rfm import naming_table
from segkit.html.notes import note, sentence
from segkit.html.piece import Html, stacked
from segkit.html.segments import segments_table
from segkit.html.tables import Format, table
from segkit.plots.criteria.how_many import how_many_segments
from segkit.plots.criteria.rfm import NEEDED, rfm_map
from segkit.plots.criteria.tree import joining_tree
from segkit.plots.profiles.sizes import segment_sizes
from segkit.show.piece import drawn, piece, to_know
from segkit.words.numbers import capital, count, first_few, listed, money, number
from segkit.words.terms import Base, CleaningRule, Method, Step
from segkit.workbook.session import Session

DRAWN_IN = "Extreme values are pulled in towards the others, so that they do not dominate:"
"""Said once for all variables."""

RETURNS = (CleaningRule.CANCELLED, CleaningRule.RETURNED)


@piece
def rhythm(session: Session) -> Html:
    """Say how fast customers usually come back: the words about time in names of segments go by it."""
    gap = usual_gap(session.results.data.customer_data.customers)
    if gap is None:
        return Html("", "")
    return note(
        "note",
        f"Customers who come back order about every {count(gap, 'day')} (the typical, or median, gap). A silence of up to "
        "twice that is normal; only a longer one is called long here. Where the customers of a segment have a rhythm of "
        "their own, that one counts.",
    )


@piece
def bases_compared(session: Session) -> Html:
    """Show strengths and weaknesses of each base, the data it needs, and what this business has of it."""
    overview = session.results.data.bases.table
    frame = overview.assign(
        base=[Base(base).label for base in overview.index],
        yours=[first_few(v + u) or "nothing yet" for v, u in zip(overview["variables"], overview["unusable"], strict=True)],
    )
    return table(
        frame,
        {
            "base": ("What you look at", None),
            "strength": ("Strength", None),
            "weakness": ("Weakness", None),
            "needs": ("Data it needs", capital),
            "yours": ("What you have", None),
        },
        "Five ways to look at a customer",
    )


def _formed(session: Session, method: Method) -> Html:
    segmentation = session.results.criteria.named(method)
    shown = segments_table(segmentation.segments, session.results.data.customer_data.currency, method.label)
    return stacked([shown, *_notes(session, segmentation)])


def _notes(session: Session, segmentation: Segmentation) -> list[Html]:
    """Return what was done to the data on the way, each thing said once."""
    about: dict[str, list[str]] = {}
    for one in segmentation.notes:
        if one.extreme_values:
            about.setdefault(DRAWN_IN, []).append(f"{one.about} ({count(one.extreme_values)})")
        else:
            about.setdefault(one.done, []).extend([one.about] if one.about else [])
    said = [
        f"{done} {', '.join(names)}." if done is DRAWN_IN else f"{', '.join(names)}: {done}" if names else done
        for done, names in about.items()
    ]
    return [note("note", text) for text in said]


@piece
def by_hand(session: Session) -> Html:
    """Show the pots of the desktop exercise as they fill."""
    segmentation = session.results.criteria.named(Method.BY_HAND)
    return stacked([_formed(session, Method.BY_HAND), drawn(segment_sizes(segmentation.segments))])


@piece
def rfm(session: Session) -> Html:
    """Show the RFM segments and where customers stand."""
    data = session.results.data.customer_data
    lacking = (
        "There are too few customers for a chart of how recently and how often they buy: most cells would hold fewer than five."
        if set(NEEDED) <= set(data.customers)
        else "Without dates and orders there is no chart of how recently and how often customers buy."
    )
    picture = drawn(rfm_map(data), lacking)
    returns = _returns(session) if session.results.rfm.money else []
    return stacked([_formed(session, Method.RFM), *returns, picture])


def _returns(session: Session) -> list[Html]:
    """Say whether returns and cancellations are deducted from each customer's spend."""
    met = [c for c in session.results.data.customer_data.ledger.counts if c.rule in RETURNS and c.rows and (c.money or 0) < 0]
    if not met:
        return []
    rows, worth = (
        sum(c.rows for c in met),
        money(-sum(c.money or 0.0 for c in met), session.results.data.customer_data.currency, 0),
    )
    if all(c.applied for c in met):
        return [
            note(
                "note",
                f"{count(rows, 'line')} of returns and cancellations worth {worth} are set aside: spend is what customers "
                "ordered, with returns not deducted. To deduct them, switch these rules off in notebook 2.",
            )
        ]
    return [
        note("note", f"Returns and cancellations ({count(rows, 'line')}, {worth}) are deducted from each customer's spend.")
    ]


@piece
def rfm_names(session: Session) -> Html:
    """Show what each score stands for, the naming table, and whether it is sound."""
    rule, customers = session.results.rfm.rule, session.results.data.customer_data.customers
    ranges = score_ranges(rule)
    headers: dict[str, tuple[str, Format | None]] = {"score": ("Score", None)}
    words_for = {"recency": "Last order (days ago)", "frequency": "Orders", "money": money_word(rule).capitalize()}
    headers |= {name: (words_for[name], None) for name in ranges}
    shown = table(ranges.reset_index().assign(score=[f"{s}" for s in ranges.index]), headers, "What each score stands for")
    grid = naming_grid(rule, customers)
    if grid is None:
        plain = {"recency": "recency", "frequency": "orders", "money": money_word(rule)}
        known = listed([plain[name] for name in ranges])
        return stacked(
            [shown, sentence(f"Of recency, orders and money the data hold only {known}, so the names rest on that alone.")]
        )
    said = session.results.rfm.checked.sentence
    if rule.naming.once_apart:
        said += " There are 125 for customers who came back, and 125 for those who bought once."
    return stacked([shown, *_nested(session), naming_table(grid), sentence(said)])


def _nested(session: Session) -> list[Html]:
    """Show the thresholds that nested scores have of their own: orders by recency, and folded money by both."""
    found = nested_ranges(session.results.rfm.rule)
    if not found:
        return []
    names = {"recency": ("Score for recency", str), "frequency": ("Score for orders", str)}
    titles = {
        "frequency": "Orders that each score stands for, by the score for recency",
        "money": f"{money_word(session.results.rfm.rule).capitalize()} that each score stands for, by both earlier scores",
    }
    tables = {}
    for name, frame in found.items():
        headers: dict[str, tuple[str, Format | None]] = {key: names[key] for key in names if key in frame}
        headers |= {f"{score}": (f"Score {score}", None) for score in range(5, 0, -1)}
        tables[name] = table(frame, headers, titles[name], dict.fromkeys(names, "left"))
    said = (
        "Each customer is compared only with those of the same earlier scores (nested scores): the table above is for all "
        "customers together, the lines below are those in use."
    )
    shown = [sentence(said), *([tables["frequency"]] if "frequency" in tables else [])]
    return [
        *shown,
        *([to_know("the thresholds of money", tables["money"])] if "money" in tables else []),
    ]


@piece
def how_many(session: Session) -> Html:
    """Show the evidence for each number of segments."""
    evidence = session.results.criteria.how_many
    picture = drawn(how_many_segments(evidence, session.goals.smallest_share))
    return stacked([sentence(evidence.reason), sentence(_other_number(session, evidence)), picture])


def _other_number(session: Session, evidence: HowMany) -> str:
    """Say how a number that the person chose compares with the one that the evidence favours, and where it is chosen."""
    chosen = session.criteria.n_segments
    if chosen is None or chosen == evidence.recommended or chosen not in evidence.pairs:
        return "Another number may serve you better: you choose it further down, under “Choose”."
    agreement = number(float(evidence.pairs[chosen].median()), 2)
    who = "You decided on" if session.answer_to(Step.CRITERIA, "n_segments").yours else "The worked example is built on"
    return f"{who} {chosen}; there the agreement is {agreement}. You can change it further down, under “Choose”."


@piece
def way_to_look(session: Session) -> Html:
    """Say which method looks for the segments, and why it suits these variables or does not."""
    method = session.results.criteria.found_method
    suggested, why = session.results.criteria.suggested_method
    if method is suggested:
        return stacked([*_why_these(session), sentence(why)])
    text = f"You chose: {method.meaning}. "
    if method is Method.HIERARCHICAL:
        tree = sentence(f"{text}The tree below shows which groups would join next.")
        return stacked([*_why_these(session), tree])
    return stacked([*_why_these(session), sentence(text), note("tip", f"These variables call for a different way. {why}")])


def _why_these(session: Session) -> list[Html]:
    """Say why these variables are suggested, as long as nobody chose others."""
    why = session.results.data.suggestion.why
    return [sentence(why)] if why and not session.criteria.variables else []


@piece
def from_data(session: Session) -> Html:
    """Show the segments found in the data, and the tree where they were cut from one."""
    method = session.results.criteria.found_method
    segmentation = session.results.criteria.named(method)
    rest = len(descriptors(session.results.data.customer_data, segmentation.variables))
    split = f"{count(len(segmentation.variables), 'variable')} formed these segments."
    if rest:
        split += f" The other {rest} only describe them, so they can be compared without going round in circles."
    tree = [drawn(joining_tree(segmentation.tree))] if segmentation.tree else []
    shown = segments_table(segmentation.segments, session.results.data.customer_data.currency, method.label)
    done = [to_know("what was done to the data", *_notes(session, segmentation))]
    return stacked([shown, sentence(split), *tree, *done])


@piece
def what_if(session: Session) -> Html:
    """Show what other decisions on logarithms, scales, outliers and weights would change."""
    found = session.results.comparison.what_if
    if not len(found.table):
        return sentence(found.sentence)
    shown = table(
        found.table,
        {
            "decision": ("If you decided differently", None),
            "agreement": ("Agreement (1 = the same, 0 = chance)", lambda v: number(v, 2)),
            "words": ("What that means", None),
        },
        "What these decisions change",
    )
    return stacked([sentence(found.sentence), to_know("each decision by itself", shown)])
