"""The golden site as it is built passes the verification; changed in any way that matters it is refused, and it is said why."""

import io
import shutil

import pytest
from PIL import Image

from hromada.publish import verification, verified_files
from hromada.publish.verification import Leak
from tests.conftest import ROOT
from tests.verifying import GOLDEN, output_faults

PAGE, FEED, SITEMAP = "news/ostannii-2021-12-31/index.html", "news/feed.atom", "sitemap.xml"
MACHINE, EDITOR = "/home/redaktor/sait", "redaktor@zrazkova.example"
DRAFT = "content/news/chernetka.md"
PHRASE = "Рада готує рішення про яке ще ніхто не знає"
LATER = f'<main class="main wrap" id="main" tabindex="-1">{"{}"}'


@pytest.fixture
def output(tmp_path):
    return shutil.copytree(ROOT / "tests/sites/golden/expected", tmp_path / "output")


@pytest.fixture
def faults(output, tmp_path):
    """The messages after each of the changes."""

    def after(*changes, **rules):
        for name, old, new in changes:
            path = output / name
            text = path.read_text("utf-8")
            assert old in text, f"{name} has nothing to change"
            path.write_text(text.replace(old, new, 1), "utf-8", newline="")
        rules = {"paths": (MACHINE,), "phrases": {PHRASE: DRAFT}, "editors": lambda: {EDITOR}} | rules
        return output_faults(output, GOLDEN, cache=tmp_path / "cache", **rules)

    return after


def in_main(html):
    """A piece of HTML at the begin of the page's text."""
    return PAGE, "</main>", f"{html}</main>"


def photo():
    image = Image.new("RGB", (30, 20))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Canon", "EOS"
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif)
    return file.getvalue()


def test_the_site_as_it_is_built_passes(faults):
    assert faults() == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (in_main('<a href="/sait/nema/">x</a>'), "посилання в нікуди: /sait/nema/"),
        (in_main('<a href="/inshe/">x</a>'), "посилання в нікуди: /inshe/"),
        (in_main('<a href="../nema.pdf">x</a>'), "посилання в нікуди: /sait/news/nema.pdf"),
        (in_main('<a href="#nema">x</a>'), "посилання на якір «nema», якого немає на сторінці /sait/news/ostannii-2021-12-31/"),
        (in_main('<a href="/sait/#nema">x</a>'), "посилання на якір «nema», якого немає на сторінці /sait/"),
        (in_main(f'<a href="{GOLDEN}/nema/">x</a>'), "посилання в нікуди: /sait/nema/"),
        (in_main('<img src="/sait/images/nema.webp" alt="">'), "посилання в нікуди: /sait/images/nema.webp"),
        (in_main('<img srcset="/sait/ 1x, /sait/nema-2x.webp 2x" alt="">'), "посилання в нікуди: /sait/nema-2x.webp"),
        (in_main('<video poster="/sait/nema.jpg"></video>'), "посилання в нікуди: /sait/nema.jpg"),
        (in_main('<svg><use href="/sait/nema.svg#x"></use></svg>'), "посилання в нікуди: /sait/nema.svg"),
        (in_main('<img src="https://chuzhe.example/x.png" alt="">'), "завантажує з іншого сайту https://chuzhe.example/x.png"),
        ((PAGE, '<link rel="canonical" href="', '<link rel="canonical" href="https://zrazkova.example/sait/x/'), "посилання в нікуди: /sait/x/https://"),
        ((PAGE, '<meta property="og:image" content="https://zrazkova.example/sait/images/', '<meta property="og:image" content="https://zrazkova.example/sait/images/x'), "посилання в нікуди: /sait/images/x"),
        (in_main('<p id="main">x</p>'), "якір «main» на сторінці не один"),
        (in_main("<p>x"), "</main> не закриває відкритого тега"),
        (in_main("<b><i>x</b></i>"), "</b> не закриває відкритого тега"),
        (in_main("<p><div>x</div></p>"), "розмітка така, що браузер перебудує її"),
        (in_main("<table>x<tr><td>y</td></tr></table>"), "розмітка така, що браузер перебудує її"),
        (in_main('<a href="/sait/">x<a href="/sait/">y</a></a>'), "розмітка така, що браузер перебудує її"),
        (in_main("<p>x &nema; y</p>"), "невідомий знак «&nema;»"),
        (in_main("<p>x &nbsp y</p>"), "невідомий знак «&nbsp»"),
        (in_main("<p>x &#55296; y</p>"), "невідомий знак «&#55296;»"),
        (in_main("<p>1 < 2</p>"), "знак < поза тегом, або тег не закінчено"),
        (in_main('<p title="x" title="y">z</p>'), "атрибут повторено"),
        (in_main('<p title="x"lang="uk">z</p>'), "незрозумілий тег"),
        (in_main("<p>x\x01</p>"), "недозволений знак U+0001"),
        (in_main("<script>alert(1)</script>"), "сценарій у самій сторінці"),
        (in_main('<p onclick="x()">x</p>'), "сценарій у самій сторінці (onclick)"),
        (in_main('<p style="color:red">x</p>'), "оформлення в самій сторінці (style)"),
        (in_main('<script type="application/ld+json">{"@context": "https://schema.org",}</script>'), "це не JSON"),
        (in_main('<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Event"}</script>'), "у JSON-LD типу Event немає name"),
        (in_main(f'<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "Thing", "url": "{GOLDEN}/nema/"}}</script>'), "посилання в нікуди: /sait/nema/"),
        ((PAGE, "<!doctype html>", ""), "сторінка не починається з <!doctype html>"),
        ((PAGE, "Content-Security-Policy", "X-Policy"), "немає правил безпеки (Content-Security-Policy)"),
        ((PAGE, "default-src 'none'", "default-src 'self'"), "правила безпеки не починаються із заборони всього"),
        ((PAGE, "script-src 'self'", "script-src 'unsafe-inline'"), "правила безпеки дозволяють небезпечне"),
        (in_main(f"<p>{MACHINE}/x.py</p>"), f"шлях цього комп’ютера «{MACHINE}»"),
        (in_main(f"<p>{EDITOR.upper()}</p>"), f"адреса пошти редактора {EDITOR.upper()}"),
        (in_main("<p>Рада готує рішення,\nпро яке ще ніхто не знає.</p>"), f"слова неопублікованого матеріалу {DRAFT}: «{PHRASE}»"),
        ((FEED, "<author>", "<author><!--"), "це не XML"),
        ((FEED, "<author><name>Зразкова адміністрація</name></author>", ""), "у стрічки немає автора (author)"),
        ((FEED, "<updated>2", "<updated>x2"), "updated стрічки не за RFC 3339"),
        ((FEED, ' rel="self"', ""), 'стрічка не каже своєї адреси (link rel="self")'),
        ((FEED, "<id>https://zrazkova.example/sait/news/feed.atom</id>", ""), "має бути один id стрічки, а їх 0"),
        ((FEED, "<id>https://zrazkova.example/sait/news/feed.atom</id>", "<id> </id>"), "порожній id стрічки"),
        ((FEED, '<link rel="alternate" type="text/html" href="https://zrazkova.example/sait/', '<link rel="alternate" type="text/html" href="https://zrazkova.example/sait/x/'), "посилання в нікуди: /sait/x/news/"),
        ((FEED, "&lt;p&gt;", "&lt;p&gt;&lt;b&gt;"), "у тексті запису не закрито тег"),
        ((SITEMAP, "<loc>https://zrazkova.example/sait/", "<loc>https://zrazkova.example/sait/x/"), "посилання в нікуди: /sait/x/"),
        ((SITEMAP, "<loc>https://zrazkova.example/", "<loc>https://inshe.example/"), "у карті сайту не його адреса: «https://inshe.example/sait/"),
        ((SITEMAP, "<lastmod>2", "<lastmod>13.2"), "дата в карті сайту: «13.2"),
        (("robots.txt", "/sait/sitemap.xml", "/sait/map.xml"), "посилання в нікуди: /sait/map.xml"),
        (("reports/2021-07/report.json", "{", "{,"), "це не JSON"),
        (("reports/2021-07/datapackage.json", '"path": "items.csv"', '"path": "rows.csv"'), "посилання в нікуди: /sait/reports/2021-07/rows.csv"),
        (("reports/2021-07/datapackage.json", '"resources"', '"files"'), "у пакета даних немає ресурсів (resources)"),
    ],
)  # fmt: skip
def test_a_changed_site_is_refused_with_the_reason(faults, change, message):
    said = faults(change)

    assert any(message in line for line in said), said
    assert all(line.startswith((change[0], "news/", "index.html")) for line in said)


def test_what_is_not_the_site_s_fault_passes(faults):
    assert (
        faults(
            in_main(
                '<a href="https://inshe.example/nema/#x">1</a><a href="mailto:rada@inshe.example">2</a><a href="#top">3</a>'
                '<a href="?x=1#main">4</a><a href="/sait/?a=1&amp;b=2">5</a><a href="tel:+380">6</a><p>A &amp; B & C &#8217; \xa0</p><!-- x -->'
                '<pre>\nx</pre><svg viewBox="0 0 1 1"><path d="M0"/></svg>'
            )
        )
        == []
    )


def test_a_photo_with_a_camera_s_name_is_refused(faults, output):
    (output / "images/a.jpg").write_bytes(photo())

    assert faults() == ["images/a.jpg: у світлині названо: Canon EOS"]


def test_a_missing_file_is_one_fault_however_many_pages_refer_to_it(faults, output):
    next((output / "theme/css").glob("site.*.css")).unlink()
    (said,) = faults()

    assert "посилання в нікуди: /sait/theme/css/site." in said
    pages = sum("theme/css/site." in path.read_text("utf-8") for path in output.rglob("*.html"))
    assert said.endswith(f"; так само ще в {pages - 1}\xa0файлах")


def test_twenty_faults_are_shown_and_the_others_counted(faults):
    said = faults(in_main("".join(f'<a href="/sait/nema-{n}/">x</a>' for n in range(23))))

    assert len(said) == 21
    assert "і ще 3\xa0помилки у побудованому сайті" in said


def test_the_source_of_a_page_is_named(faults):
    (said,) = faults(in_main('<a href="/sait/nema/">x</a>'), sources={PAGE: "content/news/ostannii.md"})

    assert said == f"{PAGE} (content/news/ostannii.md): посилання в нікуди: /sait/nema/"


def test_words_that_a_published_source_has_too_are_no_leak(faults):
    seen = []

    def allowed(leaks):
        seen.extend(leaks)
        return leaks

    assert faults(in_main(f"<p>{PHRASE} {EDITOR}</p>"), allowed=allowed) == []
    assert set(seen) == {Leak(PHRASE, PAGE), Leak(EDITOR, PAGE)}


def test_a_hidden_page_has_its_own_words(faults):
    change = in_main(f"<p>{PHRASE}</p>")

    assert faults(change, own_pages={DRAFT: {PAGE}}) == []
    assert len(faults(own_pages={DRAFT: {"index.html"}}, phrases={PHRASE + " і": DRAFT, PHRASE: DRAFT})) == 0
    assert len(faults((FEED, "<title>", f"<title>{PHRASE} "), own_pages={DRAFT: {PAGE}})) == 1


# --- what is remembered -----------------------------------------------------------------------------------------


@pytest.fixture
def read(monkeypatch):
    """The names of the files that are read."""
    names = []
    whole = verification.RegularFile.read
    monkeypatch.setattr(verification.RegularFile, "read", lambda file: names.append(file.name) or whole(file))
    return names


def read_by(read, work):
    """The files that the verification reads; for the digests they are opened in another way."""
    read.clear()
    work()
    return sorted(set(read))


def test_only_files_with_new_bytes_are_read(faults, output, read):
    everything = read_by(read, faults)

    assert len(everything) == sum(path.is_file() for path in output.rglob("*"))
    assert read_by(read, faults) == []
    assert read_by(read, lambda: faults(in_main("<p>x</p>"))) == [PAGE]


def test_a_vanished_page_or_anchor_breaks_pages_that_nobody_read_again(faults, read):
    assert (
        faults(in_main('<a href="/sait/pro-nas/#x">x</a>'), ("pro-nas/index.html", "</main>", '<p id="x">x</p></main>'))
        == []
    )
    said = []

    assert read_by(read, lambda: said.extend(faults(("pro-nas/index.html", ' id="x"', "")))) == ["pro-nas/index.html"]
    assert said == [f"{PAGE}: посилання на якір «x», якого немає на сторінці /sait/pro-nas/"]


def test_a_fault_is_said_again_though_it_is_remembered(faults, read):
    first = faults(in_main("<p>x"))
    again = []

    assert read_by(read, lambda: again.extend(faults())) == []
    assert first == again != []


def test_a_new_phrase_is_searched_for_in_every_text_and_an_old_one_in_new_texts(faults, read, output):
    faults()
    texts = [
        path
        for path in output.rglob("*")
        if path.suffix in {".html", ".atom", ".xml", ".json", ".txt", ".csv", ".css", ".js", ".svg", ".ics"}
    ]
    phrases = {PHRASE: DRAFT, "зовсім нові слова яких ще ніде не було": DRAFT}

    assert len(read_by(read, lambda: faults(phrases=phrases))) == len(texts)
    assert read_by(read, lambda: faults(phrases=phrases)) == []


def test_a_leak_is_said_until_it_is_gone(faults):
    first = faults(in_main(f"<p>{PHRASE}</p>"))

    assert first == faults() != []
    assert faults((PAGE, PHRASE, "")) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw.replace(b"nema", b"news"),
        lambda raw: b"x" * len(raw),
    ],
)
def test_a_damaged_memory_costs_a_verification_and_hides_nothing(faults, tmp_path, damage):
    first = faults(in_main('<a href="/sait/nema/">x</a>'))
    store = tmp_path / "cache" / verified_files.STORE
    store.write_bytes(damage(store.read_bytes()))

    assert faults() == first != []


def test_another_address_of_the_site_is_verified_anew(faults, output, tmp_path):
    assert faults() == []
    assert output_faults(output, "https://inshe.example/sait", cache=tmp_path / "cache") != []
    assert faults() == []
