"""A further file joined by e-mail address, where that finds more customers than its numbers do."""

import pytest

from segkit.reading.load import load_customers
from segkit.words.terms import FileKind

ORDERS = "Order,Customer ID,Email,Date,Amount\n" + "".join(
    f"{n},C{n % 20:02},Mail{n % 20}@Shop.example,2024-01-{1 + n % 28:02},{n}.50\n" for n in range(60)
)


@pytest.fixture
def joined(tmp_path):
    """Return a function that joins survey answers to the orders of twenty customers."""

    def read(survey, orders=ORDERS):
        files = {FileKind.ORDERS: tmp_path / "orders.csv", FileKind.SURVEY: tmp_path / "survey.csv"}
        for path, text in zip(files.values(), (orders, survey), strict=True):
            path.write_text(text, encoding="utf-8")
        return load_customers(files)

    return read


def answers(first="", name="E-Mail"):
    """Return the answers of fifteen customers and one stranger, with other capitals and blanks than the orders have."""
    mails = [*(f" mail{n}@shop.EXAMPLE " for n in range(15)), "stranger@other.example"]
    cells = [f"{f'99{n},' if first else ''}{mail},{'Agree' if n % 2 else 'Disagree'}" for n, mail in enumerate(mails)]
    return "\n".join([f"{first}{name},I like it", *cells]) + "\n"


@pytest.mark.parametrize("first", ["", "Respondent ID,"])
def test_answers_find_their_customer_by_e_mail(joined, first):
    data = joined(answers(first))
    (join,) = data.joins
    assert (join.matched, join.only_main, join.only_here) == (15, 5, 1)
    assert data.customers.loc["C03", "i_like_it"] == 4 and data.customers.loc["C04", "i_like_it"] == 2
    said = "survey.csv: joined by e-mail address (“E-Mail” here, “Email” in orders.csv); 15 addresses are in both files. "
    assert said + "No address is shown." in data.notes
    assert not data.customers.astype(str).apply(lambda column: column.str.contains("@")).to_numpy().any()


def test_numbers_that_find_as_many_customers_stay_the_key(joined):
    survey = "Customer ID,Email,I like it\n" + "".join(
        f"C{n:02},mail{n}@shop.example,{'Agree' if n % 2 else 'Disagree'}\n" for n in range(20)
    )
    data = joined(survey)
    assert data.joins[0].matched == 20 and not any("joined by e-mail" in note for note in data.notes)


def test_guests_without_a_number_are_found_too(joined):
    orders = "Order,Customer ID,Email,Date,Amount\n" + "".join(
        f"{n},{'' if n % 20 > 14 else f'C{n % 20:02}'},mail{n % 20}@shop.example,2024-01-{1 + n % 28:02},{n}.50\n"
        for n in range(60)
    )
    survey = "Email Address,I like it\n" + "".join(
        f"mail{n}@shop.example,{'Agree' if n % 2 else 'Disagree'}\n" for n in range(20)
    )
    data = joined(survey, orders)
    assert (len(data.customers), data.joins[0].matched) == (20, 20)
