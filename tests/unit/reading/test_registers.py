import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.account import Account, Accounts
from hromada.domain.entry import Visibility
from hromada.domain.problem import Level
from hromada.reading.columns import Record, columns_in
from hromada.reading.register_rows import RowReader, row_entry
from hromada.reading.registers import entries_of_block, find_duplicates, read_register_file
from hromada.reading.tables import Block, TableReader, rows_of

ACCOUNTS = Accounts.of(
    [
        Account("rada", "Дергачівська міська рада", ("ДМР",), ("facebook", "instagram"), "main"),
        Account("zevs", "СОК «Зевс»", (), ("facebook",), "other"),
    ]
)
HEAD = "Дата;Сторінка;Мережа;Вид;Назва;Посилання;Ідентифікатор"


def read(text, register="social", path="content/registers/social/a.csv"):
    return read_register_file(register, path, text if isinstance(text, bytes) else text.encode(), ACCOUNTS)


def codes(problems):
    return [(one.line, one.code) for one in problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_is_read_as_offices_save_it(encoding, mark, end):
    lines = [
        "Журнал публікацій за II півріччя",
        "",
        HEAD,
        '05.07.2021;ДМР;фейсбук;;"Пост ""Зевс"" переміг";;1',
        "",
        ";;;;;;",
    ]
    text = end.join(lines).replace(";", mark)

    entries, problems = read(text.encode(encoding))

    assert problems == []
    assert [(str(one.day), one.title, one.traits["network"], one.location.line) for one in entries] == [
        ("2021-07-05", 'Пост "Зевс" переміг', "facebook", 4)
    ]


WORDS = (
    "5 серпня 2021 р.",
    "5 серпня 2021 року",
    "четвер 5 серпня 2021, 10:00",
    "05 серп. 2021",
    "5\u00a0Серпня 2021 р. о 10-й",
)


@pytest.mark.parametrize("text", WORDS)
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_date_in_words_is_read_in_separated_text(text, mark):
    cell = f'"{text}"' if mark in text else text
    entries, problems = read(
        mark.join(["Дата", "Назва"]) + "\n" + mark.join([cell, "Огляд"]),
        "monitoring",
        "content/registers/monitoring/a.csv",
    )

    assert (str(entries[0].day), entries[0].title, problems) == ("2021-08-05", "Огляд", [])


@pytest.mark.parametrize(
    ("date", "code", "words"),
    [
        (
            "субота 5 серпня 2021",
            "date-weekday",
            "не той день тижня: 05.08.2021 – четвер, виправте день тижня або число",
        ),
        ("5 августа 2021", "date-format", "слово «августа» не українське, напишіть «серпня»"),
        ("5 cерпня 2021", "date-format", "є латинські літери: «c», напишіть українськими: 5 серпня 2021"),
    ],
)
def test_a_wrong_date_in_words_is_refused_in_its_row(date, code, words):
    entries, (problem,) = read(
        f"Дата;Назва\n05.08.2021;Огляд\n{date};Огляд", "monitoring", "content/registers/monitoring/a.csv"
    )

    assert (len(entries), problem.line, problem.code) == (1, 3, code)
    assert words in str(problem)


def test_a_blank_file_and_a_header_alone_count_nothing():
    assert read("") == ([], [])
    assert read(HEAD) == ([], [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (";ДМР;facebook;;x;;", "date-missing"),
        ("2021-09;ДМР;facebook;;x;;", "date-format"),
        ("05.07.2021;Рада;facebook;;x;;", "account-unknown"),
        ("05.07.2021;;facebook;;x;;", "account-unknown"),
        ("05.07.2021;ДМР;facebook;стрім;x;;", "kind-unknown"),
        ("05.07.2021;ДМР;;;x;;", "network-missing"),
        ("05.07.2021;ДМР;фесйбук;;x;;", "network-unknown"),
        ("05.07.2021;ДМР;facebook;;x;;1;зайве", "register-long-row"),
        ('05.07.2021;ДМР;facebook;;"Зевс" переміг;;1', "register-quotes"),
    ],
)
def test_a_row_that_cannot_be_counted_is_refused_with_its_line(row, code):
    _, problems = read(f"{HEAD}\n06.07.2021;ДМР;facebook;;ok;;9\n{row}")

    assert codes(problems)[0] == (3, code)


@pytest.mark.parametrize(
    "link", ["tg://resolve?domain=rada&post=15", "viber://chat?number=1", "fb://page/1", "whatsapp://send?text=a"]
)
def test_a_link_that_opens_a_program_is_one_problem(link):
    _, problems = read(f"{HEAD}\n05.07.2021;ДМР;;;x;{link};")

    assert codes(problems) == [(2, "link-scheme")]


def test_a_quote_that_is_never_closed_swallows_no_row():
    rows = [
        '05.07.2021;ДМР;facebook;;"Зевс переміг;;1',
        "06.07.2021;ДМР;facebook;;друга;;2",
        '07.07.2021;ДМР;facebook;;x";;3',
    ]

    entries, problems = read("\n".join([HEAD, *rows]))

    assert (entries, codes(problems)) == ([], [(2, "register-quotes")])


def test_a_cell_over_two_lines_is_one_row():
    entries, problems = read(f'{HEAD}\n05.07.2021;ДМР;facebook;;"Перший\nдругий";;1\n06.07.2021;ДМР;facebook;;x;;2')

    assert ([one.location.line for one in entries], problems) == ([2, 4], [])


def test_a_missing_network_follows_from_the_link_or_the_only_one():
    entries, problems = read(f"{HEAD}\n05.07.2021;ДМР;;;x;https://www.instagram.com/p/1/;\n05.07.2021;СОК Зевс;;;x;;2")

    assert ([one.traits["network"] for one in entries], problems) == (["instagram", "facebook"], [])


def test_reposts_and_stories_stand_apart():
    rows = "\n".join(
        f"05.07.2021;ДМР;facebook;{kind};x;;{n}" for n, kind in enumerate(["допис", "Репост", "сторіз", "ефір"])
    )

    entries, _ = read(f"{HEAD}\n{rows}")

    assert [one.visibility for one in entries] == [
        Visibility.PUBLISHED,
        Visibility.EXCLUDED,
        Visibility.EXCLUDED,
        Visibility.PUBLISHED,
    ]


@pytest.mark.parametrize("value", ["", "-1", "2,5", "2.5", "багато", "1 000 000 000 000"])
def test_a_tally_takes_whole_numbers_only(value):
    entries, problems = read(f"Дата;Канал;Кількість\n05.07.2021;телефон;{value}", "requests")

    assert (entries, codes(problems)) == ([], [(2, "count-format")])


def test_a_tally_row_counts_its_number():
    entries, _ = read("Дата;Канал;Кількість\n05.07.2021;телефон;12\n06.07.2021;пошта;0", "requests")

    assert [one.count for one in entries] == [12, 0]


def test_a_table_without_a_known_header_is_refused():
    assert codes(read("Коли;Що\n05.07.2021;x")[1]) == [(1, "register-header")]
    assert codes(read("Дата;Назва\n05.07.2021;x")[1]) == [(1, "register-header")]


def test_two_columns_of_one_name_are_refused():
    assert codes(read("Дата;Сторінка;Акаунт\n05.07.2021;ДМР;ДМР")[1]) == [(1, "register-repeated-column")]


@pytest.mark.parametrize(
    "again",
    [
        "06.07.2021;ДМР;facebook;;інша;;7",
        "06.07.2021;ДМР;facebook;;інша;https://m.facebook.com/rada/1?fbclid=9;",
    ],
)
def test_the_same_publication_twice_is_refused_naming_both_places(again):
    entries, _ = read(f"{HEAD}\n05.07.2021;ДМР;facebook;;x;https://facebook.com/rada/1;7\n{again}")

    (problem,) = find_duplicates(entries)

    assert (problem.code, problem.line, problem.level) == ("duplicate-publication", 3, Level.ERROR)
    assert "content/registers/social/a.csv:2" in problem.message


ADDRESSES = (
    "https://www.facebook.com/zrazok/posts/1000000000000001",
    "https://m.facebook.com/story.php?story_fbid=1000000000000001&id=2000",
    "https://www.facebook.com/permalink.php?story_fbid=1000000000000001&id=2000",
    "https://www.facebook.com/2000/posts/1000000000000001/",
    "https://www.facebook.com/zrazok/posts/sviato-mista/1000000000000001/",
)


def test_one_publication_under_its_networks_addresses_is_counted_once():
    rows = "\n".join(f"09.01.2022;ДМР;Фейсбук;допис;Свято міста;{link};" for link in ADDRESSES)
    entries, _ = read(f"{HEAD}\n{rows}")

    problems = list(find_duplicates(entries))

    assert codes(problems) == [(line, "duplicate-publication") for line in (3, 4, 5, 6)]
    assert all("content/registers/social/a.csv:2" in problem.message for problem in problems)


@pytest.mark.parametrize(
    "page", ["https://www.facebook.com/rada", "https://www.instagram.com/rada/", "https://t.me/rada"]
)
def test_two_posts_with_the_pages_own_address_are_no_reason_to_take_one_out(page):
    rows = "\n".join(f"0{day}.01.2022;ДМР;;допис;Свято {day};{page};" for day in (8, 9))
    entries, _ = read(f"{HEAD}\n{rows}")
    (problem,) = find_duplicates(entries)

    assert (problem.line, problem.code, problem.fix) == (3, "duplicate-publication", "впишіть посилання на сам допис")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Фейсбук;відео;Свято;https://facebook.com/watch?v=10;", "Фейсбук;рілс;Свято;https://www.facebook.com/reel/10;"),
        ("Фейсбук;фото;Свято;https://facebook.com/photo?fbid=10;", "Фейсбук;;Свято;https://fb.com/rada/photos/a.1/10;"),
        ("Фейсбук;;Свято;;2000_10", "Фейсбук;;Інше;https://web.facebook.com/rada/posts/10;"),
        ("Телеграм;;Свято;https://rada_ua.t.me/10;", "Телеграм;;Свято;https://t.me/s/Rada_ua/10;"),
    ],
)  # fmt: skip
def test_one_number_on_one_account_is_one_publication(one, other):
    entries, _ = read(f"{HEAD}\n05.07.2021;ДМР;{one}\n06.07.2021;ДМР;{other}")

    assert codes(find_duplicates(entries)) == [(3, "duplicate-publication")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.facebook.com/rada/videos/10;", "https://www.facebook.com/zevs/videos/10/;"),
        ("https://www.facebook.com/reel/10;", "https://m.facebook.com/reel/10;"),
        (";10", ";10"),
    ],
)
def test_one_number_on_two_accounts_is_two_publications_and_a_warning(one, other):
    entries, _ = read(f"{HEAD}\n05.07.2021;ДМР;facebook;;Відео;{one}\n05.07.2021;СОК «Зевс»;facebook;;Відео;{other}")

    (problem,) = find_duplicates(entries)

    assert (problem.code, problem.line, problem.level) == ("same-number-two-accounts", 3, Level.WARNING)
    assert "content/registers/social/a.csv:2" in problem.message
    assert len(entries) == 2


@pytest.mark.parametrize(
    "other",
    [
        "05.07.2021;ДМР;instagram;;Відео;;10",  # another network
        "05.07.2021;СОК «Зевс»;facebook;репост;Відео;https://facebook.com/rada/videos/10;",
        "05.07.2021;ДМР;facebook;;Відео;https://facebook.com/rada/videos/11;",
    ],
)
def test_another_number_network_or_a_repost_is_no_repetition(other):
    row = "05.07.2021;ДМР;facebook;;Відео;https://facebook.com/rada/videos/10;10"
    entries, _ = read(f"{HEAD}\n{row}\n{other}")

    assert list(find_duplicates(entries)) == []


def entries_in(path, register, *lines):
    entries, problems = read("\n".join(lines), register, f"content/registers/{register}/{path}")
    assert problems == []
    return entries


SOCIAL = (
    HEAD,
    *(f"0{day}.01.2022;ДМР;facebook;;Допис {day};https://facebook.com/rada/posts/{day};" for day in (3, 4, 5)),
)
TALLY = ("Дата;Канал;Кількість", "03.01.2022;пошта;2", "04.01.2022;телефон;1", "05.01.2022;пошта;4")


@pytest.mark.parametrize(
    ("register", "lines", "names"),
    [
        ("social", SOCIAL, ("sichen.csv", "sichen.xlsx#Аркуш1")),
        ("social", SOCIAL, ("2022-01.csv", "vid-redaktora.csv")),  # copied under another name
        ("requests", TALLY, ("sichen.csv", "sichen.ods#Січень")),  # nothing names a row
        ("requests", TALLY[:2], ("sichen.csv", "sichen.xls#Аркуш1")),  # one row, one name
        ("requests", TALLY[:2], ("sichen – копія.csv", "sichen.csv")),
        ("requests", TALLY, ("2022.xlsx#Січень", "2022.xlsx#Січень (2)")),  # a sheet copied
    ],
)
def test_of_two_tables_with_the_same_rows_one_error_names_both(register, lines, names):
    one, other = names
    entries = [*entries_in(one, register, *lines), *entries_in(other, register, *lines)]

    (problem,) = find_duplicates(entries)

    assert (problem.code, problem.line, problem.level) == ("register-twin", 1, Level.ERROR)
    assert one in f"{problem}"
    assert other in f"{problem}"


def test_an_older_copy_with_fewer_rows_is_a_twin_too():
    entries = [*entries_in("a.csv", "social", *SOCIAL[:-1]), *entries_in("a.xlsx#А", "social", *SOCIAL)]

    assert [(one.path, one.code) for one in find_duplicates(entries)] == [
        ("content/registers/social/a.csv", "register-twin")
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TALLY[:2], TALLY[:2]),  # one letter on one day in two villages
        (TALLY, (*TALLY[:-1], "05.01.2022;пошта;5")),
    ],
)
def test_tables_that_are_alike_by_chance_are_no_twins(one, other):
    entries = [*entries_in("selo.csv", "requests", *one), *entries_in("misto.csv", "requests", *other)]

    assert "register-twin" not in [problem.code for problem in find_duplicates(entries)]


def test_without_id_and_link_the_same_row_is_a_warning():
    entries, _ = read(f"{HEAD}\n05.07.2021;ДМР;facebook;;Пост;;\n05.07.2021;ДМР;facebook;; пост ;;")

    assert [(one.code, one.level) for one in find_duplicates(entries)] == [("duplicate-suspected", Level.WARNING)]


def test_one_text_in_two_networks_is_two_publications():
    entries, _ = read(f"{HEAD}\n05.07.2021;ДМР;facebook;;Пост;;\n05.07.2021;ДМР;instagram;;Пост;;")

    assert list(find_duplicates(entries)) == []


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("first", ["sep={}", '"sep={}"', "SEP={}"])
def test_excels_own_first_line_names_the_separator(mark, first):
    lines = [first.format(mark), HEAD, "05.07.2021;ДМР;facebook;;x;;1"]
    entries, problems = read("\r\n".join(lines).replace(";", mark).replace(f"sep={mark}{mark}", f"sep={mark}"))

    assert ([one.location.line for one in entries], problems) == ([3], [])


def test_a_header_cell_over_two_lines_is_the_same_column():
    entries, problems = read('Журнал\n"Дата\nпублікації";Сторінка;Мережа;"Назва"\n05.07.2021;ДМР;facebook;x')

    assert ([one.location.line for one in entries], problems) == ([4], [])


@pytest.mark.parametrize(
    "head",
    [
        "№ з/п;Дата оприлюднення;Назва сторінки;Соціальна мережа;Тема допису;Гіперпосилання;ID публікації",
        "№;ДАТА:;Акаунт;Платформа;Назва/Зміст;Лінк;id",
        "n п/п;Дата  допису;Обліковий запис;Соцмережа;Зміст публікації;Посилання на пост;Ідентифікатор допису",
    ],
)
def test_columns_are_known_by_the_words_that_offices_use(head):
    entries, problems = read(f"{head}\n1;05.07.2021;ДМР;facebook;Свято;https://facebook.com/1;7")

    assert problems == []
    assert [(one.title, one.url, one.id, one.traits["network"]) for one in entries] == [
        ("Свято", "https://facebook.com/1", "7", "facebook")
    ]


def test_sums_and_unfilled_numbers_are_no_rows_of_csv_either():
    text = "№;Дата;Канал;Кількість\n1;05.07.2021;телефон;3,0\n2;05.07.2021 0:00;пошта;4\n3;;;\n;Всього;;7"
    entries, problems = read(text.encode("cp1251"), "requests")

    assert ([one.count for one in entries], problems) == ([3, 4], [])


@pytest.mark.parametrize("digits", [10, 4_300, 4_301, 100_000])
@pytest.mark.parametrize("total", ["7", "9" * 5_000])
def test_a_count_of_thousands_of_digits_is_refused_in_few_words_above_a_sum_as_well(digits, total):
    text = f"Дата;Канал;Кількість\n05.07.2021;телефон;{'9' * digits}\n06.07.2021;пошта;4\n;Всього;{total}"
    _, problems = read(text, "requests")

    assert (2, "count-format") in codes(problems)
    assert all(len(str(problem)) < 300 for problem in problems)


@pytest.mark.parametrize("value", ["1,000", "1.000", "3,5"])
def test_a_count_that_may_be_a_thousand_or_a_fraction_is_refused(value):
    assert codes(read(f"Дата;Канал;Кількість\n05.07.2021;телефон;{value}", "requests")[1]) == [(2, "count-format")]


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("Дата передачі", "date"), ("Дата публікації", "date"), ("Дата виходу", "date"), ("Дата та час", "date"), ("Дата і час публікації", "date"),
        ("Дата передачі матеріалу до редакції", "date"), ("Дата (дд.мм.рррр)", "date"), ("Дата подання", "date"),
        ("Назва матеріалу", "title"), ("Заголовок", "title"), ("Тема", "title"), ("Заголовок новини", "title"), ("Тема повідомлення", "title"),
        ("Текст допису", "title"), ("Посилання на допис", "url"), ("Посилання (URL)", "url"), ("Лінк на новину", "url"), ("Посилання на сторінку", ""),
        ("Гіперпосилання на публікацію", "url"), ("Сторінка громади", "account"), ("Профіль", "account"), ("Назва соцмережі", "network"),
        ("Формат публікації", "kind"), ("Кількість матеріалів", "count"), ("Номер видання", "issue"), ("Відповідальний", ""), ("Датами", ""),
        ("Назва групи", ""), ("Назва каналу", ""), ("Назва", "title"), ("Примітка", ""), ("", ""),
    ],
)  # fmt: skip
def test_columns_of_offices_are_known(column, name):
    assert columns_in({0: column}).get(0, "") == name


def test_a_likely_word_gives_way_to_the_columns_own_name():
    head = "Дата;Дата передачі;Сторінка;Мережа;Назва;Тема повідомлення"
    entries, problems = read(f"{head}\n05.07.2021;01.01.2021;ДМР;facebook;Свято;інше")

    assert ([(str(one.day), one.title) for one in entries], problems) == ([("2021-07-05", "Свято")], [])


def test_two_likely_words_for_one_column_are_refused():
    assert codes(read("Дата подання;Дата передачі;Сторінка\n05.07.2021;06.07.2021;ДМР")[1]) == [
        (1, "register-repeated-column")
    ]


@pytest.mark.parametrize(
    ("text", "register", "words"),
    [
        ("Коли;Що\n05.07.2021;x", "social", "є «Коли», «Що», бракує «Дата», «Сторінка»"),
        ("Журнал\nКоли;Сторінка;Назва\n;ДМР;x", "social", "є «Коли», «Сторінка», «Назва», бракує «Дата»"),
        ("Коли;Заголовок\n;x", "newspaper", "є «Коли», «Заголовок», бракує «Дата», «Видання»"),
        ("Дата;Хто\n05.07.2021;x", "requests", "є «Дата», «Хто», бракує «Назва»"),
        (
            "05.07.2021;ДМР;x;1;2;3;4",
            "social",
            "є «05.07.2021», «ДМР», «x», «1», «2», «3» …, бракує «Дата», «Сторінка»",
        ),
    ],
)
def test_where_there_is_no_header_the_columns_found_and_lacking_are_named(text, register, words):
    (problem,) = read(text, register, f"content/registers/{register}/a.csv")[1]

    assert problem.code == "register-header"
    assert problem.message == f"немає рядка з назвами стовпців: {words}"


def test_a_column_that_a_register_needs_is_named_beside_those_it_has():
    (problem,) = read("Дата;Назва\n05.07.2021;x")[1]

    assert problem.message == "немає стовпця «Сторінка»: є «Дата», «Назва»"


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("05.07.2021;ДМР;facebook;;а;;;;зайве", "register-long-row"),
        ('05.07.2021;ДМР;facebook;;"Пост" Зевс;;', "register-quotes"),
        ('05.07.2021;ДМР;facebook;;"Пост;;\n06.07.2021;ДМР;facebook;;"Інший";;2', "register-quotes"),
        ('05.07.2021;ДМР;facebook;;"Пост;;\n06.07.2021;ДМР;facebook;;інший";;2', "register-quotes"),
        ("05.07.2021;ДМР;стрічка;;а;;", "network-unknown"),
    ],
)
def test_a_bad_row_hides_no_later_one(bad, code):
    text = f"{HEAD}\n{bad}\n07.07.2021;ДМР;facebook;;б;;3\n31.02.2021;ДМР;facebook;;в;;4\n08.07.2021;ДМР;facebook;;г;;5"
    entries, problems = read(text)
    last = len(text.split("\n"))

    assert codes(problems)[0][1] == code
    assert (last - 1, "date-format") in codes(problems)
    assert [one.id for one in entries][-2:] == ["3", "5"]


def test_a_quote_open_to_the_end_hides_no_later_row():
    entries, problems = read(
        f'{HEAD}\n05.07.2021;ДМР;facebook;;"Пост;;1\n31.02.2021;ДМР;facebook;;в;;2\n07.07.2021;ДМР;facebook;;г;;3'
    )

    assert sorted(codes(problems)) == [(2, "register-quotes"), (3, "date-format")]
    assert [one.id for one in entries] == ["3"]


@pytest.mark.parametrize(
    "link",
    [
        "http://localhost:8000/a/",
        "http://192.168.0.2/a",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Frada.example",
        "localhost:8000/a/",
        "127.0.0.1:8000/a/",
        "https://vk.com/away.php?to=https%3A%2F%2Frada.example%2F",
        "https://abc.ngrok-free.app/a",
    ],
)
def test_a_rows_link_that_is_only_ours_is_refused(link):
    entries, problems = read(f"{HEAD}\n05.07.2021;ДМР;facebook;;x;{link};1")

    assert (entries, codes(problems)) == ([], [(2, "link-private")])


@pytest.mark.parametrize(
    ("link", "kind", "codes"),
    [
        ("https://www.facebook.com/stories/101/202/", "", ["story-counted"]),
        ("https://www.instagram.com/stories/rada/303", "фото", ["story-counted"]),
        ("https://m.facebook.com/stories/101?x=1", "допис", ["story-counted"]),
        ("https://www.facebook.com/stories/101/202", "сторіз", []),
        ("https://www.facebook.com/rada/posts/stories", "", []),
        ("https://rada.example/stories/1", "", []),
    ],
)
def test_a_story_is_no_publication(link, kind, codes):
    network = "instagram" if "instagram" in link else "facebook"
    text = (
        f"Дата;Сторінка;Мережа;Вид;Назва;Посилання\n05.07.2021;{ACCOUNTS.all[0].name};{network};{kind};Назва;{link}\n"
    )
    _, problems = read_register_file("social", "content/registers/social/a.csv", text.encode(), ACCOUNTS)

    assert [problem.code for problem in problems if problem.code != "network-not-listed"] == codes


BLOCK_ACCOUNTS = Accounts.of([
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
        row_reader = RowReader(register, "content/a.csv", "", BLOCK_ACCOUNTS, "count" in block.columns, naming)
        entries = [row_entry(row_reader, row) for row in block.rows()]
        expected = None if row_reader.problems else entries

        assert (
            entries_of_block(
                RowReader(register, "content/a.csv", "", BLOCK_ACCOUNTS, "count" in block.columns, naming),
                block,
            )
            == expected
        )


def test_a_block_with_a_column_that_it_does_not_know_is_read_row_by_row():
    columns = {"date": ["05.07.2021"], "title": ["Огляд"]}
    reader = RowReader("monitoring", "content/a.csv", "", BLOCK_ACCOUNTS, False, ())

    assert len(entries_of_block(reader, Block([2], columns))) == 1
    assert entries_of_block(reader, Block([2], {**columns, "tone": ["нейтральний"]})) is None


def read_blocks(lines, register="monitoring"):
    raw = "\r\n".join(lines).encode()
    return read_register_file(register, f"content/registers/{register}/a.csv", raw, BLOCK_ACCOUNTS)


def test_one_row_with_a_fault_is_told_and_hides_no_other_of_a_long_register():
    lines = ["Дата;Назва", *(f"05.07.2021;Огляд {number}" for number in range(2000))]
    lines[1200] = "31.02.2021;Огляд"

    entries, problems = read_blocks(lines)

    assert [(problem.line, problem.code) for problem in problems] == [(1201, "date-format")]
    assert [entry.location.line for entry in entries] == [line for line in range(2, 2002) if line != 1201]


def test_a_sum_below_a_long_register_counts_the_rows_above_it():
    lines = ["Дата;Вид;Кількість", *("05.07.2021;лист;2" for _ in range(1000)), "Всього;;1999"]

    entries, problems = read_blocks(lines, "requests")

    assert sum(entry.count for entry in entries) == 2000
    assert [(problem.line, problem.code, "2000" in problem.message) for problem in problems] == [
        (1002, "register-total", True)
    ]


def test_a_row_with_an_open_quote_far_below_is_told_by_its_line():
    lines = ["Дата;Назва", *(f"05.07.2021;Огляд {number}" for number in range(1000)), '05.07.2021;"Огляд']

    entries, problems = read_blocks(lines)

    assert (len(entries), [(problem.line, problem.code) for problem in problems]) == (1000, [(1002, "register-quotes")])


def test_columns_between_commas_are_found_in_a_long_register():
    entries, problems = read_blocks(["Дата,Назва", *(f"05.07.2021,Огляд; {number}" for number in range(1000))])

    assert (len(entries), entries[-1].title, problems) == (1000, "Огляд; 999", [])


def test_two_rows_far_apart_are_one_publication():
    row = "05.07.2021;Рада;facebook;Допис;https://www.facebook.com/rada/posts/{}"
    lines = ["Дата;Сторінка;Мережа;Назва;Посилання", *(row.format(number) for number in range(1000))]
    lines.append("05.07.2021;Рада;facebook;Допис;https://m.facebook.com/story.php?story_fbid=7&id=1")

    entries, problems = read_blocks(lines, "social")
    (repeated,) = find_duplicates(entries)

    assert (problems, repeated.line, repeated.code) == ([], 1002, "duplicate-publication")
    assert "a.csv:9" in repeated.message
