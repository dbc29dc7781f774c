"""The published documents together: where they stand in the site, how much they take of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from hromada.domain.file_names import LARGEST_SITE
from hromada.domain.problem import Problem


def check_documents(
    sizes: Mapping[str, int], addresses: Collection[str], folders: Collection[str] = ()
) -> Iterator[Problem]:
    """Sizes in bytes by path; `addresses` are those of the site's own pages and files, in `folders` it puts whatever it makes."""
    for path in sizes:
        address = path.removeprefix("content")
        ends = (at for at, sign in enumerate(address, 1) if sign == "/")
        if folder := next((address[:end] for end in ends if address[:end] in folders), ""):
            yield Problem(
                path, 1, "duplicate-address", f"у теці «{folder}» стоять сторінки й файли самого звіту", "перенесіть документ до іншої теки"
            )  # fmt: skip
        elif address in addresses:
            yield Problem(
                path, 1, "duplicate-address", "на цій адресі стоїть файл самого сайту", "перейменуйте документ"
            )
        elif file := next((above for above in _above(address) if _is_file(above, addresses)), ""):
            yield Problem(
                path,
                1,
                "duplicate-address",
                f"на адресі його теки «{file}» стоїть файл самого сайту",
                "перейменуйте теку",
            )
    if (total := sum(sizes.values())) >= LARGEST_SITE:
        largest = max(sizes, key=lambda path: (sizes[path], path))
        yield Problem(
            largest, 1, "site-too-large", f"документи сайту разом мають {total // 1_000_000} МБ, це найбільший із них",
            f"увесь сайт має бути меншим за {LARGEST_SITE // 1_000_000} МБ; тримайте великі файли деінде й дайте посилання",
        )  # fmt: skip


def _above(address: str) -> Iterator[str]:
    """The folders in which a document lies, without their last slash."""
    return (address[:at] for at, sign in enumerate(address) if sign == "/" and at)


def _is_file(address: str, addresses: Collection[str]) -> bool:
    """Whether the site has a file of its own there: what it names, or a page's `index.html`."""
    return address in addresses or (address.endswith("/index.html") and address.removesuffix("index.html") in addresses)
