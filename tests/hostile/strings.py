"""Two thousand strings that mean harm to something that shows text."""
# ruff: noqa: E501 - what means harm is longer than a line

from random import Random

SIGN = "kwaad"
BENT = (
    # Pages.
    f"<script>{SIGN}()</script>", f"<img src=x onerror={SIGN}()>", f'" onmouseover="{SIGN}()" x="',
    f"' onfocus='{SIGN}()' x='", f"</title><{SIGN}>", f"<svg/onload={SIGN}()>", f"javascript:{SIGN}()",
    "&lt;b&gt;&amp;", "{{ 7*7 }}", "{% debug %}", f"--><{SIGN}>", f"</textarea><{SIGN}>", "<![CDATA[x]]>",
    f"</style><{SIGN}>", f"`{SIGN}`", f"${{{SIGN}}}", f"<a href='//{SIGN}.test'>x</a>", "\\x3cb\\x3e",
    # Typst.
    f'#panic("{SIGN}")', '#read("/etc/passwd")', f"$ {SIGN} $", f"@{SIGN}", f"<{SIGN}>", "*a _b", "```",
    '#import "@preview/x:1.0.0"', f"]#eval(\"{SIGN}\")[", "= Kop", "- punt", "\\u{202e}", "// weg", "/* weg",
    # Word.
    "</w:t></w:r><w:r><w:t>x", "{{ team }}", "{%p if team %}", "<w:altChunk/>", "{{ ''.__class__ }}", "\x0b",
    # Spreadsheets.
    "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "=cmd|'/c calc'!A0", "=HYPERLINK(\"http://x.test\")", "#N/A", "＝1",
    # Headers and calendars.
    f"a\r\nBcc: {SIGN}@x.test", f"a\nX-{SIGN}: 1", f"a\r\n\r\n{SIGN}", "=?utf-8?q?x?=", f"a\nBEGIN:VALARM\nX-{SIGN}:1",
    f";X-{SIGN}=1:", "a\\nb", 'a,b;c:d"', "a\u2028X-b: 1", f'"; filename="{SIGN}.exe', "END:VEVENT",
    # Signs.
    "\u202eabc", "\u2066\u2067abc", "\u200f", "\u200b", "\ufeff", "\u00ad", "\u2060", "\U000e0041", "\0", "\x1b[31m",
    "\x7f", "\x85", "\x9f", "\ud800", "\udfff", "\ud83d", "\uffff", "\U0010ffff", "\ue000", "\ufffd", "\u00a0\u3000",
    # Letters.
    "😀", "👩‍👩‍👧‍👦", "🇳🇱", "e" + "\u0301" * 200, "مرحبا", "שלום", "漢字かな", "สวัสดี", "Ǆ", "İ", "ß", "ﬁ", "𝒜", "Ⅷ", "﷽",
    # What looks like something else.
    "null", "true", "NaN", "1e999", "-0", "0x1", "９", "../../etc/passwd", "CON", "a/b\\c", "%00", "%s%n", "'; DROP--", "%_",
    "http://x.test/?a=b&c=d", "None", "[]", "{}", "\\", "'", '"', "|", "~", "^", "_", "*", "#", "$",
)  # fmt: skip
LONG_WORDS = tuple(
    sign * (5_000 // len(sign)) for sign in ("x", "é", "😀", "W ", "漢", "-", "\u0301", "ab")
)
_AROUND = (
    "{}",
    "a {}",
    "{} b",
    "{0}{0}",
    "Wij leren {} samen.",
    "{}\n{}",
    " {} ",
    "x" * 150 + "{}",
)


def hostile_strings(count: int = 2_000, seed: int = 2026) -> list[str]:
    """Each of the strings by itself first, then inside others, and two of them together."""
    chance = Random(seed)  # noqa: S311 - with a seed
    found = dict.fromkeys((*BENT, *LONG_WORDS))
    while len(found) < count:
        first, second = chance.choice(BENT), chance.choice(BENT)
        around = chance.choice(_AROUND).replace("{0}", "{}")
        text = around.replace("{}", first, 1).replace("{}", second)
        found.setdefault(text)
    return list(found)[:count]
