"""Which sample businesses there are, and where their files lie."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from segkit.words.errors import DataError, SetupError
from segkit.words.terms import CustomerKind, FileKind

PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Sample:
    """One sample business and its files, all in one folder.

    Attributes
    ----------
    files : Mapping[FileKind, str]
        File names of the baseline by kind.
    later_file : str
        Order file of the later period; later orders only.
    truth_file : str
        What was planted: ``customer_id``, ``segment``, ``segment_after``, ``took_up_trend``, ``note``.
    dirt_file : str
        JSON: planted dirt, counted by file; keys of the order files that are cleaning rules are named like them.
    as_of, later_as_of : datetime.date
        Analysis dates: the day after each period's last day.
    segments : tuple of str
        Planted segments.
    trend : str
        Category of the order file that takes off in the later period.
    """

    name: str
    title: str
    kind: CustomerKind
    description: str
    files: Mapping[FileKind, str]
    currency: str
    as_of: dt.date
    later_as_of: dt.date
    segments: tuple[str, ...]
    trend: str
    later_file: str = "orders_later.csv"
    truth_file: str = "truth.csv"
    dirt_file: str = "dirt.json"
    dictionary_file: str = "DATA_DICTIONARY.md"
    example_file: str = "worked_example.json"


SAMPLES: Mapping[str, Sample] = MappingProxyType(
    {
        "coffee_roaster": Sample(
            name="coffee_roaster",
            title="Kettle & Crane Coffee",
            kind=CustomerKind.CONSUMER,
            description="A small coffee roaster with two shops, a web shop and a market stand; about 3,000 customers.",
            files=MappingProxyType(
                {
                    FileKind.ORDERS: "orders.csv",
                    FileKind.CUSTOMERS: "customers.csv",
                    FileKind.SURVEY: "survey.csv",
                    FileKind.CONTACTS: "contacts.csv",
                }
            ),
            currency="EUR",
            as_of=dt.date(2026, 1, 1),
            later_as_of=dt.date(2026, 7, 1),
            segments=("home_subscribers", "weekend_connoisseurs", "gift_buyers", "offices", "passers_by"),
            trend="Home roasting",
        ),
        "packaging_wholesaler": Sample(
            name="packaging_wholesaler",
            title="Tern & Tape Packaging",
            kind=CustomerKind.BUSINESS,
            description="A regional packaging wholesaler that sells to about 400 firms, from web shops to factories.",
            files=MappingProxyType(
                {FileKind.ORDERS: "orders.csv", FileKind.CUSTOMERS: "customers.csv", FileKind.CONTACTS: "contacts.csv"}
            ),
            currency="EUR",
            as_of=dt.date(2026, 1, 1),
            later_as_of=dt.date(2026, 7, 1),
            segments=("web_merchants", "food_makers", "factories", "now_and_then"),
            trend="Returnable packaging",
        ),
    }
)


def sample_folder(name: str) -> Path:
    """Return the folder of a sample's files, in an installed package or in a source checkout.

    Raises
    ------
    DataError
        If there is no sample of that name.
    SetupError
        If its files are missing from this installation.
    """
    if name not in SAMPLES:
        raise DataError(f"There is no sample business named {name!r}.", f"Choose one of: {', '.join(SAMPLES)}.")
    for folder in (PACKAGE / "_share" / "data" / name, PACKAGE.parent / "data" / name):
        if (folder / SAMPLES[name].files[FileKind.ORDERS]).is_file():
            return folder
    raise SetupError(
        f"The files of the sample business {name!r} are missing from this installation.",
        "Install the workbook again, or write them anew with: python -m segkit.samples",
    )
