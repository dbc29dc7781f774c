"""A file of data that is offered for download must not carry both versions of a merge."""

import pytest

from hromada.commands import dispatch as commands

MERGE = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> pravky\n"


def said(site):
    out = site.run(commands.check, everything=True)[1]
    return [line.partition(": ")[0] for line in out.splitlines() if line.endswith("[merge-conflict]")]


@pytest.mark.parametrize(
    "name", ["files/a.txt", "files/a.csv", "files/a.json", "files/a.geojson", "files/deep/A.TXT", "news/a.csv"]
)
@pytest.mark.parametrize(
    "text",
    [
        MERGE,
        MERGE.replace("\n", "\r\n"),
        MERGE.replace("HEAD\n", "HEAD;;\n").replace("pravky\n", "pravky;;\n"),
        MERGE.replace("<" * 7, "<" * 9).replace("=" * 7, "=" * 9).replace(">" * 7, ">" * 9),
    ],
)
def test_an_unfinished_merge_is_refused_with_its_line(site, name, text):
    site.write(name, text)

    assert said(site) == [f"content/{name}:2"]


@pytest.mark.parametrize(
    "text",
    [
        "a\n>>>>>>> b\n",
        "a <<<<<<< HEAD\n>>>>>>> b\n",
        "<<<<<<<<<< a\n>>>>>>>>>> b\n",
        "a\n<<<<<<<<<\n=========\n>>>>>>>>>\n",
        "",
        "<<<<<<< a\nb\n",
    ],
)
def test_lines_of_such_signs_alone_are_data(site, text):
    site.write("files/a.txt", text)

    assert said(site) == []
