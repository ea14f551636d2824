"""Streets with the number of a house, and number plates, as the countries of Europe and North America write them."""

import re
from collections.abc import Iterator

from segkit.core.data.personal.spellings import Found

STREET, PLATE = "street address", "number plate"

_W = r"[A-ZÀ-ÖØ-ÞŁŚŻŹĆŁČŠŽŘ][\w'’.-]*"
_SMALL = r"(?:de|del|de la|de las|de los|la|le|les|du|des|d'|do|da|dos|das|di|della|van|der|den|of|the|and|y|e|et)"
_NO = r"\d{1,4}(?:\s?(?:-|/)\s?\d{1,4})?\s?(?:[a-zA-Z]\b)?"
_FIRST = re.compile(  # 12 High Street, 221B Baker St, 12 bis rue de la Paix
    rf"(?<![\w.,%€$£-])(?:\d{{1,5}}[A-Za-z]?(?:\s?-\s?\d{{1,4}})?,?\s(?:(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.?\s)?(?:{_W}\s|\d{{1,3}}(?:st|nd|rd|th)\s){{1,4}}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Square|Sq|Terrace|Ter|Crescent|Cres|Gardens|Gdns|Court|Ct|"
    r"Parkway|Pkwy|Highway|Hwy|Circle|Cir|Close|Mews|Quay|Broadway|Place|Pl|Way|Trail|Grove)\b\.?"
    rf"|\d{{1,4}}\s?(?:bis|ter|quater|[A-Da-d])?,?\s(?:[Rr]ue|[Aa]venue|[Aa]v\.|[Bb]oulevard|[Bb]d|[Bb]lvd|[Pp]lace|[Cc]hemin|[Aa]llée|"
    rf"[Ii]mpasse|[Qq]uai|[Rr]oute|[Cc]ours)\s(?:{_SMALL}\s|[ld][’'])*(?:l[’'])?{_W}(?:[\s-](?:{_SMALL}[\s-])*{_W}){{0,3}}"
    r"|P\.?\s?O\.?\s?Box\s\d+)"
)
_LAST = re.compile(  # Hauptstraße 5, Keizersgracht 12, Storgatan 5, Mannerheimintie 10
    r"(?<![\w])(?:(?:[A-ZÄÖÜÅÆØ][\w.'-]*[\s-]){0,3}[\w'-]*(?:stra(?:ss|ß)e|str\.|(?<=[a-zäöü])weg|(?<=[a-zäöü])platz|(?<=[a-zäöü])allee|"
    r"(?<=[a-z])gasse|(?<=[a-z])ring|(?<=[a-z])damm|(?<=[a-z])ufer|straat|(?<=[a-z])laan|gracht|(?<=[a-z])plein|(?<=[a-z])kade|gatan|"
    r"vägen|(?<=[a-zæøå])vej|gade|(?<=[a-z])veien|(?<=[a-z])gata|katu|(?<=[a-z])tie|utca|(?<=[a-z])gränd|stræde)"
    r"|(?:[A-ZÄÖÜÅÆØŐÚ][\w'-]*[\s-]){1,3}(?:Stra(?:ss|ß)e|Str\.|Weg|Platz|Allee|Gasse|Ring|Damm|Straat|Laan|Plein|gate|vei|väg|utca|"
    rf"út|tér|ulice))\s?{_NO}(?![\w%]|[.,]\d)"
)
_BEFORE = re.compile(  # Calle Mayor 5, Via Roma 12, ul. Długa 5, Rua Augusta 10
    r"(?<![\w])(?:(?:[Cc]alle|C/|[Aa]venida|[Aa]vda\.?|Av\.|[Pp]aseo|[Pp]º|[Pp]laza|[Rr]onda|[Cc]amino|Via|Viale|[Pp]iazza|[Cc]orso|"
    r"[Vv]icolo|[Ll]argo|[Uu]l\.|[Uu]lica|[Aa]l\.|[Aa]leja|[Oo]s\.|[Pp]l\.|[Rr]ua|[Tt]ravessa|[Pp]raça|[Ee]strada|[Rr]ue|[Aa]venue|"
    r"[Bb]oulevard|[Cc]haussée|[Rr]oute|[Cc]hemin)"
    rf"\s?(?:{_SMALL}\s|[ld][’'])*{_W}(?:\s(?:{_SMALL}\s)*{_W}){{0,3}},?\s(?:n[º°.]?\s?|nr\.?\s|No\.?\s?)?{_NO}"
    rf"|(?:Am|An der|Im|Unter den|Auf der|Zum|Zur)\s(?:{_W}\s)?[\w-]*(?:markt|berg|hof|tor|bach|see|wald|rathaus|bahnhof|"
    rf"linden|kirche|mühle|park|brücke|garten|hang|feld|Markt|Berg|Hof|Tor|Bach|See|Wald|Linden|Mühle|Park|Hang)\s{_NO})(?![\w%]|[.,]\d)"
)
_DIGIT = re.compile(r"\d")
_STREETS = re.compile(
    r"stra(?:ss|ß)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|straat|laan|gracht|plein|kade|gatan|v[äe]g|vej|gade|vei|gata?\b|gate|katu|tie\b|"
    r"utca|út|tér|ulic|gränd|stræde|\b(?:street|st|road|rd|ave|avenue|av|lane|ln|drive|dr|boulevard|blvd|bd|square|sq|terrace|ter|"
    r"crescent|cres|gardens|gdns|court|ct|parkway|pkwy|highway|hwy|circle|cir|close|mews|quay|broadway|place|pl|way|trail|grove|rue|"
    r"chemin|allée|impasse|quai|route|cours|box|calle|c/|avenida|avda|paseo|pº|plaza|ronda|camino|via|viale|piazza|corso|vicolo|largo|ul|"
    r"ulica|al|aleja|os|rua|travessa|praça|estrada|chaussée|am|an der|im|unter den|auf der|zum|zur)\b",
    re.IGNORECASE,
)
"""Words without which no address is looked for."""
_L = "A-HJ-NP-TV-Z"
_PLATE = re.compile(
    r"(?<![\w.,/-])(?:"
    r"[A-Z]{2}\d{2} [A-Z]{3}"  # Britain
    rf"|[{_L}]{{2}}-\d{{3}}-[{_L}]{{2}}|[{_L}]{{2}} \d{{3}} ?[{_L}]{{2}}"  # France, Italy
    r"|[A-ZÄÖÜ]{1,3}-[A-ZÄÖÜ]{1,2} \d{1,4}[EH]?"  # Germany
    r"|\d{4}[ -][BCDFGHJKLMNPRSTVWXYZ]{3}"  # Spain
    r"|[BDFGHJKLNPRSTVXZ]{2}-\d{3}-[BDFGHJKLNPRSTVXZ]|[BDFGHJKLNPRSTVXZ]-\d{3}-[BDFGHJKLNPRSTVXZ]{2}"
    r"|\d{1,2}-[BDFGHJKLNPRSTVXZ]{3}-\d{1,2}"
    r"|\d{2}-[BDFGHJKLNPRSTVXZ]{2}-[BDFGHJKLNPRSTVXZ]{2}|[BDFGHJKLNPRSTVXZ]{2}-[BDFGHJKLNPRSTVXZ]{2}-\d{2}"  # the Netherlands
    r"|\d-[A-Z]{3}-\d{3}"  # Belgium
    r"|(?:AG|AI|AR|BE|BL|BS|FR|GE|GL|GR|JU|LU|NE|NW|OW|SG|SH|SO|SZ|TG|TI|UR|VD|VS|ZG|ZH)[ ·]\d{3}[ ']?\d{2,3}"  # Switzerland
    r"|[A-Z]{1,2}-\d{3,5} [A-Z]{1,2}"  # Austria
    r"|[A-Z]{2} \d{2} \d{3}|[A-Z]{3} \d{2}[A-Z]"  # Denmark, Sweden
    r")(?![\w%/-])"
)
_SAID_PLATE = re.compile(
    r"\b(?:plates?|registration|reg|kfz|kennzeichen|immatriculation|targa|matrícula|matricula|kenteken|tablica|nr rej|"
    r"rejestracyjny|regnr|placa|nummerplade|nummerplåt)\b\.?:?\s*(?:no|nr)?\.?:?\s*([A-Z0-9]{1,4}(?:[ -]?[A-Z0-9]{1,5}){1,3})",
    re.IGNORECASE,
)


def found(text: str) -> Iterator[Found]:
    """Return addresses of houses in a text, with their places."""
    if _DIGIT.search(text) and _STREETS.search(text):
        for pattern in (_FIRST, _LAST, _BEFORE):
            yield from ((match.start(), match.end(), STREET) for match in pattern.finditer(text))


def plates(text: str) -> Iterator[Found]:
    """Return number plates in a text, with their places: by their form, which article numbers may have too."""
    if _DIGIT.search(text):
        yield from ((match.start(), match.end(), PLATE) for match in _PLATE.finditer(text))
        for match in _SAID_PLATE.finditer(text):
            if any(sign.isdigit() for sign in match[1]):
                yield match.start(1), match.end(1), PLATE
