"""How often columns are taken for what they truly are: all real data sets that are here, and made-up exports of other programs.

Run with ``-s`` to see the figures: ``python -m pytest tests/reading/test_role_accuracy.py -s``.
"""

import sys

import pytest

from segkit.reading.load import inspect_files
from segkit.words.terms import FileKind
from tests.conftest import REAL
from tests.reading.exports_of_others import CUSTOMERS, EXPORTS, ORDERS, SURVEY
from tests.reading.exports_of_others_2 import MORE
from tests.reading.exports_of_others_3 import UNSEEN
from tests.reading.exports_of_others_4 import LAST

ALL = (*EXPORTS, *MORE, *UNSEEN, *LAST)
KEYS = ("customer", "order", "date", "amount")

CAMPAIGN = (
    "customer number/demographic category/demographic category/demographic number/demographic number/demographic "
    "number/demographic date recency" + " amount" * 6 + " number/behavioural" + " frequency" * 3 + " number/behavioural" * 7
    + " constant constant number/behavioural"
)  # fmt: skip
TRUTH: dict[str, tuple[FileKind, str]] = {
    "cdnow/CDNOW_master.txt": (ORDERS, "customer date quantity amount"),
    "cdnow/CDNOW_sample.txt": (ORDERS, "customer ignore date quantity amount"),
    "marketing_campaign/variant_allquoted_mdy.csv": (ORDERS, CAMPAIGN),
    "marketing_campaign/variant_comma_dmy_renamed.csv": (ORDERS, CAMPAIGN),
    "marketing_campaign/variant_semicolon_dmy.csv": (ORDERS, CAMPAIGN),
    "mcdonalds/mcdonalds.csv": (
        SURVEY,
        "category/psychographic " * 12 + "number/demographic category/behavioural category/demographic",
    ),
    "northwind/derived_customers.csv": (
        CUSTOMERS,
        "customer personal personal category/firmographic personal" + " category/geographic" * 4 + " personal personal",
    ),
    "northwind/derived_northwind_orders.csv": (
        ORDERS,
        "order date ignore customer personal category/firmographic category/geographic category/geographic product product "
        "price quantity ignore ignore amount",
    ),
    "online_retail/OnlineRetail.csv": (ORDERS, "order product product quantity date price customer category/geographic"),
    "rfm_pkg/expected_rfm_2006-12-31.csv": (CUSTOMERS, "customer frequency amount recency leak leak leak leak leak"),
    "rfm_pkg/rfm_data_customer.csv": (CUSTOMERS, "customer amount date frequency recency personal personal personal"),
    "rfm_pkg/rfm_data_orders.csv": (ORDERS, "customer date amount personal personal personal"),
    "sales_data_sample/variant_utf8_mdy.csv": (
        ORDERS,
        "order quantity price ignore amount date status ignore ignore ignore product ignore product customer personal personal "
        "personal category/geographic category/geographic category/geographic category/geographic category/geographic "
        "personal personal category/firmographic",
    ),
    "wholesale/Wholesale customers data.csv": (CUSTOMERS, "channel category/geographic" + " amount" * 6),
}


def fits(found, truth):
    taken = found.role.value
    return any(t in (taken, f"{taken}/{found.base.value if found.base else ''}") for t in truth.split("|"))


def found_in(path, kind):
    return inspect_files({kind: path})[kind][1]


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Return for each file its name, (column, truth, found) of each column, and whether all keys are right."""
    folder = tmp_path_factory.mktemp("exports")
    results = []
    for export in ALL:
        found = found_in(export.write(folder), export.kind)
        columns = [(name, truth, role) for (name, truth, _), role in zip(export.columns, found, strict=True)]
        results.append((export.name, columns, [key for key in KEYS if not _key_right(found, key, export.keys[key])]))
    for name, (kind, truths) in TRUTH.items():
        if (REAL / name).exists():
            found = found_in(REAL / name, kind)
            columns = [(role.column, truth, role) for role, truth in zip(found, truths.split(), strict=True)]
            wrong = {t for _, t, role in columns if t in KEYS and role.role.value != t}
            wrong |= {
                role.role.value for _, t, role in columns if role.role.value in KEYS and role.role.value != t.split("/")[0]
            }
            results.append((name, columns, sorted(wrong)))
    return results


def _key_right(found, key, expected):
    columns = [role.column for role in found if role.role.value == key]
    return columns == [] if expected is None else len(columns) == 1 and columns[0] in expected.split("|")


def test_nine_of_ten_columns_are_right(measured):
    wrong = [
        f"{name}: {column} is {truth}, taken for {role.role.value}/{role.base.value if role.base else ''} ({role.reason})"
        for name, columns, _ in measured
        for column, truth, role in columns
        if not fits(role, truth)
    ]
    total = sum(len(columns) for _, columns, _ in measured)
    said = [f"\n{total - len(wrong)} of {total} columns right ({1 - len(wrong) / total:.1%}) in {len(measured)} files", *wrong]
    sys.stdout.write("\n".join(said) + "\n")
    assert len(wrong) <= 0.1 * total, "\n".join(wrong)


def test_customer_order_date_and_amount_are_right_in_nine_of_ten_files(measured):
    bad = [f"{name}: {', '.join(keys)}" for name, _, keys in measured if keys]
    said = [f"\nkeys right in {len(measured) - len(bad)} of {len(measured)} files", *bad]
    sys.stdout.write("\n".join(said) + "\n")
    assert len(bad) <= 0.1 * len(measured), bad


def test_what_is_wrong_is_seldom_called_sure(measured):
    sure = [(role, truth) for _, columns, _ in measured for _, truth, role in columns if role.certainty == "sure"]
    assert sum(not fits(role, truth) for role, truth in sure) <= 0.04 * len(sure)


def test_leaks_never_form_segments(measured):
    leaks = [(truth, role) for _, columns, _ in measured for _, truth, role in columns if truth == "leak"]
    assert len(leaks) >= 7
    assert all(role.role.value == "leak" and role.base is None for _, role in leaks)
