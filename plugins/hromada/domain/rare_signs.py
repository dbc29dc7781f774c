"""Whether a text holds one of some signs, of which nearly every text has none."""

from __future__ import annotations

from collections.abc import Iterable

_COMMON = "-:/]!\n "  # from the rarest of these in texts on; every other one is rarer


class RareSigns:
    """Signs looked for in two steps: for a sign's rarest ASCII character in bytes, which is many times quicker, then for all of it."""

    def __init__(self, signs: Iterable[str]) -> None:
        self._by_byte: dict[bytes, list[str]] = {}
        for sign in signs:
            plain = min((one for one in sign if one.isascii()), key=_COMMON.find, default="")
            self._by_byte.setdefault(plain.encode(), []).append(sign)

    def are_in(self, text: str) -> bool:
        """Whether the text holds any of them."""
        written = text.encode("utf-8", "surrogatepass")
        for byte, signs in self._by_byte.items():
            if byte in written:
                for sign in signs:
                    if sign in text:
                        return True
        return False
