import pytest

from hromada.domain.private_address import fault_of_address


@pytest.mark.parametrize(
    "link",
    [
        "http://localhost:8000/news/persha-2022-01-10/", "http://127.0.0.1:8000/", "https://[::1]/a", "http://0.0.0.0:8000/", "//localhost/a",
        "http://192.168.1.5/doc.pdf", "http://10.0.0.7/", "http://172.16.3.4/a", "http://169.254.1.1/", "http://server/spilne/a.docx",
        "http://rada.local/a", "https://files.intranet/a", "HTTP://LOCALHOST/a", "http://nas.lan:5000/",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Frada.example%2F", "https://www.google.com/url?q=https://rada.example/",
    ],
)  # fmt: skip
def test_an_address_that_is_only_ours_is_known(link):
    assert fault_of_address(link)


@pytest.mark.parametrize(
    "link",
    ["https://rada.example/localhost", "https://localhost.rada.example/", "https://8.8.8.8/", "https://172.32.0.1/", "mailto:a@localhost",
     "tel:102", "/news/", "a.md", "https://www.google.com/search?q=x", "https://xn--80ak.example/", "https://локальна.укр/"],
)  # fmt: skip
def test_any_other_address_is_left_alone(link):
    assert fault_of_address(link) is None


def test_the_message_says_what_to_write():
    assert (
        fault_of_address("http://localhost:8000/news/a-2022-01-10/").fix
        == "впишіть адресу сторінки: /news/a-2022-01-10/"
    )
    assert (
        fault_of_address("https://l.facebook.com/l.php?u=https%3A%2F%2Frada.example%2Fa").fix
        == "впишіть її адресу: https://rada.example/a"
    )
