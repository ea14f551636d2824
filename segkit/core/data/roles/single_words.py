"""What single words in a column's name suggest, where no whole name is known: "Line Amount Excl. VAT" still says amount."""

import re

from segkit.core.data.roles.lexicon import named_base, side_money, spaced
from segkit.words.terms import Base, Role

_NUMBERED = r"\b(id|no|nr|num|number|nummer|numero|code|codigo|codice|key|ref|reference|n)\b"
_PAPER = (
    r"\b(order|orders|invoice|doc|document|documento|receipt|bill|voucher|transaction|ticket|purchase|sale|"
    r"booking|appointment|gift|increment|"
    r"rg|rechnungs?|re|beleg(feld( 1)?)?|auftrags?|bestell|"
    r"bon|commande|facture|factura|fattura|pedido|bestelling|factuur|fatura)\b"
)
_WHO = (
    r"\b(customer|cust|client|kd|kunden?|constituent|account|debtor|debitor|member|mitglieds?|cliente|klant|"
    r"buyer|donor|patient|"
    r"guest|contact|company|supporter|subscriber|abonnent|sold ?to|bill to)\b"
)
_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.CUSTOMER, re.compile(rf"(?=.*{_WHO})(?=.*{_NUMBERED})")),
    (Role.ORDER, re.compile(rf"(?=.*{_PAPER})(?=.*{_NUMBERED})|^increment id$")),
    (
        Role.QUANTITY,
        re.compile(
            r"\b(qty|qte|quantity|quantities|quantidade|quantita|menge|anzahl|aantal|antal|cantidad|units|pieces|stuckzahl)\b"
        ),
    ),
    (
        Role.PRICE,
        re.compile(
            r"\b(price|(stuck|einzel|verkaufs)?preis|preco|precio|prezzo|prix|\w*prijs|pris|cena|hinta)\b(?!.*\b(total|all)\b)"
        ),
    ),
    (Role.MARGIN, re.compile(r"\b(margin|profit|rohertrag|deckungsbeitrag|marge|margen)\b")),
    (
        Role.AMOUNT,
        re.compile(
            r"\b(amount|amt|subtotal|charges?|monetary|price paid|sold for|total|revenue|sales|turnover|\w*umsatz|"
            r"\w*betrag|\w*summe|netto|brutto|montant|importe|importo|valor|valore|"
            r"omzet|\w*bedrag|spend|spent|gesamtpreis|gross|net|liquido|paid|proceeds|erlos|takings|(sub)?totale|"
            r"(sub)?totaal|gesamt|endsumme|warmmiete|kaltmiete|miete|rent|loyer|alquiler|affitto|huur|som|summa|"
            r"imponibile|base imponible|belob|kwota|\w*wert|ventas?|vendite|vendas?|faturamento|receita|recettes?|encaissement|"
            r"chiffre d affaires?|ca (ht|ttc)|ingresos?|incasso|ricav[oi])\b"
        ),
    ),
    (
        Role.PRODUCT,
        re.compile(
            r"\b(product|item|sku|article|artikel\w*|produkt\w*|descri\w+|produit|producto|prodotto|produto|ware\w*|"
            r"warengruppe|"
            r"leistungs?\w*|service)\b"
        ),
    ),
    (Role.STATUS, re.compile(r"\b(status|zustand|statut|stato|estado)\b")),
    (Role.CHANNEL, re.compile(r"\b(channel|\w*kanal|canal|canale)\b")),
)
_SOMEBODY = re.compile(
    rf"{_WHO}|\b(organi[sz]ations?|firm|firma|dealer|handler|acquirente|comprador|acheteur|kaufer|klantnaam|"
    rf"mandant|billed to|payer|zahler|reseller|distributor|retailer|tenant|student|pupil|"
    rf"schuler|parent|attendee|mieter(in)?|locataire|inquilin[oa]|huurder|hospede|huesped|rechnungsempfanger|"
    r"participant|teilnehmer\w*|bill to( name)?|sold to( name)?|billing name|purchased by|ordered by|"
    r"auftraggeber|societe|azienda|"
    r"empresa|bedrijf|relatie|empresa)\b|^(full )?name$"
)
_CARD = re.compile(
    r"\b(loyalty|member(ship)?|club|bonus|fidelity|customer) card\b|\b(kunden|treue|mitglieds|bonus)karte|"
    r"\bcarte (de )?fidelite|\btarjeta (de )?(cliente|fidelidad|socio)|\b(carta|tessera) (fedelta|cliente|soci)|\bklantenkaart|"
    r"\bcartao (de )?(cliente|fidelidade)|^(card|karten?|carte|tarjeta|tessera|kaart) ?(number|no|nr|id|nummer)$"
)
_ABOUT = re.compile(
    r"\b(type|typ|art|group|gruppe|segment|class|klasse|status|state|since|seit|count|number of|note|notes?|"
    r"tags?|role|rolle|title|"
    r"country|land|city|ort|region|zip|plz|address|adresse|phone|telefon|language|sprache|size|industry|"
    r"branche|level|tier|plan|"
    r"accepts|reference|vat|tax|since|age|gender|birth|source|first|last|vorname|nachname|given|family|sur)\b|street|strasse"
)
_TAX_ASIDE = re.compile(
    r"\b(w o|without|net of|before|excl?|incl?|ohne|mit|com|sem|senza|sans|ex|inc|inkl|exkl|zzgl|hors|sin|con|senza|zonder|"
    r"excluding|including) (vat|tax|mw ?st|u ?st|iva|tva|btw)\b"
)


def without_tax(text: str) -> str:
    """Return a name in small words without what it says of tax: "amount excl vat" is an amount."""
    return _TAX_ASIDE.sub("", re.sub(r"\b(iva|tva|btw|mwst|vat) (incl\w*|compris\w*|esclus\w*|excl\w*|inbegrepen)\b", "", text))


def worded_role(name: str) -> Role | None:
    """Return the role that words in a column's name suggest, or None."""
    plain = without_tax(spaced(name))
    for role, pattern in _WORDS:
        if pattern.search(plain):
            return None if role is Role.AMOUNT and (side_money(plain) or named_base(name) is Base.FIRMOGRAPHIC) else role
    return None


def names_somebody(name: str) -> bool:
    """Tell whether a name speaks of who buys, and of nothing else about them."""
    text = spaced(name)
    return bool(_SOMEBODY.search(text)) and not _ABOUT.search(text)


def names_a_card(name: str) -> bool:
    """Tell whether a name speaks of a card that customers show when they buy."""
    return bool(_CARD.search(spaced(name)))


def names_a_document(name: str) -> bool:
    """Tell whether a name speaks of an order, an invoice or another document."""
    return bool(re.search(_PAPER, spaced(name)))


def is_a_document(name: str) -> bool:
    """Tell whether a name ends with a document, and speaks of nothing that it has: "Sales doc", but not "Invoice total"."""
    return bool(re.search(rf"{_PAPER}$", spaced(name)))
