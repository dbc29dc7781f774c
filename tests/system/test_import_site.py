"""An earlier site comes into an empty content: everything found is written, there already, or refused with its reason."""

import csv
import re
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from hromada.build.content_steps import checked_snapshot
from hromada.commands import dispatch as commands
from hromada.domain.item import Kind
from hromada.metadata.picture_metadata import has_coordinates
from hromada.system.file_lock import file_lock
from tests.conftest import ROOT
from tests.system.old_sites import HOME, KYIV, atom, export, post, rss
from tests.unit.metadata.samples import placed

NBSP = "\N{NO-BREAK SPACE}"
POSTS = [
    post(1, "Рада: &laquo;звіт&raquo; – «Підсумки»", "<!-- wp:paragraph -->\n<p>Перша.</p>\n<!-- /wp:paragraph -->",
         "2021-06-30 21:30:00", name="persha", categories=["Події", "Культура"], tags=["свято"]),
    post(2, "Друга", f'Див. <a href="{HOME}/2021/07/01/persha/">першу</a> і <a href="/?p=9">раду</a>.', "2021-07-31 20:59:59", name="druha"),
    post(3, "Третя", "Текст", "2021-12-31 22:00:00", name="%d1%82%d1%80%d0%b5%d1%82%d1%8f", excerpt="Коротко <b>про</b> неї"),
    post(4, "Четверта", "Текст", "2021-12-31 21:59:00"),
    post(5, "Чернетка", "Текст", None, status="draft", link=f"{HOME}/?p=5"),
    post(6, "На перевірці", "Текст", "2021-05-05 10:00:00", status="pending"),
    post(7, "Лише для своїх", "Текст", "2021-05-05 10:00:00", status="private"),
    post(8, "За паролем", "Текст", "2021-05-05 10:00:00", password="слово"),
    post(9, "Про раду", "<p>Сторінка</p>", "2020-01-01 10:00:00", type="page", name="pro-radu", link=f"{HOME}/rada/pro-radu/"),
    post(10, "Заплановане", "Текст", "2022-01-20 10:00:00", status="future", name="zaplanovane"),
    post(11, "Меню", type="nav_menu_item"),
    post(12, "Редакція", type="revision", status="inherit"),
    post(13, "Товар", type="product"),
    post(14, "Кошик", status="trash", comments=2),
]  # fmt: skip


@pytest.fixture
def old(tmp_path):
    """A folder for the earlier site, apart from the content."""
    folder = tmp_path / "колишній сайт"
    folder.mkdir()
    return folder


def bring(site, path, **changes):
    return site.run(commands.import_site, file=str(path), **changes)


def exported(old, *items):
    path = old / "export.xml"
    path.write_text(export(*items), "utf-8")
    return path


def items(site, **changes):
    return checked_snapshot(site.options(**changes)).site.items


def contents(site):
    files = sorted(path for path in site.content.rglob("*") if path.is_file())
    return {path.relative_to(site.content).as_posix(): path.read_bytes() for path in files}


def row(said, name):
    """The numbers of a line of the summary: found, written, there already, refused."""
    line = next(line for line in said.split("\n") if line.strip().startswith(name))
    return tuple(int(number) for number in line.replace(NBSP, "").split()[-4:])


# --- WordPress ---------------------------------------------------------------------------------------------------


def test_an_export_is_counted_by_the_same_months_as_its_source(site, old):
    status, _, err = bring(site, exported(old, *POSTS))
    wp = "{http://wordpress.org/export/1.2/}"
    posts = [
        one
        for one in etree.parse(str(old / "export.xml")).iter("item")
        if one.findtext(f"{wp}post_type") == "post"
        and one.findtext(f"{wp}status") in ("publish", "future")
        and not one.findtext(f"{wp}post_password")
    ]
    utc = [datetime.fromisoformat(f"{one.findtext(f'{wp}post_date_gmt')}+00:00") for one in posts]
    published = [item for item in items(site) if item.kind is Kind.NEWS and item.status == "published"]

    assert (status, err) == (0, "")
    assert Counter(f"{one.when:%Y-%m}" for one in published) == Counter(f"{one.astimezone(KYIV):%Y-%m}" for one in utc)
    assert Counter(f"{one.when:%Y-%m}" for one in published) == {"2021-07": 2, "2022-01": 2, "2021-12": 1}
    assert site.run(commands.check)[:2] == (0, "Зауважень немає.\n")


def test_found_is_written_and_there_and_refused(site, old):
    _, said, _ = bring(site, exported(old, *POSTS, post(20, "", "Текст"), post(21, "Без дати", "Текст", None)))

    assert row(said, "новини") == (11, 9, 0, 2)
    assert row(said, "2021") == (7, 6, 0, 1)
    assert row(said, "2022") == (2, 2, 0, 0)
    assert row(said, "без дати") == (2, 1, 0, 1)
    assert row(said, "сторінки") == (1, 1, 0, 0)
    assert "Не переноситься: вилучене до кошика: 1, записи виду «product»: 1, коментарі: 2, попередні редакції: 1, пункти меню: 1." in said  # fmt: skip


def test_a_file_has_the_name_and_the_header_of_the_contract(site, old):
    bring(site, exported(old, *POSTS))

    assert (site.content / "news/2021/2021-07-01-persha.md").read_text("utf-8") == (
        '---\ntitle: "Рада: «звіт» – «Підсумки»"\ndate: "2021-07-01 00:30"\ncategory: Події\ntags:\n  - свято\n  - Культура\n'
        "author: Відділ інформації\n---\n\nПерша.\n"
    )
    assert (
        (site.content / "news/2021/2021-07-31-druha.md")
        .read_text("utf-8")
        .endswith("\n\nДив. [першу](2021-07-01-persha.md) і [раду](../../pages/pro-radu.md).\n")
    )
    assert "summary: Коротко про неї" in (site.content / "news/2022/2022-01-01-tretia.md").read_text("utf-8")


def test_what_was_not_public_is_a_draft_and_what_waits_keeps_its_day(site, old):
    _, said, _ = bring(site, exported(old, *POSTS))
    found = {item.title: item for item in items(site)}

    assert {found[one].status for one in ("Чернетка", "На перевірці", "Лише для своїх", "За паролем")} == {"draft"}
    assert (found["Заплановане"].status, f"{found['Заплановане'].when}") == ("published", "2022-01-20 12:00:00")
    assert "Серед них чернеток (також неопубліковане й закрите паролем): 4." in said


def test_a_second_run_adds_nothing_and_an_edited_file_stays(site, old):
    source = exported(old, *POSTS)
    bring(site, source)
    edited = site.content / "news/2021/2021-07-01-persha.md"
    edited.write_text(edited.read_text("utf-8").replace("Перша.", "Виправлено."), "utf-8")
    before = contents(site)
    status, said, _ = bring(site, source)

    assert (status, contents(site)) == (0, before)
    assert row(said, "новини") == (9, 0, 9, 0)
    assert "Нічого нового: усе, що можна перенести, вже є." in said


def test_an_item_that_an_editor_moved_is_known_by_its_old_address(site, old):
    source = exported(old, *POSTS)
    bring(site, source)
    file = site.content / "news/2021/2021-07-01-persha.md"
    file.rename(file.with_name("2021-07-01-inshа-nazva.md".replace("а", "a")))
    rows = site.content / "redirects.csv"
    rows.write_text(rows.read_text("utf-8").replace("2021-07-01-persha.md", "2021-07-01-insha-nazva.md"), "utf-8")
    druha = site.content / "news/2021/2021-07-31-druha.md"
    druha.write_text(druha.read_text("utf-8").replace("2021-07-01-persha.md", "2021-07-01-insha-nazva.md"), "utf-8")
    before = contents(site)

    assert row(bring(site, source)[1], "новини") == (9, 0, 9, 0)
    assert contents(site) == before


def test_a_dry_run_says_the_same_and_writes_nothing(site, old):
    source = exported(old, *POSTS)
    status, dry, _ = bring(site, source, dry_run=True)
    assert (status, site.content.exists()) == (0, False)
    _, wet, _ = bring(site, source)

    assert dry.replace("буде додано", "     додано").split("\n")[:-2] == wet.split("\n")[:-2]
    assert dry.split("\n")[-2] == "Нічого не записано: DRY_RUN=1."


def test_a_run_that_was_cut_short_is_gone_on_with(site, old):
    source = exported(old, *POSTS)
    bring(site, source)
    whole = contents(site)
    (site.content / "redirects.csv").unlink()
    (site.content / "pages/pro-radu.md").unlink()
    bring(site, source)

    assert sorted(contents(site)) == sorted(whole)
    assert sorted(contents(site)["redirects.csv"].splitlines()) == sorted(whole["redirects.csv"].splitlines())


def test_two_imports_at_once_take_turns(site, old):
    site.options().cache.mkdir(exist_ok=True)
    with file_lock(site.cache / "import.lock"):
        status, _, err = bring(site, exported(old, *POSTS))

    assert (status, err) == (2, "Інше перенесення ще триває. Зачекайте, доки воно закінчиться.\n")
    assert contents(site) == {}


def test_what_the_disk_refuses_is_told_and_a_second_run_adds_the_rest(site, old):
    site.write("pages", "файл на місці теки")
    status, out, err = bring(site, exported(old, *POSTS))

    assert (status, out, err) == (
        2, "",
        "content/pages/pro-radu.md:1: файл не вдалося записати (на шляху до нього файл замість теки), приберіть той файл"
        " [unreadable]\nПеренесено не все. Коли виправите, запустіть ще раз: того самого двічі не буде.\n",
    )  # fmt: skip
    (site.content / "pages").unlink()
    assert bring(site, exported(old, *POSTS))[0] == 0
    assert (site.content / "pages/pro-radu.md").is_file()


def test_old_addresses_lead_to_the_new_pages_in_the_built_site(site, old):
    _, said, _ = bring(site, exported(old, *POSTS))
    rows = list(csv.reader((site.content / "redirects.csv").read_text("utf-8").splitlines()[1:], delimiter=";"))
    status, _, _ = site.html()
    files = site.files()

    assert (status, rows[2]) == (0, ["/2022/01/01/третя/", "content/news/2022/2022-01-01-tretia.md"][:2])
    assert b'url=/sait/news/persha-2021-07-01/"' in files["2021/07/01/persha/index.html"]
    assert b'url=/sait/news/tretia-2022-01-01/"' in files["2022/01/01/третя/index.html"]
    assert b'url=/sait/pro-radu/"' in files["rada/pro-radu/index.html"]
    assert "2022/01/20/zaplanovane/index.html" not in files
    assert "Колишніх адрес, що тепер ведуть до нових сторінок: 6" in said


def test_faulty_old_addresses_are_mended_first(site, old):
    site.write("redirects.csv", b"\xff\x98\n")
    before = contents(site)
    status, _, err = bring(site, exported(old, *POSTS))

    assert (status, contents(site)) == (2, before)
    assert "Спершу виправте content/redirects.csv" in err


@pytest.mark.parametrize(
    ("names", "encoding", "mark"),
    [("from,to", "utf-8", ""), ("Звідки,Куди", "utf-8", ""), ("Звідки,Куди", "utf-8-sig", "\ufeff"),
     ("Звідки,Куди", "cp1251", "\ufeff")],
)  # fmt: skip
def test_rows_of_editors_stay_in_the_form_that_they_have(site, old, names, encoding, mark):
    site.write("news/2021-07-05-x.md", "title: x\ndate: 2021-07-05\n\nТекст\n")
    site.write("redirects.csv", f"{names}\n/a/,/news/x-2021-07-05/\n".encode(encoding))
    bring(site, exported(old, post(1, "Перша", "Текст")))

    assert (site.content / "redirects.csv").read_text("utf-8") == (
        f"{mark}{names}\n/a/,/news/x-2021-07-05/\n/2021/07/05/zapys-1/,content/news/2021/2021-07-05-zapys-1.md\n"
    )


def test_addresses_with_a_query_are_told(site, old):
    plain = [
        post(1, "Перша", "Текст", link=f"{HOME}/?p=1"),
        post(2, "Друга", '<a href="/?p=1">x</a>', link=f"{HOME}/?p=2"),
    ]
    _, said, _ = bring(site, exported(old, *plain))

    assert "Адрес із запитом (/?p=123): 2." in said
    assert not (site.content / "redirects.csv").exists()
    assert "[x](2021-07-05-zapys-1.md)" in (site.content / "news/2021/2021-07-05-zapys-2.md").read_text("utf-8")


def test_uploads_beside_the_export_come_along_and_others_stay_links(site, old):
    (old / "wp-content/uploads/2021/07").mkdir(parents=True)
    (old / "wp-content/uploads/2021/07/zal.jpg").write_bytes(placed())
    (old / "wp-content/uploads/plan.pdf").write_bytes(b"%PDF-1.4")
    body = (
        f'[caption id="attachment_5"]<a href="{HOME}/wp-content/uploads/2021/07/zal.jpg"><img src="{HOME}/wp-content/uploads/2021/07/zal-300x200.jpg"/></a> Зал[/caption]\n\n'
        f'<a href="/wp-content/uploads/plan.pdf">План</a> <img src="/wp-content/uploads/nema.jpg" alt="Ґанок"> [gallery ids="5,6"]'
    )  # fmt: skip
    source = exported(
        old,
        post(1, "Перша", body, meta={"_thumbnail_id": "5"}),
        post(5, "zal", type="attachment", status="inherit", url=f"{HOME}/wp-content/uploads/2021/07/zal.jpg", meta={"_wp_attachment_image_alt": "Люди в залі"}),
        post(6, "dah", type="attachment", status="inherit", url=f"{HOME}/wp-content/uploads/dah.jpg"),
    )  # fmt: skip
    status, said, _ = bring(site, source)
    text = (site.content / "news/2021/2021-07-05-zapys-1.md").read_text("utf-8")

    assert (status, row(said, "файли")) == (0, (3, 2, 0, 1))
    assert "image: ../../images/2021/07/zal.jpg\nimage-alt: Люди в залі\ngallery:\n  - ../../images/2021/07/zal.jpg | Люди в залі\n" in text  # fmt: skip
    assert text.endswith(
        "---\n\n![Зал](../../images/2021/07/zal.jpg)\n\nЗал\n\n[План](../../files/plan.pdf) "
        f"[Світлина: Ґанок]({HOME}/wp-content/uploads/nema.jpg)\n"
    )
    assert f"  {HOME}/wp-content/uploads/dah.jpg\n" in said
    assert row(bring(site, source)[1], "файли") == (3, 0, 2, 1)
    assert site.html()[0] == 0
    assert not has_coordinates((site.content / "images/2021/07/zal.jpg").read_bytes())


def test_two_items_of_one_name_and_day_both_come_and_one_given_twice_comes_once(site, old):
    twice = post(3, "Третя", "Текст")
    source = exported(old, post(1, "А", "а", name="x"), post(2, "Б", "б", name="x", link=f"{HOME}/x-2/"), twice, twice)
    status, said, err = bring(site, source)

    assert (status, row(said, "новини")) == (2, (4, 3, 0, 1))
    assert re.fullmatch(r"export\.xml:\d+: той самий матеріал уже є в рядку \d+\n", err)
    assert {"news/2021/2021-07-05-x.md", "news/2021/2021-07-05-x-2.md"} <= contents(site).keys()
    assert row(bring(site, source)[1], "новини") == (4, 0, 3, 1)


def test_what_the_check_would_refuse_is_refused_and_links_to_it_stay_outside(site, old):
    far = post(1, "Далеке", "Текст", "2030-01-01 10:00:00", name="daleke")
    near = post(2, "Близьке", f'<a href="{HOME}/2030/01/01/daleke/">далеке</a>', name="blyzke")
    status, said, err = bring(site, exported(old, far, near))

    assert (status, row(said, "новини")) == (2, (2, 1, 0, 1))
    assert re.fullmatch(r"export\.xml:\d+: дата 01.01.2030 більш ніж на рік попереду, перевірте рік \[date-far-ahead\]\n", err)  # fmt: skip
    assert f"[далеке]({HOME}/2030/01/01/daleke/)" in (site.content / "news/2021/2021-07-05-blyzke.md").read_text(
        "utf-8"
    )
    assert site.run(commands.check)[0] == 0


def test_reserved_words_and_windows_devices_are_no_pages(site, old):
    source = exported(
        old, post(1, "Новини", "а", type="page", name="news"), post(2, "Кон", "б", type="page", name="con")
    )

    assert bring(site, source)[0] == 0
    assert {"pages/news-storinka.md", "pages/con-storinka.md"} <= contents(site).keys()


# --- feeds -------------------------------------------------------------------------------------------------------

FEED = [
    ("Опівночі: перша", "opivnochi-persha", "2021-07-01 00:10", '<p>Текст <a href="/news/ostannia-2021-12-31">далі</a></p>', "Події"),
    ("Остання", "ostannia", "2021-12-31 23:50", "<p>Текст</p>", "Події", "Свята"),
    ("Січень", "sichen", "2022-01-01 00:00", "<p>Текст</p>"),
]  # fmt: skip


def test_a_feed_of_the_earlier_site_keeps_every_address(site, old):
    (old / "feed.xml").write_text(rss(*FEED), "utf-8")
    status, said, err = bring(site, old / "feed.xml")
    found = {item.address: item for item in items(site)}

    assert (status, err, row(said, "новини")) == (0, "", (3, 3, 0, 0))
    assert set(found) == {f"/news/{slug}-{when[:10]}/" for _, slug, when, *_ in FEED}
    assert Counter(f"{one.when:%Y-%m}" for one in found.values()) == Counter(when[:7] for _, _, when, *_ in FEED)
    assert not (site.content / "redirects.csv").exists()
    assert "[далі](2021-12-31-ostannia.md)" in (site.content / "news/2021/2021-07-01-opivnochi-persha.md").read_text()
    assert bring(site, old / "feed.xml")[1].count("Нічого нового") == 1


def test_an_address_longer_than_a_name_may_be_leads_on(site, old):
    slug = "-".join(["duzhe", "dovha", "nazva"] * 17)[:250]
    (old / "feed.xml").write_text(rss(("Дуже довга назва", slug, "2021-07-01 10:00", "x")), "utf-8")
    bring(site, old / "feed.xml")

    assert list(contents(site)) == ["news/2021/2021-07-01-duzhe-dovha-nazva.md"]
    assert "Адрес, з яких не можна зробити сторінки: 1." in bring(site, old / "feed.xml")[1]


def test_an_atom_feed_of_xhtml_comes_in(site, old):
    entries = [("Їжа & вода", f"{HOME}/a.html", "2021-06-30T22:00:00Z", "<p>Текст <b>жирний</b></p>")]
    (old / "feed.xml").write_text(atom(*entries), "utf-8")
    status, _, _ = bring(site, old / "feed.xml")

    assert (status, list(contents(site))) == (0, ["news/2021/2021-07-01-a.md", "redirects.csv"])
    text = (site.content / "news/2021/2021-07-01-a.md").read_text("utf-8")
    assert 'title: Їжа & вода\ndate: "2021-07-01 01:00"\n' in text
    assert text.endswith("\n\nТекст **жирний**\n")
    assert (site.content / "redirects.csv").read_text(
        "utf-8"
    ) == "\ufeffЗвідки;Куди\n/a.html;content/news/2021/2021-07-01-a.md\n"


# --- folders -----------------------------------------------------------------------------------------------------


def test_the_golden_site_comes_back_the_same(site):
    golden = ROOT / "tests/sites/golden/content"
    status, _, err = bring(site, golden)
    original = checked_snapshot(site.options(content=golden)).site

    def shown(item):
        return item._replace(
            lines={}, body_line=0, image=item.image and item.image[1:4], gallery=[ref[1:4] for ref in item.gallery]
        )

    assert (status, err) == (0, "")
    brought = checked_snapshot(site.options()).site
    assert [shown(item) for item in brought.items] == [shown(item) for item in original.items]
    assert (brought.rows, brought.redirects) == (original.rows, original.redirects)
    assert bring(site, golden)[1].count("Нічого нового") == 1


@pytest.fixture
def pelican(old):
    """A site made with Pelican."""

    def write(name, text):
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        (old / name).write_text(text, "utf-8")

    write(
        "pelicanconf.py", f"import os\nSITEURL = '{HOME}'\nARTICLE_URL = '{{date:%Y}}/{{slug}}.html'\nos.remove('x')\n"
    )
    write(
        "content/podii/sviato.md",
        "Title: Свято: день\nDate: 2021-07-05 14:30\nTags: свято, місто\nSlug: sviato\nAuthors: Відділ; Рада\n\n[Друга]({filename}druha.md#x) ![Зал]({static}/images/zal.png) `[x](druha.md)`\n",
    )
    write(
        "content/podii/druha.md",
        "Title: Друга\nDate: 2021-07-06\nCategory: Культура\nMastodon: так\n\n# x\n\nТекст [plan]({attach}plan.pdf)\n",
    )
    write("content/podii/plan.pdf", "%PDF")
    write("content/pages/pro.md", "Title: Про нас\n\n[Свято](../podii/sviato.md)\n")
    write("content/chernetka.md", "Title: Чернетка\nStatus: draft\n\nТекст\n")
    write("content/bez.md", "Просто текст без заголовка\n\nЩе\n")
    write("content/misiats.md", "Title: Місяць\nDate: 07/05/2021\n\nТекст\n")
    write("content/stara.rst", "Стара\n#####\n:date: 2021-07-05\n\nТекст\n")
    write("content/extra/znak.svg", "<svg/>")
    (old / "content/images").mkdir()
    Image.new("RGB", (30, 20), (9, 9, 9)).save(old / "content/images/zal.png")
    return old


def test_a_folder_of_pelican_comes_in_with_its_files(site, pelican):
    status, said, _ = bring(site, pelican)
    text = (site.content / "news/2021/2021-07-05-sviato.md").read_text("utf-8")

    assert (status, row(said, "новини"), row(said, "сторінки"), row(said, "файли")) == (2, (6, 3, 0, 3), (1, 1, 0, 0), (3, 2, 0, 1))  # fmt: skip
    assert text == (
        '---\ntitle: "Свято: день"\ndate: "2021-07-05 14:30"\ncategory: podii\ntags:\n  - свято\n  - місто\nauthor: Відділ, Рада\n---\n\n'
        "[Друга](2021-07-06-druha.md#x) ![Зал](/images/zal.png) `[x](druha.md)`\n"
    )
    assert "[plan](../../files/podii/plan.pdf)" in (site.content / "news/2021/2021-07-06-druha.md").read_text("utf-8")
    assert "[Свято](../news/2021/2021-07-05-sviato.md)" in (site.content / "pages/pro.md").read_text("utf-8")
    assert (site.content / "redirects.csv").read_text("utf-8").splitlines()[1:] == ["/2021/sviato.html;content/news/2021/2021-07-05-sviato.md"]  # fmt: skip
    assert site.run(commands.check)[0] == 0


def test_what_a_folder_could_not_give_is_said_with_its_place(site, pelican):
    _, _, err = bring(site, pelican)

    assert sorted(err.strip().split("\n")) == [
        "extra/znak.svg:1: такі файли сайт не публікує",
        "колишній сайт/bez.md:1: немає назви: поля title",
        "колишній сайт/misiats.md:1: дата «07/05/2021» незрозуміла",
        "колишній сайт/stara.rst:1: файли .rst не читаються, перетворіть його на Markdown (наприклад, pandoc stara.rst -o stara.md)",
    ]  # fmt: skip


ENDINGS = (".md", ".markdown", ".mkd", ".mdown", ".MD", ".Markdown", ".html", ".htm", ".HTML")


def test_every_file_of_a_folder_is_brought_or_named_whatever_its_ending(site, old):
    folder = old / "content"
    folder.mkdir()
    (old / "pelicanconf.py").write_text("SITEURL = ''\n")
    (old / "Makefile").write_text("html:\n")
    (old / "theme").mkdir()
    (old / "theme/base.css").write_text("p {}\n")
    for number, ending in enumerate(ENDINGS):
        text = f"Title: Новина {number}\nDate: 2021-07-05\nTags: свято, місто\n\n[Далі]({{filename}}n0.md)\n"
        if ending.casefold().startswith(".htm"):
            text = (
                f'<html><head><title>Новина {number}</title><meta name="date" content="2021-07-05"><meta name="tags" contents="свято, місто">'
                '<meta name="summary" content="Коротко"></head><body><p><b>Слова</b> <a href="{filename}n0.md">Далі</a></p></body></html>'
            )
        (folder / f"n{number}{ending}").write_text(text, "utf-8")
    others = {
        "a.rst": "",
        "B.RST": "",
        "c.adoc": "",
        "d.org": "",
        "x/e.xyz": "1",
        "notes.log": "1",
        "f.html": "<p>Без назви</p>",
    }
    for name, text in others.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    status, said, err = bring(site, old)
    found = {item.title: item for item in items(site) if item.title.startswith("Новина ")}

    assert (status, row(said, "новини"), row(said, "файли")) == (2, (14, 9, 0, 5), (1, 0, 0, 1))
    assert sorted(found) == [f"Новина {number}" for number in range(len(ENDINGS))]
    assert {item.tags for item in found.values()} == {("свято", "місто")}
    texts = [(site.content.parent / item.path).read_text("utf-8") for item in found.values()]
    assert all("filename" not in text and "](2021-07-05-n0.md)" in text for text in texts)
    assert all(f"{name}:1: " in err for name in ("a.rst", "B.RST", "c.adoc", "d.org", "x/e.xyz", "f.html"))
    assert "«notes.log» у корені теки: 1" in said
    assert all(f"«{name}» поза текою content: 1" in said for name in ("Makefile", "pelicanconf.py", "theme/"))


def test_fields_that_our_header_does_not_have_are_told(site, pelican):
    assert "поле «mastodon»: 1." in bring(site, pelican)[1]


def test_the_settings_file_of_the_earlier_site_is_never_run(site, pelican):
    (pelican / "pelicanconf.py").write_text(f"from pathlib import Path\nPath({str(pelican / 'slid')!r}).touch()\n")
    bring(site, pelican)

    assert not (pelican / "slid").exists()


# --- what can't be read ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("", "export.xml:1: файл порожній, зробіть експорт іще раз"),
        ("   \n", "export.xml:1: файл порожній, зробіть експорт іще раз"),
        ("<!DOCTYPE html><html><body>Увійдіть</body></html>", "export.xml:1: це вебсторінка (HTML), а не експорт і не стрічка, завантажте сам файл експорту .xml"),
        ("PK\x03\x04", "export.xml:1: це архів, розпакуйте його і вкажіть файл .xml із нього"),
        ("<?xml version='1.0'?>\n<sitemap/>", "export.xml:2: це не експорт WordPress і не стрічка RSS чи Atom, а «sitemap», вкажіть файл експорту .xml"),
        ("title;date\n", "export.xml:1: це не XML, вкажіть файл експорту .xml"),
        (export(*POSTS)[:-40], "export.xml:{last}: файл обривається, він завантажився не весь; зробіть експорт іще раз"),
        ('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + export(*POSTS)[39:], "export.xml:1: у файлі оголошено сутності XML, читати його небезпечно, зробіть експорт іще раз"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + export(*POSTS)[39:], "export.xml:1: у файлі оголошено сутності XML, читати його небезпечно, зробіть експорт іще раз"),
        ('<!DOCTYPE rss SYSTEM "http://x.example/x.dtd">\n<rss><channel><item><title>&nbsp;</title></item></channel></rss>', "export.xml:2: невідома сутність «&nbsp;», файл пошкоджено, зробіть експорт іще раз"),
        ("<rss><channel><item></channel></item></rss>", "export.xml:1: теги закрито не в тому порядку, файл пошкоджено, зробіть експорт іще раз"),
        (f"<rss><channel>{'<a>' * 300}{'</a>' * 300}</channel></rss>", "export.xml:1: теги вкладено неймовірно глибоко, зробіть експорт іще раз"),
    ],
)  # fmt: skip
def test_a_file_that_can_not_be_read_is_refused_whole_with_its_reason(site, old, raw, said):
    (old / "export.xml").write_text(raw, "utf-8", newline="\n")
    status, out, err = bring(site, old / "export.xml")

    assert (status, out, err) == (2, "", said.format(last=raw.count("\n") + 1) + ". Нічого не записано.\n")
    assert not site.content.exists()


def test_a_wrong_encoding_is_seen_through_where_it_can_be_and_refused_where_not(site, old):
    text = export(POSTS[0])
    (old / "a.xml").write_bytes(text.replace("UTF-8", "windows-1251", 1).encode("utf-8"))
    (old / "b.xml").write_bytes(text.replace("UTF-8", "windows-1251", 1).replace("’", "'").encode("cp1251"))
    (old / "c.xml").write_bytes(text.encode("cp1251"))
    (old / "d.xml").write_bytes(text.replace("UTF-8", "UTF-16", 1).encode("utf-16"))

    for name in ("a.xml", "b.xml", "d.xml"):
        shutil.rmtree(site.content, ignore_errors=True)
        assert bring(site, old / name)[0] == 0
        assert items(site)[0].title == "Рада: «звіт» – «Підсумки»"
    status, _, err = bring(site, old / "c.xml")
    assert (status, "не в тому кодуванні" in err) == (2, True)


def test_no_name_leads_out_of_the_uploads(site, old):
    (old / "wp-content/uploads").mkdir(parents=True)
    (old / "tayemnytsia.pdf").write_text("%PDF")
    (old / "wp-content/uploads/lyst.pdf").symlink_to(old / "tayemnytsia.pdf")
    names = (
        "../../tayemnytsia.pdf",
        "%2e%2e/%2e%2e/tayemnytsia.pdf",
        "lyst.pdf",
        "/etc/passwd",
        "..\\..\\tayemnytsia.pdf",
    )
    links = " ".join(f'<a href="{HOME}/wp-content/uploads/{name}">x</a>' for name in names)
    bring(site, exported(old, post(1, "Перша", links)))

    assert [name for name in contents(site) if "." in name and not name.endswith((".md", ".csv"))] == []


@pytest.mark.parametrize(
    ("value", "said"),
    [("", "не вказано FILE: файл експорту WordPress, стрічки RSS чи Atom або тека Pelican"),
     ("нема.xml", "нема.xml:1: файл не вдалося прочитати (його немає), перевірте FILE. Нічого не записано.")],
)  # fmt: skip
def test_a_missing_file_is_said(site, old, value, said):
    status, _, err = bring(site, old / value if value else "")

    assert (status, err.strip()) == (2, said)


def test_an_empty_folder_is_no_site(site, old):
    status, _, err = bring(site, old)

    assert (status, "у теці немає жодного файлу .md" in err) == (2, True)
    assert Path(old).is_dir()


# --- time zones ----------------------------------------------------------------------------------------------------


def feed_of(old, *moments):
    entries = (
        f"<item><title>Новина {number}</title><link>{HOME}/n{number}/</link><pubDate>{moment}</pubDate>"
        "<description>Текст</description></item>"
        for number, moment in enumerate(moments)
    )
    path = old / "feed.xml"
    path.write_text(f'<rss version="2.0"><channel><title>Старий</title>{"".join(entries)}</channel></rss>', "utf-8")
    return path


def test_a_feed_s_days_are_kyiv_s_whatever_names_its_zones_have(site, old):
    moments = ("30 Jun 2021 23:30:00 EEST", "30 Jun 2021 23:30:00 +03:00", "30 Jun 2021 23:30:00 +0300",
               "Thu, 31 Dec 2020 22:30:00 EET", "30 Jun 2021 23:30:00 GMT+3", "30 Jun 2021 23:30:00 Europe/Kyiv")  # fmt: skip
    status, _, err = bring(site, feed_of(old, *moments))
    found = {item.title: f"{item.when:%Y-%m-%d %H:%M}" for item in items(site) if item.title.startswith("Новина ")}
    winter, summer = "2020-12-31 22:30", "2021-06-30 23:30"

    assert (status, err) == (0, "")
    assert found == {f"Новина {number}": winter if number == 3 else summer for number in range(6)}


def test_a_zone_that_is_unknown_or_missing_refuses_the_item_alone_and_zone_brings_it(site, old):
    path = feed_of(old, "30 Jun 2021 23:30:00 XYZ", "30 Jun 2021 23:30:00", "30 Jun 2021 23:30:00 EEST")
    status, said, err = bring(site, path)

    assert (status, row(said, "новини")) == (2, (3, 1, 0, 2))
    assert "часовий пояс у даті «30 Jun 2021 23:30:00 XYZ» невідомий, напишіть, наприклад, Europe/Kyiv" in err
    assert "у часі «30 Jun 2021 23:30:00» немає часового поясу, вкажіть його в ZONE=…: ZONE=Europe/Kyiv" in err

    status, said, _ = bring(site, path, zone=KYIV)

    assert (status, row(said, "новини")) == (2, (3, 1, 1, 1))
    assert f"{next(item.when for item in items(site) if item.title == 'Новина 1'):%d %H:%M}" == "30 23:30"


@pytest.mark.parametrize(
    ("creator", "display", "name"),
    [("olena@rada.example", "olena@rada.example", ""), ("olena", "Олена Зразкова", "Олена Зразкова"), ("admin", "admin", ""), ("olena", "Олена (olena@rada.example)", "Олена"),
     ("olena", "Олена, 050 123 45 67", "Олена"), ("Olena", "Olena", ""), ("Olena", "olena", ""), ("Olena", "", ""), ("Olena.Z", "Olena.Z", ""), ("Olena", "Olena Zrazkova", "Olena Zrazkova"),
     ("olena", "@olena_z", ""), ("olena", "https://t.me/olena", ""), ("olena", "Школа № 12345", "Школа № 12345"),
     ("Олена", "Олена", "Олена"), ("olena", "Закон 2145-19", "Закон 2145-19"), ("olena", "Олена (050 123 45 67)", "Олена")],
)  # fmt: skip
def test_of_an_author_the_name_alone_comes(site, old, creator, display, name):
    author = f"<wp:author><wp:author_login>{creator}</wp:author_login><wp:author_display_name>{display}</wp:author_display_name></wp:author>"
    text = export(post(1, "Назва", "Текст")).replace("redaktor", creator).replace("<item>", f"{author}<item>", 1)
    (old / "export.xml").write_text(text, "utf-8")
    said = bring(site, old / "export.xml")[1]

    assert [one.author for one in items(site)] == [name]
    assert ("логін замість імені" in said) == ((display or creator) != name)


@pytest.mark.parametrize(
    ("element", "name", "is_lost"),
    [
        ("<author>olena@rada.example (Олена Зразкова)</author>", "Олена Зразкова", True), ("<author>olena@rada.example</author>", "", True),
        ("<author>mailto:olena@rada.example</author>", "", True), ("<author>Олена &amp;amp;lt;olena@rada.example&amp;amp;gt;</author>", "Олена", True),
        ("<author>noreply@blogger.com (Unknown)</author>", "", True), ("<author>https://t.me/olena</author>", "", True), ("<author>Відділ, школа № 12345</author>", "Відділ, школа № 12345", False),
        ("<author>Рада &amp;amp;amp; відділ</author>", "Рада & відділ", False),
    ],
)  # fmt: skip
def test_of_a_feed_s_author_the_name_alone_comes(site, old, element, name, is_lost):
    feed = f'<rss version="2.0"><channel><title>Старий</title><item><title>Назва</title><link>https://old.example/a/</link><pubDate>Mon, 05 Jul 2021 09:30:00 +0300</pubDate>{element}<description>Текст</description></item></channel></rss>'  # fmt: skip
    (old / "feed.xml").write_text(feed, "utf-8")
    said = bring(site, old / "feed.xml")[1]

    assert [one.author for one in items(site)] == [name]
    assert ("логін замість імені" in said) == is_lost


def test_authors_of_feeds_and_folders_come_by_name(site, old):
    feed = '<rss version="2.0"><channel><title>Старий</title><item><title>Назва</title><link>https://old.example/a/</link><pubDate>Mon, 05 Jul 2021 09:30:00 +0300</pubDate><author>olena@rada.example (Олена Зразкова)</author><description>Текст</description></item></channel></rss>'  # fmt: skip
    (old / "feed.xml").write_text(feed, "utf-8")
    bring(site, old / "feed.xml")
    folder = old / "тека"
    folder.mkdir()
    (folder / "x.md").write_text("Title: Інша\nDate: 2021-07-06\nAuthor: petro@rada.example\n\nТекст\n", "utf-8")
    bring(site, folder)

    assert {one.title: one.author for one in items(site)} == {"Назва": "Олена Зразкова", "Інша": ""}
