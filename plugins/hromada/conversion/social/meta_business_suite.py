"""CSV of Meta Business Suite and of the earlier Page Insights: encoding, separator and header found, one row a post or a story."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo

from msgspec import Struct, field

from hromada.conversion.social.publication import (
    PROFILE_PICTURES,
    ExportedPost,
    ExportResult,
    SourceFile,
    is_only_sentence,
    is_profile_update,
    refusal,
)
from hromada.conversion.social.times import from_cell, is_day_first
from hromada.domain.account import NETWORK_TITLES, PostKind
from hromada.domain.alphabet import normalize_name
from hromada.domain.calendar import DateRefused
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.post_link import network_of_link
from hromada.domain.table_text import CsvBroken, csv_rows, is_error
from hromada.domain.time_zones import PACIFIC, ZONE_ADVICE, zone_in_file_name, zone_name, zone_of_clock

# English names as public programs that read these files have them: of Business Suite («Post ID», «Publish time»,
# «Permalink», «Account username») and of the earlier Page Insights («Post Message», «Posted», «Type»). No public file
# with a Ukrainian header was found: those names are Meta's own Ukrainian terms, each in the forms it uses.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("post id", "ідентифікатор допису", "ідентифікатор публікації", "id допису", "id публікації"),
    "page": ("page name", "account name", "назва сторінки", "ім'я сторінки", "назва облікового запису", "ім'я облікового запису",
             "назва акаунта"),
    "username": ("account username", "page username", "ім'я користувача облікового запису", "ім'я користувача сторінки",
                 "ім'я користувача"),
    "title": ("title", "назва", "заголовок"),
    "text": ("description", "post message", "опис", "повідомлення допису", "текст допису"),
    "time": ("publish time", "published", "posted", "час публікації", "дата публікації", "опубліковано"),
    "url": ("permalink", "post link", "постійне посилання", "посилання на допис"),
    "type": ("post type", "type", "тип допису", "тип публікації", "тип"),
    "share": ("is share", "є поширенням", "це поширення", "поширений допис"),
    "status": ("status", "post status", "publish status", "статус", "стан", "статус допису", "статус публікації"),
}  # fmt: skip
_CANONICAL = {normalize_name(word): name for name, spellings in _COLUMNS.items() for word in spellings}
_NOTED_ZONE = lazy_compile(r"(?P<name>.+?)\s*\((?P<zone>[^()]+(?:\([^()]*\))?)\)\s*")
# The first that fits: «IG reel», «Instagram reel», «SharedVideo», «Live videos», «Відео Reels».
_KINDS: tuple[tuple[str, PostKind], ...] = (
    (r"^shared|^share$|поширен|репост", PostKind.REPOST),
    (r"stor(y|ies)|сторіз|істор", PostKind.STORY),
    (r"reel|рілс|рілз", PostKind.REEL),
    (r"\blive\b|ефір|трансляц", PostKind.LIVE),
    (r"video|відео", PostKind.VIDEO),
    (r"photo|image|carousel|album|фото|світлин|зображ|карусел|альбом", PostKind.PHOTO),
    (r"^(ig |instagram )?(text|status|links?|posts?|feed|events?|offer)$|текст|статус|посилан|допис|поді[яї]", PostKind.POST),
)  # fmt: skip
_NOT_PUBLISHED = (
    (r"schedul|заплан", "заплановані"),
    (r"draft|чернет", "чернетки"),
    (r"delet|remov|видален", "видалені"),
    (r"unpublish|not published|неопублік|не опублік|знят", "зняті з публікації"),
    (r"archiv|архів", "архівні, читачам не видні"),
    (r"fail|reject|помилк|відхил", "не опубліковані через помилку"),
)


def find_columns(cells: Sequence[str]) -> tuple[dict[str, int], str]:
    """Where each known column stands, and the zone's words where the time's header has them in parentheses."""
    columns: dict[str, int] = {}
    zone = ""
    for index, cell in enumerate(cells):
        noted = _NOTED_ZONE.fullmatch(cell.strip())
        name = _CANONICAL.get(normalize_name(cell)) or (
            _CANONICAL.get(normalize_name(noted["name"])) if noted else None
        )
        if name and name not in columns:
            columns[name] = index
            if name == "time" and noted:
                zone = noted["zone"]
    return columns, zone


def is_header(columns: Mapping[str, int]) -> bool:
    """A list of publications has their time, and says which they are."""
    return "time" in columns and ("id" in columns or "url" in columns)


def post_kind(word: str) -> PostKind | None:
    """The kind that a post type names; None for a type that we don't know."""
    plain = " ".join(word.casefold().split())
    return next((kind for pattern, kind in _KINDS if re.search(pattern, plain)), None)


def unpublished_reason(status: str) -> str:
    """The reason by which a publication is not one yet or any more; empty when it is published."""
    plain = status.casefold()
    return next((reason for pattern, reason in _NOT_PUBLISHED if re.search(pattern, plain)), "")


def is_yes(cell: str) -> bool:
    return cell.strip().casefold() in ("1", "true", "yes", "так")


_TITLE_ROWS = 10  # rows that may stand above the header: `sep=,`, the report's name, its dates
_START = 100_000  # bytes that the title rows and the header take at most
_AGAIN = "завантажте його з мережі ще раз"
_ENCODING_SAMPLE = 400  # bytes that tell an encoding


class SuiteSheet(Struct):
    """A CSV file whose header is known."""

    name: str
    columns: Mapping[str, int]
    head: list[str]
    zone: tzinfo | None  # that the time's header names
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    @property
    def width(self) -> int:
        return len(self.head)

    def cell(self, row: list[str], column: str) -> str:
        index = self.columns.get(column, -1)
        return row[index].strip() if 0 <= index < len(row) else ""


def is_sheet(source: SourceFile) -> bool:
    """Whether the file is a list of publications under a header that we know."""
    return bool(_separator(_decoded(source.raw[:_START], "replace")))


def _decoded(raw: bytes, errors: str) -> str:
    """UTF-8 or UTF-16, as Meta has shipped; Windows-1251, as Excel saves it again. Line ends become \\n."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = raw.decode("utf-16", errors)
    elif b"\0" in raw[:_ENCODING_SAMPLE]:  # UTF-16 without its mark: commas and spaces have a zero byte
        is_little = raw[1:_ENCODING_SAMPLE:2].count(0) >= raw[:_ENCODING_SAMPLE:2].count(0)
        text = raw.decode("utf-16-le" if is_little else "utf-16-be", errors)
    else:
        text = _eight_bits(raw, errors)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _eight_bits(raw: bytes, errors: str) -> str:
    """Letters of UTF-8 before the first fault tell that the file was UTF-8 and is damaged there, not Windows-1251."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if raw[: error.start].isascii():
            return raw.decode("cp1251", "replace")
    return raw.decode("utf-8-sig", errors)


def _separator(text: str) -> str:
    """The separator under which one of the first lines is a header that we know, else empty."""
    lines = text.split("\n", _TITLE_ROWS)[:_TITLE_ROWS]
    for separator in ",;\t":
        if any(is_header(find_columns([cell.strip('"') for cell in line.split(separator)])[0]) for line in lines):
            return separator
    return ""


def read_sheet(source: SourceFile) -> SuiteSheet:
    """The whole file; ImportRefused where it was cut off, is damaged, or names a zone that we don't know."""
    try:
        text = _decoded(source.raw, "strict")
    except UnicodeDecodeError as error:
        line = source.raw.count(b"\n", 0, error.start) + 1
        raise refusal(source.name, line, "import-broken", "файл CSV обірвано або пошкоджено", _AGAIN) from None
    sheet: SuiteSheet | None = None
    for line, row in _records(source.name, text, _separator(text)):
        if sheet is None:
            columns, zone_words = find_columns(row)
            if is_header(columns):
                sheet = SuiteSheet(source.name, columns, row, _zone(source.name, line, zone_words))
        elif any(cell.strip() for cell in row):
            sheet.rows.append((line, row))
    if sheet is None:
        raise refusal(source.name, 1, "import-format", "рядок із назвами стовпців пошкоджено", "завантажте файл ще раз")
    if sheet.rows and len(sheet.rows[-1][1]) < sheet.width:
        raise refusal(
            source.name, sheet.rows[-1][0], "import-broken", "файл CSV обірвано на останньому рядку",
            _AGAIN,
        )  # fmt: skip
    return sheet


def _records(name: str, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from csv_rows(text, separator)
    except CsvBroken as broken:
        raise refusal(
            name, broken.line, "import-broken", "файл CSV обірвано або пошкоджено: лапки не закрито", _AGAIN
        ) from None


def _zone(name: str, line: int, zone_text: str) -> tzinfo | None:
    zone = zone_of_clock(zone_text) if zone_text else None
    if zone_text and zone is None:
        raise refusal(
            name, line, "import-format", f"часовий пояс «{zone_text}» у назві стовпця невідомий", ZONE_ADVICE
        )  # fmt: skip
    return zone


FORMAT = "Meta Business Suite, CSV"
_ROUNDED = lazy_compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE | re.ASCII)  # Excel's 1.22158E+17 for a post's id
_USED = ("id", "page", "username", "time", "url", "type", "share", "status")
_DOWNLOAD_AGAIN = "завантажте файл ще раз, не змінюючи його в Excel"


def read_suite(source: SourceFile, zone: tzinfo | None = None) -> ExportResult:
    """The publications of one file; ImportRefused where it was cut off or its zone or dates are unclear.

    Times are in the zone that a cell, the header or the file's name says, else in `zone`, else Pacific, which is told.
    """
    sheet = read_sheet(source)
    result = ExportResult(formats=[FORMAT])
    try:
        order = is_day_first((sheet.cell(row, "time") for _, row in sheet.rows), source.name)
    except DateRefused as refused:
        raise refusal(source.name, 1, "import-format", str(refused), _DOWNLOAD_AGAIN) from None
    if order is None and any("/" in sheet.cell(row, "time") for _, row in sheet.rows):
        result.notes.append(f"{source.name}: дати прочитано як місяць/день/рік, як їх пише Meta")
    reader = _SuiteReader(result, sheet, bool(order), _zone_of_times(sheet, zone, result))
    for line, row in sheet.rows:
        reader.take(line, row)
    reader.note()
    return result


def _zone_of_times(sheet: SuiteSheet, given: tzinfo | None, result: ExportResult) -> tzinfo | None:
    """The zone that is known of the whole file; None where one must be assumed."""
    if sheet.zone and given and sheet.zone != given:
        raise refusal(
            sheet.name, 1, "import-zone", "назва стовпця каже один часовий пояс, а ZONE – інший",
            "приберіть ZONE або виправте назву стовпця",
        )  # fmt: skip
    if zone_given := sheet.zone or given:
        return zone_given
    if named := zone_in_file_name(sheet.name.rsplit("/", 1)[-1]):
        result.notes.append(f"{sheet.name}: часовий пояс узято з назви файлу: {zone_name(named)}")
    return named


def _link(cell: str) -> str:
    """The publication's address; anything but a web link is none (the site would print it as one)."""
    return cell if cell.casefold().startswith(("https://", "http://")) else ""


def _foreign_link(cell: Mapping[str, str]) -> tuple[str, str] | None:
    """A row that somebody has added: Meta links to its own networks alone."""
    network = network_of_link(cell.get("url", ""))
    if network in ("", "facebook", "instagram", "threads"):
        return None
    title = NETWORK_TITLES.get(network, network)
    return f"посилання веде до {title}, а файл – вивантаження Meta", "допишіть цю публікацію до журналу окремо"


class _SuiteReader:
    """Reads the rows of one file."""

    def __init__(self, result: ExportResult, sheet: SuiteSheet, day_first: bool, zone: tzinfo | None) -> None:
        self._result, self._sheet, self._day_first, self._zone = result, sheet, day_first, zone
        self._is_instagram = "username" in sheet.columns
        self._unknown = Counter[str]()
        self._rounded = 0

    def take(self, line: int, row: list[str]) -> None:
        cell = {name: self._sheet.cell(row, name) for name in self._sheet.columns}
        if not (cell.get("id") or cell.get("url") or cell["time"]) and not self._result.publications:
            self._result.skipped["рядки пояснень під назвами стовпців"] += 1  # Page Insights has one
            return
        if len(row) != self._sheet.width:
            self._result.refuse(
                self._sheet.name, line, f"клітинок у рядку {len(row)}, а стовпців {self._sheet.width}", "завантажте файл ще раз"
            )  # fmt: skip
            return
        if fault := self._damaged(cell) or _foreign_link(cell):
            self._result.refuse(self._sheet.name, line, *fault)
            return
        if reason := unpublished_reason(cell.get("status", "")):
            self._result.skipped[reason] += 1
            return
        text = cell.get("text") or cell.get("title", "")
        if is_profile_update(text, cell.get("type", "")) and (not text or is_only_sentence(text)):
            self._result.skipped[PROFILE_PICTURES] += 1
            return
        try:
            moment = from_cell(cell["time"], self._zone or PACIFIC, day_first=self._day_first)
        except DateRefused as refused:
            self._result.refuse(self._sheet.name, line, str(refused) if cell["time"] else "немає часу публікації")
            return
        self._result.publications.append(ExportedPost(
            self._network(cell), moment.when, self._kind(cell), text, self._sheet.name, f"рядок {line}", self._pages(cell),
            _link(cell.get("url", "")), self._id(cell), content=text, local=None if self._zone else moment.local,
        ))  # fmt: skip

    def _damaged(self, cell: Mapping[str, str]) -> tuple[str, str] | None:
        """What a spreadsheet program shows instead of a value, in a cell that we use."""
        text_column = "text" if cell.get("text") else "title"
        name = next((name for name in (*_USED, text_column) if is_error(cell.get(name, ""))), "")
        if not name:
            return None
        caption = self._sheet.head[self._sheet.columns[name]].strip()
        return f"у клітинці «{caption}» помилка {cell[name]}", _DOWNLOAD_AGAIN

    def _network(self, cell: Mapping[str, str]) -> str:
        by_columns = "instagram" if self._is_instagram or cell.get("type", "").startswith("IG ") else "facebook"
        return network_of_link(cell.get("url", "")) or by_columns

    def _pages(self, cell: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(name for name in (cell.get("page", ""), cell.get("username", "")) if name)

    def _id(self, cell: Mapping[str, str]) -> str:
        id = cell.get("id", "")
        if _ROUNDED.fullmatch(id):
            self._rounded += 1
            return ""
        return id

    def _kind(self, cell: Mapping[str, str]) -> PostKind:
        if is_yes(cell.get("share", "")):
            return PostKind.REPOST
        word = cell.get("type", "")
        kind = post_kind(word) if word else PostKind.POST
        if kind is None:
            self._unknown[word] += 1
        return kind or PostKind.POST

    def note(self) -> None:
        """What the editor should know of the file as a whole."""
        name, notes = self._sheet.name, self._result.notes
        for word, number in sorted(self._unknown.items()):
            notes.append(f"{name}: тип «{word}» невідомий, записано як допис: {number}")
        if self._rounded:
            notes.append(
                f"{name}: ідентифікатори заокруглив Excel (1.22158E+17), повтори шукано за посиланнями: {self._rounded}"
            )
        if any(publication.local for publication in self._result.publications):
            notes.append(
                f"{name}: часового поясу файл не каже, час прочитано як {zone_name(PACIFIC)}, у якому його пише Meta."
                " Якщо він інший, повторіть із ZONE=…, наприклад ZONE=Europe/Kyiv"
            )
