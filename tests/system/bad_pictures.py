"""Pictures that are broken, enormous or of a rare kind: how each is made, and what becomes of it.

As a program it makes the facts and the published files of one picture as a build does, and prints how that ended, the
seconds of the processor and the most megabytes that it held:

    PYTHONPATH=plugins:. python -m tests.system.bad_pictures FILE
"""

import io
import struct
import sys
import time
import zlib
from pathlib import Path

from PIL import Image

BASELINE = "photo-of-12-megapixels"
FULL = "світлина завелика"
BROKEN = "файл не читається як світлина"


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def packed_zeros(size, block=1 << 20):
    """As zlib packs so many zero bytes, but for the seconds that it takes for a gigabyte: one block is repeated."""
    packer, last = (zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS) for _ in range(2))
    whole, rest = divmod(size, block)
    blocks = (packer.compress(bytes(block)) + packer.flush(zlib.Z_FULL_FLUSH)) * whole
    checksum = struct.pack(">I", size % 65_521 << 16 | 1)  # Adler-32 of zeros
    return b"\x78\xda" + blocks + last.compress(bytes(rest)) + last.flush() + checksum


def png(width, height, colour=2, depth=8, extra=b""):
    """A black PNG of any size in few bytes."""
    bits = {0: 1, 2: 3, 4: 2, 6: 4}[colour] * depth
    rows = packed_zeros((-(-width * bits // 8) + 1) * height)
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def ztxt(megabytes):
    return chunk(b"zTXt", b"Comment\0\0" + packed_zeros(megabytes * 1_000_000))


def saved(format, size, mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size).save(out, format, **options)
    return out.getvalue()


def photo(size=(4000, 3000), **options):
    """A photo as large in bytes as those of cameras."""
    noise = Image.effect_noise((size[0] // 2, size[1] // 2), 40).resize(size)
    light = Image.radial_gradient("L").resize(size)
    out = io.BytesIO()
    Image.merge("RGB", (light, noise, light)).save(out, "JPEG", quality=88, **options)
    return out.getvalue()


def frames(format, times, size=20):
    pictures = [Image.new("RGB", (size, size), (number % 256, number // 256, 0)) for number in range(times)]
    out = io.BytesIO()
    pictures[0].save(out, format, save_all=True, append_images=pictures[1:])
    return out.getvalue()


def gif_header(width, height):
    """A GIF that claims a size and has one pixel."""
    tiny = saved("GIF", (1, 1), "P")
    return tiny[:6] + struct.pack("<HH", width, height) + tiny[10:]


def webp_header(width, height):
    raw = bytearray(saved("WEBP", (2, 2), lossless=True))
    at = raw.index(b"VP8L") + 9
    raw[at : at + 4] = struct.pack("<I", (width - 1) | (height - 1) << 14)
    return bytes(raw)


def tiff_header(width, height):
    raw = bytearray(saved("TIFF", (2, 2)))
    for tag, value in ((256, width), (257, height)):
        at = (
            raw.index(struct.pack("<HH", tag, 4))
            if struct.pack("<HH", tag, 4) in raw
            else raw.index(struct.pack("<HH", tag, 3))
        )
        raw[at : at + 12] = struct.pack("<HHII", tag, 4, 1, value)
    return bytes(raw)


def tiff_pages(times, size=20):
    """A TIFF of equal pages; Pillow looks through all pages before it adds one, which takes 14 s for 5,000."""
    strip = struct.pack("<4sI3HH", b"II*\0", 16, 8, 8, 8, 0)  # the beginning, with the bits of a pixel
    entries = ((256, 4, 1, size), (257, 4, 1, size), (258, 3, 3, 8), (259, 3, 1, 1), (262, 3, 1, 2), (273, 4, 1, None), (277, 3, 1, 3),
               (278, 4, 1, size), (279, 4, 1, size * size * 3))  # fmt: skip
    step = 2 + 12 * len(entries) + 4
    pixels = len(strip) + step * times
    out = [strip]
    for number in range(1, times + 1):
        out.append(struct.pack("<H", len(entries)))
        out += [struct.pack("<HHII", *(pixels if one is None else one for one in entry)) for entry in entries]
        out.append(struct.pack("<I", len(strip) + step * number if number < times else 0))
    return b"".join(out) + bytes(size * size * 3)


def many_scans(times):
    """A progressive JPEG whose last scan is repeated."""
    raw = saved("JPEG", (3000, 3000), progressive=True)
    last = raw[raw.rindex(b"\xff\xda") : -2]
    return raw[:-2] + last * times + raw[-2:]


# How to make each, and the beginning of the reason for which it is refused; empty for one that is published.
HEAVY = {
    BASELINE: (photo, ""),
    "jpeg-of-12000-by-9000": (lambda: saved("JPEG", (12_000, 9_000)), FULL),
    "png-of-12000-by-9000": (lambda: png(12_000, 9_000), FULL),
    "png-bomb": (lambda: png(20_000, 20_000), FULL),
    "png-text-bomb": (lambda: png(40, 40, extra=ztxt(400)), BROKEN),
    "png-of-many-texts": (lambda: png(40, 40, extra=ztxt(1) * 200), BROKEN),
    "png-profile-bomb": (lambda: png(40, 40, extra=chunk(b"iCCP", b"x\0\0" + packed_zeros(400_000_000))), BROKEN),
    "gif-bomb": (lambda: gif_header(65_535, 65_535), FULL),
    "webp-bomb": (lambda: webp_header(16_383, 16_383), FULL),
    "tiff-bomb": (lambda: tiff_header(60_000, 60_000), FULL),
    "gif-of-10000-frames": (lambda: frames("GIF", 10_000), ""),
    "webp-of-1000-frames": (lambda: frames("WEBP", 1_000), ""),
    "png-of-1000-frames": (lambda: frames("PNG", 1_000), ""),
    "avif-of-200-frames": (lambda: frames("AVIF", 200, 64), ""),
    "tiff-of-5000-pages": (lambda: tiff_pages(5_000), ""),
    "largest-jpeg": (lambda: photo((10_000, 8_000)), ""),
    "largest-progressive-jpeg": (lambda: photo((10_000, 8_000), progressive=True, subsampling="4:4:4"), ""),
    "largest-jpeg-of-print": (lambda: saved("JPEG", (10_000, 8_000), "CMYK", progressive=True), ""),
    "largest-png": (lambda: png(10_000, 5_000, 6), ""),
    "largest-deep-png": (lambda: png(10_000, 5_000, 6, 16), ""),
    "largest-deep-grey-png": (lambda: png(10_000, 5_000, 0, 16), ""),
    "largest-png-with-a-clear-colour": (lambda: png(10_000, 5_000, extra=chunk(b"tRNS", bytes(6))), ""),
    "largest-gif": (lambda: saved("GIF", (10_000, 5_000), "P"), ""),
    "largest-webp": (lambda: saved("WEBP", (10_000, 4_000), "RGBA", lossless=True, method=0, quality=0), ""),
    "largest-tiff-of-fractions": (lambda: saved("TIFF", (10_000, 5_000), "F", compression="tiff_adobe_deflate"), ""),
    "largest-avif": (lambda: saved("AVIF", (10_000, 5_000), speed=10), ""),
    "jpeg-of-2000-scans": (lambda: many_scans(2_000), "світлину складено з сотень шарів"),
}  # fmt: skip


def main(path):
    from hromada.pictures.copies import plan_copies
    from hromada.render.picture_files import facts_of, files_of
    from hromada.system.regular_files import RegularFile

    start = time.process_time()
    facts = facts_of(RegularFile.at(path))
    if not facts.refusal:
        plan = plan_copies("x", facts.digest, (facts.width, facts.height), facts.orientation, (480, 1200)).with_card()
        files_of(plan, path.read_bytes())
    seconds = time.process_time() - start
    # Not ru_maxrss, which a process inherits from the one that has started it.
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    megabytes = int(peak.split()[1]) // 1024
    print(f"{seconds:.3f}\t{megabytes}\t{facts.refusal}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
