"""Words of agreement, frequency, satisfaction and importance in seven languages, and the scores that they stand for."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

_SCALES: Mapping[str, Mapping[int, str]] = {
    "agreement": {
        -3: "strongly disagree|disagree strongly|completely disagree|totally disagree|fully disagree|do not agree at all|"
        "not at all|stimme uberhaupt nicht zu|stimme gar nicht zu|trifft uberhaupt nicht zu|trifft gar nicht zu|"
        "lehne voll ab|pas du tout d accord|tout a fait en desaccord|fortement en desaccord|totalmente en desacuerdo|"
        "muy en desacuerdo|completamente en desacuerdo|fortemente in disaccordo|completamente in disaccordo|"
        "totalmente in disaccordo|per niente d accordo|helemaal mee oneens|helemaal niet mee eens|zeer mee oneens|"
        "sterk mee oneens|discordo totalmente|discordo completamente|discordo fortemente",
        -2: "stimme nicht zu|trifft nicht zu|disagree|lehne ab|en desaccord|pas d accord|en desacuerdo|in disaccordo|"
        "non sono d accordo|mee oneens|niet mee eens|oneens|discordo",
        -1: "somewhat disagree|rather disagree|slightly disagree|mildly disagree|tend to disagree|rather not|"
        "stimme eher nicht zu|trifft eher nicht zu|plutot pas d accord|plutot en desaccord|algo en desacuerdo|"
        "mas bien en desacuerdo|abbastanza in disaccordo|parzialmente in disaccordo|poco d accordo|"
        "enigszins mee oneens|een beetje mee oneens|eerder oneens|discordo parcialmente|discordo em parte",
        0: "neither agree nor disagree|neither disagree nor agree|neither|neutral|undecided|neither nor|teils teils|"
        "weder noch|weder noch zustimmung|unentschieden|ni d accord ni pas d accord|ni en desaccord ni d accord|"
        "ni d accord ni en desaccord|neutre|ni de acuerdo ni en desacuerdo|ni en desacuerdo ni de acuerdo|"
        "indiferente|ne d accordo ne in disaccordo|neutrale|indeciso|noch mee eens noch mee oneens|"
        "niet mee eens en niet mee oneens|niet mee eens niet mee oneens|neutraal|nem concordo nem discordo|"
        "nao concordo nem discordo|neutro",
        1: "somewhat agree|rather agree|slightly agree|mildly agree|tend to agree|stimme eher zu|trifft eher zu|"
        "plutot d accord|algo de acuerdo|mas bien de acuerdo|abbastanza d accordo|parzialmente d accordo|"
        "enigszins mee eens|een beetje mee eens|eerder eens|concordo parcialmente|concordo em parte",
        2: "agree|stimme zu|trifft zu|d accord|de acuerdo|d accordo|sono d accordo|mee eens|eens|concordo",
        3: "strongly agree|agree strongly|completely agree|totally agree|fully agree|stimme voll zu|"
        "stimme voll und ganz zu|stimme vollig zu|stimme sehr zu|stimme vollkommen zu|stimme stark zu|trifft voll zu|"
        "trifft voll und ganz zu|trifft genau zu|tout a fait d accord|fortement d accord|totalement d accord|"
        "totalmente de acuerdo|muy de acuerdo|completamente de acuerdo|fortemente d accordo|completamente d accordo|"
        "totalmente d accordo|molto d accordo|helemaal mee eens|zeer mee eens|sterk mee eens|volledig mee eens|"
        "concordo totalmente|concordo completamente|concordo fortemente",
    },
    "frequency": {
        -3: "never|nie|niemals|jamais|nunca|mai|nooit",
        -2: "rarely|seldom|hardly ever|almost never|selten|rarement|raramente|rara vez|raras veces|casi nunca|quasi mai|"
        "zelden|quase nunca|fast nie",
        -1: "occasionally|once in a while|gelegentlich|hin und wieder|occasionnellement|de temps en temps|ocasionalmente|"
        "de vez en cuando|occasionalmente|ogni tanto|af en toe|de vez em quando",
        0: "sometimes|about half the time|manchmal|ab und zu|parfois|quelquefois|a veces|algunas veces|a volte|"
        "qualche volta|soms|as vezes|algumas vezes",
        1: "often|frequently|oft|haufig|souvent|frequemment|a menudo|frecuentemente|con frecuencia|spesso|"
        "frequentemente|vaak|regelmatig|muitas vezes|com frequencia",
        2: "usually|very often|mostly|most of the time|almost always|sehr oft|meistens|meist|fast immer|tres souvent|"
        "la plupart du temps|presque toujours|muy a menudo|casi siempre|generalmente|molto spesso|di solito|"
        "quasi sempre|heel vaak|zeer vaak|meestal|bijna altijd|muito frequentemente|geralmente|quase sempre",
        3: "always|every time|immer|jedes mal|toujours|siempre|sempre|altijd",
    },
    "satisfaction": {
        -3: "very dissatisfied|extremely dissatisfied|very unsatisfied|completely dissatisfied|sehr unzufrieden|"
        "tres insatisfait|tres insatisfaite|pas du tout satisfait|muy insatisfecho|molto insoddisfatto|"
        "molto insoddisfatta|zeer ontevreden|muito insatisfeito",
        -2: "dissatisfied|unsatisfied|unzufrieden|insatisfait|insatisfaite|insatisfecho|insoddisfatto|insoddisfatta|"
        "ontevreden|insatisfeito",
        -1: "somewhat dissatisfied|slightly dissatisfied|rather dissatisfied|eher unzufrieden|plutot insatisfait|"
        "algo insatisfecho|abbastanza insoddisfatto|enigszins ontevreden|um pouco insatisfeito|pouco satisfeito",
        0: "neither satisfied nor dissatisfied|neutral|neither|teils teils|weder noch|weder zufrieden noch unzufrieden|"
        "ni satisfait ni insatisfait|neutre|ni satisfecho ni insatisfecho|ne soddisfatto ne insoddisfatto|neutrale|"
        "noch tevreden noch ontevreden|niet tevreden niet ontevreden|neutraal|nem satisfeito nem insatisfeito|neutro",
        1: "somewhat satisfied|slightly satisfied|rather satisfied|eher zufrieden|plutot satisfait|algo satisfecho|"
        "abbastanza soddisfatto|enigszins tevreden|um pouco satisfeito",
        2: "satisfied|zufrieden|satisfait|satisfaite|satisfecho|soddisfatto|soddisfatta|tevreden|satisfeito",
        3: "very satisfied|extremely satisfied|completely satisfied|sehr zufrieden|tres satisfait|tres satisfaite|"
        "muy satisfecho|molto soddisfatto|molto soddisfatta|zeer tevreden|muito satisfeito",
    },
    "importance": {
        -3: "not at all important|not important at all|completely unimportant|uberhaupt nicht wichtig|gar nicht wichtig|"
        "vollig unwichtig|unwichtig|unimportant|not important|pas du tout important|nada importante|"
        "per niente importante|helemaal niet belangrijk|onbelangrijk",
        -2: "slightly important|of little importance|low importance|not very important|weniger wichtig|eher unwichtig|"
        "peu important|poco importante|minder belangrijk|weinig belangrijk|pouco importante",
        0: "moderately important|neutral|somewhat important|neither important nor unimportant|mittel|teils teils|"
        "mittelmassig wichtig|moyennement important|moderadamente importante|mediamente importante|neutraal|"
        "redelijk belangrijk|enigszins belangrijk|medianamente importante|mais ou menos importante",
        1: "rather important|fairly important|eher wichtig|plutot important|bastante importante|abbastanza importante|"
        "vrij belangrijk",
        2: "important|wichtig|importante|belangrijk",
        3: "very important|sehr wichtig|tres important|muy importante|molto importante|zeer belangrijk|heel belangrijk|"
        "muito importante",
        4: "extremely important|extrem wichtig|ausserst wichtig|extremement important|extremadamente importante|"
        "estremamente importante|uiterst belangrijk|extremamente importante",
    },
}  # fmt: skip
"""By family and degree: the lower below zero, the farther out the larger; 3 or more is an end. The English wordings follow
Vagias 2006, *Likert-type scale response anchors*, the others their translations."""

_LABELLED = re.compile(r"^\(?(\d{1,2})\)?\s*[-–—:.=)]\s*(\D.*)$|^(\D.*?)\s*[-–—:=(\[]\s*(\d{1,2})[)\]]?$")


def plain(text: str) -> str:
    """Return a wording in small letters without accents and marks.

    >>> plain("Plutôt d'accord ")
    'plutot d accord'
    """
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c)).replace("ß", "ss")
    return " ".join(re.sub(r"[^\w]+", " ", text).split())


_DEGREES = {
    family: {wording: degree for degree, words in degrees.items() for wording in words.split("|")}
    for family, degrees in _SCALES.items()
}


_NO_ANSWER = {
    "don t know", "do not know", "not applicable", "n a", "not sure", "no answer", "prefer not to say", "no opinion",
    "weiss nicht", "weiss ich nicht", "keine angabe", "kann ich nicht beurteilen",
    "k a", "ne sait pas",
    "je ne sais pas", "sans avis", "non concerne", "no se", "no sabe", "no aplica", "no contesta",
    "non so", "non applicabile", "weet niet", "weet ik niet",
    "niet van toepassing", "nao sei", "nao se aplica",
}  # fmt: skip


def no_answer(text: str) -> bool:
    """Tell whether an answer says that there is none ("I don't know", "keine Angabe")."""
    return re.sub(r"^i (?=don t|do not)", "", plain(text)) in _NO_ANSWER


def family_of(answers: Collection[str]) -> str:
    """Return the scale to which all answers of a question belong, or an empty text."""
    bare = {plain(_words(answer)) for answer in answers if not no_answer(answer)}
    for family, degrees in _DEGREES.items():
        found = {degrees[one] for one in bare if one in degrees}
        if bare <= degrees.keys() and len(found) >= 2:
            return family
    return ""


def score_answers(items: Iterable[Collection[str]]) -> dict[str, int]:
    """Score the wordings of items that share one scale: from 1 to 5, or to 7 where seven degrees are in use.

    Parameters
    ----------
    items : iterable of collection of str
        The different answers to each item; all of one family.

    Returns
    -------
    dict of str to int
        Score of each answer, as written.
    """
    answers = sorted({answer for item in items for answer in item if not no_answer(answer)})
    family = family_of(answers)
    if not family:
        return {}
    degree = {answer: _DEGREES[family][plain(_words(answer))] for answer in answers}
    low, high = ({abs(d) for d in degree.values() if d * side > 0} for side in (-1, 1))
    if family in ("agreement", "satisfaction"):  # both sides are worded alike
        low = high = low | high
    top = 3 if max(len(low), len(high)) >= 3 else 2
    places = {d: _place(d, high, top) if d > 0 else -_place(-d, low, top) for d in degree.values() if d}
    return {answer: 1 + top + places.get(d, 0) for answer, d in degree.items()}


def _place(degree: int, used: Collection[int], top: int) -> int:
    """Return how far from the middle a degree lies, from 1 to ``top``, among those in use on its side."""
    if len(used) >= top:
        return min(top, 1 + sorted(used).index(degree))
    return top if degree >= 3 else min(degree, top - 1)


def agreement_score(answer: str) -> int | None:
    """Score how far somebody agrees with a statement from 1 to 5, a number before the words left out; None for other words.

    Examples
    --------
    >>> agreement_score("4 - agree"), agreement_score("stimme eher nicht zu"), agreement_score("often")
    (4, 2, None)
    """
    degree = _DEGREES["agreement"].get(re.sub(r"^\d+ ", "", plain(answer)))
    return None if degree is None else {-3: 1, -2: 2, -1: 2, 0: 3, 1: 4, 2: 4, 3: 5}[degree]


def labelled_scores(answers: Collection[str]) -> dict[str, int]:
    """Score answers such as "1 - Never", "2", "5 (always)" by their number; empty where a number is not a degree.

    The numbers of a mere list ("1. Berlin", "2. Paris") are none: an end has a word of a scale, or the numbers between have
    no word.
    """
    found: dict[str, int] = {}
    worded = 0
    for answer in answers:
        text = answer.strip()
        match = _LABELLED.match(text)
        if match:
            found[answer] = int(match[1] or match[4])
            worded += 1
        elif re.fullmatch(r"\d{1,2}", text):
            found[answer] = int(text)
    if len(found) < len(answers) or not worded or len(set(found.values())) < 2 or max(found.values()) > 11:
        return {}
    known = any(plain(_words(answer)) in degrees for answer in answers for degrees in _DEGREES.values())
    return found if known or worded <= 3 < len(found) else {}


def _words(answer: str) -> str:
    """Return an answer without the number before or behind it."""
    match = _LABELLED.match(answer.strip())
    return (match[2] or match[3]) if match else answer
