"""Names, places and addresses, put together from parts that plainly belong to nobody."""

from segkit.samples.dice import Dice
from segkit.samples.tables import Column

FIRST_PARTS = tuple("Am Brin Cal Dor El Fen Gil Hes Im Jor Kel Lin Mir Nel Od Pim Ros Sil Tam Un Ves Wil Yor Zel".split())
FIRST_ENDS = tuple("a an en eno ia ika in ina o omo or ora u us".split())
LAST_PARTS = tuple(
    "Amber Bean Cinder Clover Copper Cup Drip Ember Filter Foam Grind Kettle Lantern Mug Nettle Paper Pepper Saucer Spoon "
    "Steam Sugar Thimble Tray Willow".split()
)
LAST_ENDS = tuple("berry brook field ford hand house ley man mill pot smith stone ton wick wood worth".split())
DOMAINS = {"example.com": 0.6, "example.org": 0.2, "example.net": 0.2}
"""Domains set aside for examples (RFC 2606): no mail can reach anyone."""

TOWNS: dict[str, tuple[str, int]] = {
    "Craneport": ("Craneport", 1010),
    "Saltmere": ("Coast", 1420),
    "Gullhaven Sands": ("Coast", 1450),
    "Hollin Ferry": ("River Valley", 2110),
    "Tarnwick": ("River Valley", 2140),
    "Upper Fennick": ("Hills", 3305),
    "Eldermoor": ("Hills", 3360),
    "Quillan Cross": ("Further away", 7110),
    "Greywater": ("Further away", 8240),
    "Ashby Tor": ("Further away", 9450),
}
"""Town → its region and its first postcode (five digits, a leading zero)."""
REGIONS = tuple(dict.fromkeys(region for region, _ in TOWNS.values()))
PLACE_COLUMNS = (
    Column("postcode", "Postcode.", "text, five digits with a leading zero"),
    Column("town", "Town.", "text"),
    Column("region", "Part of the country.", ", ".join(REGIONS)),
)


def person(dice: Dice) -> tuple[str, str]:
    """Return a first and a last name."""
    return dice.pick(FIRST_PARTS) + dice.pick(FIRST_ENDS), dice.pick(LAST_PARTS) + dice.pick(LAST_ENDS)


class Register:
    """Knows the e-mail addresses and names of firms that are given out: never the same one twice."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._taken: set[str] = set()
        self._firms: set[str] = set()

    def email(self, local: str) -> str:
        """Return a new address at an example domain."""
        number = 1
        while True:
            address = f"{local}{number if number > 1 else ''}@{self._dice.choose(DOMAINS)}"
            if address not in self._taken:
                self._taken.add(address)
                return address
            number += 1

    def takes(self, firm: str) -> bool:
        """Enter the name of a firm; tell whether it was free."""
        free = firm not in self._firms
        self._firms.add(firm)
        return free


def place(dice: Dice, weights: tuple[float, ...]) -> tuple[str, str, str]:
    """Return town, region and postcode, drawn by region, in the order of REGIONS."""
    region = dice.choose(dict(zip(REGIONS, weights, strict=True)))
    town = dice.pick([name for name, (where, _) in TOWNS.items() if where == region])
    return town, region, f"{TOWNS[town][1] + dice.whole(0, 9):05d}"
