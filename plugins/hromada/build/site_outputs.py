"""Every file of the site, and what it depends on: a key for each, equal as long as its bytes would be.

| file | depends on |
|---|---|
| an item's page | its file and what that refers to; translations beside it; the reports that count it; its template |
| lists, home | the cards of the listed items, the units, the reports' cards; their template |
| the map | all that the count sees of the items; its template |
| feeds | the cards and texts of their twenty newest items |
| reports, their lists and files | everything that is counted, and the words of items that an approval holds |
| pictures, static files | themselves: their names hold a digest |
| documents of editors | their stamp, once it is two seconds old; they are outputs while something published needs them (edition.documents) |
| a page of the handbook | its file and what that refers to; the titles of all chapters |

Every page also depends on the chrome, and everything on our own code and the libraries (`common`). Groups whose
inputs are those of the last build are not even looked into: their keys are carried over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

from hromada.domain.item import Item, Kind
from hromada.system.digest import digest_of
from hromada.build.context_hash import ContextHasher
from hromada.content.snapshot import ContentSnapshot
from hromada.storage.artifact_cache import FileStore
from hromada.build.manifest import Group
from hromada.build.output_writer import OutputConflict
from hromada.pages.view_models import FilePlan, PagePlan, plain_file
from hromada.build.render_job import ItemPage, RenderJob
from hromada.pages.site_pages import PageGroup, SitePages
from hromada.build.template_dependencies import Templates
from hromada.render.theme_assets import Theme, load_theme
from hromada.pages.template_filters import SiteContext, site_context

AnyPlan = PagePlan | FilePlan
_REPORTS_KEPT = 128  # sets of about 250 kB; ten years have 20 reports, each with a version or two
_REPORTS = "reports and their files"
_UNDATED = datetime(1991, 8, 24)  # Pelican wants a date; no template prints this one
_TEMPLATES = {Kind.UNIT: "unit", Kind.PAGE: "page", Kind.REPORT: "report"}


def template_of(kind: Kind) -> str:
    """The template that draws an item's own page, as Pelican calls it."""
    return _TEMPLATES.get(kind, "article")


def page_name(address: str) -> str:
    """The file of a page in the output."""
    return f"{address[1:]}index.html"


def outputs_of(snapshot: ContentSnapshot, theme: Path, cache: Path, code: str, before: Mapping[str, Group]) -> Outputs:
    """The outputs of an edition by the templates in `theme`; `code` is a digest of everything that draws them."""
    static = load_theme(theme / "static")
    settings = snapshot.site.settings
    surroundings = site_context(settings, static.names, snapshot.clock.day, snapshot.linker.targets.addresses)
    common = digest_of(f"{code}\0{surroundings.chrome!r}\0{settings.address}".encode())[:16]
    pages = SitePages(snapshot, theme, FileStore(cache / "documents", _REPORTS_KEPT))
    return Outputs(pages, static, Templates(theme / "templates", static.names), surroundings, common, before)


class Outputs:
    """All outputs of one edition by name; `before` are the groups of the last build into the same folder."""

    def __init__(
        self, pages: SitePages, theme: Theme, templates: Templates, site_context: SiteContext, common: str,
        before: Mapping[str, Group],
    ) -> None:  # fmt: skip
        self.pages, self.theme, self.snapshot, self.site_context = pages, theme, pages.snapshot, site_context
        self._templates, self._common = templates, common
        known = self.snapshot.content.entries
        self._describer = ContextHasher(lambda item: known[item.path].card_key)
        self._plans: dict[str, dict[str, AnyPlan]] = {}
        self.items = {page_name(item.address): item for item in self.snapshot.all_built}
        self._before = before

    @cached_property
    def groups(self) -> dict[str, Group]:
        return {name: self._group(name, self._before.get(name)) for name in self._makers}

    @cached_property
    def item_keys(self) -> dict[str, str]:
        """The items' own pages, but the reports', with their keys: known before any list is looked at."""
        return self._item_keys()

    @cached_property
    def keys(self) -> dict[str, str]:
        """Every output of the site with its key."""
        parts = [self.item_keys, *(group.keys for group in self.groups.values())]
        parts.append({name: self._key(plan) for name, plan in self._plain_files.items()})
        keys: dict[str, str] = {}
        for part in parts:
            if twice := keys.keys() & part.keys():
                raise OutputConflict(f"two pages for one file: {sorted(twice)}")
            keys |= part
        return keys

    def job(self, names: Iterable[str]) -> RenderJob:
        """Everything that is needed to draw these outputs."""
        names = list(names)
        plans = self.plans(names)
        made = (plan.make() for plan in plans if isinstance(plan, FilePlan))
        return RenderJob(
            self.site_context,
            tuple(self._item_page(self.items[name]) for name in names if name in self.items),
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
            "template": template_of(item.kind),
        }
        file = self.snapshot.content.scanned[item.path].file
        return ItemPage(file, item.kind, self.snapshot.html(item), metadata | self.pages.views(item))

    def plans(self, names: Iterable[str]) -> list[AnyPlan]:
        """What makes these outputs, each plan once; the items' own pages are Pelican's."""
        wanted = set(names) - self.items.keys()
        if not wanted:
            return []
        found: dict[int, AnyPlan] = {}
        for plans in (self._plain_files, *(self._group_plans(name) for name in self._holding(wanted))):
            for name in wanted & plans.keys():
                found[id(plans[name])] = plans[name]
        return list(found.values())

    def _holding(self, wanted: set[str]) -> Iterator[str]:
        return (name for name, group in self.groups.items() if not wanted.isdisjoint(group.keys))

    # --- items' own pages -------------------------------------------------------------------------------------

    def _item_keys(self) -> dict[str, str]:
        """Of every item's page but the reports'."""
        known, mentions, pages = self.snapshot.content.entries, self.pages.reported.mentions, self.pages
        common = {kind: self._page_key(f"{template_of(kind)}.html") for kind in Kind}
        keys = {
            name: f"{common[item.kind]} {known[item.path].key}"
            for name, item in self.items.items()
            if item.kind is not Kind.REPORT
        }
        beside = {item.address for items in pages.translated.values() for item in items}
        units = {item.address for item in self.snapshot.built(Kind.UNIT)}
        for address in beside | mentions.keys() | units:
            if (name := page_name(address)) not in keys:
                continue
            item = self.items[name]
            extra: list[object] = [(one.lang, one.address) for one in pages.beside(item)]
            extra += [mentions[address]] if address in mentions else []
            if item.kind is Kind.UNIT:
                extra.append(self._describer.key((pages.unit(item), pages.unit_listings(item)[0])))
            keys[name] += f" {digest_of(repr(extra).encode())}"
        return keys

    # --- groups -----------------------------------------------------------------------------------------------

    def _group(self, name: str, before: Group | None) -> Group:
        """The group as it was, when it is made of the same; else with new keys."""
        group = self._makers[name]
        shown = self._describer.key(group.inputs)
        inputs = f"{self._everywhere} {shown}"
        if before is not None and before.inputs == inputs:
            return before
        known = f"{self._settings} {shown}" if group.is_single_page else ""
        keys = {one: self._key(plan, known) for one, plan in self._group_plans(name).items()}
        if name == _REPORTS:
            keys |= dict(self._report_keys())
        return Group(inputs, keys)

    @cached_property
    def _everywhere(self) -> str:
        """What any page of a group may depend on, beside what it shows."""
        templates = (self._templates.digest(name) for name in self._templates.names)
        return _joined(self._common, self._settings, *templates)

    @cached_property
    def _settings(self) -> str:
        return digest_of(repr(self.snapshot.site.settings).encode())

    @cached_property
    def _makers(self) -> dict[str, PageGroup]:
        note = self.snapshot.report_note
        assert note is not None
        return self.pages.groups() | {_REPORTS: PageGroup(self._reports, (note.digest, self.pages.documents_digest))}

    def _group_plans(self, group: str) -> dict[str, AnyPlan]:
        """A group's plans by the names of their outputs, made when something of it is to be drawn."""
        if group not in self._plans:
            maker = self._makers[group]
            self._plans[group] = self._by_name(maker.make(*maker.inputs))
        return self._plans[group]

    def _reports(self, _inputs: str, _documents: str) -> Iterator[AnyPlan]:
        yield from self.pages.report_lists()
        yield from self.pages.report_files()

    def _report_keys(self) -> Iterator[tuple[str, str]]:
        """Of the reports' own pages, which are items' pages too."""
        reports = self.snapshot.reports
        for item in reports.built:
            report_state = reports.report_states[item.path]
            shown = (self.pages.view(report_state), reports.text(report_state).html, self.pages.details(item), item.status)
            yield page_name(item.address), f"{self._page_key('report.html')} {self._describer.key(shown)}"

    @staticmethod
    def _by_name(plans: Iterable[AnyPlan]) -> dict[str, AnyPlan]:
        found: dict[str, AnyPlan] = {}
        for plan in plans:
            for name in plan.names if isinstance(plan, FilePlan) else (plan.name,):
                if name in found:
                    raise OutputConflict(f"two pages for one file: {name}")
                found[name] = plan
        return found

    def _key(self, plan: AnyPlan, shown: str = "") -> str:
        """Equal for equal outputs; `shown` is a digest of all that a page's context was made of, if that is known."""
        if isinstance(plan, FilePlan):
            return plan.key
        return f"{self._page_key(plan.template)} {shown or self._describer.key(plan.context)}"

    def _page_key(self, template: str) -> str:
        """What every page of a template depends on, beside what it shows."""
        return f"{self._common} {self._templates.digest(template)}"

    # --- files that no template draws ---------------------------------------------------------------------------

    @cached_property
    def _plain_files(self) -> dict[str, AnyPlan]:
        """Static files, copies of pictures, editors' documents, by name."""
        return self._by_name([*self._static(), *self._pictures(), *self._documents()])

    def _static(self) -> Iterator[FilePlan]:
        for name, data in self.theme.files.items():
            yield plain_file(f"theme/{name}", data)

    def _pictures(self) -> Iterator[FilePlan]:
        pictures = self.snapshot.pictures
        shown = [path for one in self.snapshot.all_linked for path in one.pictures]
        for plan in pictures.used([*shown, *self.snapshot.handbook.pictures]):
            names = tuple(copy.name for copy in plan.copies)
            yield FilePlan(names, plan.made_of, partial(pictures.copies, plan))

    def _documents(self) -> Iterator[FilePlan]:
        content = self.snapshot.content
        for path in self.snapshot.documents:
            name, stamp = path.removeprefix("content/"), content.scanned[path].stamp
            trusted = self.snapshot.file_cache.trusted(stamp, self.snapshot.start_ns)
            key = repr(stamp) if trusted else f"{stamp} as of {self.snapshot.start_ns}"  # the next build looks again
            yield FilePlan((name,), key, partial(dict, {name: content.file(path)}))


def _joined(*parts: str) -> str:
    return digest_of("\0".join(parts).encode())
