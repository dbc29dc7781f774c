"""`make post`: the text of an item for social networks; with POSTED the row of the register for what was posted."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from hromada.build.content_steps import checked_snapshot
from hromada.commands.site_address import PUBLIC_CONF, known_address
from hromada.console.messages import EXIT_OK, EXIT_REFUSED, print_error, print_json, print_lines
from hromada.console.options import Options
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.account import NETWORK_TITLES
from hromada.domain.days_in_words import day_in_words
from hromada.domain.item import Item, Status
from hromada.domain.numerals import NOUNS, grouped
from hromada.domain.problem import did_you_mean
from hromada.listing.social_post import PostSource, SocialPost, social_posts

_USAGE = "напишіть, наприклад, make post ITEM=content/news/2022/2022-01-15-zustrich.md"


class PostRefused(Exception):
    """There is nothing to post; the message is Ukrainian."""


def post(options: Options) -> int:
    """Print the texts and the picture to take; POSTED writes the register's row instead."""
    snapshot = checked_snapshot(options)
    snapshot.remember()
    try:
        item = _item(options, snapshot)
        if options.posted:
            from hromada.importers.post_recording import record_posted

            return record_posted(options, snapshot.content, item.title)
        _refuse_unready(item, snapshot)
    except PostRefused as refused:
        print_error(str(refused))
        return EXIT_REFUSED
    address = known_address(options)
    settings = options.with_changes(settings_file=PUBLIC_CONF, address=address).settings()
    picture = _picture(item, snapshot)
    card = snapshot.card(item)
    words = (*([card.category.title] if card.category else []), *item.tags)
    source = PostSource(item.title, card.event, card.summary, settings.absolute(item.address), words, bool(picture))
    posts = social_posts(source)
    if options.format == "json":
        print_json(_as_object(item, picture, posts))
    else:
        print_lines(*_as_lines(options, item, picture, posts, snapshot))
    if settings.has_sample_address:
        print_error(
            f"Справжньої адреси сайту не вказано, у посиланні зразок {settings.address}: її задає той, хто веде сховище, або SITEURL=https://…"
        )
    return EXIT_OK


def _item(options: Options, snapshot: ContentSnapshot) -> Item:
    """The news item or message that ITEM names: by its file, the file's name, or its address on the site."""
    written = options.item
    if not written:
        raise PostRefused(f"Не вказано ITEM: {_USAGE}")
    dated = {item.path: item for item in snapshot.site.items if item.is_dated}
    if "://" in written or written.startswith("/"):
        path = unquote(urlsplit(written).path).removeprefix(snapshot.site.settings.base)
        wanted = f"/{path.strip('/')}/"
        if named := [item for item in dated.values() if item.address == wanted]:
            return named[0]
    path = options.content_path_of(written)
    named = [item for name, item in dated.items() if name == path or name.rpartition("/")[2] in (path, f"{path}.md")]
    if len(named) != 1:
        raise PostRefused(
            f"ITEM=«{written}»: такої новини чи повідомлення немає, {did_you_mean(path, list(dated)) or _USAGE}"
        )
    return named[0]


def _refuse_unready(item: Item, snapshot: ContentSnapshot) -> None:
    """PostRefused for what readers would not find on the site."""
    if item.status is Status.DRAFT:
        raise PostRefused(
            f"{item.path}: це чернетка, на сайті її немає. Приберіть рядок «Стан: чернетка» і опублікуйте"
        )
    if item.status is Status.HIDDEN:
        raise PostRefused(f"{item.path}: матеріал приховано, поширювати його не можна")
    if item.path in snapshot.withdrawn:
        raise PostRefused(f"{item.path}: матеріал відкликано, поширювати його не можна")
    faults = [str(problem) for problem in snapshot.errors if problem.path == item.path]
    if faults:
        raise PostRefused("\n".join(faults))
    if not item.is_built(snapshot.clock):
        when = f"з’явиться {day_in_words(item.due.date())}" if item.due else "ще не вийшов"
        raise PostRefused(f"{item.path}: матеріал {when}, доти посилання на нього нікуди не веде")


def _picture(item: Item, snapshot: ContentSnapshot) -> str:
    """The file that represents the item: its cover, else the first picture that it shows."""
    linked = snapshot.linked(item)
    return linked.cover or next(iter(linked.photos), "")


def _as_object(item: Item, picture: str, posts: tuple[SocialPost, ...]) -> dict[str, object]:
    return {
        "item": item.path, "url": item.address, "picture": picture or None,
        "posts": [
            {"network": post.network, "text": post.text, "length": post.length, "limit": post.limit} for post in posts
        ],
    }  # fmt: skip


def _as_lines(
    options: Options, item: Item, picture: str, posts: tuple[SocialPost, ...], snapshot: ContentSnapshot
) -> list[str]:
    lines = [f"Матеріал: {item.path}"]
    if picture:
        file = snapshot.content.file(picture).path
        lines.append(f"Світлина: {file.relative_to(options.root) if file.is_relative_to(options.root) else file}")
    else:
        lines.append("Світлини немає. Instagram без неї допису не прийме: зробіть її або пропустіть цю мережу.")
    for post in posts:
        title = f"{NETWORK_TITLES[post.network]}: {NOUNS['знак'].counted(post.length)} з {grouped(post.limit)}"
        lines += ["", title, "=" * len(title), post.text]
    lines += ["", "Коли розмістите, запишіть до журналу:", f"make post ITEM={item.path} POSTED=https://…"]
    return lines
