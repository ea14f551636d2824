"""How crowded the border between two segments is: customers at known places, through the window of the formula."""

import numpy as np
import pytest

from segkit.core.criteria.evidence.valleys import DEEP, EVEN, Borders, border, borders

HERE, THERE = np.array([0.0, 0.0]), np.array([4.0, 0.0])


def window(away):
    """Height that one customer adds at a distance, in lengths between the centres."""
    return np.exp(-0.5 * (away / 0.125) ** 2)


def crowd(*places):
    """Set customers on the line, in lengths from the one centre to the other; sideways they may stand anywhere."""
    return np.array([[4 * place, (-1) ** i * 3.0] for i, place in enumerate(places)])


def test_the_emptiest_place_in_the_middle_against_the_thinner_centre():
    points = crowd(0.0, 1.0, 1.0)
    # half-way each of the three is half a length away
    assert border(points, np.ones(3), HERE, THERE)[0] == pytest.approx(3 * window(0.5) / 1, rel=0.02)
    # looked at from .35 to .65: one customer on the border is a quarter of a length from .35 less .1
    middle = border(crowd(0.0, 0.5, 1.0), np.ones(3), HERE, THERE)[0]
    assert middle == pytest.approx(window(0.15) + window(0.35) + window(0.65), rel=1e-3)
    assert border(crowd(0.0, 0.35, 1.0), np.ones(3), HERE, THERE)[0] == pytest.approx(window(0.3) + window(0.35), rel=0.01)


def test_centres_are_sought_a_quarter_to_either_side():
    """The densest place around a centre counts, so that an uneven crowd is no valley."""
    for place in (-0.25, 0.0, 0.25):
        places = [place, place, 0.5, 1.0, 1.0, 1.0]
        lowest = min(sum(window(spot - p) for p in places) for spot in (0.35, 0.425, 0.5, 0.575, 0.65))
        thinner = sum(window(place - p) for p in places)
        assert border(crowd(*places), np.ones(6), HERE, THERE)[0] == pytest.approx(lowest / thinner, rel=1e-9)
        mirrored = crowd(*(1 - p for p in places))
        assert border(mirrored, np.ones(6), HERE, THERE)[0] == pytest.approx(lowest / thinner, rel=1e-9)
    far = crowd(-0.5, 0.5, 1.0)
    assert border(far, np.ones(3), HERE, THERE)[0] > 1.5, "beyond a quarter nobody is seen"
    beyond = crowd(0.0, 0.5, 1.5)
    assert border(beyond, np.ones(3), HERE, THERE)[0] == pytest.approx(border(far, np.ones(3), HERE, THERE)[0])


def test_weights_stand_for_customers_and_units_do_not_matter():
    points, weights = crowd(0.0, 0.5, 1.0), np.array([4.0, 1.0, 2.0])
    repeated = np.repeat(points, [4, 1, 2], axis=0)
    found = border(points, weights, HERE, THERE)[0]
    assert found == pytest.approx(border(repeated, np.ones(7), HERE, THERE)[0])
    assert found == pytest.approx(border(points * 1000 + 7, weights, HERE * 1000 + 7, THERE * 1000 + 7)[0])
    assert found == pytest.approx(border(points, weights, THERE, HERE)[0])


def test_where_centres_are_the_same_there_is_no_valley():
    assert border(crowd(0.0, 1.0), np.ones(2), HERE, HERE)[0] == 2
    assert border(crowd(30.0, 30.0), np.ones(2), HERE, THERE)[0] == 0, "where nobody is, nobody is on the border"


def test_the_most_crowded_border_of_each_segment_counts():
    # two crowds at 0 and 1 with somebody half-way, and a third far away
    points = np.array([[0.0], [0.0], [0.5], [1.0], [1.0], [9.0]])
    labels = np.array([0, 0, 0, 1, 1, 2])
    worst = borders(points, labels).crowd
    assert worst[0] == worst[1] > 0.05 and worst[2] < 0.01
    weighted = borders(points[[0, 2, 3, 5]], labels[[0, 2, 3, 5]], np.array([2.0, 1.0, 2.0, 1.0])).crowd
    assert weighted == pytest.approx(worst)
    shuffled = borders(points[::-1], 2 - labels[::-1]).crowd
    assert shuffled == pytest.approx(worst[::-1])
    # between centres 1 ⁄ 6 and 1 the one in the middle stands at .4
    assert worst[0] == pytest.approx(border(points[:5], np.ones(5), np.array([1 / 6]), np.array([1.0]))[0])


def test_a_border_is_never_more_than_twice_as_crowded():
    points = np.array([[0.0], [0.0], [0.0], [0.0]])
    assert borders(points, np.array([0, 0, 1, 1])).crowd.tolist() == [2, 2]
    lopsided = np.array([[-30.0], *[[2.0]] * 15, *[[1.9]] * 15, [34.0]])
    assert borders(lopsided, np.array([0] * 16 + [1] * 16)).crowd.max() == 2


def test_apart_are_the_customers_of_segments_with_a_valley_on_every_side():
    shares = np.array([0.5, 0.25, 0.125, 0.125])

    def apart(crowd, even=(0.0, 0.0, 0.0, 0.0)):
        return Borders(np.array(crowd), np.array(even), (0, 1), 0.1).apart(shares)

    assert (DEEP, EVEN) == (0.75, 0.55)
    assert apart([0.75, 0.1, 0.76, 2.0]) == 0.75
    assert apart([0.59, 0.58, 0.43, 0.0]) == 1
    assert apart([0.1] * 4, [0.55, 0.56, 0.1, 0.1]) == 0.75, "beside a centre of the same size more than half is no valley"
    assert apart([1.0] * 4) == 0


def test_the_two_segments_that_touch_most_are_named_with_who_stands_between():
    points = np.array([[0.0], [0.0], [0.5], [1.0], [1.0], [9.0]])
    seen = borders(points, np.array([0, 0, 0, 1, 1, 2]))
    # between centres 1 ⁄ 6 and 1 the one at .5 stands at .4 of the way, the others outside the middle half
    assert seen.nearest == (0, 1) and seen.between == 1 / 5
    rng = np.random.default_rng(1)
    crowd = rng.normal(size=(20_000, 1))
    assert borders(crowd, (crowd[:, 0] > 0).astype(int)).between == pytest.approx(0.31, abs=0.01), "one crowd cut in two"
    even = rng.uniform(size=(20_000, 1))
    assert borders(even, (even[:, 0] > 0.5).astype(int)).between == pytest.approx(0.25, abs=0.01)
