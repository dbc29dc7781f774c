"""Rules for the whole content, listed in RULES."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from hromada.checks.link_rules import site_path, unpublished_link_message
from hromada.checks.service_rules import services_have_a_unit, services_of_closed_units_are_few
from hromada.domain.alphabet import LONGEST_SLUG, normalize_name, slug
from hromada.domain.dates import Clock, midnight
from hromada.domain.entry import Bucket
from hromada.domain.figure import takes_window, window_of
from hromada.domain.file_names import is_device, is_too_long
from hromada.domain.item import Item, Kind, Status
from hromada.domain.problem import Problem, did_you_mean, warning
from hromada.domain.site import Site
from hromada.domain.site_urls import LATER, REDIRECTS, RESERVED

_FAR_WARNING, _FAR_ERROR = timedelta(days=62), timedelta(days=366)
_TWO_YEARS, _TEN_YEARS = timedelta(days=731), timedelta(days=3653)
# News about an event may come a year later; nothing expires before it is published.
_AFTER_DATE = {
    "event-date": timedelta(days=366),
    "event-end": timedelta(days=366),
    "expires": timedelta(0),
    "withdrawn-date": timedelta(0),
}
_SURELY_SHORT = 150  # characters of a path
_DAYS_APART = timedelta(days=3)


def addresses_are_unique(site: Site, clock: Clock) -> Iterator[Problem]:
    """Two files with one address: the second page would overwrite the first."""
    addressed = [item for item in site.items if item.address]
    if len({item.address.casefold() for item in addressed}) == len(addressed):
        return
    first: dict[str, Item] = {}
    for item in addressed:
        owner = first.setdefault(item.address.casefold(), item)
        if owner is not item:
            for this, other in ((owner, item), (item, owner)):
                yield Problem(
                    this.path, this.lines.get("slug", 1), "duplicate-address",
                    f"адреса {item.address} уже зайнята: {other.path}", "змініть назву файлу або поле «slug»",
                )  # fmt: skip


def pages_keep_out_of_reserved(site: Site, clock: Clock) -> Iterator[Problem]:
    """A plain page called «news» would overwrite the list of news; one called «services» may be older than the list."""
    for item in site.of_kind(Kind.PAGE):
        if item.slug not in RESERVED:
            continue
        if f"/{item.slug}/" in LATER:
            row = f"рядок «/{item.slug}/;{item.path}» до {REDIRECTS}"
            fix = f"додайте поле «slug» з іншою адресою, а якщо сторінка вже була на сайті – {row}"
        else:
            fix = "змініть назву файлу або поле «slug»"
        yield Problem(
            item.path, item.lines.get("slug", 1), "reserved-address", f"адресу /{item.slug}/ займає сам сайт", fix
        )


def addresses_are_no_devices(site: Site, clock: Clock) -> Iterator[Problem]:
    """A folder of the built site can't be called «con» or «aux» on Windows: the build would fail."""
    for item in (*site.of_kind(Kind.PAGE), *site.of_kind(Kind.SERVICE)):
        if is_device(item.slug):
            yield _device(
                item.path, item.lines.get("slug", 1), f"адресу «{item.slug}»", "змініть назву файлу або поле «slug»"
            )
    for what, places in _named_parts(site).items():
        for name, (path, line) in places.items():
            if is_device(slug(name)):
                yield _device(path, line, f"{_ACCUSATIVE[what]} «{name}»", "назвіть інакше")
    for account in site.accounts.all:
        if is_device(account.id):
            yield _device("content/registers/accounts.toml", 1, f"id сторінки «{account.id}»", "дайте інший id")
    for spec in site.figures.specs:
        if is_device(spec.id):
            yield _device(spec.location.path, spec.location.line, f"id показника «{spec.id}»", "дайте інший id")


def built_paths_fit_windows(site: Site, clock: Clock) -> Iterator[Problem]:
    """A page's folder may be too long where its file is not: «щ» becomes four letters."""
    for item in site.items:
        built = f"output{item.address}index.html"
        if len(built) <= _SURELY_SHORT or len(item.slug) > LONGEST_SLUG:  # such a slug is an error already
            continue
        if is_too_long(built) and not is_too_long(item.path):
            yield warning(
                item.path, item.lines.get("slug", 1), "path-too-long", f"шлях до файлу задовгий для Windows: {built} – {len(built)} знаків",
                "дайте коротше поле «slug»",
            )  # fmt: skip


def _device(path: str, line: int, what: str, fix: str) -> Problem:
    return Problem(path, line, "file-name", f"{what} Windows вважає пристроєм", fix)


def messages_have_a_unit(site: Site, clock: Clock) -> Iterator[Problem]:
    """A message in a folder without a published index page would be counted but not shown."""
    units = site.units
    for item in site.of_kind(Kind.MESSAGE):
        if why := _why_nowhere(item, units.get(item.section.removeprefix("units/")), clock):
            yield Problem(
                item.path, 1, "message-without-unit", f"{why}: content/{item.section}/index.md",
                "додайте її або перенесіть повідомлення",
            )  # fmt: skip


def _why_nowhere(item: Item, unit: Item | None, clock: Clock) -> str:
    """Why no page shows the message; empty when one does."""
    if unit is None:
        return "немає сторінки підрозділу"
    if unit.status is not Status.PUBLISHED:
        return "сторінку підрозділу не опубліковано"
    if item.is_built(clock) and not unit.is_built(clock):
        return "сторінка підрозділу ще не відкрита"
    return ""


def dates_are_near(site: Site, clock: Clock) -> Iterator[Problem]:
    """A date far ahead is a typing error (2201 for 2021), except for units, which are planned long before they open."""
    near = clock.moment + _FAR_WARNING
    items = (item for item in site.items if item.kind is not Kind.UNIT)
    dated = [(item.path, item.lines.get("date", 1), item.when) for item in items if item.when and item.when > near]
    rows = [(row.location.file, row.location.line, row.when) for row in site.rows if row.when and row.when > near]
    for path, line, when in dated + rows:
        if when - clock.moment > _FAR_ERROR:
            yield Problem(
                path, line, "date-far-ahead", f"дата {_shown(when)} більш ніж на рік попереду", "перевірте рік"
            )
        else:
            yield warning(
                path, line, "date-ahead", f"дата {_shown(when)} більш ніж на два місяці попереду", "перевірте її"
            )


def other_dates_are_near(site: Site, clock: Clock) -> Iterator[Problem]:
    """Other dates of headers: errors in them are published in pages, feeds and the sitemap, too."""
    now = clock.moment
    for item in site.items:
        if (
            item.modified is None
            and item.expires is None
            and item.withdrawn_on is None
            and item.review is None
            and item.event_start is None
            and item.event_end is None
            and item.unit is None
        ):
            continue
        for key, day, most in _other_dates(item):
            ahead = midnight(day) - now
            message = f"поле «{key}»: дата {_shown(day)}"
            if key == "modified" and ahead > _FAR_ERROR:
                yield Problem(
                    item.path,
                    item.lines.get(key, 1),
                    "date-far-ahead",
                    f"{message} більш ніж на рік попереду",
                    "перевірте рік",
                )
            elif key == "modified" and ahead > _FAR_WARNING:
                yield warning(
                    item.path,
                    item.lines.get(key, 1),
                    "date-ahead",
                    f"{message} більш ніж на два місяці попереду",
                    "перевірте її",
                )
            elif ahead > most:
                yield warning(
                    item.path,
                    item.lines.get(key, 1),
                    "date-doubtful",
                    f"{message} надто далеко попереду",
                    "перевірте рік",
                )
            elif key in _AFTER_DATE and item.is_dated and item.day and day < item.day - _AFTER_DATE[key]:
                yield warning(
                    item.path, item.lines.get(key, 1), "date-doubtful", f"{message} раніше, ніж опубліковано ({_shown(item.day)})",
                    "перевірте рік",
                )  # fmt: skip


def _other_dates(item: Item) -> Iterator[tuple[str, date, timedelta]]:
    """The dates besides `date`: key, day, how far ahead it may be."""
    if item.modified:
        yield "modified", item.modified.date(), _FAR_ERROR
    if item.expires:
        yield "expires", item.expires, _TEN_YEARS
    if item.withdrawn_on:
        yield "withdrawn-date", item.withdrawn_on, _FAR_ERROR
    if item.review:
        yield "review", item.review, _TEN_YEARS
    if item.event_start:
        yield "event-date", item.event_start.date(), _FAR_ERROR
    if item.event_end:
        yield "event-end", item.event_end.date(), _FAR_ERROR
    if item.event and item.event.was:
        yield "event-was", item.event.was.when.date(), _FAR_ERROR
    if item.unit and item.unit.opened:
        yield "date", item.unit.opened, _TWO_YEARS
    if item.unit and item.unit.closed:
        yield "closed", item.unit.closed, _TWO_YEARS


def rows_lead_to_what_is_published(site: Site, clock: Clock) -> Iterator[Problem]:
    """Rows with the address of a draft or a scheduled item would publish it in lists and files."""
    host = urlsplit(site.settings.address).netloc.casefold()
    own = [row for row in site.rows if row.url and (row.url[0] == "/" or host in row.url.casefold())]
    linked = [row for row in own if row.fixed_bucket(clock) is not Bucket.SCHEDULED]
    waiting = (item for item in site.items if item.address and not item.is_built(clock)) if linked else ()
    unpublished = {item.address: item.path for item in waiting}
    for row in linked:
        if path := unpublished.get(f"{site_path(row.url, site.settings.address).rstrip('/')}/"):
            yield Problem(row.location.file, row.location.line, "link-broken", *unpublished_link_message(path))


def _shown(when: date) -> str:
    return f"{when:%d.%m.%Y}"


def due_reviews(site: Site, clock: Clock) -> Iterator[tuple[Item, date]]:
    """The items that somebody wanted to look at again, with the day that has come."""
    for item in site.items:
        is_due = item.review is not None and item.review <= clock.day
        if is_due and item.status is not Status.DRAFT and not item.is_withdrawn(clock) and not item.is_closed(clock):
            assert item.review is not None
            yield item, item.review


REVIEW_ADVICE = "звірте, чи все ще так, виправте й поставте в полі «review» наступний день"


def reviews_are_done(site: Site, clock: Clock) -> Iterator[Problem]:
    """The day on which somebody wanted to look at it again has come."""
    for item, day in due_reviews(site, clock):
        message = f"настав день переглянути цю сторінку: {_shown(day)}"
        yield warning(item.path, item.lines.get("review", 1), "review-due", message, REVIEW_ADVICE)


def nothing_is_modified_before_its_date(site: Site, clock: Clock) -> Iterator[Problem]:
    """An item can't be changed before it appears."""
    for item in site.items:
        if item.modified and item.is_dated and item.day and item.modified.date() < item.day:
            yield warning(
                item.path, item.lines.get("modified", 1), "modified-before-date",
                f"змінено {_shown(item.modified)}, а опубліковано пізніше", "перевірте обидві дати",
            )  # fmt: skip


def nothing_is_published_twice(site: Site, clock: Clock) -> Iterator[Problem]:
    """The same title or text twice within days in one section: probably one was published by mistake, both are counted."""
    public = [item for item in site.items if item.when and item.is_public and item.is_dated]
    titles = _alike(public, [(item.section, item.title.casefold()) for item in public])
    texts = _alike(public, [(item.section, item.digests[-1]) for item in public])
    for code, what, groups in (
        ("same-title", "така сама назва вже є", titles),
        ("same-text", "такий самий текст уже є", texts),
    ):
        for item, before in _near(groups):
            yield warning(
                item.path, item.lines.get("title", 1), code, f"{what}: {before.path}",
                "якщо це той самий матеріал, лишіть один",
            )  # fmt: skip


def _alike(items: Sequence[Item], traits: Sequence[tuple[str, str]]) -> Iterable[list[Item]]:
    """Groups of items with the same trait; nearly all items are in none."""
    common = {trait for trait, times in Counter(traits).items() if times > 1}
    groups: dict[tuple[str, str], list[Item]] = {}
    for trait, item in zip(traits, items, strict=True) if common else ():
        if trait in common:
            groups.setdefault(trait, []).append(item)
    return groups.values()


def _near(groups: Iterable[list[Item]]) -> Iterator[tuple[Item, Item]]:
    """Pairs of an item and the preceding one of its group, dated within days."""
    for group in groups:
        dated = sorted((item.when, item.path, item) for item in group if item.when)
        for (earlier, _, before), (later, _, item) in pairwise(dated):
            if later - earlier <= _DAYS_APART:
                yield item, before


def reports_have_own_periods(site: Site, clock: Clock) -> Iterator[Problem]:
    """Two reports for one period would show two versions of the same figures."""
    first: dict[str, Item] = {}
    for item in site.of_kind(Kind.REPORT):
        if item.report is None or item.status is Status.DRAFT or item.is_translation:
            continue
        owner = first.setdefault(item.report.period.id, item)
        if owner is not item:
            yield Problem(
                item.path, item.lines.get("period", 1), "duplicate-period",
                f"звіт за цей період уже є: {owner.path}", "лишіть один або змініть період",
            )  # fmt: skip


def windows_belong_to_figures(site: Site, clock: Clock) -> Iterator[Problem]:
    """A window names a figure; one that differs from the period needs a reason."""
    figure_ids = [spec.id for spec in site.figures.specs]
    taking = [spec.id for spec in site.figures.specs if takes_window(spec)]
    for item in site.of_kind(Kind.REPORT):
        if item.report is None:
            continue
        for figure in {*item.report.windows, *item.report.reasons}:
            if figure not in figure_ids:
                yield Problem(
                    item.path, item.report.window_lines.get(figure, 1), "window-unknown",
                    f"поле «window-{figure}»: немає показника «{figure}»", did_you_mean(figure, figure_ids),
                )  # fmt: skip
        for figure, window in item.report.windows.items():
            if figure in taking and window != item.report.period and figure not in item.report.reasons:
                yield warning(
                    item.path, item.report.window_lines.get(figure, 1), "window-differs",
                    f"період показника «{figure}» ({window.between}) не збігається з періодом звіту",
                    f"виправте його або поясніть у полі «window-{figure}-reason»",
                )  # fmt: skip


def sums_have_one_window(site: Site, clock: Clock) -> Iterator[Problem]:
    """All addends of a sum have one window, and the sum has none of its own."""
    for item in site.of_kind(Kind.REPORT):
        if item.report is None:
            continue
        report = item.report
        for spec in site.figures.specs:
            if spec.id in report.windows and not takes_window(spec):
                yield Problem(
                    item.path, report.window_lines.get(spec.id, 1), "window-of-sum",
                    f"поле «window-{spec.id}»: показник «{spec.id}» є сумою, період задають доданкам",
                    f"задайте: {', '.join(f'window-{part}' for part in spec.total_of)}",
                )  # fmt: skip
            elif len({window_of(part, report.period, report.windows) for part in spec.total_of}) > 1:
                yield Problem(
                    item.path, 1, "window-of-sum", f"доданки показника «{spec.id}» мають різні періоди",
                    "задайте їм однаковий період",
                )  # fmt: skip


def figures_select_what_exists(site: Site, clock: Clock) -> Iterator[Problem]:
    """A figure of a misspelt account or unit would always be zero."""
    ids_by_trait = {
        ("account", "сторінки"): [account.id for account in site.accounts.all],
        ("unit", "підрозділу"): list(site.units),
    }
    for spec in site.figures.specs:
        for (trait, what), ids in ids_by_trait.items():
            for value in spec.where.get(trait, ()):
                if value not in ids:
                    advice = did_you_mean(value, ids) or "перевірте id"
                    message = f"показник «{spec.id}»: немає {what} «{value}»"
                    yield Problem(spec.location.path, spec.location.line, "figure-where", message, advice)


def names_share_no_part(site: Site, clock: Clock) -> Iterator[Problem]:
    """Names of parts have different slugs: «C» and «C++», or «!» and no category, would be one part."""
    for what, places in _named_parts(site).items():
        first: dict[str, str] = {}
        for name, (path, line) in places.items():
            id = slug(name)
            if not id:
                message = f"{what} «{name}»: у назві немає жодної літери чи цифри"
                yield warning(path, line, "names-share-part", message, "перейменуйте")
            elif normalize_name(first.setdefault(id, name)) != normalize_name(name):
                message = f"{_PLURAL[what]} «{name}» і «{first[id]}» у звіті рахуються разом"
                yield warning(path, line, "names-share-part", message, "назвіть однаково або виразніше")


def categories_are_not_slips(site: Site, clock: Clock) -> Iterator[Problem]:
    """Without categories.toml any word is a category: one with a single new item may be a typing error."""
    written = Counter(item.category for item in site.of_kind(Kind.NEWS) if item.category)
    counts: Counter[str] = Counter()
    for title, count in written.items():
        counts[normalize_name(title)] += count
    titles = {normalize_name(title): title for title, _ in reversed(written.most_common())}
    common = [titles[name] for name, count in counts.most_common() if count >= _COMMON]
    new = clock.moment - _NEW
    lonely = {title for title, count in written.items() if count == 1 and counts[normalize_name(title)] == 1}
    if not common or not lonely:
        return
    for item in site.of_kind(Kind.NEWS):
        if item.category in lonely and item.when and item.when > new:
            listed = ", ".join(f"«{title}»" for title in common[:_FEW])
            advice = did_you_mean(item.category, common) or f"якщо це не нова рубрика, оберіть з наявних: {listed}"
            yield warning(
                item.path, item.lines.get("category", 1), "category-once", f"рубрику «{item.category}» має лише цей матеріал", advice
            )  # fmt: skip


_NEW = timedelta(days=31)  # an older item's category has been seen on the site
_COMMON, _FEW = 3, 6  # items of an established category; categories named in a message
_ACCUSATIVE = {"рубрика": "рубрику", "видання": "видання", "вид": "вид"}
_PLURAL = {"рубрика": "рубрики", "видання": "видання", "вид": "види"}


def _named_parts(site: Site) -> dict[str, dict[str, tuple[str, int]]]:
    """Names of parts given by editors, each with its first location."""
    names: dict[str, dict[str, tuple[str, int]]] = {"рубрика": {}, "видання": {}, "вид": {}}
    for item in site.of_kind(Kind.NEWS):
        if item.category and item.category not in names["рубрика"]:
            names["рубрика"][item.category] = item.path, item.lines.get("category", 1)
    for row in site.rows:
        for what, trait in (("видання", "newspaper-title"), ("вид", "kind-title")):
            if name := row.traits.get(trait):
                names[what].setdefault(name, (row.location.file, row.location.line))
    return names


Rule = Callable[[Site, Clock], Iterator[Problem]]
RULES: tuple[Rule, ...] = (
    addresses_are_unique,
    pages_keep_out_of_reserved,
    messages_have_a_unit,
    services_have_a_unit,
    services_of_closed_units_are_few,
    dates_are_near,
    other_dates_are_near,
    rows_lead_to_what_is_published,
    reviews_are_done,
    nothing_is_modified_before_its_date,
    nothing_is_published_twice,
    reports_have_own_periods,
    windows_belong_to_figures,
    sums_have_one_window,
    figures_select_what_exists,
    names_share_no_part,
    addresses_are_no_devices,
    built_paths_fit_windows,
)
# Only without categories.toml.
_UNLISTED: tuple[Rule, ...] = (categories_are_not_slips,)


def categories_are_listed(site: Site, listed: tuple[str, ...]) -> Iterator[Problem]:
    """With categories.toml, other categories are errors."""
    listed_names = {normalize_name(title) for title in listed}
    for item in site.of_kind(Kind.NEWS):
        if listed and item.category and normalize_name(item.category) not in listed_names:
            advice = did_you_mean(item.category, listed) or f"можна: {', '.join(listed)}"
            yield Problem(
                item.path,
                item.lines.get("category", 1),
                "category-unknown",
                f"рубрики «{item.category}» немає в categories.toml",
                advice,
            )


def check_site(site: Site, clock: Clock, categories: tuple[str, ...] = ()) -> list[Problem]:
    """All problems that need more than one file, or the clock."""
    rules = RULES if categories else (*RULES, *_UNLISTED)
    problems = [problem for rule in rules for problem in rule(site, clock)]
    return problems + list(categories_are_listed(site, categories))
