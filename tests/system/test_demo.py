"""The sample archive: the volumes go in by the recipe and come out of the report; every change moves what it must."""

import json
import random
import re

import pytest

from hromada.commands import dispatch as commands
from hromada.demo.recipe import SOURCE_REPORT, Volumes, archive
from tests.conftest import ROOT, BuiltSite, build_golden
from tests.verifying import GOLDEN, output_faults


def put(site, volumes, seed=2021):
    for name, data in archive(volumes, seed):
        site.write(name, data)


def figures(site, period="2021-H2"):
    status, out, err = site.run(commands.figures, period=period, format="json")
    assert (status, err) == (0, "")
    report = json.loads(out)
    return {one["id"]: one["value"] for one in report["figures"]}, report


def of(volumes):
    return {
        "news": volumes.news,
        "unit-pages": volumes.unit_pages,
        "unit-messages": volumes.unit_messages,
        "social": volumes.social_main + volumes.social_other,
        "social-main": volumes.social_main,
        "social-other": volumes.social_other,
        "newspaper": volumes.newspaper,
    }


@pytest.fixture(scope="session")
def built_demo(shared):
    """The whole sample archive, built once for the tests that only read it."""

    def fill(content):
        for name, data in archive(SOURCE_REPORT):
            (content / name).parent.mkdir(parents=True, exist_ok=True)
            (content / name).write_bytes(data)

    return BuiltSite(shared.folder("demo", lambda folder: build_golden(folder, fill)))


@pytest.fixture
def demo(site):
    put(site, SOURCE_REPORT)
    return site


def test_the_report_shows_the_volumes_of_the_source_report(site, built_demo):
    page = (built_demo.output / "reports/2021-h2/index.html").read_text("utf-8")
    site.content = built_demo.content
    values, report = figures(site)
    shown = dict(re.findall(r'class="figures__number" href="[^"]*/reports/2021-h2/([a-z-]+)/"[^>]*>(\d+)<', page))

    assert [values[id] for id in of(SOURCE_REPORT)] == [631, 20, 46, 573, 381, 192, 34]
    assert shown == {"news": "631", "unit-pages": "20", "unit-messages": "46", "social": "573", "newspaper": "34"}
    assert "розміщено 631 публікацію" in page.replace("\u00a0", " ")
    assert report == json.loads((built_demo.output / "reports/2021-h2/report.json").read_text("utf-8"))


@pytest.mark.parametrize("seed", range(4))
def test_random_volumes_come_out_just_as_they_went_in(site, seed):
    chance = random.Random(seed)
    volumes = Volumes(*(chance.randint(0, 90) for _ in range(6)))
    put(site, volumes, seed)
    values, report = figures(site)

    assert {id: values[id] for id in of(volumes)} == of(volumes)
    assert report["reconciliation"]["counted"] == volumes.news + (volumes.unit_messages if volumes.unit_pages else 0)


def test_no_number_is_typed_in_the_reports_text():
    texts = [data.decode() for name, data in archive(SOURCE_REPORT) if name.startswith("reports/")]

    assert not [text for text in texts if re.search(r"\b(631|573|381|192|46|34|20)\b", text.split("\n---\n")[-1])]


def test_the_archive_is_the_same_on_every_call():
    assert list(archive(SOURCE_REPORT)) == list(archive(SOURCE_REPORT))


def test_a_scale_multiplies_the_archive():
    doubled = SOURCE_REPORT.times(2)

    assert (doubled.news, doubled.unit_pages, doubled.newspaper) == (1262, 20, 68)


def test_a_deleted_item_leaves_figure_list_and_reconciliation(site):
    demo = site
    put(demo, Volumes(90, 20, 46, 60, 30, 10))
    before, first = figures(demo)
    item = sorted((demo.content / "news/2021").glob("2021-10-*.md"))[0]
    item.unlink()
    linked = [path for path in (demo.content / "news").rglob("*.md") if item.name in path.read_text("utf-8")]
    for path in linked:
        path.write_text(path.read_text("utf-8").replace(f"({item.name})", "(/news/)"), "utf-8")
    after, second = figures(demo)

    assert after == before | {"news": before["news"] - 1}
    assert second["reconciliation"]["found"] == first["reconciliation"]["found"] - 1
    demo.html()
    rows = (demo.output / "reports/2021-h2/items.csv").read_text("utf-8-sig").split("\n")
    assert sum(row.startswith("news;") for row in rows) == after["news"]
    assert item.stem not in "".join(rows)


def test_a_message_moved_to_another_unit_moves_its_count(demo):
    before, first = figures(demo)
    source = next((demo.content / "units").glob("*/2021-1*.md"))
    old = source.parent.name
    new = "vykonavchyi-komitet" if old != "vykonavchyi-komitet" else "sok-zevs"
    source.rename(demo.content / "units" / new / source.name)
    after, second = figures(demo)

    def parts(report):
        figure = next(one for one in report["figures"] if one["id"] == "unit-messages")
        return {part["id"]: part["value"] for part in figure["parts"]}

    assert after == before
    assert second["reconciliation"] == first["reconciliation"]
    moved = {id: parts(second)[id] - value for id, value in parts(first).items() if parts(second)[id] != value}
    assert moved == {old: -1, new: 1}


def test_a_row_entered_twice_refuses_the_build(demo):
    path = demo.content / "registers/social/rada.csv"
    lines = path.read_bytes().split(b"\r\n")
    path.write_bytes(b"\r\n".join([*lines[:5], lines[4], *lines[5:]]))
    status, _, err = demo.html()

    assert status == 2
    assert "content/registers/social/rada.csv:6: ця публікація вже є: content/registers/social/rada.csv:5" in err
    assert not demo.output.exists()


def test_the_whole_archive_passes_the_verification(built_demo):
    assert output_faults(built_demo.output, GOLDEN) == []


def test_the_numbers_stand_only_in_the_recipe():
    sources = [path for path in (ROOT / "plugins/hromada").rglob("*.py") if path.name != "recipe.py"]

    assert not [path for path in sources if re.search(r"\b(573|381|192)\b", path.read_text("utf-8").split('"""')[-1])]
