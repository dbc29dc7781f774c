"""Extreme files are answered in time and in bounded memory; what is too large for a broken site is made here."""

import os
import re
import subprocess
import sys

import pytest

from hromada.commands import dispatch as commands
from hromada.render.markdown import CpuTimeExceeded, cpu_time_limit
from tests.conftest import ROOT
from tests.system import extremes

FILE = "content/news/x.md:1: файл завеликий: {} МБ, можна до 1 МБ; поділіть його [file-too-large]"
TABLE = "content/registers/monitoring/a.csv:1: файл завеликий: {} МБ, можна до 20 МБ; поділіть його [file-too-large]"
TANGLED = "текст не вдасться прочитати: {}, перевірте розмітку або поділіть текст на менші [text-too-tangled]"
WORDS = {
    "text-of-50-mb": FILE.format("50,0"),
    "line-of-10-mb": FILE.format("10,0"),
    "value-of-10-mb": FILE.format("10,0"),
    "1000000-rows": TABLE.format("30,9"),
    "cell-of-50-mb": TABLE.format("50,0"),
    "cell-of-1-mb": "content/registers/monitoring/a.csv:2: клітинка довша за 131072 знаків: схоже, лапки не закрито, закрийте лапки або скоротіть клітинку [register-quotes]",
    "10000-lists": "content/news/x.md:4: списки чи цитати вкладено глибше за 30 рівнів, зменште відступи або приберіть зайві «>» [nesting-too-deep]",
    "10000-tags": "content/news/x.md:4: теги вкладено один в одного надто глибоко, закрийте їх або приберіть [nesting-too-deep]",
    "same-headings": f"content/news/x.md:4: {TANGLED.format('однакових заголовків понад 3000')}",
    "footnotes": f"content/news/x.md:4: {TANGLED.format('приміток понад 5000')}",
    "brackets": f"content/news/x.md:4: {TANGLED.format('незакриті квадратні дужки')}",
    "open-attributes": f"content/news/x.md:4: {TANGLED.format('незакриті «<»')}",
    "asterisks": f"content/news/x.md:4: {TANGLED.format('завеликий абзац')}",
    "wide-table": f"content/news/x.md:5: {TANGLED.format('завелика таблиця')}",
    "references": f"content/news/x.md:4: {TANGLED.format('задовге пояснення')}",
    "contents": f"content/news/x.md:4: {TANGLED.format('забагато змістів «[TOC]»')}",
    "toml-brackets": "content/registers/accounts.toml:1: запис TOML незрозумілий, перевірте лапки, дужки та знак «=» [toml-syntax]",
    "toml-dots": "content/reports/figures.toml:1: запис TOML незрозумілий, перевірте лапки, дужки та знак «=» [toml-syntax]",
}  # fmt: skip
LONG_HEADER = (
    "content/news/x.md:5001: заголовок задовгий: понад 5000 рядків, закрийте його рядком «---» [header-too-long]"
)


def checked(site, files):
    for name, text in files.items():
        site.write(name, text)
    status, said, _ = site.run(commands.check)
    return status, said.split("\n")


@pytest.mark.parametrize("name", WORDS)
def test_an_extreme_file_is_refused_with_its_reason(site, name):
    status, said = checked(site, extremes.EXTREMES[name]())

    assert (status, said[0]) == (2, WORDS[name])
    assert said[1].startswith("Знайдено 1\N{NO-BREAK SPACE}помилку")


def test_a_header_that_never_ends_is_refused_once(site):
    status, said = checked(
        site, {"news/x.md": "title: x\ndate: 2021-07-05\n" + "# x\n" * 3 + "".join(f"- {n}\n" for n in range(6000))}
    )

    assert status == 2
    assert LONG_HEADER in said


def test_a_gallery_of_a_thousand_photos_has_its_lines(site):
    status, said = checked(site, extremes.EXTREMES["gallery-of-1000"]())

    assert (status, said[0].split(":")[1]) == (2, "4")


@pytest.mark.parametrize("name", extremes.QUICK)
def test_an_extreme_file_ends_within_its_limits_of_time_and_memory(name):
    """In a process of its own: a fork of this one would start with all that the tests before it left in memory."""
    done = _run("tests.system.extremes", name)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(name)


@pytest.mark.parametrize(
    ("end", "times", "megabytes", "fault"),
    [
        ("built", 1, 1, ""),
        ("refused", extremes.TIMES, extremes.MEGABYTES, ""),
        ("hang", 1, 1, "hang"),
        ("traceback", extremes.TIMES + 1, 1, "traceback, over 120 times"),
        ("built", 1, extremes.MEGABYTES + 1, "over 600 MB"),
    ],
)
def test_what_is_over_its_limit_is_said(end, times, megabytes, fault):
    assert extremes.excess("brackets", end, times, megabytes) == fault


def test_limits_and_the_quick_ones_are_of_extremes_that_exist():
    assert {*extremes.LIMITS, *extremes.QUICK} <= set(extremes.EXTREMES)


def test_work_without_end_is_ended():
    with pytest.raises(CpuTimeExceeded):
        _work_for_ever()


@cpu_time_limit(0.05)
def _work_for_ever():
    while True:
        pass


def test_damaged_content_is_checked_and_built_without_a_traceback():
    """Always the same inputs; `make soak` has as many as one likes."""
    done = _run("tests.system.fuzz", "600", "1", "6")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "6 inputs: " in done.stdout


def _run(module, *arguments):
    command = [sys.executable, "-X", "utf8", "-m", module, *arguments]
    environ = os.environ | {"PYTHONPATH": f"{ROOT / 'plugins'}{os.pathsep}{ROOT}"}
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)


LARGEST_PAGE = 1_000_000  # bytes of HTML: 100 KB packed


def test_a_list_of_many_entries_is_cut_into_pages_that_lead_to_each_other(site):
    for name, text in extremes.many_rows(2_500).items():
        site.write(name, text)
    status, out, _ = site.html()
    pages = {name: raw for name, raw in site.files().items() if name.endswith(".html")}
    figure = "reports/2021-h2/monitoring/"
    months = [f"{figure}months/2021-{month:02d}/" for month in range(7, 13)]
    parts = {month: [name for name in pages if name.startswith(month)] for month in months}

    assert status == 0, out
    assert max(map(len, pages.values())) < LARGEST_PAGE
    assert sum(pages[name].count(b'class="entries__one"') for month in months for name in parts[month]) == 2_500
    assert b'class="entries__one"' not in pages[f"{figure}index.html"]
    assert all(f'href="/sait/{month}"' in pages[f"{figure}index.html"].decode() for month in months)
    for month, names in parts.items():
        whole = [f"{month}{part}index.html" for part in ("", *(f"page/{n}/" for n in range(2, len(names) + 1)))]
        assert len(names) > 2
        assert sorted(whole) == sorted(names)
        reached, ahead = set(), {whole[0]}
        while ahead:
            reached |= ahead
            texts = [pages[name].decode() for name in sorted(ahead)]
            links = {link for text in texts for link in re.findall(rf'href="/sait/({month}[^"#]*)["#]', text)}
            ahead = {f"{link}index.html" for link in links} - reached
        assert reached == set(whole)
        assert f"сторінка 2 з {len(names)}" in pages[whole[1]].decode()
        assert b'name="robots" content="noindex' in pages[whole[1]]
    assert b"/page/" not in site.files()["sitemap.xml"]
