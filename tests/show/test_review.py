"""What notebook 6 shows, on the sample business."""

import re

import pytest

from segkit.show import review as show
from segkit.workbook.session import Session

ROW = re.compile(r" (\d\.\d{3,}) +(\d\.\d{3,}) +(no more change than chance brings|.+)$")


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Session:
    return Session(tmp_path_factory.mktemp("review"))


def test_a_change_reads_larger_than_its_limit_exactly_where_it_is_said_to_be_one(session):
    rows = [found for line in show.shifts(session).html.text.splitlines() if (found := ROW.search(line))]
    psi = session.results.review.changes.psi
    assert len(rows) == len(psi) > 5
    for row, (_, figures) in zip(rows, psi.iterrows(), strict=True):
        index, chance = float(row[1]), float(row[2])
        assert index == pytest.approx(figures["psi"], abs=6e-4) and chance == pytest.approx(figures["threshold"], abs=6e-4)
        assert (row[3] == "no more change than chance alone would bring") == (index < chance)
