"""Assigns publications to accounts of accounts.toml, by the page that the export names or by the ACCOUNT setting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hromada.conversion.social.publication import ExportedPost, ExportResult, ImportRefused, refusal
from hromada.domain.account import NETWORK_TITLES, Account, Accounts
from hromada.domain.problem import Problem, did_you_mean

ACCOUNTS = "content/registers/accounts.toml"
_OTHER_PAGES = "інші сторінки, не ACCOUNT"
_UNKNOWN_PAGES = "сторінки, яких немає в accounts.toml"


class AttributedPost(NamedTuple):
    """A publication and the account it is on."""

    account: Account
    publication: ExportedPost


def attribute(result: ExportResult, accounts: Accounts, account_name: str) -> list[AttributedPost]:
    """Every publication with its account; those of other pages are counted as skipped in `result`.

    `account_name` is the ACCOUNT setting: an id or a name, empty where the export names the page. Of several pages
    those known to accounts.toml are taken and the others listed; ImportRefused where it knows none of them.
    """
    account = _requested(accounts, account_name) if account_name else None
    attributed = (
        _of_account(result, accounts, account)
        if account and result.publications
        else _by_named_account(result, accounts)
    )
    result.publications = [post.publication for post in attributed]  # the others are counted as skipped
    return attributed


def _by_named_account(result: ExportResult, accounts: Accounts) -> list[AttributedPost]:
    """Every publication with the account that the export names; those of unknown pages are listed and skipped."""
    attributed: list[AttributedPost] = []
    unknown: dict[tuple[str, str, str], list[ExportedPost]] = {}  # path, network, name
    for publication in result.publications:
        names = publication.pages or result.owners.get(publication.network, ())
        if owner := _find(accounts, names):
            attributed.append(AttributedPost(owner, publication))
        else:
            unknown.setdefault((publication.path, publication.network, names[0] if names else ""), []).append(
                publication
            )
    if unknown and not attributed:
        raise ImportRefused(_unknown_page(accounts, *key) for key in unknown)
    for (path, network, name), publications in unknown.items():
        _skip(result, _UNKNOWN_PAGES, path, network, name, publications)
    return attributed


def _skip(
    result: ExportResult, reason: str, path: str, network: str, name: str, publications: list[ExportedPost]
) -> None:
    """Count the publications as skipped, with a note whose they are and where the first one is."""
    result.skipped[reason] += len(publications)
    page = f"сторінка «{name}», {NETWORK_TITLES.get(network, network)}" if name else "без назви сторінки"
    result.notes.append(
        f"{path}: {page}: {len(publications)} не перенесено, перший – {publications[0].where}; {reason}"
    )


def _find(accounts: Accounts, names: Iterable[str]) -> Account | None:
    spellings = (spelling for name in names for spelling in (name, f"@{name}"))
    return next((account for spelling in spellings if (account := accounts.find(spelling))), None)


def _requested(accounts: Accounts, name: str) -> Account:
    if account := _find(accounts, [name]):
        return account
    names = [name for account in accounts.all for name in account.names]
    advice = did_you_mean(name, names) or "вкажіть id або назву з accounts.toml"
    raise refusal("ACCOUNT", 1, "import-account", f"сторінки «{name}» немає в accounts.toml", advice)


def _of_account(result: ExportResult, accounts: Accounts, account: Account) -> list[AttributedPost]:
    """The publications of one account: of its pages, or of the only page whatever its name, and those of no page."""
    by_page: dict[tuple[str, ...], list[ExportedPost]] = {}
    for publication in result.publications:
        names = publication.pages or result.owners.get(publication.network, ())
        by_page.setdefault(names, []).append(publication)
    unnamed = by_page.pop((), [])
    owners = {names: _find(accounts, names) for names in by_page}
    unknown = [names for names, owner in owners.items() if owner is None]
    if not by_page or account in owners.values():
        taken = [names for names, owner in owners.items() if owner == account]
    elif len(by_page) == 1 and not unknown:
        [(names, owner)] = owners.items()
        assert owner is not None
        path = by_page[names][0].path
        raise refusal(
            path, 1, "import-account", f"це сторінка «{owner.name}» ({owner.id}), а ACCOUNT – «{account.name}»",
            f"вкажіть ACCOUNT={owner.id} або приберіть ACCOUNT",
        )  # fmt: skip
    elif len({names[0] for names in unknown}) == 1:
        taken = unknown
    else:
        page_names = ", ".join(f"«{names[0]}»" for names in by_page)
        path = result.publications[0].path
        raise refusal(
            path, 1, "import-account", f"сторінок кілька, і жодна не «{account.name}»: {page_names}",
            f'допишіть назву сторінки до also = […] у {ACCOUNTS}',
        )  # fmt: skip
    for names, publications in by_page.items():
        if names not in taken:
            first = publications[0]
            _skip(result, _OTHER_PAGES, first.path, first.network, names[0], publications)
    return [AttributedPost(account, post) for post in (*unnamed, *(post for names in taken for post in by_page[names]))]


def _unknown_page(accounts: Accounts, path: str, network: str, name: str) -> Problem:
    if not name:
        ids = ", ".join(account.id for account in accounts.all) or "id сторінки з accounts.toml"
        return Problem(path, 1, "import-account", "файл не каже, чия це сторінка", f"вкажіть ACCOUNT=…: {ids}")
    names = [name for account in accounts.all for name in account.names]
    near = did_you_mean(name, names)
    entry = f'[[account]] id = "…" name = "{name}" networks = ["{network}"] group = "other"'
    ways = f"{'Д' if near else 'д'}опишіть назву до also = […] її сторінки або нову сторінку до {ACCOUNTS}: {entry}; чи вкажіть ACCOUNT=…"
    return Problem(
        path, 1, "import-account", f"сторінки «{name}» немає в accounts.toml", f"{near} {ways}".strip()
    )  # fmt: skip
