"""Services from their files to the pages, what an edit redraws, and that nothing of them is ever counted."""

import csv
import io
import json
import re
import shutil

import pytest

from hromada.commands import dispatch as commands
from tests.verifying import output_faults

UNIT = "---\ntitle: {}\nphone: (057) 635-11-22\nemail: viddil@rada.example\nhours: {}\naddress: площа, 5\nmap: https://map.example/?q=5\n---\n\nПро відділ.\n"
SERVICE = """---
Заголовок: {}
Підрозділ: {}
Для кого: Кожен
Документи: паспорт; код
Життєві події: переїзд
Строк: 1 день
Вартість: безоплатно
Підстава: Закон
Онлайн: https://posluhy.example/
Бланк: blank.rtf
---

1. Прийдіть.
2. Заберіть.
"""
RTF = rb"{\rtf1 a}"


@pytest.fixture
def office(golden):
    """The golden site with two units' services in place of its own."""
    shutil.rmtree(golden.content / "services")
    golden.write("units/viddil/index.md", UNIT.format("Відділ", "пн–пт 8:00–17:00"))
    golden.write("services/dovidka.md", SERVICE.format("Єдина довідка", "viddil"))
    golden.write("services/akt.md", SERVICE.format("Акт обстеження", "okruh").replace("Бланк: blank.rtf\n", ""))
    golden.write("services/blank.rtf", RTF)
    return golden


def built(site, **changes):
    status, _, said = site.html(**changes)
    assert status == 0, said
    return {
        name: data.decode() if name.endswith((".html", ".xml", ".json", ".csv", ".atom")) else data
        for name, data in site.files().items()
    }


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def titles(page, css="service-list__title"):
    return re.findall(rf'class="{css}"[^>]*><a[^>]*>([^<]+)<', page)


def test_a_service_says_all_that_its_header_does_and_how_to_reach_its_unit(office):
    files = built(office)
    page = files["services/dovidka/index.html"]

    for told in ("Єдина довідка", "Для кого Кожен", "Строк 1 день", "Вартість безоплатно", "Паспорт Код", "Підстава Закон",
                 "Замовити онлайн", "Бланк RTF, 1 КБ", "(057) 635-11-22", "пн–пт 8:00–17:00", "площа, 5", "Переїзд"):  # fmt: skip
        assert told in words(page)
    for link in ('href="https://posluhy.example/"', 'href="/sait/services/blank.rtf"', 'href="tel:+380576351122"',
                 'href="mailto:viddil@rada.example"', 'href="https://map.example/?q=5"', 'href="/sait/units/viddil/"',
                 'href="/sait/services/#podiia-pereizd"'):  # fmt: skip
        assert link in page
    assert re.search(r"<ol>\s*<li>Прийдіть.</li>", page)
    assert 'data-open-hours="480-1020 1920-2460' in page
    assert files["services/blank.rtf"] == RTF
    assert output_faults(office.output, "https://zrazkova.example/sait") == []


def test_services_stand_in_their_index_at_their_units_and_in_the_sitemap(office):
    files = built(office)
    index = files["services/index.html"]

    assert titles(index) == ["Акт обстеження", "Єдина довідка"]
    assert re.findall(r'service-index__letter" id="litera-\d">(.)<', index) == ["А", "Є"]
    assert 'id="podiia-pereizd"' in index
    assert titles(files["units/viddil/index.html"]) == ["Єдина довідка"]
    assert titles(files["units/okruh/index.html"]) == ["Акт обстеження"]
    assert titles(files["units/partner/index.html"]) == []
    sitemap = files["sitemap.xml"]
    assert [f"/services/{name}</loc>" in sitemap for name in ("", "dovidka/", "akt/")] == [True] * 3
    assert "Послуг ще немає." not in index


def test_a_site_without_services_says_so(golden):
    shutil.rmtree(golden.content / "services")
    assert "Послуг ще немає." in built(golden)["services/index.html"]


def test_the_archive_counts_the_same_with_services_as_without(office, capsys):
    counted = {}
    for name in ("with", "without"):
        status, said, _ = office.run(commands.figures, period="2021-H2", format="json")
        assert status == 0
        files = built(office)
        counted[name] = json.loads(said), files["reports/2021-h2/items.csv"]
        for path in (office.content / "services").glob("*"):
            path.unlink()

    assert counted["with"][0]["reconciliation"] == counted["without"][0]["reconciliation"]
    figures = [[(one["id"], one["value"]) for one in counted[name][0]["figures"]] for name in counted]
    rows = [list(csv.reader(io.StringIO(counted[name][1]), delimiter=";")) for name in counted]
    for values in figures:
        assert [(id, value) for id, value in values if id != "unit-pages"] == [
            (id, value) for id, value in figures[0] if id != "unit-pages"
        ]
    assert "services" not in str(rows[0])
    assert rows[0] == rows[1]


def test_drafts_are_not_built_and_hidden_services_stand_in_no_list(office):
    office.write(
        "services/chernetka.md", SERVICE.format("Чернетка", "viddil").replace("---\n", "---\nstatus: draft\n", 1)
    )
    office.write(
        "services/tykha.md", SERVICE.format("Тиха послуга", "viddil").replace("---\n", "---\nstatus: hidden\n", 1)
    )
    files = built(office)

    assert "services/chernetka/index.html" not in files
    assert '<meta name="robots" content="noindex">' in files["services/tykha/index.html"]
    named = [name for name, text in files.items() if isinstance(text, str) and "Тиха послуга" in text]
    assert named == ["services/tykha/index.html"]


def test_a_withdrawn_service_leaves_a_notice_and_no_list_and_an_expired_one_says_so(office):
    gone = SERVICE.format("Відкликана", "viddil").replace(
        "---\n", "---\nВідкликано: помилка\nДата відкликання: 2022-01-10\n", 1
    )
    office.write("services/dovidka.md", gone)
    office.write("services/akt.md", SERVICE.format("Акт", "okruh").replace("Бланк: blank.rtf", "Діє до: 2021-12-31"))
    files = built(office)

    assert "Прийдіть" not in files["services/dovidka/index.html"]
    assert "помилка" in files["services/dovidka/index.html"]
    assert titles(files["services/index.html"]) == ["Акт"]
    assert "services/blank.rtf" not in files
    assert "Втратило чинність" in files["services/akt/index.html"]


def test_the_lists_mark_an_expired_service_from_the_build_after_its_last_day_on_and_redraw_once(office):
    office.write(
        "services/dovidka.md",
        SERVICE.format("Єдина довідка", "viddil").replace("\n---\n", "\nДіє до: 2022-01-20\n---\n", 1),
    )
    marks, lists = "Втратило чинність", ("services/index.html", "units/viddil/index.html")
    found = {}
    for today in ("2022-01-15", "2022-01-20T23:59", "2022-01-21T00:00", "2022-01-22"):
        assert office.html(today=today)[0] == 0
        files = office.files()
        found[today] = [files[name].decode() for name in lists]
    before, last, after, later = found.values()

    assert before == last
    assert after == later
    assert [page.count(marks) for page in last] == [0, 0]
    assert [page.count(marks) for page in after] == [3, 1]  # under its letter, its event in life, its unit
    assert 'data-valid-until="2022-01-21T00:00:00+02:00"' in last[0]
    assert "data-valid-until" not in after[0]


def test_a_translation_has_its_own_words_under_its_language(office):
    office.write("services/dovidka.en.md", "---\ntitle: Certificate\nunit: viddil\nterm: 1 day\n---\n\n1. Come.\n")
    files = built(office)
    page = files["en/services/dovidka/index.html"]

    assert "How long it takes 1 day" in words(page)
    assert 'hreflang="uk"' in page
    assert 'hreflang="en"' in files["services/dovidka/index.html"]
    assert "Certificate" not in files["services/index.html"]
    office.write("services/sama.en.md", "---\ntitle: Alone\nunit: viddil\n---\n\n1. Come.\n")
    assert "[translation-without-original]" in office.run(commands.check)[1]


def redrawn(site, name, change):
    """The pages that a build after an edit writes."""
    built(site)
    before = {path: path.stat().st_mtime_ns for path in site.output.rglob("*.html")}
    text = (site.content / name).read_text("utf-8")
    edited = change(text)
    assert edited != text
    site.write(name, edited)
    built(site)
    return {
        path.relative_to(site.output).as_posix()
        for path in site.output.rglob("*.html")
        if before.get(path) != path.stat().st_mtime_ns
    }


OWN = {"services/dovidka/index.html"}


@pytest.mark.parametrize(
    ("change", "pages"),
    [
        (lambda text: text.replace("Заберіть", "Візьміть"), OWN),
        (lambda text: text.replace("1 день", "2 дні"), OWN),
        (
            lambda text: text.replace("Єдина", "Проста"),
            OWN | {"services/index.html", "units/viddil/index.html", "karta-saitu/index.html"},
        ),
    ],
)
def test_an_edit_of_a_service_redraws_what_shows_it(office, change, pages):
    assert redrawn(office, "services/dovidka.md", change) == pages


def test_the_telephone_of_a_unit_is_renewed_on_the_pages_of_its_services(office):
    pages = redrawn(office, "units/viddil/index.md", lambda text: text.replace("635-11-22", "635-11-33"))

    assert pages >= OWN
    assert "services/akt/index.html" not in pages
    assert "635-11-33" in built(office)["services/dovidka/index.html"]


def test_another_form_is_offered_with_its_size(office):
    built(office)
    office.write("services/blank.rtf", RTF + b" " * 3_000)

    assert "RTF, 3\N{NO-BREAK SPACE}КБ" in built(office)["services/dovidka/index.html"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("nema.docx", "бланк: посилання веде в нікуди: «nema.docx»"),
        ("https://a.example/x.docx", "бланк: «https://a.example/x.docx» – не документ"),
        ("/units/viddil/", "бланк: «/units/viddil/» – не документ"),
        ("foto.png", "бланк: «foto.png» – не документ"),
    ],
)
def test_a_form_is_a_document_that_is_there(office, form, said):
    foto = next(office.content.rglob("*.png")).read_bytes()
    office.write("services/foto.png", foto)
    office.write("services/dovidka.md", SERVICE.format("А", "viddil").replace("blank.rtf", form))
    status, told, _ = office.run(commands.check)

    assert status == 2
    assert re.search(rf"^content/services/dovidka\.md:11: {re.escape(said)}.*\[service-form\]$", told, re.MULTILINE)


@pytest.mark.parametrize("name", ["services/a.MD", "services/a.txt", "services/a.rst", "services/x.md.bak"])
def test_other_files_are_refused_beside_services_and_leftovers_ignored(office, name):
    office.write("services/.DS_Store", b"x")
    office.write("services/~$lank.docx", b"x")
    assert office.run(commands.check)[0] == 0
    office.write(name, "title: А\n\n1. Б.\n")
    status, told, _ = office.run(commands.check)

    assert (status, "stray-file" in told) == (2, True)


def test_a_service_may_not_lie_in_a_folder(office):
    office.write("services/viddil/dovidka.md", SERVICE.format("А", "viddil"))
    status, told, _ = office.run(commands.check)

    assert (status, "[misplaced]" in told) == (2, True)


def test_a_page_at_the_address_of_services_is_refused_until_it_has_another_and_its_row(office):
    page = "---\ntitle: Послуги ЦНАП\n{}---\n\nТекст.\n"
    office.write("pages/services.md", page.format(""))
    assert "[reserved-address]" in office.run(commands.check)[1]
    office.write("pages/services.md", page.format("slug: tsnap\n"))
    office.write("redirects.csv", "Звідки;Куди\n/services/;content/pages/services.md\n")

    assert "Єдина довідка" in built(office)["services/index.html"]
    assert "tsnap/index.html" in office.files()


def test_unit_pages_show_documents_of_their_messages_and_their_part_of_the_report(office):
    office.write(
        "units/viddil/2021-09-01-plan.md", "---\ntitle: План робіт\ndate: 2021-09-01\n---\n\n[План](plan.rtf)\n"
    )
    office.write("units/viddil/plan.rtf", RTF)
    page = built(office)["units/viddil/index.html"]

    assert 'href="/sait/units/viddil/plan.rtf"' in page
    assert "До повідомлення План робіт" in words(page)
    assert re.search(r"У звіті за .*: 1 повідомлення", words(page))
    assert 'data-open-hours="' in page


def test_hours_that_are_not_clear_are_shown_as_written_without_data(office):
    office.write("units/viddil/index.md", UNIT.format("Відділ", "за домовленістю"))
    page = built(office)["units/viddil/index.html"]

    assert "за домовленістю" in page
    assert "data-open-hours" not in page
    assert "[hours-unclear]" in office.run(commands.check)[1]


def test_two_builds_of_the_same_services_are_the_same_bytes(office, tmp_path):
    first = built(office)
    built(office, output=tmp_path / "other", cache_name=str(tmp_path / "cache"))
    other = {
        path.relative_to(tmp_path / "other").as_posix(): path.read_bytes()
        for path in (tmp_path / "other").rglob("*")
        if path.is_file()
    }

    assert {name: data.encode() if isinstance(data, str) else data for name, data in first.items()} == other
