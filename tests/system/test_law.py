"""The self-check from law.toml to its page: what is warned about, what is shown, when it is drawn anew."""

import re

import pytest

from hromada.commands import dispatch as commands

PAGE = "opryliudnennia/index.html"
LONG = "Тут є все, що про це треба знати мешканцям громади, а також адреси, телефони й години прийому."


def page(title, text=LONG, **header):
    lines = [f"title: {title}", *(f"{key}: {value}" for key, value in header.items())]
    return "\n".join(lines) + f"\n\n{text}\n"


def rows(site):
    """The shown points: title to the text beside it."""
    text = (site.output / PAGE).read_text("utf-8")
    found = re.findall(r'<h3>(.*?)</h3>.*?law-list__where">(.*?)</div>', text, re.DOTALL)
    return {title: " ".join(re.sub(r"<[^>]+>", " ", where).split()) for title, where in found}


def built(site, **changes):
    status, _, _ = site.html(**changes)
    assert status == 0
    return rows(site)


def warned(site, **changes):
    """What is warned about but pages that are missing, which are many."""
    status, said, _ = site.run(commands.check, **changes)
    assert status == 0
    return [line.removeprefix("content/law.toml:") for line in said.splitlines()[:-1] if "law-page-missing" not in line]


def test_without_the_file_one_warning_is_said_and_no_page_made(site):
    site.write("pages/kontakty.md", page("Контакти"))
    site.write("units/viddil/index.md", page("Відділ"))

    assert warned(site) == [
        "1: попередження: не сказано, на яких сторінках є те, що має бути оприлюднено, створіть цей файл; зразок – у"
        " довіднику редактора [law-not-set-up]"
    ]
    site.html()
    assert PAGE not in site.files()
    assert "opryliudnennia" not in site.files()["sitemap.xml"].decode()


def test_the_page_stands_in_the_footer_and_in_the_map(site):
    site.write("law.toml", "")
    built(site)

    assert "/sait/opryliudnennia/" in site.files()["index.html"].decode()
    assert "https://zrazkova.example/sait/opryliudnennia/" in site.files()["sitemap.xml"].decode()


def test_a_text_may_link_to_the_page(site):
    site.write("law.toml", 'contacts = "pages/kontakty.md"\n')
    site.write("pages/kontakty.md", page("Контакти", f"{LONG} [Перелік](/opryliudnennia/)."))

    assert warned(site) == []


def test_a_plain_page_may_not_stand_where_the_list_does(site):
    site.write("pages/opryliudnennia.md", page("Оприлюднення"))

    assert "[reserved-address]" in site.run(commands.check)[1]


def test_a_point_without_a_page_is_shown_as_not_published_yet(site):
    site.write("law.toml", 'acts = ""\n[not-ours]\ndrafts = "рада не збирається"\n')
    shown = built(site)

    assert shown["Ухвалені рішення та інші акти"] == "Ще не оприлюднено"
    assert shown["Проєкти рішень"] == "Не оприлюднюється тут: рада не збирається"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "сторінки «content/pages/x.md» немає, назвіть файл сторінки, наприклад pages/kontakty.md [law-page-unknown]"),
        (page("Т", status="draft"),
         "«content/pages/x.md» читачам не видно, це чернетка, опублікуйте сторінку або назвіть іншу [law-page-hidden]"),
        (page("Т", status="hidden"),
         "«content/pages/x.md» читачам не видно, сторінку приховано, опублікуйте сторінку або назвіть іншу [law-page-hidden]"),
        (page("Т", "Сторінка в розробці. Інформацію буде додано найближчим часом."),
         "сторінка «content/pages/x.md» порожня або майже порожня, допишіть її [law-page-empty]"),
    ],
)  # fmt: skip
def test_a_page_that_does_not_show_it_covers_nothing(site, text, said):
    site.write("law.toml", 'acts = "pages/x.md"\n')
    if text:
        site.write("pages/x.md", text)

    assert warned(site) == [f"1: попередження: «Ухвалені рішення та інші акти»: {said}"]
    assert built(site)["Ухвалені рішення та інші акти"] == "Ще не оприлюднено"


def test_a_page_with_a_document_is_not_empty(site):
    site.write("law.toml", 'finances = "pages/x.md"\n')
    site.write("pages/x.md", page("Бюджет", "[Рішення](/files/budget.csv)"))
    site.write("files/budget.csv", "1;2\n")

    assert warned(site) == []


def test_a_page_turns_stale_on_its_day_without_an_edit(site):
    site.write("law.toml", 'request-reports = "pages/x.md"\n')
    site.write("pages/x.md", page("Запити", modified="2022-01-15"))
    title = "Звіти про задоволення запитів на інформацію"

    assert warned(site, today="2022-07-31") == []
    assert built(site, today="2022-07-31")[title] == "Запити Оновлено 15 січня 2022 року"
    assert site.html(today="2022-07-30")[1].startswith("Нічого не змінилося")
    assert built(site, today="2022-08-01")[title] == "Запити Оновлено 15 січня 2022 року Застаріло"
    assert "[law-page-stale]" in warned(site, today="2022-08-01")[0]


def test_a_report_covers_its_period(site):
    site.write("law.toml", 'request-reports = "/reports/"\n')
    site.write("reports/2021-h2.md", "title: Звіт\nperiod: 2021-H2\n\nЗа [[period]].\n")
    title = "Звіти про задоволення запитів на інформацію"

    assert built(site, today="2022-07-31")[title] == "Звіти Останній звіт – за II півріччя 2021 року"
    assert built(site, today="2022-08-01")[title].endswith("Застаріло")


def test_an_edit_of_the_list_redraws_one_page(golden):
    golden.html()
    path = golden.content / "law.toml"
    path.write_text(path.read_text("utf-8").replace("рішень попередніх років", "рішень 2020 року"), "utf-8")
    _, said, _ = golden.html()

    assert "оновлено 1\N{NO-BREAK SPACE}сторінку" in said
    assert "Ще бракує: рішень 2020 року" in rows(golden)["Ухвалені рішення та інші акти"]
