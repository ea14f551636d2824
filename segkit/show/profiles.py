"""What notebook 4 shows: the segments described, compared and given a face."""

from segkit.core.profiles.typing_tool import sentences as said_of
from segkit.core.profiles.typing_tool.tool import OwnRule, TypingTool, Untold
from segkit.html.criteria.verdict import one_crowd
from segkit.html.notes import note, sentence
from segkit.html.piece import Html, stacked
from segkit.html.profiles.persona_card import persona_card
from segkit.html.profiles.typing_curve import curve_table, questions_table, recall_table
from segkit.html.segments import segments_table
from segkit.html.tables import Format, table
from segkit.plots.profiles.heatmap import index_heatmap
from segkit.plots.profiles.profile import segment_profiles
from segkit.plots.profiles.sizes import segment_sizes
from segkit.plots.profiles.spread import spread_by_segment
from segkit.show.piece import drawn, piece, to_know
from segkit.words.numbers import count, number
from segkit.words.terms import Step, Verdict
from segkit.workbook.session import Session


@piece
def segments(session: Session) -> Html:
    """Show size and value of each segment, and one sentence on each."""
    results = session.results
    profiles = results.profiles.tables
    said = [sentence(f"{profiles.summary.loc[i, 'segment_name']}: {text}") for i, text in profiles.sentences.items()]
    return stacked([segments_table(profiles.summary, results.data.customer_data.currency), *said])


@piece
def how_real(session: Session) -> Html:
    """Say how far these segments may be trusted, as notebook 3 found."""
    trust = session.results.criteria.trust
    if trust.verdict is Verdict.NONE:
        return one_crowd("described")
    return sentence(f"How far to trust them, from notebook 3: {trust.verdict.label}. {trust.reason}")


@piece
def sizes(session: Session) -> Html:
    """Draw the share of customers beside the share of money."""
    profiles = session.results.profiles.tables
    value_share = profiles.summary["value_share"] if profiles.summary["value_share"].notna().any() else None
    return drawn(segment_sizes(profiles.summary, value_share))


@piece
def profile_plot(session: Session) -> Html:
    """Draw one panel a segment: what it is like against all customers."""
    return drawn(segment_profiles(session.results.profiles.tables))


@piece
def index_table(session: Session) -> Html:
    """Draw the index of each segment on each variable; 100 is the mean of all customers."""
    return drawn(index_heatmap(session.results.profiles.tables))


@piece
def what_else(session: Session) -> Html:
    """Say which variables that did not form the segments tell them apart; the figures are folded."""
    found = session.results.profiles.descriptors
    if not len(found.table):
        return sentence(found.sentence)
    columns: dict[str, tuple[str, Format | None]] = {
        "label": ("What customers differ in", None),
        "effect": ("How strongly (0 to 1)", lambda effect: number(effect, 2)),
        "strength": ("In a word", None),
        "n": ("Customers who have a value", count),
        "p": ("How often chance does as well (p, corrected for their number)", _by_chance),
    }
    shown = table(found.table, columns, "What else tells the segments apart", rows=12)
    how = sentence(
        "Categories are compared by a chi-square test and Cramér's V, numbers by their ranks (Kruskal and Wallis's test, and "
        "the root of epsilon squared). What is counted from the same orders as the segments differs partly for that reason."
    )
    return stacked([sentence(found.sentence), to_know("how strongly, and how sure that is", shown, how)])


def _by_chance(p: float) -> str:
    return number(p, 3) if p >= 0.0005 else f"under {number(0.001, 3)}"


@piece
def spread(session: Session) -> Html:
    """Draw how money, or the variable that the person chose, is spread within each segment."""
    profiles, asked = session.results.profiles, session.personas.spread_of
    shown = profiles.spread
    if shown is None:
        return note("note", "There are no numbers in these data whose spread could be shown.")
    drawn_ = drawn(spread_by_segment(shown), shown.sentence)
    if asked and asked not in [v.name for v in profiles.spreadable]:
        return stacked([note("note", f"“{asked}” is no longer in these data, so {shown.label} is shown."), drawn_])
    return drawn_


@piece
def personas(session: Session) -> Html:
    """Show a card for each segment: computed figures above, what a person wrote below."""
    results = session.results
    written = session.entries(Step.PROFILES, "personas")
    cards, unwritten = [], []
    for segment_id, row in results.profiles.tables.summary.iterrows():
        persona = written.get(str(segment_id))
        if persona is None:
            unwritten.append(str(row["segment_name"]))
            continue
        # The figures stand on the card already; of the sentence it needs what sets the segment apart.
        apart = results.profiles.tables.apart[str(segment_id)]
        cards.append(persona_card(persona, row, apart, results.data.customer_data.currency))
    if unwritten:
        cards.append(note("note", f"No persona is written yet for: {', '.join(unwritten)}."))
    guesses = sum(p.evidence.value == "guess" and bool(p.name) for p in written.values())
    if guesses:
        which = "1 of the cards is based on a guess" if guesses == 1 else f"{guesses} of the cards are based on guesses"
        cards.append(note("tip", f"{which}. Talk to two or three customers of the segment before you spend money."))
    return stacked(cards)


@piece
def typing_tool(session: Session) -> Html:
    """Say how few questions tell a new customer's segment, and how often they are right."""
    tool = session.results.profiles.typing_tool
    if isinstance(tool, Untold):
        return note("answer", tool.because)
    if isinstance(tool, OwnRule):
        return note("answer", said_of.of_rule(tool))
    return stacked([*_in_short(tool), _to_know(tool)])


def _in_short(tool: TypingTool) -> list[Html]:
    said = filter(None, [said_of.in_short(tool), said_of.asked(tool), said_of.at_once(tool)])
    return [*map(sentence, said), curve_table(tool.curve), sentence(said_of.when_unsure(tool.outcome))]


def _to_know(tool: TypingTool) -> Html:
    return to_know(
        "which segments are recognised best, and where these figures come from",
        recall_table(tool.recall),
        questions_table(tool.curve),
        sentence(said_of.how_known(tool)),
    )
