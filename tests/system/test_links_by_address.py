"""A link to a page of ours by the whole address is a link to a page of ours."""

import pytest

HOST = "https://zrazkova.example"
SITE = f"{HOST}/sait"
DRAFT = "title: Чернетка\ndate: 2021-08-05\nstatus: draft\nslug: taiemnytsia\n\nТекст.\n"
LATER = "title: Пізніше\ndate: 2022-03-05\nslug: taiemnytsia\n\nТекст.\n"
WAITING = {
    "news/2021/2021-08-05-x.md": DRAFT,
    "news/2022/2022-03-05-x.md": LATER,
    "units/okruh/2021-08-05-x.md": DRAFT,
    "pages/x.md": "title: Сторінка\nstatus: draft\nslug: taiemnytsia\n\nТекст.\n",
}
FORMS = {
    "as it is": "[там]({0})",
    "bare": "Дивіться {0} там",
    "in angle brackets": "<{0}>",
    "with a place": "[там]({0}#misce)",
    "with a query": "[там]({0}?a=1)",
    "without a slash": "[там]({1})",
    "of the file": "[там]({0}index.html)",
    "in capitals": "[там]({2})",
    "without a scheme": "[там]({3})",
    "in HTML": '<a href="{0}">там</a>',
    "in a definition": "[1]: {0}\n\n[там][1]",
}


def address_of(golden, name):
    """Where the item is published, once it is."""
    golden.write(name, WAITING[name].replace("status: draft\n", ""))
    assert golden.html(today="2022-06-01")[0] == 0
    found = next(one for one in golden.files() if "taiemnytsia" in one and one.endswith("/index.html"))
    golden.write(name, WAITING[name])
    return f"{SITE}/{found.removesuffix('index.html')}"


def linked(golden, text):
    golden.write("pages/lyst.md", f"title: Лист\n\n{text}.\n")
    status, _, err = golden.html()
    return status, err


@pytest.mark.parametrize("name", WAITING)
def test_what_is_not_published_is_not_linked_by_its_whole_address(golden, name):
    address = address_of(golden, name)
    status, err = linked(golden, f"[там]({address})")

    assert status == 2
    assert f"content/pages/lyst.md:3: посилання веде до неопублікованого матеріалу content/{name}, опублікуйте" in err
    assert "[link-broken]" in err
    status, err = linked(golden, f"[там]({address.removeprefix(HOST).removeprefix('/sait')})")
    assert "посилання веде до неопублікованого матеріалу" in err


@pytest.mark.parametrize("form", FORMS)
def test_however_the_address_is_written(golden, form):
    name = "pages/x.md"
    golden.write(name, WAITING[name])
    address = f"{SITE}/taiemnytsia/"
    text = FORMS[form].format(
        address, address.rstrip("/"), address.replace("zrazkova", "ZRAZKOVA"), address.removeprefix("https:")
    )
    status, err = linked(golden, text)

    assert status == 2
    assert f"посилання веде до неопублікованого матеріалу content/{name}" in err


SPELLINGS = (
    "http://zrazkova.example/sait/taiemnytsia/", "https://zrazkova.example:443/sait/taiemnytsia/",
    "https://zrazkova.example./sait/taiemnytsia/", "https://zrazkova.example/sait//taiemnytsia/",
    "https://zrazkova.example/sait/./taiemnytsia/", "https://zrazkova.example/sait/news/../taiemnytsia/",
    "https://zrazkova.example/sait/%74aiemnytsia/", "https://a@zrazkova.example/sait/taiemnytsia",
)  # fmt: skip


@pytest.mark.parametrize("address", SPELLINGS)
def test_a_browser_s_other_spellings_of_the_address_are_the_same_address(golden, address):
    golden.write("pages/x.md", WAITING["pages/x.md"])
    status, err = linked(golden, f"[там]({address})")

    assert status == 2
    assert "посилання веде до неопублікованого матеріалу content/pages/x.md" in err


@pytest.mark.parametrize(
    "address", ["https://zrazkova.example:8080/sait/taiemnytsia/", "https://zrazkova.example/sait/../taiemnytsia/", "https://inshe.example/sait/taiemnytsia/", "https://zrazkova.example/taiemnytsia/", "https://zrazkova.example/sait/nemaie/"]
)  # fmt: skip
def test_other_addresses_are_anybodys(golden, address):
    golden.write("pages/x.md", WAITING["pages/x.md"])

    assert linked(golden, f"[там]({address})")[0] == 0


def test_a_page_that_becomes_a_draft_is_noticed_by_those_that_link_to_it(golden):
    golden.write("pages/x.md", WAITING["pages/x.md"].replace("status: draft\n", ""))
    assert linked(golden, f"[там]({SITE}/taiemnytsia/)")[0] == 0

    golden.write("pages/x.md", WAITING["pages/x.md"])
    status, _, err = golden.html()
    assert status == 2
    assert "content/pages/lyst.md:3: " in err

    golden.write("pages/x.md", WAITING["pages/x.md"].replace("status: draft\n", ""))
    assert golden.html()[0] == 0
