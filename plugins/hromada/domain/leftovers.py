"""What systems and programs leave beside people's files: it is no content, no table and no part of an export."""

from __future__ import annotations

# Of macOS on foreign disks, LibreOffice, Word and Excel, Emacs, file systems that keep a deleted open file, GNOME, Dropbox.
_BEGINNINGS = (
    "._", ".~", "~$", "~wrl", ".#", ".fuse_hidden", ".nfs", ".goutputstream-", ".dropbox", ".smbdelete", ".ds_store", ".trash-",
)  # fmt: skip
_ENDINGS = ("~", ".swp", ".swo", ".swx")
_NAMES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"})
_FOLDERS = frozenset({
    "__macosx", ".appledouble", ".dropbox.cache", ".fseventsd", ".spotlight-v100", ".temporaryitems", ".trashes", ".stversions",
    "@eadir", "$recycle.bin", "system volume information",
})  # fmt: skip


# Folders of deleted files, of cloud drives, of earlier versions: what lies there is no content.
_FOLDER_BEGINNINGS = (".trash", ".tmp.drive", ".stfolder", ".history")


def is_leftover(name: str) -> bool:
    """Whether a path (`/` between its parts) is that of a leftover; `.a.md` may be somebody's item."""
    *folders, last = name.casefold().split("/")
    if last.startswith(_BEGINNINGS) or last.endswith(_ENDINGS) or last in _NAMES:
        return True
    if (last[:1] == "#" == last[-1:] and len(last) > 1) or (last[:1] == "~" and last.endswith(".tmp")):
        return True
    if any(folder.startswith(_FOLDER_BEGINNINGS) for folder in folders):
        return True
    return (last.startswith(".") and not last.endswith(".md")) or not _FOLDERS.isdisjoint(folders)
