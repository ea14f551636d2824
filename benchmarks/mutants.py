"""Would the tests notice a fault? ``python benchmarks/mutants.py [--room core/profiles] [--sample 400] [--seed 1]``.

Small faults are put into what computes or decides, one at a time: an operator, a bound, a constant, arguments swapped, a line
dropped, a condition negated. Each is tried against the tests of its mirror folder (nearest file first, then the rest of the
room, as many as fit into 20 seconds; marked slow or browser left out) and the examples in its own docstrings. A fault is
noticed when a test fails, or hangs; what is not noticed is listed with its place, or counted as equivalent where a file in
``benchmarks/equivalent`` says why nobody could tell.

The faults are cosmic-ray's, with four kinds of our own by its interface. Its executor is not used: it writes each fault into
the file itself and starts Python anew, four seconds a fault; here libraries are imported once, each fault gets a fork, and the
changed module is handed to that fork's import, so that no file is touched. mutmut forks too, but leaves out decorated functions
and constants outside functions, and drops no lines: half of the bounds of this workbook are such constants.
"""

import argparse
import ast
import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import parso
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators import (
    binary_operator_replacement,
    boolean_replacer,
    break_continue,
    comparison_operator_replacement,
    exception_replacer,
    number_replacer,
    unary_operator_replacement,
    zero_iteration_for_loop,
)
from cosmic_ray.operators.operator import Operator

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("core", "reading", "workbook")
BUDGET = 20  # seconds of the processor after which no further test of a fault begins
PATIENCE = 90  # seconds after which a test that has not ended hangs
FEWEST = 8  # faults of each room in a sample over several

LIBRARIES = (
    "numpy", "pandas", "pyarrow", "duckdb", "scipy.stats", "scipy.optimize", "sklearn.base", "sklearn.cluster", "pydantic",
    "hypothesis", "pytest", "jinja2", "narwhals", "filelock", "threadpoolctl", "python_calamine", "sqlalchemy",
)  # fmt: skip


# Kinds of fault that cosmic-ray does not have.


class _Own(Operator):
    """One position for each node that fits; ``changed`` gives the text to put there."""

    def mutation_positions(self, node: Any) -> Iterator[Any]:
        for _ in self.changed(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        new = parso.parse(self.changed(node)[index])
        new.children[-1:] = []  # without the end of file
        first = new.get_first_leaf()
        first.prefix = node.get_first_leaf().prefix
        return new

    def changed(self, node: Any) -> list[str]:
        raise NotImplementedError

    @classmethod
    def examples(cls) -> tuple[()]:
        return ()


class MoveBound(_Own):
    """``.25`` to ``.35``: a constant that is off by less than one."""

    def changed(self, node: Any) -> list[str]:
        if not isinstance(node, parso.python.tree.Number) or not isinstance(value := ast.literal_eval(node.value), float):
            return []
        return [repr(round(value * factor, 12)) for factor in (0.7, 1.4)] if value else []


class SwapArguments(_Own):
    """``f(a, b)`` to ``f(b, a)``: neighbours without a keyword."""

    def changed(self, node: Any) -> list[str]:
        if node.type != "arglist":
            return []
        parts = [child.get_code(include_prefix=False) for child in node.children[::2]]
        plain = [child.type != "argument" for child in node.children[::2]]
        swaps = []
        for at in range(len(parts) - 1):
            if plain[at] and plain[at + 1] and parts[at] != parts[at + 1]:
                swaps.append(", ".join([*parts[:at], parts[at + 1], parts[at], *parts[at + 2 :]]))
        return swaps


class DropStatement(_Own):
    """A call, a raise, a change in place or an early way out that does not happen."""

    def changed(self, node: Any) -> list[str]:
        if node.type == "simple_stmt" and _acts(node.children[0]):
            return ["pass\n"]
        if node.type == "if_stmt" and len(node.children) == 4:  # without elif and else
            return [f"if False:{node.children[3].get_code()}"]
        return []


class NegateFilter(_Own):
    """``… if wanted`` in a comprehension to ``… if not wanted``, and ``in`` to ``not in``."""

    def changed(self, node: Any) -> list[str]:
        if node.type == "comp_if":
            return [f"if not ({node.children[1].get_code(include_prefix=False)})"]
        if node.type == "comparison" and node.children[1].get_code(include_prefix=False) in ("in", "not in"):
            left, word, right = (child.get_code(include_prefix=False) for child in node.children[:3])
            return [f"{left} {'not in' if word == 'in' else 'in'} {right}"]
        return []


class Exceptions(exception_replacer.ExceptionReplacer):
    """An exception that is not caught; names with dots are left as they are."""

    @staticmethod
    def _name_nodes(node: Any) -> list[Any]:
        what = node.children[1]
        inner = what.children[1] if what.type == "atom" else what
        several = inner.children[::2] if inner.type.startswith("testlist") else [inner]
        return [one for one in several if isinstance(one, parso.python.tree.Name)]


def _acts(what: Any) -> bool:
    """Whether a statement does something beyond giving a value a name: ``f(x)``, ``raise``, ``n += 1``, ``frame[a] = b``."""
    if what.type != "expr_stmt":
        return what.type in ("raise_stmt", "atom_expr")
    target, sign = what.children[:2]
    return target.type in ("atom_expr", "power") or (sign.type == "operator" and sign.value != "=")


def operators() -> dict[str, list[Operator]]:
    """Return the kinds of fault, each with its operators."""
    compare = {
        "Lt": ("LtE", "GtE"), "LtE": ("Lt", "Gt"), "Gt": ("GtE", "LtE"), "GtE": ("Gt", "Lt"),
        "Eq": ("NotEq",), "NotEq": ("Eq",), "Is": ("IsNot",), "IsNot": ("Is",),
    }  # fmt: skip
    binary = {
        "Add": ("Sub",), "Sub": ("Add",), "Mul": ("Div",), "Div": ("Mul",), "FloorDiv": ("Div",), "Mod": ("Mul",),
        "Pow": ("Mul",), "BitOr": ("BitAnd",), "BitAnd": ("BitOr",),
    }  # fmt: skip
    unary = ("_Delete_Not", "_USub_UAdd", "_Delete_Invert")
    return {
        "compare": [
            getattr(comparison_operator_replacement, f"ReplaceComparisonOperator_{old}_{new}")()
            for old, several in compare.items()
            for new in several
        ],
        "operator": [
            getattr(binary_operator_replacement, f"ReplaceBinaryOperator_{old}_{new}")()
            for old, several in binary.items()
            for new in several
        ],
        "sign": [getattr(unary_operator_replacement, f"ReplaceUnaryOperator{suffix}")() for suffix in unary],
        "constant": [number_replacer.NumberReplacer(), MoveBound()],
        "yes and no": [boolean_replacer.ReplaceTrueWithFalse(), boolean_replacer.ReplaceFalseWithTrue()],
        "and, or": [boolean_replacer.ReplaceAndWithOr(), boolean_replacer.ReplaceOrWithAnd()],
        "condition": [boolean_replacer.AddNot(), NegateFilter()],
        "loop": [
            zero_iteration_for_loop.ZeroIterationForLoop(),
            break_continue.ReplaceBreakWithContinue(),
            break_continue.ReplaceContinueWithBreak(),
        ],
        "exception": [Exceptions()],
        "arguments": [SwapArguments()],
        "dropped": [DropStatement()],
    }


FITTING = {
    "compare": {"comparison"}, "operator": {"operator"}, "sign": {"factor", "not_test"}, "constant": {"number"},
    "yes and no": {"keyword"}, "and, or": {"keyword"}, "loop": {"for_stmt", "keyword"}, "exception": {"except_clause"},
    "condition": {"if_stmt", "while_stmt", "test", "comp_if", "comparison"}, "arguments": {"arglist"},
    "dropped": {"simple_stmt", "if_stmt"},
}  # fmt: skip
"""Which nodes of the code each kind of fault can change: to ask only those saves nine tenths of the time."""


# Which faults there are.


def room_of(path: str) -> str:
    """Return the folder under ``segkit`` that a file lies in, two floors deep at most."""
    return "/".join(path.split("/")[1:-1][:2])


@dataclass(frozen=True)
class Fault:
    """One change of one file."""

    path: str
    kind: str
    line: int
    before: str
    after: str
    code: str

    @property
    def room(self) -> str:
        """The room that the fault lies in."""
        return room_of(self.path)

    @property
    def module(self) -> str:
        """The name that the file is imported under."""
        return self.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  [{self.kind}]\n      - {self.before}\n      + {self.after}"


@dataclass(frozen=True)
class Site:
    """A place that can be changed, and the ways to change it."""

    path: str
    kind: str
    at: tuple[int, int]
    ways: tuple[tuple[Operator, int], ...]

    def fault(self, way: int) -> Fault | None:
        """Return the fault that one of the ways makes, or None where the code means the same afterwards or is none."""
        source = (ROOT / self.path).read_text(encoding="utf-8")
        code = mutate_code(source, *self.ways[way])
        try:
            if code is None or ast.dump(ast.parse(code)) == ast.dump(ast.parse(source)):
                return None
        except SyntaxError:
            return None
        old, new = source.splitlines(), code.splitlines()
        first = next(n for n, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1])
        return Fault(self.path, self.kind, first + 1, old[first].strip(), new[first].strip(), code)


def _left_alone(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return where nothing is changed: annotations, imports for types alone, decorators, asserts, type variables."""
    spans = []
    for node in ast.walk(ast.parse(source)):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef):
            parts = [node.returns, *node.decorator_list]
        elif isinstance(node, ast.ClassDef):
            parts = list(node.decorator_list)
        elif isinstance(node, ast.arg | ast.AnnAssign):
            parts = [node.annotation]
        elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            parts = [node]
        elif isinstance(node, ast.Assert) or (isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("TypeVar")):
            parts = [node]
        spans += [((p.lineno, p.col_offset), (p.end_lineno, p.end_col_offset)) for p in parts if p is not None]
    return spans


@cache
def sites(path: str) -> tuple[Site, ...]:
    """Return all places of a file that can be changed, from top to bottom."""
    source = (ROOT / path).read_text(encoding="utf-8")
    closed = _left_alone(source)
    found: dict[tuple[str, tuple[int, int]], list[tuple[Operator, int]]] = defaultdict(list)
    every = list(ast_nodes(get_ast(source)))
    for kind, several in operators().items():
        nodes = [node for node in every if node.type in FITTING[kind]]
        for operator in several:
            count = 0
            for node in nodes:
                for start, _ in operator.mutation_positions(node):
                    if not any(begin <= start < end for begin, end in closed):
                        found[kind, start].append((operator, count))
                    count += 1
    return tuple(Site(path, kind, at, tuple(ways)) for (kind, at), ways in sorted(found.items(), key=lambda item: item[0][1]))


def drawn(paths: Sequence[str], number: int | None, seed: int) -> list[Fault]:
    """Draw faults: places by chance, some of each room at least; of each place one way. Without a number: all, every way."""
    rooms: dict[str, list[Site]] = defaultdict(list)
    for path in sorted(paths):
        for site in sites(path):
            rooms[room_of(path)].append(site)
    if number is None:
        every = (site.fault(way) for several in rooms.values() for site in several for way in range(len(site.ways)))
        return [fault for fault in every if fault]
    dice = random.Random(seed)
    total = sum(map(len, rooms.values()))
    faults = []
    for _, several in sorted(rooms.items()):
        share = max(FEWEST, round(number * len(several) / total)) if len(rooms) > 1 else number
        dice.shuffle(several)
        of_room = (site.fault(dice.randrange(len(site.ways))) for site in several)
        faults += [fault for fault, _ in zip(filter(None, of_room), range(share), strict=False)]
    dice.shuffle(faults)  # so that a run cut short has seen all rooms
    return faults


# Whether they are noticed.


class _Changed(importlib.abc.MetaPathFinder, importlib.machinery.SourceFileLoader):
    """Hands a changed module to whoever imports it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.module, str(ROOT / fault.path))
        self.fault = fault

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.fault.module:
            return None
        inside = [str((ROOT / self.fault.path).parent)] if self.fault.path.endswith("__init__.py") else None
        return importlib.util.spec_from_file_location(fullname, ROOT / self.fault.path, loader=self,
                                                      submodule_search_locations=inside)  # fmt: skip

    def get_code(self, fullname: str) -> Any:
        return compile(self.fault.code, str(ROOT / self.fault.path), "exec")


def tests_of(path: str) -> list[str]:
    """Return what is tried on a file: its own examples, the test file of its name, its folder's tests, those of the room."""
    mirror = ROOT / "tests" / Path(*Path(path).parts[1:-1])
    room = ROOT / "tests" / Path(*Path(path).parts[1:-1][:2])
    name = Path(path).stem
    ordered = [ROOT / path]
    for folder in (mirror, *mirror.parents):
        if not folder.is_relative_to(room):
            break
        near = sorted(folder.glob("test_*.py"))
        ordered += sorted(near, key=lambda file: name.rstrip("s") not in file.stem)
    if len(room.relative_to(ROOT / "tests").parts) > 1 or not any(folder.is_dir() for folder in room.iterdir()):
        ordered += sorted(room.rglob("test_*.py"))
    return [str(file.relative_to(ROOT)) for file in dict.fromkeys(ordered) if file.exists()]


class _Trial:
    """Puts the fault in place, and begins no further test when the time is over."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.end = float("inf")
        self.over = False

    def pytest_sessionstart(self) -> None:
        sys.meta_path.insert(0, _Changed(self.fault))  # before pytest's own, which rewrites what it is asked to collect

    def pytest_collection_finish(self) -> None:
        self.end = time.process_time() + BUDGET  # of the processor: other work beside it decides nothing

    def pytest_runtest_logfinish(self) -> None:
        self.over = time.process_time() > self.end

    def pytest_runtest_protocol(self, item: Any) -> None:
        if self.over:
            item.session.shouldstop = "time is over"
            raise item.session.Interrupted(item.session.shouldstop)


def _try(fault: Fault, tests: Sequence[str], log: Path) -> int:
    """Run tests in this process with the fault in place; 0 when all pass that are begun."""
    import pytest

    place = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(place, 1)
    os.dup2(place, 2)
    os.setpgid(0, 0)
    options = "--strict-markers --import-mode=importlib --doctest-modules"
    trial = _Trial(fault)
    code = int(
        pytest.main(
            [
                "-x", "-q", "--no-header", "-o", f"addopts={options}", "-m", "not slow and not browser",
                "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:nbval", "--hypothesis-seed=0",
                "-W", "ignore::pytest.PytestAssertRewriteWarning",  # libraries are imported already,
                f"--basetemp={log.with_suffix('')}", f"--rootdir={ROOT}", *tests,
            ],
            plugins=[trial],
        )
    )  # fmt: skip
    return 0 if trial.over and code == 2 else code


@dataclass
class Run:
    """A fork that tries one fault."""

    fault: Fault
    began: float
    log: Path


def tried(faults: Sequence[Fault], jobs: int, seconds: float | None) -> Iterator[tuple[Fault, str]]:
    """Try faults side by side; yield each with ``noticed`` or ``survived`` as it ends."""
    running: dict[int, Run] = {}
    waiting = list(reversed(faults))
    end = time.monotonic() + seconds if seconds else float("inf")
    with tempfile.TemporaryDirectory() as place:
        while waiting or running:
            while waiting and len(running) < jobs and time.monotonic() < end:
                fault = waiting.pop()
                log = Path(place) / f"{len(waiting)}.log"
                sys.stdout.flush()
                child = os.fork()
                if not child:
                    code = 1
                    with contextlib.suppress(BaseException):
                        code = _try(fault, tests_of(fault.path), log)
                    os._exit(code)
                running[child] = Run(fault, time.monotonic(), log)
            if not running:
                return
            ended, status = os.waitpid(-1, os.WNOHANG)
            if not ended:
                time.sleep(0.02)
                for child, run in running.items():
                    if time.monotonic() - run.began > PATIENCE:
                        with contextlib.suppress(ProcessLookupError):
                            os.killpg(child, signal.SIGKILL)
                continue
            run = running.pop(ended)
            shutil.rmtree(run.log.with_suffix(""), ignore_errors=True)
            code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 1  # a process that was ended hung, or broke altogether
            if code in (3, 4):
                raise SystemExit(f"pytest itself failed:\n{run.log.read_text(encoding='utf-8')[-3000:]}")
            yield run.fault, "survived" if code in (0, 5) else "noticed"


def equivalent() -> dict[tuple[str, str, str], str]:
    """Return why nobody can tell, by file, line before and line after."""
    several = sorted((ROOT / "benchmarks" / "equivalent").glob("*.toml"))
    rows = [row for file in several for row in tomllib.loads(file.read_text(encoding="utf-8"))["fault"]]
    return {(row["file"], row["before"], row["after"]): row["why"] for row in rows}


def files(rooms: Sequence[str], since: str | None) -> list[str]:
    """Return the files that computes or decide, of the rooms asked for, or of those that changed since a commit."""
    every = [str(p.relative_to(ROOT)) for name in LAYERS for p in sorted((ROOT / "segkit" / name).rglob("*.py"))]
    if since:
        lines = subprocess.run(["git", "diff", "--name-only", since, "--", *(f"segkit/{name}" for name in LAYERS)],
                               cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()  # fmt: skip
        rooms = sorted({str(Path(line).parent.relative_to("segkit")) for line in lines})
        if not rooms:
            return []
    inside = tuple(f"segkit/{room.removesuffix('.py')}{end}" for room in rooms for end in ("/", ".py"))
    return [path for path in every if not rooms or path.startswith(inside)]


def main() -> int:
    """Draw, try, and print the table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--room", action="append", default=[], help="a folder or file under segkit, as core/profiles")
    asked.add_argument("--since", help="only the rooms that changed since this commit")
    asked.add_argument("--sample", type=int, default=400, help="number of faults; 0: all there are")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--seconds", type=float, help="begin no further fault after this time")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--least", type=float, help="fail where a smaller share of a room is noticed, as .8")
    asked.add_argument("--check", action="store_true", help="first see that the tests of each file pass without a fault")
    asked.add_argument("--only", action="append", help="only faults whose place or lines hold this text")
    options = asked.parse_args()

    paths = files(options.room, options.since)
    if not paths:
        print("No room of what computes or decides has changed.")
        return 0
    faults = drawn(paths, options.sample or None, options.seed)
    if options.only:
        faults = [fault for fault in faults if any(text in str(fault) for text in options.only)]
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.update(OMP_NUM_THREADS="1", MPLBACKEND="agg")
    for name in LIBRARIES:
        importlib.import_module(name)

    for path in sorted({fault.path for fault in faults}) if options.check else []:
        for _, outcome in tried([Fault(path, "none", 0, "", "", (ROOT / path).read_text(encoding="utf-8"))], 1, None):
            print(f"{path}: {'tests pass' if outcome == 'survived' else 'TESTS FAIL WITHOUT A FAULT'}", flush=True)

    known = equivalent()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    survivors, excused = [], []
    began = time.monotonic()
    for fault, outcome in tried(faults, options.jobs, options.seconds):
        key = (fault.path, fault.before, fault.after)
        if outcome == "survived" and key in known:
            outcome = "equivalent"
            excused.append((fault, known[key]))
        counts[fault.room][outcome] += 1
        if outcome == "survived":
            survivors.append(fault)
            print(fault, flush=True)
    took = time.monotonic() - began

    print(f"\n{'room':24}{'tried':>7}{'noticed':>9}{'survived':>10}{'equivalent':>12}{'noticed of those that matter':>31}")
    total: Counter[str] = Counter()
    missed = []
    for room, of_room in sorted(counts.items()):
        total += of_room
        share = of_room["noticed"] / (of_room["noticed"] + of_room["survived"] or 1)
        if options.least and share < options.least:
            missed.append(room)
        print(_row(room, of_room))
    print(_row("all", total))
    for fault, why in sorted(excused, key=lambda pair: str(pair[0])):
        print(f"\nequivalent: {fault}\n      because {why}")
    left = len(faults) - sum(total.values())
    print(f"\n{sum(total.values())} faults in {took:.0f} s, {len(survivors)} not noticed, seed {options.seed}"
          + (f"; {left} more were drawn, and not begun in {options.seconds:.0f} s" if left else ""))  # fmt: skip
    if missed:
        print(f"Too few noticed in: {', '.join(missed)}")
    return 1 if missed else 0


def _row(room: str, of_room: Counter[str]) -> str:
    """Return one line of the table."""
    matter = of_room["noticed"] + of_room["survived"]
    share = f"{100 * of_room['noticed'] / matter:.0f} %" if matter else "–"
    counts = (sum(of_room.values()), of_room["noticed"], of_room["survived"], of_room["equivalent"], share)
    return room.ljust(24) + "".join(str(one).rjust(width) for one, width in zip(counts, (7, 9, 10, 12, 31), strict=True))


if __name__ == "__main__":
    sys.exit(main())
