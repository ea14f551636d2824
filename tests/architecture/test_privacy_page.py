"""Every sentence of the page on privacy is shown by a test that is there."""

import ast
import re

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
PROMISES = re.findall(r"^- (.+)$", PAGE, re.MULTILINE)


def names_of_tests():
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "tests").rglob("test_*.py"))
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_each_sentence_names_a_test_that_is_there():
    named = {promise: re.findall(r"`(test_\w+)`", promise) for promise in PROMISES}
    assert len(PROMISES) >= 20 and [promise for promise, tests in named.items() if not tests] == []
    assert sorted({test for tests in named.values() for test in tests} - names_of_tests()) == []


def test_each_promise_is_one_sentence():
    assert [p for p in PROMISES if not re.fullmatch(r"[^()]+[^.]\. \(`test_\w+`(, `test_\w+`)*\)", p)] == []
