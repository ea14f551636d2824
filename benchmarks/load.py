"""From a file of order lines to scored customers: time and peak memory of segkit and of its peers, at 1 and 10 million lines.

Run: python benchmarks/load.py [--lines 1000000 10000000] [--kinds csv parquet] [--repeat 1] [--folder FOLDER]
or: python benchmarks/load.py --check 40 500000

Each measurement has a process of its own. Its time runs from the file's path to the scores, after the imports, and is the best
of ``--repeat``; ``busy`` adds up what its processors did, and is the steadier one where others work on the machine. Its memory
is the highest resident size of the process (nobody here starts a second one). All must give the same customers:

plain     segkit's own definitions of cleaning and of the customer figures, on typed columns that are named for it
segkit    ``load_customers``: how the file is written, what its columns mean, the ledger of rows set aside and all other tables
duckdb    one query by hand for the five figures of RFM
by hand   queries by hand for all that ``load_customers`` counts: every figure of a customer, months, countries, copies
polars    one lazy query
pandas    pandas and the ``rfm_summary`` of pymc-marketing

Peers that are not installed are left out. To have them: python -m venv peers, then in it
pip install -r requirements.txt polars pymc-marketing
"""

import argparse
import importlib.util
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1]))
AS_OF = "2025-01-01"
TYPES = {
    "customer": "VARCHAR",
    "order": "BIGINT",
    "date": "DATE",
    "quantity": "DOUBLE",
    "price": "DOUBLE",
    "product": "VARCHAR",
    "country": "VARCHAR",
}
LINES = """
    with lines as (select i, i // 3 as o, hash(i, 11) as h from range({lines}) r(i))
    select case when hash(o, 1) % 200 <> 0
            then 'C' || lpad(floor({customers} * pow((hash(o, 7) % 1000003) / 1000003.0, 2))::int::varchar, 7, '0')
        end as customer,
        536000000 + o as "order",
        date '2022-01-01' + (hash(o, 3) % 1096)::int as date,
        (case when hash(i, 5) % 100 = 0 then -1 else 1 end) * (1 + (h % 12)::int) as quantity,
        (case when hash(i, 13) % 500 = 0 then 0 else 50 + (hash(h % 2000, 17) % 20000)::int end / 100.0)::decimal(9, 2)
            as price,
        'Product ' || (h % 2000) as product,
        ['France', 'Germany', 'Spain', 'Italy', 'Sweden', 'Norway', 'Poland', 'Ireland', 'Austria', 'Belgium', 'Portugal',
            'Greece'][1 + (hash(o, 19) % 12)::int] as country
    from lines"""
"""Twenty lines a customer on average, three lines an order; a few lines have no customer, no price, or were sent back."""


def make_file(path, lines):
    """Write order lines: the same for the same number of lines, streamed."""
    import duckdb

    how = "(format parquet)" if path.suffix == ".parquet" else "(header)"
    duckdb.connect().execute(f"copy ({LINES.format(lines=lines, customers=lines // 20)}) to '{path}' {how}")


def source_sql(path):
    """Return SQL that reads the file with every type given."""
    if path.suffix == ".parquet":
        return f"(select * replace (quantity::double as quantity, price::double as price) from read_parquet('{path}'))"
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in TYPES.items())
    return f"read_csv('{path}', header=true, auto_detect=false, delim=',', quote='\"', columns={{{columns}}})"


def scored(figures):
    """Add the scores: fifths by value, by the rule of ``rfm_scores`` (for all the same: half a million rows are no load)."""
    from segkit.core.criteria.rfm.scores import rfm_scores

    scores = rfm_scores(figures["recency_days"], figures["frequency"], figures["monetary_total"])
    return figures[["recency_days", "frequency", "monetary_total"]].join(scores)


def by_plain(path):
    import datetime as dt

    import duckdb
    import narwhals as nw

    from segkit.core.data import cleaning, features
    from segkit.core.data.features import day_of
    from segkit.words.terms import CleaningRule

    as_of = dt.date.fromisoformat(AS_OF)
    query = (
        "select customer as customer_id, \"order\" as order_id, (date - date '1970-01-01')::int as day, quantity, price "
        f"from {source_sql(path)}"
    )
    lines = cleaning.with_money(nw.from_native(duckdb.connect().sql(query)).lazy())
    applied = cleaning.rules_applied()
    marked = cleaning.sort_out(lines, cleaning.conditions(lines, day_of(as_of)), applied)
    kept = features.with_orders(cleaning.kept(marked), returns=CleaningRule.RETURNED not in applied)
    return scored(features.customer_frame(kept, as_of))


def by_segkit(path):
    import datetime as dt

    from segkit.reading.load import load_customers
    from segkit.words.terms import FileKind

    return scored(load_customers({FileKind.ORDERS: path}, as_of=dt.date.fromisoformat(AS_OF)).customers)


KEPT = "customer is not null and quantity >= 0 and price > 0"
MONEY = "round(quantity * price * 10000)"


def by_duckdb(path):
    import duckdb

    return scored(
        duckdb.connect()
        .sql(
            f"select customer, (date '{AS_OF}' - max(date))::double as recency_days, "
            f'count(distinct "order")::double as frequency, sum({MONEY}) / 10000 as monetary_total '
            f"from {source_sql(path)} where {KEPT} and date <= date '{AS_OF}' group by customer order by customer"
        )
        .df()
        .set_index("customer")
    )


def by_hand(path):
    """Write by hand what ``load_customers`` gives: the same tables, without detection."""
    import duckdb

    run = duckdb.connect().sql
    columns = ", ".join(f'"{name}"' for name in TYPES)
    run(f"create table lines as select *, {MONEY} as money, hash({columns}) as key from {source_sql(path)}")
    run(f"create table kept as select * from lines where {KEPT} and date <= date '{AS_OF}'")
    reasons = "customer is null, quantity < 0, price <= 0"
    run(f"select {reasons}, count(*), sum(money) from lines group by all").fetchall()
    run("select sum(n - 1) from (select count(*) as n from kept group by key having n > 1)").fetchall()
    months = "date_trunc('month', date) as month"
    run(f'select {months}, count(distinct "order"), count(distinct customer), sum(money) from kept group by all').df()
    run('select country, count(distinct "order"), sum(money) from kept group by all').df()
    run('select count(distinct "order") from kept').fetchall()
    main = "(select customer, arg_max(country, money) as main from (select customer, country, sum(money) as money from kept "
    main += "group by all) group by all)"
    figures = run(
        f"select * from (select customer, (date '{AS_OF}' - max(date))::double as recency_days, "
        'count(distinct "order")::double as frequency, sum(money) / 10000 as monetary_total, '
        f"(date '{AS_OF}' - min(date))::double as tenure_days, count(distinct product) as products "
        f"from kept group by customer) join {main} using (customer) order by customer"
    )
    return scored(figures.df().set_index("customer"))


def by_polars(path):
    import datetime as dt

    import polars as pl

    kinds = {"VARCHAR": pl.String, "BIGINT": pl.Int64, "DATE": pl.Date, "DOUBLE": pl.Float64}
    csv = path.suffix == ".csv"
    lines = pl.scan_csv(path, schema={n: kinds[k] for n, k in TYPES.items()}) if csv else pl.scan_parquet(path)
    quantity, price = pl.col("quantity").cast(pl.Float64), pl.col("price").cast(pl.Float64)
    kept = lines.filter(pl.col("customer").is_not_null() & (quantity >= 0) & (price > 0))
    figures = kept.group_by("customer").agg(
        (dt.date.fromisoformat(AS_OF) - pl.col("date").max()).dt.total_days().cast(pl.Float64).alias("recency_days"),
        pl.col("order").n_unique().cast(pl.Float64).alias("frequency"),
        ((quantity * price * 10000).round().sum() / 10000).alias("monetary_total"),
    )
    return scored(figures.sort("customer").collect(engine="streaming").to_pandas().set_index("customer"))


def by_pandas(path):
    """Give the peer what it asks for: one row a purchase; it counts the days with purchases, so orders come from a group by."""
    import pandas as pd
    from pymc_marketing.clv import rfm_summary

    wanted = ["customer", "order", "date", "quantity", "price"]
    lines = pd.read_csv(path, usecols=wanted) if path.suffix == ".csv" else pd.read_parquet(path, columns=wanted)
    lines["date"] = pd.to_datetime(lines["date"])
    lines["price"] = lines["price"].astype("float64")
    lines = lines[lines["customer"].notna() & (lines["quantity"] >= 0) & (lines["price"] > 0)]
    lines = lines.assign(money=(lines["quantity"] * lines["price"] * 10000).round())
    summary = rfm_summary(
        lines,
        customer_id_col="customer",
        datetime_col="date",
        monetary_value_col="money",
        observation_period_end=AS_OF,
        include_first_transaction=True,
    )
    summary = summary.set_index("customer_id").sort_index()
    orders = lines.groupby("customer")["order"].nunique()
    figures = pd.DataFrame(index=summary.index)
    figures["recency_days"] = summary["recency"].astype("float64")
    figures["frequency"] = orders.astype("float64")
    figures["monetary_total"] = (summary["monetary_value"] * summary["frequency"]).round() / 10000
    return scored(figures)


WAYS = {
    "duckdb": (by_duckdb, ()),
    "by hand": (by_hand, ()),
    "plain": (by_plain, ()),
    "segkit": (by_segkit, ()),
    "polars": (by_polars, ("polars",)),
    "pandas": (by_pandas, ("pymc_marketing",)),
}


def measure(way, path):
    """Run one way in this process; print time, memory and the sums by which results are compared."""
    import duckdb  # noqa: F401
    import narwhals  # noqa: F401
    import pandas as pd

    import segkit.core.criteria.rfm.rule
    import segkit.reading.load  # noqa: F401

    function, needed = WAYS[way]
    for module in (*needed, *(("pymc_marketing.clv",) if way == "pandas" else ())):
        __import__(module)
    began, busy = time.perf_counter(), time.process_time()
    found = function(path)
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found.index = found.index.astype("str")
    found = found.astype("float64").round(4).sort_index()
    same = int(pd.util.hash_pandas_object(found.rename_axis("customer")).sum() % (1 << 62))
    print(json.dumps({"seconds": seconds, "busy": busy, "megabytes": most, "customers": len(found), "result": same}))


def check(path, lines):
    """Time `segkit check` on one file: all of it, with the start of Python."""
    if not path.exists():
        make_file(path, lines)
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    line = [sys.executable, "-W", "ignore", "-m", "segkit", "check", "--orders", str(path), "--json"]
    subprocess.run(line, check=True, capture_output=True, cwd=HERE.parents[1])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"segkit check, {lines:,} lines: {time.perf_counter() - began:.2f} s, busy {busy:.2f} s", flush=True)


def in_own_process(way, path):
    arguments = [sys.executable, "-W", "ignore", str(HERE), "--one", way, str(path)]
    done = subprocess.run(arguments, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{way}: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, nargs="*", default=[1_000_000, 10_000_000])
    parser.add_argument("--kinds", nargs="*", default=["csv", "parquet"])
    parser.add_argument("--ways", nargs="*", default=list(WAYS))
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    parser.add_argument(
        "--check", type=int, nargs="*", help="time `segkit check` on CSV files of so many lines, and nothing else"
    )
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        measure(arguments.one[0], Path(arguments.one[1]))
        return
    if arguments.check is not None:
        with tempfile.TemporaryDirectory(prefix="segkit-benchmark-") as made:
            for lines in arguments.check or [40, 500_000]:
                check((arguments.folder or Path(made)) / f"lines_{lines}.csv", lines)
        return
    ways = [w for w in arguments.ways if all(importlib.util.find_spec(m) for m in WAYS[w][1])]
    for way in arguments.ways:
        if way not in ways:
            print(f"{way} is left out: {', '.join(WAYS[way][1])} is not installed (how to: python benchmarks/load.py --help)")
    with tempfile.TemporaryDirectory(prefix="segkit-benchmark-") as made:
        for kind in arguments.kinds:
            seconds = {}
            for lines in arguments.lines:
                path = (arguments.folder or Path(made)) / f"lines_{lines}.{kind}"
                if not path.exists():
                    make_file(path, lines)
                print(f"\n{kind}, {lines:,} lines, {path.stat().st_size / 1e6:,.0f} MB")
                heads = f"{'customers':>11}{'× duckdb':>10}{'× by hand':>11}{'× pandas':>10}{'memory':>8}{'growth':>8}"
                print(f"{'':10}{'s':>7}{'busy':>7}{'MB':>6}{heads}  same")
                results = {}
                for way in ways:
                    runs = [in_own_process(way, path) for _ in range(arguments.repeat)]
                    results[way] = {
                        **runs[0],
                        **{what: min(run[what] for run in runs) for what in ("seconds", "busy", "megabytes")},
                    }
                    seconds[way, lines] = results[way]["seconds"]
                for way, found in results.items():
                    show(way, found, results, seconds, lines, arguments.lines)


def show(way, found, results, seconds, lines, all_lines):
    """Print one row: time as a multiple of the peers', memory as a multiple of pandas', and how time grows."""

    def times(peer, what):
        return f"{found[what] / results[peer][what]:.2f}" if peer in results else ""

    fewer = [n for n in all_lines if n < lines]
    growth = ""
    if fewer:
        growth = f"{math.log(found['seconds'] / seconds[way, fewer[-1]]) / math.log(lines / fewer[-1]):.2f}"
    same = len({other["result"] for other in results.values()}) == 1
    agrees = "yes" if same or found["result"] == next(iter(results.values()))["result"] else "NO"
    print(
        f"{way:10}{found['seconds']:7.2f}{found['busy']:7.2f}{found['megabytes']:6.0f}{found['customers']:11,}"
        f"{times('duckdb', 'seconds'):>10}{times('by hand', 'seconds'):>11}{times('pandas', 'seconds'):>10}"
        f"{times('pandas', 'megabytes'):>8}"
        f"{growth:>8}  {agrees}",
        flush=True,
    )


if __name__ == "__main__":
    main()
