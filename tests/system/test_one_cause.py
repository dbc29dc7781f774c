"""One cause is one message: what is wrong, not what follows from it."""

import pytest

from hromada.commands import dispatch as commands

ACCOUNTS = '[[account]]\nid = "rada"\nname = "Зразкова рада"\nnetworks = ["facebook"]\ngroup = "main"\n'
HEAD = "Дата;Сторінка;Мережа;Назва;Посилання\n"
ROWS = "".join(
    f"05.01.2022;Зразкова рада;facebook;Допис {one};https://facebook.com/zrazok/posts/{one}\n"
    for one in range(101, 161)
)
NEWS = "title: Зустріч\ndate: 2022-01-10\n\nТекст.\n"
MERGE = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> Рядки за січень\n"


@pytest.fixture
def site(site):
    site.write("registers/accounts.toml", ACCOUNTS)
    site.write("registers/social/many.csv", HEAD + ROWS)
    site.write("news/2022/2022-01-10-zustrich.md", NEWS)
    return site


def errors(site):
    out = site.run(commands.check, everything=True)[1]
    lines = [line for line in out.splitlines()[:-1] if ": попередження: " not in line]
    return [(line.split(": ")[0].removeprefix("content/"), line.rpartition("[")[2][:-1]) for line in lines]


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        (ACCOUNTS.replace('"Зразкова рада"', "“Зразкова рада”"), "registers/accounts.toml:3", "toml-syntax"),
        (ACCOUNTS.replace("[[account]]", "[account]"), "registers/accounts.toml:1", "toml-shape"),
        (ACCOUNTS + "\n[account]\nid = 'lis'\nname = 'Ліс'\n", "registers/accounts.toml:7", "toml-shape"),
        (
            (ACCOUNTS + "\n" + ACCOUNTS.replace("rada", "lis")).replace("[[account]]", "[account]"),
            "registers/accounts.toml:1",
            "toml-shape",
        ),
        (ACCOUNTS.replace("[[account]]", "[[acount]]"), "registers/accounts.toml:1", "toml-unknown-key"),
        (ACCOUNTS.replace("networks", "netvorks"), "registers/accounts.toml:4", "toml-unknown-key"),
        (ACCOUNTS.replace('"Зразкова рада"', "«Зразкова рада»"), "registers/accounts.toml:3", "toml-syntax"),
        (ACCOUNTS.replace('name = "', 'name : "'), "registers/accounts.toml:3", "toml-syntax"),
        (ACCOUNTS.encode("cp1251"), "registers/accounts.toml:3", "encoding"),
        (MERGE.format(ACCOUNTS, ACCOUNTS), "registers/accounts.toml:1", "merge-conflict"),
        (ACCOUNTS.replace('name = "Зразкова рада"', 'name = "Інша"'), "registers/social/many.csv:2", "account-unknown"),
    ],
)
def test_a_fault_of_the_accounts_is_said_once_and_not_of_each_row(site, text, place, code):
    site.write("registers/accounts.toml", text)

    assert errors(site) == [(place, code)]


def test_a_network_that_an_account_lacks_is_said_once_and_not_of_each_row(site):
    site.write("registers/accounts.toml", ACCOUNTS.replace("facebook", "telegram"))
    out = site.run(commands.check, everything=True)[1]

    assert out.count("[network-not-listed]") == 1
    assert "(ще в рядках 3, 4, 5 …)" in out


def test_a_list_of_accounts_that_is_not_there_is_said_once(site):
    (site.content / "registers/accounts.toml").unlink()

    assert errors(site) == [("registers/accounts.toml:1", "accounts-missing")]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("registers/requests/c.csv", "Дата;Канал;Кількість\n" + MERGE.format("05.01.2022;пошта;1", "06.01.2022;пошта;2"), 2),
        ("registers/social/c.csv", HEAD + MERGE.format(ROWS[:90], ROWS[:90]), 2),
        # a document for readers
        ("files/plan.csv", "Дата;Сума\n" + MERGE.format("05.01.2022;1", "05.01.2022;2"), 2),
        ("files/umovy.txt", "\ufeffУмови\r\n" + MERGE.format("Одне", "Друге").replace("\n", "\r\n"), 2),
        # of which one mark is left
        ("registers/requests/c.csv", "Дата;Канал;Кількість\n05.01.2022;пошта;1\n=======\n", 3),
        ("registers/requests/c.csv", "Дата;Канал;Кількість\n05.01.2022;пошта;1\n=======;;\n", 3),
        ("registers/requests/c.csv", "Дата;Канал;Кількість\n05.01.2022;пошта;1\n>>>>>>> Рядки\n", 3),
        # saved again by a program, and an .xlsx that is text
        ("registers/requests/c.csv", "Дата;Канал;Кількість\n<<<<<<< HEAD;;\n05.01.2022;пошта;1\n=======;;\n>>>>>>> b;;\n", 2),
        ("registers/requests/c.xlsx", "Дата;Канал;Кількість\n" + MERGE.format("05.01.2022;пошта;1", "06.01.2022;пошта;2"), 2),
        ("categories.toml", MERGE.format('categories = ["Події"]', 'categories = ["Освіта"]'), 1),
        ("reports/figures.toml", MERGE.format("", '[[figure]]\nid = "news"'), 1),
        ("law.toml", MERGE.format("", ""), 1),
        ("redirects.csv", "Звідки;Куди\n" + MERGE.format("/a/;/b/", "/a/;/c/"), 2),
        ("reports/approved/2021-H2.json", MERGE.format("{}", "{ }").replace("\n", "\r\n"), 1),
        ("news/2022/a.md", "title: а\ndate: 2022-01-10\n\n" + MERGE.format("Одне.", "Друге."), 4),
        ("news/2022/a.md", MERGE.format("title: а", "title: б") + "date: 2022-01-10\n\nТекст.\n", 1),
        ("news/2022/a.md", "title: а\nstatus: draft\n\n<<<<<<< HEAD\n", 4),
        ("news/2022/a.md", "title: а\ndate: 2022-01-10\n\n<<<<<<<< HEAD:a.md\nОдне.\n========\nДруге.\n>>>>>>>> b:b.md\n", 4),
    ],
)  # fmt: skip
def test_an_unfinished_merge_is_one_error_of_any_file(site, name, text, line):
    site.write(name, text)

    assert errors(site) == [(f"{name}:{line}", "merge-conflict")]


@pytest.mark.parametrize(
    "name",
    ["sichen_REMOTE_1234.xlsx", "sichen_BACKUP_77.csv", "sichen.xlsx~HEAD", "sichen.csv~origin_main", "sichen.xlsx.orig",
     "sichen (conflicted copy 2022-01-15).xlsx", "sichen.sync-conflict-20220115-101010-ABCDEFG.xlsx"],
)  # fmt: skip
def test_the_other_version_of_a_file_that_git_can_not_merge_is_named(site, name):
    site.write(f"registers/social/{name}", HEAD + ROWS)
    out = site.run(commands.check)[1]

    assert errors(site) == [(f"registers/social/{name}:1", "merge-conflict")]
    assert "друга версія файлу «sichen." in out


@pytest.mark.parametrize(
    ("broken", "others"),
    [
        ("units/viddil/index.md", {"units/viddil/a.md": NEWS, "units/viddil/b.md": NEWS.replace("Зустріч", "Нарада")}),
        ("news/2022/2022-01-11-x.md", {"news/2022/a.md": NEWS + "\n[Тут](2022-01-11-x.md) і ![тут](../../news/2022/2022-01-11-x.md).\n"}),
        ("news/2022/2022-01-11-x.md", {"news/2022/a.md": NEWS + "\n[Тут](/news/x-2022-01-11/), [тут](/news/x-2022-01-11#a).\n"}),
        ("units/viddil/index.md", {"news/2022/a.md": NEWS + "\n[Відділ](/units/viddil/#telefon)\n"}),
        ("news/2022/2022-01-11-x.md", {"news/2022/2022-01-11-x.en.md": NEWS}),
        ("news/2022/2022-01-11-x.md", {"redirects.csv": "Звідки;Куди\n/old/;content/news/2022/2022-01-11-x.md\n"}),
    ],
)  # fmt: skip
def test_what_leads_to_a_file_that_can_not_be_read_is_not_blamed(site, broken, others):
    site.write(broken, "title: Відділ\ndate: 2022-01-01\n\nУ гр\0маді.\n")
    for name, text in others.items():
        site.write(name, text)

    assert errors(site) == [(f"{broken}:4", "encoding")]


def test_a_list_of_categories_that_can_not_be_read_judges_nothing(site):
    site.write("categories.toml", "categories = [“Події”]\n")
    site.write("news/2022/a.md", NEWS.replace("date:", "category: Освіта\ndate:"))

    assert errors(site) == [("categories.toml:1", "toml-syntax")]


def test_figures_that_can_not_be_read_leave_the_reports_alone(site):
    site.write("reports/figures.toml", "[[figure]]\nid = “zaky”\n")
    report = "title: Звіт\nperiod: 2021-H2\ncomplete: no\nwindow-zaky: 2021-01-01..2021-12-31\n\nБуло [[zaky зн.]].\n"
    site.write("reports/2021-h2.md", report)

    assert errors(site) == [("reports/figures.toml:2", "toml-syntax")]
