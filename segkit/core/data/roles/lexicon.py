"""The words by which files name their columns, in several languages, and the shapes of personal data."""

import re

from segkit.core.data.personal.names import NAME
from segkit.core.data.privacy import personal_column, plural
from segkit.words import spelling
from segkit.words.terms import Base, Role

_ID = r"(id|n|no|nr|nbr|num|number|nummer|code|key|ref|reference|referenz|numero|kennung|codice)"
_WHO = (
    r"(customers?|cust|clients?|kunden?|kund|debitor(en)?|kreditor|klanten?|clientes?|buyer|member|mitglieds?|user|"
    r"patron|household|acheteur|asiakas|account|konto|guest|patient|donor|besteller|kaufer|shopper|donator|spender|subscriber|abonnent(en)?|verein|gast|konsument|gasten?|abonne|socio|lid)"
)
_PAPER = (
    r"(orders?|invoices?|bill|receipt|transaction|trans|basket|ticket|purchase|sales?order|bestell(ung|ungs)?|"
    r"auftrags?|rechnungs?|belegs?|bon|commande|facture|pedido|factura|ordine|fattura|bestelling|factuur|ordre|"
    r"faktura|bookings?|buchungs?|reservations?|reservierungs?|quittungs?|vorgangs?|kassenbon|scontrino|tique|kvittering|"
    r"sales|payment|encomenda|venda)"
)

NAMES: tuple[tuple[Role, str, float], ...] = (
    (Role.CUSTOMER, rf"{_WHO}{_ID}|{_ID}(du|de|del)?{_WHO}|{_WHO}identifier", 0.97),
    (Role.CUSTOMER, rf"{_WHO}|(household|respondent|participant|person|firm|company|firma|unternehmen){_ID}", 0.9),
    (Role.CUSTOMER, rf"{_WHO}?(user|login|screen|nick)(name|id)|login", 0.88),
    (
        Role.CUSTOMER,
        r"(customer|company|firm|client|account|organi[sz]ation|kunden|klant|firmen)(full)?name|name(kunde|"
        r"client)|firma|company|unternehmen|societe|azienda|empresa",
        0.75,
    ),
    (Role.ORDER, rf"{_PAPER}{_ID}|{_ID}(de|del|della|di)?{_PAPER}", 0.97),
    (Role.CUSTOMER, r"(contact|kontakt|guest|gast|member|patient|buyer|donor)name|contact|ragionesociale|razonsocial", 0.6),
    (Role.ORDER, r"orders?|invoice|booking|bestellung|auftrag|rechnung|commande|facture|pedido|factura|ordine|fattura", 0.7),
    (Role.RECENCY, r"recency(days)?|dayssince(last)?(order|purchase|visit|buy)?|tageseitletzte[rnm]?(kauf|bestellung)", 0.9),
    (
        Role.FREQUENCY,
        r"frequency|(no|nr|num|number|count|anzahl|total|nombre)(of|de|der)?(orders?|purchases|transactions|"
        r"bestellungen|kaufe|commandes)|(orders?|purchases?|transactions?|bestell)(count|number|anzahl)|"
        r"num\w*purchases|orders|(total|lifetime)orders?(count)?|(anzahl|zahl)(der)?(auftrage|einkaufe)",
        0.9,
    ),
    (
        Role.QUANTITY,
        r"(line|lineitem|item|order|sold)?(qty|qte|quantity|quantite|cantidad|quantita|menge|anzahl|stuckzahl|stuck|stk|aantal|"
        r"antal|pieces|units?(sold)?|pcs)(ordered|sold|shipped|bestellt)?|(number|no|num)of\w+|nombre|cant",
        0.85,
    ),
    (
        Role.PRICE,
        r"(unit|item|lineitem|each|list|stuck|einzel|piece|sales?|net|gross)?(price|preis|prix|precio|prezzo|prijs|"
        r"pris)(each|perunit|unit|unitaire|unitario|netto|brutto|eur|usd|gbp)?|unitcost|"
        r"(unit|einzel)(amount|betrag|value)",
        0.9,
    ),
    (
        Role.MARGIN,
        r"(gross|net|order|line)?(margin|profit|marge|margen|margine|rohertrag|deckungsbeitrag|db1?|"
        r"contribution)(eur|usd|gbp|amount)?",
        0.9,
    ),
    (
        Role.AMOUNT,
        r"(line|lineitem|item|order|booking|net|net+o|gross|brutto|sub|grand|invoice|sales|total|gesamt|dollar|lifetime|"
        r"jahres|rechnungs|bestell|waren|ordre|transaction|payment)?(amount|total|"
        r"revenue|sales|umsatz|betrag|summe|value|turnover|montant|importe|importo|omzet|bedrag|spend|spent|"
        r"spending|paid|wert|belob|belopp|preis|price)(eur|euro|usd|gbp|chf|total|net|netto|brutto|gross|value|"
        r"paid|spent|ht|ttc|gesamt|insgesamt|due)?|ca|totaldue|totalspent|amountspent|mnt\w+|mtn\w+|(amount|money|spent|spend)(on)?\w+",
        0.85,
    ),
    (
        Role.STATUS,
        r"(order|payment|financial|fulfil?lment|bestell|auftrags?|liefer|shipping|zahlungs?|invoice|rechnungs?)?"
        r"(status|zustand|estado|stato|statut)(id|code|name)?|(order|payment|invoice|transaction|fulfil?lment)state(id|name)?",
        0.9,
    ),
    (
        Role.CHANNEL,
        r"(sales|order|contact|buying|purchase|vertriebs|verkaufs|bestell|marketing|main)?(channel|kanal|canal|"
        r"canale|kanaal|touchpoint)(name)?|bestellweg|verkaufsweg|medium",
        0.9,
    ),
    (
        Role.PRODUCT,
        r"(product|line|lineitem|item|article|artikel|produkt|produit|producto|prodotto|stock|sku|goods|waren?|sortiment)s?(id|"
        r"no|nr|code|number|nummer|name|sku|plu|service|line|group|gruppe|category|kategorie|type|family|description|bezeichnung|"
        r"klasse)?|category(name)?|kategorie|categorie|categoria|warengruppe|productline|department|description|"
        r"beschreibung|bezeichnung|designation|brand|marke|articol[oi]|articulo|artigo|famille|familia|famiglia|rayon|"
        r"memo(description)?|buchungstext|plu(name)?|leistung|service|treatment|behandlung|room(type|category)|zimmer(art|typ)?|"
        r"course|kurs|plan|tarif",
        0.85,
    ),
    (
        Role.DATE,
        r"(order|invoice|purchase|transaction|sales?|bill|receipt|bestell|rechnungs?|auftrags?|kauf|beleg|"
        r"commande|trans|visit|contact|event|survey|answer)?(date|datum|data|fecha|dato|day|tag|zeitpunkt|"
        r"datetime|timestamp|time)(of)?(order|purchase|invoice|time|commande|facture|pedido|utc)?|(created|"
        r"ordered|purchased|bought|paid|processed|answered|contacted)(at|on)|date(de)?(commande|facture|achat)|"
        r"fechapedido|fechafactura|dataordine|datafattura|when|am|(booked|sold|created|invoiced)(on|at|ts|time)?|besteldatum|"
        r"factuurdatum|datumbestelling|gebuchtam|bestelltam|verkauftam|datavenda|dataencomenda",
        0.9,
    ),
)
"""Role, pattern of the whole squashed name, confidence. The first that fits wins unless the content speaks against it."""

JOINED = re.compile(
    r"join|since|regist|signup|sign up|enrol|dtcustomer|membersince|kundeseit|customersince|first(order|purchase|"
    r"visit|contact|seen)|created|anmelde|beitritt|seit|opened"
)
_SIDE_MONEY = re.compile(
    r"refund|\btax(es)?\b|\bvat\b|\bu ?st\b|mw ?st\b|\bfees?\b|discount|rabatt|shipping|versand|\bbalance|"
    r"freight|fracht|\bporto\b|\btips?\b|"
    r"outstanding|\bopen\b|deposit|anzahlung|gebuhr|erstatt|gutschrift|\biva\b|\btva\b|\bbtw\b"
)
_DATED = re.compile(
    r"date\b|datum\b|\bdata\b|fecha|\bdato\b|\bdatetime|timestamp|\btime\b|\bts\b|\bepoch|\bwhen\b|created|updated|modified|"
    r"\bam$|\bat$"
)
LAST = re.compile(r"last|recent|letzte|dernier|ultim")
BIRTH = re.compile(r"birth|geburt|\bdob\b|^dob$|naissance|nacimiento|nascita|geboorte|^born$")

_PERSONAL = re.compile(
    r"(full|first|last|middle|sur|fore|given|family|user|nick|contact|contactfirst|contactlast|owner|customer|client|kunden|firm|"
    r"account|guest|buyer|member|recipient|debitor(en)?|kreditor(en)?|lieferanten|(bill|ship)(ing|to)?(first|last|full)?|"
    r"customer(first|last|full))?name|naam|nome|navn|namn|ragionesociale|razonsocial|raisonsociale|nif|cif|nie|dni|kvk|siret|siren|"
    r"codicefiscale|partitaiva|pi|piva|steuernummer|umsatzsteuerid|tva(intra)?|(tax|vat|company)(number|no|nr|id)|"
    r"website|webseite|homepage|url|domain|instagram|facebook|linkedin(url)?|twitter|"
    r"vor(name)?|nachname|familienname|nom|prenom|nombre|"
    r"apellidos?|cognome|achternaam|voornaam|(contact|ansprech)(person|partner)?(name|firstname|lastname)?|"
    r"ansprechpartner|inhaber|"
    r"(customer|contact|billing|guest|buyer|kunden|work|personal)?e?mail(s|address|adresse)?|(bill|ship)(ing|to)?(phone|street\d?|name|"
    r"address\d?|company)|mailadresse|correo|courriel|(tele)?(phone|fon|fono)(number|nr|no)?|telefoon|tel(no|"
    r"nr|ephone)?|mobile?|handy|cell(phone)?|fax|"
    r"street(name|address|no|number)?|strasse|stra(ss|ß)e(nr)?|hausnummer|housenumber|(post|postal|street|"
    r"shipping|billing|delivery|home)?(address|adresse|anschrift|direccion|indirizzo|adres)(line)?\d*|rue|calle|"
    r"via|"
    r"iban|bic|accountnumber|passport|ssn|taxid|vatid|ustid|(remote)?ip(address)?|latitude|longitude|(date|"
    r"day)?of?birth(date|day)?|birth(date|day)|dob|geburts(datum|tag)|datedenaissance|companyname|firmenname|firma"
)
FREE_TEXT = re.compile(
    r"(customer|order|buyer|delivery|internal|private|kunden|bestell|staff|gift)?(notes?|notiz(en)?|comments?|message|nachricht|"
    r"remarks?|bemerkung(en)?|kommentare?|instructions)|nota|notas|note|opmerking(en)?|osservazioni|observacoes|"
    r"notes?|comments?|remarks?|bemerkung(en)?|kommentare?|feedback|memo|freetext|text|notiz(en)?|anmerkung(en)?|"
    r"sales ?notes?|opentext|message|nachricht|remarques?|observaciones|otherremarks|suggestion|wish(es)?|why"
)

_BASES: tuple[tuple[Base, re.Pattern[str]], ...] = (
    (
        Base.FIRMOGRAPHIC,
        re.compile(
            r"industr|branche|sector|sektor|employee|mitarbeiter|headcount|staff|company ?(size|type|form)|"
            r"firm ?(size|type)|legal|rechtsform|ownership|public|technolog|software|system|erp|job|title|"
            r"position|role|decision|function|turnover|annual ?revenue|year ?founded|founded|business|deal ?size|"
            r"organi[sz]ation|naics|sic ?code"
        ),
    ),
    (
        Base.GEOGRAPHIC,
        re.compile(
            r"countr|\bland\b|pays\b|pais|paese|nation|city|town|\b(wohn|liefer|rechnungs|stand|geburts|versand|kunden|empfangs|post|zustell)?ort\b|stadt|ville\b|ciudad|citta|plaats|region|"
            r"state\b|bundesland|provinc|provinz|kanton|canton|count(y|ies)|district|bezirk|territor|zip|"
            r"post(al)? ?(code|leitzahl)|plz|area|location|urban|rural|distance|climate|neighbo|suburb|island|"
            r"continent|market ?area|delivery ?zone|poblacion|localidad|comune\b|localita|woonplaats|gemeente|"
            r"commune\b|departement|codigo ?postal|"
            r"code ?postal|\bcap\b|\bcp\b|\bcc\b|postcode|stadtteil|wohnort|gebiet|\bzone\b|morada"
        ),
    ),
    (
        Base.DEMOGRAPHIC,
        re.compile(
            r"\bage\b|^age|alter\b|agegroup|gender|sex\b|geschlecht|sexe|sexo|genero|educat|bildung|degree|"
            r"marital|married|familienstand|income|einkommen|salary|revenu\b|kid|child|kinder|teen|household|"
            r"haushalt|occupation|beruf|profession|religion|ethnic|race\b|language|sprache|birth|generation|"
            r"family|anrede|salutation|civilite|\bnationality|dependents|pets?\b|home ?owner|student|retire"
        ),
    ),
    (
        Base.BEHAVIOURAL,
        re.compile(
            r"purchas|buy|bought|visit|order|spend|spent|mnt|amount|sales|revenue|frequen|recen|respon|complain|"
            r"accept|campaign|cmp|newsletter|open(ed)?|click|contact|channel|return|discount|deal|loyal|usage|"
            r"use\b|subscri|click|basket|product|payment|zahlungs|credit ?limit|coupon|web|shop\b|tenure|days|"
            r"member|delivery|kanal|rebate|price ?list|terms|referr|source|betaal|pago\b|"
            r"reglement|paiement|pagamento|zahl(ung|art|weise)|app\b|device"
        ),
    ),
    (
        Base.PSYCHOGRAPHIC,
        re.compile(
            r"like\b|^like|attitude|value|valu|opinion|believe|agree|import(ance|ant)|satisf|prefer|lifestyle|"
            r"interest|motiv|personal|trust|recommend|nps|taste|enjoy|love|care|sustain|organic|fair|quality|"
            r"convenien|adventur|tradition|statement|q\d+|item\d+|score|feel|think|want|need|priority|concern|"
            r"curio|price ?sens|innov"
        ),
    ),
)

_WHOSE = re.compile(
    r"\b(billing|shipping|bill to|ship to|sold to|rechnung|lieferung|facturation|livraison|primary|associated)\b"
)
"""Words that say whose name or address it is, and change nothing of what it is."""

_NO_DATE = r"(?!\d{4}-\d\d-\d\d$|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$)"
_PHONE = re.compile(
    _NO_DATE + r"(?:(?=(?:\D*\d){7,15}\D*$)(?:\+|\(|0)[\d\s()./+-]+|\d{2,5}[-.\s/]\d{2,4}[-.\s]\d{2,6}(?:[-.\s]\d+)*)"
)
_STREET = re.compile(
    r"(?i).*\d.*\b(street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|square|sq|rue|calle|via|plaza|"
    r"quai|allée)\b\.?.*|"
    r"(?i:.*(stra(ss|ß)e|str\.|weg|platz|allee|gasse|straat|laan|gatan|vej|vägen)\s*\d+.*)"
)
_IP_NAME = re.compile(r"\bip( ?v ?[46])?( ?(addr|address|addresse|adresse|adres|number|nummer|hash))?$")
"""The last words of "OPTIN_IP", "Client IP", "Adresse IP", "IPv4 address": what comes behind ("IP rating") speaks of things."""


def squash(name: str) -> str:
    """Return a column's name in small letters without accents, blanks and marks: "Kunden-Nr." becomes "kundennr"."""
    return re.sub(r"[^a-z0-9]", "", spelling.folded(name))


def spaced(name: str) -> str:
    """Return a column's name as small words: "MntFishProducts" becomes "mnt fish products"."""
    return spelling.spaced(name)


def named_role(name: str) -> list[tuple[Role, float]]:
    """Return the roles that a name suggests, the likeliest first."""
    squashed = squash(name)
    return [(role, confidence) for role, pattern, confidence in NAMES if re.fullmatch(pattern, squashed)]


def names_in_numbers(name: str) -> bool:
    """Tell whether a name is so general that only digits in the cells show that it numbers documents."""
    return bool(
        re.fullmatch(r"id|num|number|no|nr|name|ref|reference|document(no|nr|number)?|belegnr|beleg|nummer", squash(name))
    )


def side_money(name: str) -> bool:
    """Tell whether a name means money beside the price of the goods: tax, refunds, discounts, shipping, fees, balances."""
    return bool(_SIDE_MONEY.search(spaced(name)))


def says_date(name: str) -> bool:
    """Tell whether a column's name says that it holds points in time."""
    dated = _DATED.search(spaced(name)) or BIRTH.search(squash(name)) or JOINED.search(squash(name))
    return bool(dated) or any(role is Role.DATE for role, _ in named_role(name))


def named_base(name: str) -> Base | None:
    """Return the segmentation base that a name suggests, or None."""
    text = spaced(name)
    return next((base for base, pattern in _BASES if pattern.search(text)), None)


def tells(name: str, base: Base) -> bool:
    """Tell whether a name has a word of a segmentation base, whatever other words it has."""
    return any(known is base and pattern.search(spaced(name)) for known, pattern in _BASES)


def personal_by_name(name: str) -> bool:
    """Tell whether a column's name announces data about an identifiable person."""
    text = spaced(name)
    plain = squash(_WHOSE.sub(" ", text))
    return bool(_PERSONAL.fullmatch(squash(name)) or _PERSONAL.fullmatch(plain) or _IP_NAME.search(text))


def personal_by_content(examples: tuple[str, ...], name: str = "") -> str:
    """Return what kind of personal data the examples are ("e-mail addresses" …), or an empty text.

    ``name`` is what the column is called.
    """
    if len(examples) < 3:
        return ""
    for what, pattern, share in (("telephone numbers", _PHONE, 0.7), ("street addresses", _STREET, 0.4)):
        if sum(bool(pattern.fullmatch(text)) for text in examples) >= share * len(examples):
            return what
    kind = personal_column(examples, name)
    return "names of people" if kind == NAME else plural(kind) if kind else ""
