"""Pictures and films with known places, each in one of the ways in which programs and phones write them."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, TiffImagePlugin

PIXELS = Image.radial_gradient("L").resize((40, 24)).convert("RGB")
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description exif:GPSLatitude="49,59.6N"'
    b' exif:GPSLongitude="36,13.8E"/></rdf:RDF></x:xmpmeta>'
)
TOWN = b'<rdf:RDF><rdf:Description photoshop:City="Zrazkove"/></rdf:RDF>'
ISO_6709 = b"+49.9935+036.2304/"
ZEROS = (0, 0, 0)


def exif(latitude=(49, 59, 36), orientation=1) -> Image.Exif:
    made = Image.Exif()
    made[0x0112], made[0x010F], made[0x0110] = orientation, "Secret", "Phone"
    if latitude:
        made.get_ifd(0x8825).update({1: "N", 2: latitude, 3: "E", 4: latitude})
    return made


def picture(format="JPEG", image=PIXELS, **how) -> bytes:
    into = io.BytesIO()
    image.save(into, format, **how)
    return into.getvalue()


def placed(format="JPEG", orientation=1, **how) -> bytes:
    return picture(format, exif=exif(orientation=orientation), **how)


def jpeg_with(marker: int, part: bytes, raw: bytes = b"") -> bytes:
    raw = raw or picture()
    return raw[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(part) + 2) + part + raw[2:]


def png_with(kind: bytes, data: bytes, raw: bytes = b"") -> bytes:
    raw = raw or picture("PNG")
    chunk = struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return raw[:33] + chunk + raw[33:]


def long_xmp_jpeg() -> bytes:
    """XMP in two parts, cut in the middle of a name."""
    head = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + struct.pack(">I", len(XMP))
    cut = XMP.index(b"GPSLat") + 3
    second = jpeg_with(0xE1, head + struct.pack(">I", cut) + XMP[cut:])
    return jpeg_with(0xE1, head + struct.pack(">I", 0) + XMP[:cut], second)


def imagemagick_png(profile: bytes, name: bytes = b"exif") -> bytes:
    text = b"\n" + name + b"\n%8d\n" % len(profile) + profile.hex().encode() + b"\n"
    return png_with(b"zTXt", b"Raw profile type " + name + b"\0\0" + zlib.compress(text))


def gif_with(label: int, pieces: list[bytes], raw: bytes = b"") -> bytes:
    raw = raw or picture("GIF", PIXELS.quantize(16))
    at = 13 + (3 << (raw[10] & 7) + 1)
    block = bytes((0x21, label)) + b"".join(bytes((len(one),)) + one for one in pieces) + b"\0"
    return raw[:at] + block + raw[at:]


def tiff(**how) -> bytes:
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[270], info[315] = "Secret words", "Secret name"
    info[34853] = {1: "N", 2: (49.0, 59.0, 36.0), 3: "E", 4: (36.0, 13.0, 48.0)}
    info[34665] = {0xA430: "Secret owner"}
    return picture("TIFF", tiffinfo=info, **how)


def packed_tiff(**how) -> bytes:
    """libtiff writes no GPS, so its first directory comes once more, at the end, with that."""
    raw = picture("TIFF", **how)
    (at,) = struct.unpack_from("<I", raw, 4)
    (count,) = struct.unpack_from("<H", raw, at)
    entries, following = raw[at + 2 : at + 2 + 12 * count], raw[at + 2 + 12 * count : at + 6 + 12 * count]
    gps = len(raw) + len(raw) % 2
    degrees = struct.pack("<6I", 49, 1, 59, 1, 36, 1)
    latitude = struct.pack("<HHII", 2, 5, 3, gps + 30)
    table = struct.pack("<HHHI4s", 2, 1, 2, 2, b"N") + latitude + bytes(4) + degrees
    first = gps + len(table)
    whole = struct.pack("<H", count + 1) + entries + struct.pack("<HHII", 34853, 4, 1, gps) + following
    return raw[:4] + struct.pack("<I", first) + (raw[8:] + bytes(len(raw) % 2)) + table + whole


def iptc_jpeg(city=b"Zrazkove") -> bytes:
    data = b"\x1c\x02\x5a" + struct.pack(">H", len(city)) + city
    return jpeg_with(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(data)) + data)


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def full(kind: bytes, *content: bytes) -> bytes:
    return box(kind, bytes(4), *content)


FTYP = box(b"ftyp", b"mp42", bytes(4), b"isom")
XYZ = box(b"\xa9xyz", struct.pack(">HH", len(ISO_6709), 0x15C7), ISO_6709)


def film(*boxes: bytes) -> bytes:
    return FTYP + box(b"moov", full(b"mvhd", bytes(96)), *boxes) + box(b"mdat", b"pixels")


def film_of_apple() -> bytes:
    key = b"com.apple.quicktime.location.ISO6709"
    keys = full(b"keys", struct.pack(">I", 1), box(b"mdta", key))
    value = box(b"ilst", box(b"\0\0\0\1", box(b"data", struct.pack(">II", 1, 0), ISO_6709)))
    return film(box(b"meta", full(b"hdlr", bytes(4), b"mdta", bytes(13)), keys, value))


def film_of_3gpp() -> bytes:
    where = b"\x15\xc7Zrazkove\0" + b"\0" + struct.pack(">iii", 2 << 16, 49 << 16, 0) + b"earth\0\0"
    return film(box(b"udta", full(b"loci", where)))


def film_with_telemetry(samples=(b"GPS5 49.99", b"GPS5 36.23")) -> bytes:
    """A track of GoPro's: two samples in one chunk, its data before the box that tells of it."""
    data = box(b"mdat", b"pixels", *samples)
    first = len(FTYP) + 8 + len(b"pixels")
    stbl = box(
        b"stbl",
        full(b"stsd", struct.pack(">I", 1), box(b"gpmd", bytes(8))),
        full(b"stsz", struct.pack(">II", 0, len(samples)), *(struct.pack(">I", len(one)) for one in samples)),
        full(b"stsc", struct.pack(">IIII", 1, 1, len(samples), 1)),
        full(b"stco", struct.pack(">II", 1, first)),
    )
    return FTYP + data + box(b"moov", full(b"mvhd", bytes(96)), box(b"trak", box(b"mdia", box(b"minf", stbl))))


def motion_photo(behind: bytes) -> bytes:
    return picture() + behind


# By the way in which a place is written: a name for the file, its bytes.
PLACED = {
    "EXIF of a JPEG": ("a.jpg", placed()),
    "EXIF of a JPEG on its side": ("a.jpg", placed(orientation=6)),
    "EXIF of a PNG": ("a.png", placed("PNG")),
    "EXIF of a PNG on its side": ("a.png", placed("PNG", orientation=6)),
    "EXIF of WebP": ("a.webp", placed("WEBP")),
    "EXIF of WebP on its side": ("a.webp", placed("WEBP", orientation=8)),
    "EXIF of AVIF": ("a.avif", placed("AVIF")),
    "EXIF of AVIF on its side": ("a.avif", placed("AVIF", orientation=6)),
    "GPS of a TIFF": ("a.tif", tiff()),
    "GPS of a packed TIFF": ("a.tif", packed_tiff(compression="tiff_lzw")),
    "GPS of a big TIFF": ("a.tif", tiff(big_tiff=True)),
    "GPS of a TIFF of two pages": ("a.tif", packed_tiff(compression="tiff_adobe_deflate", save_all=True, append_images=[PIXELS.rotate(90)])),
    "XMP of a JPEG": ("a.jpg", picture(xmp=XMP)),
    "XMP of a JPEG in two parts": ("a.jpg", long_xmp_jpeg()),
    "XMP in UTF-16": ("a.webp", picture("WEBP", xmp=XMP.decode().encode("utf-16-le"))),
    "XMP as elements": ("a.jpg", picture(xmp=b"<rdf:RDF><exif:GPSLongitude>36,13.8E</exif:GPSLongitude></rdf:RDF>")),
    "XMP of a drone": ("a.jpg", picture(xmp=b'<rdf:RDF drone-dji:GpsLatitude="+49.99"/>')),
    "XMP of a PNG": ("a.png", png_with(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)),
    "packed XMP of a PNG": ("a.png", png_with(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP))),
    "XMP of WebP": ("a.webp", picture("WEBP", xmp=XMP)),
    "XMP of AVIF": ("a.avif", picture("AVIF", xmp=XMP)),
    "XMP of a GIF": ("a.gif", gif_with(0xFF, [b"XMP DataXMP", XMP[:200]])),
    "EXIF that ImageMagick puts into a PNG": ("a.png", imagemagick_png(b"Exif\0\0" + exif().tobytes()[6:])),
    "XMP that ImageMagick puts into a PNG": ("a.png", imagemagick_png(XMP, b"xmp")),
    "a comment of a JPEG": ("a.jpg", picture(comment=b"49.99351, 36.23041")),
    "a comment of a GIF in two pieces": ("a.gif", gif_with(0xFE, [b"49.99351, 36", b".23041"])),
    "a text of a PNG": ("a.png", png_with(b"tEXt", "Description\x0049°59'36\" N".encode())),
    "a town in IPTC": ("a.jpg", iptc_jpeg()),
    "a town in XMP": ("a.jpg", picture(xmp=TOWN)),
    "a second picture behind the first": ("a.jpg", motion_photo(placed())),
    "MPO": ("a.jpg", picture("MPO", save_all=True, append_images=[PIXELS], exif=exif())),
    "a film behind a photo": ("a.jpg", motion_photo(film(box(b"udta", XYZ)))),
    "a film of 3GPP behind a photo": ("a.jpg", motion_photo(film_of_3gpp())),
    "a phone's second copy of EXIF at the end": ("a.jpg", motion_photo(b"SEFH" + exif().tobytes() + b"SEFT")),
    "EXIF behind a BMP": ("a.bmp", picture("BMP") + exif().tobytes()),
    "EXIF behind a PNG": ("a.png", picture("PNG") + exif().tobytes()),
    "EXIF behind a GIF": ("a.gif", picture("GIF") + exif().tobytes()),
    "a moving WebP": ("a.webp", placed("WEBP", save_all=True, append_images=[PIXELS.rotate(90)])),
    "a moving GIF": ("a.gif", gif_with(0xFE, [b"49.99351, 36.23041"], picture("GIF", PIXELS.quantize(16), save_all=True, append_images=[PIXELS.rotate(90).quantize(16)], loop=0))),
    "a moving PNG": ("a.png", png_with(b"tEXt", b"Comment\x0049.99351, 36.23041", picture("PNG", save_all=True, append_images=[PIXELS.rotate(90)]))),
    "packed EXIF of a PNG": ("a.png", png_with(b"zxIf", bytes(5) + zlib.compress(exif().tobytes()[6:]))),
    "a statement of where a JPEG is from": ("a.jpg", jpeg_with(0xEB, b'JP {"exif:GPSLatitude": "49,59.6N"}')),
    "coordinates of where somebody was going": ("a.jpg", picture(exif=(lambda made: made.get_ifd(0x8825).update({20: (49, 0, 0)}) or made)(Image.Exif()))),
}  # fmt: skip
FILMS = {
    "Android": ("a.mp4", film(box(b"udta", XYZ))),
    "Apple": ("a.mp4", film_of_apple()),
    "3GPP": ("a.mp4", film_of_3gpp()),
    "GoPro": ("a.mp4", film_with_telemetry()),
    "XMP": ("a.mp4", FTYP + box(b"uuid", bytes(16), XMP) + film()[len(FTYP) :]),
}
CLEAN = {
    **{f"a bare {format}": picture(format) for format in ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP")},
    "a bare GIF": picture("GIF", PIXELS.quantize(16)),
    "EXIF without a place": picture(exif=exif(latitude=())),
    "a camera without a signal": picture(exif=exif(latitude=ZEROS)),
    "XMP of zeros": picture(xmp=XMP.replace(b"49,59.6N", b"0,0.0N").replace(b"36,13.8E", b"0,0.0E")),
    "a colour profile": picture(icc_profile=b"profile" * 20),
    "a comment": picture(comment=b"12.5 x 36.25 mm, 1.5"),
    "a film without a place": film(box(b"udta", box(b"\xa9nam", b"49"))),
    "a film with an empty place": film(box(b"udta", box(b"\xa9xyz", bytes(8)))),
}
