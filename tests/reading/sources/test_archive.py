"""The table inside an archive: which file is taken, what is said of the others, and where unpacking stops."""

import errno
import gzip
import io
import zipfile

import pytest

from segkit.reading.sources import archive as module
from segkit.reading.sources.archive import members, unpacked
from segkit.words.errors import DataError


@pytest.fixture
def zipped(tmp_path):
    def made(files, name="all.zip"):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            for inside, content in files.items():
                archive.writestr(inside, content)
        return path

    return made


def test_a_file_that_is_no_archive_comes_as_it_is(tmp_path):
    path = tmp_path / "plain.zip"
    path.write_text("a,b\n")
    assert unpacked(path, tmp_path) == (path, []) and members(path) == ()
    assert members(tmp_path / "none.zip") == ()


@pytest.mark.parametrize(("name", "suffix"), [("orders.csv.gz", ".csv"), ("orders.gz", ".txt"), ("o.xlsx.gz", ".xlsx")])
def test_gzip(tmp_path, name, suffix):
    path = tmp_path / name
    path.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    inner, said = unpacked(path, tmp_path)
    assert (inner.read_bytes(), inner.suffix, inner.parent, said) == (b"a,b\n1,2\n", suffix, tmp_path, ["unpacked from gzip"])


def test_one_file_in_a_zip(zipped, tmp_path):
    inner, said = unpacked(zipped({"in/orders.CSV": "a,b\n"}), tmp_path)
    assert (inner.read_bytes(), inner.suffix, said) == (b"a,b\n", ".CSV", ["“in/orders.CSV” out of the archive"])


FILES = {"small.csv": "a", "in/large.csv": "aaa", "larger.pdf": "aaaaaa", "read.me": "aaaaa"}


@pytest.mark.parametrize(
    ("chosen", "taken", "why"),
    [
        ("", "in/large.csv", "the largest table"),
        ("small.csv", "small.csv", "as you chose"),
        ("in/large.csv", "in/large.csv", "as you chose"),
        ("large.csv", "in/large.csv", "as you chose"),
        ("read.me", "read.me", "as you chose"),
        ("gone.csv", "in/large.csv", "the largest table"),
    ],
)
def test_of_several_files_the_largest_table_or_the_one_chosen(zipped, tmp_path, chosen, taken, why):
    inner, said = unpacked(zipped(FILES), tmp_path, chosen)
    others = ", ".join(f"“{name}”" for name in FILES if name != taken)
    assert inner.read_text() == FILES[taken]
    assert said == [f"“{taken}” out of the archive, {why} (not read: {others})"]


def test_where_nothing_is_called_a_table_the_largest_file_is_taken(zipped, tmp_path):
    inner, said = unpacked(zipped({"a": "x", "b": "xx"}), tmp_path)
    assert inner.read_text() == "xx" and inner.suffix == ".txt" and "“b” out of the archive" in said[0]


@pytest.mark.parametrize(
    "name", ["a.tsv", "a.TXT", "a.xlsx", "a.ods", "a.parquet", "a.sqlite", "a.duckdb", "a.db", "a.tab", "a.xls"]
)
def test_tables_go_before_larger_files(zipped, tmp_path, name):
    assert f"“{name}” out" in unpacked(zipped({"photo.jpg": "xxxx", name: "x"}), tmp_path)[1][0]


def test_what_the_system_put_in_is_not_seen(zipped, tmp_path):
    path = zipped({"__MACOSX/a.csv": "xxxxx", "in/.hidden.csv": "xxxx", "folder/": "", "a.csv": "x"})
    assert members(path) == ("a.csv",)
    assert unpacked(path, tmp_path)[1] == ["“a.csv” out of the archive"]
    with pytest.raises(DataError, match=r"all\.zip: the archive is empty\. Choose the file that holds your table"):
        unpacked(zipped({"folder/": "", ".hidden": "x"}), tmp_path)
    with pytest.raises(DataError, match="the archive is empty"):
        unpacked(zipped({}), tmp_path)


def test_a_long_list_of_others_is_cut_short(zipped, tmp_path):
    (said,) = unpacked(zipped({f"{i:03d}.csv": "x" * (i == 50) for i in range(99)}), tmp_path)[1]
    shown = said.partition("(not read: ")[2].removesuffix(")")
    assert len(shown) == 300 and shown.startswith("“000.csv”, “001.csv”") and "“050.csv” out" in said


def locked(path, bits):
    """Set the mark by which an archive tells that its files are locked."""
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= bits
    content[6] |= bits
    path.write_bytes(content)
    return path


def test_a_password_is_asked_for_only_where_there_is_one(zipped, tmp_path):
    with pytest.raises(DataError, match=r"all\.zip is protected by a password\. Unpack it yourself"):
        unpacked(locked(zipped({"a.csv": "x"}), 1), tmp_path)
    assert unpacked(locked(zipped({"a.csv": "x"}), 2), tmp_path)[0].read_text() == "x"


@pytest.mark.parametrize("content", [b"\x1f\x8bnonsense", b"PK\x03\x04nonsense", b"PK\x05\x06nonsense", b"\x1f\x8b"])
def test_a_damaged_archive(tmp_path, content):
    path = tmp_path / "broken.zip"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"broken\.zip: the archive cannot be unpacked\. Unpack it yourself and choose"):
        unpacked(path, tmp_path)


@pytest.mark.parametrize(
    ("number", "kept"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EFBIG, True), (errno.EIO, False)]
)
def test_a_full_disk_is_no_damaged_archive(zipped, tmp_path, monkeypatch, number, kept):
    def full(*_):
        raise OSError(number, "no")

    monkeypatch.setattr(module, "_copy", full)
    with pytest.raises(OSError if kept else DataError):
        unpacked(zipped({"a.csv": "x"}), tmp_path)


class Claims(bytes):
    """A piece that says to be longer than it is: no test needs to write 64 MB."""

    size = 0

    def __len__(self):
        return self.size


class Pieces(io.BytesIO):
    def __init__(self, *sizes):
        super().__init__()
        self.sizes = list(sizes)

    def read(self, _most):
        piece = Claims(b"x")
        piece.size = self.sizes.pop(0) if self.sizes else 0
        return piece


@pytest.mark.parametrize(("size", "fits"), [(64 << 20, True), ((64 << 20) + 1, False)])
def test_a_small_archive_may_unpack_to_64_mb(tmp_path, size, fits):
    (path := tmp_path / "a.gz").write_bytes(b"x" * 10)
    if fits:
        assert module._copy(Pieces(size), path, tmp_path, ".csv").read_bytes() == b"x"
        assert module._copy(Pieces(size - 5, 5), path, tmp_path, ".csv").read_bytes() == b"xx"
    else:
        with pytest.raises(DataError, match=r"a\.gz unpacks to more than 64 MB, far more .*inside, if you trust it"):
            module._copy(Pieces(size), path, tmp_path, ".csv")
        with pytest.raises(DataError):
            module._copy(Pieces(size - 5, 5), path, tmp_path, ".csv")


@pytest.mark.parametrize(("size", "fits"), [(2000, True), (2001, False)])
def test_a_large_archive_may_grow_two_hundredfold(tmp_path, monkeypatch, size, fits):
    monkeypatch.setattr(module, "_LEAST_LIMIT", 1)
    (path := tmp_path / "a.gz").write_bytes(b"x" * 10)
    if fits:
        module._copy(Pieces(size), path, tmp_path, "")
    else:
        with pytest.raises(DataError, match="unpacks to more than 0 MB"):
            module._copy(Pieces(size), path, tmp_path, "")
