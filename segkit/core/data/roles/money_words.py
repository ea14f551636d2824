"""What the name of a column of numbers says: an amount, a price, a quantity, money beside the goods, or no money at all."""

import re
from collections.abc import Sequence

from segkit.core.data.roles import lexicon
from segkit.core.data.roles import single_words as words
from segkit.words.terms import Role

_NO_MONEY = re.compile(
    r"\b(limit|scores?|scoring|ratio|rate|rating|percent(age)?|pct|prozent|change|chng|chg|utili[sz]ation|"
    r"open to buy|record|rank|"
    r"index|idx|row|counts?|anzahl|number|nummer|num|nr|no|id|code|key|time|hours?|minutes?|duration|weight|"
    r"gewicht|kg|grams?|"
    r"latitude|longitude|lat|lon|lng|year|jahr|month|monat|age|points?|punkte|zip|plz|phone|rewards?|shipped|"
    r"items|units|visits|clicks|views|days|sessions|version|sequence|seq|position|pos)\b"
)
_COST = re.compile(
    r"\b(costs?|cogs|ek|kosten|einstand\w*|einkaufs?\w*|wareneinsatz|selbstkosten|buying|buy price|"
    r"purchase (price|cost|value)|cout|achat|"
    r"coste|costo|custo|inkoop\w*|kostprijs|wholesale cost)\b"
)
_DISCOUNT = re.compile(
    r"discount|\bdisc\b|rabatt|nachlass|remise|descuento|sconto|korting|desconto|\bcoupon (amount|value)|"
    r"voucher (amount|value)|\bpromo\w* (amount|discount)"
)
_REFUND = re.compile(
    r"refund|erstatt|rembours|reembols|rimbors|terugbeta|teruggest|devuelt|credited|gutschrift|gutgeschrieben|chargeback"
)
FEE, EXTRA = "what the payment costs the business", "money beside the price of the goods"
"""What columns of money are that are none of the goods' price."""

_FEE = re.compile(
    r"\bfees?\b|\btarif[ae]s?\b|\btaxa\b|gebuhr|entgelt|commission|provision|\bfrais\b|comision|commissione|comissao|"
    r"kosten|payout|processing"
)
_BESIDE = re.compile(
    r"\btax(es)?\b|\bvat\b|steuer(?!n?r|nummer)|\bimpuestos?\b|\bimpost[aeo]s?\b|\btaxe\b|\bbelasting|"
    r"\bu ?st\b|mw ?st\b|\bgst\b|\bhst\b|\bpst\b|\bfees?\b|shipping|versand|postage|"
    r"(?<!im)porto\b|\benvio\b|spedizione|livraison|verzend|nebenkosten|charges locatives|\bpfand|"
    r"freight|fracht|delivery|liefer|"
    r"\btips?\b|trinkgeld|gratuit|surcharge|zuschlag|balance|\bbal\b|saldo|outstanding|\bopen\b|offen|deposit|"
    r"anzahlung|gebuhr|\biva\b|\btva\b|\bbtw\b|"
    r"duties|duty|insurance|handling|commission|provision|donation tax|credit|advance|budget|estimate|goal|"
    r"target|forecast|cash back"
)
_WHOLE = re.compile(
    r"\b(order|grand|invoice|cart|basket|document|receipt|bill|bestell|rechnungs|auftrags|gesamt|commande|"
    r"facture|pedido|factura|ordine)\b"
    r".*\b(total|amount|value|sum|summe|betrag|wert)\b|\b(grand|sub) ?total\b|^total$|^subtotal$"
)
_NET = re.compile(r"\bnet(to)?\b|sub ?total|excl|ohne|hors|\bht\b|\bpaid\b|collected|charged|after|final|\bdue\b")
_GROSS = re.compile(r"\bgross\b|brutto|\bttc\b|incl|inkl|before|list|original|compare")
_PIECE = re.compile(
    r"\b(unit|each|per (unit|item|piece)|stuck|einzel|piece|unitaire|unitario|unitaria|stuks|list)\b|^(unit|einzel|stuck)"
)


_UNITS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (
        re.compile(rf"({each})"),
        re.compile(rf"^(number of |no of |anzahl |billed |billable |worked |nombre de )?({many})( kg)?$"),
    )
    for each, many in (
        (
            r"\bhourly|\bhour|\bhr\b|stunden(satz|preis)|horaire|\bhora\b|oraria|uurtarief",
            r"hours?|hrs|stunden|std|heures|horas|ore|uren",
        ),
        (
            r"\bdaily|\bday\b|tages(satz|preis)|journalier|dagtarief|\bdia\b|al giorno",
            r"days|tage|jours|dias|giorni|dagen",
        ),
        (r"night|nacht|nuit|\bnoche|notte|\bnoite", r"nights|nachte|ubernachtungen|nuits|nuitees|noches|notti|nachten|noites"),
        (
            r"\bp ?p\b|person|\bpax\b|persona|pessoa|par pers|per head|per guest|persoon",
            r"persons?|people|pax|guests|personen|personnes|personas|persone|pessoas|participants|teilnehmer|places|seats|tickets",
        ),
        (
            r"(per|pro|au|par|por|al|je|[/]) ?(kg|kilo|100 ?g|litre|liter|l)\b|\bkg ?preis|kilopreis",
            r"(weight|gewicht|poids|peso)( (in )?(kg|kilo))?|kg|kilos?|litres?|liter",
        ),
    )
)
"""What the price of one is called, and what counts how many: sold by the hour, the day, the night, the head, the weight."""

_PRICED = re.compile(r"price|preis|prix|precio|prezzo|preco|prijs|rate|satz|tarif|fee|cost|\bvalor\b")


def pair_by_unit(names: Sequence[str]) -> tuple[str, str] | None:
    """Return the column of a quantity, and that of the price of one, where both names speak of the same unit."""
    plain = {name: lexicon.spaced(name) for name in names}
    for each, many in _UNITS:
        prices = [name for name, text in plain.items() if each.search(text) and _PRICED.search(text)]
        counts = [name for name, text in plain.items() if many.fullmatch(text)]
        if prices and counts:
            return counts[0], prices[0]
    return None


def kind(name: str) -> tuple[Role | None, float, str]:
    """Return what a name says of a column of numbers: a role or None, how surely, and what it is instead.

    The last text is empty where the name says nothing, or says a role.
    """
    plain = words.without_tax(lexicon.spaced(name))
    if _COST.search(plain) and not re.search(r"\b(sell|sales?|retail|verkauf)", plain):
        return None, 0.0, "what the goods cost the business"
    roles = lexicon.named_role(name)
    if words.worded_role(name) is Role.QUANTITY:
        return Role.QUANTITY, dict(roles).get(Role.QUANTITY, 0.65), ""
    if _REFUND.search(plain):
        return Role.REFUND, 0.8, ""
    if _DISCOUNT.search(plain):
        return Role.DISCOUNT, 0.8, ""
    fee = re.search(r"\bfees?\b", plain) and re.search(r"amount|total|member|annual|paid|betrag|course|class|school", plain)
    if _FEE.search(plain) and not fee:
        return None, 0.0, FEE
    if _BESIDE.search(plain) and not fee:
        return None, 0.0, EXTRA
    for role, confidence in roles:
        if role in (Role.QUANTITY, Role.PRICE, Role.MARGIN):
            return role, confidence, ""
        if role is Role.AMOUNT and not _no_money(plain):
            return role, confidence, ""
        if role is Role.FREQUENCY:
            return None, 0.0, ""
    if _no_money(plain):
        return None, 0.0, "its name says another kind of number than money"
    worded = Role.AMOUNT if fee else words.worded_role(name)
    if worded in (Role.QUANTITY, Role.PRICE, Role.AMOUNT, Role.MARGIN):
        return worded, 0.65, ""
    return None, 0.0, ""


def _no_money(plain: str) -> bool:
    """Tell whether a name speaks of another number; "number" of what was sold is a quantity and asked before."""
    return bool(_NO_MONEY.search(plain))


def says_whole_order(name: str) -> bool:
    """Tell whether a name speaks of an order as a whole."""
    return bool(_WHOLE.search(lexicon.spaced(name)))


def says_one_piece(name: str) -> bool:
    """Tell whether a name speaks of the price per item."""
    return bool(_PIECE.search(lexicon.spaced(name))) or lexicon.squash(name) in ("priceeach", "preiseinzeln")


def says_net(name: str) -> int:
    """Return 1 where a name says that discounts or tax are off already, -1 where it says that they are not, else 0."""
    text = lexicon.spaced(name)
    return 1 if _NET.search(text) else -1 if _GROSS.search(text) else 0


_PERCENT = re.compile(r"%|\b(percent(age)?|pct|prozent|pourcent\w*|porcentaje|percento|percentuale|procent)\b")


def says_percent(name: str) -> bool:
    """Tell whether a name says a percentage."""
    return "%" in name or bool(_PERCENT.search(lexicon.spaced(name)))


def says_share(name: str) -> bool:
    """Tell whether a name says a part of something: a percentage, or a rate."""
    return says_percent(name) or bool(re.search(r"\brate\b", lexicon.spaced(name)))


def says_postage(name: str) -> bool:
    """Tell whether a name speaks of postage: a discount on it takes nothing off the goods."""
    return bool(re.search(r"ship|versand|postage|deliver|liefer|freight|(?<!im)porto", lexicon.spaced(name)))
