"""Reads a page: what it refers to, its anchors, its policy, and whether a browser builds from it what is written.

A page is well-formed if its tags, read strictly and closed in order, say the same as the tree of a parser that follows
the HTML standard (lexbor): then the parser has repaired nothing. See docs/decisions/0030-verified-output.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import unescape
from html.entities import html5
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from hromada.domain.lazy_regex import lazy_compile
from hromada.verification.facts import INVALID_OUTPUT, MISSING_POLICY, FileFault

_REST = r"[^<>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+)*+>"  # of a tag, after its name
_TOKEN = lazy_compile(
    rf"(<!--(?:(?!--).)*+-->|<(?:script|style)\b{_REST}(?:(?!</?(?:script|style)\b).)*+</(?:script|style)>|<{_REST})",
    re.DOTALL | re.IGNORECASE,
)
_SPACED = r"[ \t\n\f\r]"  # a no-break space is none in HTML
_ATTRIBUTE = rf"[^ \"'<>/=\x00-\x1f]+(?:{_SPACED}*+={_SPACED}*+(?:\"[^\"]*+\"|'[^']*+'|[^ \t\n\f\r\"'=<>`]+))?+"
_TAG = lazy_compile(
    rf"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)(?P<attributes>(?:{_SPACED}++{_ATTRIBUTE})*+){_SPACED}*+(?P<closed>/?)>"
)
_NAME_AND_VALUE = lazy_compile(
    rf"([^ \"'<>/=\x00-\x1f]+)(?:{_SPACED}*+={_SPACED}*+(\"[^\"]*+\"|'[^']*+'|[^ \t\n\f\r\"'=<>`]+))?+"
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
# Tags as the tree writes them: one space before an attribute, its value in double quotes, «<» and «>» nowhere else.
_CANONICAL_TAG = lazy_compile(r"<(?:/[a-zA-Z][a-zA-Z0-9-]*+|([a-zA-Z][a-zA-Z0-9-]*+)([^<>]*+))>")
_CANONICAL_ATTRIBUTES = lazy_compile(r"(?: [^\s\"'<>/=\x00-\x1f]++(?:=\"[^\"]*+\")?+)*+")
_CANONICAL_ATTRIBUTE = lazy_compile(r" ([^ =\"]+)(?:=\"([^\"]*)\")?")
_CANONICAL_SCRIPT = lazy_compile(r"<script( [^<>]+)>([^<]*)</script>")
_WITH_FACTS = frozenset({  # the attributes that `_facts_in` and `_inline_fault` read; beside them those of events
    "id", "name", "href", "xlink:href", "action", "formaction", "src", "srcset", "imagesrcset", "poster", "data", "content", "style",
    "http-equiv",
})  # fmt: skip
# Elements of drawings may end themselves; of HTML none but the void ones.
_DRAWN = frozenset({
    "svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "text", "tspan", "title", "desc", "defs", "use", "stop",
    "lineargradient", "radialgradient", "clippath", "mask", "pattern", "image", "symbol", "marker", "filter",
})  # fmt: skip
_SPACE = " \t\n\f\r"
_AMPERSAND = lazy_compile(r"&(?:[#A-Za-z0-9]++;?|\S?)")
_FORBIDDEN = lazy_compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_REFRESH = lazy_compile(r"\s*\d+\s*;\s*url=(.*)", re.IGNORECASE)
_CANDIDATE = lazy_compile(r"(?:^|,\s)\s*(\S+?),?(?=\s|$)")
_LOADING = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"})
_UNSAFE = lazy_compile(
    r"'unsafe-|\*|(?:^|[\s;])(?:data|https?|blob):(?=[\s;]|$)"
)  # a whole scheme, but not one host by name
_EDITOR_MAY = {
    "img-src": ("blob:", "data:"),
    "connect-src": ("blob:", "data:"),
}  # photos from memory, drawings of the CMS
DATA = "application/ld+json"
_NOT_RUN = (DATA, "application/json")  # types of scripts that are data for others
_DOCTYPE = "<!doctype html>"
_MOST_FAULTS = 20  # of one page
_TAGS_KEPT = 1 << 13  # most tags of a page are on many pages: those of its head, menus and foot


class Reference(NamedTuple):
    """A written address, and whether a browser loads it together with the page."""

    address: str
    is_loaded: bool


class PageFacts(NamedTuple):
    """What a page holds; `data` are its blocks of JSON-LD."""

    faults: tuple[FileFault, ...]
    ids: tuple[str, ...]
    references: frozenset[Reference]
    data: tuple[str, ...]


class _Tag(NamedTuple):
    """A tag, comment or whole script. `names` are its element's name, its end's, or both, as in a tree's text."""

    names: tuple[str, ...]
    fault: str = ""
    ids: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    policy: str | None = None
    data: str | None = None


class _Contents(NamedTuple):
    """The facts in the tags of a page."""

    ids: tuple[str, ...]
    references: frozenset[Reference]
    policies: tuple[str, ...]
    data: tuple[str, ...]


_NO_FACTS = _Tag(())


def read_page(text: str, is_editor: bool = False) -> PageFacts:
    """Read a whole page; `is_editor` for those below /admin/, whose policy allows somewhat more."""
    tree = LexborHTMLParser(text).html or ""
    is_as_built = _is_same(text, tree)
    contents = _contents_as_built(text) if is_as_built else None
    if contents is not None:  # nearly every page: nothing is misplaced, open or misspelt
        faults = [*_faults_of_policy(contents.policies, is_editor)]
    else:
        pieces = _TOKEN.split(text)
        tags = [_tag(piece) for piece in pieces[1::2]]
        contents = _contents(tags)
        faults = [*_faults_of_policy(contents.policies, is_editor)]
        faults += islice(_faults_of_markup(text, pieces, tags, tree, is_as_built=is_as_built), _MOST_FAULTS)
    return PageFacts(tuple(faults), contents.ids, contents.references, contents.data)


def references_of(markup: str) -> frozenset[Reference]:
    """The references of a piece of HTML, as feeds have it."""
    return frozenset(reference for piece in _TOKEN.findall(markup) for reference in _tag(piece).references)


def is_balanced(markup: str) -> bool:
    """Whether a piece of HTML closes what it opens, in order."""
    pieces = _TOKEN.split(markup)
    return not list(_faults_of_tags(pieces, [_tag(piece) for piece in pieces[1::2]]))


def _contents_as_built(text: str) -> _Contents | None:
    """The contents of a page that is the text of its tree; None if it must be read tag by tag: it has a fault, or is unusual.

    In such a text tags are canonical, and all that tree building repairs is right. What is left to look for are attributes
    with odd names, ids that stand twice, and what our pages must not have. Scripts may hold anything but «<».
    """
    if "<!--" in text or "<style" in text or text[: len(_DOCTYPE)].lower() != _DOCTYPE or _FORBIDDEN.search(text):
        return None
    written = _CANONICAL_TAG.findall(text)
    scripts = _CANONICAL_SCRIPT.findall(text)
    if len(written) != text.count("<") - 1 or len(scripts) != text.count("<script"):
        return None
    tags = [_canonical_tag(name, attributes) for name, attributes in written if attributes]
    if None in tags:
        return None
    contents = _contents([tag for tag in tags if tag and tag is not _NO_FACTS])
    if len(contents.ids) != len(set(contents.ids)):
        return None
    return contents._replace(data=tuple(data for attributes, data in scripts if f' type="{DATA}"' in attributes))


def _contents(tags: Iterable[_Tag]) -> _Contents:
    ids, references, policies, data = list[str](), set[Reference](), list[str](), list[str]()
    for tag in tags:
        ids += tag.ids
        references.update(tag.references)
        if tag.policy is not None:
            policies.append(tag.policy)
        if tag.data is not None:
            data.append(tag.data)
    return _Contents(tuple(ids), frozenset(references), tuple(policies), tuple(data))


def _faults_of_markup(
    text: str, pieces: list[str], tags: list[_Tag], tree: str, *, is_as_built: bool
) -> Iterator[FileFault]:
    is_as_built = is_as_built and not any("<" in piece for piece in pieces[::2])
    found = list(islice(_faults_of_parts(text, pieces, tags, is_as_built), _MOST_FAULTS))
    yield from found
    if not found and not is_as_built:
        yield from _repairs(tree, pieces, tags)


def _faults_of_parts(text: str, pieces: list[str], tags: list[_Tag], is_as_built: bool) -> Iterator[FileFault]:
    yield from _faults_of_page(text)
    if not is_as_built:
        yield from _faults_of_text(pieces)
        yield from _faults_of_tags(pieces, tags)
    for number, tag in enumerate(tags):
        if tag.fault:
            yield FileFault(INVALID_OUTPUT, tag.fault, _line(pieces, 2 * number + 1))
    for id, count in Counter(id for tag in tags for id in tag.ids).items():
        if count > 1:
            yield FileFault(INVALID_OUTPUT, f"якір «{id}» на сторінці не один")


def _line(pieces: list[str], index: int) -> int:
    return 1 + sum(piece.count("\n") for piece in pieces[:index])


def _is_same(page: str, tree: str) -> bool:
    """Whether a page and its tree are the same text from the root's tag to the end of the body.

    Behind both the standard moves line ends, not texts. Two ways to write a no-break space, and an attribute without a
    value, are the same to both.
    """
    written, built = _body(page), _body(tree)
    if not written:
        return False
    # Most pages write a no-break space itself and no `=""`, so that one replacement in each text is enough.
    return written.replace("\xa0", "&nbsp;") == built.replace('=""', "") or _in_one_way(written) == _in_one_way(built)


def _body(page: str) -> str:
    """The page from the tag of its root to the end of its body; empty if there is more, or less, around them."""
    head, end = page.find("<head>"), page.rfind("</body>")
    root = page.rfind("<html", 0, max(head, 0))
    is_whole = root > 0 and page[end:].split() in (["</body>", "</html>"], ["</body></html>"])
    if not is_whole or page[:root].strip(_SPACE).lower() != _DOCTYPE:
        return ""
    return page[root:head].rstrip(_SPACE) + page[head:end].rstrip(_SPACE)


def _in_one_way(body: str) -> str:
    return body.replace("\xa0", "&nbsp;").replace('=""', "")


def _faults_of_page(text: str) -> Iterator[FileFault]:
    if text[: len(_DOCTYPE)].lower() != _DOCTYPE:
        yield FileFault(INVALID_OUTPUT, "сторінка не починається з <!doctype html>", 1)
    if odd := _FORBIDDEN.search(text):
        yield FileFault(INVALID_OUTPUT, f"недозволений знак U+{ord(odd[0]):04X}", text.count("\n", 0, odd.start()) + 1)


def _faults_of_text(pieces: list[str]) -> Iterator[FileFault]:
    for index in range(0, len(pieces), 2):
        if "<" in pieces[index]:
            yield FileFault(INVALID_OUTPUT, "знак < поза тегом, або тег не закінчено", _line(pieces, index))
            break
    for index in range(3, len(pieces), 2):
        if pieces[index].lower() == _DOCTYPE:
            yield FileFault(INVALID_OUTPUT, "зайвий <!doctype html>", _line(pieces, index))
    for index, piece in enumerate(pieces):
        if "&" in piece and not piece.startswith("<!--"):
            read = piece[: _end_of_quotes(piece)] if _has_text(piece) else piece  # a script has no references
            for written in _AMPERSAND.findall(read):
                if not _is_entity(written):
                    yield FileFault(INVALID_OUTPUT, f"невідомий знак «{written}»", _line(pieces, index))


@lru_cache(4096)
def _is_entity(written: str) -> bool:
    """Whether an ampersand begins a complete character reference, or stands for itself."""
    if written == "&":
        return True
    if not written.startswith("&#"):
        return written[1:] in html5 and written.endswith(";")
    digits = written[2:-1]
    try:
        code = int(digits[1:], 16) if digits[:1] in ("x", "X") else int(digits)
    except ValueError:
        return False
    return (
        written.endswith(";")
        and code < 0x110000
        and not 0xD800 <= code < 0xE000
        and code != 0x0D
        and not _FORBIDDEN.match(chr(code))
    )


def _faults_of_tags(pieces: list[str], tags: list[_Tag]) -> Iterator[FileFault]:
    """The first tag that is closed in the wrong order or not at all."""
    opened: list[tuple[str, int]] = []
    for number, tag in enumerate(tags):
        if len(tag.names) != 1:
            continue
        name = tag.names[0]
        if not name.startswith("/"):
            if name not in _VOID:
                opened.append((name, number))
        elif opened and opened[-1][0] == name[1:]:
            opened.pop()
        else:
            yield FileFault(INVALID_OUTPUT, f"<{name}> не закриває відкритого тега", _line(pieces, 2 * number + 1))
            return
    if opened:
        name, number = opened[-1]
        yield FileFault(INVALID_OUTPUT, f"<{name}> не закрито", _line(pieces, 2 * number + 1))


def _repairs(tree: str, pieces: list[str], tags: list[_Tag]) -> Iterator[FileFault]:
    """The first place where the tree of a browser differs from what is written."""
    tree_pieces = _TOKEN.split(tree)
    written, built = _sequence(pieces, tags), _sequence(tree_pieces, [_tag(piece) for piece in tree_pieces[1::2]])
    if written == built:
        return
    place = next((n for n, pair in enumerate(zip(written, built, strict=False)) if pair[0] != pair[1]), len(built))
    line = _line(pieces, _piece_at(pieces, tags, place))
    yield FileFault(INVALID_OUTPUT, "розмітка така, що браузер перебудує її", line)


def _sequence(pieces: list[str], tags: list[_Tag]) -> list[str]:
    """The tags' names and the texts between them, in order; spaces alone are no text."""
    parts: list[str] = []
    for text, tag in zip(pieces[::2], [*tags, _Tag(())], strict=True):
        if "&" in text:
            text = unescape(text)
        if text := text.strip(_SPACE):
            parts.append(text)
        parts += tag.names
    return parts


def _piece_at(pieces: list[str], tags: list[_Tag], place: int) -> int:
    """The index of the piece that gives a part of the sequence."""
    for index in range(0, len(pieces), 2):
        place -= bool(pieces[index].strip(_SPACE))
        if place < 0:
            return index
        place -= len(tags[index // 2].names) if index // 2 < len(tags) else 0
        if place < 0:
            return index + 1
    return len(pieces) - 1


def _faults_of_policy(policies: Sequence[str], is_editor: bool) -> Iterator[FileFault]:
    if not policies:
        yield FileFault(MISSING_POLICY, "немає правил безпеки (Content-Security-Policy)")
    for policy in policies:
        directives = [directive.split() for directive in policy.split(";")]
        if ["default-src", "'none'"] not in directives:
            yield FileFault(MISSING_POLICY, "правила безпеки не починаються із заборони всього (default-src 'none')")
        if _UNSAFE.search("; ".join(map(_beyond_the_editor, directives)) if is_editor else policy):
            yield FileFault(MISSING_POLICY, "правила безпеки дозволяють небезпечне")


def _beyond_the_editor(directive: list[str]) -> str:
    """A directive without what a page of the editor may have and no other page."""
    name, *sources = directive or [""]
    return " ".join(source for source in (name, *sources) if source not in _EDITOR_MAY.get(name, ()))


# --- one tag ----------------------------------------------------------------------------------------------------


@lru_cache(_TAGS_KEPT)
def _canonical_tag(name: str, written: str) -> _Tag | None:
    """An opening tag of a page that is the text of its tree, with its attributes; None for one with a fault."""
    if not _CANONICAL_ATTRIBUTES.fullmatch(written):
        return None
    attributes: dict[str, str] = dict(_CANONICAL_ATTRIBUTE.findall(written))
    if _WITH_FACTS.isdisjoint(attributes) and " on" not in written and name != "script":
        return _NO_FACTS
    if "&" in written:
        attributes = {key: unescape(value) for key, value in attributes.items()}
    return None if _inline_fault(name, attributes) else _Tag((name,), "", *_facts_in(name, attributes))


@lru_cache(_TAGS_KEPT)
def _tag(token: str) -> _Tag:
    if token.startswith("<!"):
        is_known = token.lower() == _DOCTYPE or (token.startswith("<!--") and not token.startswith(("<!-->", "<!--->")))
        return _Tag((), "" if is_known else f"незрозумілий тег {_short(token)}")
    opening = token[: token.index(">", _end_of_quotes(token)) + 1] if _has_text(token) else token
    match = _TAG.fullmatch(opening)
    if match is None:
        return _Tag((), f"незрозумілий тег {_short(token)}")
    name = match["name"].lower()
    if match["end"]:
        return _Tag((f"/{name}",), "атрибути в закривному тегу" if match["attributes"] or match["closed"] else "")
    found = _NAME_AND_VALUE.findall(match["attributes"])
    attributes = {key.lower(): _value(written) for key, written in reversed(found)}
    if len(attributes) < len(found):
        fault = f"атрибут повторено в {_short(token)}"
    elif match["closed"] and name not in _VOID | _DRAWN:
        fault = f"<{name}> не може закрити сам себе"
    else:
        fault = _inline_fault(name, attributes)
    names = (name, f"/{name}") if opening is not token or (match["closed"] and name not in _VOID) else (name,)
    is_data = name == "script" and attributes.get("type") == DATA
    data = token[len(opening) : token.rindex("<")] if is_data else None
    return _Tag(names, fault, *_facts_in(name, attributes), data)


def _facts_in(name: str, attributes: dict[str, str]) -> tuple[tuple[str, ...], tuple[Reference, ...], str | None]:
    """The ids, the references and the policy of an opening tag."""
    id = attributes.get("id", attributes.get("name") if name == "a" else None)
    is_policy = attributes.get("http-equiv", "").lower() == "content-security-policy"
    return (
        () if id is None else (id,),
        tuple(_references(name, attributes)),
        attributes.get("content", "") if is_policy else None,
    )


def _value(written: str) -> str:
    """An attribute's value, as it is written, with its quotes."""
    value = written[1:-1] if written.startswith(("'", '"')) else written
    return unescape(value) if "&" in value else value


def _has_text(token: str) -> bool:
    return token[:7].lower() in ("<script", "<style>", "<style ") and not token.endswith("/>")


def _end_of_quotes(token: str) -> int:
    """Where the opening tag of a whole script ends at the earliest."""
    match = re.match(rf"<{_REST}", token)
    return match.end() - 1 if match else 0


def _short(token: str) -> str:
    return token if len(token) <= 60 else f"{token[:59]}…"


def _inline_fault(name: str, attributes: dict[str, str]) -> str:
    """What the policy forbids, and what no page of ours needs."""
    if name == "script" and "src" not in attributes and attributes.get("type") not in _NOT_RUN:
        return "сценарій у самій сторінці"
    if name == "style" or "style" in attributes:
        return "оформлення в самій сторінці (style)"
    for key in attributes:
        if key.startswith("on"):
            return f"сценарій у самій сторінці ({key})"
    return ""


def _references(name: str, attributes: dict[str, str]) -> Iterator[Reference]:
    is_loading = name != "a" and (name != "link" or not _LOADING.isdisjoint(attributes.get("rel", "").lower().split()))
    for key, value in attributes.items():
        match key:
            case "href" | "xlink:href":
                yield Reference(value.strip(_SPACE), is_loading and name != "area")
            case "action" | "formaction":
                yield Reference(value.strip(_SPACE), False)
            case "src" | "poster":
                yield Reference(value.strip(_SPACE), True)
            case "data" if name == "object":
                yield Reference(value.strip(_SPACE), True)
            case "srcset" | "imagesrcset":
                for candidate in _CANDIDATE.findall(value):
                    yield Reference(candidate, True)
            case "content" if name == "meta":
                if refresh := _REFRESH.fullmatch(value) if "http-equiv" in attributes else None:
                    yield Reference(refresh[1].strip("\"' "), False)
                elif _is_card(attributes) and value.startswith(("/", "http:", "https:")):
                    yield Reference(value, False)


def _is_card(attributes: dict[str, str]) -> bool:
    """Whether a `meta` is of a social network's card."""
    return attributes.get("property", attributes.get("name", "")).startswith(("og:", "twitter:"))
