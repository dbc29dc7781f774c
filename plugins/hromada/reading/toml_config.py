"""Reads accounts.toml, figures.toml and categories.toml; all errors are reported together."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from hromada.domain.account import GROUPS, NETWORK_TITLES, Account, Accounts, PostKind, parse_network
from hromada.domain.alphabet import normalize_name, slug, to_nfc
from hromada.domain.entry import PHOTOS, SourceLocation
from hromada.domain.figure import BUILT_IN_IDS, RESERVED_IDS, Figures, FigureSpec, standard_figures, traits_of
from hromada.domain.header_fields import UNIT_KINDS
from hromada.domain.law import POINTS
from hromada.domain.law_coverage import Claim, Claims, is_outside
from hromada.domain.numerals import Case, Noun
from hromada.domain.problem import Problem, did_you_mean
from hromada.reading.toml_file import TomlFile

_PARTLY, _NOT_OURS = "partly", "not-ours"


def read_law(path: str, raw: bytes) -> tuple[Claims | None, list[Problem]]:
    """The claims by point, in the order of the points; None when the file is not valid TOML."""
    toml = TomlFile(path, raw)
    if toml.problems and not toml.data:
        return None, toml.problems
    lacks, not_ours = _sentences(toml, _PARTLY), _sentences(toml, _NOT_OURS)
    partly, others = toml.part(_PARTLY), toml.part(_NOT_OURS)
    names = {id: _names(toml, id) for id in toml.data if id not in (_PARTLY, _NOT_OURS) and _is_known(toml, id)}
    claims = {}
    for id in POINTS:
        if id in names or id in lacks or id in not_ours:
            table = toml if id in names else partly if id in lacks else others
            line = table.line_of_key(id)
            claims[id] = Claim(names.get(id, ()), lacks.get(id, ""), not_ours.get(id, ""), line)
            _check(toml, id, claims[id])
    return claims, toml.problems


def _names(toml: TomlFile, id: str) -> tuple[str, ...]:
    value = toml.data[id]
    if not (isinstance(value, str) or (isinstance(value, list) and all(isinstance(name, str) for name in value))):
        toml.refuse_line(
            toml.line_of_key(id), "toml-shape", f"пункт «{id}» записано не так",
            f'пишіть {id} = "pages/storinka.md" або {id} = ["…", "…"]',
        )  # fmt: skip
        return ()
    return tuple(_name(word.strip()) for word in ([value] if isinstance(value, str) else value) if word.strip())


def _name(word: str) -> str:
    """A file as its path from `content/` on, an address with both slashes, another site's page unchanged."""
    if is_outside(word):
        return word
    bare = posixpath.normpath(to_nfc(word).strip("/")).removeprefix("content/")
    if "." in posixpath.basename(bare):
        return f"content/{bare}"
    return f"/{bare}/"


def _sentences(toml: TomlFile, table: str) -> dict[str, str]:
    """The explanations of `[partly]` or `[not-ours]` by point."""
    raw = toml.data.get(table, {})
    if not isinstance(raw, Mapping):
        toml.refuse(table, "toml-shape", f"«{table}» записано не так", f"пишіть [{table}] і рядки під ним")
        return {}
    part = toml.part(table)
    return {id: _sentence(part, table, id, raw[id]) for id in raw if _is_known(part, id)}


def _sentence(toml: TomlFile, table: str, id: str, value: object) -> str:
    sentence = value.strip() if isinstance(value, str) else ""
    line = toml.line_of_key(id)
    if not sentence:
        what = "чого ще бракує" if table == _PARTLY else "чому цього не публікують"
        toml.refuse_line(line, "law-reason", f"пункт «{id}» у [{table}] без пояснення", f"напишіть у лапках, {what}")
    elif sentence.startswith(("/", "http://", "https://")) or sentence.endswith(".md"):
        toml.refuse_line(
            line, "law-reason", f"пункт «{id}» у [{table}]: «{sentence}» – це сторінка, а не пояснення",
            "рядки зі сторінками пишуть на початку файлу",
        )  # fmt: skip
    return sentence or id  # what was refused once is not missed a second time


def _is_known(toml: TomlFile, id: str) -> bool:
    if id in POINTS:
        return True
    advice = did_you_mean(id, POINTS) or f"можна: {', '.join(POINTS)}"
    toml.refuse_line(toml.line_of_key(id), "law-point-unknown", f"немає пункту «{id}»", advice)
    return False


def _check(toml: TomlFile, id: str, claim: Claim) -> None:
    if len(set(claim.names)) < len(claim.names):
        twice = next(name for name in claim.names if claim.names.count(name) > 1)
        toml.refuse_line(
            claim.line, "law-point-repeated", f"пункт «{id}»: сторінку «{twice}» названо двічі", "лишіть одну"
        )  # fmt: skip
    if claim.not_ours and (claim.names or claim.lacks):
        toml.refuse_line(
            claim.line, "law-point-repeated", f"пункт «{id}» має і сторінку, і рядок у [{_NOT_OURS}]", "лишіть одне"
        )  # fmt: skip
    elif claim.lacks and not claim.names:
        toml.refuse_line(
            claim.line, "law-partly", f"пункт «{id}»: сказано, чого бракує на сторінці, а самої сторінки не названо",
            f"назвіть її на початку файлу або приберіть рядок із [{_PARTLY}]",
        )  # fmt: skip


_FIGURE_KEYS = ("id", "title", "source", "where", "noun", "total-of")
_ACCOUNT_KEYS = ("id", "name", "also", "networks", "group")


def read_accounts(path: str, raw: bytes) -> tuple[Accounts, list[Problem]]:
    """The accounts of accounts.toml; a name may belong to one account only."""
    toml = TomlFile(path, raw)
    toml.unknown(toml.data, ("account",))
    accounts: list[Account] = []
    owners: dict[str, int] = {}
    for index, (part, table) in enumerate(toml.tables("account")):
        part.unknown(table, _ACCOUNT_KEYS)
        account = Account(
            id=part.text(table, "id"),
            name=part.text(table, "name"),
            also=part.words(table, "also"),
            networks=tuple(dict.fromkeys(parse_network(word) for word in part.words(table, "networks"))),
            group=part.text(table, "group", "other"),
        )
        _check_account(part, account, index, owners)
        accounts.append(account)
    return Accounts.of(accounts), toml.problems


def _check_account(toml: TomlFile, account: Account, index: int, owners: dict[str, int]) -> None:
    name_shown = account.name or account.id
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", account.id):
        toml.refuse(
            f'"{account.id}"' if account.id else name_shown,
            "account-id",
            f"id сторінки «{account.id}» не годиться",
            "пишіть малі латинські літери, цифри, дефіс",
        )
    if not account.name:
        toml.refuse(account.id, "account-name", f"сторінка «{account.id}» без назви", 'додайте name = "…"')
    if account.group not in GROUPS:
        advice = did_you_mean(account.group, GROUPS) or f"можна: {', '.join(GROUPS)}"
        toml.refuse(f'"{account.group}"', "account-group", f"невідома група «{account.group}»", advice)
    for network in account.networks:
        near = did_you_mean(network, NETWORK_TITLES)
        if network not in NETWORK_TITLES and near:
            toml.refuse(network, "network-unknown", f"невідома мережа «{network}»", near)
    for name in {normalize_name(name) for name in account.names if name}:
        if owners.setdefault(name, index) != index:
            toml.refuse(name_shown, "account-repeated", f"назва «{name}» належить двом сторінкам", "лишіть її одній")


def read_figures(path: str, raw: bytes | None, registers: tuple[str, ...]) -> tuple[Figures, list[Problem]]:
    """The standard figures with titles and nouns of figures.toml, and its further figures; `raw` is None without the file."""
    figures = Figures(standard_figures(registers))
    if raw is None:
        return figures, []
    toml = TomlFile(path, raw)
    toml.unknown(toml.data, ("figure", "noun"))
    nouns = _nouns(toml, figures)
    figures = figures.with_nouns(nouns)
    specs = {spec.id: spec for spec in figures.specs}
    declared: set[str] = set()
    for part, table in toml.tables("figure"):
        part.unknown(table, _FIGURE_KEYS)
        id = part.text(table, "id")
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", id):
            part.refuse(
                f'"{id}"', "figure-id", f"id показника «{id}» не годиться", "пишіть малі латинські літери, цифри, дефіс"
            )
        elif id in declared:
            part.refuse(f'"{id}"', "figure-repeated", f"показник «{id}» оголошено двічі", "лишіть один")
        else:
            if id in RESERVED_IDS:
                part.refuse(f'"{id}"', "figure-id", f"id показника «{id}» зайняв сам сайт", "назвіть показник інакше")
            declared.add(id)
            specs[id] = _figure(part, table, specs.get(id), id, registers)
    result = replace(figures, specs=tuple(specs.values()))
    _check_nouns(toml, result)
    return replace(result, specs=_with_sound_totals(toml, result)), toml.problems


def _figure(
    toml: TomlFile, table: Mapping[str, object], standard: FigureSpec | None, id: str, registers: tuple[str, ...]
) -> FigureSpec:
    quoted_id = f'"{id}"'
    spec = standard or FigureSpec(id, id)
    source, total_of = toml.text(table, "source"), toml.words(table, "total-of")
    where = _where(toml, table, quoted_id, source or spec.source)
    if not source and not total_of and standard is None:
        toml.refuse(
            quoted_id, "figure-source", f"показник «{id}» не має джерела", 'додайте source = "news" або total-of = […]'
        )
    if source and total_of:
        toml.refuse(quoted_id, "figure-source", f"показник «{id}» має і source, і total-of", "лишіть одне")
    sources = ("news", "unit-pages", "unit-messages", PHOTOS, *(f"register:{name}" for name in registers))
    standard_sources = ("register:social", "register:newspaper")
    if source and source not in (*sources, *standard_sources):
        advice = did_you_mean(source, sources) or f"можна: {', '.join(sources)}"
        toml.refuse(quoted_id, "figure-source", f"показник «{id}»: немає джерела «{source}»", advice)
    location = SourceLocation(toml.path, toml.line(quoted_id))
    spec = replace(
        spec, title=toml.text(table, "title", spec.title), noun=toml.text(table, "noun", spec.noun), place=location
    )
    if id == PHOTOS and (total_of or source not in ("", PHOTOS)):
        toml.refuse(
            quoted_id,
            "figure-source",
            f"показник «{PHOTOS}» сайт рахує сам: це світлини новин і повідомлень",
            f'перейменуйте свій показник, наприклад id = "{PHOTOS}-own", і замініть у звітах [[{PHOTOS}]] на [[{PHOTOS}-own]]',
        )
        return spec
    if total_of:
        return replace(spec, total_of=total_of, source="", where={}, where_not={}, excluded=False)
    changes: dict[str, object] = {}
    if source and source != spec.source:
        changes = {"source": source, "where_not": {}, "excluded": False, "where": {}}
    if "where" in table:
        changes |= {"where": where, "where_not": {}}
        if "kind" in where:
            changes["excluded"] = bool(where["kind"]) and all(kind in _APART for kind in where["kind"])
    if id in BUILT_IN_IDS and source and source != spec.source:
        toml.refuse(
            quoted_id,
            "figure-source",
            f"показник «{id}» завжди рахується з «{spec.source}»",
            "приберіть source або назвіть показник інакше",
        )
    return replace(spec, **changes)


def _where(toml: TomlFile, table: Mapping[str, object], quoted_id: str, source: str) -> dict[str, tuple[str, ...]]:
    """The selection with values in the form of entries' traits; what could never match is refused, not counted as 0."""
    raw = table.get("where", {})
    if not isinstance(raw, dict):
        toml.refuse(quoted_id, "toml-shape", "поле «where» записано не так", 'пишіть where = { group = ["main"] }')
        return {}
    traits = traits_of(source)
    where = {}
    for key in raw:
        if key not in traits:
            advice = did_you_mean(key, traits) or f"можна: {', '.join(traits)}"
            toml.refuse(quoted_id, "figure-where", f"у джерела «{source}» немає ознаки «{key}»", advice)
            continue
        where[key] = tuple(_trait(toml, quoted_id, source, key, value) for value in toml.words(raw, key))
    kinds = where.get("kind", ())
    if source == "register:social" and len({kind in _APART for kind in kinds}) > 1:
        toml.refuse(
            quoted_id, "figure-where", "репости та сторіз не рахують разом із публікаціями", "зробіть два показники"
        )
    return where


_APART = tuple(kind.value for kind in PostKind if not kind.is_counted)


def _trait(toml: TomlFile, quoted_id: str, source: str, key: str, value: str) -> str:
    """A value in the form of entries' traits: «Події» is the category podii, «Фейсбук» the network facebook."""
    if key == "network":
        return parse_network(value)
    if key == "group" and value not in GROUPS:
        advice = did_you_mean(value, GROUPS) or f"можна: {', '.join(GROUPS)}"
        toml.refuse(quoted_id, "figure-where", f"немає групи «{value}»", advice)
    if key == "kind" and source == "register:social":
        kind = PostKind.parse(value)
        if kind is None:
            kinds = [post_kind.value for post_kind in PostKind]
            toml.refuse(
                quoted_id, "figure-where", f"немає виду «{value}»", did_you_mean(value, kinds) or ", ".join(kinds)
            )
        return kind.value if kind else value
    if key == "kind" and source == "unit-pages":
        if (unit_kind := UNIT_KINDS.get(value.casefold())) is None:
            advice = did_you_mean(value, UNIT_KINDS) or f"можна: {', '.join(UNIT_KINDS)}"
            toml.refuse(quoted_id, "figure-where", f"немає виду «{value}»", advice)
        return unit_kind or value
    return slug(value) if key in ("category", "newspaper", "kind") else value


def _with_sound_totals(toml: TomlFile, figures: Figures) -> tuple[FigureSpec, ...]:
    """All figures, with invalid addends removed from the sums, so that counting needn't handle them."""
    return tuple(replace(spec, total_of=tuple(_sound_addends(toml, spec, figures))) for spec in figures.specs)


def _sound_addends(toml: TomlFile, spec: FigureSpec, figures: Figures) -> Iterator[str]:
    """The valid addends: figures of dated entries, each once, that are not sums, so that no sum contains itself."""
    seen: set[str] = set()
    for part in spec.total_of:
        fault, fix = _fault_of_addend(part, figures.get(part), figures, part in seen)
        seen.add(part)
        if fault:
            toml.refuse_line(spec.place.line, "figure-total", f"показник «{spec.id}»: {fault}", fix)
        else:
            yield part


def _fault_of_addend(part: str, addend: FigureSpec | None, figures: Figures, is_repeated: bool) -> tuple[str, str]:
    """Why a sum can't have this addend, and the fix; both empty for a valid one."""
    if is_repeated:
        return f"доданок «{part}» записано двічі", "лишіть один"
    if addend is None:
        return f"немає доданка «{part}»", did_you_mean(part, [spec.id for spec in figures.specs])
    if addend.source == "unit-pages":  # a page exists on a day; it does not happen in a month
        return "сторінки не додаються до публікацій", f"приберіть «{part}»"
    if addend.total_of:
        return f"доданок «{part}» сам є сумою", "додайте його доданки"
    return "", ""


def _check_nouns(toml: TomlFile, figures: Figures) -> None:
    for spec in figures.specs:
        if spec.noun not in figures.nouns:
            near, table = did_you_mean(spec.noun, figures.nouns), f'додайте таблицю [noun."{spec.noun}"]'
            advice = f"{near} Якщо ні, {table}" if near else table
            toml.refuse_line(spec.place.line, "noun-unknown", f"немає форм іменника «{spec.noun}»", advice)


def _nouns(toml: TomlFile, figures: Figures) -> dict[str, Noun]:
    raw = toml.data.get("noun", {})
    if not isinstance(raw, dict):
        toml.refuse("noun", "toml-shape", "«noun» записано не так", 'пишіть [noun."публікація"]')
        return {}
    tables = {name: table if isinstance(table, dict) else {} for name, table in raw.items()}
    return {name: _noun(toml, name, table, figures.nouns.get(name) or Noun(name)) for name, table in tables.items()}


def _noun(toml: TomlFile, name: str, table: Mapping[str, object], standard: Noun) -> Noun:
    """The standard forms updated by the table; `few` is applied last, to its two cases."""
    forms, line = dict(standard.forms), toml.line_of_table(name)
    for word, cells in table.items():
        if word == "few":
            continue
        case = Case.parse(word)
        if case is None:
            toml.refuse_line(
                line, "noun-case", f"іменник «{name}»: немає відмінка «{word}»", f"можна: {', '.join(Case)}, few"
            )
        elif not (isinstance(cells, list) and len(cells) == 4 and all(isinstance(c, str) and c.strip() for c in cells)):
            toml.refuse_line(line, "noun-forms", f"іменник «{name}», «{word}»: потрібні чотири форми",
                             "напишіть їх так: [одна, дві–чотири, п’ять і більше, дробова]")  # fmt: skip
        else:
            forms[case] = (cells[0], cells[1], cells[2], cells[3])
    noun = Noun(name, forms)
    return _with_few(toml, noun, table["few"]) if "few" in table else noun


def _with_few(toml: TomlFile, noun: Noun, value: object) -> Noun:
    """`few = "род"`: «34 інформаційних повідомлення»; `few = "наз"`: «34 інформаційні повідомлення»."""
    case, line = Case.parse(value) if isinstance(value, str) else None, toml.line_of_table(noun.name)
    if case not in (Case.NOMINATIVE, Case.GENITIVE):
        toml.refuse_line(line, "noun-few", f"іменник «{noun.name}»: незрозуміле few = «{value}»",
                         'напишіть few = "наз" або few = "род"')  # fmt: skip
        return noun
    if not noun.attributes:
        toml.refuse_line(line, "noun-few", f"іменник «{noun.name}» не має означення, тож і вибору форми при 2–4",
                         "приберіть few")  # fmt: skip
    return noun.with_few(case)


def read_categories(path: str, raw: bytes) -> tuple[tuple[str, ...], list[Problem]]:
    """The titles in categories.toml: `categories = ["…"]` or `[[category]]` tables with a title."""
    toml = TomlFile(path, raw)
    toml.unknown(toml.data, ("categories", "category"))
    titles = toml.words(toml.data, "categories")
    if "category" in toml.data:
        titles += tuple(
            part.text(table, "title") or part.text(table, "name") for part, table in toml.tables("category")
        )
    return tuple(title for title in titles if title), toml.problems
