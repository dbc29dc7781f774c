"""Counts the figures of one period from all entries, and checks that the count accounts for everything; the rules as Ukrainian text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hromada.domain.account import PostKind
from hromada.domain.alphabet import sort_key
from hromada.domain.dates import Clock
from hromada.domain.entry import PHOTOS, Bucket, Entry, SourceLocation, Visibility
from hromada.domain.figure import FigureSpec, window_of
from hromada.domain.item import NEWS
from hromada.domain.numerals import NOUNS, grouped
from hromada.domain.period import Period, enclosing_period
from hromada.domain.problem import Problem, warning
from hromada.domain.site import NO_CATEGORY, Site, page_entry
from hromada.report.count.activity import ActivePeriod, Activity, Count, FigurePart, RegisterLine
from hromada.report.count.entry_index import EntryIndex, KnownParts, by_day_and_source

VERSION = "3"
# What differs between two versions, for reports that compare periods counted by them.
VERSION_CHANGES = {
    ("1", "2"): "додано правило про світлини, решту рахують так само",
    ("1", "3"): "додано правило про світлини, решту рахують так само",
    ("2", "3"): "змінено лише слова, рахують так само",
}

RULES = (
    "Один файл розділу «Новини» або сторінки підрозділу – одна публікація; вона рахується один раз, у своєму розділі.",
    "Публікація належить до дня, який стоїть у її полі «дата», за київським часом; перший і останній день періоду враховано.",
    "Чернетки, приховані матеріали, переклади та матеріали з майбутньою датою не рахуються; їх кількість показано окремо.",
    "Дата зміни, дата події та строк дії оголошення на підрахунок не впливають.",
    "Сторінка підрозділу рахується, якщо вона опублікована й існує в останній день періоду.",
    "Один рядок журналу соціальних мереж – одна публікація на одній сторінці в одній мережі;"
    " той самий текст у двох мережах – дві публікації.",
    "Репости та сторіз показано окремо, до публікацій їх не додано.",
    "Публікацію, внесену до журналу двічі, сайт не приймає.",
    "Журнал зі стовпцем «Кількість» рахується за сумою цього стовпця.",
    "Світлина – один файл, який показано у врахованій новині чи повідомленні: на обкладинці, в галереї або в тексті;"
    " показана в одному матеріалі двічі, вона рахується один раз, показана у двох – двічі. Світлини перекладів"
    " і сторінок підрозділів та кадри відео не рахуються.",
    "Показник із власним періодом (наприклад, газета) рахується за цей період; його зазначено поруч із числом.",
)  # fmt: skip


_TELL = "повідомте розробників: число без переліку публікувати не можна"


def unaccounted_files(site: Site) -> Iterator[Problem]:
    """Item files on disk that are missing from the count or in it twice.

    Every entry has exactly one bucket, so without such files the buckets add up to the files on disk.
    """
    counted_paths = Counter(entry.location.path for entry in site.entries if not entry.is_row)
    file_paths = set(site.found)
    for path in sorted(file_paths - counted_paths.keys()):
        yield Problem(path, 1, "item-lost", "файл знайдено, але у звірці його немає", _TELL)
    for path in sorted(path for path, times in counted_paths.items() if times > 1 or path not in file_paths):
        yield Problem(path, 1, "item-lost", "матеріал у звірці є, а файлу для нього немає або він там двічі", _TELL)


def sum_problems(activity: Activity, path: str) -> Iterator[Problem]:
    """Figures whose parts or months don't sum to their value, with the entries that are missing or doubled.

    `path` is the report's file; the fault is a bug of the count, never of the content.
    """
    for line in activity.registers:
        if line.rows != line.counted + line.excluded + line.scheduled + line.outside:
            yield Problem(path, 1, "does-not-add-up", f"рядки журналу «{line.id}» не сходяться: {line.rows}", _TELL)
    for count in activity.counts:
        yield from _figure(count, path)


def overlapping_sums(activity: Activity, path: str) -> Iterator[Problem]:
    """Warn of a sum whose addends share entries: it counts those twice, which its author may or may not want."""
    for count in activity.counts:
        times = Counter((entry.location, entry.url) for entry in count.entries)  # two items may show one picture
        repeated = [location for (location, _), amount in times.items() if amount > 1]
        if count.spec.total_of and repeated:
            yield warning(
                path, 1, "sum-overlaps",
                f"«{count.spec.title}»: {NOUNS['матеріал'].counted(len(repeated))} враховано двічі, наприклад {repeated[0]}",
                "складайте показники, які не мають спільних матеріалів",
            )  # fmt: skip


def _figure(count: Count, path: str) -> Iterator[Problem]:
    parts = sum(part.value for part in count.parts)
    months = sum(value for _, value in count.months) if count.has_months else count.value
    if parts == months == count.value:
        return
    missing = [
        str(location) for location in _differing(count.entries, (e for part in count.parts for e in part.entries))
    ]
    message = (
        f"«{count.spec.title}»: {grouped(count.value)}, за частинами {grouped(parts)}, за місяцями {grouped(months)}"
    )
    yield Problem(path, 1, "does-not-add-up", f"{message}; різниця: {', '.join(missing) or 'немає'}", _TELL)


def _differing(whole: Iterable[Entry], split: Iterable[Entry]) -> list[SourceLocation]:
    first, second = Counter(entry.location for entry in whole), Counter(entry.location for entry in split)
    return sorted({*(first - second), *(second - first)})


NO_PART = "inshe"


def count_activity(site: Site, period: Period, clock: Clock, windows: Mapping[str, Period] | None = None) -> Activity:
    """All figures of a period as of the clock's moment; `windows` are periods of figures that have their own."""
    return count_from(EntryIndex.of(site, clock), period, windows)


def count_from(entry_index: EntryIndex, period: Period, windows: Mapping[str, Period] | None = None) -> Activity:
    """The same from an index that several periods share."""
    windows = windows or {}
    site, parts = entry_index.site, entry_index.parts
    simple = {
        spec.id: _count(spec, window_of(spec.id, period, windows), entry_index, parts)
        for spec in site.figures.specs
        if not spec.total_of
    }
    counts = tuple(_total(spec, simple) if spec.total_of else simple[spec.id] for spec in site.figures.specs)
    tallies = [entry_list.tally(period) for entry_list in entry_index.of_site()]
    return Activity(
        period=period,
        as_of=min(entry_index.clock.day, period.last),  # a finished period's report stays as of its last day
        counts=counts,
        reconciliation={
            bucket: sum(tally[bucket] for tally in tallies) for bucket in Bucket if bucket is not Bucket.EXCLUDED
        },
        registers=tuple(_register_line(name, entry_index, window_of(name, period, windows)) for name in site.registers),
        stories=_stories(entry_index, window_of("social", period, windows)),
        networks={account.id: account.networks for account in site.accounts.all},
        active_periods=_active_periods(entry_index.parts, window_of("unit-messages", period, windows)),
    )


def _active_periods(parts: KnownParts, window: Period) -> dict[str, ActivePeriod]:
    """Pages opened or closed within the window: before and after, they are not silent but absent."""
    return {
        unit.unit.id: ActivePeriod(unit.unit.opened, unit.unit.closed)
        for unit in parts.units
        if unit.unit and unit.unit.exists_in(window)
        and not (unit.unit.exists_on(window.first) and unit.unit.exists_on(window.last))
    }  # fmt: skip


def _count(spec: FigureSpec, window: Period, entry_index: EntryIndex, parts: KnownParts) -> Count:
    if spec.source == "unit-pages":
        entries: Sequence[Entry] = sorted(_existing_pages(window, entry_index), key=by_day_and_source)
    else:
        inside = entry_index.entry_list(spec.source).within(window)
        entries = [entry for entry in inside if (entry.visibility is Visibility.EXCLUDED) is spec.excluded]
    selected = tuple(entry for entry in entries if _matches(spec, entry))
    return Count(spec, window, selected, _parts(spec, window, selected, parts))


def _existing_pages(window: Period, entry_index: EntryIndex) -> Iterable[Entry]:
    """The published unit pages that exist on the window's last day, or today when that is earlier."""
    day = min(window.last, entry_index.clock.day)
    for unit in entry_index.site.units.values():
        if unit.unit and unit.unit.exists_on(day):
            yield page_entry(unit)


def _matches(spec: FigureSpec, entry: Entry) -> bool:
    if not spec.where and not spec.where_not:
        return True
    return all(entry.traits.get(trait, "") in values for trait, values in spec.where.items()) and not any(
        entry.traits.get(trait, "") in values for trait, values in spec.where_not.items()
    )


def _parts(spec: FigureSpec, window: Period, entries: Iterable[Entry], parts: KnownParts) -> tuple[FigurePart, ...]:
    """Split the entries, each once: known parts (also with zero), then parts that only entries name."""
    titles = parts.titles[spec.split]
    by_part: dict[str, list[Entry]] = {id: [] for id in _always_shown(spec, window, parts)}
    for entry in entries:
        by_part.setdefault(entry.traits.get(spec.split, "") or NO_PART, []).append(entry)
    split = [FigurePart(id, titles.get(id) or _unnamed(id), tuple(held)) for id, held in by_part.items()]
    if spec.split == "account":  # accounts keep the order of accounts.toml, the council's own page first
        return tuple(split)
    last = (NO_PART, NO_CATEGORY)
    return tuple(
        sorted(
            split, key=lambda part: (part.id in last, spec.source != PHOTOS or part.id != NEWS, sort_key(part.title))
        )
    )


def _unnamed(id: str) -> str:
    return "Не вказано" if id == NO_PART else id


def _always_shown(spec: FigureSpec, window: Period, parts: KnownParts) -> list[str]:
    """Ids of parts shown even with zero: units of the period, accounts that the figure selects from."""
    if spec.source in ("unit-messages", PHOTOS) and not spec.where and not spec.where_not:
        units = [unit.unit.id for unit in parts.units if unit.unit and unit.unit.exists_in(window)]
        return units if spec.source != PHOTOS else [NEWS, *(f"units/{unit}" for unit in units)]
    if spec.register == "social":
        return [id for id, group in parts.groups.items() if _account_selected(spec, id, group)]
    return []


def _account_selected(spec: FigureSpec, account: str, group: str) -> bool:
    selected = spec.where.get("account", (account,)), spec.where.get("group", (group,))
    refused = spec.where_not.get("account", ()), spec.where_not.get("group", ())
    return account in selected[0] and group in selected[1] and account not in refused[0] and group not in refused[1]


def _total(spec: FigureSpec, simple: Mapping[str, Count]) -> Count:
    """A sum of figures, with their entries and parts.

    Addends of different windows are refused where a report sets them; here the window covers all of them, so that
    every entry has its month.
    """
    addends = [simple[id] for id in spec.total_of]
    entries = tuple(sorted((entry for count in addends for entry in count.entries), key=by_day_and_source))
    merged: dict[str, FigurePart] = {}
    for part in (part for count in addends for part in count.parts):
        before = merged[part.id].entries if part.id in merged else ()
        merged[part.id] = FigurePart(part.id, part.title, before + part.entries)
    same = len({count.spec.split for count in addends}) == 1
    parts = tuple(merged.values()) if same else tuple(FigurePart(c.id, c.spec.title, c.entries) for c in addends)
    return Count(spec, enclosing_period(count.window for count in addends), entries, parts)


def _register_line(name: str, entry_index: EntryIndex, window: Period) -> RegisterLine:
    tally = entry_index.entry_list(f"register:{name}").tally(window)
    return RegisterLine(
        name, sum(tally.values()), tally[Bucket.COUNTED], tally[Bucket.EXCLUDED], tally[Bucket.SCHEDULED],
        tally[Bucket.OUTSIDE],
    )  # fmt: skip


def _stories(entry_index: EntryIndex, window: Period) -> dict[str, int]:
    """Stories by account; they have no figure of their own."""
    stories: dict[str, int] = {}
    for entry in entry_index.entry_list("register:social").within(window):
        if entry.visibility is Visibility.EXCLUDED and entry.traits.get("kind") == PostKind.STORY:
            account = entry.traits["account"]
            stories[account] = stories.get(account, 0) + entry.count
    return stories
