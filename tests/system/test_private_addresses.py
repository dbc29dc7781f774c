"""Addresses that work for their author alone, wherever they are written: said at once, mended where one is right."""

import pytest

from hromada.commands import dispatch as commands

HERE = "http://localhost:8000/news/a/"
WRAPPED = "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%3Bb&h=AT"
ACCOUNTS = '[[account]]\nid = "rada"\nname = "Рада"\nnetworks = ["facebook"]\ngroup = "main"\n'


def said(site):
    status, out, err = site.run(commands.check, everything=True)
    lines = (out + err).splitlines()
    return status, [
        line.partition(": ")[0] + (" warning" if "попередження" in line else "")
        for line in lines
        if "[link-private]" in line
    ]


@pytest.mark.parametrize(
    ("state", "status", "mark"),
    [("", 2, ""), ("status: чернетка\n", 0, " warning"), ("status: приховано\n", 2, "")],
)
def test_a_text_and_its_header_are_looked_at_and_a_draft_is_warned_of(site, state, status, mark):
    site.write("news/x.md", f"title: Назва\ndate: 2021-07-05\nsource: {HERE}\n{state}\n[тут]({HERE}) {WRAPPED}\n")
    last = 6 if state else 5

    assert said(site) == (
        status,
        [f"content/news/x.md:3{mark}", f"content/news/x.md:{last}{mark}", f"content/news/x.md:{last}{mark}"],
    )


@pytest.mark.parametrize("name", ["news/x.md", "pages/x.md", "units/viddil/index.md", "reports/2021-h1.md"])
def test_every_kind_of_text_is_looked_at(site, name):
    period = "period: 2021-H1\n" if name.startswith("reports") else ""
    site.write(name, f"title: Назва\n{period}date: 2021-07-05\nsource: {HERE}\n\n[тут]({HERE})\n")

    assert said(site) == (2, [f"content/{name}:{4 if period else 3}", f"content/{name}:{6 if period else 5}"])


def test_what_is_not_due_yet_is_looked_at_today(site):
    site.write("news/x.md", f"title: Назва\ndate: 2022-01-20\n\n[тут]({HERE})\n")

    assert said(site) == (2, ["content/news/x.md:4"])


def test_a_draft_of_a_report_is_warned_of(site):
    site.write("reports/2021-h1.md", f"title: Назва\nperiod: 2021-H1\nstatus: чернетка\n\n[тут]({HERE})\n")

    assert said(site) == (0, ["content/reports/2021-h1.md:5 warning"])


def test_a_wrapped_address_is_mended_in_texts_headers_tables_and_old_addresses(site):
    site.write("news/x.md", f"title: Назва\ndate: 2021-07-05\nsource: {WRAPPED}\n\n[тут]({WRAPPED})\n")
    site.write("registers/accounts.toml", ACCOUNTS)
    site.write(
        "registers/social/a.csv", f'\ufeffДата;Сторінка;Посилання;Назва\n05.07.2021;"Рада";{WRAPPED};"КП ""Зевс"""\n'
    )
    before = said(site)
    status, out, _ = site.run(commands.fix)

    assert before == (2, ["content/news/x.md:3", "content/news/x.md:5", "content/registers/social/a.csv:2"])
    assert status == 0
    assert "content/registers/social/a.csv: обгорнуті посилання – 1\u00a0рядок" in out
    assert (site.content / "news/x.md").read_text("utf-8").count("https://example.org/a;b") == 2
    assert (site.content / "registers/social/a.csv").read_bytes() == (
        '\ufeffДата;Сторінка;Посилання;Назва\n05.07.2021;"Рада";https://example.org/a%3Bb;"КП ""Зевс"""\n'.encode()
    )
    assert said(site) == (0, [])
