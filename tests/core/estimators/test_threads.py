"""Products of matrices use one thread while anybody is inside."""

import pytest

from segkit.core.estimators import threads


@pytest.fixture
def said(monkeypatch):
    calls = []

    class Limits:
        def __init__(self, *how):
            calls.append(how)

        def restore_original_limits(self):
            calls.append("back")

    monkeypatch.setattr(threads, "threadpool_limits", Limits)
    return calls


def test_the_first_in_sets_it_and_the_last_out_gives_it_back(said):
    one = threads.OneThread()
    with one:
        assert said == [(1, "blas")]
        with one:
            assert said == [(1, "blas")]
        assert said == [(1, "blas")]
    assert said == [(1, "blas"), "back"]
    with one:
        assert said == [(1, "blas"), "back", (1, "blas")]
    assert said[2:] == [(1, "blas"), "back"]


def test_also_around_a_function_and_after_a_fault(said):
    one = threads.OneThread()

    @one
    def fails():
        raise ValueError("inside")

    with pytest.raises(ValueError, match="inside"):
        fails()
    assert said == [(1, "blas"), "back"]
