"""The figure `photos` and the archive at /photos/, from the editors' files to the pages."""

import io
import json
import re
from collections import Counter

import pytest
from PIL import Image

from hromada.commands import dispatch as commands

REPORT = "title: Звіт\nperiod: 2021-H2\n\nУ новинах [[photos зн. опубліковано]].\n"


def picture(colour="red"):
    data = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(data, "PNG")
    return data.getvalue()


def text(title, day="2021-08-24", body="Текст.", **header):
    lines = [f"title: {title}", f"date: {day}", *(f"{key.replace('_', '-')}: {value}" for key, value in header.items())]
    return "\n".join(lines) + f"\n\n{body}\n"


@pytest.fixture
def photos(site):
    """A site with pictures of every kind, counted and not."""
    for name, colour in (("a", "red"), ("b", "blue"), ("c", "green"), ("d", "white")):
        site.write(f"images/{name}.png", picture(colour))
    site.write("units/viddil/index.md", "title: Відділ\n\n![Будівля відділу](/images/d.png)\n")
    site.write(
        "news/2021/2021-08-24-sviato.md",
        text("Свято", body="![Площа](/images/b.png) ![Сцена](/images/c.png)", image="/images/a.png", image_alt="Люди на площі",
             gallery="/images/a.png | Люди; ../../images/b.png | Площа"),
    )  # fmt: skip
    site.write("news/2021/2021-08-24-sviato.en.md", text("Holiday", body="![Square](/images/d.png)", lang="en"))
    site.write(
        "news/2021/2021-07-05-zustrich.md", text("Зустріч", "2021-07-05", "![Зала](%2Fimages/../images/a.png#x)")
    )
    site.write(
        "units/viddil/2021-09-01-voda.md",
        text("Вода", "2021-09-01", "[![Кадр](/images/c.png)](https://youtu.be/abcdefghijk) ![Колонка](/images/d.png)"),
    )
    site.write(
        "news/2021/2021-09-02-video.md",
        text("Лише відео", "2021-09-02", "[![Кадр](/images/c.png)](https://youtu.be/abcdefghijk)"),
    )
    site.write("news/2021/2021-09-03-nemaie.md", text("Без світлин", "2021-09-03"))
    site.write(
        "news/2021/2021-09-04-skhovane.md", text("Приховане", "2021-09-04", "![Зала](/images/a.png)", status="hidden")
    )
    site.write(
        "news/2021/2021-09-05-chernetka.md", text("Чернетка", "2021-09-05", "![Зала](/images/a.png)", status="draft")
    )
    site.write("news/2022/2022-02-01-zgodom.md", text("Згодом", "2022-02-01", "![Зала](/images/a.png)"))
    site.write("reports/2021-h2.md", REPORT)
    return site


def built(site, **changes):
    status, _, said = site.html(**changes)
    assert status == 0, said
    return {
        name: data.decode() for name, data in site.files().items() if name.endswith((".html", ".csv", ".json", ".xml"))
    }


def cards(page):
    """The titles of a page's covers with their numbers of pictures."""
    found = re.findall(r'photo-grid__title">(.*?)<.*?</time>, (\d+)', page, re.DOTALL)
    return [(title, int(number)) for title, number in found]


def test_the_figure_counts_each_file_once_in_an_item(photos):
    files = built(photos)
    (figure,) = [one for one in json.loads(files["reports/2021-h2/report.json"])["figures"] if one["id"] == "photos"]
    lines = [line.split(";") for line in files["reports/2021-h2/items.csv"].split("\r\n") if line.startswith("photos;")]

    assert (figure["value"], {part["id"]: part["value"] for part in figure["parts"]}) == (
        5,
        {"news": 4, "units/viddil": 1},
    )
    assert [(line[1], line[2], line[3], line[5]) for line in lines] == [
        ("2021-07-05", "news", "Зустріч", "content/images/a.png"),
        ("2021-08-24", "news", "Свято", "content/images/a.png"),
        ("2021-08-24", "news", "Свято", "content/images/b.png"),
        ("2021-08-24", "news", "Свято", "content/images/c.png"),
        ("2021-09-01", "units/viddil", "Вода", "content/images/d.png"),
    ]
    assert "опубліковано 5\N{NO-BREAK SPACE}світлин</a>" in files["reports/2021-h2/index.html"]
    assert 'href="/sait/reports/2021-h2/photos/"' in files["reports/2021-h2/index.html"]


def test_the_terminal_shows_what_the_report_does(photos):
    status, said, _ = photos.run(commands.figures, period="2021-H2", format="json")
    (figure,) = [one for one in json.loads(said)["figures"] if one["id"] == "photos"]

    assert (status, figure["value"], figure["months"][0]) == (0, 5, {"id": "2021-07", "value": 1})


def test_the_archive_shows_the_items_of_each_month_with_their_pictures(photos):
    files = built(photos)

    assert cards(files["photos/2021/08/index.html"]) == [("Свято", 3)]
    assert cards(files["photos/2021/07/index.html"]) == [("Зустріч", 1)]
    assert cards(files["photos/index.html"]) == [("Вода", 1), ("Свято", 3), ("Зустріч", 1)]
    assert "5\N{NO-BREAK SPACE}світлин</small>" in files["photos/index.html"]
    assert sorted(name for name in files if name.startswith("photos/")) == [
        "photos/2021/07/index.html", "photos/2021/08/index.html", "photos/2021/09/index.html", "photos/index.html",
    ]  # fmt: skip
    assert files["sitemap.xml"].count("/photos/") == 4
    assert "style=" not in files["photos/index.html"]


def test_a_cover_is_named_by_its_title_alone(photos):
    page = built(photos)["photos/2021/08/index.html"]
    (link,) = re.findall(r'<a class="photo-grid__link" href="([^"]*)">(.*?)</a>', page, re.DOTALL)

    assert link[0] == "/sait/news/sviato-2021-08-24/"
    assert 'alt=""' in link[1]
    assert 'loading="lazy"' in link[1]


def test_a_scheduled_item_enters_the_archive_on_its_day(photos):
    assert "photos/2022/02/index.html" not in built(photos)
    assert cards(built(photos, today="2022-02-01")["photos/2022/02/index.html"]) == [("Згодом", 1)]


def test_without_pictures_the_page_says_so(site):
    site.write("news/2021/2021-07-05-a.md", text("Новина", "2021-07-05"))

    assert "Світлин ще немає." in built(site)["photos/index.html"]


def test_words_redraw_no_page_of_the_archive_and_a_picture_only_those_that_show_it(photos):
    built(photos)
    times = {path: path.stat().st_mtime_ns for path in (photos.output / "photos").rglob("*.html")}

    def drawn():
        built(photos)
        return {
            path.relative_to(photos.output).as_posix()
            for path, time in times.items()
            if path.stat().st_mtime_ns != time
        }

    file = photos.content / "news/2021/2021-07-05-zustrich.md"
    file.write_text(file.read_text("utf-8") + "\nДописано.\n", "utf-8")
    assert drawn() == set()
    file.write_text(file.read_text("utf-8") + "\n![Двері](/images/b.png)\n", "utf-8")
    assert drawn() == {"photos/index.html", "photos/2021/07/index.html"}


def test_the_count_follows_a_picture_that_is_added_or_taken(photos):
    def counted():
        lines = built(photos)["reports/2021-h2/items.csv"].splitlines()
        return sum(line.startswith("photos;") for line in lines)

    file = photos.content / "news/2021/2021-07-05-zustrich.md"
    before = file.read_text("utf-8")
    assert counted() == 5
    file.write_text(before + "\n![Двері](/images/b.png)\n", "utf-8")
    assert counted() == 6
    file.write_text(before.partition("![")[0] + "Без світлин.\n", "utf-8")
    assert counted() == 4


def test_a_long_month_has_pages_whose_covers_are_all_of_its_items(site):
    site.write("images/a.png", picture())
    for number in range(75):
        body = "![Площа](/images/a.png)"
        site.write(f"news/2021/n{number}.md", text(f"Новина {number}", f"2021-08-{number % 28 + 1:02d}", body))
    files = built(site)
    pages = [page for name, page in files.items() if name.startswith("photos/2021/08/")]
    shown = [card for page in pages for card in cards(page)]

    assert sorted(len(cards(page)) for page in pages) == [24, 24, 27]
    assert Counter(shown) == Counter((f"Новина {number}", 1) for number in range(75))
    assert "75\N{NO-BREAK SPACE}світлин" in files["photos/2021/08/index.html"]
    assert files["sitemap.xml"].count("/photos/") == 2


def test_a_text_may_link_to_the_archive_and_to_a_month(photos):
    photos.write("pages/pro.md", "title: Про нас\n\n[Фото](/photos/) і [серпень](/photos/2021/08/)\n")

    assert "link-broken" not in photos.run(commands.check)[1]


def test_a_page_may_not_stand_where_the_archive_does(photos):
    photos.write("pages/photos.md", "title: Фото\n\nТекст.\n")
    status, said, _ = photos.run(commands.check)

    assert status == 2
    assert "content/pages/photos.md:1: адресу /photos/ займає сам сайт" in said


def test_an_own_figure_and_a_register_of_that_name_are_refused(photos):
    photos.write("reports/figures.toml", '[[figure]]\nid = "photos"\nsource = "news"\n')
    photos.write("registers/photos/2021.csv", "Дата;Назва\n2021-07-05;Зйомка\n")
    status, said, _ = photos.run(commands.check)

    assert status == 2
    assert "[figure-source]" in said
    assert 'перейменуйте свій показник, наприклад id = "photos-own"' in said
    assert (
        "журнал не може зватися «photos», перейменуйте теку, наприклад content/registers/photos-own [register-name]"
        in said
    )
