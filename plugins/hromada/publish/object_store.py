"""A bucket of an S3-compatible service, asked through obstore, with the reasons of failures in Ukrainian."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import time
from collections.abc import Callable, Collection, Coroutine, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from msgspec import Struct

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.media_types import caching_of, media_type_of
from hromada.domain.settings import PictureStore
from hromada.publish.repository import STAYS, PublicationRefused

if TYPE_CHECKING:
    from obstore.store import S3Store

KEY, SECRET, TOKEN = "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"
REGION = "AWS_REGION"
# Set or not in the environment, these must not lead our keys elsewhere, or make the library look for other ones.
_FIXED = {"virtual_hosted_style_request": False, "skip_signature": False, "imdsv1_fallback": False}
_LISTED = 1_000  # objects of an answer, as many as S3 gives
_STATUS = lazy_compile(r"status code: (\d{3})")
_CODE = lazy_compile(r"<Code>([A-Za-z0-9]{1,60})</Code>")
_FULL = ("InsufficientStorage", "QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity")


class StoreFailed(PublicationRefused):
    """The store of pictures can't be used; the message is Ukrainian."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason} {STAYS}", "store-failed")
        self.reason = reason

    def __reduce__(self) -> tuple[type[StoreFailed], tuple[str]]:
        return StoreFailed, (self.reason,)  # it comes from another process


class StoredObject(NamedTuple):
    """An object of the bucket: its size, and when it was last written by the store's clock."""

    size: int
    modified: datetime
    etag: str = ""  # the MD5 of its bytes with most services; without quotes


class StoreLimits(Struct, frozen=True):
    """How long and how often a store is asked before a publication gives up, and how many objects are sent at once.

    A picture has some 100 kB: a minute is enough at 16 kbit/s. Retries are the library's, with growing pauses.
    """

    request: timedelta = timedelta(minutes=1)
    connection: timedelta = timedelta(seconds=10)
    retries: int = 5
    all_retries: timedelta = timedelta(minutes=3)
    uploads: int = 8


def store_fault(environ: Mapping[str, str]) -> str:
    """Why no store can be used from here, in Ukrainian; empty if one can."""
    if importlib.util.find_spec("obstore") is None:
        return "Бібліотеки сховища не встановлено. Її ставить виклик python3 tasks.py publish."
    if missing := [name for name in (KEY, SECRET) if not environ.get(name, "").strip()]:
        return f"У publishconf.py вказано сховище, а ключів до нього немає: задайте змінні середовища {' і '.join(missing)}."
    return ""


def _run(coroutine: Coroutine[Any, Any, int]) -> int:
    """The coroutine's result, from a thread of its own: the caller's may have a running loop already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


class ObjectStore:
    """The bucket of a setting. Its keys come from the environment and are neither printed nor stored."""

    def __init__(self, store: PictureStore, environ: Mapping[str, str], limits: StoreLimits) -> None:
        if fault := store_fault(environ):
            raise StoreFailed(fault)
        self._store, self._limits = store, limits
        token = {"session_token": environ[TOKEN]} if environ.get(TOKEN) else {}
        self._config = {
            "endpoint": store.endpoint, "region": environ.get(REGION) or "auto", "access_key_id": environ[KEY].strip(),
            "secret_access_key": environ[SECRET].strip(), **token, **_FIXED,
        }  # fmt: skip

    def _open(self) -> S3Store:
        from obstore.store import S3Store

        limits = self._limits
        return S3Store(
            self._store.bucket,
            config=self._config,  # type: ignore[arg-type]  # its names are checked by the library
            client_options={
                "allow_http": self._store.endpoint.startswith("http://"), "timeout": limits.request,
                "connect_timeout": limits.connection,
            },
            retry_config={
                "max_retries": limits.retries,
                "retry_timeout": limits.all_retries,
                "backoff": {
                    "init_backoff": timedelta(milliseconds=200), "max_backoff": timedelta(seconds=15), "base": 2,
                },
            },
        )  # fmt: skip

    def objects(self, folder: str) -> dict[str, StoredObject]:
        """All objects below a folder, by their keys."""
        with self._failures():
            return {
                meta["path"]: StoredObject(meta["size"], meta["last_modified"], (meta["e_tag"] or "").strip('"'))
                for listed in self._open().list(folder, chunk_size=_LISTED)
                for meta in listed
            }

    def create(self, name: str, data: bytes) -> bool:
        """Write a small object unless there is one of this name; whether it was written."""
        from obstore.exceptions import AlreadyExistsError

        with self._failures():
            try:
                self._open().put(name, data, mode="create", use_multipart=False)
            except AlreadyExistsError:
                return False
        return True

    def write(self, name: str, data: bytes) -> None:
        """Write a small object, whether or not there is one of this name."""
        with self._failures():
            self._open().put(name, data, use_multipart=False)

    def delete(self, names: Iterable[str]) -> None:
        """Delete objects; one that isn't there is no fault."""
        with self._failures(), contextlib.suppress(FileNotFoundError):
            self._open().delete(list(names))

    def read(self, name: str) -> bytes:
        """The bytes of an object; none if there is no such object."""
        with self._failures():
            try:
                return bytes(self._open().get(name).bytes())
            except FileNotFoundError:
                return b""

    def upload(
        self, files: Iterator[tuple[str, bytes]], broken: Collection[str], on_sent: Callable[[int], None]
    ) -> int:
        """Send files, several at once, and return how many were; the first failure stops the others.

        One that is there by now is left alone; those in `broken` are written over.
        """
        with self._failures():
            return _run(self._upload(files, broken, on_sent))

    async def _upload(
        self, files: Iterator[tuple[str, bytes]], broken: Collection[str], on_sent: Callable[[int], None]
    ) -> int:
        store, sent = self._open(), 0

        async def send_next() -> None:
            nonlocal sent
            for name, data in files:  # shared by all: what is sent is read just before
                await self._send(store, name, data, "overwrite" if name in broken else "create")
                sent += 1
                on_sent(sent)

        async with asyncio.TaskGroup() as group:
            for _ in range(self._limits.uploads):
                group.create_task(send_next())
        return sent

    async def _send(self, store: S3Store, name: str, data: bytes, mode: Literal["create", "overwrite"]) -> None:
        """Send a file; without an answer again, which the library does not do: it can't know that a second time does no harm."""
        from obstore.exceptions import AlreadyExistsError, BaseError

        attributes = {"Content-Type": media_type_of(name), "Cache-Control": caching_of(name)}
        until = time.monotonic() + self._limits.all_retries.total_seconds()
        for attempt in range(self._limits.retries + 1):
            try:
                await store.put_async(name, data, mode=mode, attributes=attributes, use_multipart=False)
            except AlreadyExistsError:
                return
            except BaseError as error:
                has_answer = _STATUS.search(str(error)) is not None
                if has_answer or attempt == self._limits.retries or time.monotonic() > until:
                    raise
                await asyncio.sleep(min(0.2 * 2**attempt, 5))
            else:
                return

    @contextlib.contextmanager
    def _failures(self) -> Iterator[None]:
        """Raise what the library reports as StoreFailed."""
        from obstore.exceptions import BaseError

        try:
            try:
                yield
            except BaseExceptionGroup as group:
                raise _first(group) from None
        except (BaseError, FileNotFoundError, PermissionError, TimeoutError) as error:
            raise StoreFailed(self._message(str(error))) from None

    def _message(self, error: str) -> str:
        """The reason; of the library's words only status and code: others may quote parts of the request."""
        status, code = (match[1] if (match := pattern.search(error)) else "" for pattern in (_STATUS, _CODE))
        answer = " ".join(filter(None, (status, code)))
        bucket = f"«{self._store.bucket}» ({self._store.endpoint})"
        if code == "NoSuchBucket" or status == "404":
            reason = f"Немає кошика {bucket}: створіть його або виправте publishconf.py."
        elif status in ("401", "403"):
            reason = f"Сховище {bucket} не прийняло ключів ({answer}): перевірте {KEY}, {SECRET}, назву кошика й права на нього."
        elif status == "507" or code in _FULL:
            reason = f"У сховищі {bucket} немає місця ({answer})."
        elif status:
            reason = f"Сховище {bucket} відповіло помилкою ({answer}). Повторіть пізніше."
        else:
            reason = f"Сховище {bucket} не відповідає: перевірте мережу й повторіть."
        return reason


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first exception that is no group."""
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
