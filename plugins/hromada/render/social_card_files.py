"""Makes social cards with Pillow: cut out of a photo, or drawn from the theme's fonts."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PIL import Image

from hromada.pictures.cropping import window_start
from hromada.pictures.social_cards import HEIGHT, LARGEST, WIDTH, TitleCard
from hromada.storage.artifact_cache import FileStore
from hromada.system.regular_files import RegularFile

if TYPE_CHECKING:  # an edit that makes no card imports none of these: 15 ms
    from PIL import ImageDraw, ImageFont

    _Fonts = tuple[ImageFont.FreeTypeFont, ...]

PAPER = (255, 255, 255)
FONTS = ("commissioner-uk.woff2", "commissioner-latin.woff2", "commissioner-signs.woff2")  # Cyrillic first
_QUALITIES = (76, 68, 60)
_DETAILS = (1, 0.75, 0.5, 0.3, 0.12)  # the last fits even pure noise
_MOST_ENLARGED = 1.5  # a photo smaller than that is shown in its own size on its own colour
_SEEN = 64  # rows or columns of the tiny copy on which detail is measured
_DEEP, _SIGN, _LIGHT, _SOFT = (11, 47, 91), (242, 183, 5), (255, 255, 255), (198, 214, 234)
_MARGIN, _BAR = 90, 18
_SIZES = (84, 72, 62, 54, 46)  # of the title: the first in which it takes at most three lines
_MOST_LINES, _MOST_LETTERS = 3, 200


def card_of_photo(image: Image.Image) -> bytes:
    """The card of an upright picture in sRGB."""
    image = _on_paper(image)
    scale = max(WIDTH / image.width, HEIGHT / image.height)
    if scale > _MOST_ENLARGED:
        return _encoded(_framed(image))
    width, height = (round(side / scale) for side in (WIDTH, HEIGHT))
    left = _start(image, image.width, width, is_down=False)
    top = _start(image, image.height, height, is_down=True)
    box = left, top, min(left + width, image.width), min(top + height, image.height)
    return _encoded(image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS, box, reducing_gap=2.0))


def _start(image: Image.Image, side: int, length: int, *, is_down: bool) -> int:
    """Where the window of `length` begins along a side."""
    if length >= side:
        return 0
    detail = _detail(image, is_down=is_down)
    start = window_start(detail, max(1, round(length * len(detail) / side)), is_down=is_down)
    return min(round(start * side / len(detail)), side - length)


def _detail(image: Image.Image, *, is_down: bool) -> list[int]:
    """The sum of the edges in each row or column of a tiny copy."""
    from PIL import ImageFilter

    tiny = image.resize((_SEEN, _SEEN), Image.Resampling.BOX, reducing_gap=1.0).convert("L")
    edges = tiny.filter(ImageFilter.FIND_EDGES)
    edges.paste(0, (0, 0, _SEEN, 1))  # the filter copies the border instead of filtering it
    edges.paste(0, (0, _SEEN - 1, _SEEN, _SEEN))
    edges.paste(0, (0, 0, 1, _SEEN))
    edges.paste(0, (_SEEN - 1, 0, _SEEN, _SEEN))
    values = edges.tobytes()
    if is_down:
        return [sum(values[row * _SEEN : (row + 1) * _SEEN]) for row in range(_SEEN)]
    return [sum(values[column::_SEEN]) for column in range(_SEEN)]


def _on_paper(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, PAPER)
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _framed(image: Image.Image) -> Image.Image:
    """A small picture in the middle of a card of its average colour."""
    scale = min(1.0, WIDTH / image.width, HEIGHT / image.height)
    image = image.resize(
        (max(1, round(image.width * scale)), max(1, round(image.height * scale))), Image.Resampling.LANCZOS
    )
    colour = cast(tuple[int, ...], image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))
    card = Image.new("RGB", (WIDTH, HEIGHT), colour)
    card.paste(image, ((WIDTH - image.width) // 2, (HEIGHT - image.height) // 2))
    return card


def _encoded(card: Image.Image) -> bytes:
    """The best JPEG within the limit. Under quality 60 blocks show, so then the finest detail goes (measured: 9 points of ssimulacra2)."""
    for detail in _DETAILS:
        softened = card if detail == 1 else _softened(card, detail)
        for quality in _QUALITIES:
            out = io.BytesIO()
            softened.save(out, "JPEG", quality=quality, progressive=True, optimize=True, subsampling="4:2:0")
            if out.tell() <= LARGEST:
                return out.getvalue()
            if out.tell() > 2 * LARGEST:  # lower quality alone does not save that much
                break
    return out.getvalue()


def _softened(card: Image.Image, detail: float) -> Image.Image:
    small = card.resize((round(WIDTH * detail), round(HEIGHT * detail)), Image.Resampling.LANCZOS)
    return small.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)


class SocialCardRenderer:
    """Plans and draws the cards with titles of one site; `fonts` is the theme's folder, the only one that it needs."""

    def __init__(self, site_name: str, fonts: Path, store: FileStore) -> None:
        self._site_name, self._folder, self._store = site_name, fonts, store

    @cached_property
    def _fonts(self) -> tuple[bytes, ...]:
        return tuple(RegularFile(str(self._folder), name).read() for name in FONTS)

    @cached_property
    def _digest(self) -> str:
        return hashlib.sha256(b"\0".join(self._fonts)).hexdigest()

    def card(self, title: str) -> TitleCard:
        """The plan of the card with this title; the site's own without one."""
        return TitleCard(self._site_name, title or self._site_name, self._digest)

    def files(self, card: TitleCard) -> dict[str, bytes]:
        """A card by its name, from the cache if it is there."""
        return self._store.get(card.made_of, [card.name], lambda: {card.name: render_title_card(card, self._fonts)})


def render_title_card(card: TitleCard, fonts: Sequence[bytes]) -> bytes:
    """The card of a section: its title, the site's name, the bar of the emblem's colour."""
    from PIL import ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), _DEEP)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, HEIGHT - _BAR, WIDTH, HEIGHT), _SIGN)
    draw.rectangle((_MARGIN, _MARGIN, _MARGIN + 120, _MARGIN + 10), _SIGN)
    size, lines = _laid_out(card.title[:_MOST_LETTERS], fonts)
    for number, line in enumerate(lines):
        _draw_line(draw, (_MARGIN, _MARGIN + 50 + round(number * size * 1.18)), line, _fonts(fonts, size, 700), _LIGHT)
    if card.title != card.site_name:
        small = _fonts(fonts, 38, 400)
        name = _wrapped(card.site_name[:_MOST_LETTERS], small)[:2]
        for number, line in enumerate(name):
            top = HEIGHT - _BAR - 50 - 48 * (len(name) - number)
            _draw_line(draw, (_MARGIN, top), line, small, _SOFT)
    return _encoded(image)


def _fonts(fonts: Sequence[bytes], size: int, weight: int) -> _Fonts:
    from PIL import ImageFont

    loaded = tuple(ImageFont.truetype(io.BytesIO(raw), size, layout_engine=ImageFont.Layout.BASIC) for raw in fonts)
    for font in loaded:
        font.set_variation_by_axes([weight])
    return loaded


def _laid_out(title: str, fonts: Sequence[bytes]) -> tuple[int, list[str]]:
    """The title's size and lines; one too long for the smallest size ends with an ellipsis."""
    for size in _SIZES:
        lines = _wrapped(title, _fonts(fonts, size, 700))
        if len(lines) <= _MOST_LINES:
            return size, lines
    return size, [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1].rstrip(" .,;:–") + "…"]


def _wrapped(text: str, fonts: _Fonts) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and _length(longer, fonts) > WIDTH - 2 * _MARGIN:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _pieces(text: str, fonts: _Fonts) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    """The text cut by the font that has its letters: the theme's fonts are cut by alphabet."""
    pieces: list[tuple[str, ImageFont.FreeTypeFont]] = []
    for letter in text:
        font = next((font for font in fonts if font.getmask(letter).getbbox()), fonts[-1])
        if pieces and pieces[-1][1] is font:
            pieces[-1] = pieces[-1][0] + letter, font
        else:
            pieces.append((letter, font))
    return pieces


def _length(text: str, fonts: _Fonts) -> float:
    return sum(font.getlength(piece) for piece, font in _pieces(text, fonts))


def _draw_line(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, fonts: _Fonts, colour: Any) -> None:
    left: float = at[0]
    ascent = max(font.getmetrics()[0] for font in fonts)
    for piece, font in _pieces(text, fonts):
        draw.text((left, at[1] + ascent), piece, colour, font, anchor="ls")
        left += font.getlength(piece)
