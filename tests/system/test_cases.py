"""Whole contents that failed once: each is checked and built, and gives what tests/cases/README.md says is right."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import csv
import io
import re
import shutil

import pytest

from hromada.commands import dispatch as commands
from tests.conftest import ROOT
from tests.system.clones import bare, config, git, project

CASES = ROOT / "tests/cases"
NOON = "2022-01-15T12:00"
DAY = "news/2022/2022-01-15-"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
APPLE_DOUBLE = bytes.fromhex("0005160700020000") + b"Mac OS X        " + bytes.fromhex("0002000000090000")
PHOTO = (CASES / "01-angle-image/content/news/2022/photo 1.jpg").read_bytes()
LONG = f"files/dodatok-do-rishennia{'-dodatok-do-rishennia' * 9}-1.pdf"
NEWS = "---\ntitle: {}\ndate: 2022-01-15\ncategory: Події\n---\n\nТекст.\n"
# What no repository that Windows checks out can hold.
MADE = {
    "25-name-with-colon": {
        "images/a:b.jpg": PHOTO,
        'files/План "2022".pdf': PDF,
        f"{DAY}10:30.md": NEWS.format("О десятій тридцять"),
        f"{DAY}що?.md": NEWS.format("Що далі"),
    },
    "28-long-attachment": {LONG: PDF},
    "31-appledouble-news": {"news/2022/._2022-01-15-a.md": APPLE_DOUBLE},
}


@pytest.fixture
def case(site):
    """Makes a site of a case, and says what the check and the build say of it."""

    def run(name):
        shutil.copytree(CASES / "base", site.content)
        if (CASES / name / "content").is_dir():
            shutil.copytree(CASES / name / "content", site.content, dirs_exist_ok=True)
        for file, data in MADE.get(name, {}).items():
            site.write(file, data)
        return site

    return run


def answers(site):
    """The status and the messages of a check, but for what is said of the base itself."""
    status, said, _ = site.run(commands.check, today=NOON, everything=True)
    return status, [line.removeprefix("content/") for line in said.splitlines()[:-1] if "[law-not-set-up]" not in line]


def built(site):
    """The text of a page, without the line ends between its tags, by its address."""
    status, _, err = site.html(today=NOON)
    assert status == 0, err

    def page(address):
        text = (site.output / address.strip("/") / "index.html").read_text("utf-8")
        prose = re.search(r'<div class="prose">\n(.*?)\n</div>\n(?:</div>\n)?<(?!/)', text, re.S)
        return re.sub(r">\n\s*<", "><", prose[1]) if prose else text

    return page


def output_of(site):
    return b"".join(site.files().values()).decode("utf-8", "replace")


# What stands on the page, by the end of its address.
SHOWN = {
    "03-list-after-paragraph": {
        "s": "<p>Засідання розглянуло такі питання:</p><ul><li>бюджет громади;</li><li>програма благоустрою.</li></ul>"
    },
    "05-nested-two-spaces": {
        "p": "<p>Порядок денний:</p><ul><li>Бюджет громади<ul><li>Доходи</li><li>Видатки</li></ul></li>"
        "<li>Освіта</li><li>Різне</li></ul>"
    },
    "06-ordered-sublist": {
        "o": "<ul><li>Освіта<ol><li>Ліцеї</li><li>Садки</li></ol></li><li>Різне</li></ul>"
    },
    "07-table-after-paragraph": {
        "t": "<p>Графік прийому:</p><table><thead><tr><th>День</th><th>Години</th></tr></thead>"
        "<tbody><tr><td>Понеділок</td><td>8–12</td></tr><tr><td>Вівторок</td><td>9–13</td></tr></tbody></table>"
    },
    "08-lines-merge": {
        "d": "<p>На сесії розглянуто:<br>\n– бюджет громади;<br>\n– програму благоустрою;<br>\n– кадрові питання.</p>",
        "g": "<p>Графік прийому:<br>\nПонеділок: 8:00–17:00<br>\nВівторок: 8:00–17:00<br>\nСубота: вихідний</p>",
    },
    "13-google-docs-escapes": {
        "g": '<p>Бюджет 2022 - зміни ~ 5 % = 100 &amp; разом &lt; 10, "лапки" $ @ %</p>'
    },
    "45-markdown-in-details": {
        "d": '<details><summary>Докладніше</summary><p><strong>Жирний</strong> текст і <a href="https://example.org">посилання</a></p>'
        "<ul><li>пункт</li></ul></details><div><p><strong>не жирний</strong></p></div>"
    },
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_a_text_is_shown_as_other_previews_show_it_and_nothing_is_said(case, name):
    site = case(name)

    assert answers(site) == (0, [])
    page = built(site)
    assert {slug: page(f"/news/{slug}-2022-01-15/") for slug in SHOWN[name]} == SHOWN[name]


# Place and code of every error.
REFUSED = {
    "12-link-with-a-gap": [(f"{DAY}l.md:7", "link-syntax"), (f"{DAY}l.md:9", "link-syntax")],
    "16-broken-comment": [(f"{DAY}c.md:9", "notes-visible"), (f"{DAY}f.md:9", "notes-visible")],
    "20-facebook-addresses": [(f"registers/social/d.csv:{row}", "duplicate-publication") for row in (3, 4, 5, 6)],
    "25-name-with-colon": [(f"{name}:1", "file-name") for name in sorted(MADE["25-name-with-colon"])],
    "29-accounts-quote": [("registers/accounts.toml:3", "toml-syntax")],
    "33-localhost-link": [(f"{DAY}l.md:7", "link-private")],
    "39-modified-ahead": [(f"{DAY}m.md:5", "date-far-ahead")],
    "46-conflict-in-register": [(f"registers/{name}/c.csv:3", "merge-conflict") for name in ("requests", "social")],
}  # fmt: skip
WARNED = {
    "10-dashes-under-paragraph": [(f"{DAY}r.md:7", "heading-sentence")],
    "12-link-with-a-gap": [(f"{DAY}l.md:9", "markdown-visible")],
    "15-strikethrough": [(f"{DAY}z.md:14", "markdown-visible"), (f"{DAY}z.md:17", "markdown-visible"), (f"{DAY}z.md:17", "quotes")],
    "28-long-attachment": [(f"{LONG}:1", "path-too-long")],
    "37-entities-in-title": [(f"{DAY}g.md:2", "header-markup")] * 3,
    "41-empty-link": [(f"{DAY}l.md:7", "words-missing")] * 2,
    "42-empty-heading": [(f"{DAY}h.md:{line}", "words-missing") for line in (7, 11, 13)],
}  # fmt: skip
SILENT = ("01-angle-image", "31-appledouble-news", "35-footnote-in-excerpt", "36-br-in-excerpt", "44-control-char-xlsx")


def told_apart(said):
    """Place and code of the errors and of the warnings."""
    found = ([], [])
    for line in said:
        is_warning = ": попередження: " in line
        place = line.split(": попередження: " if is_warning else ": ")[0]
        found[is_warning].append((place, line.rpartition("[")[2][:-1]))
    return found


@pytest.mark.parametrize("name", sorted({*REFUSED, *WARNED, *SILENT}))
def test_what_is_wrong_is_said_once_with_its_line(case, name):
    site = case(name)
    status, said = answers(site)

    assert told_apart(said) == (REFUSED.get(name, []), WARNED.get(name, []))
    assert (status, site.html(today=NOON)[0]) == ((2, 2) if name in REFUSED else (0, 0))
    assert site.output.exists() is (name not in REFUSED)


# --- what more is right of them -----------------------------------------------------------------------------------------


def test_a_picture_whose_name_has_a_space_is_shown(case):
    page = built(case("01-angle-image"))

    assert 'alt="Стіна ліцею"' in page("/news/svitlyna-2022-01-15/")
    assert "/images/" in page("/news/svitlyna-2022-01-15/")


def test_dashes_under_a_sentence_are_mended_to_a_rule(case):
    site = case("10-dashes-under-paragraph")
    site.run(commands.fix, today=NOON)

    assert answers(site) == (0, [])
    assert built(site)("/news/r-2022-01-15/") == (
        "<p>Центр надання послуг не працюватиме 20 січня через відключення світла.</p><hr><p>Вибачте за незручності.</p>"
    )


def test_links_with_a_gap_and_turned_brackets_are_mended_and_the_open_one_stays_refused(case):
    site = case("12-link-with-a-gap")
    site.run(commands.fix, today=NOON)

    assert told_apart(answers(site)[1])[0] == [(f"{DAY}l.md:9", "link-syntax")]
    (path,) = site.content.rglob("*-l.md")
    path.write_text(path.read_text("utf-8").replace("x.pdf і", "x.pdf) і").replace("[^2]", ""), "utf-8")
    assert answers(site) == (0, [])
    page = built(site)("/news/l-2022-01-15/")
    assert re.findall(r'<a href="https://example.org/(.)\.pdf">([^<]+)</a>', page) == [
        ("r", "рішення сесії"), ("b", "бланк"), ("x", "друге"),
    ]  # fmt: skip
    assert "<strong>Увага</strong> усім" in page


def test_what_is_struck_out_is_not_read_as_valid(case):
    page = built(case("15-strikethrough"))("/news/z-2022-01-15/")

    assert (
        "<p>Збори <del>15 січня</del> 16 січня.</p><ul><li>☑ Прибрати парк</li><li>☐ Пофарбувати лавки</li></ul>"
        in page
    )
    assert '<a href="https://example.org/a">https://example.org/a</a>' in page


def test_a_note_closed_as_it_should_be_reaches_nobody(case):
    site = case("16-broken-comment")
    for path in site.content.glob("news/2022/2022-01-15-*.md"):
        text = path.read_text("utf-8").replace("-- >", "-->").replace("п’ятниці\n", "п’ятниці -->\n")
        path.write_text(text, "utf-8")

    assert answers(site) == (0, [])
    built(site)
    text = output_of(site)
    assert "Абзац після." in text
    assert [word for word in ("Уточнити", "Олени", "публікувати -", "чернетка: переписати") if word in text] == []


def test_one_post_under_five_addresses_is_one_publication(case):
    site = case("20-facebook-addresses")
    path = site.content / "registers/social/d.csv"
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:2]), "utf-8")
    _, said, _ = site.run(commands.figures, today=NOON, period="2022-H1")

    assert re.search(r"^ +2  .+\[social\]$", said, re.M)


def test_a_refused_name_says_windows_and_what_to_do(case):
    said = answers(case("25-name-with-colon"))[1]

    assert all("не може бути у Windows, перейменуйте файл або теку" in line for line in said)


def test_a_new_file_of_a_long_title_has_a_name_for_windows(case):
    site = case("27-path-too-long")
    title = (
        "Про внесення змін до рішення сесії міської ради від 24 грудня 2021 року про затвердження Програми "
        "соціально-економічного розвитку міської територіальної громади Харківського району Харківської області "
        "на 2022 рік та її додатків із фінансуванням заходів"
    )
    assert site.run(commands.new, today=NOON, kind="новина", title=title)[0] == 0
    (path,) = site.content.glob("news/2022/2022-01-15-*.md")

    assert len(path.name) <= 80
    assert path.stem.removeprefix("2022-01-15-") == "pro-vnesennia-zmin-do-rishennia-sesii-miskoi-rady-vid-24-hrudnia"
    assert answers(site) == (0, [])


def test_the_right_list_of_accounts_leaves_the_rows_alone(case):
    site = case("29-accounts-quote")
    path = site.content / "registers/accounts.toml"
    path.write_text(path.read_text("utf-8").replace("“", '"').replace("”", '"'), "utf-8")

    assert answers(site) == (0, [])


def test_a_page_of_the_preview_is_named_as_it_should_be_written(case):
    (said,) = answers(case("33-localhost-link"))[1]

    assert "впишіть адресу сторінки: /news/persha-2022-01-10/" in said


EXCERPTS = {
    "35-footnote-in-excerpt": {"f": "Надано 1 200 грн та 50 м² площі."},
    "36-br-in-excerpt": {"b": "Перший рядок другий рядок", "t": ""},
}


@pytest.mark.parametrize("name", EXCERPTS)
def test_an_excerpt_is_what_a_person_would_read_out(case, name):
    site = case(name)
    page = built(site)
    feed = (site.output / "news/feed.atom").read_text("utf-8")
    lists = page("/news/")

    for slug, words in EXCERPTS[name].items():
        entry = re.search(rf"<entry>(?:(?!</entry>).)*/news/{slug}-2022-01-15/.*?</entry>", feed, re.S)[0]
        summary = re.search(r"<summary>(.*?)</summary>", entry, re.S)
        assert (summary[1] if summary else "") == words
        assert words in lists
        head = (site.output / f"news/{slug}-2022-01-15/index.html").read_text("utf-8")
        assert f'name="description" content="{words or "Таблиця"}"' in head
    assert not re.search("грн1|м²2|рядокдругий|<summary>Пн", output_of(site))


def test_entities_of_a_title_are_mended_to_signs(case):
    site = case("37-entities-in-title")
    site.run(commands.fix, today=NOON)

    assert answers(site) == (0, [])
    built(site)
    assert "Комплекс «Зевс»\u00a0— нова адреса" in output_of(site)
    assert not re.search("&(amp;)?(laquo|raquo|mdash);", output_of(site))


def test_control_characters_of_a_cell_are_one_space_everywhere(case):
    site = case("44-control-char-xlsx")
    built(site)
    rows = (site.output / "reports/2022-h1/items.csv").read_bytes().decode("utf-8-sig")
    titles = [row["title"] for row in csv.DictReader(io.StringIO(rows), delimiter=";") if row["figure"] == "social"]

    assert {"Свято міста", "Рядок перший"} <= set(titles)
    assert rows.count("\r\n") == rows.count("\n") == len(list(csv.reader(io.StringIO(rows))))
    texts = [data for name, data in site.files().items() if name.endswith((".html", ".atom", ".json", ".csv"))]
    assert not re.search(rb"\x0b|_x000[BD]_", b"".join(texts))


def test_an_unfinished_merge_says_which_lines_to_take_out(case):
    said = answers(case("46-conflict-in-register"))[1]

    assert all("«<<<<<<< HEAD»" in line and "«=======», «>>>>>>>» приберіть" in line for line in said)


# --- imports ------------------------------------------------------------------------------------------------------------


def test_a_feed_keeps_its_days_whatever_its_zones_are_called(case):
    site = case("18-rss-zone-names")
    status, _, err = site.run(commands.import_site, today=NOON, file=str(CASES / "18-rss-zone-names/feed.xml"))
    texts = [path.read_text("utf-8") for path in site.content.glob("news/20*/*.md")]
    dates = {
        found[1]: found[2] for text in texts if (found := re.search(r"title: (Новина .+)\ndate: \"(.+)\"\n", text))
    }

    assert (status, err) == (0, "")
    assert dates == {f"Новина {number}": "2021-06-30 23:30" for number in range(3)} | {
        "Новина зимова": "2020-12-31 22:30"
    }


def test_posts_in_groups_are_named_with_their_number_and_no_row_is_written(case):
    site = case("43-facebook-group-posts")
    before = {path: path.read_bytes() for path in site.content.rglob("*") if path.is_file()}
    export = str(CASES / "43-facebook-group-posts/group_posts.json")
    status, said, err = site.run(commands.import_social, today=NOON, file=export, account="rada")

    assert (status, err) == (0, "")
    assert "Не переносяться:\n  дописи в групах: 1" in said
    assert {path: path.read_bytes() for path in site.content.rglob("*") if path.is_file()} == before


# --- publishing ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def council(tmp_path, bare):
    """A clone of the project with the content of the base, to be published with an address of its own."""
    return project(tmp_path, bare, lambda content: shutil.copytree(CASES / "base", content))


def test_a_domain_of_its_own_is_told_of_and_once_online_never_lost(council, bare, tmp_path):
    folder, publish = council
    status, said, err = publish(SITEURL="https://zrazok.org")
    assert (status, "Адреса zrazok.org – власне ім’я сайту, а DOMAIN порожній" in said) == (0, True), said + err
    assert said.index("DOMAIN порожній") < said.index("Опубліковано:")

    web = tmp_path / "вебформа"
    git(tmp_path, "clone", "-q", "-b", "gh-pages", f"file://{bare}", str(web))
    (web / "CNAME").write_text("zrazok.org")  # what Settings → Pages → Custom domain does
    git(web, "add", "-A")
    git(web, "commit", "-qm", "Create CNAME")
    git(web, "push", "-q", "origin", "gh-pages")
    page = folder / "content/news/2022/2022-01-10-persha.md"
    for words, settings in (("Ще рядок.", {"SITEURL": "https://zrazok.org"}), ("Останній рядок.", {})):
        page.write_text(f"{page.read_text('utf-8')}\n{words}\n", "utf-8")
        git(folder, "commit", "-qam", words)
        status, said, err = publish(**settings)

        assert (status, "--delete" in said + err) == (0, False), said + err
        assert git(bare, "show", "gh-pages:CNAME") == "zrazok.org"
        html = git(bare, "show", "gh-pages:news/persha-2022-01-10/index.html")
        assert words in html
        assert 'rel="canonical" href="https://zrazok.org/news/persha-2022-01-10/"' in html


def test_every_case_is_told_of(case):
    table = re.findall(r"^\| (\d\d-[a-z0-9-]+) \|", (CASES / "README.md").read_text("utf-8"), re.M)
    folders = {path.name for path in CASES.iterdir() if path.is_dir()} - {"base"}

    assert len(table) == len(set(table)) == 31
    assert folders <= set(table)
