"""A report's numbers in every place of its text: the page stays well formed, the documents say the words."""

import docx
import html5lib
import pytest

NBSP = "\N{NO-BREAK SPACE}"
TEXT = """title: Звіт зразкової ради
period: 2021-H2

## Новини: [[news]] за [[period зн.]]

Разом [[news зн. розміщено]], див. [новини: [[news зн.]]](/news/) і [[[social]]](/reports/).[^1]

![На світлині [[news зн.]]](../news/2021/foto.png)

`код [[news]]` і

    блок [[news]]

<p title="[[news зн.]]">[[requests]]</p>

[^1]: У мережах [[social зн.]].
"""


@pytest.fixture
def page(golden):
    golden.write("reports/2021-h2.md", TEXT)
    status, _, err = golden.html()
    assert (status, err) == (0, "")
    return (golden.output / "reports/2021-h2/index.html").read_bytes()


def prose(page):
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return next(one for one in root.iter() if "prose" in (one.get("class") or "").split())


def test_the_page_is_well_formed_and_no_link_stands_in_another(page):
    text = prose(page)

    assert all(link.find(".//a") is None for link in text.iter("a"))
    assert all("".join(link.itertext()).strip() for link in text.iter("a"))
    assert "\ue000" not in page.decode()


def test_a_number_is_a_link_in_text_alone(page):
    text = prose(page)

    assert [link.get("href") for link in text.iter("a") if link.get("class") == "figure-link"] == [
        f"/sait/reports/2021-h2/{figure}/" for figure in ("news", "requests", "social")
    ]
    assert text.find("h2").get("id") == "novyny-za"
    assert "".join(text.find("h2").itertext()).startswith("Новини: 3 за II півріччя")
    assert text.find(".//img").get("alt") == f"На світлині 3{NBSP}публікації"
    assert [one.text.strip() for one in text.iter("code")] == ["код 3", "блок 3"]


def test_the_document_prints_words_alone(page, golden):
    said = [one.text for one in docx.Document(golden.output / "reports/2021-h2/report.docx").paragraphs]

    assert f"Разом розміщено 3{NBSP}публікації, див. новини: 3{NBSP}публікації і 5.[1]" in said
    assert f"[Зображення: На світлині 3{NBSP}публікації]" in said
    assert {"код 3 і", "блок 3", f"У мережах 5{NBSP}публікацій."} <= set(said)
