"""Names and labels of variables, from the headers of files."""

import re

from segkit.core.data.roles.lexicon import spaced

_ABBREVIATIONS = {
    "qty": "quantity",
    "num": "number of",
    "avg": "average",
    "pct": "percent",
    "amt": "amount",
    "cust": "customer",
    "dt": "date",
    "prods": "products",
    "prod": "product",
    "cat": "category",
    "kidhome": "children at home",
    "teenhome": "teenagers at home",
    "nps": "NPS",
    **{f"cmp{number}": f"campaign {number}" for number in range(1, 10)},
}


def variable_name(header: str) -> str:
    """Return a column name in small letters and underscores: "MntFishProducts" becomes "mnt_fish_products"."""
    return re.sub(r"\W+", "_", spaced(header)).strip("_") or "column"


def label_of(header: str) -> str:
    """Return words for people: "Marital_Status" becomes "Marital status"."""
    words = spaced(header).split()
    if words and words[0] in ("mnt", "mtn"):
        words = ["money", "spent:", *words[1:]]
    if len(words) > 2 and words[0] == "num" and words[-1] == "purchases":
        words = ["purchases:", *words[1:-1]]
    if len(words) > 1 and words[0] in ("no", "nr", "nb", "num") and words[1] == "of":  # "NumOfProducts" brings its own "of"
        words = ["num", *words[2:]]
    if len(words) > 1 and words[-1] == "num":
        words = ["num", *words[:-1]]
    text = " ".join(_ABBREVIATIONS.get(word, word) for word in words) or header.strip()
    if not spaced(header):
        return header.strip()
    return text[:1].upper() + text[1:]


def level_label(level: str) -> str:
    """Return a category's value as words: "web_shop" becomes "Web shop"; text with capitals stays."""
    if re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", level):
        level = level.replace("_", " ")
    return level[:1].upper() + level[1:] if level == level.lower() else level
