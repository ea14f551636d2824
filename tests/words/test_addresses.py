"""Addresses of databases: told from paths, taken apart, and never with a password left in them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.words.addresses import called, is_address, parse, parted


@pytest.mark.parametrize(
    "path", ["orders.csv", "/home/anna/orders.csv", r"C:\data\orders.csv", "C://data/orders.csv", "a:b@c", ""]
)
def test_paths_are_no_addresses(path):
    assert not is_address(path) and parted(path) == (path, "") and parse(path) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("postgresql://anna@db.example.com:5433/shop", "shop on db.example.com"),
        ("postgresql+psycopg://anna@[::1]/shop?sslmode=require", "shop on ::1"),
        ("mariadb://me%40firm@db/shop%20two", "shop two on db"),
        ("postgres:///shop", "shop on this computer"),
        ("MySQL://anna@db", "anna on db"),
        ("oracle://anna:secret@db/shop", "oracle://anna@db/shop"),
        ("/data/orders.csv", "orders.csv"),
    ],
)
def test_what_people_call_it(text, name):
    assert called(text) == name


def test_the_parts_of_an_address():
    address = parse("postgresql://me%40firm@db.example.com:5433/shop?sslmode=require&application_name=x")
    assert (address.kind, address.user, address.host, address.port) == ("PostgreSQL", "me@firm", "db.example.com", 5433)
    assert (address.database, address.query) == ("shop", (("sslmode", "require"), ("application_name", "x")))
    assert parse("postgresql://anna@db:99999/shop") is None and parse("mssql://anna@db/shop") is None


@pytest.mark.parametrize(
    ("typed", "bare", "password"),
    [
        ("postgresql://me@firm:secret@db/shop", "postgresql://me@firm@db/shop", "secret"),
        ("postgresql://anna:s%40cret@db/shop", "postgresql://anna@db/shop", "s@cret"),
        ("mysql://db/shop?user=anna&password=secret&ssl=1", "mysql://db/shop?user=anna&ssl=1", "secret"),
        ("mysql://db/shop?password=secret&ssl=1", "mysql://db/shop?ssl=1", "secret"),
        ("postgresql://:secret@db/shop", "postgresql://@db/shop", "secret"),
    ],
)
def test_a_password_comes_out_wherever_it_stands(typed, bare, password):
    assert parted(typed) == (bare, password)


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(codec="utf-8", exclude_characters="%"), min_size=6),
    st.sampled_from(["postgresql", "mssql", "mysql+pymysql"]),
)
def test_no_password_whatever_leaves_anything_behind(password, scheme):
    assert parted(f"{scheme}://anna:{password}@db.example.com:5432/shop") == (
        f"{scheme}://anna@db.example.com:5432/shop",
        password,
    )
