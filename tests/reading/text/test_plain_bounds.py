"""Plain text in blocks: what counts as plain, and how it lies in the file afterwards."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from segkit.reading.text import plain


@pytest.fixture
def write(tmp_path):
    def made(content, *, delimiter=",", quote='"', skip=0, width=2):
        path, out = tmp_path / "t.csv", tmp_path / "t.parquet"
        path.write_text(content, encoding="utf-8", newline="")
        return (
            pq.read_table(out)
            if plain.write_plain(path, out, delimiter=delimiter, quote=quote, skip=skip, width=width)
            else None
        )

    return made


def test_columns_are_texts_each_kept_once(write):
    table = write("01,NA\n01,null\n,x\n")
    assert table.to_pydict() == {"c0": ["01", "01", None], "c1": ["NA", "null", "x"]}
    assert all(pa.types.is_dictionary(kind) for kind in table.schema.types)


@pytest.mark.parametrize(
    ("text", "how", "plain"),
    [
        ("a,b\n", {}, True),
        ("a§b\n", {"delimiter": "§"}, False),
        ("a\n", {"width": 1}, False),
        ("a,b,c\n", {"width": 3}, True),
        ('a,"b"\n', {}, False),
        ('a,"b"\n', {"quote": ""}, True),
        ("a,'b'\n", {}, True),
        ("a,'b'\n", {"quote": "'"}, False),
        ("a,b\n\nc,d\n", {}, False),
        ("a,b", {}, True),
    ],
)
def test_what_is_plain(write, text, how, plain):
    assert (write(text, **how) is not None) is plain


@pytest.mark.parametrize("skip", [0, 1, 2])
def test_lines_above_are_left_out(write, skip):
    assert write("a,1\nb,2\nc,3\n", skip=skip)["c0"].to_pylist() == ["a", "b", "c"][skip:]


@pytest.mark.parametrize("skip", [0, 1])
def test_a_quote_above_the_rows_harms_nothing(write, skip):
    assert (write('"a","b"\n1,2\n', skip=skip) is not None) is bool(skip)


@pytest.mark.parametrize("processors", [None, 1, 3])
def test_blocks_stay_in_order_however_many_are_read_at_once(write, monkeypatch, processors):
    monkeypatch.setattr(plain.os, "cpu_count", lambda: processors)
    monkeypatch.setattr(plain, "BLOCK", 4)
    table = write("".join(f"{i},x\n" for i in range(20)))
    assert table["c0"].to_pylist() == [str(i) for i in range(20)]


@pytest.mark.parametrize("bad", [0, 19])
def test_one_block_that_is_not_plain_is_enough(write, monkeypatch, bad):
    monkeypatch.setattr(plain, "BLOCK", 4)
    assert write("".join(f"{i},x{',y' * (i == bad)}\n" for i in range(20))) is None


def test_the_smallest_row_there_is(write):
    assert write(",").to_pydict() == {"c0": [None], "c1": [None]}
