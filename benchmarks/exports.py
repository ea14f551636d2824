"""How exports are read without a hint: ``python benchmarks/exports.py [--list] [--only WORD]``.

Each file goes through the door of ``segkit check``, and what comes out is held against the right values: the small files of
known faults, made-up rows in the layouts of known systems (``benchmarks/exports/*.toml``), each with the description of its
system and without any, and the real sets whose figures are published. A file is

- right: all figures that are known are right;
- asked: a question is raised about what is wrong, or the right answer is a question;
- refused rightly: nobody can be told apart, and that is said;
- said wrong: a figure is wrong, and a warning names the matter; or the file was refused although it could be read;
- silently wrong: a figure is wrong, and nobody was asked or warned. An uncaught fault counts here too. One is enough to fail.

Files of which no figure is known, only that they are read, are counted apart.
"""

import argparse
import csv
import json
import re
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from segkit.decisions.data import Data
from segkit.reading.known import exports as known
from segkit.reading.load import load_customers
from segkit.words.terms import FileKind
from segkit.workbook.checked import check

SAMPLES = Path(__file__).resolve().parent / "exports"
SHARED = SAMPLES.parents[2] / "shared"
OUTCOMES = ("right", "asked", "refused rightly", "no figure known", "said wrong", "silently wrong")
FIGURES = ("customers", "orders", "revenue", "rows_read", "first_date", "matched")

MATTERS = {
    "customers": "customer|buyer|people|person|who |e-mail|contact",
    "orders": r"order|invoice|receipt|sale|status|\bstates?\b",
    "revenue": r"money|amount|price|revenue|currenc|discount|total|refund|sale|status|\bstates?\b|cents\b|quantit|add up",
    "rows_read": r"\brows?\b|\blines?\b|cut off|header|sheet|quot",
    "first_date": "date|day|month",
    "matched": "match|join|met|found in",
}
"""Words by which a warning names the matter of a figure."""

ASKED_OF = {
    "customer": ("customers", "orders"),
    "money": ("revenue",),
    "cents": ("revenue",),
    "currency": ("revenue", "orders", "customers"),
    "status": ("revenue", "orders", "customers", "first_date"),
    "dates": ("first_date",),
}
"""Figures that a question decides, by the last word of its key."""

REAL: Mapping[str, tuple[Mapping[str, str], Mapping[str, Any]]] = {
    "online_retail": (
        {"orders": "online_retail/OnlineRetail.csv"},
        {"customers": 4338, "orders": 18532, "revenue": 8911407.90},
    ),
    "cdnow": ({"orders": "cdnow/CDNOW_master.txt"}, {"customers": 23570, "rows_read": 69659, "revenue": 2500315.63}),
    "cdnow, a sample": ({"orders": "cdnow/CDNOW_sample.txt"}, {"customers": 2357, "orders": 6919, "rows_read": 6919}),
    "northwind": (
        {"orders": "northwind/derived_northwind_orders.csv", "customers": "northwind/derived_customers.csv"},
        {"customers": 89, "orders": 830, "revenue": 1265793.04, "matched": 89},
    ),
    **{
        f"marketing campaign, {variant}": (
            {"orders": f"marketing_campaign/variant_{variant}.csv"},
            {"customers": 2240, "revenue": 1356988, "rows_read": 2240, "first_date": "2012-07-30"},
        )
        for variant in ("semicolon_dmy", "comma_dmy_renamed", "allquoted_mdy")
    },
    "wholesale": ({"orders": "wholesale/Wholesale customers data.csv"}, {"customers": 440, "revenue": 14619500}),
    "sales_data_sample": (
        {"orders": "sales_data_sample/variant_utf8_mdy.csv"},
        # Without cancelled orders; those on hold, or disputed, may be left out as well.
        {
            "customers": 92,
            "orders": 303,
            "revenue": 9838141.37,
            "alt": [
                {"orders": 299, "revenue": 9659162.18},
                {"orders": 296, "revenue": 9586949.32},
            ],
        },
    ),
    "rfm, orders": ({"orders": "rfm_pkg/rfm_data_orders.csv"}, {"customers": 995, "rows_read": 4906, "revenue": 464158}),
    "rfm, customers": ({"orders": "rfm_pkg/rfm_data_customer.csv"}, {"customers": 39999, "revenue": 37537400}),
    "mcdonalds": ({"customers": "mcdonalds/mcdonalds.csv"}, {"customers": 1453}),
}
"""Real sets: files by kind, and the figures that their SOURCE.txt gives."""


@dataclass(frozen=True)
class Trial:
    """One file, or several that belong together, with the right values."""

    group: str
    name: str
    files: Mapping[FileKind, list[Path]]
    right: Mapping[str, Any]
    described: bool = True
    """Whether the descriptions of known systems may be used."""


@dataclass(frozen=True)
class Judged:
    """What came of one trial."""

    trial: Trial
    outcome: str
    detail: str
    needless: bool = False
    """Whether a question was asked although all was right."""
    answered: bool = False
    """Whether one of the readings that the question offers gives the right figures."""


def written(sample: Mapping[str, Any], path: Path) -> Path:
    """Write the rows of a sample as the system would: with all its columns, those that the rows leave out empty."""
    if sample.get("as_it_stands"):  # with titles, headings or several rows of names
        path.write_text(sample["rows"], encoding="utf-8")
        return path
    delimiter = sample.get("delimiter", ",")
    rows = list(csv.DictReader(sample["rows"].splitlines(), delimiter=delimiter))
    names = sample.get("header", list(rows[0]))
    with path.open("w", encoding="utf-8", newline="") as out:
        quoting = csv.QUOTE_ALL if sample.get("quoted") else csv.QUOTE_MINIMAL
        writer = csv.DictWriter(out, names, restval="", delimiter=delimiter, quoting=quoting)
        writer.writeheader()
        writer.writerows(rows)
    return path


def samples(folder: Path) -> Iterator[Trial]:
    """Yield each made-up sample twice: with its system's description, and with structure alone."""
    for file in sorted(SAMPLES.glob("*.toml")):
        system = tomllib.loads(file.read_text(encoding="utf-8"))
        for number, sample in enumerate(system["sample"]):
            ending = "txt" if sample.get("delimiter") == "\t" else "csv"
            path = written(sample, folder / f"{file.stem}_{number + 1}.{ending}")
            right = {**sample["right"], "alt": sample.get("alt", []), "why": sample.get("why", "")}
            files = {FileKind(sample.get("kind", "orders")): [path]}
            name = f"{system['system']}: {sample['title']}"
            yield Trial("known exports", name, files, right)
            yield Trial("known exports, undescribed", name, files, right, described=False)


def cases(folder: Path) -> Iterator[Trial]:
    """Yield the small files of known faults; those about what is written are left to the tests."""
    for name, right in json.loads((folder / "cases.json").read_text(encoding="utf-8")).items():
        if right.get("written"):
            continue
        files = {FileKind(right.get("kind", "orders")): [folder / one for one in (name, *right.get("also", ()))]}
        if "survey" in right:
            files[FileKind.SURVEY] = [folder / right["survey"]]
        yield Trial("small files", name, files, right)


def real(folder: Path) -> Iterator[Trial]:
    """Yield the real sets that are here."""
    for name, (files, right) in REAL.items():
        paths = {FileKind(kind): [folder / file] for kind, file in files.items()}
        if all(path.exists() for several in paths.values() for path in several):
            yield Trial("real sets", name, paths, right)


def differing(right: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """Return the names of the figures that are not as they should be."""
    return [name for name in FIGURES if name in right and not _same(right[name], found.get(name))]


def _same(right: Any, found: Any) -> bool:
    if right == "none":
        return found is None
    if isinstance(right, int | float):
        return isinstance(found, int | float) and abs(right - found) < 0.005
    return bool(right == found)


def judge(trial: Trial) -> Judged:
    """Read one trial's files and hold what comes out against the right values."""
    with mock.patch.object(known, "descriptions", known.descriptions if trial.described else tuple):
        return _judged(trial)


def _judged(trial: Trial) -> Judged:
    right = trial.right
    try:
        found = check(trial.files)
    except Exception as error:
        return Judged(trial, "silently wrong", f"uncaught fault: {type(error).__name__}: {error}"[:300])
    others = [{"refuse": True} if o == "refuse" else {"revenue": o} if o == "none" else o for o in right.get("alt", ())]
    if "refused" in found:
        rightly = right.get("refuse") or {"refuse": True} in others
        return Judged(trial, "refused rightly" if rightly else "said wrong", f"refused: {found['refused']}")
    asks, warns = [f"{q['question']} {q['why']}" for q in found["questions"]], list(found["warnings"])
    if right.get("question"):
        return Judged(trial, "asked" if asks else "silently wrong", "; ".join(asks) or f"not asked; revenue {found['revenue']}")
    wrong = ["customers"] if right.get("refuse") else differing(right, found)
    figures = {name: value for name, value in right.items() if name in FIGURES}
    readings = [{**figures, **other} for other in others if isinstance(other, dict) and "refuse" not in other]
    if not wrong or any(not differing(reading, found) for reading in readings):
        if right.get("warning") and not warns:
            return Judged(trial, "silently wrong", "not warned")
        known_at_all = figures or right.get("warning")
        return Judged(trial, "right" if known_at_all else "no figure known", "; ".join(asks), needless=bool(asks))
    detail = ", ".join(f"{name} {found.get(name)} for {right.get(name, 'nobody named')}" for name in wrong)
    asked = [q for q in found["questions"] if set(wrong) & set(ASKED_OF[q["key"].rpartition(".")[2]])]
    if asked:
        return Judged(
            trial, "asked", f"{detail}. {asked[0]['question']} {asked[0]['why']}", answered=offers(trial, [figures, *readings])
        )
    named = re.compile("|".join(MATTERS[name] for name in wrong), re.IGNORECASE)
    said = [text for text in warns if named.search(_unnamed(text, trial))]
    return Judged(trial, "said wrong" if said else "silently wrong", f"{detail}. {said[0] if said else ''}")


def offers(trial: Trial, readings: list[Mapping[str, Any]]) -> bool:
    """Tell whether a click on one of the answers that are offered gives the right figures."""
    for question in load_customers(trial.files).questions:
        for answer in question.answers:
            said = Data().answering(question.key, answer.edits)
            how = {
                name: getattr(said, name) for name in ("roles", "readings", "day_first", "statuses", "currency", "confirmed")
            }
            found = check(trial.files, **how)
            if "refused" not in found and any(reading and not differing(reading, found) for reading in readings):
                return True
    return False


def _unnamed(text: str, trial: Trial) -> str:
    """Return a sentence without the names of columns and files, which name no matter ("Expected Revenue", "orders.csv")."""
    for path in (path for paths in trial.files.values() for path in paths):
        text = text.replace(path.name, "")
    return re.sub("“[^”]*”", "", text)


def table(judged: list[Judged]) -> Iterator[str]:
    """Yield the lines of the table, a group a line."""
    groups = list(dict.fromkeys(one.trial.group for one in judged))
    width = max(map(len, groups), default=0)
    yield f"{'':{width}}  files  " + "  ".join(OUTCOMES)
    for group in groups:
        outcomes = Counter(one.outcome for one in judged if one.trial.group == group)
        counts = "  ".join(f"{outcomes[name]:{len(name)}}" for name in OUTCOMES)
        yield f"{group:{width}}  {outcomes.total():5}  {counts}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="list what is not right, with what was said")
    parser.add_argument("--only", default="", help="only files with this word in group or name")
    parser.add_argument("--cases", type=Path, default=SHARED / "cases", help="folder of the small files")
    parser.add_argument("--real", type=Path, default=SHARED / "real", help="folder of the real sets")
    chosen = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        trials = list(samples(Path(folder)))
        if (chosen.cases / "cases.json").exists():
            trials = [*cases(chosen.cases), *trials]
        trials += real(chosen.real)
        word = chosen.only.lower()
        judged = [judge(trial) for trial in trials if word in f"{trial.group}: {trial.name}".lower()]
    print("\n".join(table(judged)))
    needless = sum(one.needless for one in judged if one.outcome == "right")
    asked = [one for one in judged if one.outcome == "asked"]
    print(f"{sum(one.answered for one in asked)} of {len(asked)} asked have the right figures among the answers offered")
    print(f"{needless} of the right ones ask all the same; {time.perf_counter() - began:.0f} s")
    if chosen.list:
        for outcome in ("silently wrong", "said wrong", "asked"):
            print(
                *(f"\n{outcome}: {j.trial.group}, {j.trial.name}\n  {j.detail}" for j in judged if j.outcome == outcome), sep=""
            )
    return int(any(one.outcome == "silently wrong" for one in judged))


if __name__ == "__main__":
    sys.exit(main())
