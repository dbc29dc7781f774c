"""People's names without contacts: finds and removes telephones, mailboxes, profiles and logins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from hromada.domain.lazy_regex import lazy_compile

# `name@host`, `mailto:name@host`, `name [at] host.ua`; with blanks around `@` only before a domain with a dot:
# «Кафе @ парк» is a name.
_AT = r"(?:[@\uff20]|&(?:\#64|\#x40|commat);|[\[({<](?:at|ет|собака)[\])}>])"
_DOT = r"(?:\.|[ ]?[\[({<](?:dot|крапка)[\])}>][ ]?)"
_MAIL = lazy_compile(
    rf"(?<![\w.+-])(?:mailto:)?(?P<name>[\w.+-]++)(?P<host>{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,5}}"
    rf"|(?:[ \u00a0]?{_AT}[ \u00a0]?|[ ](?:at|собака)[ ])[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,5}})",
    re.IGNORECASE,
)

# A number with a country, network or town code is known by its shape: the count of digits, a zero and a digit above two.
_BETWEEN = r"[ \t\u00a0\u2007\u2009\u202f()./\u2010-\u2015\u2212-]{0,3}"
_NATIONAL = rf"0{_BETWEEN}[3-9](?:{_BETWEEN}\d){{7,8}}"
_DAY = r"\d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?!\d)"
_PHONE = lazy_compile(
    rf"(?<![0-9A-Za-z_+])(?!{_DAY})(?:"
    rf"\+{_BETWEEN}[1-9](?:{_BETWEEN}\d){{8,13}}"
    rf"|(?:00{_BETWEEN})?3{_BETWEEN}8{_BETWEEN}0(?:{_BETWEEN}\d){{9}}"
    rf"|(?<!\d[./-])(?:8{_BETWEEN})?{_NATIONAL}(?:/\d{{1,4}})?"
    r"|(?<!\d[ ./-])(?P<short>"  # of the same town, «63-12-34»; of a mobile network without the zero
    r"[1-9]\d{0,2}(?P<dash>[\u2010-\u2015-])\d\d(?P=dash)\d\d|[1-9]\d{1,2}(?P<blank>[ \u00a0])\d\d(?P=blank)\d\d"
    r"|(?:39|50|63|66|67|68|7[357]|9[1-9])[ )\u00a0-]{1,2}\d{3}[ \u00a0-]?\d\d[ \u00a0-]?\d\d)(?![./\u2010-\u2015-]\w)"
    r")(?![0-9A-Za-z_])"
)
_PAPER = lazy_compile(r"(?:№|#|\bN[o°º]?\.?)[ \u00a0]?$", re.IGNORECASE)
_MOBILE = lazy_compile(r"0(?:39|50|63|66|67|68|7[357]|9[1-9])")
# Fewer digits are a telephone after a label.
_CALLS = r"тел(?:ефони?|еф)?|моб(?:ільний)?|факс|вайбер|phone|tel|mob|fax|viber|whatsapp|[☎📞📱]\ufe0f?"
_CALLED = lazy_compile(
    rf"(?<!\w)(?:(?:{_CALLS})|(?P<vague>т))[ \u00a0]?[.:/]{{0,3}}[ \u00a0]?(?:№[ ]?)?(?!{_DAY})"
    rf"(?P<number>\(?\+?\d(?:{_BETWEEN}\d){{2,14}})(?!\w)",
    re.IGNORECASE,
)
_LABEL = lazy_compile(
    rf"(?<!\w)(?:{_CALLS}|т|конт(?:акти?)?|e-?mail|mail|ел(?:ектронна|\.)?[ ]?пошта|ел\.[ ]?адреса|пошта"
    r"|telegram|телеграм|tg|тг|facebook|fb|фб|instagram|інстаграм)[ \u00a0]?[.:№/]{0,3}[ \u00a0]?$",
    re.IGNORECASE,
)
_LONGEST_LABEL = 30

# Profiles at networks, removed too.
_PROFILE = lazy_compile(
    r"(?:https?://|www\.)[^\s<>()\[\],;]+"
    r"|(?<![\w.@])(?:t\.me|telegram\.me|(?:m\.)?facebook\.com|fb\.com|instagram\.com|x\.com|twitter\.com)/[^\s<>()\[\],;]+"
    r"|(?<![\w.])@[A-Za-z0-9_][A-Za-z0-9_.@-]*",
    re.IGNORECASE,
)
_PARTED = lazy_compile(r"\([^()]*\)|\[[^\[\]]*\]|(?P<sign>[;,])")
_BRACKETS = lazy_compile(r"[(\[<{][\s,;/|]*[)\]>}]")
_IN_BRACKETS = lazy_compile(r"[(\[](?P<name>[^()\[\]]+)[)\]]")
# Lower case without blanks; letters with digits or underscores; «Olena.Zrazkova», but not «O.Zrazkova».
_LOGIN = lazy_compile(
    r"(?=[0-9._/-]*[a-z])[a-z0-9._/-]++|(?=[A-Z0-9_]*[a-z])(?=[A-Za-z]*[0-9_])\w++|[A-Za-z]{2,}+\.[A-Za-z.]{2,}+",
    re.ASCII,
)
_NOBODY = frozenset(
    {"unknown", "anonymous", "admin", "administrator", "user", "root", "webmaster", "noreply", "no-reply", "none", "null",
     "адмін", "адміністратор", "невідомо"}
)  # fmt: skip
_ENDS = " \u00a0–—-/|<>:.,;"


class Contact(NamedTuple):
    """A telephone or a mailbox and its offsets in a text; of a mailbox also its name, and the host with `@`."""

    start: int
    end: int
    text: str
    name: str = ""
    host: str = ""


def find_contacts(text: str) -> list[Contact]:
    """The telephones and mailboxes in a text; dates, years and document numbers are none."""
    contacts = [
        Contact(match.start(), match.end(), match[0], match["name"], match["host"]) for match in _MAIL.finditer(text)
    ]
    rest = _MAIL.sub(_fill, text)
    contacts += (_with_brackets(text, *match.span()) for match in _PHONE.finditer(rest) if _is_phone(match))
    rest = _PHONE.sub(lambda match: _fill(match) if _is_phone(match) else match[0], rest)
    contacts += (_with_brackets(text, *match.span("number")) for match in _CALLED.finditer(rest) if _is_called(match))
    return sorted(contacts)


def _fill(match: re.Match[str]) -> str:
    """Characters that belong to no number, as many as matched."""
    return "\n" * len(match[0])


def _is_phone(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 5) : match.start()]
    if not _PAPER.search(before):
        return True
    digits = "".join(filter(str.isdigit, match[0]))
    return match["short"] is None and (digits[0] != "0" or bool(_MOBILE.match(digits)))


def _is_called(match: re.Match[str]) -> bool:
    """«т. 12» may be a volume."""
    return match["vague"] is None or sum(map(str.isdigit, match["number"])) > 4


def _with_brackets(text: str, start: int, end: int) -> Contact:
    """The contact including the bracket of «(050) 123-45-67», but not that of «(050 123 45 67)»."""
    digits = text[start:end]
    opened = digits.count("(") - digits.count(")")
    if opened > 0 and digits.startswith("("):
        start += 1
    elif opened > 0 and text.startswith(")", end):
        end += 1
    elif opened < 0 and text.startswith("(", start - 1, start):
        start -= 1
    return Contact(start, end, text[start:end])


def strip_contacts(written: str) -> str:
    """The names of people in a program's author field; empty where it is only a mailbox or a login."""
    text = unescape_entities(written)
    names = [name for name in map(_name_part, _split_parts(text)) if name]
    if len(names) > 1 and find_contacts(text):  # «тел. 63-12-34, 35»
        names = [name for name in names if _has_letters(name)]
    return ", ".join(names) if any(map(_has_letters, names)) else ""


def unescape_entities(written: str) -> str:
    """The text with HTML entities replaced, twice, since some programs escape twice."""
    return unescape(unescape(written))


def _split_parts(written: str) -> Iterator[str]:
    """The parts between commas and semicolons outside of brackets."""
    start = 0
    for match in _PARTED.finditer(written):
        if match["sign"]:
            yield written[start : match.start()]
            start = match.end()
    yield written[start:]


def _name_part(written: str) -> str:
    rest = _without(written, [(contact.start, contact.end) for contact in find_contacts(written)])
    rest = _without(rest, [match.span() for match in _PROFILE.finditer(rest)])
    if rest == written:
        rest = " ".join(rest.split())
    else:
        rest = " ".join(_BRACKETS.sub(" ", rest).split()).strip(_ENDS[:-3])
        if inner := _IN_BRACKETS.fullmatch(rest):  # «olena@rada.example (Олена Зразкова)»
            rest = inner["name"].strip()
    is_none = _LOGIN.fullmatch(rest) or _LABEL.fullmatch(rest) or rest.strip(_ENDS).casefold() in _NOBODY
    return "" if is_none else rest


def _has_letters(name: str) -> bool:
    return any(map(str.isalpha, name))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text without these spans and the labels («тел.:») before them."""
    pieces, end = [], 0
    for start, after in spans:
        edge = max(end, start - _LONGEST_LABEL)
        pieces += [text[end:edge], _LABEL.sub("", text[edge:start])]
        end = after
    return "".join([*pieces, text[end:]])
