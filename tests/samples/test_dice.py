import math

import pytest

from segkit.samples.dice import Dice


def test_first_draws_are_known_so_that_a_changed_stream_is_noticed() -> None:
    dice = Dice(1, "a")
    assert [dice.whole(0, 999) for _ in range(6)] == [783, 668, 27, 46, 890, 126]


def test_streams_of_other_names_and_seeds_differ() -> None:
    draws = {(seed, name): Dice(seed, name).uniform() for seed in (1, 2) for name in ("a", "b")}
    assert len(set(draws.values())) == 4
    assert Dice(1, "a").uniform() == draws[1, "a"]


def test_distributions_have_the_moments_they_promise() -> None:
    dice, n = Dice(3, "moments"), 20_000
    normal = [dice.normal(2, 3) for _ in range(n)]
    mean = math.fsum(normal) / n
    assert mean == pytest.approx(2, abs=0.07)
    assert math.sqrt(math.fsum((x - mean) ** 2 for x in normal) / n) == pytest.approx(3, abs=0.06)
    assert sum(dice.poisson(1.7) for _ in range(n)) / n == pytest.approx(1.7, abs=0.04)
    picks = [dice.choose({"x": 3.0, "y": 1.0, "never": 0.0}) for _ in range(n)]
    assert picks.count("x") / n == pytest.approx(0.75, abs=0.015)
    assert "never" not in picks
    assert {dice.whole(2, 4) for _ in range(200)} == {2, 3, 4}


def test_sample_keeps_order_and_never_draws_twice() -> None:
    dice = Dice(4, "sample")
    items = list("abcdefgh")
    for n in range(10):
        drawn = dice.sample(items, n)
        assert len(drawn) == min(n, 8)
        assert drawn == sorted(set(drawn))
