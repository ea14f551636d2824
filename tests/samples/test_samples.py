"""The shipped sample businesses: the same bytes, whole dictionaries, declared dirt, total truth."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from segkit.samples import catalogue
from segkit.samples.catalogue import SAMPLES, Sample, sample_folder
from segkit.samples.writer import write
from segkit.words.errors import DataError, SetupError
from segkit.words.terms import CleaningRule, FileKind
from tests.samples.sample_files import NO_SEGMENT, clean, dirt, lines, read, truth


@pytest.fixture(params=list(SAMPLES))
def sample(request: pytest.FixtureRequest) -> Sample:
    return SAMPLES[request.param]


@pytest.mark.slow
def test_written_anew_every_file_has_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path)
    for name in SAMPLES:
        by_hand = SAMPLES[name].example_file
        shipped = {file.name: file.read_bytes() for file in sample_folder(name).iterdir() if file.name != by_hand}
        again = {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()}
        assert shipped.keys() == again.keys()
        assert [file for file in shipped if shipped[file] != again[file]] == []


def test_files_are_small_and_plain_utf8_with_line_feeds(sample: Sample) -> None:
    files = list(sample_folder(sample.name).iterdir())
    for file in files:
        content = file.read_bytes()
        assert b"\r" not in content
        assert content.endswith(b"\n")
        assert content.decode("utf-8")[0] != "\ufeff"
        assert len(content) < 3_000_000
    total = sum(file.stat().st_size for name in SAMPLES for file in sample_folder(name).iterdir())
    assert total < 6_000_000


def test_catalogue_names_every_file_that_is_there(sample: Sample) -> None:
    named = {
        *sample.files.values(),
        sample.later_file,
        sample.truth_file,
        sample.dirt_file,
        sample.dictionary_file,
        sample.example_file,
    }
    assert named == {file.name for file in sample_folder(sample.name).iterdir()}
    assert sample.name == sample_folder(sample.name).name


def test_dictionary_tells_every_column_and_the_number_of_rows_of_every_file(sample: Sample) -> None:
    text = (sample_folder(sample.name) / sample.dictionary_file).read_text("utf-8")
    for name in [*sample.files.values(), sample.later_file, sample.truth_file]:
        section = re.split(r"^###? ", text.split(f"# {name}\n")[1], flags=re.MULTILINE)[0]
        rows = read(sample, name)
        assert re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE) == list(rows.columns)
        assert f"Rows: {len(rows)}." in section


def test_dictionary_and_json_declare_the_same_dirt(sample: Sample) -> None:
    text = (sample_folder(sample.name) / sample.dictionary_file).read_text("utf-8")
    told = re.findall(r"^\| `(\w+\.csv)` \| .* \| (\d+) \|$", text, flags=re.MULTILINE)
    declared = json.loads((sample_folder(sample.name) / sample.dirt_file).read_text("utf-8"))
    assert told == [(name, str(n)) for name, faults in declared.items() for n in faults.values() if n]


@pytest.mark.parametrize("later", [False, True])
def test_order_files_hold_the_dirt_that_is_declared(sample: Sample, later: bool) -> None:
    name = sample.later_file if later else sample.files[FileKind.ORDERS]
    rows, declared = lines(sample, name), dirt(sample, name)
    test_ids = truth(sample).query("segment == 'test_account'").index
    found = {
        CleaningRule.NO_CUSTOMER: rows["customer_id"] == "",
        CleaningRule.TEST_ACCOUNT: rows["customer_id"].isin(test_ids),
        CleaningRule.DATE_UNREADABLE: rows["date"].isna(),
        CleaningRule.CANCELLED: rows["status"] == "cancelled",
        CleaningRule.RETURNED: rows["pieces"] < 0,
        CleaningRule.PRICE_NOT_POSITIVE: rows["price"] <= 0,
        CleaningRule.AMOUNT_UNREADABLE: rows["price"].isna(),
        CleaningRule.DUPLICATE_ROW: rows.duplicated(),
    }
    assert {rule.value: int(rows_met.sum()) for rule, rows_met in found.items()} == {
        rule.value: declared[rule] for rule in found
    }
    # No row has two such faults, so that the counts hold in whatever order the rules are applied.
    assert int(pd.DataFrame(found).sum(axis=1).max()) == 1
    assert (rows["status"] == "returned").equals(rows["pieces"] < 0)
    assert int((~rows["order_date"].str.fullmatch(r"(\d{4}-\d\d-\d\d)?")).sum()) == declared["dates_in_another_format"]
    assert int((rows["category"] != rows["kind"]).sum()) == declared["category_spelt_differently"]


def test_the_other_date_format_can_be_decided_from_the_file(sample: Sample) -> None:
    rows = read(sample, sample.files[FileKind.ORDERS])
    other = rows.loc[rows["order_date"].str.fullmatch(r"\d\d\D\d\d\D\d{4}"), "order_date"]
    assert (other.str[:2].astype(int) > 12).any()
    assert (other.str[3:5].astype(int) <= 12).all()


def test_customer_file_holds_the_dirt_that_is_declared(sample: Sample) -> None:
    customers, declared = read(sample, sample.files[FileKind.CUSTOMERS]), dirt(sample, "customers.csv")
    orders = read(sample, sample.files[FileKind.ORDERS])
    planted = truth(sample)
    buyers = set(orders["customer_id"]) - {""}
    ids = set(customers["customer_id"])
    assert customers["customer_id"].is_unique
    assert len(buyers - ids) == dirt(sample, "orders.csv")["customers_not_in_customer_file"]
    assert len(ids - buyers) == declared["customers_without_orders"]
    assert ids - buyers == set(planted.query("segment == 'no_orders'").index)
    email = customers["email"]
    assert int(email.str.lower().duplicated().sum()) == declared["twice"]
    assert int((email != email.str.lower()).sum()) == declared["twice_email_in_capitals"]
    assert int((customers == "").sum().sum()) == declared["missing_cells"]
    name = customers.columns[1] if sample.name == "packaging_wholesaler" else "name"
    assert int(customers[name].str.contains("test", case=False).sum()) == declared["test_accounts"] == 1
    if "birth_year" in customers:
        years = pd.to_numeric(customers["birth_year"]).dropna()
        assert int((years < 1900).sum()) == declared["impossible_birth_years"] == 1
        assert years.max() <= 2007
    else:
        assert int(customers["sales_notes"].str.contains("\n").sum()) == declared["notes_with_line_breaks"] > 0
        trimmed = customers["industry"].str.strip().str.capitalize()
        assert int((customers["industry"] != trimmed).sum()) == declared["industry_spelt_differently"] > 0


def test_people_under_two_ids_share_the_email_and_have_orders_under_both(sample: Sample) -> None:
    customers = read(sample, sample.files[FileKind.CUSTOMERS]).set_index("customer_id")
    buyers = set(read(sample, sample.files[FileKind.ORDERS])["customer_id"])
    planted = truth(sample)
    twins = planted[planted["note"].str.startswith("same person as ")]
    assert len(twins) == dirt(sample, "customers.csv")["twice"]
    for second, note in twins["note"].items():
        first = note.removeprefix("same person as ")
        assert customers.loc[first, "email"] == customers.loc[second, "email"].lower()
        assert {first, second} <= buyers
        assert planted.loc[first, "segment"] == planted.loc[second, "segment"]


def test_truth_covers_every_customer_of_every_file(sample: Sample) -> None:
    planted = truth(sample)
    assert planted.index.is_unique
    files = [*sample.files.values(), sample.later_file]
    everyone = set().union(*(read(sample, name)["customer_id"] for name in files)) - {""}
    assert everyone == set(planted.index)
    assert set(planted["segment"]) == {*sample.segments, *NO_SEGMENT}
    assert set(planted["segment_after"]) == {*sample.segments, "left", "no_orders", "test_account"}
    later = set(read(sample, sample.later_file)["customer_id"])
    assert later.isdisjoint(planted.query("segment_after == 'left'").index)
    before = set(read(sample, sample.files[FileKind.ORDERS])["customer_id"])
    assert set(planted.query("segment == 'joined'").index) == everyone - before - set(
        planted.query("segment == 'no_orders'").index
    )


def test_no_address_can_reach_anyone(sample: Sample) -> None:
    customers = read(sample, sample.files[FileKind.CUSTOMERS])
    assert customers["email"].str.fullmatch(r"[a-z]+(\.[a-z]+)?\d*@example\.(com|org|net)", case=False).all()
    for file in sample_folder(sample.name).iterdir():
        domains = set(re.findall(r"@([\w.]+)", file.read_text("utf-8").lower()))
        assert domains <= {"example.com", "example.org", "example.net"}
    if "phone" in customers:
        assert customers["phone"].str.fullmatch(r"\+999 555 \d{4}").all()


def test_periods_end_the_day_before_their_analysis_dates(sample: Sample) -> None:
    before, after = (clean(lines(sample, name))["date"] for name in (sample.files[FileKind.ORDERS], sample.later_file))
    day = pd.Timedelta(days=1)
    assert before.max() + day == pd.Timestamp(sample.as_of)
    assert after.max() + day == pd.Timestamp(sample.later_as_of)
    assert before.min() < pd.Timestamp(2024, 1, 8)
    assert after.min() >= pd.Timestamp(sample.as_of)


def test_an_unknown_sample_is_refused_in_words() -> None:
    with pytest.raises(DataError) as caught:
        sample_folder("bakery")
    assert str(caught.value) == (
        "There is no sample business named 'bakery'. Choose one of: coffee_roaster, packaging_wholesaler."
    )


def test_an_installed_package_finds_its_own_files_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / "segkit"
    monkeypatch.setattr(catalogue, "PACKAGE", package)
    with pytest.raises(SetupError) as caught:
        sample_folder("coffee_roaster")
    assert str(caught.value) == (
        "The files of the sample business 'coffee_roaster' are missing from this installation. "
        "Install the workbook again, or write them anew with: python -m segkit.samples"
    )
    checkout = tmp_path / "site" / "data" / "coffee_roaster"
    checkout.mkdir(parents=True)
    (checkout / "orders.csv").touch()
    assert sample_folder("coffee_roaster") == checkout
    shared = package / "_share" / "data" / "coffee_roaster"
    shared.mkdir(parents=True)
    (shared / "orders.csv").touch()
    assert sample_folder("coffee_roaster") == shared
