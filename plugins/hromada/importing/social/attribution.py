"""Whose a publication is: the account of accounts.toml that the export or the call names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hromada.domain.account import NETWORK_TITLES, Account, Accounts
from hromada.domain.problem import Problem, did_you_mean
from hromada.importing.social.publication import ExportResult, ImportRefused, Publication, refusal

ACCOUNTS = "content/registers/accounts.toml"
_OTHERS = "інші сторінки, не ACCOUNT"
_FOREIGN = "сторінки, яких немає в accounts.toml"


class AttributedPost(NamedTuple):
    """A publication and the account it is on."""

    account: Account
    publication: Publication


def attribute(reading: ExportResult, accounts: Accounts, wanted: str) -> list[AttributedPost]:
    """Every publication with its account; those of other pages than `wanted` go aside in `reading`.

    `wanted` is ACCOUNT: an id or a name, empty where the export tells. Of several pages those that
    accounts.toml has are taken, the others are named; where it has none of them the import is refused.
    """
    account = _wanted(accounts, wanted) if wanted else None
    found = _to_one(reading, accounts, account) if account and reading.publications else _each(reading, accounts)
    reading.publications = [one.publication for one in found]  # the others are told aside, and counted once
    return found


def _each(reading: ExportResult, accounts: Accounts) -> list[AttributedPost]:
    """Every publication with the account that the export names; those of foreign pages are named and left out."""
    found: list[AttributedPost] = []
    unknown: dict[tuple[str, str, str], list[Publication]] = {}  # path, network, name
    for publication in reading.publications:
        names = publication.pages or reading.owners.get(publication.network, ())
        if owner := _find(accounts, names):
            found.append(AttributedPost(owner, publication))
        else:
            unknown.setdefault((publication.path, publication.network, names[0] if names else ""), []).append(
                publication
            )
    if unknown and not found:
        raise ImportRefused(_unknown(accounts, *key) for key in unknown)
    for (path, network, name), publications in unknown.items():
        _leave_out(reading, _FOREIGN, path, network, name, publications)
    return found


def _leave_out(
    reading: ExportResult, reason: str, path: str, network: str, name: str, publications: list[Publication]
) -> None:
    """Count the publications aside, and say whose they are and where the first one stands."""
    reading.skipped[reason] += len(publications)
    page = f"сторінка «{name}», {NETWORK_TITLES.get(network, network)}" if name else "без назви сторінки"
    reading.notes.append(
        f"{path}: {page}: {len(publications)} не перенесено, перший – {publications[0].where}; {reason}"
    )


def _find(accounts: Accounts, names: Iterable[str]) -> Account | None:
    spellings = (spelling for name in names for spelling in (name, f"@{name}"))
    return next((account for one in spellings if (account := accounts.find(one))), None)


def _wanted(accounts: Accounts, name: str) -> Account:
    if account := _find(accounts, [name]):
        return account
    known = [name for account in accounts.all for name in account.names]
    advice = did_you_mean(name, known) or "вкажіть id або назву з accounts.toml"
    raise refusal("ACCOUNT", 1, "import-account", f"сторінки «{name}» немає в accounts.toml", advice)


def _to_one(reading: ExportResult, accounts: Accounts, account: Account) -> list[AttributedPost]:
    """The publications of one account: of the pages that are it, or of the only page whatever its name; and nobody's."""
    by_page: dict[tuple[str, ...], list[Publication]] = {}
    for publication in reading.publications:
        names = publication.pages or reading.owners.get(publication.network, ())
        by_page.setdefault(names, []).append(publication)
    nobodys = by_page.pop((), [])
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
        shown = ", ".join(f"«{names[0]}»" for names in by_page)
        path = reading.publications[0].path
        raise refusal(
            path, 1, "import-account", f"сторінок кілька, і жодна не «{account.name}»: {shown}",
            f'допишіть назву сторінки до also = […] у {ACCOUNTS}',
        )  # fmt: skip
    for names, publications in by_page.items():
        if names not in taken:
            first = publications[0]
            _leave_out(reading, _OTHERS, first.path, first.network, names[0], publications)
    return [AttributedPost(account, one) for one in (*nobodys, *(one for names in taken for one in by_page[names]))]


def _unknown(accounts: Accounts, path: str, network: str, name: str) -> Problem:
    if not name:
        ids = ", ".join(account.id for account in accounts.all) or "id сторінки з accounts.toml"
        return Problem(path, 1, "import-account", "файл не каже, чия це сторінка", f"вкажіть ACCOUNT=…: {ids}")
    known = [one for account in accounts.all for one in account.names]
    near = did_you_mean(name, known)
    entry = f'[[account]] id = "…" name = "{name}" networks = ["{network}"] group = "other"'
    ways = f"{'Д' if near else 'д'}опишіть назву до also = […] її сторінки або нову сторінку до {ACCOUNTS}: {entry}; чи вкажіть ACCOUNT=…"
    return Problem(
        path, 1, "import-account", f"сторінки «{name}» немає в accounts.toml", f"{near} {ways}".strip()
    )  # fmt: skip
