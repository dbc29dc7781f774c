import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.law_coverage import Claim
from hromada.reading.toml_config import read_law

PATH = "content/law.toml"


def problems(text):
    return [f"{one.line}: {one.message}, {one.fix} [{one.code}]" for one in read_law(PATH, text.encode())[1]]


def test_a_line_is_a_point_and_its_pages():
    claims, faults = read_law(PATH, b'acts = ["pages/a.md", "/b"]\n\nreports = "/reports/"\ndrafts = ""\n')

    assert faults == []
    assert claims == {
        "acts": Claim(("content/pages/a.md", "/b/"), line=1),
        "drafts": Claim(line=4),
        "reports": Claim(("/reports/",), line=3),
    }


def test_what_is_lacking_and_what_is_not_ours_are_tables_of_their_own():
    claims, faults = read_law(
        PATH, 'acts = "/a/"\n[partly]\nacts = "старих"\n[not-ours]\ndrafts = "нема ради"\n'.encode()
    )

    assert faults == []
    assert (claims["acts"].lacks, claims["drafts"].not_ours, claims["drafts"].line) == ("старих", "нема ради", 5)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("pages/a.md", "content/pages/a.md"),
        ("/pages/a.md", "content/pages/a.md"),
        ("content/pages/a.md", "content/pages/a.md"),
        ("./pages//a.md", "content/pages/a.md"),
        ("/a", "/a/"),
        ("/a/", "/a/"),
        (" units/x/ ", "/units/x/"),
        ("https://e.example/a.md", "https://e.example/a.md"),
        ("files/a.pdf", "content/files/a.pdf"),
    ],
)
def test_a_page_is_written_as_a_file_or_as_an_address(written, name):
    claims, _ = read_law(PATH, f'acts = "{written}"'.encode())

    assert claims["acts"].names == (name,)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('# x\nfinanses = "/a/"', "2: немає пункту «finanses», можливо, «finances»? [law-point-unknown]"),
        ("[not-ours]\nact = \"ні\"", "2: немає пункту «act», можливо, «acts»? [law-point-unknown]"),
        ('acts = "/a/"\nacts = "/b/"', "2: «acts» записано двічі, лишіть одне [toml-repeated]"),
        ('acts = ["/a", "/a/"]', "1: пункт «acts»: сторінку «/a/» названо двічі, лишіть одну [law-point-repeated]"),
        (
            'acts = "/a/"\n[not-ours]\nacts = "ні"',
            "1: пункт «acts» має і сторінку, і рядок у [not-ours], лишіть одне [law-point-repeated]",
        ),
        (
            '[not-ours]\nacts = " "',
            "2: пункт «acts» у [not-ours] без пояснення, напишіть у лапках, чому цього не публікують [law-reason]",
        ),
        (
            '[not-ours]\nacts = "pages/a.md"',
            "2: пункт «acts» у [not-ours]: «pages/a.md» – це сторінка, а не пояснення,"
            " рядки зі сторінками пишуть на початку файлу [law-reason]",
        ),
        (
            '[partly]\nacts = "старих"',
            "2: пункт «acts»: сказано, чого бракує на сторінці, а самої сторінки не названо,"
            " назвіть її на початку файлу або приберіть рядок із [partly] [law-partly]",
        ),
        (
            'acts = "/a/"\n[partly]\nacts = " "',
            "3: пункт «acts» у [partly] без пояснення, напишіть у лапках, чого ще бракує [law-reason]",
        ),
        (
            'acts = "/a/"\npartly = {acts = " "}',
            "2: пункт «acts» у [partly] без пояснення, напишіть у лапках, чого ще бракує [law-reason]",
        ),
        (
            'reports = "/a/"\n[partly]\nreports = "x"\nacts = "y"\n[not-ours]\nacts = "ні"',
            "4: пункт «acts» має і сторінку, і рядок у [not-ours], лишіть одне [law-point-repeated]",
        ),
        ("acts = 5", '1: пункт «acts» записано не так, пишіть acts = "pages/storinka.md" або acts = ["…", "…"] [toml-shape]'),
        ("partly = 5", "1: «partly» записано не так, пишіть [partly] і рядки під ним [toml-shape]"),
        ('a = 1\nacts = "', "2: запис TOML незрозумілий, перевірте лапки, дужки та знак «=» [toml-syntax]"),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_its_line(text, said):
    assert problems(text) == [said]


def test_a_file_that_is_no_toml_claims_nothing():
    assert read_law(PATH, b"\xff\xfe\x00acts")[0] is None


@given(st.text(st.sampled_from('acts="[]\n#./ partlynot-ours{},1'), max_size=60))
def test_any_text_is_read_or_refused(text):
    claims, faults = read_law(PATH, text.encode())

    assert claims is not None or faults
