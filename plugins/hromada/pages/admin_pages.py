"""The pages of the editor below /admin/ with their static files; built only where the settings name a repository."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from hromada.domain.site import Site
from hromada.editor.admin_pages import ADMIN_PAGES, host_data, policy
from hromada.editor.configuration import configuration
from hromada.editor.form_fields import FormChoices
from hromada.editor.git_host import GitHost, git_host
from hromada.editor.script_tables import script_tables
from hromada.pages.register_forms import register_forms
from hromada.pages.view_models import FilePlan, PageGroup, PagePlan, plain_file
from hromada.system.regular_files import RegularFile, digest_of
from hromada.system.scan import walk

_CMS = "sveltia"
_CONFIG, _TABLES, _REGISTERS = "admin/config.json", "admin/tables.json", "admin/registers.json"
_OWN = (".js", ".css")
_MANIFEST = "manifest.json"  # of the CMS: the digests of its files, so that a build need not read them


class StaticFolder(NamedTuple):
    """Files of the editor: `path` is their folder on the site, named by what is in it; `digests` are those of the files."""

    path: str
    source: str  # the folder on the disk
    digests: tuple[tuple[str, str], ...]

    def files(self) -> Iterator[FilePlan]:
        for name, digest in self.digests:
            published = f"{self.path[1:]}{name}"
            yield FilePlan((published,), digest, partial(dict, {published: RegularFile(self.source, name)}))


def admin_groups(site: Site, theme: Path, choices: FormChoices) -> dict[str, PageGroup]:
    """The group of the editor's pages; none without a repository that the editor can write to.

    `choices` are published with the forms, so they name nothing that the site does not show.
    """
    settings = site.settings
    host = git_host(settings.editor_repository)
    if host is None:
        return {}
    parts, cms = _parts(theme / "admin"), _cms(theme / "admin" / _CMS)
    data = (
        (_CONFIG, _json(configuration(host, settings, choices))),
        (_TABLES, _json(script_tables())),
        (_REGISTERS, msgspec.json.encode(register_forms(site.registers, site.accounts, site.figures))),
    )
    return {"admin": PageGroup(_plans, (host, settings.base, parts, cms, data))}


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)


def _plans(
    host: GitHost, base: str, parts: StaticFolder, cms: StaticFolder, data: tuple[tuple[str, bytes], ...]
) -> Iterator[PagePlan | FilePlan]:
    for page in ADMIN_PAGES:
        context = {
            "page_title": page.title, "policy": policy(page, host), "host": host_data(host, base), "parts": parts.path,
            "cms": cms.path if page.has_cms else "", "noindex": True,
            "admin_pages": ADMIN_PAGES,
        }  # fmt: skip
        yield PagePlan(f"{page.path[1:]}index.html", page.template, context)
    yield from (plain_file(name, content) for name, content in data)
    yield from parts.files()
    yield from cms.files()


def _parts(folder: Path) -> StaticFolder:
    """Our own scripts and styles: modules import each other by relative names, so all have one folder."""
    sources = (file.source for file in walk(folder, "theme/admin").values())
    files = {source.name: source for source in sources if "/" not in source.name and source.name.endswith(_OWN)}
    return _folder("parts", folder, {name: digest_of(source.read()) for name, source in files.items()})


def _cms(folder: Path) -> StaticFolder:
    manifest = msgspec.json.decode(RegularFile(str(folder), _MANIFEST).read(), type=dict[str, str])
    return _folder(_CMS, folder, manifest)


def _folder(name: str, source: Path, digests: Mapping[str, str]) -> StaticFolder:
    sorted_digests = tuple(sorted(digests.items()))
    return StaticFolder(f"/admin/{name}-{digest_of(repr(sorted_digests).encode())[:10]}/", str(source), sorted_digests)
