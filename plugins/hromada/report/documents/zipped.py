"""Office files are zip archives: packed anew, so that their bytes tell nothing of the moment and the machine."""

from __future__ import annotations

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip archive can say
_UNIX, _READ_WRITE = 3, 0o600 << 16


def repacked(archive: bytes) -> bytes:
    """The same members in the same order with one date, one system and one compression."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system, info.external_attr = _UNIX, _READ_WRITE
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name), compresslevel=6)
    return out.getvalue()
