"""Text without quotes, the commonest there is: every line is a row, so blocks of lines can be read side by side."""

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

BLOCK = 8_000_000
"""Bytes read at a time. Each block becomes a row group, in which every different text of a column lies once."""


def write_plain(path: Path, out: Path, *, delimiter: str, quote: str, skip: int, width: int) -> bool:
    """Write the rows of a plain text file as Parquet: columns ``c0``, ``c1`` … of texts, null where a cell is empty.

    Parameters
    ----------
    path : Path
        Text in UTF-8 without a byte order mark.
    out : Path
        The file to write.
    delimiter, quote : str
        Signs between cells and around them; ``quote`` may be empty.
    skip : int
        Lines above the rows.
    width : int
        Cells of every row, at least 2.

    Returns
    -------
    bool
        False where the file is not plain: a quote in it, a row with more or fewer cells, a blank line, a line of delimiters
        alone, bytes that are no UTF-8.
        Then ``out`` is of no use, and the rows must be read in another way.
    """
    if len(delimiter.encode()) != 1 or width < 2:
        return False
    schema = pa.schema([(f"c{i}", pa.dictionary(pa.int32(), pa.string())) for i in range(width)])
    workers = os.cpu_count() or 1
    waiting: deque[Future[pa.Table]] = deque()
    # no statistics: every row is looked at anyway
    with (
        path.open("rb") as file,
        ThreadPoolExecutor(workers) as pool,
        pq.ParquetWriter(out, schema, compression="lz4", write_statistics=False) as writer,
    ):
        try:
            for block in _blocks(file, skip):
                waiting.append(pool.submit(_table, block, delimiter, quote.encode(), schema))
                if len(waiting) > workers:
                    writer.write_table(waiting.popleft().result(), row_group_size=BLOCK)
            while waiting:
                writer.write_table(waiting.popleft().result(), row_group_size=BLOCK)
        except pa.ArrowInvalid:
            return False
        finally:
            pool.shutdown(cancel_futures=True)
    return True


def _blocks(file: BinaryIO, skip: int) -> Iterator[bytes]:
    """Cut a file into blocks of whole lines."""
    for _ in range(skip):
        file.readline()
    while block := file.read(BLOCK):
        yield block + (b"" if block.endswith(b"\n") else file.readline())


def _table(block: bytes, delimiter: str, quote: bytes, schema: pa.Schema) -> pa.Table:
    """Read a block of lines.

    Raises
    ------
    pyarrow.ArrowInvalid
        If it is not plain.
    """
    if quote and quote in block:
        raise pa.ArrowInvalid("a quote")
    table = pc.read_csv(
        pa.BufferReader(block),
        read_options=pc.ReadOptions(column_names=schema.names, use_threads=False, block_size=len(block) + 1),
        parse_options=pc.ParseOptions(delimiter=delimiter, quote_char=False),
        convert_options=pc.ConvertOptions(column_types=schema, null_values=[""], strings_can_be_null=True),
    )
    if all(column.null_count for column in table.columns):  # only then may a whole row be empty
        empty = delimiter.encode() * (len(schema) - 1)
        inside = any(line in block for line in (b"\n%b\n" % empty, b"\n%b\r" % empty))
        if inside or block.startswith((empty + b"\n", empty + b"\r")):
            raise pa.ArrowInvalid("a line of delimiters alone")
    lines = block.count(b"\n") + (not block.endswith(b"\n"))
    if len(table) != lines:  # blank lines; and a carriage return alone ends a line for some and not for others
        raise pa.ArrowInvalid("a line that is no row")
    return table
