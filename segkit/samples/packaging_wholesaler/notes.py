"""Sales notes: what the wholesaler's people typed after a call, in the form such notes have."""

from segkit.samples.dice import Dice

ANY = (
    "Pays on time.",
    "Asked for delivery before 9 am.",
    "New contact since spring; introduce ourselves.",
    "Compares our prices with those of two others.",
    "Ring before delivery: narrow gate, no large lorry.",
    "Wants one bill a month, not one for each order.",
)
OWN = {
    "web_merchants": (
        "Orders doubled before Christmas, ran out of size M twice.",
        "Would like boxes with a printed logo; too few pieces so far.",
        'Their customers complain of "too much plastic".',
        "Many parcels come back: asks whether a mailer can be used twice.",
        "Owner packs in the evening, orders online at night.",
        "Little storage: wants small orders, often.",
    ),
    "food_makers": (
        "Needs proof that trays are safe for fat and heat.",
        "Summer season: ice cream and salads to go, order early.",
        "Prefers to be rung on Tuesday, after baking.",
        "Wants bowls that can go into compost; price is the problem.",
        "New branch planned next year.",
        "Complaint about lids that do not close; replaced.",
    ),
    "factories": (
        "Frame contract until the end of the year; talks in autumn.",
        "Asks for electronic ordering; IT to call back.",
        "Film consumption per pallet too high: offer a test of thinner film.",
        "Three plants, one purchasing office; decides by total price.",
        "Wants stock kept for them, delivery within 24 hours.",
        "Quality department visited the warehouse; no findings.",
    ),
    "now_and_then": (
        "Moves house every few years; needs little otherwise.",
        "Archive is being cleared, needs archive boxes in June.",
        "Orders only with a written offer.",
        "Asked for the printed catalogue.",
        "Small orders; delivery costs as much as the goods.",
        "Budget year ends in December.",
    ),
}


def note(dice: Dice, kind: str) -> str:
    """Return one to three sentences; now and then in two lines, as a note that was added to."""
    sentences = [dice.pick(OWN[kind])]
    if dice.chance(0.55):
        sentences.append(dice.pick(ANY))
    between = "\n" if len(sentences) > 1 and dice.chance(0.04) else " "
    return between.join(sentences)
