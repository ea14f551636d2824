"""A picture is drawn again when, and only when, it is asked for other results."""

import pandas as pd

from segkit.plots.picture import Picture, kept


def counting():
    drawn = []

    @kept
    def draw(frame, names=None, *, share=0.5):
        drawn.append((frame, names, share))
        return Picture(b"", str(len(drawn)), "", 1, 1)

    return draw, drawn


def test_the_same_results_are_drawn_once():
    draw, drawn = counting()
    frame, other = pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [2]})
    first = draw(frame, {"way": other}, share=0.1)
    assert draw(frame, {"way": other}, share=0.1) is first and len(drawn) == 1


def test_other_results_other_names_and_other_figures_are_drawn_anew():
    draw, drawn = counting()
    frame = pd.DataFrame({"a": [1]})
    asked = [
        lambda: draw(frame),
        lambda: draw(frame.copy()),  # equal, but another result: not compared cell by cell
        lambda: draw(frame, {"way": frame}),
        lambda: draw(frame, {"path": frame}),
        lambda: draw(frame, [1.0, 2.0]),
        lambda: draw(frame, [1.0, 2.5]),
        lambda: draw(frame, [1, 2]),
        lambda: draw(frame, share=0.2),
    ]
    pictures = [ask().alt for ask in asked]
    assert pictures == [str(n) for n in range(1, len(asked) + 1)] == [str(n) for n in range(1, len(drawn) + 1)]


def test_only_the_last_picture_is_kept():
    draw, drawn = counting()
    frame, other = pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [2]})
    for one in (frame, other, frame):
        draw(one)
    assert len(drawn) == 3
