"""All six notebooks run without anyone clicking, and what leaves the workbook is written."""

import copy
import os
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbclient.util import run_sync
from nbformat import NotebookNode, ValidationError

from segkit.command.check import asked
from segkit.command.kernel import kernel_manager
from segkit.command.lab import without_dead_widgets
from segkit.command.opened import is_open
from segkit.core.data.noticed import noticed, plain, weighty
from segkit.handover.lists import lists, lists_there
from segkit.report.page import ReportSummary, render_report
from segkit.show.targeting import targets
from segkit.words.commands import command
from segkit.words.errors import CriteriaError, DataError, SegkitError, TooFewCustomersError, WorkbookError
from segkit.words.numbers import adding_up, count, date, money, percent
from segkit.words.terms import FileKind, Step, Verdict
from segkit.workbook.notebooks import lay_out, notebook_names
from segkit.workbook.session import Session
from segkit.workbook.summary import summary
from segkit.workbook.whence import own_words, whence
from segkit.writing.atomic import write_together, write_whole
from segkit.writing.tables import json_bytes

Say = Callable[[str], None]

CELL_SECONDS = 1800
"""A cell that takes longer than half an hour hangs."""


def run_workbook(
    folder: Path,
    files: Mapping[FileKind, Path | str | Sequence[Path | str]],
    *,
    sample: str | None = None,
    choices: Mapping[str, object] | None = None,
    later: Path | str | None = None,
    progress: Say = lambda _: None,
) -> Path:
    """Take the given files into the workspace's decisions, run the six notebooks, and write the exports.

    What is not given stays as decided before.

    Parameters
    ----------
    folder : Path
        The workspace.
    files : Mapping of FileKind to Path, str or Sequence of them
        Files of one's own, or addresses of databases; empty to go on with what was chosen before, or with the sample.
    sample : str, optional
        Name of a sample business.
    choices : Mapping of str to object, optional
        Further fields of the decision of notebook 2: analysis date, what columns are taken for, how files are read.
    later : Path or str, optional
        Orders of the later period.
    progress : callable, optional
        Told in sentences what is being done.

    Returns
    -------
    Path
        The report.

    Raises
    ------
    SegkitError
        If the data cannot be used, or a notebook did not run to its end.
    """
    session = Session(lay_out(folder, progress))
    chosen = dict(choices or {})
    if files:
        several = {kind: [given] if isinstance(given, Path | str) else list(given) for kind, given in files.items()}
        for path in chain.from_iterable(several.values()):
            if isinstance(path, Path) and not path.exists():
                raise DataError(f"There is no file {path}.", "Check the name and the folder.")
        named = [{"kind": kind, "path": _written(path)} for kind, paths in several.items() for path in paths]
        session.use_files(named, **chosen)
    elif sample:
        session.change(Step.DATA, lambda _: session.sample_decision(sample).revise(**chosen))
    elif chosen:
        session.choose(Step.DATA, **chosen)
    if later:
        session.choose(Step.REVIEW, later_file=_written(later))
    return write_report(folder, progress)


def _written(place: Path | str) -> str:
    """Return a path in full, or an address as it is."""
    return str(place.resolve()) if isinstance(place, Path) else place


def write_report(folder: Path, progress: Say = lambda _: None) -> Path:
    """Run the six notebooks with the saved choices, and write ``report.html``, ``segments.csv`` and ``summary.json``.

    Raises
    ------
    SegkitError
        If the data cannot be used, or a notebook did not run to its end.
    """
    session = Session(lay_out(folder, progress))
    for notice in session.workspace.notices:
        progress(notice)
    with session.writing():
        return _report(session, progress)


def _report(session: Session, progress: Say) -> Path:
    progress("Reading the data …")
    data = session.results.data.customer_data
    ledger = data.ledger
    customers = count(len(data.customers), "customer")
    progress(f"{count(ledger.rows_read, 'row')} read, {count(ledger.rows_kept)} kept, {customers}.")
    for text in weighty(noticed(data, questions=False)):
        progress(f"! {text}")
    for line in asked([plain(question) for question in data.questions]):
        progress(line)
    notebooks = executed_notebooks(session.workspace.folder, progress)
    exports = session.workspace.folder / "exports"
    try:
        progress("Writing the report …")
        head = _head(session)
        title = f"Our customer segments: {head.business}" if session.goals.business.name else "Our customer segments"
        report = exports / "report.html"
        page = _rendered(notebooks, title, head, session, progress)
        files = {report: page.encode(), exports / "summary.json": json_bytes(summary(session.results))}
        before = lists_there(session)
        try:
            files |= lists(session)
        except (TooFewCustomersError, CriteriaError) as error:
            progress(str(error))
        write_together(files, without=before)  # all of one state: never a new report beside old lists
        if not is_open(session.workspace.folder):
            _keep_outputs(session.workspace.folder, notebooks)
    except OSError as error:
        raise WorkbookError(
            f"The report cannot be written to {exports} ({(error.strerror or 'unknown reason').lower()}).",
            "Close the file if it is open elsewhere, or free some space on the disk. Your choices are saved.",
        ) from error
    return report


def _rendered(notebooks: list[NotebookNode], title: str, head: ReportSummary, session: Session, progress: Say) -> str:
    return render_report(
        notebooks, title=title, summary=head, progress=progress, own=own_words(session), whence=whence(session)
    )


def _keep_outputs(folder: Path, executed: Sequence[NotebookNode]) -> None:
    """Let the workspace's notebooks show what they showed in this run, in place of the sample's results or those of before."""
    for name, done in zip(notebook_names(), executed, strict=True):
        path = folder / "notebooks" / name
        notebook = _read(path)
        for cell, ran in zip(notebook.cells, done.cells, strict=True):
            if cell.cell_type == "code":
                cell.outputs = copy.deepcopy(ran.outputs)
        without_dead_widgets({"type": "notebook", "content": notebook})
        write_whole(path, (nbformat.writes(notebook) + "\n").encode())  # type: ignore[no-untyped-call]


def executed_notebooks(folder: Path, progress: Say) -> list[NotebookNode]:
    """Run the workspace's six notebooks in one kernel, from first to last cell; the files themselves stay as they are.

    Raises
    ------
    WorkbookError
        If a notebook does not run to its end; the text names the notebook and the way out.
    """
    return list(run_sync(_execute)(folder, progress))


async def _execute(folder: Path, progress: Say) -> list[NotebookNode]:
    environment = os.environ | {"SEGKIT_WORKSPACE": str(folder), "SEGKIT_STRICT": "1", "MPLBACKEND": "agg"}
    manager = kernel_manager(folder / ".jupyter")
    await manager.start_kernel(env=environment, cwd=str(folder / "notebooks"))
    done = []
    try:
        for number, name in enumerate(notebook_names(), 1):
            started = time.monotonic()
            notebook = _read(folder / "notebooks" / name)
            client = NotebookClient(notebook, km=manager, timeout=CELL_SECONDS, resources={"metadata": {"path": folder}})
            try:
                await client.async_execute()
            except (CellExecutionError, CellTimeoutError, DeadKernelError, OSError) as error:
                raise _stopped(name, folder, error) from error
            finally:
                if client.kc is not None:
                    client.kc.stop_channels()
            done.append(notebook)
            progress(f"Notebook {number} of 6, {Path(name).stem[3:]}: done in {time.monotonic() - started:.1f} s.")
    finally:
        await manager.shutdown_kernel(now=True)
        await manager.cleanup_resources()
    return done


def _read(path: Path) -> NotebookNode:
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, ValidationError) as error:
        raise WorkbookError(
            f"Notebook {path.name} cannot be read.", f"Restore it with: {command(f'reset {path.stem}', path.parents[1])}"
        ) from error
    return notebook


def _stopped(name: str, folder: Path, error: Exception) -> SegkitError:
    if isinstance(error, DeadKernelError):
        return WorkbookError(
            f"The kernel that ran notebook {name} stopped, most often for lack of memory.",
            "Close other programs and run it again. Your choices are saved.",
        )
    reason = getattr(error, "evalue", "") or str(error).strip().splitlines()[-1]
    return WorkbookError(
        f"Notebook {name} stopped before its end: {reason[:300]}",
        f"If you changed the notebook, restore it with: {command(f'reset {Path(name).stem}', folder)}",
    )


def _head(session: Session) -> ReportSummary:
    """Return what stands at the head of the report."""
    data, business = session.results.data.customer_data, session.goals.business
    ledger = data.ledger
    rests = [f"{r.file_name}: {count(r.rows, 'row')}." for r in data.readings]
    if session.sample:
        rests.insert(0, f"Sample business “{session.sample.title}”: its customers are made up.")
    used = f"{count(ledger.rows_kept)} of {count(ledger.rows_read, 'row')} of the main file are used"
    rests.append(f"{used}; step 2 says what became of the others." if ledger.rows_set_aside else f"{used}.")
    if data.first_date and data.last_date:
        rests.append(f"Orders from {date(data.first_date)} to {date(data.last_date)}.")
    facts = [("Customers", count(len(data.customers)))]
    if data.orders is not None:
        facts.append(("Orders", count(data.orders)))
    if data.revenue is not None:
        facts.append(("Money", money(data.revenue, data.currency)))
    return ReportSummary(
        business=business.name or "Our customers",
        as_of=data.as_of,
        data=tuple(rests),
        facts=tuple(facts),
        findings=tuple(_findings(session)),
        warnings=weighty(noticed(data, questions=False)),
        questions=data.questions,
        language=f"en-{session.region}",
    )


def _findings(session: Session) -> list[str]:
    """Return the result in a few sentences; where there are no segments, that is the result."""
    results = session.results
    try:
        segments, trust = results.criteria.segmentation.segments, results.criteria.trust
    except SegkitError as error:
        return [str(error)]
    shares = adding_up(segments["share"].to_list())
    names = ", ".join(f"{name} ({percent(share)})" for name, share in zip(segments["segment_name"], shares, strict=True))
    found = [f"{count(len(segments), 'segment')}: {names}.", f"{trust.verdict.label}. {trust.reason}"]
    if trust.verdict is Verdict.NONE:
        found = [f"{trust.verdict.label}. {trust.reason}", f"The groups that the lines give: {names}."]
    chosen = [str(segments.loc[i, "segment_name"]) for i in targets(session)]
    if chosen:
        found.append(f"We target: {', '.join(chosen)}.")
    return found
