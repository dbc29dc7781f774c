"""A person's name without what comes along with it: a telephone, a mailbox, the name under which somebody logs in."""

from __future__ import annotations

import re

# `name@host`, `name [at] host.ua`, `mailto:name@host`, with or without blanks around the sign.
_MAIL = re.compile(
    r"(?:mailto:)?[\w.+-]{1,64}[ ]?(?:[@\uff20]|[\[({](?:at|ет|собака)[\])}])[ ]?[\w-]{1,63}(?:[ ]?(?:\.|[\[(](?:dot|крапка)[\])])[ ]?[\w-]{1,63}){0,5}",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w№])(?:\+[ ]?)?\(?\d(?:[ ().\u00a0\u2010-\u2015-]{0,3}\d){4,14}(?!\w)")
_LABEL = re.compile(
    r"(?:тел(?:ефон)?|моб(?:ільний)?|т|факс|phone|tel|mob|e-?mail|ел\.? ?пошта|пошта|mail)[ ]?[.:]*[ ]?$", re.IGNORECASE
)
_DAY = re.compile(r"\d{4}[-.]\d{2}[-.]\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|(?:19|20)\d\d ?[–—-] ?(?:19|20)\d\d")
_BRACKETS = re.compile(r"[(\[<{]\s*[)\]>}]")
_IN_BRACKETS = re.compile(r"[(\[](?P<name>[^()\[\]]+)[)\]]")
_LOGIN = re.compile(r"(?=.*[a-z0-9])[a-z0-9._-]+", re.ASCII)
_NOBODY = frozenset(
    {"unknown", "anonymous", "noreply", "no-reply", "administrator", "адміністратор", "невідомо", "none", "null"}
)


def contacts_in(words: str) -> list[re.Match[str]]:
    """The telephones and mailboxes among words; days and years are none."""
    phones = (found for found in _PHONE.finditer(words) if not _DAY.fullmatch(found[0].strip(" ().")))
    return sorted([*_MAIL.finditer(words), *phones], key=lambda found: found.start())


def name_alone(written: str) -> str:
    """The names of people in what a program calls an author; empty where it is a mailbox or a login alone."""
    return ", ".join(filter(None, map(_name, re.split(r"[;,]", written))))


def _name(written: str) -> str:
    found = contacts_in(written)
    rest, end = "", 0
    for one in found:
        rest += _LABEL.sub("", written[end : one.start()])
        end = one.end()
    rest = " ".join(_BRACKETS.sub(" ", rest + written[end:]).split()).strip(" –—-/|<>:")
    if found and (inner := _IN_BRACKETS.fullmatch(rest)):  # «olena@rada.example (Олена Зразкова)»
        rest = inner["name"].strip()
    return "" if _LOGIN.fullmatch(rest) or rest.casefold() in _NOBODY else rest
