"""What we write is read alike by our reader, by YAML 1.1 and by YAML 1.2; what others write is read as they mean it."""

import io
import re

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from hromada.domain.front_matter import (
    FieldStyle,
    find_header,
    form_of,
    format_comment,
    format_field,
    format_header,
    format_scalar,
    loose_line,
    read_fields,
    split_list,
    unquoted,
)
from tests import yaml_readers
from tests.properties import examples

# What a file of ours may hold: reading/text_decoding refuses the other controls.
SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters=[*map(chr, [*range(9), *range(11, 32), 127]), "\ufffe", "\uffff"])  # fmt: skip
ODD = st.sampled_from(
    list("-?:,[]{}#&*!|>'\"%@`~=<\\ \t\n.+_0179eExXoOaаЇ\xa0\x85\x9f\u2003\u2028\u2029\ufeff\u200b😀/")
)
WORDS = st.sampled_from(
    ["yes", "No", "ON", "off", "y", "N", "true", "False", "null", "~", "1_000", "0o7", "0x1F", "0b1", "12:30:45", "1e3", ".inf", "-.INF", ".nan", "2026-11-29",
     "2026-11-29 10:00", "2026-11-29T10:00:00Z", "05.07.2021", "2021-H2", "<<", "=", "---", "...", "- а", "? а", ": ", " #", "а: б", "а #б", "!!str а", "&а", "*а",
     "| а", ">", "[а, б]", "{а: б}", "%а", "@а", "`а`", "'а'", '"а"', "\\n", "\\", "C:\\new", "слово", "Рада", "– ні", "а" * 90, "а " * 60, "№ 5", "+380 57", "07", "1,5", "п’ять", "п'ять"]
)  # fmt: skip
VALUES = (
    st.text(SIGNS, max_size=40)
    | st.text(ODD, max_size=12)
    | st.lists(WORDS | st.text(ODD, max_size=3), max_size=6).map("".join)
    | st.lists(WORDS, max_size=4).map("\n".join)
)
LISTS = st.lists(VALUES, max_size=4)
CASES = ["date: 2026", "", " а ", "\ta", "а\n", "\nа", "а\n\n б\n- в", "а \nб", "\ufeffа", "а\x85", "а\u2028б", "\xa0", "'", '"', "''", '""', "'\"\\", "\\", "\"а\" і 'б'\t"]  # fmt: skip


def read(lines):
    """The single field of these lines, by our reader, and how it stands."""
    fields, faults = read_fields(enumerate(lines), lambda word: False, is_fenced=True)
    assert (len(fields), faults) == (1, [])
    return fields[0]


def others(lines):
    text = "\n".join(lines) + "\n"
    return [yaml.load(text, yaml.BaseLoader), YAML(typ="safe", pure=True).load(text), yaml.safe_load(text)]


@examples(5)
@given(VALUES)
@pytest.mark.parametrize("key", ["title", "Опис зображення"])
def test_a_value_is_written_so_that_all_readers_find_it(key, value):
    lines = format_field(key, value)

    assert others(lines) == [{key: value}] * 3
    assert (read(lines).key, read(lines).text, form_of(read(lines), is_list=False)) == (
        key,
        value,
        FieldStyle.CANONICAL,
    )


@pytest.mark.parametrize("value", CASES)
def test_a_value_at_a_border_is_written_so_that_all_readers_find_it(value):
    lines = format_field("title", value)

    assert others(lines) == [{"title": value}] * 3
    assert (read(lines).text, unquoted(format_scalar(value))) == (value, value)


@examples(3)
@given(LISTS)
def test_a_list_is_written_so_that_all_readers_find_it(values):
    lines = format_field("tags", values)
    found = read(lines)

    assert others(lines) == [{"tags": values}] * 3
    assert (split_list(found.text) if found.items is None else found.items) == values
    assert form_of(found, is_list=True) is FieldStyle.CANONICAL


@examples(3)
@given(st.dictionaries(st.sampled_from(["title", "date", "Опис зображення", "Summary"]), VALUES), LISTS, VALUES)
def test_a_header_is_written_so_that_all_readers_find_its_fields(fields, tags, comment):
    fields = fields | {"Теги": tags}
    lines = [line for key, value in fields.items() for line in (format_comment(comment), *format_field(key, value))]
    text = format_header(lines) + "Текст\n"

    assert others(lines) == [fields] * 3
    yaml_readers.assert_all_readers_agree(text)


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("Рада: звіт", '"Рада: звіт"'), ("«Свято»", "«Свято»"), ('"Свято"', "'\"Свято\"'"), ("'", '"\'"'), ("|", '"|"'), ("п'ять", "п'ять"), ("№ 5 #1", '"№ 5 #1"'),
        ("2026-11-29 10:00", '"2026-11-29 10:00"'), ("0123", '"0123"'), ("так", "так"), ("no", '"no"'), ("Рада:звіт", "Рада:звіт"), ("http://a.example/#b", "http://a.example/#b"),
        ("", '""'), ("\"а\" 'б'", "'\"а\" ''б'''"), ("а\tб", '"а\\tб"'), ("C:\\new: x", "'C:\\new: x'"), ("\x00а\x07", '" а "'), ("2021-H2", "2021-H2"),
    ],
)  # fmt: skip
def test_only_what_a_reader_would_take_otherwise_is_quoted(value, line):
    assert format_scalar(value) == line


# What other programs write: js-yaml and PyYAML fold long lines, quote or escape, indent or not.
@examples(3)
@given(st.dictionaries(st.sampled_from(["title", "summary", "tags"]), VALUES, min_size=1), st.sampled_from([None, "'", '"', "|", ">"]),
       st.booleans(), st.sampled_from([20, 80, 10_000]))  # fmt: skip
def test_what_pyyaml_writes_is_read_as_it_was_meant(fields, style, unicode, width):
    meant = {key: value.strip() for key, value in fields.items() if not set(value) & set("\x85\u2028\u2029\ufeff")}
    text = yaml.dump(meant, default_style=style, allow_unicode=unicode, width=width).replace(' "title"', " title")
    lines = [line.replace('"', "", 2) if style and line.startswith('"') else line for line in text.split("\n")]
    lines = [line.replace("'", "", 2) if style == "'" and line.startswith("'") else line for line in lines]
    found, faults = read_fields(enumerate(lines), lambda word: False, is_fenced=True)

    if style in (None, "'", '"') and meant:
        assert faults == []
        assert {one.key: one.text.strip() for one in found} == meant


@examples(2)
@given(st.dictionaries(st.sampled_from(["title", "summary"]), VALUES.map(str.strip), min_size=1), LISTS)
def test_what_ruamel_writes_is_read_as_it_was_meant(fields, tags):
    written, yaml12 = io.StringIO(), YAML(typ="safe", pure=True)
    yaml12.default_flow_style = False
    clean = {key: value for key, value in fields.items() if not set(value) & set("\x85\u2028\u2029\ufeff")}
    tags = [tag for tag in tags if not set(tag) & set("\x85\u2028\u2029\ufeff")]
    yaml12.dump(clean | {"tags": tags}, written)
    found, faults = read_fields(enumerate(written.getvalue().split("\n")), lambda word: False, is_fenced=True)
    values = {one.key: one for one in found}

    meant = yaml12.load(written.getvalue())  # it folds a few signs so that it does not find them itself

    assert faults == []
    assert {key: values[key].text.strip() for key in clean} == {key: meant[key].strip() for key in clean}
    assert [tag.strip() for tag in values["tags"].items or []] == [tag.strip() for tag in meant["tags"]]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (
            "title: |-\n  Рядок\n\n    з відступом\n  # не коментар\n  - не пункт",
            "Рядок\n\n  з відступом\n# не коментар\n- не пункт",
        ),
        ("title: |2-\n    Рядок\n  далі", "Рядок\n  далі".replace("Рядок\n  ", "Рядок\n")),
        ("title: >-\n  Довгий\n  рядок\n\n  другий", "Довгий рядок\nдругий"),
        ("title: >+\n  Довгий\n  рядок\n\n", "Довгий рядок"),
        ("title: 'Рада:\n  п''ять'", "Рада: п'ять"),
        ('title: "Рада \\\n  звіт"', "Рада звіт"),
        ('title: "\\u0420\\u0430\\x64\\N\\_\\L\\P\\t"', "Раd\x85\xa0\u2028\u2029\t"),
        ('title: "а\\x07б \\q \\0"', "а\\x07б \\q \\0"),
        ("title: Рада\n\n  звіт", "Рада\nзвіт"),
        ("title: |-\n\tРядок\n\tдругий", "Рядок\nдругий"),
    ],
)
def test_a_value_of_several_lines_is_read_as_yaml_reads_it(written, text):
    found = read(written.split("\n"))

    assert found.text == text


@pytest.mark.parametrize("written", ["tags:\n  - довгий\n    тег\n  - б", "tags:\n- >-\n  довгий\n  тег\n- б", 'tags: [ "довгий тег", б, ]', "tags: ['довгий тег',\n  б]"])  # fmt: skip
def test_items_of_several_lines_are_read_whole(written):
    found = read(written.split("\n"))

    assert (split_list(found.text) if found.items is None else found.items) == ["довгий тег", "б"]
    assert others(written.split("\n")) == [{"tags": ["довгий тег", "б"]}] * 3


@pytest.mark.parametrize(
    ("written", "items"),
    [
        ("&laquo;Зевс&raquo;", ["&laquo;Зевс&raquo;"]),
        ("Освіта &amp; наука; спорт", ["Освіта &amp; наука", "спорт"]),
        ("&#8220;а&#8221;, б", ["&#8220;а&#8221;", "б"]),
        ("Rock&Roll; музика", ["Rock&Roll", "музика"]),
        ("AT&T; зв’язок", ["AT&T", "зв’язок"]),
        ("а, б;", ["а, б"]),
        (";;а;;", ["а"]),
        ("", []),
    ],
)
def test_the_semicolon_of_a_character_reference_divides_no_list(written, items):
    assert split_list(written) == items


PIECES = st.sampled_from(
    ["title", ":", " ", "  ", "\n", "\n  ", "\n- ", "\n  - ", "\n\t", "#", "# а", "'", '"', "\\", "\\n", "\\u0420", "[", "]", "{", "}", ",", "|", "|-", ">-", "-", "?", "!", "&", "*", "а", "Рада",
     "5", "yes", "\xa0", "\t", "\x85", "\u2028", "%", "@", "summary: ", "\ntags: ", "\ndate: 2021-07-05", "''", "1:30"]
)  # fmt: skip
RAW = st.lists(PIECES, max_size=14).map("".join)


@examples(10)
@given(RAW)
@example("а\n# б\n  в")
@example("|-\n  а\n# б\n  в")
@example("[а,\n# б\n  в]")
@example("'а' # б")
@example('"а"\xa0')
@example("а\nsummary\x85:")
@example("а\n\xa0#")
@example("а\n#\x85title")
@example("а\nsummary\xa0summary: б")
@example("\n  а\n\n  б")
@example("\n#\x85\t")
@example("\n#\x85\xa0")
def test_what_is_called_the_same_is_the_same_to_others(raw):
    lines = [line if line.strip() else "" for line in f"title: {raw}".split("\n")]
    fields, faults = read_fields(enumerate(lines), lambda word: word == "date", is_fenced=True)
    names = [one.key for one in fields]
    if (
        faults
        or len({*names}) < len(names)
        or not {*names} <= {"title", "summary", "tags", "date"}
        or any(line.strip(" ") != loose_line(line).strip(" ") or re.match(r" *(?! )\s+#", line) for line in lines)
    ):
        return
    is_list = {one.key: one.key == "tags" for one in fields}
    forms = [form_of(one, is_list=is_list[one.key]) for one in fields]
    if max(forms) is FieldStyle.DIFFERENT:
        return
    ours = {one.key: split_list(one.text) if is_list[one.key] and one.text.startswith("[") and one.scalar.first[:1] == "[" else one.text
            if one.items is None else one.items for one in fields}  # fmt: skip
    base, core, typed = (
        others(lines)
        if max(forms) is FieldStyle.CANONICAL
        else (yaml.load("\n".join(lines), yaml.BaseLoader), None, None)
    )

    assert {key: value if isinstance(value, list) else value.strip() for key, value in base.items()} == {
        key: value if isinstance(value, list) else value.strip() for key, value in ours.items()
    }
    if max(forms) is FieldStyle.CANONICAL:
        assert (base, core, typed) == (ours, ours, ours)


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        ("Зустріч", FieldStyle.CANONICAL), ('"2021-07-05"', FieldStyle.CANONICAL), ("'п''ять'", FieldStyle.CANONICAL), ("|-\n  а\n  б", FieldStyle.CANONICAL), (">-\n  а\n  б", FieldStyle.CANONICAL), ("а\n  б", FieldStyle.CANONICAL),
        ("2021-07-05", FieldStyle.SAME), ("", FieldStyle.SAME), ("no", FieldStyle.SAME), ("|\n  а", FieldStyle.SAME), ("-5°", FieldStyle.SAME), ('"а\n  б"', FieldStyle.SAME), ("1\n  2", FieldStyle.SAME),
        ("\n  Рядок\n  другий", FieldStyle.SAME), ('\n  "Рядок: а"', FieldStyle.SAME), ("\n  Рядок: а", FieldStyle.DIFFERENT),
        ("Рада: звіт", FieldStyle.DIFFERENT), ("а #б", FieldStyle.DIFFERENT), ("[а]", FieldStyle.DIFFERENT), ("{а}", FieldStyle.DIFFERENT), ('"а" і "б"', FieldStyle.DIFFERENT), ('"\\д"', FieldStyle.DIFFERENT), ("&а", FieldStyle.DIFFERENT),
        ("@а", FieldStyle.DIFFERENT), ("а\tб", FieldStyle.DIFFERENT), ("а\u2028б", FieldStyle.DIFFERENT), ("'а' # б", FieldStyle.DIFFERENT), ("а:", FieldStyle.DIFFERENT), ("|-\n\tа", FieldStyle.DIFFERENT), ("\tа", FieldStyle.DIFFERENT),
    ],
)  # fmt: skip
def test_the_form_of_a_value_is_known(raw, form):
    assert form_of(read(f"title: {raw}".split("\n")), is_list=False) is form


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        (" [а, \"б, в\", 'г']", FieldStyle.CANONICAL), (" []", FieldStyle.CANONICAL), ("\n- а\n- б", FieldStyle.CANONICAL), ("\n  - а\n  - б: в", FieldStyle.DIFFERENT), ("\n  - а\n - б", FieldStyle.DIFFERENT),
        (" [2021, а]", FieldStyle.SAME), ("\n  - 2021", FieldStyle.SAME), ("\n  -\n  - а", FieldStyle.SAME), (" [а", FieldStyle.DIFFERENT), (" [а, [б]]", FieldStyle.DIFFERENT), (" [а: б]", FieldStyle.DIFFERENT), (" а, б", FieldStyle.CANONICAL),
        (' "а", б', FieldStyle.DIFFERENT),
    ],
)  # fmt: skip
def test_the_form_of_a_list_is_known(raw, form):
    assert form_of(read(f"tags:{raw}".split("\n")), is_list=True) is form


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("---\na: b\n---\nт", (1, 2, True, True)), ("\n\n---\na: b\n...\n", (3, 4, True, True)), ("a: b\n\nт", (0, 1, False, True)), ("a: b", (0, 1, False, False)),
        ("---\na: b", (1, 2, True, False)), ("", (1, 1, False, False)),
    ],
)  # fmt: skip
def test_a_header_is_found_in_both_syntaxes(text, bounds):
    assert find_header(text.split("\n")) == bounds
