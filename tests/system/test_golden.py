"""The invented council, built by the real Pelican, compared byte for byte; rewritten only by `make update-golden`."""

import json
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from hromada.build import rendering
from hromada.build.manifest import BuildManifest
from hromada.console.options import Options
from hromada.domain.file_types import is_published_type, suffix_of
from tests.conftest import ROOT

EXPECTED = ROOT / "tests/sites/golden/expected"
# Packed by libraries whose next version may pack otherwise, and the sums of those; their content has tests of its own.
_PACKED = (".webp", ".pdf", ".docx", ".xlsx", "datapackage.json")
REPORT = "reports/2021-h2/report.json"


def expected():
    return {path.relative_to(EXPECTED).as_posix(): path.read_bytes() for path in EXPECTED.rglob("*") if path.is_file()}


@pytest.fixture
def golden(site):
    """The whole site, with its signed reports."""
    shutil.copytree(ROOT / "tests/sites/golden/content", site.content)
    return site


def test_the_golden_site_is_built_as_it_was_agreed(built_signed_golden):
    built, agreed = built_signed_golden.files(), expected()

    assert sorted(built) == sorted(agreed)
    differing = [name for name in built if built[name] != agreed[name] and not name.endswith(_PACKED)]
    assert differing == []


def test_each_file_of_the_golden_site_may_be_published():
    """The golden site has pages of every kind: a new kind of file that the publication would refuse is seen here."""
    agreed = expected()

    assert {".html", ".atom", ".ics"} <= {suffix_of(name) for name in agreed}
    assert [name for name in agreed if not is_published_type(name)] == []


@pytest.mark.parametrize(("period", "version"), [("2021-07", 1), ("2021-09", 2)])
def test_a_report_signed_by_the_rules_of_any_version_stays_approved(period, version):
    """Nobody touched its entries: an update of the program that calls it changed would have to be a new version of the rules."""
    signed = json.loads((ROOT / f"tests/sites/golden/content/reports/approved/{period}.json").read_bytes())
    shown = json.loads((EXPECTED / f"reports/{period}/report.json").read_bytes())

    assert [one.get("digest-version", 1) for one in signed["versions"]] == [version]
    assert shown["status"] == "approved"


def test_two_moments_between_which_nothing_falls_due_give_the_same_bytes(golden):
    golden.html(today="2022-01-15")
    first = golden.files()
    golden.output = golden.folder / "інша тека"
    golden.html(today="2022-01-20")  # the last day of what expires next

    assert golden.files() == first


def test_a_scheduled_item_appears_on_its_day(golden):
    golden.html(today="2022-01-31")
    before = golden.files()
    golden.html(today="2022-02-01")

    assert set(golden.files()) - set(before) >= {"news/zaplanovano-2022-02-01/index.html"}


def test_the_second_run_does_nothing(golden):
    golden.html()
    times = {path: path.stat().st_mtime_ns for path in golden.output.rglob("*")}
    status, said, _ = golden.html()

    assert (status, said.startswith("Нічого не змінилося")) == (0, True)
    assert {path: path.stat().st_mtime_ns for path in golden.output.rglob("*")} == times


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("news/2021/drugyi.md", "раз", "два"),
        ("registers/social/2021.csv", "Третій", "Інший"),
        ("reports/2021-h2.md", "Рубрика", "Розділ"),
        ("registers/accounts.toml", "округ", "округи"),
        ("files/plan.csv", "1;2", "1;3"),
    ],
)
def test_a_changed_item_row_text_or_document_is_never_missed(golden, name, old, new):
    golden.html()
    path = golden.content / name
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
    if name.endswith("accounts.toml"):
        register = golden.content / "registers/social/2021.csv"
        register.write_bytes(register.read_bytes().replace("округ".encode(), "округи".encode()))
    status, said, _ = golden.html()

    assert (status, "оновлено" in said) == (0, True)


def test_a_spoiled_output_is_mended(golden):
    golden.html()
    whole = golden.files()
    (golden.output / "index.html").write_text("x")
    (golden.output / "robots.txt").unlink()
    golden.html()

    assert golden.files() == whole


def test_pages_without_a_source_go_and_strangers_stay(golden):
    golden.html()
    (golden.output / "чуже.txt").write_text("не наше")
    (golden.content / "news/2021/2021-07-01-pershyi-den.md").unlink()
    (golden.content / "units/okruh/2021-07-10-povidomlennia-1.md").unlink()
    status, _, _ = golden.html()

    assert status == 0
    assert "чуже.txt" in golden.files()
    assert not (golden.output / "news/pershyi-den-2021-07-01").exists()


def test_refused_content_leaves_the_last_good_site(golden):
    golden.html()
    before = golden.files()
    golden.write("news/2021/bez-daty.md", "title: Без дати\n\nТекст.\n")
    status, out, err = golden.html()

    assert (status, out) == (2, "")
    assert "content/news/2021/bez-daty.md:1: немає дати" in err
    assert golden.files() == before


def test_no_place_and_no_build_time_stands_in_the_output(built_signed_golden):
    text = b"".join(built_signed_golden.files().values())

    assert str(built_signed_golden.output.parent).encode() not in text
    assert str(Path(ROOT)).encode() not in text
    assert f"{datetime.now():%Y-%m-%d}".encode() not in text


def test_a_page_of_a_killed_build_is_not_left_behind(golden, monkeypatch):
    golden.html()
    golden.write("news/2021/2021-09-09-novyna.md", "title: Новина\ndate: 2021-09-09\n\nТекст.\n")

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(BuildManifest, "finish", killed)
        with pytest.raises(KeyboardInterrupt):
            golden.html()
    assert (golden.output / "news/novyna-2021-09-09/index.html").exists()
    (golden.content / "news/2021/2021-09-09-novyna.md").unlink()
    golden.html()

    assert sorted(golden.files()) == sorted(expected())


def test_the_same_photo_in_two_places_is_published_once(golden):
    golden.write("images/kopiia.png", (golden.content / "news/2021/foto.png").read_bytes())
    golden.write("news/2021/2021-09-09-nova.md", "title: Нова\ndate: 2021-09-09\n\n![Опис](/images/kopiia.png)\n")
    before = {name for name in expected() if name.endswith(".webp")}

    assert golden.html()[0] == 0
    assert {name for name in golden.files() if name.endswith(".webp")} == before


def test_a_theme_changed_and_put_back_while_a_build_draws_leaves_no_page_of_it(golden, monkeypatch):
    shutil.copytree(ROOT / "theme", golden.folder / "theme")
    monkeypatch.setattr(Options, "theme", golden.folder / "theme")
    base = golden.folder / "theme/templates/base.html"
    whole = base.read_text("utf-8")
    render = rendering._rendered

    def drawn_with_another(*arguments):
        base.write_text(whole.replace("<main", "Інша тема<main"), "utf-8")
        done = render(*arguments)
        base.write_text(whole, "utf-8")
        return done

    with monkeypatch.context() as patched:
        patched.setattr(rendering, "_rendered", drawn_with_another)
        golden.html()
    assert "Інша тема".encode() in golden.files()["index.html"]
    golden.html()

    assert "Інша тема".encode() not in golden.files()["index.html"]
    assert sorted(golden.files()) == sorted(expected())


def test_every_page_loads_the_styles_of_its_components():
    special = (ROOT / "theme/static/css/special.css").read_text("utf-8")
    names = "|".join(re.findall(r"components/([a-z-]+)\.css", special))
    has_one = re.compile(rf'class="(?:[^"]* )?(?:{names})(?:__|--|[ "])')
    pages = {path: path.read_text("utf-8") for path in (ROOT / "tests/sites/golden/expected").rglob("*.html")}

    assert any(has_one.search(text) for text in pages.values())
    assert [path for path, text in pages.items() if has_one.search(text) and "css/special." not in text] == []
