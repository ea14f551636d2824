"""Files made to hurt who opens them: each small or quick to write, none kept. A kind is a function that writes one."""

import gzip
import io
import os
import socket
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb

KINDS: dict[str, Callable[[Path], None]] = {}
"""By the name of the file."""

HEAD = "customer,date,amount,remark\n"


def rows(remark: str, number: int = 800) -> str:
    return "".join(f"C{i % 90},2024-{1 + i % 12:02}-{1 + i % 28:02},{i % 50}.50,{remark}\n" for i in range(number))


def kind(name: str) -> Callable[[Callable[[Path], None]], Callable[[Path], None]]:
    def add(write: Callable[[Path], None]) -> Callable[[Path], None]:
        KINDS[name] = write
        return write

    return add


def text(name: str, content: str | bytes | Callable[[], str | bytes]) -> None:
    def write(path: Path) -> None:
        made = content() if callable(content) else content
        path.write_bytes(made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made)

    KINDS[name] = write


# What is no file at all.

if hasattr(os, "mkfifo"):
    KINDS["pipe.csv"] = os.mkfifo
    KINDS["device.csv"] = lambda path: path.symlink_to("/dev/zero")
    KINDS["loop.csv"] = lambda path: path.symlink_to(path)
    KINDS["nowhere.csv"] = lambda path: path.symlink_to("/nowhere/at/all.csv")


@kind("socket.csv")
def _(path: Path) -> None:
    if not hasattr(socket, "AF_UNIX"):
        path.write_bytes(b"")
        return
    before = os.getcwd()
    with socket.socket(socket.AF_UNIX) as one:
        os.chdir(path.parent)  # a name of a socket has a hundred letters at most
        try:
            one.bind(path.name)
        finally:
            os.chdir(before)


KINDS["folder.csv"] = Path.mkdir
text("empty.csv", b"")

# Long cells, in which a pattern might go back and forth.

LONG = {
    "digits": "1234567890", "blanks": " ", "tabs": "\u00a0\u2003 ", "quotes": "“'", "words": "lorem ipsum dolor ",
    "dates": "1/1/2024 ", "points": "1.", "minus": "-", "at": "a@", "address": "a.b-c_",
    "phone": "+49 (0) 30/", "money": "€ 1,000.00 ",
    "escapes": "\\", "equals": "=1+", "letters": "a", "mixed": "a1 ", "slashes": "//:.", "percent": "1 % ", "zeros": "0",
    "colons": "12:30:", "umlauts": "Straße ", "braces": "({[<", "hearts": "🙂\u200d",
    "accents": "e\u0301", "names": "Anna Maria ",
}  # fmt: skip
for _name, _unit in LONG.items():
    text(f"long_{_name}.csv", lambda unit=_unit: HEAD + rows((unit * 20_000)[:20_000], 150))
for _name, _unit in {"quoted_quotes": '""', "quoted_commas": ",", "quoted_lines": "\n", "quoted_semicolons": "; "}.items():
    text(f"long_{_name}.csv", lambda unit=_unit: HEAD + rows('"' + unit * 4_000 + '"', 300))
text("long_stray_quotes.csv", lambda: HEAD + rows('x"' * 3_000))
text(
    "long_in_every_column.csv", lambda: ",".join(f"c{i}" for i in range(8)) + "\n" + (",".join(["1 a" * 700] * 8) + "\n") * 800
)
text(
    "long_ids.csv", lambda: "customer,date,amount\n" + "".join(f"{i}{'7' * 6000},2024-01-01,{'9' * 5000}\n" for i in range(300))
)
text("long_dates.csv", lambda: "customer,date,amount\n" + "".join(f"C{i},{'2024-01-' * 900},5\n" for i in range(300)))
text("one_endless_line.csv", lambda: b"x" * (24 << 20))
text("one_endless_cell.csv", lambda: HEAD.encode() + b"C1,2024-01-01,5," + b"a" * (24 << 20) + b"\n")
text("one_endless_quoted_cell.csv", lambda: HEAD.encode() + b'C1,2024-01-01,5,"' + b"a b\n" * (4 << 20))
text("endless_line_in_utf16.csv", lambda: (HEAD + "x" * (9 << 20)).encode("utf-16"))

# Many columns, many lines, strange signs.

text("a_million_columns.csv", lambda: ",".join(f"c{i}" for i in range(1_000_000)) + "\n" + "1," * 999_999 + "1\n")
text("a_million_commas.csv", lambda: HEAD + rows("x") + "," * 1_000_000 + "\n")
text("a_header_of_a_million_letters.csv", lambda: "a" * 1_000_000 + ",date,amount\n" + "C1,2024-01-01,5\n" * 20)
text("five_thousand_widths.csv", lambda: "".join("1," * (i % 5000) + "1\n" for i in range(5000)))
text("two_hundred_thousand_blank_lines.csv", lambda: HEAD + "\n" * 200_000 + rows("x"))
text("only_delimiters.csv", lambda: ";;;;;;;;\n" * 20_000)
text("every_line_opens_a_quote.csv", lambda: HEAD + "".join(f'"C{i},2024-01-01,5,x\n' for i in range(20_000)))
text("a_quote_that_never_closes.csv", lambda: HEAD + 'C1,2024-01-01,5,"' + rows("x", 20_000))
text("nothing_but_quotes.csv", '"' * 300_000)
text("nul_in_the_middle.csv", lambda: HEAD + rows("x", 9_000) + "\0\0\0" + rows("\0", 100))
text("line_ends_of_all_kinds.csv", lambda: HEAD + rows("x").replace("\n", "\r") + rows("y").replace("\n", "\r\n") + rows("z"))
text("control_signs.csv", lambda: HEAD + rows("".join(map(chr, range(1, 9))) + "\x0b\x0c\x1b[2J\x7f\u0085\u2028"))
text("half_signs.csv", lambda: HEAD + rows("\ud800\udfff\ufffe\uffff"))
text("odd_utf16.csv", lambda: (HEAD + rows("x")).encode("utf-16")[:-1])
text("no_utf8.csv", lambda: HEAD.encode() + rows("x").encode().replace(b"x", b"\xff\xfe\xc0\x80"))
text("numbers_beyond_all.csv", lambda: HEAD + rows("x").replace(".50", "e999") + "C1,2024-01-01,nan,x\nC1,2024-01-01,inf,x\n")
text("dates_beyond_all.csv", lambda: HEAD + rows("x").replace("2024-", "99999-") + "C1,0000-00-00,5,x\n")
text("formulas.csv", lambda: HEAD + rows("=cmd|' /C calc'!A0"))
text("engine_s_own_words.csv", lambda: "c0,place,row,part,'; drop view t; --\n" + "C1,2024-01-01,5,1,2\n" * 50)
text("deep.json", lambda: '[{"a":' * 100_000)
text("laughs.csv", lambda: '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10)) + "]><l>&a9;</l>")  # fmt: skip

# Archives.


def zipped(name: str, *entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> None:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", method) as archive:
            for entry, content in entries:
                archive.writestr(entry, content)

    KINDS[name] = write


def _inner(content: bytes, name: str = "a.csv") -> bytes:
    with zipfile.ZipFile(made := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


TABLE = (HEAD + rows("x")).encode()
BIG = b"0" * (80 << 20)
zipped("bomb.zip", ("orders.csv", BIG))
zipped("bomb_bz2.zip", ("orders.csv", BIG), method=zipfile.ZIP_BZIP2)
zipped("bomb_lzma.zip", ("orders.csv", BIG), method=zipfile.ZIP_LZMA)
zipped("russian_doll.zip", ("b.zip", _inner(_inner(_inner(TABLE), "d.zip"), "c.zip")))
zipped("out_of_the_folder.zip", ("../../../../../../tmp/hostile_orders.csv", TABLE))
zipped("from_the_root.zip", ("/tmp/hostile_orders.csv", TABLE))


@kind("link.zip")
def _(path: Path) -> None:
    link = zipfile.ZipInfo("orders.csv")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")


zipped("thirty_thousand_files.zip", *((f"{i}.txt", b"") for i in range(30_000)), ("orders.csv", TABLE))
text("cut_off.zip", lambda: _inner(TABLE * 9)[:900])
text("wrong_sum.zip", lambda: _inner(os.urandom(999) + TABLE).replace(struct.pack("<L", len(TABLE) + 999), b"\1\0\0\0"))
text("bomb.csv.gz", lambda: gzip.compress(BIG))
text("doll.csv.gz", lambda: gzip.compress(gzip.compress(gzip.compress(BIG))))
text("cut_off.csv.gz", lambda: gzip.compress(TABLE)[:-9])
text("many_small.csv.gz", lambda: gzip.compress(b"") * 20_000 + gzip.compress(TABLE))

# Spreadsheets.

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def book(
    name: str, sheet: Callable[[], str], after: str = "", *, sheets: int = 1, strings: Callable[[], str] | None = None
) -> None:
    def write(path: Path) -> None:
        numbers = range(1, sheets + 1)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", _TYPES)
            archive.writestr(
                "_rels/.rels",
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
                f'Type="{_SPACE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            )
            archive.writestr(
                "xl/workbook.xml",
                f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{_SPACE}"><sheets>'
                + "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="r{i}"/>' for i in numbers) + "</sheets></workbook>",
            )  # fmt: skip
            archive.writestr(
                "xl/_rels/workbook.xml.rels",
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                + "".join(
                    f'<Relationship Id="r{i}" Type="{_SPACE}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in numbers
                )
                + (f'<Relationship Id="rs" Type="{_SPACE}/sharedStrings" Target="sharedStrings.xml"/>' if strings else "")
                + f'<Relationship Id="rx" Type="{_SPACE}/externalLink" Target="file:///etc/passwd" TargetMode="External"/>'
                + "</Relationships>",
            )
            for i in numbers:
                archive.writestr(f"xl/worksheets/sheet{i}.xml", SHEET.format(sheet(), after))
            if strings:
                archive.writestr("xl/sharedStrings.xml", strings())

    KINDS[name] = write


def cell(place: str, value: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def table(number: int = 60) -> str:
    lines = [HEAD.strip().split(","), *(line.split(",") for line in rows("x", number).split())]
    return "".join(
        f'<row r="{i}">' + "".join(cell(f"{letter}{i}", value) for letter, value in zip("ABCD", line, strict=True)) + "</row>"
        for i, line in enumerate(lines, 1)
    )


def _far(place: str) -> str:
    return table() + f'<row r="{place.lstrip("XFD")}">{cell(place, "x")}</row>'


book("far_out.xlsx", lambda: _far("XFD1048576"))
book("far_out_alone.xlsx", lambda: f'<row r="1048576">{cell("XFD1048576", "x")}</row>')
book("far_down.xlsx", lambda: table() + f'<row r="1048576">{cell("D1048576", "x")}</row>')
book("far_right.xlsx", lambda: table() + f'<row r="90">{cell("XFD90", "x")}</row>')
book("half_far.xlsx", lambda: table() + f'<row r="30000">{cell("XFD30000", "x")}</row>')
book("rows_without_number.xlsx", lambda: table() + f'<row r="4000000000">{cell("A4000000000", "x")}</row>')
book("letters_without_end.xlsx", lambda: f'<row r="1">{cell("A" * 5000 + "1", "x")}</row>')
book("far_without_places.xlsx", lambda: "<row/>" * 50_000 + "<row>" + "<c><v>1</v></c>" * 16_384 + "</row>")
book("one_endless_cell.xlsx", lambda: f'<row r="1">{cell("A1", "a" * (40 << 20))}</row>')
book("one_endless_tag.xlsx", lambda: f'<row r="1"><c r="A1" {"a" * (10 << 20)}="1"/></row>')
book("endless_string.xlsx", table, strings=lambda: f"<sst><si><t>{'a' * (40 << 20)}</t></si></sst>")
book("string_that_is_not_there.xlsx", lambda: '<row r="1"><c r="A1" t="s"><v>99999999999</v></c></row>')
book("merged_to_the_end.xlsx", table, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
book("merged_often.xlsx", lambda: table(3000), "<mergeCells>" + '<mergeCell ref="A1:D3000"/>' * 3000 + "</mergeCells>")
book("two_thousand_sheets.xlsx", lambda: table(5), sheets=2000)
book("deep.xlsx", lambda: "<row>" * 100_000)
book("laughs.xlsx", table, strings=lambda: '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10)) + "]><sst><si><t>&a9;</t></si></sst>")  # fmt: skip
book(
    "outside.xlsx",
    table,
    strings=lambda: '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>',
)
book("blown_up.xlsx", lambda: "<row>" + " " * (100 << 20) + "</row>")
book("a_million_empty_rows.xlsx", lambda: table() + '<row r="100"/>' * 1_000_000)

_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="S">{}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)
_ODS_CELL = (
    '<table:table-cell office:value-type="string" table:number-columns-repeated="{}"><text:p>x</text:p></table:table-cell>'
)


def ods(name: str, columns: int, rows: int) -> None:
    content = f'<table:table-row table:number-rows-repeated="{rows}">{_ODS_CELL.format(columns)}</table:table-row>'
    zipped(
        name,
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'),
        ("content.xml", _ODS.format(content * 2).encode()),
    )


ods("repeated.ods", 16_384, 1_048_576)
ods("repeated_wide.ods", 2_000_000_000, 1)
ods("repeated_far.ods", 1, 4_000_000_000)
text("no_workbook.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4000)
zipped("no_workbook.xlsx", ("xl/workbook.xml", b"<workbook/>"))
zipped("no_workbook.xlsb", ("xl/workbook.bin", b"\xff" * 1000))
zipped("not_even.xlsx", ("readme.txt", b"nothing"))

# Databases.


def sqlite(name: str, *queries: str) -> None:
    def write(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            base.execute("pragma synchronous = off")
            for query in queries:
                base.execute(query)

    KINDS[name] = write


_ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select i as customer, i as amount, i as date from n"
_ORDERS = "create table orders (customer text, date text, amount real)"
_FILL = "insert into orders with recursive n(i) as (select 1 union all select i + 1 from n where i < 60) {}".format(
    "select 'C' || (i % 9), '2024-01-' || printf('%02d', 1 + i % 28), i from n"
)
sqlite("endless_view.sqlite", f"create view orders as {_ENDLESS}")
sqlite("endless_view_beside.sqlite", _ORDERS, _FILL, f"create view customer_orders as {_ENDLESS}")
sqlite("view_that_says_it_is_a_table.sqlite", f"create view orders as {_ENDLESS}", "pragma writable_schema = on",
       "update sqlite_master set type = 'table'")  # fmt: skip
sqlite("view_written_as_a_table.sqlite", "create table x (a)", "pragma writable_schema = on", "update sqlite_master set "
       f"name = 'create table orders', type = 'table', sql = 'create table/**/view orders as {_ENDLESS}'")  # fmt: skip
sqlite("endless_column.sqlite", "create table orders (customer text, amount real, x as (zeroblob(900000000)))",
       "insert into orders (customer, amount) values ('a', 1), ('b', 2)")  # fmt: skip
sqlite("large_cell.sqlite", "create table orders (customer, amount)", "insert into orders values (zeroblob(60000000), 1)")
sqlite("search.sqlite", "create virtual table orders using fts4(customer, amount)", "insert into orders values ('a', '1')")
sqlite("four_thousand_tables.sqlite", *(f"create table t{i} (a)" for i in range(4000)), _ORDERS, _FILL)
sqlite("two_thousand_columns.sqlite", "create table orders (" + ", ".join(f"c{i}" for i in range(1999)) + ")",
       "insert into orders (c0) values (1)")  # fmt: skip


@kind("damaged.sqlite")
def _(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(_ORDERS)
        base.execute(_FILL)
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)


def duck(name: str, *queries: str) -> None:
    def write(path: Path) -> None:
        with duckdb.connect(str(path)) as base:
            for query in queries:
                base.execute(query)

    KINDS[name] = write


duck("reads_a_file.duckdb", "create view orders as select content as customer, 1 as amount from read_text('/etc/passwd')")
duck("reads_beside.duckdb", "create table orders as select 'C' || i % 9 as customer, date '2024-01-01' + i::int as date, i as "
     "amount from range(60) r(i)", "create view invoices as select * from read_text('/etc/hostname')")  # fmt: skip
duck("endless_view.duckdb", "create view orders as select i as customer, i as amount from range(1000000000000000) r(i)")
duck("huge_table.duckdb", "create table orders as select 1 as customer, 1 as amount from range(30000000)")
text("damaged.duckdb", lambda: b"12345678DUCK" + os.urandom(9000))
text("broken.parquet", lambda: b"PAR1" + os.urandom(5000) + struct.pack("<L", 4000) + b"PAR1")
text("footer_beyond.parquet", b"PAR1" + b"x" * 50 + struct.pack("<L", 0xFFFFFFF0) + b"PAR1")


@kind("two_thousand_columns.parquet")
def _(path: Path) -> None:
    with duckdb.connect() as base:
        base.execute(f"copy (select {', '.join(f'1 as c{i}' for i in range(2000))}) to '{path}' (format parquet)")


@kind("rows_out_of_nothing.parquet")
def _(path: Path) -> None:
    with duckdb.connect() as base:
        base.execute(
            f"copy (select 1 as customer, 2 as amount from range(100000000)) to '{path}' (format parquet, compression zstd)"
        )
