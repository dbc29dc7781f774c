"""The link to the editor on the site's own pages: only where the settings ask for it, and nothing else is other."""

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.long
LINK = '<li><a class="foot__link" href="{}" rel="nofollow">Відредагувати цю сторінку</a></li>\n'
GOLDEN = ROOT / "tests/sites/golden/conf.py"


def with_settings(site, more):
    """A file of the golden site's settings and these."""
    file = site.content.parent / "conf.py"
    path = GOLDEN.read_text("utf-8").replace("__file__", repr(str(GOLDEN)))
    file.write_text(f"{path}\nHROMADA = {{**HROMADA, **{more!r}}}\n", "utf-8")
    return str(file)


def test_pages_of_items_link_to_their_forms_and_are_otherwise_what_they_were(golden, built_golden):
    settings = {"edit_link": True, "repository": "https://github.com/hromada/sait/blob/main"}
    status, _, said = golden.html(settings_file=with_settings(golden, settings))
    assert status == 0, said
    before, linked = built_golden.files(), 0
    for name, data in golden.files().items():
        if not name.endswith(".html") or name.startswith("admin/") or name not in before:
            continue
        lines = [line for line in data.decode().splitlines(keepends=True) if "Відредагувати цю сторінку" in line]
        linked += len(lines)
        assert data.decode().replace("".join(lines), "") == before[name].decode(), name
    page = golden.files()["news/0123-2021-07-05/index.html"].decode()
    assert LINK.format("/sait/admin/#/collections/news/entries/2021/drugyi") in page
    assert linked > 10


@pytest.mark.parametrize(
    "settings", [{"edit_link": True}, {"edit_link": True, "repository": "https://host.example/files"}]
)
def test_without_an_editor_no_page_links_to_one(golden, settings):
    status, _, said = golden.html(settings_file=with_settings(golden, settings))

    assert status == 0, said
    assert not [name for name, data in golden.files().items() if "Відредагувати".encode() in data]
