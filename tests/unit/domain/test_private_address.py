import pytest

from hromada.domain.private_address import find_address_fault


@pytest.mark.parametrize(
    "link",
    [
        "http://localhost:8000/news/persha-2022-01-10/", "http://127.0.0.1:8000/", "https://[::1]/a", "http://0.0.0.0:8000/", "//localhost/a",
        "http://192.168.1.5/doc.pdf", "http://10.0.0.7/", "http://172.16.3.4/a", "http://169.254.1.1/", "http://server/spilne/a.docx",
        "http://rada.local/a", "https://files.intranet/a", "HTTP://LOCALHOST/a", "http://nas.lan:5000/",
        "http://127.1/", "http://2130706433/", "http://100.64.0.1/a", "https://rada.test/a", "https://admin:parol@rada.example/",
        "https://abc.ngrok-free.app/a", "https://deploy-preview-5--rada.netlify.app/news/", "http://192.168.0.1.nip.io/",
        "https://mail.google.com/mail/u/0/#inbox/1", "https://web.telegram.org/k/#@rada/15", "https://t.me/c/1500000001/15",
        "https://business.facebook.com/latest/home", "https://drive.google.com/drive/u/0/my-drive",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Frada.example%2F&data=1",
        "https://www.google.com/amp/s/rada.example/a", "https://translate.google.com/translate?sl=en&u=https://rada.example/",
        "https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Frada%2Fposts%2F1",
        "https://l.messenger.com/l.php?u=https%3A%2F%2Frada.example",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Frada.example%2F", "https://www.google.com/url?q=https://rada.example/",
    ],
)  # fmt: skip
def test_an_address_that_is_only_ours_is_known(link):
    assert find_address_fault(link)


@pytest.mark.parametrize(
    "link",
    ["https://rada.example/localhost", "https://localhost.rada.example/", "https://8.8.8.8/", "https://172.32.0.1/", "mailto:a@localhost",
     "tel:102", "/news/", "a.md", "https://www.google.com/search?q=x", "https://xn--80ak.example/", "https://локальна.укр/",
     "https://t.me/crada/15", "https://docs.google.com/document/d/1a/edit", "https://rada.netlify.app/", "https://www.facebook.com/login/",
     "https://rada@rada.example/", "https://www.instagram.com/accounts/login/", "https://mail.google.community/"],
)  # fmt: skip
def test_any_other_address_is_left_alone(link):
    assert find_address_fault(link) is None


@pytest.mark.parametrize(
    ("link", "right"),
    [
        ("http://https://rada.example/a", "https://rada.example/a"),
        ("https://https://rada.example/", "https://rada.example/"),
        ("https://http//rada.example/a", "https://rada.example/a"),
        ("HTTPS://HTTPS://rada.example/a?b=1#c", "https://rada.example/a?b=1#c"),
    ],
)
def test_a_beginning_that_is_written_twice_is_called_so(link, right):
    assert find_address_fault(link) == ("початок адреси написано двічі", f"лишіть один: {right}")


def test_the_message_says_what_to_write():
    assert (
        find_address_fault("http://localhost:8000/news/a-2022-01-10/").fix
        == "впишіть адресу сторінки: /news/a-2022-01-10/"
    )
    assert (
        find_address_fault("https://l.facebook.com/l.php?u=https%3A%2F%2Frada.example%2Fa").fix
        == "впишіть її адресу: https://rada.example/a"
    )


@pytest.mark.parametrize(
    "link",
    [
        "https://www.kmu.gоv.ua/news", "https://rаda.gov.ua/", "https://приваt24.укр/", "http://www.rada.gov.uа",
        "https://xn--rda-6cd.gov.ua/a", "https://XN--RDA-6CD.gov.ua/a?b=1",
    ],
)  # fmt: skip
def test_a_name_of_letters_of_two_alphabets_is_a_forgery(link):
    assert "змішано латинські й кириличні літери" in find_address_fault(link).message


@pytest.mark.parametrize(
    "link",
    [
        "https://дергачі.укр/", "https://xn--80aahf2bln.xn--j1amh/x", "https://громада.com.ua/", "https://радіо24.укр/",
        "https://xn--abc/", "https://münchen.de/", "https://rada.gov.ua/новини/zmishano",
    ],
)  # fmt: skip
def test_a_name_of_one_alphabet_in_each_part_is_none(link):
    fault = find_address_fault(link)
    assert fault is None or "змішано" not in fault.message


@pytest.mark.parametrize(
    ("link", "fix"),
    [
        ("http://192.168.1.5/spilne/doc.pdf", "покладіть файл до content/files і впишіть /files/doc.pdf"),
        ("//server/Наказ 5.docx", "покладіть файл до content/files і впишіть /files/Наказ 5.docx"),
        ("http://localhost:8000/files/doc.pdf", "впишіть адресу сторінки: /files/doc.pdf"),
        ("http://rada.local/kontakty.html", "впишіть адресу сторінки: /kontakty.html"),
        ("http://server/", "впишіть адресу сторінки: /news/…/"),
    ],
)
def test_a_file_of_the_offices_server_belongs_to_the_contents_files(link, fix):
    fault = find_address_fault(link)

    assert fault
    assert fault.fix == fix
