"""The setting of a store of pictures, and the links that follow from it."""

import pytest

from hromada.domain.file_names import is_picture_file
from hromada.domain.settings import PictureStore, SettingsRefused, SiteSettings

SITE = {"name": "Рада", "address": "https://rada.example/sait", "publishers": [("2020-12-01", "Рада")]}
STORE = {"bucket": "rada-photos", "endpoint": "https://s3.example", "public": "https://photos.rada.example"}
PICTURE = "/images/0123456789abcdef-480.webp"


def parsed(**store):
    return SiteSettings.parse(SITE | {"picture_store": STORE | store})


def test_without_a_store_pictures_lie_below_the_site_s_base_path():
    settings = SiteSettings.parse(SITE)

    assert settings.picture_store is None
    assert settings.link(PICTURE) == f"/sait{PICTURE}"
    assert SiteSettings.parse(SITE | {"picture_store": None}).picture_store is None


def test_with_a_store_pictures_alone_have_its_public_address():
    settings = parsed()

    assert settings.picture_store == PictureStore(**STORE)
    assert settings.link(PICTURE) == f"https://photos.rada.example{PICTURE}"
    for path in ("/", "/news/", "/images/zvit.pdf", "/theme/x.css", "/files/0123456789abcdef-480.webp"):
        assert settings.link(path) == f"/sait{path}"


@pytest.mark.parametrize(
    ("public", "origin", "link"),
    [
        ("https://photos.rada.example/", "https://photos.rada.example", "https://photos.rada.example"),
        ("https://s3.example/rada-photos", "https://s3.example", "https://s3.example/rada-photos"),
        ("https://s3.example:9000/a/b/", "https://s3.example:9000", "https://s3.example:9000/a/b"),
        ("http://127.0.0.1:8333/b", "http://127.0.0.1:8333", "http://127.0.0.1:8333/b"),
        ("http://localhost:8333", "http://localhost:8333", "http://localhost:8333"),
        ("http://[::1]:8333", "http://[::1]:8333", "http://[::1]:8333"),
    ],
)
def test_a_policy_names_the_origin_and_a_link_the_whole_address(public, origin, link):
    settings = parsed(public=public)

    assert settings.picture_store.origin == origin
    assert settings.link(PICTURE) == f"{link}{PICTURE}"


@pytest.mark.parametrize(
    ("store", "fault"),
    [
        ({"public": "http://photos.rada.example"}, "public: 'http://photos.rada.example' must begin with https://"),
        ({"public": "http://localhost.rada.example"}, "must begin with https://"),
        ({"endpoint": "http://s3.example"}, "endpoint: 'http://s3.example' must begin with https://"),
        ({"public": "photos.rada.example"}, "is not an address such as"),
        ({"public": "https://a.example; script-src *"}, "is not an address such as"),
        ({"public": "https://a.example/?x=1"}, "is not an address such as"),
        ({"public": "https://user:word@a.example"}, "is not an address such as"),
        ({"public": "https://a.example/\n"}, "is not an address such as"),
        ({"public": ["https://a.example"]}, "is not an address such as"),
        ({"public": ""}, "public: is missing"),
        ({"bucket": "Rada"}, "bucket: 'Rada' is not the name of a bucket"),
        ({"bucket": "ab"}, "is not the name of a bucket"),
        ({"bucket": "../other"}, "is not the name of a bucket"),
        ({"buckt": "x"}, "buckt: unknown key did you mean"),
    ],
)
def test_a_wrong_store_is_refused(store, fault):
    with pytest.raises(SettingsRefused) as refused:
        parsed(**store)
    assert fault.replace(" did you mean", "") in str(refused.value)


def test_all_faults_are_said_at_once():
    with pytest.raises(SettingsRefused) as refused:
        SiteSettings.parse(SITE | {"picture_store": {"bucket": "A", "public": "x", "secret": "y"}})

    assert [part.partition(":")[0] for part in str(refused.value).partition("picture_store: ")[2].split("; ")] == [
        "secret", "endpoint", "bucket", "public",
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["https://s3.example", 1, [], True])
def test_a_store_is_a_mapping(value):
    with pytest.raises(SettingsRefused, match="give a mapping"):
        SiteSettings.parse(SITE | {"picture_store": value})


@pytest.mark.parametrize(
    ("name", "is_ours"),
    [
        ("images/0123456789abcdef-480.webp", True),
        ("images/0123456789abcdef-card.jpg", True),
        ("images/0123456789abcdef-480.avif", True),
        ("images/0123456789abcdef-480.pdf", False),
        ("images/0123456789abcdef-480.webp.html", False),
        ("images/0123456789ABCDEF-480.webp", False),
        ("images/foto.webp", False),
        ("files/0123456789abcdef-480.webp", False),
        ("images/x/0123456789abcdef-480.webp", False),
    ],
)
def test_a_file_made_of_a_picture_is_known_by_its_name(name, is_ours):
    assert is_picture_file(name) is is_ours
