"""The columns and words of Meta's CSV exports, in English and in Ukrainian."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from hromada.domain.account import PostKind
from hromada.domain.alphabet import normalize_name

# English names as public programs that read these files have them: of Business Suite («Post ID», «Publish time»,
# «Permalink», «Account username») and of the earlier Page Insights («Post Message», «Posted», «Type»). No public file
# with a Ukrainian header was found: those names are Meta's own Ukrainian terms, each in the forms it uses.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("post id", "ідентифікатор допису", "ідентифікатор публікації", "id допису", "id публікації"),
    "page": ("page name", "account name", "назва сторінки", "ім'я сторінки", "назва облікового запису", "ім'я облікового запису",
             "назва акаунта"),
    "username": ("account username", "page username", "ім'я користувача облікового запису", "ім'я користувача сторінки",
                 "ім'я користувача"),
    "title": ("title", "назва", "заголовок"),
    "text": ("description", "post message", "опис", "повідомлення допису", "текст допису"),
    "time": ("publish time", "published", "posted", "час публікації", "дата публікації", "опубліковано"),
    "url": ("permalink", "post link", "постійне посилання", "посилання на допис"),
    "type": ("post type", "type", "тип допису", "тип публікації", "тип"),
    "share": ("is share", "є поширенням", "це поширення", "поширений допис"),
    "status": ("status", "post status", "publish status", "статус", "стан", "статус допису", "статус публікації"),
}  # fmt: skip
_CANONICAL = {normalize_name(word): name for name, words in _COLUMNS.items() for word in words}
_NOTED_ZONE = re.compile(r"(?P<name>.+?)\s*\((?P<zone>[^()]+(?:\([^()]*\))?)\)\s*")
# The first that fits: «IG reel», «Instagram reel», «SharedVideo», «Live videos», «Відео Reels».
_KINDS: tuple[tuple[str, PostKind], ...] = (
    (r"^shared|^share$|поширен|репост", PostKind.REPOST),
    (r"stor(y|ies)|сторіз|істор", PostKind.STORY),
    (r"reel|рілс|рілз", PostKind.REEL),
    (r"\blive\b|ефір|трансляц", PostKind.LIVE),
    (r"video|відео", PostKind.VIDEO),
    (r"photo|image|carousel|album|фото|світлин|зображ|карусел|альбом", PostKind.PHOTO),
    (r"^(ig |instagram )?(text|status|links?|posts?|feed|events?|offer)$|текст|статус|посилан|допис|поді[яї]", PostKind.POST),
)  # fmt: skip
_NOT_PUBLISHED = (
    (r"schedul|заплан", "заплановані"),
    (r"draft|чернет", "чернетки"),
    (r"delet|remov|видален", "видалені"),
    (r"unpublish|not published|неопублік|не опублік|знят", "зняті з публікації"),
    (r"archiv|архів", "архівні, читачам не видні"),
    (r"fail|reject|помилк|відхил", "не опубліковані через помилку"),
)


def columns_of(cells: Sequence[str]) -> tuple[dict[str, int], str]:
    """Where each known column stands, and the zone's words where the time's header has them in parentheses."""
    found: dict[str, int] = {}
    zone = ""
    for number, cell in enumerate(cells):
        noted = _NOTED_ZONE.fullmatch(cell.strip())
        name = _CANONICAL.get(normalize_name(cell)) or (
            _CANONICAL.get(normalize_name(noted["name"])) if noted else None
        )
        if name and name not in found:
            found[name] = number
            if name == "time" and noted:
                zone = noted["zone"]
    return found, zone


def is_header(columns: Mapping[str, int]) -> bool:
    """A list of publications has their time, and says which they are."""
    return "time" in columns and ("id" in columns or "url" in columns)


def kind_named(word: str) -> PostKind | None:
    """The kind that a post type names; None for a type that we don't know."""
    plain = " ".join(word.casefold().split())
    return next((kind for pattern, kind in _KINDS if re.search(pattern, plain)), None)


def why_not_published(status: str) -> str:
    """The reason by which a publication is not one yet or any more; empty when it is published."""
    plain = status.casefold()
    return next((reason for pattern, reason in _NOT_PUBLISHED if re.search(pattern, plain)), "")


def is_yes(cell: str) -> bool:
    return cell.strip().casefold() in ("1", "true", "yes", "так")
