"""The first question: the sample, or a file of one's own, which is put to use at once and said as what it was read."""

import datetime as dt

import ipywidgets as w
import pytest

from segkit.widgets.data import begin
from segkit.widgets.data import questions as data
from segkit.words.terms import FileKind, Step
from segkit.workbook.session import Session

NOON = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
ORDERS = "customer,date,amount\n" + "".join(f"C{n % 40},2025-{1 + n % 12:02d}-03,{5 + n}\n" for n in range(120))
CUSTOMERS = "customer,city,age,visits\n" + "".join(f"C{n},{'NSEW'[n % 4]},{20 + n % 50},{1 + n % 9}\n" for n in range(80))


@pytest.fixture
def session(tmp_path):
    return Session(tmp_path)


def every(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def give(view, name, text):
    """Choose a file of one's own in the browser's dialogue."""
    (button,) = [found for found in every(view.box) if isinstance(found, w.FileUpload)]
    button.value = ({"name": name, "type": "text/csv", "size": len(text), "content": text.encode(), "last_modified": NOON},)


@pytest.mark.parametrize("ask", [begin.begin, data.source])
def test_a_file_that_is_given_is_in_use_at_once_and_nothing_of_the_sample_stays(session, ask):
    view = ask(session)
    give(view, "mine.csv", ORDERS)
    assert [(f.kind, f.path) for f in session.data_decision.files] == [(FileKind.ORDERS, "mine.csv")] and not session.sample
    assert "In use now: mine.csv, read as orders" in view.message.value and "120 rows, 40 customers" in view.message.value
    assert session.goals.goals == () and session.personas.personas == ()
    shown = view.message.value
    assert "date<br>→ date of the order" in shown and "amount<br>→ amount of money" in shown, "as what each column was read"
    assert shown.count("<tr>") == 6 and "2025-05-03" in shown, "a head and five rows"


def ways(view):
    return [button.description for button in view.ways.children]


def in_use(session):
    return [file.path for file in session.data_decision.files]


def dated(months, customers=40):
    rows = (f"O{m}-{n},C{n % customers},2025-{m:02d}-{1 + n % 27:02d},{5 + n}\n" for m in months for n in range(30))
    return "order,customer,date,amount\n" + "".join(rows)


@pytest.mark.parametrize("ask", [begin.begin, data.source])
def test_later_orders_of_the_same_shop_are_asked_about_and_added_by_a_button(session, ask):
    view = ask(session)
    give(view, "spring.csv", dated(range(1, 7)))
    session.choose(Step.DATA, day_first=True)
    give(view, "summer.csv", dated(range(7, 10)))
    assert "looks like later orders of the same shop" in view.message.value
    assert (
        "begin on 1 July 2025, after its last on 27 June 2025, and 30 of 30 customers are known already" in view.message.value
    )
    assert ways(view) == ["Add it to spring.csv", "Use it instead of spring.csv", "Carry on with spring.csv only"]
    assert in_use(session) == ["spring.csv"], "nothing changes until it is answered"
    view.ways.children[0].click()
    assert in_use(session) == ["spring.csv", "summer.csv"] and ways(view) == []
    assert len(session.results.data.customer_data.readings) == 2 and session.data_decision.day_first is True
    assert "The first 5 rows of summer.csv" in view.message.value and "rows of spring.csv" not in view.message.value


def test_a_later_export_under_the_same_name_takes_the_place_of_the_earlier_and_overwrites_nothing(session):
    view = begin.begin(session)
    give(view, "orders.csv", dated(range(1, 5)))
    give(view, "orders.csv", dated(range(1, 7)))
    assert "Your workspace already has another orders.csv, so the new one is called orders (2).csv" in view.message.value
    assert "looks like a later export of orders.csv: it holds all 120 of its orders and 60 orders more" in view.message.value
    view.ways.children[0].click()
    assert in_use(session) == ["orders (2).csv"] and session.results.data.customer_data.orders == 180
    give(view, "orders.csv", dated(range(1, 5)))
    assert "looks like an earlier export" in view.message.value and ways(view)[0] == "Carry on with orders (2).csv only"
    view.ways.children[0].click()
    assert in_use(session) == ["orders (2).csv"] and "orders.csv not" in view.message.value


def test_the_same_file_under_another_name_is_noticed(session):
    view = begin.begin(session)
    give(view, "orders.csv", dated(range(1, 5)))
    give(view, "orders copy.csv", dated(range(1, 5)))
    assert "orders copy.csv is the same file as orders.csv" in view.message.value and session.own_files() == ("orders.csv",)
    (session.workspace.folder / "data" / "dragged.csv").write_text(dated(range(1, 5)))
    session.look_around()
    picks = {control.description: control for control in every(view.box) if isinstance(control, w.Dropdown)}
    assert [name for _, name in picks["Or one from the “data” folder"].options] == ["dragged.csv"]
    (press,) = [one for one in every(view.box) if isinstance(one, w.Button) and one.description == "Use this one"]
    press.click()
    assert "dragged.csv is the same file as orders.csv, which is in use already" in view.message.value
    assert in_use(session) == ["orders.csv"]


def test_a_file_of_another_program_is_not_put_under_the_one_in_use(session):
    view = begin.begin(session)
    give(view, "shop.csv", dated(range(1, 5)))
    till = "Beleg;Kunde;Datum;Summe\n" + "".join(f"{n};K{n % 30};{1 + n % 28:02d}.05.2025;{n},50\n" for n in range(1, 90))
    give(view, "till.csv", till)
    assert "till.csv has other columns than shop.csv" in view.message.value
    assert ways(view) == ["Use it instead of shop.csv", "Carry on with shop.csv only"]
    view.ways.children[0].click()
    assert in_use(session) == ["till.csv"] and len(session.results.data.customer_data.customers) == 30


def test_a_list_of_customers_joins_the_orders_without_a_question(session):
    view = begin.begin(session)
    give(view, "orders.csv", ORDERS)
    give(view, "people.csv", CUSTOMERS)
    assert [(f.kind, f.path) for f in session.data_decision.files] == [
        (FileKind.ORDERS, "orders.csv"),
        (FileKind.CUSTOMERS, "people.csv"),
    ]
    assert "Beside it: orders.csv" in view.message.value and "city" in session.results.data.customer_data.customers


def test_the_first_rows_tell_of_nobody_and_run_nothing(session):
    rows = "".join(
        f"C{n},Jane Miller {n},jane{n}@shop.example,2025-01-{1 + n % 28:02d},<b>tea</b>,{5 + n}\n" for n in range(60)
    )
    view = begin.begin(session)
    give(view, "mine.csv", "customer_id,customer_name,email,date,product,amount\n" + rows)
    shown = view.message.value
    assert "In use now" in shown and "C0" in shown and "&lt;b&gt;tea&lt;/b&gt;" in shown
    assert "Jane" not in shown and "@shop" not in shown and "<b>tea" not in shown
    assert "these are never shown" in shown
    kept = view._repr_mimebundle_()
    assert "C0" not in kept["text/html"] and "C0" not in kept["text/plain"], "no row stays in a saved notebook"


def test_a_wide_file_shows_its_first_columns_and_says_how_many_more_there_are(session):
    more = [f"note_{k}" for k in range(16)]
    rows = "".join(f"C{n % 30},2025-03-{1 + n % 28:02d},{n + 1},{','.join(['x'] * 16)}\n" for n in range(60))
    view = begin.begin(session)
    give(view, "wide.csv", ",".join(["customer", "date", "amount", *more]) + "\n" + rows)
    assert "… and 7 more columns; notebook 2 lists them all" in view.message.value
    assert view.message.value.count('scope="col"') == 12 and "seg-scroll" in view.message.value


def test_what_is_being_read_is_said_while_it_is(session):
    view, said = begin.begin(session), []
    view.message.observe(lambda change: said.append(change["new"]), names="value")
    give(view, "mine.csv", ORDERS)
    told = " ".join(said)
    assert "Reading mine.csv (2 kB) …" in told and "120 rows read; seeing what each column holds …" in told
    assert "Setting rows aside by rule and counting customers …" in told and "In use now" in said[-1]


def test_a_list_of_customers_is_taken_for_one(session):
    view = begin.begin(session)
    give(view, "people.csv", CUSTOMERS)
    assert session.data_decision.files[0].kind is FileKind.CUSTOMERS and "80 customers" in view.message.value
    give(view, "people.csv", CUSTOMERS)
    assert "people.csv is in use already" in view.message.value


def test_a_file_that_nothing_can_be_read_from_is_said_and_stays_in_use_to_be_mended(session):
    view = begin.begin(session)
    give(view, "notes.csv", "just\nsome\nwords\n")
    assert "seg-error" in view.message.value and session.data_decision.files[0].path == "notes.csv"
    (look,) = [
        found for found in every(view.box) if isinstance(found, w.Button) and found.description.startswith("Look at the")
    ]
    session.undo()
    while session.data_decision.sample == "":
        session.undo()
    look.click()
    assert session.sample and "nothing from the sample remains" in view.message.value


def test_the_data_in_use_are_named(session):
    view = begin.begin(session)
    assert "You are looking at the sample “Kettle &amp; Crane Coffee”" in view.body.children[0].value.replace(" & ", " &amp; ")
    session.choose(Step.DATA, sample="packaging_wholesaler")
    assert "Tern" in view.body.children[0].value
