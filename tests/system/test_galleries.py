"""Galleries in a built site: folders that grow, words that readers get, levels of the check."""

import re

import pytest
from PIL import Image

WORDS = "/images/sviato/{} | Опис {} | Підпис {}"


@pytest.fixture
def party(site):
    """A news item whose gallery is a folder of two photos."""
    (site.content / "images/sviato").mkdir(parents=True)
    for number in (1, 2):
        photo(site, f"images/sviato/{number}.jpg")
    lines = "\n".join(f"  - {WORDS.format(f'{number}.jpg', number, number)}" for number in (1, 2))
    site.write("news/x.md", f"title: Свято\ndate: 2021-07-05\ngallery:\n  - /images/sviato/\n{lines}\n\nТекст.\n")
    site.write("news/y.md", "title: Інша\ndate: 2021-07-06\n\nТекст.\n")
    return site


def photo(site, name, size=(1300, 900)):
    Image.linear_gradient("L").resize(size).rotate(len(name)).convert("RGB").save(site.content / name)


def page(site, name="news/x-2021-07-05"):
    return (site.output / name / "index.html").read_text("utf-8")


def test_a_photo_put_into_the_folder_of_a_gallery_appears_with_the_next_build(party):
    assert party.html()[0] == 0
    assert page(party).count('id="photo-link-') == 2
    before = page(party, "news/y-2021-07-06")
    photo(party, "images/sviato/10.jpg", (900, 1300))
    status, _, said = party.html()

    assert status == 0
    assert page(party).count('id="photo-link-') == 3
    assert page(party, "news/y-2021-07-06") == before
    assert (
        "світлина 10.jpg без опису, додайте до галереї рядок: /images/sviato/10.jpg | що на ній [alt-missing]" in said
    )
    (party.content / "images/sviato/10.jpg").unlink()
    assert party.html()[0] == 0
    assert page(party).count('id="photo-link-') == 2


def test_a_photo_that_is_replaced_under_its_name_is_shown_anew(party):
    party.html()
    before = set(re.findall(r"images/\w+-1200\.webp", page(party)))
    photo(party, "images/sviato/2.jpg", (900, 1300))
    party.html()
    after = set(re.findall(r"images/\w+-1200?\.webp|images/\w+-900\.webp", page(party)))

    assert len(before & after) == 1
    assert len(after) == 2


def test_captions_are_in_the_page_the_large_view_and_the_feed(party):
    party.html()
    feed = (party.output / "news/feed.atom").read_text("utf-8")

    assert page(party).count("Підпис 2") == 2
    assert feed.count("&gt;Підпис 2&lt;/figcaption&gt;") == 1
    assert feed.count("alt=&#34;Опис 2&#34;") == 1


def test_the_first_photo_of_a_gallery_is_the_cover_of_the_card(party):
    party.html()
    cover = re.search(r"images/\w+-480\.webp", page(party))[0]

    for name in ("news/index.html", "index.html"):
        text = (party.output / name).read_text("utf-8")
        assert (len(re.findall(r'class="[a-z-]+__picture', text)), cover in text) == (1, True)


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("date: 2022-01-10", 2),
        ("date: 2021-07-05", 0),
        ("date: 2022-01-10\nsource: Колишній сайт", 0),
        ("date: 2022-01-10\nstatus: draft", 0),
    ],
)
@pytest.mark.parametrize("picture", ["image: /images/a.jpg", "gallery: /images/a.jpg", "gallery: /images/sviato/"])
def test_a_photo_of_a_new_items_header_must_have_an_alt(party, header, status, picture):
    photo(party, "images/a.jpg")
    party.write("news/z.md", f"title: Новина\n{header}\n{picture}\n\nТекст.\n")

    assert party.html(today="2022-01-15")[0] == status


def test_pages_and_units_show_their_cover_and_gallery(party):
    header = "image: /images/sviato/1.jpg | Опис | Підпис обкладинки\ngallery: /images/sviato/2.jpg | Опис | Підпис галереї\n"
    party.write("pages/pro.md", f"title: Про нас\n{header}\nТекст.\n")
    party.write("units/viddil/index.md", f"title: Відділ\n{header}\nТекст.\n")
    assert party.html()[0] == 0
    for name in ("pro", "units/viddil"):
        assert "Підпис обкладинки" in page(party, name)
        assert page(party, name).count("Підпис галереї") == 2
        assert "photo-viewer." in page(party, name)


@pytest.mark.parametrize("word", ["<script>alert(1)</script>", '" onload="x', "{{ 7*7 }}", "&amp;&lt;"])
def test_words_of_a_photo_are_never_markup(party, word):
    party.write(
        "news/z.md",
        f"---\ntitle: z\ndate: 2021-07-07\ngallery:\n  - '/images/sviato/1.jpg | {word} | {word} | {word}'\n---\n\nТекст.\n",
    )
    party.html()
    text = page(party, "news/z-2021-07-07")

    assert "<script>alert" not in text
    assert ' onload="x' not in text
    assert "49" not in re.sub(r"[\w-]*\.(?:webp|css|js|svg)|\d{4}", "", text.partition("<main")[2])
