"""The script reads and writes headers as Python does."""

import random

import pytest

from hromada.domain.front_matter import find_header, format_field, read_fields, split_list
from hromada.domain.header_fields import KEYS
from tests import needs
from tests.editor.scripts import mapped, script_page
from tests.needs import ROOT

pytestmark = [pytest.mark.browser, needs.chromium]
_KEYS = (
    "title",
    "Заголовок",
    "date",
    "Дата  події",
    "tags",
    "gallery",
    "hours",
    "x",
    "Опис зображення",
    "0key",
    "ключ-без",
)
_VALUES = (
    "", "Рада: звіт", '"у лапках: так"', "'одні ''лапки'''", '"незакриті', "'", "[а, б]", '["а, б", в]', "а; б, в", "|", "|-", ">", ">2", "|+ x", "2021-07-05",
    "~", "null", "# ні", "а # б", "\tтаб", "так ", "- ні", "- ", "-5", "0x1F", "*зірка", '"\\u0410\\x41\\t"', '"\\ud800"', "а|б | в", "👍", "«так»", "a\\b", "=",
    "вул. Садова, 1", "кінець:", "a:b", "\u2028", "\u00a0x", "`код`", '"a" b', "{a: 1}", "yes", "!!", "@", "%", "12:30", ".inf",
)  # fmt: skip
_LINES = (
    "  - {}",
    "- {}",
    "    {}",
    " {}",
    "\t{}",
    "{}",
    "# {}",
    "",
    "   ",
    "  # {}",
    "  date: {}",
    "---",
    "...",
    " - - {}",
)


def _headers():
    chance = random.Random(20261130)
    for _ in range(1_500):
        lines = ["---"] if chance.random() < 0.7 else []
        for _ in range(chance.randint(1, 7)):
            lines.append(f"{chance.choice(_KEYS)}:{chance.choice((' ', '', '  ', chr(9)))}{chance.choice(_VALUES)}")
            lines += [chance.choice(_LINES).replace("{}", chance.choice(_VALUES)) for _ in range(chance.randint(0, 3))]
        lines += ["---", "Текст"] if chance.random() < 0.8 else []
        yield "\n".join(lines)
    for path in sorted((ROOT / "content").rglob("*.md")):
        yield path.read_text()


def _in_python(text):
    lines = text.split("\n")
    bounds = find_header(lines)
    block = list(enumerate(lines))[bounds.start : bounds.end]
    fields, faults = read_fields(block, lambda word: word in KEYS, is_fenced=bounds.is_fenced)
    return {
        "bounds": [bounds.start, bounds.end, bounds.is_fenced, bounds.is_closed],
        "fields": [[one.key, one.text, one.items, one.rows] for one in fields],
        "strays": [fault.line for fault in faults],
    }


_READ = """(() => {
  const lines = value.split("\\n");
  const bounds = module.findHeader(lines);
  const names = new Set(window.tables.header.fields.flatMap(({names}) => names));
  const block = lines.map((line, number) => [number, line]).slice(bounds.start, bounds.end);
  const {fields, strays} = module.readFields(block, name => names.has(name), bounds.isFenced);
  return {bounds: [bounds.start, bounds.end, bounds.isFenced, bounds.isClosed], strays,
    fields: fields.map(field => [field.key, field.scalar.text, field.entries.length ? field.entries.map(({text}) => text) : null, field.rows])};
})()"""


@pytest.fixture(scope="module")
def page(browser):
    with script_page(browser) as page:
        yield page


def test_every_header_has_the_same_fields_lines_and_values(page):
    headers = list(_headers())
    read = mapped(page, "front_matter.js", _READ, headers)

    wrong = [(text, got, _in_python(text)) for text, got in zip(headers, read, strict=True) if got != _in_python(text)]
    assert not wrong, "\n".join(map(repr, wrong[0]))


def test_every_value_is_written_the_same(page):
    chance = random.Random(7)
    texts = [
        *_VALUES,
        *("".join(chance.choices("".join(_VALUES) + "\n\x07 ", k=chance.randint(1, 30))) for _ in range(1_500)),
    ]
    values = [*texts, *([chance.choice(texts), chance.choice(texts)] for _ in range(300)), []]
    written = mapped(page, "front_matter.js", "module.formatField('title', value)", values)

    wrong = [
        (value, got, format_field("title", value))
        for value, got in zip(values, written, strict=True)
        if got != format_field("title", value)
    ]
    assert not wrong, wrong[:5]


def test_every_list_on_one_line_is_divided_the_same(page):
    chance = random.Random(3)
    pieces = [*"а; ,[]\"'&", "&laquo;", "&#8212;", "&#x2014;", "&Roll;", "AT&T;", "б", "[а, ", " &amp; "]
    texts = ["".join(chance.choices(pieces, k=chance.randint(1, 9))) for _ in range(1_500)]
    divided = mapped(page, "front_matter.js", "module.splitList(value)", texts)

    wrong = [(text, got, split_list(text)) for text, got in zip(texts, divided, strict=True) if got != split_list(text)]
    assert not wrong, wrong[:5]
