"""The report: what goes in, what stays out, and what is refused."""

import datetime as dt
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from nbformat import v4

from segkit.core.data.questions import Answer, Question
from segkit.html.notes import sentence
from segkit.html.segments import segments_table
from segkit.plots.profiles.sizes import segment_sizes
from segkit.plots.review.trends import money_trends
from segkit.report.check import check_page
from segkit.report.mask import Masked, mask_page
from segkit.report.page import POLICY, ReportSummary, render_report
from segkit.words.errors import WorkbookError
from segkit.words.terms import Step
from tests.made_up import NASTY, profiles, segments

WIDGET = "application/vnd.jupyter.widget-view+json"
SUMMARY = ReportSummary(
    "Corner Coffee",
    dt.date(2025, 12, 20),
    ("orders.csv: 4,880 of 5,000 rows kept.",),
    (("Customers", "600"),),
    ("Five segments.",),
)


def md(text, *tags):
    return v4.new_markdown_cell(text, metadata={"tags": list(tags or ["report"])})


def shown(*bundles, tags=("report",), kind="display_data"):
    outputs = [v4.new_output(kind, data=bundle) for bundle in bundles]
    return v4.new_code_cell("secret_code(1)", metadata={"tags": list(tags)}, outputs=outputs, execution_count=7)


def notebooks(*cells):
    """Return six notebooks, the first of which holds the cells."""
    return [
        v4.new_notebook(cells=list(cells)),
        *(v4.new_notebook(cells=[md(f"# About {step.label}")]) for step in list(Step)[1:]),
    ]


def render(*cells, **changes):
    return render_report(notebooks(*cells), title="Customer segments", summary=SUMMARY, **changes)


class Page(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags, self.text = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)

    def named(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


# What goes in


def test_only_tagged_cells_and_no_code():
    page = render(md("In the report."), md("For the learner only.", "exercise"), shown({"text/html": "<p>Seen</p>"}),
                  shown({"text/html": "<p>Unseen</p>"}, tags=()))  # fmt: skip
    assert "In the report." in page and "<p>Seen</p>" in page
    assert "learner only" not in page and "Unseen" not in page and "secret_code" not in page
    assert not re.search(r"\b(In|Out)\s*(&nbsp;)?\[", page)


def test_markdown_is_rendered():
    page = render(md("Some *stress*, a list:\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |"))
    assert "<em>stress</em>" in page and "<li>two</li>" in page and "<td>2</td>" in page


def test_money_in_markdown_is_no_mathematics_and_nothing_is_lost():
    assert "It costs $5 and brings $7." in render(md("It costs $5 and brings $7."))


def test_a_widget_is_shown_in_words_only():
    page = render(shown({WIDGET: {"model_id": "abc"}, "text/html": "<p>Chosen: RFM</p>", "text/plain": "Dropdown(index=1)"}))
    assert "Chosen: RFM" in page and "Dropdown" not in page and "abc" not in page


def test_a_bare_widget_and_what_is_printed_or_fails_stay_out():
    bare = shown({WIDGET: {"model_id": "abc"}, "text/plain": "VBox(children=())"})
    noisy = shown()
    noisy.outputs = [
        v4.new_output("stream", name="stderr", text="UserWarning: beware"),
        v4.new_output("stream", name="stdout", text="printed"),
        v4.new_output("error", ename="ValueError", evalue="broken", traceback=["Traceback (most recent call last)"]),
    ]
    page = render(bare, noisy)
    assert not any(word in page for word in ("VBox", "UserWarning", "printed", "Traceback", "broken"))


def test_javascript_latex_and_svg_outputs_stay_out():
    page = render(shown({"application/javascript": "alert(1)", "text/plain": "words"}), shown({"image/svg+xml": "<svg></svg>"}),
                  shown({"text/latex": "$x$"}))  # fmt: skip
    assert "alert" not in page and "svg" not in page and "words" in page


def test_pictures_are_embedded_with_alt_text():
    picture = segment_sizes(profiles().summary)
    images = Page(render(shown(picture._repr_mimebundle_()))).named("img")
    assert [i["alt"] for i in images] == [picture.alt]
    assert images[0]["src"].startswith("data:image/png;base64,")


def test_a_bare_png_keeps_the_alt_text_of_its_metadata():
    cell = shown({"image/png": "iVBORw0KGgo="})
    cell.outputs[0].metadata = {"image/png": {"alt": "A chart", "width": 300}}
    assert Page(render(cell)).named("img")[0]["alt"] == "A chart"


def test_tables_of_notebook_and_report_are_the_same():
    piece = segments_table(segments(3), "EUR", "Three segments")
    page = render(shown(piece._repr_mimebundle_()))
    parsed = Page(page)
    assert [t["class"] for t in parsed.named("table")] == ["seg-table"]
    assert {th["scope"] for th in parsed.named("th")} == {"col", "row"}
    assert page.count("<style>") == 1


# The page around it


def test_head_of_the_page():
    page = render(md("Words."))
    parsed = Page(page)
    assert page.startswith("<!DOCTYPE html>") and parsed.named("html") == [{"lang": "en-GB"}]
    assert {"http-equiv": "Content-Security-Policy", "content": POLICY} in parsed.named("meta")
    assert parsed.tags.index(("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})) < parsed.tags.index(
        ("style", {})
    )
    for words in ("Corner Coffee", "Customer segments", "Analysis date: 20 December 2025", "How to read this report",
                  "orders.csv: 4,880 of 5,000 rows kept.", "Five segments.", "600"):  # fmt: skip
        assert words in parsed.text, words


def test_no_date_where_there_is_none():
    page = render_report(notebooks(md("Words.")), title="T", summary=ReportSummary("B"))
    assert "Analysis date" not in page


def test_headings_are_in_order_and_skip_no_level():
    page = render(md("# One\n\n### Deep\n\nwords\n\n## Less deep"), md("## Two"), shown({"text/html": "<h5>In an output</h5>"}))
    levels = [int(tag[1]) for tag, _ in Page(page).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_contents_lead_to_what_is_there_once():
    parsed = Page(render(md("# One"), md("# One"), md("# With *stress* & more")))
    ids = [attrs["id"] for _, attrs in parsed.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = [a["href"].removeprefix("#") for a in parsed.named("a")]
    assert set(targets) <= set(ids) and {step.value for step in Step} <= set(targets)
    assert "With stress & more" in parsed.text


def test_sections_follow_the_six_steps_and_empty_ones_are_left_out():
    page = render()
    assert "1. Goals" not in page and page.index("2. Data") < page.index("6. Review")
    with pytest.raises(ValueError, match="7 notebooks for 6 steps"):
        render_report([v4.new_notebook()] * 7, title="T", summary=SUMMARY)


def test_links_that_lead_out_become_plain_words():
    page = render(md("See [the criteria](03_criteria.ipynb) and [our site](https://shop.example)."))
    assert "See the criteria and our site." in page


def test_nothing_runs_and_nothing_is_outside():
    page = render(md("$x^2$ and `code`"), shown(money_trends.__doc__ and {"text/html": "<p>Words</p>"}))
    assert not re.search(r"<script|<link|<iframe|https?://|mathjax|require\.js|@import|url\(", page, re.IGNORECASE)


def test_print_style_is_there():
    page = render(md("Words."))
    assert "@page { size: A4;" in page and "break-inside: avoid" in page


def test_same_notebooks_same_page_and_notebooks_stay_as_they_are():
    cells = (md("# One"), shown(sentence("Words.")._repr_mimebundle_()))
    books = notebooks(*cells)
    before = [dict(book) for book in books]
    first = render_report(books, title="T", summary=SUMMARY)
    assert first == render_report(books, title="T", summary=SUMMARY)
    assert [dict(book) for book in books] == before and books[0].cells[1].source == "secret_code(1)"


# What is injected through data values is shown as text


@pytest.mark.parametrize(
    "value",
    [NASTY, "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', '=HYPERLINK("x")', "</style><b>", "{{ 7 * 7 }}"],
)
def test_data_values_are_shown_never_run(value):
    summary = ReportSummary(value, None, (value,), ((value, value),), (value,))
    table = segments_table(segments(3, (value,) * 3), value, value)
    page = render_report(
        notebooks(shown(table._repr_mimebundle_()), shown({"text/plain": value})), title=value, summary=summary
    )
    parsed = Page(page)
    assert " ".join("".join(parsed.text).split()).count(" ".join(value.split())) >= 9
    assert "script" not in dict(parsed.tags) and not any(a.startswith("on") for _, attrs in parsed.tags for a in attrs)


# What is refused


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ("<script>alert(1)</script>", "it holds <script>"),
        ("<ScRiPt src=//evil.example/x.js></ScRiPt>", "it holds <script>"),
        ('<img src=x onerror="alert(1)" alt="">', "<img> has the attribute “onerror”"),
        ('<p onclick="alert(1)">x</p>', "<p> has the attribute “onclick”"),
        ('<img src="https://evil.example/p.png" alt="">', "<img> loads “https://evil.example/p.png” from outside the page"),
        ('<img src="data:image/svg+xml;base64,PHN2Zz4=" alt="">', "<img> loads “data:image/svg+xml;base64,PHN2Zz4=”"),
        ('<iframe srcdoc="x"></iframe>', "it holds <iframe>"),
        ("<svg><use></use></svg>", "it holds <svg>"),
        ("<form><input></form>", "it holds <form>"),
        ("<object data=x></object>", "it holds <object>"),
        ('<link rel="stylesheet">', "it holds <link>"),
        ("<base>", "it holds <base>"),
        ('<div style="background: URL(x)">x</div>', "the style of <div> holds “URL(”"),
        ('<div style="background: u\\72l(x)">x</div>', "the style of <div> holds “\\”"),
        ('<meta http-equiv="refresh" content="0">', "it holds an order to the browser, “refresh”"),
    ],
)
def test_raw_markup_is_refused(markup, what):
    with pytest.raises(WorkbookError) as caught:
        render(shown({"text/html": f"<p>Before it.</p>{markup}"}))
    assert what in caught.value.what and caught.value.what.startswith("The report was not written: ")
    assert caught.value.remedy == "Remove it from the cell or the data it comes from, then write the report again."


def test_refusal_says_where():
    with pytest.raises(WorkbookError) as caught:
        render(md("Words before it.\n\n<script>alert(1)</script>"))
    assert str(caught.value) == (
        "The report was not written: it holds <script>, which a report must not hold (after the words “Words before it.”). "
        "Remove it from the cell or the data it comes from, then write the report again."
    )


# What is hidden: a person's data never stop the report


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Write to jane.doe@shop.example today", "e-mail address"),
        ("call +44 20 7946 0123", "telephone number"),
        ("call 0044 20 7946 0123", "telephone number"),
        ("call (020) 7946 0123", "telephone number"),
        ("call 020 7946 0123", "telephone number"),
        ("call 030/55501234", "telephone number"),
        ("call 02079460123", "telephone number"),
        ("call 555-555-0123", "telephone number"),
    ],
)
def test_personal_data_are_hidden_in_their_place_and_that_is_said(text, kind):
    said: list[str] = []
    page = render(md("Before it."), shown(sentence(text)._repr_mimebundle_()), progress=said.append)
    words = " ".join("".join(Page(page).text).split())
    assert text not in words and f"(hidden: {kind})" in words
    article = "An" if kind[0] in "aei" else "A"
    told = f"{article} {kind} is hidden in this report after the words “Before it.”: take it out of the text or the data."
    assert said == [told] and words.count(told) == 1
    assert words.index(told) < words.index("Contents"), "it is said at the head of the page"
    with pytest.raises(WorkbookError):  # the last look would have refused it
        check_page(f"<p>{text}</p>")


def test_what_is_written_in_references_or_stands_in_an_attribute_is_hidden_too():
    image = '<img alt="jane@shop.example" src="data:image/png;base64,AAAA">'
    page = render(shown({"text/html": f"<p>jane&#64;shop.example &amp; &lt;b&gt;</p>{image}"}))
    assert "(hidden: e-mail address) &amp; &lt;b&gt;" in page and 'alt="(hidden: e-mail address)"' in page
    assert 'src="data:image/png;base64,AAAA"' in page
    assert "jane" not in page


def test_a_page_that_tells_of_nobody_is_left_as_it_is():
    style = '<style>a{content:"x@y.example"}</style>'
    page = f'<!DOCTYPE html><p title="a &quot;b&quot;">5&nbsp;% &amp; 12@3<br/></p><!-- note -->{style}'
    assert mask_page(page) == Masked(page, ())
    copied = mask_page(f"{page}<p>jane@shop.example</p>").page
    assert copied.startswith("<!DOCTYPE html><p") and "<!-- note -->" in copied and style in copied


def test_many_hidden_places_are_summed_up():
    said: list[str] = []
    render(md("\n\n".join(f"Place {i}: c{i}@shop.example" for i in range(12))), progress=said.append)
    assert len(said) == 6 and said[-1] == "The same in 7 further places."


# What stands at the head, before anybody relies on a figure


QUESTION = Question(
    "orders.customer",
    "Who is the customer?",
    "Two columns could be.",
    (Answer("by DealerRef", "35 customers, 3,000.00 in all", taken=True), Answer("by <ArticleRef>", "40 customers")),
)


def test_an_unanswered_question_stands_on_the_first_page_with_all_its_readings():
    summary = replace(SUMMARY, questions=(QUESTION,), warnings=("Serious: 3 files, none of them whole.", "To be checked."))
    page = render_report(notebooks(md("Words.")), title="T", summary=summary)
    head = " ".join("".join(Page(page[: page.index("<nav")]).text).split())
    assert "Before you rely on these figures" in head
    assert "Not confirmed yet: Who is the customer? Two columns could be." in head
    assert "by DealerRef: 35 customers, 3,000.00 in all (these figures rest on it)" in head
    assert "by <ArticleRef>: 40 customers" in head and head.count("rest on it") == 1
    assert head.index("Serious: 3 files") < head.index("To be checked.")


def test_where_nothing_was_noticed_the_head_says_nothing_of_it():
    assert "Before you rely" not in render(md("Words."))


@pytest.mark.parametrize(
    "text",
    [
        "541,909 rows, 8,911,407.90 EUR", "+11.0 points", "from 2010-12-01 to 2011-12-09", "01/12/2010 to 09/12/2011",
        "0.123 0.456 0.789", "C00123 to C99999", "£1,234,567.89", "1 000 000", "2009–2011",
        "95 % interval 0.81 to 0.90", "@coffee", "−1,234 (−12 %)",
        "12@3", "customer 0012345", "quarter 3/2011", "k = 2..8", "(2010) 1200 orders", "00:30:00",
    ],
)  # fmt: skip
def test_figures_and_dates_are_no_personal_data(text):
    page = "".join(Page(render(shown(sentence(text)._repr_mimebundle_()))).text)
    assert text in page.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<p>x</p><!-- hidden -->", "it holds a hidden comment “hidden”"),
        ("<?php x ?>", "it holds an instruction to other programs"),
        ("<style>@import 'x';</style>", "the style sheet holds “@import”"),
        ('<a href="https://x.example">x</a>', "<a> points to “https://x.example”, outside the page"),
        ('<a href="java\nscript:alert(1)">x</a>', "<a> points to"),
        ('<div href="#x">x</div>', "<div> points to"),
        ('<p content="x">x</p>', "<p> has the attribute “content”"),
        ('<p class="a" class="b">x</p>', "<p> has the attribute “class” twice"),
    ],
)
def test_check_of_a_bare_page(page, what):
    with pytest.raises(WorkbookError) as caught:
        check_page(page)
    assert what in caught.value.what


def test_tips_for_the_person_at_work_stay_in_the_notebook():
    from segkit.html.notes import note
    from segkit.html.piece import stacked

    both = stacked([note("tip", "Choose a <file> & go on."), note("answer", "All kept.")])
    page = render(md("## Data"), shown({"text/html": both.styled}))
    assert "All kept." in page and "go on" not in page and page.count("<div") == page.count("</div>")
    check_page(page)


def test_what_a_business_says_of_itself_is_read_by_everybody():
    page = render(md("Lane & Co, 12 Acacia Gardens, ring 020 7946 0123."), own=("Lane & Co, 12 Acacia Gardens",))
    text = " ".join("".join(Page(page).text).split())
    assert "12 Acacia Gardens" in text and "(hidden: telephone number)" in text


def test_it_is_said_where_what_was_hidden_comes_from():
    said: list[str] = []
    page = render(
        md("Before it."), md("Ask jane@shop.example."), progress=said.append,
        whence=lambda words: "orders.csv, column “Note”" if words == "jane@shop.example" else "",
    )  # fmt: skip
    told = "An e-mail address is hidden in this report after the words “Before it.”: take it out of orders.csv, column “Note”."
    assert said == [told] and told in " ".join("".join(Page(page).text).split())
