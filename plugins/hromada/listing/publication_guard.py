"""The guard before a publication: which changes a person has to confirm (`FORCE=code`), and the summary of all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from hromada.domain.file_names import LARGEST_SITE
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.numerals import NOUNS, grouped, plural_category
from hromada.domain.refusal import Refusal
from hromada.listing.site_changes import SiteChanges

_MANY_PER_CENT, _MANY = 5, 5  # more than this share of the pages, and at least so many
_NEAR_PER_CENT = 80  # of the host's limit for a site
_LISTED = 10
# Lists of months, categories and tags vanish with their last item, and no row of redirects.csv can replace them.
_LIST_PAGE = lazy_compile(
    r"/(?:news|photos|events|messages)/\d{4}(?:[/-]\d{2})?/|/news/category/[^/]+/(?:feed\.atom)?|/tags/(?:[^/]+/)?"
)


def guard_refusals(
    changes: SiteChanges, online: Iterable[str], gone_anyway: Collection[str], forced: Collection[str]
) -> list[Refusal]:
    """What has to be confirmed before the changes go online, without the codes in `forced`.

    `online` are the addresses of the site that is online; `gone_anyway` are addresses that another refusal names.
    """
    vanished = [address for address in changes.gone if not _LIST_PAGE.fullmatch(address)]
    gone = [address for address in vanished if address not in gone_anyway]
    pages = sum(map(_is_page, online))
    gone_pages = sum(map(_is_page, vanished))
    refusals = []
    if gone:
        refusals.append(Refusal("address-gone", _gone_message(gone), _gone_plainly(gone)))
    if gone_pages >= _MANY and gone_pages * 100 > pages * _MANY_PER_CENT:
        refusals.append(Refusal("many-gone", *_many_messages(gone_pages, pages)))
    if changes.bytes * 100 > LARGEST_SITE * _NEAR_PER_CENT:
        refusals.append(Refusal("near-limit", *_near_messages(changes.bytes)))
    return [refusal for refusal in refusals if refusal.code not in forced]


def _is_page(address: str) -> bool:
    return address.endswith(("/", ".html"))


def _gone_message(gone: Sequence[str]) -> str:
    return "\n".join(
        [
            f"Із сайту {_vanish(len(gone))} {NOUNS['адреса'].counted(len(gone))}, без переспрямування і без повідомлення:",
            *(f"  {address}" for address in _listed(gone)),
            " ".join([*_advice(gone), "Якщо адреси справді не потрібні: make publish FORCE=address-gone."]),
        ]
    )


def _gone_plainly(gone: Sequence[str]) -> str:
    return "\n".join(
        [
            f"Із сайту {_vanish(len(gone))} {NOUNS['адреса'].counted(len(gone))}; хто має на них посилання, побачить, що такої сторінки немає:",
            *_listed(gone),
            "Якщо матеріал переїхав або видалено не те, не публікуйте, а поверніть його на місце.",
        ]
    )


def _listed(addresses: Sequence[str]) -> list[str]:
    more = [f"… і ще {len(addresses) - _LISTED}"] if len(addresses) > _LISTED else []
    return [*addresses[:_LISTED], *more]


def _advice(gone: Iterable[str]) -> Iterator[str]:
    """What to write so that the addresses answer; no row of redirects.csv can stand for a document or a feed."""
    kinds = {_is_page(address) for address in gone}
    if True in kinds:
        yield (
            "Якщо матеріал переїхав, додайте до content/redirects.csv рядок «адреса;шлях до файлу»; якщо його прибрано"
            " навмисно – рядок «адреса;gone»."
        )
    if False in kinds:
        yield "Документ або стрічку рядок не замінить: якщо на них ще посилаються, поверніть файл на місце."


def _vanish(count: int) -> str:
    return "зникне" if plural_category(count) == 0 else "зникнуть"


def _many_messages(gone: int, pages: int) -> tuple[str, str]:
    """The words of the terminal and of the window."""
    fact = f"{_vanish(gone).capitalize()} {NOUNS['сторінка'].counted(gone)} з {grouped(pages)}, це більше ніж {_MANY_PER_CENT} % сайту."
    return (
        f"{fact} Перевірте, чи не видалено теку випадково: git log --stat -3. Якщо так і треба: make publish FORCE=many-gone.",
        f"{fact} Перевірте, чи не видалено щось випадково.",
    )


def _near_messages(size: int) -> tuple[str, str]:
    """The words of the terminal and of the window."""
    share = size * 100 // LARGEST_SITE
    fact = (
        f"Сайт займає {grouped(size // 1_000_000)} МБ, це {share} % того, що приймає хостинг"
        f" ({grouped(LARGEST_SITE // 1_000_000)} МБ)."
    )
    return (
        f"{fact} Опублікувати ще можна: make publish FORCE=near-limit.",
        f"{fact} Опублікувати ще можна, але скажіть про це тому, хто доглядає за сайтом.",
    )


def short_summary(changes: SiteChanges) -> str:
    """The changes in one line, as the published commit's message and `make history` have them."""
    counts = [
        ("нових", len(changes.new)),
        ("змінених", len(changes.changed)),
        ("зниклих", len(changes.gone)),
        ("перенесених", len(changes.moved)),
    ]
    figures = [
        f"{figure.report} {figure.id} {_value(figure.online)} → {_value(figure.now)}"
        for figure in changes.figures
        if figure.online is not None or figure.now  # a new report's zeros say nothing
    ]
    text = ", ".join(f"{name} {grouped(count)}" for name, count in counts if count)
    pages = f"Адрес: {text}." if text else "Адреси ті самі."
    shown = f"{'; '.join(figures[:_LISTED])}{'; …' if len(figures) > _LISTED else ''}"
    return f"{pages} Показники: {shown}." if figures else pages


def _value(value: int | None) -> str:
    return "немає" if value is None else grouped(value)
