"""Made-up personal values of twelve kinds in ten countries, from the public forms of each, with right check digits.

Nobody is meant: names are put together from lists, numbers are drawn, telephone numbers and addresses are of ranges kept for
examples where a country has such ranges.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

COUNTRIES = ("US", "CA", "GB", "DE", "FR", "ES", "IT", "NL", "PL", "SE")


@dataclass(frozen=True)
class Planted:
    """One planted value: the kind and the country it is of."""

    kind: str
    country: str
    text: str


_NAMES = {
    "US": (("James", "Emily"), ("Anderson", "Miller")), "CA": (("Olivia", "Liam"), ("Tremblay", "Campbell")),
    "GB": (("Oliver", "Charlotte"), ("Davies", "Wilson")), "DE": (("Jürgen", "Heike"), ("Müller", "Schneider")),
    "FR": (("Céline", "Jean-Pierre"), ("Lefèvre", "Moreau")), "ES": (("María", "Javier"), ("García López", "Fernández")),
    "IT": (("Giulia", "Marco"), ("Rossi", "Ferrari")), "NL": (("Sanne", "Pieter"), ("de Vries", "van den Berg")),
    "PL": (("Agnieszka", "Piotr"), ("Kowalski", "Nowak")), "SE": (("Astrid", "Lars"), ("Johansson", "Lindqvist")),
}  # fmt: skip
_PHONES = {
    "US": ("(212) 555-0147", "212-555-0147", "+1 212 555 0147", "212.555.0147"), "CA": ("416-555-0182",
    "+1 (416) 555-0182", "1-416-555-0182"),
    "GB": ("020 7946 0958", "+44 20 7946 0958", "07700 900123", "(020) 7946 0958"), "DE": ("030 23125 123",
    "+49 30 23125123", "0171/3920123"),
    "FR": ("01 99 00 12 34", "+33 1 99 00 12 34", "06.39.98.12.34", "06-39-98-12-34"), "ES": ("612 34 56 78",
    "+34 612 345 678", "912 34 56 78"),
    "IT": ("06 698 12345", "+39 06 698 12345", "+39 347 123 4567"), "NL": ("020-555 0123", "+31 20 555 0123", "06-12345678"),
    "PL": ("+48 601 234 567", "601 234 567", "+48 22 123 45 67"), "SE": ("08-465 004 12", "+46 8 465 004 12", "070-174 06 05"),
}  # fmt: skip
_STREETS = {
    "US": ("1420 Maple Grove Avenue", "77 W Elm St"), "CA": ("215 Birchmount Road", "880 rue Sainte-Catherine"),
    "GB": ("12 Acacia Gardens", "221B Larch Street"), "DE": ("Lindenstraße 14", "Am Alten Markt 3a"),
    "FR": ("14 rue des Lilas", "3 bis avenue du Général Leclerc"), "ES": ("Calle Mayor 15", "Avda. de la Constitución, 8"),
    "IT": ("Via Garibaldi 22", "Piazza del Duomo 4"), "NL": ("Keizersgracht 118", "Dorpsstraat 7"),
    "PL": ("ul. Długa 15", "al. Jana Pawła II 8"), "SE": ("Storgatan 12", "Björkvägen 4 B"),
}  # fmt: skip
_PLATES = {
    "US": "plate 7XYZ123", "CA": "plate ABCD 123", "GB": "AB51 XYZ", "DE": "B-XY 1234", "FR": "AB-123-XY", "ES": "1234 BCD",
    "IT": "AB 123 XY", "NL": "GB-123-X", "PL": "nr rej. WA 12345", "SE": "ABC 12D",
}  # fmt: skip
_SHAPES = {
    "US": "us.ssn ###-##-####", "CA": "ca.sin ###-###-###", "GB": "", "DE": "de.idnr ## ### ### ###",
    "FR": "fr.nir ###############",
    "ES": "es.dni ########@", "IT": "", "NL": "", "PL": "pl.pesel ###########", "SE": "se.personnummer ######-####",
}  # fmt: skip
_TAX = {
    "GB": "gb.vat GB#########", "DE": "eu.vat DE#########", "FR": "eu.vat FR###########", "ES": "eu.vat ESB########",
    "IT": "eu.vat IT###########", "NL": "eu.vat NL#########B01", "PL": "eu.vat PL##########", "SE": "eu.vat SE##########01",
    "US": "us.itin 9##-##-####", "CA": "",
}  # fmt: skip
_BBAN = {
    "GB": "WEST" + "#" * 14, "DE": "#" * 18, "FR": "#" * 23, "ES": "#" * 20, "IT": "X" + "#" * 22, "NL": "ABNA" + "#" * 10,
    "PL": "#" * 24, "SE": "#" * 20, "US": "#" * 16, "CA": "#" * 16,
}  # fmt: skip
_BORN = {
    "US": "DOB 04/17/1983", "CA": "born April 17, 1983", "GB": "born 17 April 1983", "DE": "geb. 17.04.1983",
    "FR": "née le 17/04/1983",
    "ES": "nacido el 17/04/1983", "IT": "nata il 17/04/1983", "NL": "geboren 17-04-1983", "PL": "urodzona 17.04.1983",
    "SE": "född 1983-04-17",
}  # fmt: skip
_PLACES = {
    "US": "40.748441, -73.985664", "CA": "43.642567,-79.387139", "GB": "51.500729 -0.124625", "DE": "52,516275; 13,377704",
    "FR": "48.8584° N, 2.2945° E", "ES": "41.403629, 2.174356", "IT": "41°53'24\"N 12°29'32\"E", "NL": "52.373080, 4.892453",
    "PL": "52.231838,21.005995", "SE": "59.325695, 18.071869",
}  # fmt: skip


def planted(seed: int = 14) -> tuple[Planted, ...]:
    """Return all values, twice or more for each kind and country."""
    dice = random.Random(seed)
    values: list[Planted] = []
    for n, country in enumerate(COUNTRIES):
        first, last = _NAMES[country]
        plain = [f"{a} {b}" for a in first for b in last]
        of: dict[str, list[str]] = {
            "name": [plain[0], plain[3], f"{last[0]}, {first[1]}"],
            "e-mail address": [f"p{n}.lane@post{n}.example", f"p{n}_x+shop@mail.post{n}.example"],
            "telephone number": list(_PHONES[country]),
            "account number": [_grouped(_iban(dice, country)), _iban(dice, country)],
            "card number": [_grouped(_card(dice, "4", 16)), _card(dice, "5" + str(1 + n % 5), 16), _card(dice, "37", 15)],
            "VAT number": [_drawn(dice, _TAX[country])] if _TAX[country] and country != "US" else [],
            "identity number": [*_identity(dice, country), *([_drawn(dice, _TAX["US"])] if country == "US" else [])],
            "IP address": [f"203.0.113.{40 + n}", f"2001:db8::{n + 1}:7f"],
            "place on a map": [_PLACES[country]],
            "birth date": [_BORN[country]],
            "account name": [f"@shopper_{country.lower()}{n}"],
            "street address": list(_STREETS[country]),
            "number plate": [_PLATES[country]],
        }
        values += [Planted(kind, country, text) for kind, texts in of.items() for text in texts]
    return tuple(values)


def _drawn(dice: random.Random, form: str) -> str:
    """Draw numbers of a form until one has right check digits."""
    name, shape = form.split(" ", 1)
    check: Callable[[str], bool] = import_module(f"stdnum.{name}").is_valid
    while True:
        text = "".join(
            str(dice.randrange(10)) if sign == "#" else dice.choice("TRWAGMYFPDXBNJZSQVHLCKE") if sign == "@" else sign
            for sign in shape
        )
        if check(text):
            return text


def _identity(dice: random.Random, country: str) -> list[str]:
    """Return numbers that an office gives to a person."""
    if country == "GB":
        return [f"AB {dice.randrange(10, 99)} {dice.randrange(10, 99)} {dice.randrange(10, 99)} C"]
    if country == "IT":
        from stdnum.it import codicefiscale

        body = f"RSSGLI83D57H50{dice.randrange(10)}"
        return [body + codicefiscale.calc_check_digit(body)]
    if country == "FR":
        from stdnum.fr import nir

        body = f"28304750{dice.randrange(10)}1{dice.randrange(100, 999)}"
        return [body + nir.calc_check_digits(body)]
    if country == "SE":
        from stdnum.luhn import calc_check_digit

        body = f"830417{dice.randrange(100, 999)}"
        return [f"{body[:6]}-{body[6:]}{calc_check_digit(body)}"]
    if country == "PL":
        from stdnum.pl import pesel

        body = f"830417{dice.randrange(1000, 9999)}"
        return [body + pesel.calc_check_digit(body)]
    return [_drawn(dice, _SHAPES[country])] if _SHAPES[country] else [f"BSN {_drawn(dice, 'nl.bsn #########')}"]


def _iban(dice: random.Random, country: str) -> str:
    """Return an account number; of countries without such, of Germany."""
    land = country if country not in ("US", "CA") else "DE"
    body = "".join(str(dice.randrange(10)) if sign == "#" else sign for sign in _BBAN[land])
    digits = "".join(str(int(sign, 36)) for sign in f"{body}{land}00")
    return f"{land}{98 - int(digits) % 97:02d}{body}"


def _card(dice: random.Random, start: str, length: int) -> str:
    from stdnum.luhn import calc_check_digit

    body = start + "".join(str(dice.randrange(10)) for _ in range(length - 1 - len(start)))
    return body + calc_check_digit(body)


def _grouped(text: str) -> str:
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


PHONE_SPELLINGS = (
    "+44 20 7946 0958", "+442079460958", "0044 20 7946 0958", "(+44) 20 7946 0958", "+44 (0)20 7946 0958",
    "tel:+44-20-7946-0958",
    "+44.20.7946.0958", "020 7946 0958", "０２０ ７９４６ ０９５８", "020\u200b 7946\u200b 0958", "020\u00a07946\u00a00958",
    "020–7946–0958",
    "01 99 00 12 34", "01.99.00.12.34", "01-99-00-12-34", "01/99/00/12/34", "+33 1 99 00 12 34", "30 12 34 56",
    "1-800-555-0199",
    "(212)555-0147", "(212) 555 0147", "212 555 0147", "phone 79460958", "٠٢٠ ٧٩٤٦ ٠٩٥٨",
    "+44\u202f20\u202f7946\u202f0958", "＋44 20 7946 0958",
)  # fmt: skip
MAIL_SPELLINGS = (
    "p.lane@post.example", "p.lane＠post.example", "p.lane@post\u200b.example", "p\u200d.lane@post.example",
    "p.lane (at) post.example",
    "p.lane[at]post[dot]example", "p.lane at post.example", "p.lane at post dot example", "mailto:p.lane@post.example",
    "p.lane @ post.example",
    "P.LANE@POST.EXAMPLE", "pläne@pöst.example", '"p lane"@post.example', "p.lane@\u00adpost.example",
    "<p.lane@post.example>", "p.lane@post．example",
    "p.lane{at}post.example", "p.lane arroba post.example",
)  # fmt: skip
