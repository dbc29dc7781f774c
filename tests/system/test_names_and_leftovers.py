"""Names that Windows can't have, and what systems leave in the folders of people."""

import json
import zipfile

import pytest

from hromada.commands import dispatch as commands
from hromada.importers.export_archive import Export
from hromada.importers.site_source import files_under

NEWS = "title: {}\ndate: 2022-01-15\n\nТекст.\n"
LEFTOVERS = (
    "._{}",
    ".#{}",
    "~${}",
    ".~lock.{}#",
    ".fuse_hidden0001{}",
    ".nfs0001{}",
    ".goutputstream-{}",
    ".{}.swp",
    "{}~",
)


def test_names_that_windows_can_not_check_out_are_refused(site):
    for name in ("images/a:b.jpg", "files/План \"2022\".pdf", "news/2022/2022-01-15-що?.md", "news/2022/2022-01-15-10:30.md",
                 "units/відділ|1/index.md", "units/b /index.md", "registers/social/січень*.csv"):  # fmt: skip
        site.write(name, NEWS.format(name))
    out = site.run(commands.check, format="json")[1]
    found = [(one["path"], one["code"]) for one in json.loads(out) if one["level"] == "error"]

    assert sorted(found) == sorted((f"content/{name}", "file-name") for name in (
        "images/a:b.jpg", "files/План \"2022\".pdf", "news/2022/2022-01-15-що?.md", "news/2022/2022-01-15-10:30.md",
        "units/відділ|1/index.md", "units/b /index.md", "registers/social/січень*.csv"))  # fmt: skip


def test_leftovers_are_no_content_no_table_and_no_list(site):
    site.write("news/2022/2022-01-15-a.md", NEWS.format("А"))
    site.write("registers/requests/a.csv", "Дата;Канал;Кількість\n10.01.2022;пошта;3\n")
    for form in LEFTOVERS:
        site.write(f"news/2022/{form.format('2022-01-15-a.md')}", b"\0\5\x16\7\0")
        site.write(f"registers/requests/{form.format('a.csv')}", b"\0\5\x16\7\0")
        site.write(f"registers/{form.format('accounts.toml')}", b"\0\5\x16\7\0")
        site.write(f"files/{form.format('a.pdf')}", b"\0\5\x16\7\0")
    status, out, _ = site.run(commands.figures, period="2022-H1", format="json")

    assert status == 0
    assert {one["id"]: one["value"] for one in json.loads(out)["figures"]}["requests"] == 3


@pytest.mark.parametrize("is_archive", [False, True])
def test_leftovers_are_no_part_of_an_export(tmp_path, is_archive):
    folder = tmp_path / "export"
    names = ["posts.json", "__MACOSX/._posts.json", *(form.format("posts.json") for form in LEFTOVERS)]
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"{}")
    if is_archive:
        with zipfile.ZipFile(tmp_path / "export.zip", "w") as made:
            for name in names:
                made.write(folder / name, name)
    source = tmp_path / "export.zip" if is_archive else folder

    assert [file.name.rpartition("/")[2] for file in Export(source).files()] == ["posts.json"]


def test_leftovers_are_no_part_of_an_earlier_site(tmp_path):
    for name in ("a.md", "images/a.jpg", "__MACOSX/a.md", *(form.format("a.md") for form in LEFTOVERS)):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")

    assert sorted(files_under(tmp_path)[0]) == ["a.md", "images/a.jpg"]
