"""Ways side by side in tabs: the widgets hold what the words do, and the chosen way is marked."""

from segkit.widgets.criteria.three_ways import three_ways
from segkit.workbook.session import Session


def test_three_ways_are_tabs_and_read_below_each_other_without_a_kernel(tmp_path):
    session = Session(tmp_path)
    session.choose("criteria", method="rfm")
    tabs = three_ways(session)
    assert tabs.tabs.titles == ("By hand", "RFM ✓", "Found in the data") and tabs.tabs.selected_index == 1
    shown = tabs._repr_mimebundle_()
    for said in ("Imagine a card for each customer", "Champions", "How many segments are there?", "Hold Ctrl"):
        assert (said in shown["text/plain"]) is (said != "Hold Ctrl")  # controls are no result
    assert shown["text/html"].index("<h4>By hand</h4>") < shown["text/html"].index("<h4>RFM ✓</h4>")
    session.choose("criteria", method="k_means", n_segments=3)
    assert tabs.tabs.titles == ("By hand", "RFM", "Found in the data ✓")
    assert "<h4>Found in the data ✓</h4>" in tabs.box.text_html and "3 segments" in tabs.box.text_plain
    assert tabs.tabs.selected_index == 1  # nobody is taken to another tab while looking at one
