"""Values to blobs and back, for stores that may come from another machine; the digest that bytes are known by."""

from __future__ import annotations

import gc
import hashlib
import io
import pickle
from typing import Any


def digest_of(raw: bytes) -> str:
    """What bytes are known by."""
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


def pickled(value: Any) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpickled(blob: bytes) -> Any:
    """The value, or nothing.

    A store may come from another machine: only our own classes and dates are made, so that no foreign code runs. What
    it says is believed, as everything in the cache is; who may write there may write pages, too.
    """
    was = gc.isenabled()
    gc.disable()  # a third of the time would go into looking for garbage among things just made (measured)
    try:
        return _Unpickler(io.BytesIO(blob)).load()
    except Exception:  # whatever a foreign blob holds
        return None
    finally:
        if was:
            gc.enable()


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" or (module.startswith("hromada.") and "." not in name):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        if (module, name) == ("builtins", "frozenset"):
            return frozenset
        raise pickle.UnpicklingError(f"{module}.{name} is not ours")
