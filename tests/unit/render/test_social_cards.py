import io

import pytest
from PIL import Image, ImageDraw

from hromada.pictures.copies import plan_copies
from hromada.pictures.social_cards import LARGEST, TitleCard
from hromada.render.picture_files import files_of
from hromada.render.social_card_files import SocialCardRenderer, card_of_photo
from hromada.storage.artifact_cache import FileStore
from tests.conftest import ROOT

FONTS = ROOT / "theme/static/fonts"


def opened(raw):
    image = Image.open(io.BytesIO(raw))
    image.load()
    return image


def card(picture):
    raw = card_of_photo(picture)
    assert len(raw) <= LARGEST
    return opened(raw)


@pytest.mark.parametrize(
    "size",
    [
        (1200, 630),
        (1200, 900),
        (1200, 1600),
        (2520, 630),
        (900, 600),
        (480, 300),
        (60, 60),
        (1, 1),
        (5000, 40),
        (40, 5000),
    ],
)
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_card_has_one_size_whatever_the_photo_has(size, mode):
    made = card(Image.radial_gradient("L").resize(size).convert(mode))

    assert (made.format, made.size, made.mode) == ("JPEG", (1200, 630), "RGB")


def test_a_photo_of_nothing_but_noise_fits_the_limit_too():
    card(Image.effect_noise((1200, 900), 120).convert("RGB"))


def test_the_same_photo_gives_the_same_bytes():
    photo = Image.radial_gradient("L").resize((1200, 1600)).convert("RGB")

    assert card_of_photo(photo) == card_of_photo(photo.copy())


@pytest.mark.parametrize("top", [60, 700, 1150])
def test_what_matters_in_an_upright_photo_stays_on_its_card(top):
    photo = Image.new("RGB", (1200, 1600), (90, 120, 90))
    draw = ImageDraw.Draw(photo)
    for left in range(200, 1000, 40):
        draw.rectangle((left, top, left + 18, top + 300), (250, 20, 20))

    made = card(photo)

    red = sum(
        r > 180 and g < 90 for r, g, b in (made.getpixel((x, y)) for x in range(0, 1200, 6) for y in range(0, 630, 6))
    )
    assert red > 0.9 * 20 * 18 * 300 / 36


def test_a_small_picture_is_shown_in_its_own_size_on_its_own_colour():
    made = card(Image.new("RGB", (300, 200), (200, 40, 40)))

    assert all(abs(a - b) < 8 for a, b in zip(made.getpixel((5, 5)), (200, 40, 40), strict=True))


def test_what_is_clear_in_a_picture_is_white_on_its_card():
    assert min(card(Image.new("RGBA", (1200, 630), (0, 0, 0, 0))).getpixel((600, 300))) > 250


def test_a_card_is_cut_out_of_the_upright_photo_and_has_its_name():
    photo = Image.new("RGB", (1300, 1000), (10, 10, 200))
    photo.paste((200, 10, 10), (0, 0, 650, 1000))  # red on the left, so on top once it is turned
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    photo.save(out, "JPEG", exif=exif)
    plan = plan_copies("x.jpg", "d", (1300, 1000), 6, (480, 1200)).with_card()
    files = files_of(plan, out.getvalue())

    assert set(files) == set(plan.names)
    made = opened(files[plan.card])
    assert made.size == (1200, 630)
    left, right = made.getpixel((10, 300)), made.getpixel((1190, 300))
    assert left == right


def test_a_card_changes_no_copy():
    out = io.BytesIO()
    Image.radial_gradient("L").resize((2000, 1500)).convert("RGB").save(out, "JPEG")
    plan = plan_copies("x.jpg", "d", (2000, 1500), 1, (480, 1200))
    plain, carded = files_of(plan, out.getvalue()), files_of(plan.with_card(), out.getvalue())

    assert plain.items() <= carded.items()
    assert plan.made_of != plan.with_card().made_of


TITLES = [
    "Новини",
    "Безпека і захист № 5",
    "Ґ",
    "X" * 60,
    "Відділ " * 40,
    "слово " * 20_000,
    "щ" * 100_000,
    "",
    "«Об’єднання» – 100 %…",
]


@pytest.fixture
def renderer(tmp_path):
    return SocialCardRenderer("Приклад громади", FONTS, FileStore(tmp_path))


@pytest.mark.parametrize("title", TITLES)
def test_a_drawn_card_has_the_size_of_the_others_and_the_same_bytes_each_time(renderer, title, tmp_path):
    planned = renderer.card(title)
    (raw,) = renderer.files(planned).values()

    assert opened(raw).size == (1200, 630)
    assert len(raw) <= LARGEST
    assert SocialCardRenderer("Приклад громади", FONTS, FileStore(tmp_path / "other")).files(planned) == {
        planned.name: raw
    }


def test_drawn_cards_differ_by_title_and_by_site(renderer):
    other = TitleCard("Інша громада", "Новини", renderer.card("Новини").fonts)

    assert len({renderer.card("Новини").name, renderer.card("Події").name, renderer.card("").name, other.name}) == 4


def test_a_drawn_card_says_its_title(renderer):
    (news,), (events,) = (
        renderer.files(renderer.card("Новини")).values(),
        renderer.files(renderer.card("Події")).values(),
    )

    assert news != events
    assert renderer.card("Новини").card.alt == "Приклад громади: Новини"
    assert renderer.card("").card.alt == "Приклад громади"
