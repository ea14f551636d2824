import asyncio
import gc
import sys
import threading

import ipywidgets
import pytest

from segkit.show import redraw
from segkit.show.redraw import STALE, STOPPED, Redrawing


@pytest.fixture(autouse=True)
def no_wait(monkeypatch):
    monkeypatch.setattr(redraw, "QUIET", 0.01)


async def until(true, seconds=5):
    for _ in range(int(seconds / 0.01)):
        if true():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it never came")


def test_without_a_kernel_a_piece_is_drawn_at_once():
    live = ipywidgets.HTML("old")
    Redrawing().ask("one", live, lambda: "new")
    assert live.value == "new"


def test_a_stale_piece_is_pale_until_it_is_drawn_anew_by_another_thread():
    async def change():
        live, by = ipywidgets.HTML("old"), []
        Redrawing().ask("one", live, lambda: by.append(threading.current_thread()) or "new")
        assert live.value == "old" and STALE in live._dom_classes
        await until(lambda: live.value == "new")
        assert STALE not in live._dom_classes
        assert by[0] is not threading.main_thread()

    asyncio.run(change())


def test_many_changes_in_a_row_are_drawn_once_from_the_last():
    async def change():
        live, choice, drawn = ipywidgets.HTML("old"), [0], []
        pieces = Redrawing()
        for choice[0] in range(5):
            pieces.ask("one", live, lambda: drawn.append(choice[0]) or str(choice[0]))
        await until(lambda: live.value == "4")
        assert drawn == [4]

    asyncio.run(change())


def test_a_change_while_a_piece_is_drawn_is_never_overwritten_by_the_older_one():
    async def change():
        first, second = ipywidgets.HTML("old"), ipywidgets.HTML("old")
        choice, begun, go_on = ["a"], threading.Event(), threading.Event()
        seen = []
        first.observe(lambda change: seen.append(change["new"]), "value")

        def slow():
            now = choice[0]
            begun.set()
            go_on.wait(5)
            return now

        pieces = Redrawing()
        pieces.ask("one", first, slow)
        pieces.ask("two", second, lambda: choice[0])
        await until(begun.is_set)
        choice[0] = "b"
        pieces.ask("one", first, slow)
        go_on.set()
        await until(lambda: (first.value, second.value) == ("b", "b"))  # the second was still stale from the change before
        assert seen == ["b"]

    asyncio.run(change())


def test_a_person_can_go_on_while_a_piece_is_drawn():
    async def change():
        live, go_on = ipywidgets.HTML("old"), threading.Event()
        Redrawing().ask("one", live, lambda: go_on.wait(5) and "new")
        await asyncio.sleep(0.1)
        assert live.value == "old"
        go_on.set()
        await until(lambda: live.value == "new")

    asyncio.run(change())


def test_an_answer_goes_before_what_is_drawn_and_no_round_of_the_collector_stops_it():
    async def change():
        live = ipywidgets.HTML("old")
        Redrawing().ask("one", live, lambda: f"{sys.getswitchinterval():g} {gc.get_freeze_count() > 0}")
        await until(lambda: live.value != "old")
        assert live.value == f"{redraw.GIVE_WAY:g} True"

    asyncio.run(change())


def test_what_is_right_already_does_not_turn_pale():
    async def change():
        live = ipywidgets.HTML("old")
        Redrawing().ask("one", live, lambda: "new", pale=False)
        assert STALE not in live._dom_classes
        await until(lambda: live.value == "new")

    asyncio.run(change())


def test_what_nobody_waits_for_is_drawn_last_and_put_where_it_belongs():
    async def change():
        words, live, drawn, put = ipywidgets.HTML("words"), ipywidgets.HTML("old"), [], []
        pieces = Redrawing()
        pieces.ask("words", words, lambda: drawn.append("words") or "new words", pale=False, put=put.append)
        pieces.ask("one", live, lambda: drawn.append("one") or "new")
        await until(lambda: put)
        assert drawn == ["one", "words"] and live.value == "new"
        assert put == ["new words"] and words.value == "words"

    asyncio.run(change())


def test_it_is_told_how_far_the_pieces_are_and_they_stop_and_go_on():
    async def change():
        first, second = ipywidgets.HTML("old"), ipywidgets.HTML("old")
        begun, go_on, told = threading.Event(), threading.Event(), []

        def slow():
            begun.set()
            go_on.wait(5)
            return "new"

        pieces = Redrawing()
        pieces.tell(lambda *how_far: told.append(how_far))
        pieces.ask("pieces.first_one", first, slow)
        pieces.ask("two", second, lambda: "new")
        await until(begun.is_set)
        await until(lambda: told[-1] == (0, 2, "first one"))
        pieces.stop()
        go_on.set()
        await asyncio.sleep(0.1)
        assert (first.value, second.value) == ("old", "old")
        assert all({STALE, STOPPED} <= set(live._dom_classes) for live in (first, second))
        pieces.go_on()
        await until(lambda: (first.value, second.value) == ("new", "new"))
        assert not {STALE, STOPPED} & {*first._dom_classes, *second._dom_classes}
        assert (1, 2, "two") in told and told[-1] == (0, 0, "")

    asyncio.run(change())


def test_only_the_form_that_was_used_last_is_told():
    pieces, told = Redrawing(), []
    pieces.tell(lambda *how_far: told.append("first"))
    pieces.tell(lambda *how_far: told.append("second"))
    assert told == ["first", "first", "second"]  # the first once more: that there is nothing to tell any more
