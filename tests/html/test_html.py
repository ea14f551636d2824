"""Pieces of HTML: escaped, accessible, and readable without HTML."""

import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from segkit.core.data.roles.columns import ColumnRole
from segkit.core.disclosure import Told, told
from segkit.decisions.profiles import Persona
from segkit.decisions.targeting import Plan
from segkit.html.criteria.pots import segment_bars
from segkit.html.criteria.verdict import verdict
from segkit.html.data.roles import roles_table
from segkit.html.data.rows_set_aside import ledger_table
from segkit.html.notes import banner, choices, note, sentence
from segkit.html.piece import folded, stacked
from segkit.html.profiles.persona_card import persona_card
from segkit.html.segments import segments_table
from segkit.html.style import STYLE
from segkit.html.tables import table
from segkit.html.targeting.plan_card import plan_card
from segkit.report.section import VOID
from segkit.words.numbers import count, money
from segkit.words.terms import BuyingStage, Channel, Evidence, FileKind, Role, Step, Verdict
from tests.made_up import NASTY, customer_data, ledger, profiles, segments, trust


class Page(HTMLParser):
    """Collects tags and text, and checks that tags are closed in order."""

    def __init__(self, body):
        super().__init__()
        self.tags, self.text, self.open = [], [], []
        self.feed(body)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def named(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


KEY = "0" * 8


def persona(**fields):
    return Persona(segmentation=KEY, segment_id="s1", **fields)


PIECES = {
    "table": lambda text: table(pd.DataFrame({text: [text]}), {text: (text, None)}, text),
    "sentence": sentence,
    "note": lambda text: note("warning", text),
    "banner": lambda text: banner(Step.DATA, 20, [text] * 6, [Step.GOALS], text),
    "choices": lambda text: choices([(text, text, text)]),
    "persona_card": lambda text: persona_card(
        persona(name=text[:60], needs=text), profiles(5, (text,) * 5).summary.iloc[0], text
    ),
    "plan_card": lambda text: plan_card(Plan(segmentation=KEY, segment_id="s1", message=text), text, "EUR"),
    "verdict": lambda text: verdict(type(trust())(Verdict.NONE, text, None, None, None, trust().per_segment)),
    "roles_table": lambda text: roles_table([ColumnRole(text, Role.DATE, None, 0.9, text)]),
    "segments_table": lambda text: segments_table(segments(3, (text,) * 3).assign(rule=text), text, text),
    "ledger_table": lambda text: ledger_table(ledger(), text),
}  # fmt: skip


@pytest.mark.parametrize("name", PIECES)
def test_text_of_others_is_shown_and_never_run(name):
    harmless, nasty = Page(PIECES[name]("harmless").styled), Page(PIECES[name](NASTY).styled)
    tags = [[tag for tag, attrs in page.tags if attrs or tag != "span"] for page in (nasty, harmless)]
    assert tags[0] == tags[1], "but for elements that keep a dollar sign from beginning a formula"
    assert not any(attribute.startswith("on") for _, attrs in nasty.tags for attribute in attrs)
    shown = "".join(nasty.text) + "".join(str(value) for _, attrs in nasty.tags for value in attrs.values())
    assert NASTY[:50] in shown


@pytest.mark.parametrize("name", PIECES)
def test_piece_shows_itself_with_style_and_in_plain_text(name):
    piece = PIECES[name]("Harmless words")
    bundle = piece._repr_mimebundle_()
    assert bundle["text/html"] == piece.styled == piece._repr_html_()
    assert bundle["text/html"].startswith("<style>") and piece.body in bundle["text/html"]
    assert bundle["text/plain"] == str(piece) and not re.search(r"<\w", bundle["text/plain"])


def test_style_names_nothing_outside_and_stands_on_its_own():
    assert not re.search(r"url\(|@import|https?:|<", STYLE)
    # every colour of a theme has a fallback, for pages that are not JupyterLab
    assert all("," in used for used in re.findall(r"var\(--jp[^)]*\)", STYLE))
    assert len(STYLE) < 6000


def test_table_is_accessible():
    frame = pd.DataFrame({"name": ["a", "b"], "money": [1234.5, np.nan], "n": [1200, 3]})
    piece = table(frame, {"name": ("Segment", None), "money": ("Money (EUR)", money), "n": ("Customers", None)}, "Two segments")
    page = Page(piece.body)
    assert [th.get("scope") for th in page.named("th")] == ["col", "col", "col", "row", "row"]
    assert "Two segments" in page.text and len(page.named("caption")) == 1
    assert page.named("div")[0]["aria-label"] == "Two segments" and page.named("div")[0]["tabindex"] == "0"
    assert [td.get("class") for td in page.named("td")] == ["seg-num"] * 4
    assert "1,235" in page.text and "–" in page.text and "1,200" in page.text
    assert piece.text.splitlines() == [
        "Two segments",
        "Segment  Money (EUR)  Customers",
        "a        1,235        1,200",
        "b        –            3",
    ]


def test_table_aligns_as_told_and_takes_the_index():
    frame = told(pd.DataFrame({"x": [1]}, index=pd.Index(["s1"], name="segment_id")))
    page = Page(table(frame, {"segment_id": ("Segment", None), "x": ("X", None)}, align={"x": "left"}).body)
    assert "s1" in page.text and not any("class" in td for td in page.named("td"))


def test_no_figures_of_segments_are_shown_that_nobody_has_looked_at():
    frame = pd.DataFrame({"x": [1, 2]}, index=pd.Index(["s1", "s2"], name="segment_id"))
    for unseen in (frame, frame.reset_index()):
        with pytest.raises(TypeError, match="disclosure"):
            table(unseen)
    hidden = told(frame, ([True, False], ["x"]))
    shown = table(hidden, {"segment_id": ("Segment", None), "x": ("X", count)}, hides=True)
    assert shown.text.splitlines()[1:3] == ["s1       –", "s2       2"] and "no group of fewer than 5 customers" in shown.text
    assert frame["x"].tolist() == [1, 2] and isinstance(hidden.assign(y=1).reset_index()[["x"]], Told)


def test_long_table_says_how_many_more():
    piece = table(pd.DataFrame({"a": range(60)}), rows=23)
    assert "… and 37 more" in Page(piece.body).text and piece.text.endswith("… and 37 more")
    assert len(Page(piece.body).named("tr")) == 1 + 23 + 1


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "–"), (pd.NaT, "–"), (True, "yes"), (2.25, "2.3"), (12000, "12,000"), ("NA", "NA")]
)
def test_cells_read_as_people_write(value, shown):
    assert shown in Page(table(pd.DataFrame({"a": pd.Series([value], dtype=object)})).body).text


def test_table_of_nothing_has_its_headers():
    assert Page(table(pd.DataFrame({"a": []}), caption="Nothing").body).text == ["Nothing", "a"]


def test_table_leaves_the_frame_alone():
    frame = profiles().summary
    before = frame.copy()
    segments_table(frame, "EUR")
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(
    ("kind", "first"),
    [("answer", "Answer:"), ("warning", "Please note:"), ("error", "Please check:"), ("tip", "Tip:"), ("note", "Note:")],
)
def test_note_says_its_kind_in_words(kind, first):
    piece = note(kind, "Look here.")
    assert Page(piece.body).text[0] == first and piece.text == f"{first} Look here."
    assert Page(piece.body).named("div")[0]["role"] == ("alert" if kind == "error" else "note")


PATHS = [f"{number:02d}_{step.value}.ipynb" for number, step in enumerate(Step, 1)]


def test_banner_shows_place_and_leads_to_every_other_step():
    piece = banner(Step.CRITERIA, 20, PATHS, [Step.GOALS], "Still open: Data.")
    page = Page(piece.body)
    assert "Step 3 of 6 · about 20 minutes · 1 of 6 steps begun" in page.text
    assert piece.text == "Criteria. Step 3 of 6 · about 20 minutes · 1 of 6 steps begun. Still open: Data."
    assert [a["href"] for a in page.named("a")] == [*PATHS[:2], *PATHS[3:], PATHS[1], PATHS[3]]
    assert "← Data" in page.text and "Profiles →" in page.text
    assert [li.get("aria-current") for li in page.named("li")] == [None, None, "step", None, None, None]
    assert page.text.count("✓") == 1


@pytest.mark.parametrize("step", [Step.GOALS, Step.REVIEW])
def test_banner_at_the_ends(step):
    assert len(Page(banner(step, 10, PATHS).body).named("a")) == 5 + 1
    assert not Page(banner(step, 10).body).named("a")


def test_choices_tell_own_from_suggested():
    page = Page(choices([("Goal", "Keep", "yours, 1 May 2026"), ("Method", "RFM", "suggested"), ("Why", "", "example")]).body)
    assert {"yours, 1 May 2026", "suggested", "example", "not given"} <= set(page.text)
    assert "No choices yet" in choices([]).text


def test_persona_card_tells_computed_from_written_and_what_is_open():
    card = persona_card(
        persona(name="Maria", needs="Fresh beans\nevery week", stage=BuyingStage.REPEAT, evidence=Evidence.INTERVIEW),
        profiles().summary.iloc[0], "They spend most.", "EUR",
    )  # fmt: skip
    assert "Maria · Champions (From talking to customers)" in card.text
    assert "211 customers (32 %) · 48 % of the money · 900 EUR each (95 % confidence range 810 EUR to 1,008 EUR)" in card.text
    assert "last order 12 days ago on average" in card.text
    assert "Fresh beans<br>every week" in card.body
    assert "Still open: background, motivation" in card.text and "stage in the buying journey" not in card.text


def test_empty_persona_claims_no_evidence():
    card = persona_card(persona(), profiles().summary.iloc[0].drop(["value_share", "value_mean", "recency_days"]))
    assert "guess" not in card.body and card.text.splitlines()[:2] == ["Champions", "211 customers (32 %)"]


def test_plan_card():
    plan = Plan(segmentation=KEY, segment_id="s1", channel=Channel.EMAIL, budget=0, offer="Ten per cent")
    card = plan_card(plan, "Champions", "EUR", 211)
    assert card.text.splitlines()[:5] == [
        "Champions",
        "211 customers",
        "Channel: E-mail",
        "Offer: Ten per cent",
        "Budget: 0 EUR",
    ]
    assert "Still open: what to sell, value proposition" in card.text


@pytest.mark.parametrize("kind", list(Verdict))
def test_verdict_for_every_kind(kind):
    piece = verdict(trust(kind))
    assert kind.label in piece.text and "0.86 (for the middle half of samples, 0.81 to 0.90)" in piece.text
    assert f"seg-{kind.value}" in piece.body


def test_ledger_table_accounts_for_every_row():
    text = ledger_table(ledger(), "EUR").text
    assert "4,880 of 5,000 rows are kept (98 %)" in text
    assert re.search(r"No customer named +70 +1,520.50 +set aside +48, 102, 333", text)
    assert re.search(r"Exact copy of another row +12 +– +kept, only counted", text)
    assert "Test account" not in text


def test_roles_table_has_a_table_for_each_file():
    roles = customer_data().roles
    text = roles_table({**roles, FileKind.CUSTOMERS: roles[FileKind.ORDERS][:1]}).text
    assert "Orders or order lines: what each column is read as" in text and "Customers: what each" in text
    assert re.search(r"when +Date of the order +– +your choice +All cells are dates.", text)


def test_segments_table_shows_what_is_known():
    bare, full = segments_table(segments(3)).text, segments_table(profiles().summary, "EUR").text
    assert "Who belongs to it" in bare and "Money" not in bare
    assert "900 (810 to 1,008)" in full and "Average spend per customer, with 95 % confidence range (EUR)" in full
    small = profiles().summary.assign(value_mean=12.5, value_mean_low=10.0, value_mean_high=15.0)
    assert "12.50 (10.00 to 15.00)" in segments_table(small).text
    assert "Average days since last order" in full and "Average orders" in full


def test_shares_in_a_table_of_segments_add_up():
    frame = segments(4).assign(
        size=[39, 83, 39, 39], share=[0.195, 0.415, 0.195, 0.195], value_share=[0.972, 0.011, 0.011, 0.006]
    )
    page = Page(segments_table(frame).body)
    assert [text for text in page.text if text.endswith("%")] == [
        "20\xa0%", "97\xa0%", "42\xa0%", "1\xa0%", "19\xa0%", "1\xa0%", "19\xa0%", "0.6\xa0%"
    ]  # fmt: skip


def test_means_in_a_table_of_segments_keep_their_decimals():
    frame = segments(3).assign(recency_days=[12.25, 140.5, np.nan], frequency=[1.0, 2.449, 24.75])
    rows = [line.split() for line in segments_table(frame).text.splitlines() if "%" in line]
    assert [row[-2:] for row in rows] == [["12.3", "1"], ["141", "2.4"], ["–", "24.8"]]


def test_pieces_stack():
    both = sentence("One.") + sentence("Two.")
    assert both == stacked([sentence("One."), sentence("Two.")])
    assert both.body == "<p>One.</p><p>Two.</p>" and both.text == "One.\nTwo."


def test_bars_of_segments_are_escaped_and_keep_the_very_small_to_themselves():
    bars = segment_bars([NASTY, "Few", "Many"], [50, 3, 100])
    Page(bars.body)
    assert "<script" not in bars.body.lower()
    assert "width:100.0%" in bars.body and "width:0.0%" in bars.body
    assert bars.text.endswith(": –; Few: –; Many: 100 customers, 65 %"), "three are the rest of the whole but for two"


def test_shares_of_bars_of_segments_add_up():
    assert segment_bars(["A", "B", "C"], [67, 67, 66]).text.endswith(
        "A: 67 customers, 34 %; B: 67 customers, 33 %; C: 66 customers, 33 %"
    )


def test_folded_pieces_are_escaped_and_whole_in_plain_text():
    shown = folded("More <b>", sentence("one"), sentence("two"))
    assert shown.body.startswith('<details class="seg-more-to-know"><summary>More &lt;b&gt;</summary><p>one</p><p>two</p>')
    assert shown.text == "More <b>\none\ntwo"


def test_what_every_rule_says_is_said_once():
    frame = pd.DataFrame(
        {"segment_name": ["a", "b"], "rule": ["Near the typical one: orders 3.", "Near the typical one: orders 9."], "size": 50}
    )
    shown = segments_table(told(frame))
    assert shown.text.count("ear the typical one") == 1 and "Orders 9." in shown.text
    assert "Who belongs to it: near the typical one." in shown.text
