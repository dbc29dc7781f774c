"""Rows that are taken together, column by column, are read as each by itself."""

from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.account import Account, Accounts
from hromada.reading.record import Record
from hromada.reading.register_blocks import entries_of_block
from hromada.reading.register_rows import RowReader, entry_of
from hromada.reading.registers import read_register_file
from hromada.reading.repetitions import repeated_publications
from hromada.reading.tables import Block, TableReader, rows_of

ACCOUNTS = Accounts.of([
    Account("rada", "Рада", networks=("facebook", "telegram"), group="main"),
    Account("muzei", "Музей", networks=("instagram",)),
])  # fmt: skip
HEADER = ("Дата", "Сторінка", "Мережа", "Вид", "Назва", "Посилання", "Ідентифікатор", "Кількість", "Примітка")
CELLS = (
    ["05.07.2021", "5 липня 2021", "2021-07-06 14:30", "", "Всього", "31.02.2021", "7", "05.07.2021 "],
    ["Рада", "рада", "Музей", "", "Клуб"],
    ["facebook", "FB", "", "instagram", "viber"],
    ["", "допис", "репост", "сторіз", "пост"],
    ["Ремонт", " Ремонт ", "", "-", "#REF!", "'=1", "Рем\u00a0онт", "Рем\x07онт", "_x0007_"],
    ["", "https://www.facebook.com/rada/posts/1", "https://t.me/rada/1", "http://localhost/a", "tg://x", "—",
     "https://www.instagram.com/stories/rada/1/", "rada.example"],
    ["", "1", "1_2", "1E+15", "-"],
    ["1", "3,0", "", "два", "0"],
    ["", "-", "#"],
)  # fmt: skip
COMMON = [cells[:2] for cells in CELLS]


def rows(columns):
    return st.lists(st.tuples(*map(st.sampled_from, columns)), min_size=1, max_size=4)


def together(cells, width):
    reader = TableReader(is_separated=True)
    reader.take(Record(1, dict(enumerate(HEADER[:width]))))
    return reader, reader.take_together(range(2, len(cells) + 2), [row[:width] for row in cells])


def by_itself(cells, width):
    reader = TableReader(is_separated=True)
    reader.take(Record(1, dict(enumerate(HEADER[:width]))))
    for line, row in enumerate(cells, start=2):
        texts = map(str.strip, row[:width])
        reader.take(Record(line, {column: text for column, text in enumerate(texts) if text}))
    return reader


@given(rows(CELLS) | rows(COMMON), st.integers(5, len(HEADER)))
def test_a_block_has_the_rows_that_are_read_by_themselves(cells, width):
    reader, is_taken = together(cells, width)

    assert not is_taken or list(rows_of(reader.parts)) == list(rows_of(by_itself(cells, width).parts))


@given(rows(CELLS) | rows(COMMON), st.sampled_from(["social", "newspaper", "monitoring"]), st.integers(5, len(HEADER)))
def test_the_entries_of_a_block_are_those_of_its_rows(cells, register, width):
    reader, is_taken = together(cells, width)
    naming = ("kind",)
    blocks = [part for part in reader.parts if isinstance(part, Block)] if is_taken else []
    for block in blocks:
        row_reader = RowReader(register, "content/a.csv", "", ACCOUNTS, "count" in block.columns, naming)
        entries = [entry_of(row_reader, row) for row in block.rows()]
        expected = None if row_reader.problems else entries

        assert (
            entries_of_block(
                RowReader(register, "content/a.csv", "", ACCOUNTS, "count" in block.columns, naming), block
            )
            == expected
        )


def read(lines, register="monitoring"):
    raw = "\r\n".join(lines).encode()
    return read_register_file(register, f"content/registers/{register}/a.csv", raw, ACCOUNTS)


def test_one_row_with_a_fault_is_told_and_hides_no_other_of_a_long_register():
    lines = ["Дата;Назва", *(f"05.07.2021;Огляд {number}" for number in range(2000))]
    lines[1200] = "31.02.2021;Огляд"

    entries, problems = read(lines)

    assert [(problem.line, problem.code) for problem in problems] == [(1201, "date-format")]
    assert [entry.place.line for entry in entries] == [line for line in range(2, 2002) if line != 1201]


def test_a_sum_below_a_long_register_counts_the_rows_above_it():
    lines = ["Дата;Вид;Кількість", *("05.07.2021;лист;2" for _ in range(1000)), "Всього;;1999"]

    entries, problems = read(lines, "requests")

    assert sum(entry.count for entry in entries) == 2000
    assert [(problem.line, problem.code, "2000" in problem.message) for problem in problems] == [
        (1002, "register-total", True)
    ]


def test_a_row_with_an_open_quote_far_below_is_told_by_its_line():
    lines = ["Дата;Назва", *(f"05.07.2021;Огляд {number}" for number in range(1000)), '05.07.2021;"Огляд']

    entries, problems = read(lines)

    assert (len(entries), [(problem.line, problem.code) for problem in problems]) == (1000, [(1002, "register-quotes")])


def test_columns_between_commas_are_found_in_a_long_register():
    entries, problems = read(["Дата,Назва", *(f"05.07.2021,Огляд; {number}" for number in range(1000))])

    assert (len(entries), entries[-1].title, problems) == (1000, "Огляд; 999", [])


def test_two_rows_far_apart_are_one_publication():
    row = "05.07.2021;Рада;facebook;Допис;https://www.facebook.com/rada/posts/{}"
    lines = ["Дата;Сторінка;Мережа;Назва;Посилання", *(row.format(number) for number in range(1000))]
    lines.append("05.07.2021;Рада;facebook;Допис;https://m.facebook.com/story.php?story_fbid=7&id=1")

    entries, problems = read(lines, "social")
    (repeated,) = repeated_publications(entries)

    assert (problems, repeated.line, repeated.code) == ([], 1002, "duplicate-publication")
    assert "a.csv:9" in repeated.message
