"""A whole cache that somebody else has filled: the next build makes the same site, and nothing else happens."""

import contextlib
import os
import pickle
import sqlite3

from hromada.storage.sqlite_store import Store


class Runs:
    """Makes a folder when it is unpickled."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return os.mkdir, (str(self.mark),)


def poison(store, entry):
    """Put the entry in the place of every other one, with a right sum."""
    with contextlib.closing(sqlite3.connect(store)) as raw:
        ((version,),) = raw.execute("SELECT words FROM version")
        kinds = [kind for (kind,) in raw.execute("SELECT DISTINCT kind FROM blobs")]
    with contextlib.closing(Store(store, version)) as ours:
        blobs = {(kind, name): entry for kind in kinds for name in ours.all(kind)}
        ours.put(blobs)
    return len(blobs)


def test_a_build_over_a_poisoned_cache_makes_the_same_site(golden):
    victim, mark = golden.folder / "victim.txt", golden.folder / "was-run"
    victim.write_text("слова редактора", "utf-8")
    golden.html()
    whole = golden.files()
    poisoned = [poison(store, pickle.dumps(Runs(mark))) for store in golden.cache.glob("*.sqlite")]
    for names in golden.cache.glob("*.names"):
        names.write_text("\0".join([names.read_text("utf-8"), "../victim.txt", str(victim)]), "utf-8")

    assert golden.html()[0] == 0
    assert golden.files() == whole
    assert victim.read_text("utf-8") == "слова редактора"
    assert not mark.exists()
    assert len(poisoned) == 3  # files, outputs, lexemes
    assert min(poisoned) > 3
