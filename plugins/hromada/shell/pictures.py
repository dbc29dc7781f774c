"""Pillow: pictures are opened, turned upright, cleaned of all metadata and written anew."""

from __future__ import annotations

import contextlib
import hashlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from hromada.images.planning import Copy, Plan, plan
from hromada.shell.whole_files import write_whole

# A phone's photo has 12 to 50 megapixels; a file that claims more is a mistake or a bomb.
Image.MAX_IMAGE_PIXELS = 80_000_000
_ORIENTATION = 0x0112
_SRGB = ImageCms.createProfile("sRGB")


class PictureRefused(Exception):
    """The file is no picture that can be published; the message is Ukrainian."""


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                yield image
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PictureRefused("світлина завелика (понад 80 мегапікселів)") from None
    except (OSError, ValueError, SyntaxError):
        raise PictureRefused("файл не читається як світлина") from None


@dataclass(slots=True)
class Pictures:
    """Plans of the content's pictures, each made once, and their copies kept in `cache` by name."""

    disk: dict[str, Path]
    cache: Path
    widths: tuple[int, ...]
    _plans: dict[str, Plan] = field(default_factory=dict)

    def plan(self, path: str) -> Plan:
        """The copies of a picture of the content; PictureRefused when it can't be one."""
        if path not in self._plans:
            digest, width, height, orientation = self._facts(self.disk[path])
            self._plans[path] = plan(path, digest, (width, height), orientation, self.widths)
        return self._plans[path]

    def _facts(self, file: Path) -> tuple[str, int, int, int]:
        """Digest, size and orientation; half a year's photos are 10 GB, so what was seen once is remembered by its stamp."""
        stat = file.stat()
        stamp = f"{stat.st_size}-{stat.st_mtime_ns}-{stat.st_ctime_ns}-{stat.st_ino}"
        note = self.cache / "facts" / hashlib.sha256(f"{file}\0{stamp}".encode()).hexdigest()[:24]
        with contextlib.suppress(OSError, ValueError):
            digest, width, height, orientation = note.read_text("ascii").split()
            return digest, int(width), int(height), int(orientation)
        with _opened(file) as image:
            orientation_tag = image.getexif().get(_ORIENTATION, 1)
            size = image.size
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        write_whole(note, f"{digest} {size[0]} {size[1]} {orientation_tag}".encode())
        return digest, size[0], size[1], int(orientation_tag)

    @property
    def used(self) -> list[Plan]:
        """Every picture that a page shows, in the order of their paths; the same photo saved twice is one."""
        plans = sorted(self._plans.values(), key=lambda one: one.source)
        return list({one.largest.name: one for one in reversed(plans)}.values())[::-1]

    def copies(self, one: Plan) -> Iterator[tuple[str, bytes]]:
        """Names and bytes of a picture's copies; the original is decoded only when a copy is not kept yet."""
        missing = [copy for copy in one.copies if not (self.cache / copy.name).is_file()]
        if missing:
            self._make(one, missing)
        for copy in one.copies:
            yield copy.name, (self.cache / copy.name).read_bytes()

    def _make(self, one: Plan, missing: list[Copy]) -> None:
        """Decode at the scale needed, then cascade from large to small: a third of the naive time (measured)."""
        with _opened(self.disk[one.source]) as image:
            image.draft("RGB", (one.largest.width * 2, one.largest.height * 2))
            upright = ImageOps.exif_transpose(image)
            picture = _clean(upright)
        for copy in sorted(missing, key=lambda one: -one.width):
            picture = picture.resize((copy.width, copy.height), Image.Resampling.LANCZOS, reducing_gap=3.0)
            write_whole(self.cache / copy.name, _encoded(picture))


def _clean(image: Image.Image) -> Image.Image:
    """Pixels alone, in sRGB: a new image carries no EXIF, GPS, XMP, comment, thumbnail or colour profile."""
    profile = image.info.get("icc_profile")
    mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    converted = image.convert(mode)
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError):  # a damaged profile: keep the numbers as they are
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(converted, source, _SRGB, outputMode=mode)
            converted = turned or converted
    bare = Image.new(mode, converted.size)
    bare.paste(converted)
    return bare


def _encoded(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=78, method=4)
    return out.getvalue()
