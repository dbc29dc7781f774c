"""The editors' handbook as pages of the site, and what it tells to write."""

import io
import re
import shutil
from html import unescape
from urllib.parse import unquote, urldefrag

import pytest
from PIL import Image

from hromada.commands import dispatch as commands
from hromada.content.handbook_files import Handbook
from hromada.domain.site_urls import HANDBOOK_PAGE
from tests.conftest import ROOT
from tests.verifying import output_faults

FOLDER = HANDBOOK_PAGE.strip("/")
HANDBOOK = Handbook(ROOT, "docs/редакторам")
ADDRESSES = [
    "", "pershyi-den/", "novyna/", "podiia/", "pidrozdil/", "posluha/", "shcho-mynulo/", "holovna/", "poshuk/", "zhurnaly/", "sotsmerezhi/", "zvit/", "perevirka/",
    "publikatsiia/", "opryliudnennia/", "kolyshnii-sait/", "terminal/", "svii-server/", "slovnyk/", "zauvazhennia/",
]  # fmt: skip
_EXAMPLE = re.compile(r"^`content/(?P<path>[^`]+)`:\n```\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def project(golden):
    """The golden content in a project whose handbook may be changed, built by the site's own settings."""
    root = golden.folder / "проєкт"
    (root / "docs").mkdir(parents=True)
    for name in ("редакторам", "img"):
        shutil.copytree(ROOT / "docs" / name, root / "docs" / name)
    for name in ("docs/зауваження.md", "docs/maintainers.md", "docs/hosting.md", "pelicanconf.py", "README.md"):
        shutil.copy(ROOT / name, root / name)
    for name in ("plugins", "theme", "requirements"):
        (root / name).symlink_to(ROOT / name)
    golden.places = {"root": root, "settings_file": "pelicanconf.py", "cache_name": str(golden.cache)}
    golden._remembering()
    return golden


def built(site):
    status, said, _ = site.html(**site.places)
    assert status == 0
    return said


def pages(site):
    found = sorted((site.output / FOLDER).rglob("index.html"))
    return {
        f"/{path.relative_to(site.output).as_posix().removesuffix('index.html')}": path.read_text("utf-8")
        for path in found
    }


def test_every_chapter_is_a_page_that_search_engines_pass_by(project):
    built(project)
    found = pages(project)

    chapters = [path for path in found if not re.search("zauvazhennia/.", path)]
    assert sorted(chapters) == sorted(f"{HANDBOOK_PAGE}{one}" for one in ADDRESSES)
    assert [path for path, text in found.items() if '<meta name="robots" content="noindex">' not in text] == []
    home = (project.output / "index.html").read_text("utf-8")
    assert re.search(rf'foot__link" href="{HANDBOOK_PAGE}">Редакторам<', home)
    others = [name for name in project.files() if name.endswith((".xml", ".atom", ".json", ".csv"))]
    assert [name for name in others if FOLDER.encode() in project.files()[name]] == []


def test_every_link_and_anchor_of_the_handbook_leads_somewhere(project):
    built(project)
    found = pages(project)
    anchors = {path: {unescape(one) for one in re.findall(r'\sid="([^"]+)"', text)} for path, text in found.items()}
    lost = []
    for path, text in found.items():
        for link in re.findall(r'<a [^>]*href="([^"]+)"', text):
            address, anchor = urldefrag(unquote(unescape(link)))
            target = address or path
            if anchor and target in anchors and anchor not in anchors[target]:
                lost.append((path, link))

    assert lost == []
    assert output_faults(project.output, "http://localhost:8000") == []
    assert "docs/" not in project.run(commands.check, **project.places)[1]


def test_every_code_of_the_check_has_its_anchor(project):
    built(project)
    codes = re.findall(r"^### `([a-z-]+)`$", HANDBOOK.texts["docs/зауваження.md"], re.MULTILINE)
    text = "".join(text for path, text in pages(project).items() if path.startswith(f"{HANDBOOK_PAGE}zauvazhennia/"))

    assert len(codes) > 150
    assert [code for code in codes if f'<h2 id="{code}">' not in text] == []


def test_a_long_chapter_is_an_index_with_a_page_for_each_subject(project):
    built(project)
    found = pages(project)
    index = found[f"{HANDBOOK_PAGE}zauvazhennia/"]

    assert max(map(len, found.values())) < 200_000
    assert f'href="{HANDBOOK_PAGE}zauvazhennia/daty-y-podii/#date-format"' in index
    assert 'data-filter=".prose tbody tr"' in index
    part = found[f"{HANDBOOK_PAGE}zauvazhennia/daty-y-podii/"]
    assert f'href="{HANDBOOK_PAGE}zauvazhennia/">Зауваження перевірки' in part
    check = found[f"{HANDBOOK_PAGE}perevirka/"] + found[f"{HANDBOOK_PAGE}opryliudnennia/"]
    assert re.search(rf'href="{HANDBOOK_PAGE}zauvazhennia/[a-z-]+/#[a-z-]+"', check)


def test_neighbours_follow_one_another_in_the_order_of_the_contents(project):
    built(project)
    found = pages(project)
    order, path = [], HANDBOOK_PAGE
    while path:
        order.append(path.removeprefix(HANDBOOK_PAGE))
        after = re.search(r'rel="next" href="([^"]+)"', found[path])
        path = after[1] if after else ""

    assert order == ADDRESSES


def changed_by(site, name, change):
    """The outputs that building once more after a change of a project's file writes."""
    built(site)
    before = {path: path.stat().st_mtime_ns for path in site.output.rglob("*") if path.is_file()}
    file = site.places["root"] / name
    file.write_bytes(change(file.read_bytes()))
    assert "оновлено" in built(site)
    return {path.relative_to(site.output).as_posix() for path in site.output.rglob("*") if path.is_file()
            and before.get(path) != path.stat().st_mtime_ns}  # fmt: skip


def test_an_edit_of_a_chapter_redraws_its_page_alone(project):
    changed = changed_by(project, "docs/редакторам/подія.md", lambda raw: raw + "\nДописано.\n".encode())

    assert changed == {f"{FOLDER}/podiia/index.html"}
    assert "Дописано." in pages(project)[f"{HANDBOOK_PAGE}podiia/"]
    assert built(project).startswith("Нічого не змінилося")


def test_another_picture_under_the_same_name_is_shown(project):
    other = io.BytesIO()
    Image.new("RGB", (1200, 500), "#204080").save(other, "WEBP")
    changed = changed_by(project, "docs/img/handbook-event.webp", lambda _: other.getvalue())

    assert {name for name in changed if name.endswith(".html")} == {f"{FOLDER}/podiia/index.html"}
    assert len([name for name in changed if name.startswith("images/")]) == 2


def test_a_fault_of_the_handbook_is_told_and_stops_no_editor(project):
    file = project.places["root"] / "docs/редакторам/подія.md"
    file.write_text("# Подія\n\n[а](нема.md) [б](новина.md#нема) ![Опис](../img/нема.webp)\n", "utf-8")
    status, said, _ = project.run(commands.check, everything=True, **project.places)
    told = re.findall(r"^docs/редакторам/подія\.md:3: попередження: .* \[([a-z-]+)\]$", said, re.MULTILINE)

    assert (status, sorted(told)) == (0, ["anchor-missing", "link-broken", "picture-missing"])
    built(project)


def test_a_link_to_another_document_leads_to_the_git_host_when_that_is_known(project):
    built(project)
    assert ">README" not in pages(project)[HANDBOOK_PAGE]
    settings_file = project.places["root"] / "pelicanconf.py"
    text = settings_file.read_text("utf-8")
    settings_file.write_text(text.replace('"repository": ""', '"repository": "https://git.example/h/s/src"'), "utf-8")
    built(project)

    assert '<a href="https://git.example/h/s/src/README.md">README</a>' in pages(project)[HANDBOOK_PAGE]


def test_a_project_without_the_folder_has_no_handbook(project):
    shutil.rmtree(project.places["root"] / "docs")
    built(project)

    assert pages(project) == {}
    assert FOLDER.encode() not in project.files()["index.html"]


def test_what_the_handbook_tells_to_write_passes_the_check(site):
    for text in HANDBOOK.texts.values():
        if text.startswith("# Зауваження"):  # its examples have tests of their own
            continue
        for example in _EXAMPLE.finditer(text):
            site.write(example["path"], example["text"])
    for name in ("zustrich.jpg", "druha.jpg", "tretia.jpg", "skhema.png"):
        format = "JPEG" if name.endswith("jpg") else "PNG"
        picture = io.BytesIO()
        Image.new("RGB", (64, 48), "#286e46").save(picture, format)
        site.write(f"news/2022/{name}", picture.getvalue())
    site.write("files/poriadok.pdf", b"%PDF-1.4\n")
    site.write("units/viddil-zhkh/index.md", "title: Відділ\n\nТекст.\n")
    status, said, _ = site.run(commands.check)

    assert (status, said) == (0, "Зауважень немає.\n")
