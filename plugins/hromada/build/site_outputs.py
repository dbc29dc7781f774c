"""Every file of the site with a key of its inputs, equal as long as the file's bytes would be.

| file | depends on |
|---|---|
| an item's page | its file and what that refers to; its translations; the reports that count it; its template |
| a unit's page | also the cards and documents of its messages, the cards of its services, its part of the latest report |
| a service's page | also its unit's header |
| lists, home | the cards of the listed items, the units, the reports' cards; their template |
| events, home | the occurrences of events in short cards; those not over; their template |
| calendar files | the headers of their events |
| the photo archive | the covers, titles and numbers of pictures of its items; their template |
| the sitemap | all of the items that counting depends on; its template |
| feeds | the cards and texts of their twenty newest items |
| reports, their lists and files | everything that is counted, and the texts of items that an approval has |
| pictures, static files | themselves: their names have a digest |
| documents of editors | their stamp, once it is two seconds old; only documents that something published needs (snapshot.documents) |
| a page of the handbook | its file and what that refers to; the titles of all chapters |

Every page also depends on the chrome, and everything on our own code and the libraries (`common`). Groups with the
inputs of the last build are not expanded: their keys are carried over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property, partial
from operator import attrgetter
from pathlib import Path

from hromada.build.manifest import OutputGroup
from hromada.build.output_writer import OutputConflict
from hromada.build.page_keys import ContextHasher, Templates
from hromada.build.render_job import ItemPage, RenderJob
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.file_names import name_in_content
from hromada.domain.item import Item, Kind
from hromada.domain.site_urls import ACCESSIBILITY, SEARCH_PAGE
from hromada.editor.entry_links import pages_link_to_forms
from hromada.pages.site_pages import SitePages
from hromada.pages.template_filters import SiteContext, site_context
from hromada.pages.view_models import FilePlan, PageGroup, PagePlan, plain_file
from hromada.render.links import LinkResult
from hromada.render.social_card_files import SocialCardRenderer
from hromada.render.theme_assets import ThemeAssets, load_theme
from hromada.storage.artifact_cache import FileStore
from hromada.storage.lexeme_store import LexemeStore
from hromada.system.regular_files import digest_of

AnyPlan = PagePlan | FilePlan
_REPORTS_KEPT = 128  # sets of about 250 kB; ten years have 20 reports, each with a version or two
_REPORTS = "reports and their files"
_UNDATED = datetime(1991, 8, 24)  # Pelican wants a date; no template prints this one
_WITHDRAWN = "withdrawn"  # the template of a withdrawn item, of whatever kind
_TEMPLATES = {Kind.UNIT: "unit", Kind.PAGE: "page", Kind.REPORT: "report", Kind.SERVICE: "service"}


def template_of(kind: Kind) -> str:
    """The template of an item's own page, as Pelican names it."""
    return _TEMPLATES.get(kind, "article")


def page_name(address: str) -> str:
    """The file of a page in the output."""
    return f"{address[1:]}index.html"


def outputs_of(
    snapshot: ContentSnapshot, theme: Path, cache: Path, code: str, before: Mapping[str, OutputGroup]
) -> Outputs:
    """The outputs of a snapshot with the templates in `theme`; `code` is a digest of everything that renders them."""
    static = load_theme(theme / "static")
    settings = snapshot.site.settings
    card_renderer = SocialCardRenderer(settings.name, theme / "static/fonts", snapshot.pictures.store)
    context = site_context(
        settings, static.names, snapshot.clock.day, snapshot.linker.targets.addresses, card_renderer.card("").card
    )
    common = digest_of(
        f"{code}\0{context.chrome!r}\0{settings.address}\0{settings.picture_store}\0{pages_link_to_forms(settings)}".encode()
    )[:16]
    documents, lexemes = FileStore(cache / "documents", _REPORTS_KEPT), LexemeStore(cache / "lexemes.sqlite")
    pages = SitePages(snapshot, theme, documents, lexemes, card_renderer)
    return Outputs(pages, static, Templates(theme / "templates", static.names), context, common, before)


class Outputs:
    """All outputs of one snapshot by name; `before` are the groups of the last build into the same folder."""

    def __init__(
        self, pages: SitePages, theme: ThemeAssets, templates: Templates, site_context: SiteContext, common: str,
        before: Mapping[str, OutputGroup],
    ) -> None:  # fmt: skip
        self.pages, self.theme, self.snapshot, self.site_context = pages, theme, pages.snapshot, site_context
        self._templates, self._common = templates, common
        entries = self.snapshot.content.entries
        self._hasher = ContextHasher({path: entry.card_key for path, entry in entries.items()})
        self._plans: dict[str, dict[str, AnyPlan]] = {}
        self.items = {page_name(item.address): item for item in self.snapshot.all_built}
        self._before = before

    @property
    def groups(self) -> dict[str, OutputGroup]:
        return self._page_groups | self._index_groups

    @cached_property
    def _page_groups(self) -> dict[str, OutputGroup]:
        return {name: self._group(name, group) for name, group in self._page_makers.items()}

    @cached_property
    def _index_groups(self) -> dict[str, OutputGroup]:
        return {name: self._group(name, group) for name, group in self._index_makers.items()}

    @cached_property
    def item_keys(self) -> dict[str, str]:
        """The keys of items' own pages, without reports: made before those of any list."""
        return self._item_keys()

    @cached_property
    def page_keys(self) -> dict[str, str]:
        """Every output of the site but the files of the search index, with its key."""
        plain_files = {name: self._key(plan) for name, plan in self._plain_files.items()}
        return _united(self.item_keys, *(group.keys for group in self._page_groups.values()), plain_files)

    @cached_property
    def index_keys(self) -> dict[str, str]:
        """The files of the search index with their keys, which follow from their bytes."""
        return _united(*(group.keys for group in self._index_groups.values()))

    @cached_property
    def keys(self) -> dict[str, str]:
        """Every output of the site with its key."""
        return _united(self.page_keys, self.index_keys)

    def job(self, names: Iterable[str]) -> RenderJob:
        """The render job for these outputs."""
        names = list(names)
        plans = self.plans(names)
        made = (plan.make() for plan in plans if isinstance(plan, FilePlan))
        items = [self.items[name] for name in names if name in self.items]
        return RenderJob(
            self.site_context,
            tuple(map(self._item_page, self.snapshot.file_cache.reading_ahead(items, attrgetter("path")))),
            tuple(self.pages.with_cards(plan) for plan in plans if isinstance(plan, PagePlan)),
            tuple(file for files in made for file in files.items()),
        )

    def _item_page(self, item: Item) -> ItemPage:
        metadata = {
            "title": item.title,
            "slug": item.slug,
            "lang": item.lang,
            "status": item.status.value,
            "url": item.address.lstrip("/"),
            "save_as": page_name(item.address),
            "summary": item.summary,
            "date": item.when or _UNDATED,
            "template": _WITHDRAWN if item.path in self.snapshot.withdrawn else template_of(item.kind),
        }
        file = self.snapshot.content.scanned[item.path].file
        return ItemPage(file, item.kind, self.snapshot.html(item), metadata | self.pages.items.context(item))

    def plans(self, names: Iterable[str]) -> list[AnyPlan]:
        """The plans of these outputs, each once; items' own pages have none."""
        needed = set(names) - self.items.keys()
        if not needed:
            return []
        by_id: dict[int, AnyPlan] = {}
        makers, groups = self._page_makers, self._page_groups
        if needed - self.page_keys.keys():
            makers, groups = makers | self._index_makers, self.groups
        holding = [name for name, group in groups.items() if not needed.isdisjoint(group.keys)]
        for plans in (self._plain_files, *(self._group_plans(name, makers[name]) for name in holding)):
            for name in needed & plans.keys():
                by_id[id(plans[name])] = plans[name]
        return list(by_id.values())

    # --- items' own pages -------------------------------------------------------------------------------------

    def _item_keys(self) -> dict[str, str]:
        """Keys of every item's page but the reports'."""
        entries, mentions, pages = self.snapshot.content.entries, self.pages.reports.index.mentions, self.pages
        common = {kind: self._page_key(f"{template_of(kind)}.html") for kind in Kind}
        keys = {
            name: f"{common[item.kind]} {entries[item.path].key}"
            for name, item in self.items.items()
            if item.kind is not Kind.REPORT
        }
        withdrawn = self._page_key(f"{_WITHDRAWN}.html")
        for item in self.snapshot.all_built:
            name = page_name(item.address)
            if item.path in self.snapshot.withdrawn:  # no longer of the text nor of what that refers to
                keys[name] = f"{withdrawn} {digest_of(repr(pages.items.withdrawal(item)).encode())}"
            elif item.kind is not Kind.REPORT and (item.expires or item.related):
                ends = item.expires, item.is_over(self.snapshot.clock)
                keys[name] += f" {digest_of(repr((ends, pages.items.related(item))).encode())}"
        translated = {item.address for items in pages.items.translated.values() for item in items}
        units = {item.address for item in self.snapshot.built(Kind.UNIT)}
        contacts = self.snapshot.contact_pages
        for address in translated | mentions.keys() | units | contacts | {ACCESSIBILITY}:
            if (name := page_name(address)) not in keys:
                continue
            item = self.items[name]
            if item.path in self.snapshot.withdrawn:
                continue
            extra: list[object] = [(other.lang, other.address) for other in pages.items.versions(item)]
            extra += [mentions[address]] if address in mentions else []
            if address == ACCESSIBILITY:
                extra += [self.snapshot.site.accessibility, pages.items.contacts_path]
            extra += [pages.alerts, pages.linked_data.of_council()] if address in contacts else []
            if item.kind is Kind.UNIT:
                shown = (pages.units.view(item), pages.units.activity(item), pages.units.first_listing(item))
                extra.append(self._hasher.key(shown))
            keys[name] += f" {digest_of(repr(extra).encode())}"
        return keys

    # --- groups -----------------------------------------------------------------------------------------------

    def _group(self, name: str, group: PageGroup) -> OutputGroup:
        """The group of the last build if its inputs are the same, else one with new keys."""
        before = self._before.get(name)
        group_inputs = self._hasher.key(group.inputs)
        inputs = f"{self._everywhere} {group_inputs}"
        if before is not None and before.inputs == inputs:
            return before
        page_inputs = f"{self._settings} {group_inputs}" if group.is_single_page else ""
        keys = {output: self._key(plan, page_inputs) for output, plan in self._group_plans(name, group).items()}
        if name == _REPORTS:
            keys |= dict(self._report_keys())
        return OutputGroup(inputs, keys)

    @cached_property
    def _everywhere(self) -> str:
        """A digest of what any page of a group may depend on beside its own inputs."""
        templates = (self._templates.digest(name) for name in self._templates.names)
        return _joined(self._common, self._settings, *templates)

    @cached_property
    def _settings(self) -> str:
        return digest_of(repr(self.snapshot.site.settings).encode())

    @cached_property
    def _page_makers(self) -> dict[str, PageGroup]:
        checks = self.snapshot.report_checks
        assert checks is not None
        return self.pages.groups() | {
            _REPORTS: PageGroup(self._reports, (checks.digest, self.pages.reports.documents_digest))
        }

    @cached_property
    def _index_makers(self) -> dict[str, PageGroup]:
        return self.pages.search.index_groups()

    def _group_plans(self, name: str, group: PageGroup) -> dict[str, AnyPlan]:
        """A group's plans by output, made when one of them is to be rendered."""
        if name not in self._plans:
            self._plans[name] = self._by_name(group.make(*group.inputs))
        return self._plans[name]

    def _reports(self, _inputs: str, _documents: str) -> Iterator[AnyPlan]:
        yield from self.pages.reports.lists()
        yield from self.pages.reports.files()

    def _report_keys(self) -> Iterator[tuple[str, str]]:
        """Keys of the reports' own pages."""
        reports = self.snapshot.reports
        for item in reports.built:
            report_state = reports.report_states[item.path]
            context = (
                self.pages.reports.view(report_state),
                reports.text(report_state).html,
                self.pages.items.details(item),
                item.status,
            )
            yield page_name(item.address), f"{self._page_key('report.html')} {self._hasher.key(context)}"

    @staticmethod
    def _by_name(plans: Iterable[AnyPlan]) -> dict[str, AnyPlan]:
        by_name: dict[str, AnyPlan] = {}
        for plan in plans:
            for name in plan.names if isinstance(plan, FilePlan) else (plan.name,):
                if name in by_name:
                    raise OutputConflict(f"two pages for one file: {name}")
                by_name[name] = plan
        return by_name

    def _key(self, plan: AnyPlan, inputs: str = "") -> str:
        """A plan's key; `inputs` is a digest of all inputs of the page's context, if known."""
        if isinstance(plan, FilePlan):
            return plan.key
        return f"{self._page_key(plan.template)} {inputs or self._hasher.key(plan.context)}"

    def _page_key(self, template: str) -> str:
        """What every page of a template depends on beside its context."""
        return f"{self._common} {self._templates.digest(template)}"

    # --- files without a template ----------------------------------------------------------------------------

    @cached_property
    def _plain_files(self) -> dict[str, AnyPlan]:
        """Static files, copies of pictures unless they lie in a store, editors' documents, by name."""
        pictures = () if self.snapshot.site.settings.picture_store else self.pictures
        return self._by_name([*self._static(), *pictures, *self._documents()])

    @cached_property
    def pictures(self) -> list[FilePlan]:
        """All files made of pictures, wherever they are published."""
        return list(self._pictures())

    def withdrawn_files(self) -> frozenset[str]:
        """The files that only withdrawn items needed: documents, pictures of every size, and all below their addresses."""
        snapshot, names = self.snapshot, set[str]()
        for item in snapshot.withdrawn.values():
            linked = snapshot.content.entries[item.path].linked or LinkResult()
            names |= {name_in_content(path) for path in linked.attachments}
            for path in linked.pictures:
                plan = snapshot.pictures.plan(path)
                names |= {*plan.names, plan.card_name}
        return frozenset(names - self.keys.keys() - {name for plan in self.pictures for name in plan.names})

    def picture_sets(self) -> set[str]:
        """What the cache of pictures has of this site."""
        return {plan.key for plan in self.pictures}

    def _static(self) -> Iterator[FilePlan]:
        for name, data in self.theme.files.items():
            yield plain_file(f"theme/{name}", data)

    def _pictures(self) -> Iterator[FilePlan]:
        pictures = self.snapshot.pictures
        linked = self.snapshot.all_linked
        paths = [path for result in linked for path in result.pictures]
        covers = {result.cover for result in linked if result.cover}
        for plan in pictures.used([*paths, *self.snapshot.handbook.pictures], covers):
            yield FilePlan(plan.names, plan.made_of, partial(pictures.files, plan), is_slow=True)
        yield from self.pages.title_cards()

    def _documents(self) -> Iterator[FilePlan]:
        content = self.snapshot.content
        for path in self.snapshot.documents:
            name, stamp = name_in_content(path), content.scanned[path].stamp
            trusted = self.snapshot.file_cache.trusted(stamp, self.snapshot.start_ns)
            key = repr(stamp) if trusted else f"{stamp} as of {self.snapshot.start_ns}"  # another key in the next build
            yield FilePlan((name,), key, partial(dict, {name: content.file(path)}))


def may_be_of_index(name: str) -> bool:
    """Whether a file lies where those of the search index do; redirects may lie there, too."""
    return name.startswith(SEARCH_PAGE[1:])


def _united(*parts: Mapping[str, str]) -> dict[str, str]:
    keys: dict[str, str] = {}
    for part in parts:
        if twice := keys.keys() & part.keys():
            raise OutputConflict(f"two pages for one file: {sorted(twice)}")
        keys |= part
    return keys


def _joined(*parts: str) -> str:
    return digest_of("\0".join(parts).encode())
