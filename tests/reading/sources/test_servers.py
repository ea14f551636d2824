"""A shop's tables on a real PostgreSQL and a real MariaDB: read as from a file, refused in words, no password written down."""

import json
import sys
import threading
import time
from contextlib import closing

import ipywidgets as w
import pyarrow.parquet as pq
import pytest

from segkit.reading.load import load_customers
from segkit.reading.sources import connections, copies, servers
from segkit.widgets.data import questions as ask
from segkit.words.addresses import KINDS
from segkit.words.errors import DataError
from segkit.words.terms import FileKind, Step
from segkit.workbook.session import Session
from tests.reading.sources.servers import PASSWORD, mariadb, postgres, refusal
from tests.reading.sources.shops import ODD, ON_MARIADB, ON_POSTGRES


@pytest.fixture(scope="module", params=["PostgreSQL", "MariaDB"])
def server(request):
    start, shop = {"PostgreSQL": (postgres, ON_POSTGRES), "MariaDB": (mariadb, ON_MARIADB)}[request.param]
    with start() as running:
        running.do(*shop)
        yield running


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(copies, "_PASSWORDS", {})
    for name in ("PGPASSWORD", "PGPASSFILE", "MYSQL_PWD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def session(tmp_path):
    return Session(tmp_path)


def views(server):
    """Return the views that the reader sees: PostgreSQL names all, MariaDB those of which one may read something."""
    return ("web.many", "web.orders", "web.slow") if server.kind == "PostgreSQL" else ("web_orders",)


def orders(address):
    return [{"kind": FileKind.ORDERS, "path": address}]


def test_a_shop_is_read_as_from_a_file(server, session, tmp_path):
    session.use_files([*orders(server.address(password=PASSWORD)), {"kind": "customers", "path": server.address()}])
    session.read_as("customers", table="customers")
    found = server.do("select * from orders order by id")
    lines = ["id;customer_id;placed;day;total;paid", *(f"{r[0]};{r[1]};{r[2].isoformat()};{r[3]};{r[4]};{r[5]}" for r in found)]
    (tmp_path / "orders.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    data, same = session.results.data.customer_data, load_customers({FileKind.ORDERS: tmp_path / "orders.csv"})
    assert (data.ledger.rows_read, data.orders, data.revenue) == (2400, same.orders, same.revenue)
    assert data.ledger.rows_set_aside == same.ledger.rows_set_aside
    assert data.customers["monetary_total"].equals(same.customers["monetary_total"]) and len(data.customers) == 80
    assert session.tables_in(FileKind.ORDERS) == ("customers", "log", "orders", "salaries", *views(server))
    said = session.read_how()[FileKind.ORDERS]
    assert said.startswith(
        f"Read as: a {server.kind} database; table “orders”, which looks most like orders or customers of "
        f"{4 + len(views(server))} "
        f"(not read: “customers”, “log”, “salaries”, {', '.join(f'“{view}”' for view in views(server))}); copied on "
    )
    assert data.readings[0].file_name == "shop on 127.0.0.1"
    assert "table “customers”, as you chose" in session.read_how()[FileKind.CUSTOMERS]


def test_a_view_in_another_schema_can_be_chosen(server, session):
    session.use_files(orders(server.address(password=PASSWORD)))
    session.read_as("orders", table=server.view)
    assert session.results.data.customer_data.ledger.rows_read == 50
    assert len(list((session.workspace.folder / "copies").iterdir())) == 1, "a copy that nobody uses is gone"
    text = refusal(session.read_as, "orders", table="bills")
    assert text == (
        "shop on 127.0.0.1 has no table “bills”; it has “customers”, “log”, “orders”, “salaries”, "
        f"{', '.join(f'“{view}”' for view in views(server))}. Choose one of them."
    )
    assert session.results.data.customer_data.ledger.rows_read == 50, "a table that is not there changes nothing"
    session.use_files([{"kind": FileKind.ORDERS, "path": "none.csv"}])
    assert not list((session.workspace.folder / "copies").iterdir())


def test_the_password_is_written_nowhere(server, session):
    folder = session.workspace.folder
    session.use_files(orders(server.address(password=PASSWORD)))
    session.choose(Step.REVIEW, later_file=server.address(password=PASSWORD))
    session.choose(Step.DATA, files=orders(server.address("bare", password=PASSWORD)))
    session.choose(Step.DATA, files=orders(server.address(password=PASSWORD)), why="again")
    shown = [ask.source(session)._repr_mimebundle_(), ask.reading(session)._repr_mimebundle_(), session.read_how()]
    assert PASSWORD not in repr(shown) and "shop on 127.0.0.1" in repr(shown)
    assert [path for path in folder.rglob("*") if path.is_file() and PASSWORD.encode() in path.read_bytes()] == []
    assert json.loads((folder / "workbook.json").read_text())["data"]["files"][0]["path"] == server.address()
    assert Session(folder).data_decision.files[0].path == server.address()
    with pytest.raises(Exception, match="files should be a list") as caught:
        session.choose(Step.DATA, files=server.address(password=PASSWORD))
    assert PASSWORD not in str(caught.value)


def test_other_notebooks_need_no_password(server, session, monkeypatch):
    session.use_files(orders(server.address(password=PASSWORD)))
    here = session.results.data.customer_data
    copies._PASSWORDS.clear()  # as in another kernel
    monkeypatch.setattr("segkit.workbook.session._KEPT", {})
    there = Session(session.workspace.folder).results.data.customer_data
    assert there is not here and there.customers.equals(here.customers)


def test_what_is_copied_is_copied_again_only_when_asked(server, session):
    session.use_files(orders(server.address(password=PASSWORD)))
    before = session.results.data.customer_data.ledger.rows_read
    server.do("insert into orders (customer_id, placed, total) values ('0001', '2024-10-01', 5)")
    try:
        assert Session(session.workspace.folder).results.data.customer_data.ledger.rows_read == before
        assert session.read_again() == (before + 1,)
        assert session.results.data.customer_data.ledger.rows_read == before + 1
        copies._PASSWORDS.clear()
        assert "asks for a password" in refusal(session.read_again)
        assert session.results.data.customer_data.ledger.rows_read == before + 1, "the copy that there is stays"
    finally:
        server.do("delete from orders where id > 2400")
    session.use_files([{"kind": FileKind.ORDERS, "path": "none.csv"}])
    assert refusal(session.read_again) == "No database on a server is in use. Connect to one and choose it first."


def test_the_password_may_come_from_the_environment_or_a_file(server, session, monkeypatch, tmp_path):
    known = tmp_path / "pgpass"
    known.write_text(f"127.0.0.1:{server.port}:*:anna:{PASSWORD.replace(':', chr(92) + ':')}\n")
    known.chmod(0o600)
    of_postgres = {"PGPASSWORD": PASSWORD, "PGPASSFILE": str(known)}
    for name, value in of_postgres.items() if server.kind == "PostgreSQL" else [("MYSQL_PWD", PASSWORD)]:
        with monkeypatch.context() as here:
            here.setenv(name, value)
            assert len(session.connect(server.address())) == 4 + len(views(server))
    assert copies._PASSWORDS == {}


def test_refusals(server, session, monkeypatch):
    monkeypatch.setattr(connections, "SECONDS", 2)

    def says(address, password=PASSWORD):
        return refusal(session.connect, address, password).replace(f"port {server.port}", "port 5432")

    assert says(server.address(), "") == (
        "shop on 127.0.0.1 asks for a password. "
        f"Type it beside the address in notebook 2 (it is not saved), or keep it in {server.keeper}."
    )
    assert says(server.address(), "wrong") == (
        "shop on 127.0.0.1 refuses the name “anna” or its password. Check both, and type the password again."
    )
    assert says(server.address("bakery")) == (
        "The server at 127.0.0.1, port 5432 has no database “bakery” that “anna” may open. Check its name, which is at the "
        "end of the address."
    )
    assert says(f"{server.scheme}://anna@nowhere.invalid/shop") == (
        "There is no server called “nowhere.invalid”, or this computer is not connected to its network. "
        "Check the address and the connection."
    )
    assert says(f"{server.scheme}://anna@127.0.0.1:9/shop") == (
        "No database answers at 127.0.0.1, port 9. "
        "Check the address and the number of the port, and whether the database is running."
    )
    other = "mysql" if server.kind == "PostgreSQL" else "postgresql"
    assert says(server.address(scheme=other)) == (
        f"What is at 127.0.0.1, port 5432 does not answer as a {KINDS[other]} database does. "
        "Check how the address begins and the number of the port: PostgreSQL usually has 5432, MySQL and MariaDB have 3306."
    )
    assert says(server.address("shop?useSSL=false&x=1")) == (
        "The address of shop on 127.0.0.1 ends in a setting that cannot be used here (useSSL, x). Leave out the “?” and "
        "what follows it, or ask whoever runs the database what belongs there."
    )
    encrypted = "sslmode=require" if server.kind == "PostgreSQL" else "ssl_verify_cert=true"
    assert says(server.address(f"shop?{encrypted}")) == (
        "shop on 127.0.0.1 and this computer do not agree on how to encrypt the connection. "
        "Ask whoever runs the database which settings belong at the end of its address."
    )
    assert says("https://shop.example.com/orders.csv") == (
        "https://shop.example.com/orders.csv is a page on the web, not a database. Download the file, then choose it."
    )
    assert says(f"mssql://anna:{PASSWORD}@db/shop") == (
        "mssql://anna@db/shop is not the address of a database that can be read. Write it as "
        "postgresql://name@server/database (or mysql://, mariadb://), or export the table as CSV."
    )
    assert session.data_decision.sample, "nothing was chosen"


def test_a_server_that_does_not_answer(session, monkeypatch):
    import socket

    monkeypatch.setattr(connections, "SECONDS", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert refusal(session.connect, f"postgresql://anna@127.0.0.1:{port}/shop") == (
            f"The server at 127.0.0.1, port {port} does not answer. "
            "Check the address; many servers answer only inside the firm's network or through its VPN."
        )
        assert refusal(session.connect, f"mysql://anna@127.0.0.1:{port}/shop").startswith(
            f"What is at 127.0.0.1, port {port} does not answer as a MySQL database does. Check"
        )


def test_tables_that_may_not_be_read(server, session):
    session.connect(server.address(), PASSWORD)
    session.use_files(orders(server.address()))
    assert refusal(session.read_as, "orders", table="salaries") == (
        "“anna” may not read this in shop on 127.0.0.1. "
        "Ask whoever runs the database for the right to read the table; reading is all that the workbook does."
    )


def test_a_database_without_tables(server, session):
    assert refusal(session.use_files, orders(server.address("bare", password=PASSWORD))) == (
        "bare on 127.0.0.1: the database holds no tables. Choose the file that holds your table."
    )
    assert session.data_decision.sample


def test_reading_is_all_that_happens(server, session):
    import sqlalchemy as sa

    from segkit.words.addresses import parse

    if server.kind == "MariaDB":  # where the right to write is asked for first
        server.do("grant create on shop.mine to anna")
    told, address = pytest.raises(DataError, match=r"(?i)read.only transaction"), parse(server.address())
    with told, connections.connected(address, PASSWORD) as line:
        line.execute(sa.text("create table mine (a int)"))


def test_a_locked_table_and_one_that_takes_too_long(server, session, monkeypatch):
    monkeypatch.setattr(connections, "SECONDS", 1)
    session.connect(server.address(), PASSWORD)
    locks = ("begin", "lock table orders in access exclusive mode")
    with closing(server.connect()) as other, closing(other.cursor()) as cursor:
        for query in locks if server.kind == "PostgreSQL" else ["lock tables orders write"]:
            cursor.execute(query)
        assert refusal(session.use_files, [*orders(server.address())], readings=[{"kind": "orders", "table": "orders"}]) == (
            "A table in shop on 127.0.0.1 is locked by another program. Try again when that program has finished."
        )
    slow = server.view.replace("orders", "slow")
    limit, none = {
        "PostgreSQL": ("alter role anna set statement_timeout = '200ms'", "alter role anna reset statement_timeout"),
        "MariaDB": (f"grant usage on *.* to anna with max_statement_time {limit}" for limit in ("0.2", "0")),
    }[server.kind]
    server.do(f"grant select on {slow} to anna", limit)
    try:
        text = refusal(session.use_files, orders(server.address()), readings=[{"kind": "orders", "table": slow}])
        assert text == (
            "shop on 127.0.0.1 stopped reading the table, because it took too long. "
            "Ask for a view with fewer columns or a shorter time, or export the table as CSV."
        )
    finally:
        server.do(none, f"revoke select on {slow} from anna")


@pytest.fixture
def many(server):
    """Lend the name of a table with 480,000 rows, while the reader may read it."""
    name = server.view.replace("orders", "many")
    server.do(f"grant select on {name} to anna")
    yield name
    server.do(f"revoke select on {name} from anna")


def test_a_connection_that_breaks_off_leaves_no_half_table(server, session, many, monkeypatch, capfd):
    monkeypatch.setattr(servers, "MOST_CELLS", 5000)
    session.connect(server.address(), PASSWORD)

    def cut():
        folder = session.workspace.folder / "copies"
        for _ in range(500):
            if list(folder.rglob("*.new")):
                break
            time.sleep(0.01)
        server.hang_up()

    cutting = threading.Thread(target=cut)
    cutting.start()
    text = refusal(session.use_files, orders(server.address()), readings=[{"kind": "orders", "table": many}])
    cutting.join()
    assert capfd.readouterr().err == "", "a driver that stumbles over the lost connection would fill the notebook with red"
    assert text == (
        "The connection to shop on 127.0.0.1 broke off before all rows had come. "
        "Nothing of them is used. Check the connection, then choose the table again."
    )
    assert [p for p in (session.workspace.folder / "copies").rglob("*") if p.is_file()] == []


def test_rows_come_in_pieces(server, session, monkeypatch):
    monkeypatch.setattr(servers, "MOST_CELLS", 1)
    session.use_files(orders(server.address(password=PASSWORD)))
    (path,) = session.files()[FileKind.ORDERS]
    assert pq.ParquetFile(path).num_row_groups == 5 and pq.read_metadata(path).num_rows == 2400
    assert pq.read_table(path)[ODD].to_pylist()[:2] == ["2024-01-01", "2024-01-01"]


def test_a_full_disk_is_said_and_leaves_nothing(server, session, many, monkeypatch, capfd):
    monkeypatch.setattr(servers, "MOST_CELLS", 5000)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    text = refusal(session.use_files, orders(server.address(password=PASSWORD)), readings=[{"kind": "orders", "table": many}])
    assert text == (
        "shop on 127.0.0.1: the copy of the table cannot be written (No space left on device). Free some space on the disk "
        "of your workspace, then choose the table again."
    )
    assert [p for p in (session.workspace.folder / "copies").rglob("*") if p.is_file()] == []
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("pip", [True, False])
def test_without_the_packages_the_line_that_installs_them_is_said(session, monkeypatch, pip):
    there = {"sqlalchemy", *(["pip"] if pip else [])}
    monkeypatch.setattr(connections.importlib.util, "find_spec", lambda name: name if name in there else None)
    line = "%pip install" if pip else f'!uv pip install --python "{sys.executable}"'
    for scheme, server, package in (
        ("postgresql", "PostgreSQL", "psycopg[binary]>=3.2"),
        ("mariadb", "MariaDB", "pymysql>=1.2"),
    ):
        assert refusal(session.connect, f"{scheme}://anna@db/shop") == (
            f"Databases on {server} servers are read by packages that are not installed here. Run this line in a cell of its "
            f'own, then restart the kernel: {line} "sqlalchemy>=2.0" "{package}"'
        )


def test_a_server_that_refused_is_asked_once_by_all_views(server, session, monkeypatch):
    session.choose(Step.DATA, sample="", files=orders(server.address()))
    asked = []
    real = servers.connected
    monkeypatch.setattr(servers, "connected", lambda *a: asked.append(a) or real(*a))
    for _ in range(3):
        assert "asks for a password" in refusal(session.files)
    assert len(asked) == 1, "every view of the notebook would wait"
    session.connect(server.address(), PASSWORD)
    assert session.files()


def test_a_person_connects_in_the_notebook(server, session):
    def inside(view):
        boxes = [view.box]
        for widget in boxes:
            boxes += getattr(widget, "children", ())
        return boxes

    def find(view, kind, label):
        (found,) = (one for one in inside(view) if isinstance(one, kind) and one.description == label)
        return found

    def said(view):
        return " ".join(widget.value for widget in inside(view) if isinstance(widget, w.HTML))

    view = ask.source(session)
    address, password = find(view, w.Text, "Address"), find(view, w.Password, "Password (never saved)")
    orders_of = find(view, w.SelectMultiple, FileKind.ORDERS.label)
    (folded,) = (one for one in inside(view) if isinstance(one, w.Accordion))
    assert folded.selected_index is None, "who has a file need not read about servers"
    find(view, w.Button, "Connect").click()
    assert "There is no address yet. Type it above, such as postgresql://name@server/database." in said(view)
    find(view, w.Button, "Copy again").click()
    assert "No database on a server is in use. Connect to one and choose it first." in said(view)
    address.value, password.value = server.address(password="wrong"), ""
    find(view, w.Button, "Connect").click()
    assert address.value == server.address() and "refuses the name “anna” or its password" in said(view)
    password.value = PASSWORD
    find(view, w.Button, "Connect").click()
    assert password.value == "" and (
        f"Connected: {4 + len(views(server))} tables. Now select “shop on 127.0.0.1” below, under “Orders or order lines” "
        "or whatever else it holds."
    ) in said(view)
    assert orders_of.options == (("shop on 127.0.0.1", server.address()),)
    orders_of.value = (server.address(),)
    assert "In use now: shop on 127.0.0.1" in view.message.value and session.results.data.customer_data.ledger.rows_read == 2400
    find(view, w.Button, "Copy again").click()
    assert "Copied again: 2,400 rows." in said(view)
    assert PASSWORD not in (session.workspace.folder / "workbook.json").read_text()

    copies._PASSWORDS.clear()  # as after a restart: the address stands there again, the password is typed again
    later = ask.source(session)
    assert find(later, w.Text, "Address").value == server.address()
    assert ("shop on 127.0.0.1", server.address()) in find(later, w.Dropdown, FileKind.CUSTOMERS.label).options
    find(later, w.Button, "Copy again").click()
    assert "asks for a password" in said(later)
    find(later, w.Password, "Password (never saved)").value = PASSWORD
    find(later, w.Button, "Copy again").click()
    assert "Copied again: 2,400 rows." in said(later)


def test_of_a_table_on_a_server_only_what_it_leaves_open_is_asked(server, session):
    session.use_files(orders(server.address(password=PASSWORD)))
    (panel,) = ask.reading(session).body.children[0].children
    assert panel.titles == ("Orders or order lines: how the table is read",)
    assert [field.control.description for field in panel.children[0].children] == ["Table", "Decimal sign", "Amounts"]
    assert panel.children[0].children[0].control.options[0][0] == "(the workbook chooses)"


def test_the_columns_asked_about_are_those_of_the_table_chosen(server, session):
    session.use_files(orders(server.address(password=PASSWORD)))
    view = ask.roles(session)

    def titles():
        (columns,) = view.body.children
        return columns.children[0].titles if columns.children else ()

    assert titles() == ("Orders or order lines: 7 columns",)
    session.read_as("orders", table=server.view)
    assert titles() == ("Orders or order lines: 4 columns",)
    server.do("alter table customers add column since date")
    session.read_as("orders", table="customers")
    assert titles() == ("Orders or order lines: 4 columns",)
    server.do("alter table customers drop column since")
    session.read_again()
    assert titles() == ("Orders or order lines: 3 columns",)
