"""What is true of a business, counted from its customers and their segments by plain sums, to hold sentences against."""

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from segkit.core.goals.target import SMALL_STEP, STEP, by_chance
from segkit.core.profiles.typing_tool.questions import Question
from segkit.decisions.goals import Goal
from segkit.words.terms import FREQUENCY, MONETARY_TOTAL, RECENCY_DAYS, TENURE_DAYS, CleaningRule, Method, Step
from segkit.workbook.session import Session
from tests.notebooks.sentences import Read, amount, figures

CONSTANT = re.compile(
    "|".join(
        (
            r"There are 125 for .*|Three scores make 5 × 5 × 5 = 125",
            r"\((?:of one crowd cut in two|1 is perfect|1 is the same|1 = |1 the same)[^)]*\)?",
            r"95 % (?:sure|interval|confidence range)|1 means the same|0 means chance|An index of 100 is .*|\(25 percentage "
            r"points or half as much again\)",
            r"Step \d of 6 · about \d+ minutes|notebooks? \d|step \d",
            r"\d+ January|\d+ \w+ (?:19|20)\d\d|\w+ (?:19|20)\d\d|\d+–\d+ days",
            r"scores? .{0,40}\d of \d+|from 1 \(the lowest fifth\) to 5|(?:all|the) \d+ combinations",
            r"3 is as much as .*|\d\.\d of 5|position there: \d of 5|less than 1 % of|fewer than (?:5|five)",
            r"at least 80 %|one in five",
            r"“[^”]*%[^”]*”|\(\d+ (?:x|×) .*?\)|\d+ (?:x|×) \d+ \w+|\d+ ?(?:g|kg|ml|l)\b|\(below 10 or above 110\)",
            r"There is not enough history: .*|This needs \d+, and \d+ of them again|up to \d segments of \d+ or more",
            r"The highest average spend, .*",  # checked as a claim of its own
            r"\(1\)",
            r"\d+ of them can be looked up|[\d,]+ of [\d,]+ customers, drawn at random",
            # the typing tool: claims of their own
            r"\d+ questions? puts? \d+ of 100 .*? right for \d+ of 100|More questions hardly help: \d+ would reach \d+ of 100",
            r"before the first order \(.*?\) puts \d+ of 100 into the right segment \(\d+ to \d+\)",
            r"Of 100 new customers \d+ are named rightly, \d+ wrongly, and of \d+ it is unsure",
            # checked as a claim of its own
            r"(?:\d+ % of\s+have more than the )?typical customer of\s+\([^)]*\)",
        )
    )
)
"""Figures that belong to the wording, such as what an index means, and what a date or a step is."""


class Truth:
    """Figures of a business: of all customers, and of each segment by its name."""

    def __init__(self, session: Session, shown: Read) -> None:
        results = session.results
        data = results.data.customer_data
        self.customers = data.customers
        self.labels = {v.name: v.label for v in data.variables}
        self.together: list[list[str]] = []
        self.segments: dict[str, np.ndarray] = {}
        self.rules: dict[str, str] = {}
        self.ways: dict[str, pd.Series] = {}
        for method in (Method.BY_HAND, Method.RFM, results.criteria.found_method):
            try:
                formed = results.criteria.formed(method)
            except Exception:  # refused in words where it is shown
                continue
            self._add(formed.segments, formed.segment_of)
            self.ways[method.short] = formed.segment_of
        chosen = results.criteria.segmentation
        self._add(chosen.segments, chosen.segment_of)
        ahead = results.profiles.lifetime
        self.worth = {} if isinstance(ahead, str) else dict(zip(ahead.table["segment_name"], ahead.table["each"], strict=True))
        self.variables, self.chosen, self.tool = chosen.variables, chosen.segment_of, results.profiles.typing_tool
        self.known = [amount(figure)[0] for table in shown.tables for row in table for cell in row for figure in figures(cell)]
        self.known += self._of_all(session)
        self.of_name: dict[str, list[float]] = {name: self._of(where) for name, where in self.segments.items()}
        for _, row in results.profiles.tables.summary.iterrows():  # intervals rest on draws that only the workbook makes
            self.of_name[str(row["segment_name"])] += [float(row["value_mean_low"]), float(row["value_mean_high"])]
        if (spread := results.profiles.spread) is not None:
            for _, row in spread.means.iterrows():
                self.of_name[str(row["segment_name"])] += [float(row["low"]), float(row["high"])]
        for table in shown.tables:
            for row in table:
                if row and row[0] in self.of_name:
                    self.of_name[row[0]] += [amount(f)[0] for cell in row[1:] for f in figures(cell)]

    def typed(self, questions: Iterable[Question]) -> tuple[float, int]:
        """Return of how many in 100 customers a logit tells the segment by some questions, and how many these are."""
        given = [question.codes(self.customers[question.variable]) for question in questions]
        columns = np.column_stack([column == one for column in given for one in np.unique(column)])
        guessed = cross_val_predict(LogisticRegression(max_iter=1000), columns, self.chosen, cv=StratifiedKFold(5))
        return 100 * float((guessed == self.chosen).mean()), len(given)

    def variable(self, label: str) -> str | None:
        """Return the variable that people call so."""
        return next((name for name, known in self.labels.items() if known == label and name in self.customers), None)

    def _add(self, segments: pd.DataFrame, segment_of: pd.Series) -> None:
        self.together.append([str(name) for name in segments["segment_name"]])
        for segment, row in segments.iterrows():
            self.segments[str(row["segment_name"])] = (segment_of == segment).to_numpy()
            self.rules[str(row["segment_name"])] = str(row["rule"])

    def gap(self) -> float | None:
        """Return the usual days between orders, counted here and not by the workbook."""
        c = self.customers
        if not {TENURE_DAYS, RECENCY_DAYS, FREQUENCY} <= set(c):
            return None
        back = c[(c[FREQUENCY] > 1) & (c[TENURE_DAYS] >= c[RECENCY_DAYS])]  # a file of customers may contradict itself
        return float(((back[TENURE_DAYS] - back[RECENCY_DAYS]) / (back[FREQUENCY] - 1)).clip(lower=1).median())

    def concentration(self) -> list[float]:
        """Return a fifth, what the best fifth of the customers bring, and the share who bring half of the money."""
        best = np.sort(self.customers[MONETARY_TOTAL].to_numpy())[::-1]
        share, places = np.insert(np.cumsum(best) / best.sum(), 0, 0), np.arange(len(best) + 1) / len(best)
        # a fifth of 92 customers lies between the 18th and the 19th: so much of the latter counts
        return [0.2, float(np.interp(0.2, places, share)), float(np.interp(0.5, share, places))]

    def _of_all(self, session: Session) -> list[float]:
        c, results = self.customers, session.results
        found: list[float] = [len(c), len(self.labels)]
        if MONETARY_TOTAL in c:
            found += self.concentration()
        if FREQUENCY in c:
            found += [float((c[FREQUENCY] <= 1).mean()), float((c[FREQUENCY] > 1).mean()), int((c[FREQUENCY] > 1).sum())]
        if gap := self.gap():
            found.append(gap)
        for name in c.select_dtypes("number"):
            found += [float(c[name].mean()), float(c[name].median())]
        found += [float(c[name].isna().mean()) for name in c] + [int((~c.isna()).all().sum())]
        for way in self.ways.values():
            found += [way.nunique(), *way.value_counts().to_numpy(), *way.value_counts(normalize=True).to_numpy()]
            for other in self.ways.values():  # who knows one guesses the other
                found.append(float(pd.crosstab(way, other).to_numpy().max(axis=1).sum() / len(c)))
        index = results.profiles.tables.index
        rows = len(index[["variable", "level"]].drop_duplicates())
        found += list(range(max(rows - 60, 0), rows))  # rows that a picture leaves out; how many it shows, its own test tells
        criteria = results.criteria
        evidence = criteria.how_many
        found += [*evidence.table.index, *evidence.table.to_numpy().ravel(), len(evidence.pairs)]
        found += [float(v) for column in evidence.pairs for v in evidence.pairs[column].quantile([0.25, 0.5, 0.75])]
        found += [*evidence.lineage.segments["within"], *evidence.lineage.segments["across"]]
        trust = criteria.trust
        found += [v for v in (trust.adjusted_rand, trust.adjusted_rand_low, trust.adjusted_rand_high) if v is not None]
        forming = len(self.variables)
        found += [forming, len(self.labels) - forming, session.goals.smallest_share]
        return [*found, *_of_the_files(session), *_of_goals(session), *_of_the_review(session), *_of_what_comes(session)]

    def _of(self, where: np.ndarray) -> list[float]:
        """Return what is true of some customers: how many, what they bring, and the mean of everything known of them."""
        c, mine = self.customers, self.customers[where]
        found = [float(len(mine)), len(mine) / len(c)]
        if MONETARY_TOTAL in c:
            found += [mine[MONETARY_TOTAL].sum(), mine[MONETARY_TOTAL].sum() / c[MONETARY_TOTAL].sum()]
        for name in c:
            if pd.api.types.is_numeric_dtype(c[name]):
                found += [float(mine[name].mean()), float(mine[name].median()), float(c[name].mean())]
                overall = float(c[name].mean())
                found += [100 * float(mine[name].mean()) / overall] if overall else []
            else:
                found += [*mine[name].value_counts(normalize=True), *c[name].value_counts(normalize=True)]
        return found

    def indexes(self, name: str) -> list[float]:
        """Return the index of a segment on each level of a category: 100 is the share of all customers."""
        mine = self.customers[self.segments[name]]
        kinds = [kind for kind in mine if not pd.api.types.is_numeric_dtype(mine[kind])]
        shares = [mine[kind].value_counts(normalize=True) / self.customers[kind].value_counts(normalize=True) for kind in kinds]
        return [100 * float(one) for share in shares for one in share.dropna()]

    def holds(self, figure: str, true: Iterable[float]) -> bool:
        """Tell whether a figure is one of some true values, rounded as it stands there; shares may be rounded to add up."""
        value, near = amount(figure)
        slack = 0.01 if figure.endswith("%") and "." not in figure else near
        return any(abs(value - one) <= slack * 1.000001 + 1e-9 for one in true if one == one)

    def named_in(self, text: str) -> list[str]:
        """Return the segments that a text names, longest names first so that none is taken for a part of another."""
        found = []
        for name in sorted(self.segments, key=len, reverse=True):
            if f"“{name}”" in text or text.startswith(f"{name}:"):
                found.append(name)
                text = text.replace(f"“{name}”", "")
        return found


def _of_the_files(session: Session) -> list[float]:
    """Return what was counted while files were read: rows, columns, joins, rules, months, and how many to ask."""
    data = session.results.data.customer_data
    found: list[float] = [n for one in data.readings for n in (one.rows, one.columns)]
    found += [n for one in data.joins for n in (one.matched, one.only_main, one.only_here)]
    found += [n for one in data.ledger.counts for n in (one.rows, abs(one.money or 0))]
    aside = data.ledger.rows_read - data.ledger.rows_kept
    found += [aside, aside / data.ledger.rows_read if data.ledger.rows_read else 0]
    back = [one for one in data.ledger.counts if one.rule in (CleaningRule.CANCELLED, CleaningRule.RETURNED) and one.rows]
    found += [sum(one.rows for one in back), -sum(one.money or 0 for one in back if (one.money or 0) < 0)]
    found += [float(v) for v in data.monthly.to_numpy().ravel()] + [float(v) for v in data.monthly.sum()]
    known = sum(v.usable and v.name in data.customers for v in data.variables)
    found += [*range(known + 1), *(70 * n for n in range(known + 1))]  # a sample grows by 70 customers a variable
    n = len(data.customers)
    asked = 0.25 * 1.96**2 / 0.05**2
    answers = asked / (1 + (asked - 1) / n)
    return [*found, answers, np.ceil(answers), 5 * np.ceil(answers), *map(float, re.findall(r"\d+", " ".join(data.notes)))]


def _of_goals(session: Session) -> list[float]:
    asked = session.goals.break_even
    cost = asked.hours * asked.hourly_cost + asked.other_cost
    extra = cost / asked.margin if asked.margin else 0.0
    of = extra / asked.yearly_revenue if asked.yearly_revenue else 0.0
    known = [cost, asked.margin, extra, of, len(session.goals.goals), 1, 2, 3, 10, 49, 50]
    return [*known, *(figure for goal in session.goals.goals for figure in _of_a_goal(session, goal))]


def _of_a_goal(session: Session, goal: Goal) -> list[float]:
    """Return what is true of where the business stands with a goal, and how far it is to aim."""
    found = [float(figure) for figure in (goal.baseline, goal.target) if figure is not None]
    results, margin = session.results.goals, session.goals.break_even.margin
    for today in (results.today(goal.reason), results.later(goal.reason)):
        if isinstance(today, str) or today is None:
            continue
        held = today.counted
        found += [today.value, len(held), float(held.sum()), float(held.mean()), float(held.median()), by_chance(today)]
        found += [100 * by_chance(today), *([today.worth] if today.worth is not None else [])]
    today, aim = results.today(goal.reason), results.target(goal.reason)
    if aim is not None and not isinstance(today, str):
        more = aim.value - today.value
        found += [aim.value, more, more * len(today.counted), STEP, SMALL_STEP]
        found += [about(part * aim.extra) for part in (1.0, margin) if aim.extra is not None]
        by_segment = session.results.profiles.goal(today)
        found += [float(figure) for figure in by_segment.select_dtypes("number").to_numpy().ravel()]
        targets = [i for i, one in session.entries(Step.TARGETING, "ratings").items() if one.target and i in by_segment.index]
        found.append(float(by_segment.loc[targets, "share"].sum()))
    return found


def _of_what_comes(session: Session) -> list[float]:
    """Return what is said of how far one looks ahead: months, by how much later money counts less, and the test on the past."""
    asked, ahead = session.personas, session.results.profiles.lifetime
    found = [asked.horizon_months, 1 - 1 / (1 + asked.yearly_discount), 100.0, 180.0, 30.0, 20.0]
    if isinstance(ahead, str):
        return [*found, *(amount(figure)[0] for figure in figures(ahead))]
    return [*found, 100 * ahead.ratio, (ahead.until - ahead.since).days, *(amount(f)[0] for f in figures(ahead.untested))]


def about(value: float) -> float:
    """Return a figure to three digits, as an amount that is an estimate is said."""
    return float(f"{value:.3g}")


def _of_the_review(session: Session) -> list[float]:
    review = session.results.review.changes
    if review is None:
        return []
    joined, left = review.migration_matrix.loc["joined"].sum(), review.migration_matrix["left"].sum()
    stayed = review.migration_matrix.to_numpy().sum() - joined - left
    psi = review.psi.select_dtypes("number").to_numpy().ravel()
    shares = review.trends.select_dtypes("number")
    change = (1.96 * review.trends["change"] / review.trends["z"]).abs()
    found = [joined, left, stayed, review.moved_share, *psi, *shares.to_numpy().ravel(), *(100 * shares).to_numpy().ravel()]
    found += [*(100 * change), len(review.trends), int((review.trends["z"].abs() > 1.96).sum())]
    return [
        *map(float, found),
        *map(float, review.migration_matrix.to_numpy().ravel()),
        *map(float, review.sizes.sum(numeric_only=True)),
    ]
