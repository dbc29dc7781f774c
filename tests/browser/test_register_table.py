"""The editor of registers reads, checks and writes CSV as the site's reader does, and leaves every other byte alone."""

import base64
import itertools
import random
from datetime import datetime

import pytest

from hromada.checks.site_rules import dates_are_near
from hromada.domain.dates import Clock, DateRefused, parse_moment
from hromada.domain.figure import Figures, standard_figures
from hromada.domain.site import Site
from hromada.domain.table_text import escape_formula, to_one_line
from hromada.reading.columns import COLUMNS, columns_in
from hromada.reading.registers import find_duplicates, read_register_file
from hromada.reading.table_files import read_tables
from hromada.reading.tables import rows_of
from tests import needs
from tests.browser.admin_modules import ACCOUNTS, REGISTERS, module_page, rules

pytestmark = [pytest.mark.browser, needs.chromium]
NOW = datetime(2021, 12, 31, 12, 0)


@pytest.fixture(scope="module")
def page(browser):
    with module_page(browser) as page:
        page.evaluate(
            """async (rules) => {
          window.rules = rules;
          Object.assign(window, await import('/register_table.js'), await import('/register_dates.js'), await import('/register_rules.js'),
            await import('/pasted_rows.js'), await import('/table_merge.js'));
          window.bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
          window.base64 = (bytes) => { let all = ''; for (const byte of bytes) all += String.fromCharCode(byte); return btoa(all); };
        }""",
            rules(),
        )
        yield page


DATES = [
    "2021-07-05", "05.07.2021", "2021-07-05 14:30", "05.07.2021 14:30:15", "2021-07-05T14:30:00+03:00", "2021-12-31T23:30Z",
    "2021-12-31 23:30:00,5 -0500", "5 серпня 2021", "5 серпня 2021 р.", "у понеділок, 5 липня 2021 року, 14:30", "пн 5 липня 2021",
    "вівторок 5 липня 2021", "5 липня 2021 (понеділок)", "5 липня 2021, пн, о 9-й", "«5» липня 2021 р. о 14.30 год.", "5-го лип. 2021",
    "5 августа 2021", "5 серрня 2021", "5 cерпня 2021", "5 серпня", "5 СЕРПНЯ 2021", "п’ятниця 2 липня 2021", "п'ятницю, 2 липня 2021",
    "31.02.2021", "2021-13-01", "2021-00-10", "29.02.2020", "29.02.2021", "1899-12-31", "3000-01-01", "2999-12-31", "12/03/21",
    "2021", "2021-09", "5.7.2021", "", "слово", "25:00", "05.07.2021 24:00", "05.07.2021 9:05", "2021-07-05T10:00+25:00",
    "2021-07-05T10:00+3", "0001-01-01T00:00Z", "١٢.٠٧.٢٠٢١", "5 липня 2021, понедельник", "32 липня 2021", "  05.07.2021  ",
]  # fmt: skip


def test_dates_are_read_as_the_site_reads_them(page):
    ours = page.evaluate("""(texts) => texts.map((text) => {
      try { const { day, time } = parseMoment(rules, text); return `${day} ${time}`; }
      catch (error) { return [error.code, error.message]; }
    })""", DATES)  # fmt: skip

    assert dict(zip(DATES, ours, strict=True)) == {text: python_date(text) for text in DATES}


def python_date(text):
    try:
        return f"{parse_moment(text):%Y-%m-%d %H:%M:%S}"
    except DateRefused as refused:
        return [refused.code, str(refused)]


HEADERS = [
    "Дата;Назва;Посилання", "ДАТА ПУБЛІКАЦІЇ:;Назва матеріалу (коротко);Лінк на публікацію;№ з/п", "date;title;url;id", "День;Тема;Група",
    "Дата;Сторінка;Мережа;Вид;Назва;Посилання;Ідентифікатор", "Дата та час;Видання;№ газети;Заголовок", "Дата;К-сть;Канал", "Число;Тема",
    "Дата подання матеріалу;Назва газети;Випуск;Примітки", "№;Дата;;Назва", f"Дата;{'о' * 90};Назва", "constructor;Дата;Назва",
]  # fmt: skip


def test_columns_are_recognised_as_the_site_recognises_them(page):
    ours = page.evaluate("(headers) => headers.map((header) => [...columnsIn(rules, header.split(';'))])", HEADERS)

    assert ours == [
        [list(pair) for pair in columns_in({i: c for i, c in enumerate(header.split(";")) if c}).items()]
        for header in HEADERS
    ]


SOCIAL = "Дата;Сторінка;Мережа;Вид;Назва;Посилання;Ідентифікатор\n"
PAPER = "Дата;Видання;Номер;Назва;Посилання\n"
TABLES = [  # register, text
    ("newspaper", PAPER + "05.07.2021;Вісті;12;Перша;\n05.13.2021;Вісті;12;Друга;\n;Вісті;12;Без дати;\n"),
    ("newspaper", PAPER + "05.07.2021;Вісті;12;#N/A;\n05.07.2021;Вісті;#ЗНАЧ!;x;\n05.07.2022;Вісті;1;Далеко;\n05.07.2023;Вісті;1;Ще далі;\n"),
    ("newspaper", PAPER + "05.07.2021;Вісті;12;Та сама;\n05.07.2021;Вісті;12;«Та  сама»;\n06.07.2021;Вісті;12;Та сама;\n"),
    ("newspaper", PAPER + '05.07.2021;Вісті;12;"Назва; з розділовим";https://a.example/1\n05.07.2021;Вісті;12;Назва; з розділовим;x\n'),
    ("newspaper", PAPER + '05.07.2021;Вісті;12;"Не закрито;\n06.07.2021;Вісті;12;Далі;\n'),
    ("newspaper", PAPER + '05.07.2021;Вісті;12;"Закрито" посередині;\n06.07.2021;Вісті;12;Далі;\n'),
    ("newspaper", PAPER + '05.07.2021;Вісті;12;"Поглинає\n06.07.2021;Вісті;12;Далі"\n07.07.2021;Вісті;13;Ні;\n'),
    ("newspaper", PAPER + '05.07.2021;Вісті;12;"Два\nрядки ""в"" клітинці";\n'),
    ("newspaper", PAPER + "05.07.2021;Вісті;12;a;https://www.a.example/1/?utm_source=x\n05.07.2021;Вісті;12;b;http://a.example/1\n"),
    ("newspaper", PAPER + "05.07.2021;Вісті;12;a;tg://resolve\n05.07.2021;–;-;b;—\n05.07.2021;Вісті;12;-;\n"),
    ("newspaper", "Журнал за 2021 рік;;;;\n;;;;\n" + PAPER + "1;2;3;4;5\n05.07.2021;Вісті;1;Рядок;\nРазом;;1;;\nВсього: 1;;;;\n;;;;\n"),
    ("newspaper", "№ з/п;Дата;Видання;Назва\n1;05.07.2021;Вісті;Рядок\n2;;;\n3;;Вісті;Без дати\nРазом;1;;\nРазом;a;b;\n"),
    ("social", SOCIAL + "05.07.2021;ДМР;Фейсбук;допис;Свято;https://www.facebook.com/rada/posts/1;\n05.07.2021;«дергачівська  міська рада»;;фото;Свято;https://www.instagram.com/p/x1/;\n"),
    ("social", SOCIAL + "05.07.2021;Невідома;Фейсбук;допис;Свято;;\n05.07.2021;;Фейсбук;допис;Свято;;\n05.07.2021;ДМР;Фейсбук;дописс;Свято;;\n"),
    ("social", SOCIAL + "05.07.2021;ДМР;;допис;Свято;;\n05.07.2021;ДМР;вконтакті;допис;Свято;;\n05.07.2021;ДМР;Телеграм;допис;Свято;;\n05.07.2021;Прудянський старостинський округ;;;Свято;;\n"),
    ("social", SOCIAL + "05.07.2021;ДМР;;допис;Свято;https://facebook.com/stories/1/2;\n05.07.2021;ДМР;;сторіз;Свято;https://facebook.com/stories/1/3;\n"),
    ("social", SOCIAL + "05.07.2021;ДМР;fb;допис;Свято;;1,78E+17\n05.07.2021;ДМР;fb;допис;Свято;;17\n06.07.2021;ДМР;fb;допис;Інше;;17\n06.07.2021;ДМР;ig;допис;Інше;;17\n"),
    ("social", SOCIAL + "05.07.2021;ДМР;fb;;Свято;;\n05.07.2021;ДМР;fb;допис;свято;;\n05.07.2021;ДМР;fb;репост;свято;;\n05.07.2021;ДМР;;;Свято;tg://x;\n"),
    ("requests", "Дата;Канал;Кількість\n05.07.2021;форма;3\n06.07.2021;форма;\n07.07.2021;форма;-1\n08.07.2021;форма;3,0\n09.07.2021;форма;3,5\n10.07.2021;форма;1 000\n11.07.2021;форма;12345678901\n12.07.2021;форма;-\nРазом;;6\n"),
    ("requests", "Дата,Канал,Кількість\r\n05.07.2021,форма,3\r\n\"06.07.2021\",\"форма, друга\",\"4\"\r\n"),
    ("requests", "Дата\tКанал\tКількість\r05.07.2021\tформа\t3\r06.07.2021\tформа\tx\r"),
    ("monitoring", "sep=,\nДата,Назва\n05.07.2021,'=1+1\n06.07.2021,'апостроф\n07.07.2021,-\n"),
    ("coverage", "Дата;Назва\n5 серпня 2021 р.;Захід\n5 августа 2021;Захід\nпн 6 липня 2021;x\n2021;x\n05.07.2021;Назва;зайве\n"),
]  # fmt: skip
# What the page can't tell, since it takes knowledge that only the site has: the sum's value, similar numbers on accounts.
UNTOLD = {"register-total", "same-number-two-accounts"}
CHECK = """
({ register, text, now, path }) => {
  const table = openTable(rules, bytes(text));
  const lines = linesOf(table);
  const repeated = repeatedIn(rules, register, [{ path, table }]);
  return table.rows.flatMap((row) =>
    [...findingsOf(rules, table, register, row, now, lines.get(row.id)), ...(repeated.get(row.id) || [])].map(({ code, message, level }) => [lines.get(row.id), level, code, message]));
}
"""


@pytest.mark.parametrize("case", range(len(TABLES)), ids=lambda number: f"{TABLES[number][0]}-{number}")
def test_findings_are_those_of_the_check(page, case):
    register, text = TABLES[case]
    path = f"content/registers/{register}/a.csv"
    now = {"day": f"{NOW:%Y-%m-%d}", "time": f"{NOW:%H:%M:%S}"}
    ours = page.evaluate(CHECK, {"register": register, "text": encoded(text.encode()), "now": now, "path": path})
    theirs = [found for found in python_findings(register, path, text.encode()) if found[2] not in UNTOLD]

    assert sorted(ours) == sorted(theirs)


def encoded(raw):
    return base64.b64encode(raw).decode()


def python_findings(register, path, raw):
    """Line, level, code and message of what the check finds."""
    entries, problems = read_register_file(register, path, raw, ACCOUNTS)
    site = Site(None, (), tuple(entries), REGISTERS, ACCOUNTS, Figures(standard_figures(REGISTERS)), frozenset())
    problems += [*find_duplicates(entries), *dates_are_near(site, Clock(NOW))]
    return [[problem.line, problem.level.value, problem.code, problem.message] for problem in problems]


# Cells that random tables are put together from.
CELLS = {
    "date": ["05.07.2021", "2021-07-06", "5 липня 2021", "", "32.07.2021", "2021", "06.07.2021 14:30", "Разом", "Всього: 2", "01.05.2022", "слово"],
    "account": ["ДМР", "«ДМР»", "Прудянський старостинський округ", "", "Чужа"], "network": ["", "фб", "Instagram", "телеграм", "вк", "-"],
    "kind": ["", "допис", "Репост", "сторіз", "video", "щось", "форма"], "newspaper": ["Вісті", "", "«Вісті»", "–"], "issue": ["1", "", "№ 2"],
    "title": ["Свято", "«свято»", "", "-", "#N/A", "'=1+1", "'слово", "Разом за липень", '"два\nрядки"', '"Назва ""в"" лапках"', '"не закрито', '"закрито" рано'],
    "url": ["", "–", "https://www.facebook.com/rada/posts/1", "http://facebook.com/rada/posts/1?fbclid=x", "https://instagram.com/p/abc/", "tg://x",
            "https://facebook.com/stories/1/2", "https://visti.example/1", "немає"],
    "id": ["", "17", "18", "1,7E+17"], "count": ["1", "2", "", "3,0", "-", "1,5", "1000000000"],
}  # fmt: skip
COLUMNS_OF = {
    "social": ("date", "account", "network", "kind", "title", "url", "id"), "newspaper": ("date", "newspaper", "issue", "title", "url"),
    "requests": ("date", "kind", "count"), "coverage": ("date", "title", "url"),
}  # fmt: skip


def random_table(dice):
    register = dice.choice(list(COLUMNS_OF))
    columns = COLUMNS_OF[register]
    lines = [";".join(COLUMNS[name].names[0] for name in columns)]
    for _ in range(dice.randrange(1, 6)):
        # Most cells are right, so that a row's further faults are reached.
        cells = [dice.choice(CELLS[name][: dice.choice([2, 2, len(CELLS[name])])]) for name in columns]
        lines.append(";".join(cells) + ";x" * (dice.random() < 0.03))
    return register, "\n".join(lines) + "\n"


def compare_findings(page, seeds):
    now = {"day": f"{NOW:%Y-%m-%d}", "time": f"{NOW:%H:%M:%S}"}
    tables = [random_table(random.Random(seed)) for seed in seeds]
    paths = [f"content/registers/{register}/a.csv" for register, _ in tables]
    asked = [
        {"register": table[0], "text": encoded(table[1].encode()), "now": now, "path": path}
        for table, path in zip(tables, paths, strict=True)
    ]
    results = page.evaluate(f"(cases) => cases.map({CHECK})", asked)
    for (register, text), path, ours in zip(tables, paths, results, strict=True):
        theirs = [found for found in python_findings(register, path, text.encode()) if found[2] not in UNTOLD]
        assert told_once(ours) == told_once(theirs), text


def told_once(findings):
    """The findings as the check tells them: of an account that is unknown, one for all its rows."""
    told = {}
    for line, level, code, message in sorted(findings):
        own = message.partition(" (ще в рядках")[0]
        told.setdefault(
            (own,) if code in ("account-unknown", "network-not-listed") else (own, line), [line, level, code, own]
        )
    return sorted(told.values())


def test_findings_in_random_tables_are_those_of_the_check(page):
    compare_findings(page, range(300))


@pytest.mark.soak
def test_findings_in_many_random_tables_are_those_of_the_check(page):
    for start in range(1000, 30_000, 1000):
        compare_findings(page, range(start, start + 1000))


# --- what is written ---------------------------------------------------------------------------------------------------

WORDS = [
    "Свято", "Ремонт; дорога", "«Зевс»", 'Він сказав: "так"', "=1+1", "+380 57", "@rada", "-5 градусів", "'апостроф", "", "Лінія,кома", "Таб\tуляція",
    "два\nрядки", "Їжак ґава є", "№ 5", "1,5", "'=x", "#1", "Emoji 🎉", "—", "кінець ", "ﬁ", "＝1",
]  # fmt: skip
IN_WINDOWS = [word for word in WORDS if word.encode("cp1251", "ignore").decode("cp1251") == word]


def written(cell, separator, quoted):
    if quoted or separator in cell or any(sign in cell for sign in '"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def random_file(dice):
    """A file as some program writes it: its bytes and its data rows, each a list of cells."""
    encoding, end = dice.choice(["utf-8", "utf-8-sig", "cp1251"]), dice.choice(["\n", "\r\n", "\r"])
    separator, quoted = dice.choice(";,\t"), dice.choice([False, False, True])
    words = IN_WINDOWS if encoding == "cp1251" else WORDS
    header = ["Дата", "Видання", "Номер", "Назва", "Примітка"]
    lines = [separator.join(["Журнал", "", "", "", ""])] * dice.choice([0, 0, 1])
    lines.append(separator.join(written(cell, separator, quoted) for cell in header))
    for _ in range(dice.randrange(6)):
        cells = [
            f"{dice.randrange(1, 29):02d}.07.2021",
            "Вісті",
            str(dice.randrange(99)),
            dice.choice(words).strip(),
            dice.choice(words).strip(),
        ]
        lines.append(
            separator.join(written(escape_formula(cell.replace("\n", end)), separator, quoted) for cell in cells)
        )
        lines += [separator * 4] * (dice.random() < 0.1)
    lines += [separator.join(["Разом", "", str(dice.randrange(9)), "", ""])] * dice.choice([0, 1])
    text = end.join(lines) + dice.choice([end, ""])
    return text.encode(encoding), words


EDIT = """
([text, steps]) => {
  let table = openTable(rules, bytes(text));
  const data = () => table.rows.filter(({ kind }) => kind === 'data');
  const kept = new Set(table.rows.map(({ id }) => id));
  for (const [what, at, values] of steps) {
    const row = data()[at % Math.max(1, data().length)];
    const entered = new Map(Object.entries(values).map(([index, value]) => [Number(index), value]));
    if (what === 'add') table = withRowsAdded(table, [newRow(rules, table, entered)]);
    else if (!row) continue;
    else if (what === 'delete') { table = withoutRow(table, row.id); kept.delete(row.id); }
    else { table = withRowChanged(table, withValues(rules, table, row, entered)); kept.delete(row.id); }
  }
  return {
    bytes: base64(bytesOf(table)), untouched: table.rows.filter(({ id }) => kept.has(id)).map(({ raw }) => raw),
    meant: data().map((row) => table.header.map((_, index) => valueOf(row, index))),
  };
}
"""


def random_steps(dice, words):
    steps = []
    for _ in range(dice.randrange(1, 5)):
        values = {"0": "31.07.2021", "1": "Вісті", "2": "7", "3": dice.choice(words), "4": dice.choice(words)}
        what = dice.choice(["add", "add", "change", "delete"])
        if what == "change":
            values = {dice.choice("34"): dice.choice(words)}
        steps.append([what, dice.randrange(10), values])
    return steps


def python_rows(raw):
    """The cells of every data row as the site's reader gives them."""
    (result,) = read_tables("content/registers/newspaper/a.csv", raw)
    assert result.problems == ()
    return [[row["date"], row["newspaper"], row["issue"], row["title"]] for row in rows_of(result.table.parts)]


def as_read(cells):
    """What the reader makes of the cells that were meant: one line each; a dash says that there is none."""
    return [to_one_line(cell) for cell in cells[:4]]


SERIES = 60


def one_edit(page, seed):
    dice = random.Random(seed)
    raw, words = random_file(dice)
    result = page.evaluate(EDIT, [encoded(raw), random_steps(dice, words)])
    after = base64.b64decode(result["bytes"])
    encoding = "cp1251" if words is IN_WINDOWS else "utf-8"
    assert python_rows(after) == [as_read(cells) for cells in result["meant"]], (seed, raw, after)
    place = 0  # every untouched row stands in the file as it stood, in the same order
    for line in result["untouched"]:
        place = after.find(line.encode(encoding), place)
        assert place >= 0, (seed, line)
        place += len(line.encode(encoding))
    assert (after[:3] == b"\xef\xbb\xbf") == (raw[:3] == b"\xef\xbb\xbf")
    assert after.count(b"\r\n") == after.count(b"\n") if b"\r\n" in raw else b"\r\n" not in after


@pytest.mark.parametrize("part", range(4))
def test_what_is_written_is_read_as_it_was_meant_and_the_rest_stays(page, part):
    for seed in range(part * SERIES, (part + 1) * SERIES):
        one_edit(page, seed)


@pytest.mark.soak
def test_what_is_written_is_read_as_it_was_meant_in_a_long_series(page):
    for seed in range(1000, 6000):
        one_edit(page, seed)


# --- two editors -------------------------------------------------------------------------------------------------------

MERGE = """
(cases) => cases.map(([base, mine, theirs]) => {
  const opened = openTable(rules, bytes(base));
  let own = opened;
  const ids = opened.rows.filter(({ kind }) => kind === 'data').map(({ id }) => id);
  for (const [what, at, text] of mine) {
    const entered = new Map([[0, '05.07.2021'], [1, 'Вісті'], [3, text]]);
    const row = own.rows.find(({ id }) => id === ids[at]);
    if (what === 'insert') own = withRowsAdded(own, [newRow(rules, own, entered)]);
    else if (what === 'delete') own = withoutRow(own, ids[at]);
    else own = withRowChanged(own, withValues(rules, own, row, new Map([[3, text]])));
  }
  const result = merged(opened, own, openTable(rules, bytes(theirs)));
  const titles = (rows) => rows.filter(({ kind }) => kind === 'data').map((row) => valueOf(row, 3));
  const named = new Set(result.conflicts.flatMap(({ ids }) => ids));
  const [had, has] = [result.base.rows, result.table.rows].map((rows) => new Map(rows.map(({ id, raw }) => [id, raw])));
  const counts = [[...has.keys()].filter((id) => !had.has(id)), [...has].filter(([id, raw]) => had.has(id) && had.get(id) !== raw), [...had.keys()].filter((id) => !has.has(id))];
  return { kinds: result.conflicts.map(({ kind }) => kind).sort(), counts: counts.map(({ length }) => length), titles: titles(result.table.rows), conflicts: titles(result.table.rows.filter(({ id }) => named.has(id))), bytes: base64(bytesOf(result.table)) };
})
"""


def paper(titles):
    return (PAPER + "".join(f"05.07.2021;Вісті;;{title};\n" for title in titles)).encode()


def random_changes(dice, size, name):
    """What one editor does: each row at most once; what is added comes last, as the page adds it."""
    steps = [
        (dice.choice(["change", "delete"]), at, f"{name} {at}")
        for at in dice.sample(range(size), dice.randrange(min(4, size + 1)))
    ]
    return steps + [("insert", size, f"{name} новий {number}") for number in range(dice.randrange(3))]


def applied(titles, steps):
    rows = [[title] for title in titles] + [[]]
    for what, at, text in steps:
        rows[at] = [] if what == "delete" else [text] if what == "change" else [*rows[at], text]
    return rows


def expected_rows(titles, mine, theirs):
    """What both did, row by row; where both changed one row, both versions stand, and these are the conflicts."""
    rows, conflicts = [], []
    for old, own, other in zip(titles, applied(titles, mine), applied(titles, theirs), strict=False):
        if own == [old] or other == [old]:
            rows += other if own == [old] else own
        else:
            rows += own + other
            conflicts += own + other
    return rows + applied(titles, theirs)[-1] + applied(titles, mine)[-1], conflicts


def test_what_two_editors_did_is_put_together_row_by_row(page):
    dice = random.Random(7)
    cases = []
    for _ in range(400):
        titles = [f"Рядок {number}" for number in range(dice.randrange(9))]
        cases.append((titles, random_changes(dice, len(titles), "мій"), random_changes(dice, len(titles), "колеги")))
    results = page.evaluate(MERGE, [
        [encoded(paper(titles)), mine, encoded(paper(itertools.chain(*applied(titles, theirs))))] for titles, mine, theirs in cases
    ])  # fmt: skip
    for (titles, mine, theirs), result in zip(cases, results, strict=True):
        rows, conflicts = expected_rows(titles, mine, theirs)
        assert sorted(result["titles"]) == sorted(rows), (titles, mine, theirs)
        assert set(conflicts) <= set(result["conflicts"]), (titles, mine, theirs)
        if not {at for what, at, _ in mine if what != "insert"} & {at for what, at, _ in theirs if what != "insert"}:
            assert result["conflicts"] == []
        kept = [title for title in titles if title in result["titles"]]
        assert [title for title in result["titles"] if title in titles] == kept
        assert [cells[3] for cells in python_rows(base64.b64decode(result["bytes"]))] == result["titles"]


INSERT_X = ("insert", 9, "X")
DECIDED = [  # what was there, mine, theirs, what stands, the kinds of conflicts; then what is added, changed, deleted beside theirs
    (["А"], [INSERT_X], ["А", "X"], ["А", "X", "X"], ["same"], [1, 0, 0]),
    (["А"], [INSERT_X, INSERT_X], ["А", "X"], ["А", "X", "X", "X"], ["same"], [2, 0, 0]),
    (["А", "X"], [INSERT_X], ["А", "X", "X"], ["А", "X", "X", "X"], ["same"], [1, 0, 0]),
    (["А", "X"], [INSERT_X], ["А", "X"], ["А", "X", "X"], [], [1, 0, 0]),
    (["X", "А"], [("change", 1, "Б")], ["X", "X", "А"], ["X", "X", "Б"], [], [0, 1, 0]),
    (["А", "Б"], [("change", 1, "В")], ["А", "В"], ["А", "В"], [], [0, 0, 0]),
    (["А", "Б", "В"], [("delete", 1, ""), ("change", 2, "Г")], ["А", "Г"], ["А", "Г"], [], [0, 0, 0]),
    (["А", "Б"], [("change", 1, "X"), INSERT_X], ["А", "X"], ["А", "X", "X"], [], [1, 0, 0]),
    (["А", "Б"], [("change", 1, "В")], ["А", "Г"], ["А", "Г", "В"], ["both"], [1, 0, 0]),
    (["А", "Б"], [("change", 1, "В")], ["А"], ["А", "В"], ["gone"], [1, 0, 0]),
    (["А", "Б", "В"], [("change", 1, "Г"), ("change", 2, "Д")], ["А"], ["А", "Г", "Д"], ["gone", "gone"], [2, 0, 0]),
    (["А", "Б"], [("delete", 1, "")], ["А", "Г"], ["А", "Г"], ["deleted"], [0, 0, 0]),
    (["А", "Б"], [("delete", 1, "")], ["А", "Г", "Нове"], ["А", "Г", "Нове"], ["beside", "beside"], [0, 0, 0]),
    (["А", "Б"], [("change", 1, "В")], ["А", "Г", "Нове"], ["А", "Г", "Нове", "В"], ["several"], [1, 0, 0]),
    (["А", "Б"], [("change", 1, "В"), INSERT_X], ["А", "Г", "X"], ["А", "Г", "X", "В", "X"], ["both", "same"], [2, 0, 0]),
]  # fmt: skip


@pytest.mark.parametrize("case", range(len(DECIDED)))
def test_nothing_is_dropped_that_is_not_certainly_one_row(page, case):
    base, mine, theirs, titles, kinds, counts = DECIDED[case]
    (result,) = page.evaluate(MERGE, [[encoded(paper(base)), mine, encoded(paper(theirs))]])

    assert (result["titles"], result["kinds"], result["counts"]) == (titles, kinds, counts)


def test_a_sum_that_both_set_to_one_number_is_asked_about(page):
    kinds = page.evaluate("""([base, theirs]) => {
      const opened = openTable(rules, bytes(base));
      const total = opened.rows.find(({ kind }) => kind === 'total');
      return merged(opened, withRowChanged(opened, withRaw(rules, opened, total, 'Разом;;4')), openTable(rules, bytes(theirs))).conflicts.map(({ kind }) => kind);
    }""", [encoded((REQUESTS + line).encode()) for line in ("05.07.2021;форма;3\nРазом;;3\n", "05.07.2021;форма;3\nРазом;;4\n")])  # fmt: skip

    assert kinds == ["total"]


def test_a_changed_sum_is_told_of_signs_that_its_file_can_not_hold(page):
    raw = (REQUESTS + "05.07.2021;форма;3\nРазом;;3\n").encode("cp1251")
    codes = page.evaluate("""(raw) => {
      const table = openTable(rules, bytes(raw));
      const row = withRaw(rules, table, table.rows.find(({ kind }) => kind === 'total'), 'Разом за пʼять липень;;3');
      return [true, false].map((isChanged) => [row.kind, findingsOf(rules, table, 'requests', { ...row, isChanged }).map(({ code }) => code)]);
    }""", encoded(raw))  # fmt: skip

    assert codes == [["total", ["encoding"]], ["total", []]]


# --- what is pasted ----------------------------------------------------------------------------------------------------

UNDERSTOOD = """
([register, clipboard]) => {
  const table = openTable(rules, bytes(register));
  const found = understood(rules, table, rowsOfClipboard(clipboard));
  return { notes: found.notes, rows: valuesOf(rules, table, found).map((values) => table.header.map((_, index) => values.get(index) ?? null)) };
}
"""
EXCEL = """<html><body><table><tr><td>Дата</td><td>Канал</td><td>К-сть</td></tr>
<tr><td rowspan=2>5.7.2021</td><td>форма<br>на сайті</td><td>1 234</td></tr><tr><td>пошта</td><td>3,00</td></tr>
<tr><td colspan=2>Разом</td><td>1237</td></tr></table></body></html>"""
LINKS = '<table><tr><td>05.07.2021</td><td>Захід</td><td><a href="https://rada.example/news/1/">новина</a></td><td></td></tr></table>'
REQUESTS, COVERAGE = "Дата;Канал;Кількість\n", "Дата;Назва;Посилання\n"
PASTED = [  # register, clipboard, rows, notes
    (REQUESTS, {"html": EXCEL}, [["05.07.2021", "форма на сайті", "1234"], ["05.07.2021", "пошта", "3"]], ["Підсумкові рядки не взято: 1."]),
    (REQUESTS, {"text": "05.07.2021\tформа\t1\u00a0000\n06.07.2021\tпошта\t1,000\n"},
     [["05.07.2021", "форма", "1000"], ["06.07.2021", "пошта", "1,000"]], []),
    (REQUESTS, {"text": "Кількість\tДата\n3\t13/7/2021\n4\t5/7/2021\n"}, [["13.07.2021", None, "3"], ["5/7/2021", None, "4"]], []),
    (REQUESTS, {"text": "1\t05.07.2021\tформа\t3\n2\t06.07.2021\tпошта\t4\n"},
     [["05.07.2021", "форма", "3"], ["06.07.2021", "пошта", "4"]], ["Стовпець 1 не взято: у журналі немає для нього місця."]),
    (REQUESTS, {"text": "05.07.2021;форма;3\n\n06.07.2021;\"а; б\";4"}, [["05.07.2021", "форма", "3"], ["06.07.2021", "а; б", "4"]], []),
    (COVERAGE, {"html": LINKS, "text": "x"}, [["05.07.2021", "Захід", "https://rada.example/news/1/"]], []),
    (COVERAGE, {"text": "Звіт за липень\n\nДата\tЗаголовок\n05.07.2021 0:00\t\"Два\nрядки \"\"у\"\" лапках\"\n"},
     [["05.07.2021", 'Два рядки "у" лапках', None]], ["Рядки над назвами стовпців не взято: 1."]),
    (COVERAGE, {"text": "05.07.2021\tА\thttps://a.example/\tзайве\n"}, [["05.07.2021", "А", "https://a.example/"]],
     ["Стовпець 4 не взято: у журналі немає для нього місця."]),
    ("Дата;Сторінка;Моє\n", {"text": "Моє\tСторінка\tДата\nx\tдмр\t05.07.2021\n"}, [["05.07.2021", "Дергачівська міська рада", "x"]], []),
    (COVERAGE, {"html": "<p>без таблиці</p>", "text": "05.07.2021\tА"}, [["05.07.2021", "А", None]], []),
]  # fmt: skip


@pytest.mark.parametrize("case", range(len(PASTED)))
def test_pasted_rows_are_understood(page, case):
    register, clipboard, rows, notes = PASTED[case]
    found = page.evaluate(UNDERSTOOD, [encoded(register.encode()), clipboard])

    assert found["rows"] == rows
    assert found["notes"] == notes


def test_pasted_markup_loads_and_runs_nothing(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    markup = '<img src="/x.png" onerror="window.ran = 1"><table><tr><td>05.07.2021<script>window.ran = 1</script></td><td>А</td></tr></table>'
    page.evaluate(UNDERSTOOD, [encoded(COVERAGE.encode()), {"html": markup}])

    assert page.evaluate("window.ran") is None
    assert asked == []


REFUSED = [
    (b"\x98\xff", "Windows-1251"), ("Назва;Посилання\nа;б\n".encode(), "немає рядка з назвами"), (b"Date\0", "нульові байти"),
    ("Дата;Дата публікації;Назва\n05.07.2021;;x\n".encode(), "два стовпці «Дата»"),
    ("Дата;Назва\n05.07.2021;x\nДата;Канал\n05.07.2021;y\n".encode(), "з іншими стовпцями"),
    ("Дата;Назва\n<<<<<<< HEAD\n05.07.2021;x\n=======\n05.07.2021;y\n>>>>>>> main\n".encode(), "незавершеного злиття"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "words"), REFUSED)
def test_a_file_that_would_lose_something_is_not_opened(page, raw, words):
    said = page.evaluate(
        "(raw) => { try { openTable(rules, bytes(raw)); } catch (error) { return [error.name, error.message]; } }",
        encoded(raw),
    )

    assert said[0] == "TableRefused"
    assert words in said[1]
