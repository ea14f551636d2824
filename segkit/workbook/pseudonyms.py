"""Customer numbers replaced by pseudonyms that only the key in the workspace can make."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from segkit.core.data.customers import CustomerData
from segkit.words.errors import WorkbookError
from segkit.words.terms import CUSTOMER_ID
from segkit.writing.atomic import write_whole
from segkit.writing.tables import csv_bytes

KEY_FILE = "pseudonyms.key"
TABLE_FILE = "pseudonyms.csv"
_BYTES = 32


def pseudonyms(customer_ids: Iterable[str], key: bytes) -> list[str]:
    """Return a pseudonym for each id: keyed SHA-256 (HMAC, RFC 2104), its first 65 bits in letters and digits.

    Without the key nobody can tell whose pseudonym it is by trying all customer numbers, as with a plain hash.

    >>> pseudonyms(["17850", "13047"], b"key")
    ['p-cq6fu2fnnante', 'p-x4s4qrgyyeegk']
    """
    digests = (hmac.new(key, customer.encode(), hashlib.sha256).digest() for customer in customer_ids)
    return ["p-" + base64.b32encode(digest).decode("ascii").lower()[:13] for digest in digests]


def workspace_key(folder: Path) -> bytes:
    """Return the workspace's key, made at random when first asked for and readable by its owner only.

    Raises
    ------
    WorkbookError
        If the key file is damaged: a new key would make other pseudonyms than before.
    """
    path = folder / KEY_FILE
    if not path.exists():
        write_whole(path, secrets.token_hex(_BYTES).encode("ascii"), private=True)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise WorkbookError(
            f"The key of the pseudonyms ({KEY_FILE} in your workspace) is damaged.",
            "Put back a copy of it; or delete it, and all customers get new pseudonyms.",
        )
    return key


def pseudonymised(data: CustomerData, folder: Path) -> CustomerData:
    """Return the data with pseudonyms instead of customer numbers; the workspace keeps who is who in ``pseudonyms.csv``.

    Raises
    ------
    WorkbookError
        If the key is damaged, or the workspace cannot be written to.
    """
    known = data.customers.index.astype(str)
    try:
        names = pseudonyms(known, workspace_key(folder))
        _keep_who_is_who(dict(zip(known, names, strict=True)), folder / TABLE_FILE)
    except OSError as error:
        raise WorkbookError(
            f"The pseudonyms cannot be kept in {folder} ({(error.strerror or 'unknown reason').lower()}).",
            "Close the file if it is open elsewhere, free some space on the disk, or switch pseudonyms off in notebook 2.",
        ) from error
    customers = data.customers.set_axis(pd.Index(names, name=CUSTOMER_ID)).sort_index()
    return replace(data, customers=customers)


def _keep_who_is_who(names: dict[str, str], path: Path) -> None:
    """Add to the table of pseudonyms; customers of another period stay in it."""
    before = (
        pd.read_csv(path, dtype=str, encoding="utf-8-sig")
        if path.exists()
        else pd.DataFrame(columns=[CUSTOMER_ID, "pseudonym"])
    )
    now = pd.DataFrame({CUSTOMER_ID: list(names), "pseudonym": list(names.values())})
    together = pd.concat([before, now]).drop_duplicates("pseudonym", keep="first").sort_values(CUSTOMER_ID)
    if len(together) > len(before) or not path.exists():
        write_whole(path, csv_bytes(together), private=True)
