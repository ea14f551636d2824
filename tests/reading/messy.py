"""Files as small businesses have them, each with one trap, its true shape and the sum of its amounts."""

import gzip
import io
import sqlite3
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

NAMES = ["customer", "town", "date", "amount"]
BODY = [
    [f"K-{i % 13:03d}", ("Bonn", "Köln", "Ulm")[i % 3], f"2024-{1 + i % 12:02d}-{1 + i % 28:02d}", f"{i}.50"] for i in range(40)
]
TOTAL = sum(float(row[3]) for row in BODY)


_SPACE = "http://schemas.openxmlformats.org"
_OFFICE = f"{_SPACE}/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Messy:
    """A file with one trap: what it holds, and words of the decision that must be said."""

    name: str
    content: bytes
    says: str = ""
    names: tuple[str, ...] = tuple(NAMES)
    rows: int = 40
    total: float = TOTAL


def text(rows=None, delimiter=",", end="\n"):
    return "".join(delimiter.join(row) + end for row in ([NAMES, *BODY] if rows is None else rows))


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    """Write a workbook of nothing but cells; a text that begins with # is an error, one that begins with = a formula's text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        start = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{_SPACE}/package/2006/relationships">{start}</Relationships>')
        marked = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"/>' for i, name in enumerate(sheets, 1))
        space, main, office = _SPACE, f"{_SPACE}/spreadsheetml/2006/main", _OFFICE
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{marked}</sheets></workbook>')
        links = "".join(
            f'<Relationship Id="r{i}" Type="{office}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i in range(1, len(sheets) + 1)
        )
        links += f'<Relationship Id="rs" Type="{office}/styles" Target="styles.xml"/>'
        relations = f'<Relationships xmlns="{space}/package/2006/relationships">{links}</Relationships>'
        archive.writestr("xl/_rels/workbook.xml.rels", relations)
        styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
        archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{main}">{styles}</styleSheet>')
        for i, rows in enumerate(sheets.values(), 1):
            lines = "".join(
                f'<row r="{r}">{"".join(_cell(v, r, c) for c, v in enumerate(row))}</row>' for r, row in enumerate(rows, 1)
            )
            archive.writestr(
                f"xl/worksheets/sheet{i}.xml", f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>'
            )
    return out.getvalue()


def _cell(value: object, row: int, column: int) -> str:
    place = f'r="{chr(65 + column)}{row}"'
    if value == "":
        return ""
    if isinstance(value, tuple):  # a date, as the number of its day
        return f'<c {place} s="1"><v>{value[0]}</v></c>'
    if isinstance(value, int | float):
        return f"<c {place}><f>SUM(1)</f><v>{value}</v></c>"
    if str(value).startswith("#"):
        return f'<c {place} t="e"><f>A1</f><v>{value}</v></c>'
    return f'<c {place} t="inlineStr"><is><t>{value}</t></is></c>'


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def sqlite(folder: Path) -> bytes:
    path = folder / "made.sqlite"
    with sqlite3.connect(path) as base:
        base.execute("create table settings (name text, value text)")
        base.executemany("insert into settings values (?, ?)", [(f"key {i}", "on") for i in range(90)])
        base.execute("create table bestellungen (customer text, town text, date text, amount real)")
        base.executemany("insert into bestellungen values (?, ?, ?, ?)", [(*row[:3], float(row[3])) for row in BODY])
    base.close()
    return path.read_bytes()


def duck(folder: Path) -> bytes:
    path = folder / "made.duckdb"
    with duckdb.connect(str(path)) as base:
        base.execute("create table log (line varchar)")
        base.execute("insert into log select 'x' from range(90)")
        base.execute("create schema shop")
        base.execute("create table shop.orders (customer varchar, town varchar, date date, amount decimal(9, 2))")
        base.executemany("insert into shop.orders values (?, ?, ?, ?)", BODY)
    return path.read_bytes()


SHEET = [NAMES, *([*row[:2], (45292 + i,), float(row[3])] for i, row in enumerate(BODY))]
_PLAIN = text().encode()
_OTHER = "town,shops,region\n" + "".join(f"Town {i},{i},North\n" for i in range(9))
_RAGGED = [NAMES, *BODY[:20], ["K-001", "Bonn"], ["K-002", "Ulm", "2024-05-05", "7.00", "late"], *BODY[20:]]
_GROUPED = [["who", "", "what", ""], ["number", "town", "date", "amount"], *BODY]
_TOTALS = [NAMES, *BODY, ["Total", "", "", f"{TOTAL:.2f}"]]

FILES: dict[str, Messy | Callable[[Path], Messy]] = {
    "title above": Messy("a.csv", b"Sales of the year\nprinted by the till\n\n" + _PLAIN, "3 lines above the table left out"),
    "title with all delimiters": Messy("a.csv", b"Sales,,,\n,,,\n" + _PLAIN, "2 lines above the table left out"),
    "pairs above": Messy(
        "a.csv",
        ("Shop:;Anna's;;;\nYear:;2024;;;\n\n" + text([[*r, "x"] for r in [NAMES, *BODY]], ";")).encode(),
        "above the table",
        names=(*NAMES, "x"),
    ),
    "no names": Messy(
        "a.csv", text(BODY).encode(), "no line with column names", names=("Column 1", "Column 2", "Column 3", "Column 4")
    ),
    "names in two rows": Messy(
        "a.csv", text(_GROUPED).encode(), "first 2 lines", names=("who number", "who town", "what date", "what amount")
    ),
    "names once more on each page": Messy(
        "a.csv", text([NAMES, *BODY[:20], NAMES, *BODY[20:]]).encode(), "1 line that repeats the names left out"
    ),
    "twice in the file": Messy(
        "a.csv", text([NAMES, *BODY, NAMES, *BODY]).encode(), "the table appears in the file twice: read once"
    ),
    "a total at the end": Messy("a.csv", text(_TOTALS).encode(), "1 row at the end set apart as not being data (“Total”)"),
    "sums between the rows": Messy(
        "a.csv",
        text([NAMES, *BODY[:9], ["Subtotal", "", "", "40.50"], *BODY[9:], _TOTALS[-1]]).encode(),
        "1 row of sums between the others",
    ),
    "a remark at the end": Messy(
        "a.csv", _PLAIN + b"\nprinted on 1 May by the till\n", "1 row at the end set apart as not being data"
    ),
    "a count at the end": Messy("a.csv", _PLAIN + b"40 rows\n", "1 row at the end set apart as not being data (“40 rows”)"),
    "a second table": Messy("a.csv", _PLAIN + b"\n" + _OTHER.encode(), "9 rows from line 43 on, town, shops, region"),
    "a small table first": Messy(
        "a.csv", _OTHER.encode() + b"\n" + _PLAIN, "another table among them (not read: town, shops, region …)"
    ),
    "blank lines": Messy("a.csv", ("\n\n" + text().replace("K-005", "\nK-005")).encode()),
    "names that come twice": Messy(
        "a.csv",
        text([["customer", " town ", "", "town"], *BODY]).encode(),
        "repeated names numbered (“town”)",
        names=("customer", "town", "Column 3", "town (2)"),
    ),
    "ragged": Messy(
        "a.csv",
        text(_RAGGED).encode(),
        "2 rows with more or fewer cells than most",
        names=(*NAMES, "Column 5"),
        rows=42,
        total=TOTAL + 7,
    ),
    "zip": Messy("a.zip", zipped({"in/orders.csv": _PLAIN}), "“in/orders.csv” out of the archive"),
    "zip of several": Messy(
        "a.zip",
        zipped({"orders.csv": _PLAIN, "readme.txt": "hello", "__MACOSX/x": "x"}),
        "the largest table (not read: “readme.txt”)",
    ),
    "zipped workbook": Messy("a.zip", zipped({"orders.xlsx": workbook({"One": SHEET})}), "a spreadsheet"),
    "gzip": Messy("a.csv.gz", gzip.compress(_PLAIN), "unpacked from gzip"),
    "workbook": Messy("a.xlsx", workbook({"One": SHEET}), "a spreadsheet"),
    "several sheets": Messy(
        "a.xlsx",
        workbook({"Read me": [["Shop"], ["Notes"]], "Orders": SHEET, "Towns": [["town", "shops"], ["Bonn", 3]]}),
        "sheet “Orders”, which looks most like a table of 3 (not read: “Read me”, “Towns”)",
    ),
    "sheet with a title, gaps and totals": Messy(
        "a.xlsx",
        workbook({"Orders": [["Orders of 2024"], [], *SHEET, ["Total", "", "", TOTAL]]}),
        "2 rows above the table left out",
    ),
    "sheet with errors": Messy(
        "a.xlsx",
        workbook({"Orders": [*SHEET, ["K-001", "#REF!", (45300,), "#DIV/0!"]]}),
        "2 formulas with an error (#REF!, #DIV/0!)",
        rows=41,
    ),
    "two tables in a sheet": Messy(
        "a.xlsx",
        workbook({"Orders": [*SHEET, [], ["town", "shops"], *[[f"T{i}", i] for i in range(5)]]}),
        "5 rows from row 43 on",
    ),
    "SQLite": lambda folder: Messy("a.db", sqlite(folder), "table “bestellungen”, which looks most like orders"),
    "DuckDB": lambda folder: Messy("a.duckdb", duck(folder), "table “shop.orders”, which looks most like orders"),
}
for _codec in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850", "cp437"):
    FILES[_codec] = Messy("a.csv", text().encode(_codec))
_PLACES = {
    "cp1250": ("Łódź", "Kraków", "Świdnica"),
    "cp1251": ("Москва", "Тула", "Псков"),
    "cp1253": ("Αθήνα", "Πάτρα", "Βόλος"),
}
for _codec, _towns in _PLACES.items():
    FILES[_codec] = Messy("a.csv", text([NAMES, *([r[0], _towns[i % 3], *r[2:]] for i, r in enumerate(BODY))]).encode(_codec))
