"""The words of states: stems in several languages, how they are negated, and what the first rule that fits makes of them.

Patterns are texts: each is made ready when it is first looked for, and most files have no states.
"""

import re
from typing import NamedTuple

from segkit.words.spelling import spaced
from segkit.words.terms import SaleMeaning

SALE, NO_SALE, RETURNED = SaleMeaning.SALE, SaleMeaning.NO_SALE, SaleMeaning.RETURNED

# Stems of folded words (small letters, no accents). A stem without \b stands anywhere: German and Dutch join words.
_PAID = (
    r"\bpaid|(?<!un)(?<!on)bezahlt|beglichen|\bpaye(e|s|es)?\b|\bregle(e|s|es)?\b|pagad[oa]|pagat[oaie]|^pag[oa]s?$|"
    r"betaald\b|cobrad[oa]|"
    r"\bsettled|\bcaptured|\bincass|\beingezogen|\bdeposited|\bbetald|\bbetalt|\bzaplac|\boplac"
)
_DONE = (
    r"complet|abgeschlossen|fertig|erledigt|\btermin[ea]|terminad|voltooid|afgerond|conclui|finaliz|\bdone\b|success|succeed|"
    r"erfolgreich|reussi|"
    r"exitos|riuscit|geslaagd|\bfinished|\bresolved|verbucht|gebucht\b|\bcleared\b|\bclaimed|\bunterschrieben|\bsigned|"
    r"\bactivat|\battended|\bhonou?red|\bchecked (in|out)\b|teilgenommen|\berschienen|presente?\b|\bserved|\bearn(ed)?\b"
)
_GOING = (
    r"proce(ss|sa|so)|bearbeit|in arbeit|\bin progress|en cours|en proceso|lavorazione|in behandeling|verwerk|"
    r"em processamento|em separacao|traitement|"
    r"preparing|preparac|preparation|preparazione|vorbereit|\bactive?\b|\baktiv\b|\bactief\b|\bativ[oa]\b"
)
_AGREED = (
    r"conf[ie]rm|(?<!un)bestatigt|\bbestatigung|bevestigd|\baccept|angenommen|approv|genehmigt|approuv|aprobad|aprovad|"
    r"approvat|goedgekeurd|\bvalid|\bgultig|\bbooked|\breserved|reserviert|"
    r"\bplaced\b|\breceived\b|eingegangen|recibid|\brecu(e|s|es)?\b|ricevut|ontvangen|\bordered\b|bestellt\b"
)
DELIVERED = (
    r"shipp?(ed|ing|ment)\b|\bdispatch|\bdespatch|deliver|versand|versendet|verschickt|geliefert|lieferung|zugestellt|"
    r"zustellung|expedi|envoye|"
    r"\blivr(e|ee|es|ees|aison)\b|\benvi(o|ad[oa]s?)\b|entregad|\bentreg(a|ue)\b|spedi(t|z)|consegn|verzonden|verzending|"
    r"geleverd|\blevert\b|\bevas[oi]\b|bezorgd|fulfill?(ed|ment|ing)?\b|"
    r"\b[ei][nm] transit|unterwegs|\bpick(ed)? ?up|abgeholt|abholung|abholbereit|\bready\b|\bcollected|\bpacked|gepackt|"
    r"pack(ing|ung)|"
    r"ausgeliefert|\bsent\b|retira|\bpartial$|\bstock|\bprinted|\bin production"
)
_BOUGHT = (
    r"\bsales?\b|\bsold\b|purchas|\border\b|\borders\b|\bbought\b|\bcharge\b|\bcharges\b|verkauf|\bkauf\b|einkauf|"
    r"\bventes?\b|\bventas?\b|"
    r"vendit|vendid|\bvendu|verkoop|\bvendas?\b|bestellung|\bbestelling\b|commande|pedido|\bordine\b|encomenda|"
    r"\btransaction$|\bcompras?\b|"
    r"\bachats?\b|acquist|aankoop|donation|\bspende\b|subscription|abonnement"
)
INVOICE = (
    r"invoice|(?<!um)rechnung|factu+r|fattur|fatura|faktur|fakturiert|billed|\breceipt\b|quittung|kassenbon|\bbon\b|"
    r"\bscontrino|\btique|\bticket\b"
)
DELIVERY_NOTE = (
    r"lieferschein|delivery note|packing slip|\bbon de livraison|\balbaran|documento di trasporto|\bddt\b|pakbon|\bremito|"
    r"guia de (remessa|transporte)"
)
PAYMENT = (
    r"payment|zahlung|paiement|\bpagos?\b|pagament|betaling|versement|uberweisung erhalten|zahlungseingang|\bincasso|"
    r"\bcobros?\b|recebiment"
)
WON = r"\bwon\b|closedwon|gewonnen|\bgagne|\bganad[oa]|\bvint[oa]\b|\bganh[oa]"
_BACK = (
    r"refund|\breturn(ed|s)?\b|\breturning (to|from)|\brto$|^rto\b|charge ?back|charged back|\brevers(ed|al|als)\b|"
    r"ruck(erstatt|zahl|gabe|send|buch|belast|lastschrift|lauf|nahme)|"
    r"zuruck(gegeben|gesen|gesand|gezahl|erstatt|gebuch|geschick|genommen|gezogen)|erstatt|gutschrift|gutgeschrieben|retour|"
    r"rembours|devol|devuelt|"
    r"reembols|rimbors|\bresi?\b|\breso\b|\bresa\b|storno ?rechnung|terugbeta|terugge|teruggave|creditnota|"
    r"credit (note|memo)|creditering|"
    r"note de credit|\bavoirs?\b|nota de credito|nota di credito|nota credito|\breintegr|\babono\b|restitu|estorn|\brma\b|"
    r"restocked|moneyback|"
    r"\bzwro[ct]|\bretur|aterbetal|tilbagebetal|\bpalaut|money back|taken back"
)
_CANCELLED = (
    r"cancel|\bvoid|storn|abgebrochen|abbruch|widerruf|\bannull?|annul|\banulad|\banulow|\banulac|geannul|makuler|avbrut|"
    r"avbest|kanse?ll|"
    r"\bperu+t|\bsuppress|afgezegd|rescind|terminated|called off|abgesagt|zuruckgezogen|\bresiliat|\bwithdrawn"
)
_REFUSED = (
    r"declin|\breject|refus|denied|abgelehnt|abgewiesen|verweiger|rechaz|rifiut|rejeit|recusad|negad[oa]|denegad|afgewezen|"
    r"geweigerd|disapproved"
)
_DEAD = (
    rf"{_REFUSED}|\bfail|fehlgeschlag|\bfehler|gescheitert|\bechou|\bechec|fallid|\bfallit[oa]|mislukt|\bfalh(ou|a|ad[oa])\b|"
    rf"malsuced|malogr|"
    r"\berror|\berreur|\bblocked|fraud|betrug|expir|abgelaufen|verfallen|verlopen\b|\bscadut|caduc|abandon|abbandon|verlaten|"
    r"draft|entwurf|"
    r"brouillon|borrador|^test$|\bbozz[ae]|^concept$|rascunho|\btrash|papierkorb|\bdeleted|geloscht|supprim|eliminad|eliminat|"
    r"verwijderd|"
    r"\bquot(e|es|ation|ed)\b|\bestimates?\b|angebot|voranschlag|\bdevis\b|presupuest|preventiv[oi]|offerte|orcamento|"
    r"pro ?forma|proposal|\blost\b|closedlost|verloren\b|"
    r"\bperd(u|id[oa])|\bpers[oa]\b|uncollect|\buneinbring|written off|ausgebucht|abgeschrieben|\bbounced|\bdamaged|"
    r"\bdisqualif|\bunqualif|\bno ?show|\bno presentad|nicht erschienen|"
    r"\babwesend|non presentat|\bniet verschenen|\babsent\b|nicht angetreten|did not (attend|show|come)|"
    r"\bsuspended|\bineligible|\binvalid|ungultig|\btimed? ?out|\bnicht zustande|\brisk\b|insuffic"
)
_WAITING = (
    r"pending|ausstehend|en attente|pendient|\bin attesa|afwachting|\bpendent|aguard|warte(n|t)?\b|wartend|wachten|"
    r"wacht(end)? op|awaiting|\bwaiting|"
    r"\bunder review|vorgemerkt|angehalten|oczek|\bvantar|\bvantande|\bafventer|requires|\bincomplete|unvollst|incomplet|"
    r"\bwait(ing)? ?list|warteliste|\bpast due|to be paid|\bto pay\b|"
    r"\ba payer|zu zahlen|zu bezahlen|por pagar|da pagare|te betalen|\ba pagar\b|\bpaused"
)
HOLD = (
    r"\bon hold|\bonhold|\bhold(ed)?\b|\bheld\b|einbehalt|wartestellung|zuruckgestellt|gehalten|\bgesperrt|en espera|"
    r"in sospeso|\bsospes[oa]|in de wacht|"
    r"\bem espera|\bwstrzym|\bpausiert"
)
_ASKED = (
    r"request|angefordert|beantragt|demand|solicit|richiest|aangevraagd|pedido de|initiated|eingeleitet|\bopened\b|"
    r"\bscheduled|\bto be\b|approved|"
    r"angekundigt|\bissued label|label"
)
_PARTLY = (
    r"\bpart(ly|s|ial|ially|iell|iellement)?\b|\bpart(ial|iel|izial)|\bparc|\bparz|\bteil|\bgedeelte|\bdeels|\bdelvis|"
    r"\bczesc|\bin part"
)
EVENT = (
    r"\bview|\bcarts?\b|cart$|click|\bclic|impression|wish ?list|\bpage|\bscroll|\bsession|\bsearch|\bbrows|\blogin|"
    r"\bsign ?up|\bvisit|\bbasket|"
    r"warenkorb|\bpanier|\bcarrito|\bcarrello|winkelwagen|carrinho|\bcheckout|\bansicht|angesehen|\bgeklickt|\binstall|"
    r"\bunsubscrib|\bfavo|"
    r"\bbookmark|\bopen(ed)? email|\bemail (open|sent)|\bvue\b|\bvist[oa]\b|\bbekeken|\bvisualiz|\blead\b|\bregister"
)
TIP = r"^tips?$|trinkgeld|pourboire|propina|mancia|\bfooi|gorjeta|^gratuit"
NO_GOODS = (
    r"\bfees?\b|gebuhr|\bfrais\b|comision|commission|provision|\bkosten\b|\btarif[fa]\b|\btaxa\b|pay ?outs?\b|auszahl|"
    r"transfer|ubertrag|uberweis|"
    r"withdraw|abbuchung|retiro|retrait|prelievo|opname|saque|conversion|umrechnung|umbuchung|\bdeposit|einzahl|\badjust|"
    r"anpassung|\btop ?up|\btax(es)?\b|"
    r"\bsteuer|\bvat\b|redeem|redemption|einlos|eingelost|canje|riscatt|ingewissel|inwissel|resgat|\bburn|bankgutschrift|"
    r"kontobewegung|"
    r"settlement|journal|\bexpense|\bbill\b|purchase order|\breserve|shipping label|marketing|\bads\b|subsid|interest\b|"
    r"\bpayroll|\bloan|"
    rf"statement|\bopening balance|\binventory|{TIP}"
)
_DOUBT_NO = (
    r"^(still )?open$|\bopen (invoice|payment)|(payment|invoice) open|\boffene?n?r?\b|\bouvert[es]?|\babiert[oa]|"
    r"\bapert[oaei]|\bopenstaand|\babert[oa]|"
    r"\bem aberto|overdue|uberfallig|en retard|vencid|scaduto|achterstallig|\breminded|erinnert|gemahnt|mahnung|"
    r"payment review|\bunder review|"
    r"\breview$|submitted|\bunfulfillable|\bprospect|qualif|negotiat|\btrial|\bprobe|\bunclaimed|nicht eingefordert|"
    r"unconfirmed|unbestatigt|tentative|\boption"
)
_DOUBT_YES = (
    r"^new$|^neu$|^nouveau|^nuev[oa]$|^nuov[oa]$|^nieuw$|^nov[oa]$|\bclosed\b|\bgeschlossen|\bferme|\bcerrad|\bchius|"
    r"gesloten|\bfechad|authori|autoris|autoriz|disput|\bcreated|angelegt|\bcreat[oai]|\bcread[oa]|\bcriad[oa]|scheduled|"
    r"geplant|exchang|umtausch|back ?order|claim"
)

_NOT = re.compile(
    r"\b(?:not|no|non|nicht|kein[en]*|niet|geen|nao|pas|sin|sans|ohne|without|never|nie|nunca|jamais|ikke|inte)"
    r""
    r"((?: (?:yet|been|be|being|fully|noch|encore|ancora|ainda|aun|todavia|nog|vollstandig|completely|ete|est|esta|stato|"
    r"gewor?den))*) (\w+)"
)
_UN = re.compile(
    r""
    r"\b(?:un|non|nicht|in|im|on|im?)(paid|bezahlt|beglichen|settled|captured|success\w*|paye(?:e|s|es)?|pagad[oa]|pagat[oa]|betaald|fulfill?ed|shipped|"
    r"delivered|dispatched|versandt|versendet|geliefert|verzonden|completed?)\b"
)
_UNPAID, _UNSENT, _KEPT = "unpaid", "unsent", "kept"

_SOLD = f"{_PAID}|{_DONE}|{_GOING}|{_AGREED}|{DELIVERED}|{_BOUGHT}|{INVOICE}|{PAYMENT}|{WON}|{_UNSENT}|\\b{_KEPT}\\b"
_UNPAID_WORDS = rf"\b{_UNPAID}\b|\bimpay|impagad|insolut|onbetaald|zahlungsverzug|zahlungserinnerung|rucklastschrift offen"


class Rule(NamedTuple):
    """What a state says whose words fit the pattern, whether that is sure, and whether the order was called off."""

    pattern: str
    meaning: SaleMeaning
    sure: bool = True
    cancelled: bool = False


def _both(one: str, other: str) -> str:
    """Return a pattern of texts that have a word of each kind, in whatever order."""
    return rf"^(?=.*(?:{one}))(?=.*(?:{other}))"


def _without(wanted: str, lacking: str) -> str:
    """Return a pattern of texts that have a word of one kind and none of the other."""
    return rf"^(?=.*(?:{wanted}))(?!.*(?:{lacking}))"


_BACK_NOUN = r"(?:refund|return|reversal|charge ?back|erstattung|ruckgabe|retoure|remboursement|reembolso|rimborso|dispute)"
RULES = (
    Rule(rf"cancell?(ed|ation)? (?:of )?{_BACK_NOUN}\b", SALE),  # "Canceled_Reversal": the money came back to the shop
    Rule(rf"\b{_BACK_NOUN} (?:request )?(?:was |is )?(?:{_REFUSED}|cancel|fail)", SALE, sure=False),
    Rule(_both(_PARTLY, f"{_BACK}|{_CANCELLED}"), SALE, sure=False),
    Rule(_both(_BACK, "bankgutschrift"), NO_SALE),
    Rule(_both(_BACK, f"{_WAITING}|{_ASKED}"), RETURNED, sure=False),
    Rule(_BACK, RETURNED),
    Rule(_both(_CANCELLED, f"{_WAITING}|{_ASKED}"), NO_SALE, sure=False, cancelled=True),
    Rule(_CANCELLED, NO_SALE, cancelled=True),
    Rule(_both(_DEAD, DELIVERED), NO_SALE, sure=False),  # the parcel failed, which is not the payment
    Rule(_DEAD, NO_SALE),
    Rule(_both(_PARTLY, f"{_PAID}|{_UNPAID_WORDS}"), SALE, sure=False),
    Rule(_UNPAID_WORDS, NO_SALE),
    Rule(_both(f"{_WAITING}|{HOLD}|{_DOUBT_NO}|^delivery open", f"{DELIVERED}|{_UNSENT}"), SALE),
    Rule(
        _both(r"\bpaid|bezahlt|\bpayee?s?\b|pagad|pagat|betaald|complet|abgeschlossen", f"{_WAITING}|{HOLD}"), SALE, sure=False
    ),
    Rule(rf"{_WAITING}|{HOLD}", NO_SALE),
    Rule(_without(EVENT, f"{_SOLD}"), NO_SALE),
    Rule(_without(NO_GOODS, f"{_PAID}|{INVOICE}"), NO_SALE),
    Rule(_DOUBT_NO, NO_SALE, sure=False),
    Rule(WON, SALE),
    Rule(_DOUBT_YES, SALE, sure=False),
    Rule(_SOLD, SALE),
)
"""The first rule whose pattern is found tells what a state says."""

PARTLY_BACK = _both(_PARTLY, _BACK)
DRAFT = r"draft|entwurf|brouillon|borrador|\bbozz[ae]|^concept$|rascunho|awaiting approval|\bsubmitted"
UNPAID = rf"(?=.*({PAYMENT}|{_PAID}|\b{_UNPAID}\b))({_WAITING}|{_UNPAID_WORDS})"
"""Words of invoices that are written, and of those that are sent and not paid yet."""

KIND_NAME = r"\b(type|typ|art|kind|tipo|soort|category|kategorie|categorie|categoria)$|(zeilen|positions|posten)(art|typ)$"
MONEY_TALK = f"{_PAID}|{PAYMENT}|{_UNPAID_WORDS}|{_DEAD}|refund|erstatt|rembours|reembols|rimbors|financ|zahl"
"""Words by which a column of states speaks of money that came, or failed to come."""

STATE_NAME = (
    r"stat(us|e|ut|uts)\b|\bestado|\bstato\b|\bstage|zustand\b|\bphase|\bevent|\baction\b|\b(transaction|document|doc) type\b|"
    r"\b(beleg|vorgangs|dokument)art\b|vorgang|\bbuchungsart|\bmovement\b"
)
DELIVERY_NAME = (
    r"fulfil|\bshipping|\bshipment|deliver|liefer|versand|livraison|\benvio|spedizione|consegna|verzend|bezorg|entrega"
)
NAMED_STATES = (
    f"{_BACK}|{_CANCELLED}|{_PAID}|{_UNPAID_WORDS}|{_WAITING}|{HOLD}|\\b(draft|deleted|failed|expired|lost|test|valid|invalid|"
    "entwurf|gelosch|ungultig|gultig|brouillon|borrador|bozza)"
)
NOT_A_STATE = (
    r"customer (type|group|status)|marital|familienstand|payment (method|type|means)|method|\bfrequency|newsletter|country|"
    r"region|\b(qty|quantity|units|pieces|menge|anzahl|stuck|quantite|cantidad|aantal|count|number of)\b"
)
TRUE = {"yes", "true", "y", "1", "x", "ja", "oui", "si", "sim", "wahr", "vrai", "verdadero", "vero", "waar", "verdadeiro", "t"}
FALSE = {"no", "false", "n", "0", "nein", "non", "nao", "nee", "falsch", "faux", "falso", "onwaar", "f"}


def plain(text: str) -> str:
    """Return a state as small words, its negations turned into words of their own: "noch nicht bezahlt" becomes "noch unpaid".

    Examples
    --------
    >>> plain("wc-on-hold"), plain("Nicht bezahlt"), plain("not returned")
    ('on hold', 'unpaid', 'kept')
    """
    words = re.sub(r"^wc (?=\w)", "", spaced(text))
    words = _UN.sub(lambda found: _negated(found[1], found[0]), words)
    return _NOT.sub(lambda found: _negated(found[2], found[0]), words)


def _negated(word: str, whole: str) -> str:
    """Return one word for a negated one; what is not known stays as it was written."""
    if re.search(rf"{DELIVERED}", word):
        return _UNSENT
    if re.search(rf"{_BACK}|{_CANCELLED}|{_DEAD}|{_WAITING}", word):
        return _KEPT
    if re.search(rf"{_PAID}|{_DONE}|{_AGREED}|{PAYMENT}|zahl|pagar|payer|betalen", word):
        return _UNPAID
    return whole
