"""The customer features, defined once, on a distributed engine: a real Spark session gives what DuckDB and pandas give."""

import datetime as dt
import importlib.util
import os
import shutil
import warnings
from pathlib import Path

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import pytest

from segkit.core.data import cleaning, features
from segkit.core.data.features import day_of
from segkit.words.terms import CleaningRule

pytestmark = pytest.mark.slow
AS_OF = dt.date(2024, 7, 1)


def order_lines(n=3000):
    rng = np.random.default_rng(4)
    order = np.sort(rng.integers(0, n // 3, n))
    day = day_of(dt.date(2024, 1, 1)) + order % 181
    month = pd.to_datetime(day, unit="D")
    kind = np.array(["tea", "coffee", "cups", "zimt"], dtype=object)[rng.integers(0, 4, n)]
    kind[rng.random(n) < 0.02] = None
    customer = np.array([f"{c:05d}" for c in (order * 7919) % 200], dtype=object)
    customer[order % 97 == 0] = None
    return pd.DataFrame(
        {
            "row": np.arange(n) + 2,
            "customer_id": customer,
            "order_id": [f"{'C' if o % 41 == 0 else ''}{536000 + o}" for o in order],
            "day": day,
            "month": np.asarray(month.year * 12 + month.month - 1, dtype="int64"),
            "quantity": rng.integers(-1, 9, n).astype("float64"),
            "price": rng.integers(0, 3000, n) / 100,
            "margin": rng.integers(0, 500, n) / 100,
            "product": [f"p{p}" for p in rng.integers(0, 40, n)],
            "k_kind": kind,
        }
    )


@pytest.fixture(scope="module")
def spark():
    missing = None
    if importlib.util.find_spec("pyspark") is None:
        missing = "Spark is not installed: pip install -r requirements-spark.txt, or run .ci/run"
    elif not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        missing = "Spark needs Java: install a Java runtime of version 17 or later, or run .ci/run"
    if missing and os.environ.get("SPARK_TEST") == "required":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]").appName("segkit").config("spark.ui.enabled", "false")
        builder = builder.config("spark.sql.shuffle.partitions", "2").config("spark.driver.host", "127.0.0.1")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.memory", "512m")
        session = builder.config("spark.log.level", "ERROR").getOrCreate()
        yield session
        session.stop()


@pytest.fixture(scope="module")
def engines(spark, tmp_path_factory):
    lines = order_lines()
    file = Path(tmp_path_factory.mktemp("spark")) / "lines.parquet"
    duckdb.sql("from lines").write_parquet(str(file))
    return {
        "spark": nw.from_native(spark.read.parquet(file.as_uri())).lazy(),
        "duckdb": nw.from_native(duckdb.read_parquet(str(file))).lazy(),
        "pandas": nw.from_native(lines).lazy(),
    }


def computed(lines):
    """From raw lines to all that the workbook counts of them, by the definitions in ``segkit.core`` and nothing else."""
    lines = cleaning.with_money(lines)
    applied = cleaning.rules_applied()
    rules = cleaning.conditions(lines, day_of(AS_OF))
    marked = cleaning.sort_out(lines, rules, applied)
    kept = features.with_orders(cleaning.kept(marked))
    main, varies = features.main_level(kept, "k_kind")
    return {
        "ledger": cleaning.keep_books(marked, rules, applied),
        "customers": features.customer_frame(kept, AS_OF),
        "span": features.span(kept),
        "orders": features.order_total(kept),
        "monthly": features.monthly(kept),
        "money": features.level_money(kept, "k_kind"),
        "main": main.sort_index(),
        "varies": varies,
        "shares": features.level_shares(kept, "k_kind", ["tea", "coffee"]).sort_index(),
    }


def same(found, expected):
    if isinstance(expected, pd.DataFrame):
        pd.testing.assert_frame_equal(found, expected, check_exact=True)
    elif isinstance(expected, pd.Series):
        pd.testing.assert_series_equal(found, expected, check_exact=True)
    else:
        assert found == expected


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning", "ignore::ResourceWarning")
def test_spark_duckdb_and_pandas_agree(engines):
    results = {name: computed(lines) for name, lines in engines.items()}
    assert len(results["spark"]["customers"]) > 150
    set_aside = results["spark"]["ledger"].rows_set_aside
    assert {CleaningRule.NO_CUSTOMER, CleaningRule.CANCELLED, CleaningRule.RETURNED} <= set(set_aside)
    for what, found in results["spark"].items():
        same(found, results["duckdb"][what])
        same(found, results["pandas"][what])
