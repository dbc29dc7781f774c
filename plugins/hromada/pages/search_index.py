"""The search index of a snapshot: which documents, and the files of the index, brought up to date by what has changed.

The words of each document and the finished shards are kept in the cache. An edit takes the document's old words out of
their shards and puts the new ones in; the result is the same as that of a build from nothing, byte for byte
(`search.shards`), whatever was built before.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import islice
from typing import NamedTuple

from msgspec import Struct

from hromada.domain.site_urls import SEARCH_PAGE
from hromada.pages.search_documents import SearchDocuments
from hromada.pages.view_models import FilePlan, plain_file
from hromada.search.kinds import KINDS, SECTIONS
from hromada.search.postings import CODE_BITS, SIGNS, encode_numbers
from hromada.search.segments import EPOCH, Document, Segment, cut, shard_count
from hromada.search.shard_patch import ShardPatch
from hromada.search.shards import PARTITIONS, Shard, build_shards
from hromada.search.stemmer import ENDINGS
from hromada.search.synonyms import GROUPS, synonym_groups
from hromada.search.tables import BOUNDS, COMMON_ENDINGS
from hromada.search.words import STOP_WORDS, USUAL, count_words
from hromada.storage.lexeme_store import LexemeStore, load_dictionary
from hromada.storage.sqlite_store import CacheCodec, Store
from hromada.system.regular_files import digest_of
from hromada.system.workers import parallel_map

FOLDER = SEARCH_PAGE.strip("/")
_EXCERPT = 160  # characters of a text in a result, before the words that were found are known
_MOST_PATCHED = 24  # documents: with more, building all shards anew is faster
_MOST_UNSTORED = 1000  # documents whose words a first index keeps in memory: 3 MB
_MANY_UNREAD = 100  # documents: reading so many takes longer than all else
_TITLED = ("base", "new")  # segments whose titles are suggested while one types
_CODE_OF = {sign: code for code, sign in enumerate(SIGNS)}
_OFTEN = {"old": 2}  # in how many documents a word must stand to be proposed instead of a mistyped one


class DocumentWords(NamedTuple):
    """The words of a document; the beginning of its text if it has no lead."""

    version: str
    codes: dict[str, int]
    length: int
    excerpt: str


class StoredWords(Struct, frozen=True):
    """The same as the cache has it: the words and their codes as two texts take half the time of a dictionary (measured)."""

    version: str
    words: str
    codes: str  # a sign for each word
    length: int
    excerpt: str

    @classmethod
    def of(cls, words: DocumentWords) -> StoredWords:
        codes = "".join([SIGNS[code] for code in words.codes.values()])
        return cls(words.version, " ".join(words.codes), codes, words.length, words.excerpt)

    def read(self) -> DocumentWords:
        codes = [_CODE_OF.get(sign, USUAL) for sign in self.codes]
        return DocumentWords(
            self.version, dict(zip(self.words.split(), codes, strict=False)), self.length, self.excerpt
        )


class DocumentNote(NamedTuple):
    """A document in a finished segment: its version, how long it is, how many different words it has."""

    path: str
    version: str
    length: int
    words: int


class SegmentState(NamedTuple):
    """A segment as it was made last: its documents, the digests of its shards, the words proposed for mistyped ones."""

    width: int
    documents: dict[int, DocumentNote]  # by number
    shards: tuple[str, ...]
    words: tuple[str, ...]


_WORDS = CacheCodec(StoredWords)
_STATE = CacheCodec(SegmentState)


class SearchIndex:
    """The files that find documents."""

    def __init__(self, store: Store, documents: SearchDocuments, lexemes: LexemeStore, jobs: int) -> None:
        self._store, self._lexemes, self._jobs, self.documents = store, lexemes, jobs, documents

    @property
    def is_far_behind(self) -> bool:
        """Whether many documents are new or changed."""
        return len(list(islice(self._unread(self.documents.all), _MANY_UNREAD + 1))) > _MANY_UNREAD

    def files(self, _inputs: str) -> Iterator[FilePlan]:
        """All files of the index."""
        segments = [segment for segment in cut(self.documents.all) if segment.documents]
        self._read_new_words(segments)
        manifest = []
        for segment in segments:
            state = self._brought_up_to_date(segment)
            yield from self._segment_files(segment, state)
            manifest.append({
                "name": segment.name, "shards": len(state.shards), "width": segment.width, "shift": segment.shift,
                "version": segment.version,
            })  # fmt: skip
        self._forget_gone(segments)
        yield plain_file(f"{FOLDER}/index.json", _json(_rules() | {"segments": manifest}))
        yield plain_file(f"{FOLDER}/endings.json", _json(COMMON_ENDINGS))
        name = f"{FOLDER}/synonyms.json"
        yield FilePlan((name,), digest_of(repr(GROUPS).encode()), partial(_synonym_file, name))

    def _segment_files(self, segment: Segment, state: SegmentState) -> Iterator[FilePlan]:
        folder = f"{FOLDER}/{segment.name}"
        for number, digest in enumerate(state.shards):
            name = f"{folder}/{number}.json"
            yield FilePlan((name,), digest, partial(self._shard_file, segment, number, digest, name))
        kinds = "".join([SIGNS[document.kind] for document in segment.documents.values()])
        lengths = "".join([SIGNS[_length_step(note.length)] for note in state.documents.values()])
        name = f"{folder}/documents.json"
        titles = "\n".join(map(self.documents.title, segment.documents.values())) if segment.name in _TITLED else ""
        key = digest_of(f"{segment.version}\0{kinds}\0{lengths}\0{titles}".encode())
        yield FilePlan((name,), key, partial(self._table_file, segment, kinds, lengths, name))
        name = f"{folder}/words.json"
        yield FilePlan((name,), digest_of("\0".join(state.words).encode()), partial(_json_file, state.words, name))
        documents = segment.documents
        for chunk, ids in segment.chunks.items():
            name = f"{folder}/cards-{chunk}.json"
            key = digest_of(f"{ids} {[documents[id].card for id in ids]}".encode())
            yield FilePlan((name,), key, partial(self._cards_file, segment, ids, name))

    def _shard_file(self, segment: Segment, number: int, digest: str, name: str) -> dict[str, bytes]:
        raw = self._made.get((segment.name, number)) or self._stored_shard(segment.name, number)
        if raw is None or digest_of(raw) != digest:  # the store was lost or damaged since
            self._read_new_words([segment], is_lost=True)
            self._built_anew(segment)
            raw = self._made[segment.name, number]
        return {name: raw}

    def _table_file(self, segment: Segment, kinds: str, lengths: str, name: str) -> dict[str, bytes]:
        """What ranking and filters need of every document: its number, kind, and length in steps of a fifth."""
        table: dict[str, object] = {"ids": encode_numbers(segment.documents), "kinds": kinds, "lengths": lengths}
        if segment.name in _TITLED:
            table["titles"] = [
                [self.documents.title(document), document.address] for document in segment.documents.values()
            ]
        return {name: _json(table)}

    def _cards_file(self, segment: Segment, ids: Sequence[int], name: str) -> dict[str, bytes]:
        """What a result shows: title, address, the beginning of the text, where it belongs, and when it ends, if it does."""
        cards = {}
        for id in ids:
            document = segment.documents[id]
            cards[str(id)] = [
                self.documents.title(document),
                document.address,
                self._excerpt(document),
                self.documents.note(document),
                *self.documents.end(document),
            ]
        return {name: _json(cards)}

    # --- words of documents -----------------------------------------------------------------------------------

    @cached_property
    def _made(self) -> dict[tuple[str, int], bytes]:
        """The shards that are new or changed: the cache may not be writable."""
        return {}

    @cached_property
    def _states(self) -> dict[str, SegmentState]:
        """The segments as they were made last."""
        read = {name: _STATE.decode(self._store.get("search-state", name)) for name in ("base", "new", "old")}
        return {name: state for name, state in read.items() if state is not None}

    @cached_property
    def _before(self) -> dict[str, DocumentNote]:
        """What was known of each document."""
        return {note.path: note for state in self._states.values() for note in state.documents.values()}

    @cached_property
    def _read(self) -> dict[str, tuple[DocumentNote, bytes]]:
        """The documents that are new or changed, with their words for the cache."""
        return {}

    @property
    def _reads_one_by_one(self) -> bool:
        """Whether each text is read when its words are put into the index: a first index made by one process."""
        return self._jobs == 1 and not self._states

    def _read_new_words(self, segments: Iterable[Segment], *, is_lost: bool = False) -> None:
        """Read the texts that the cache does not know, in parallel."""
        if self._reads_one_by_one:
            return
        documents = [document for segment in segments for document in segment.documents.values()]
        new = documents if is_lost else list(self._unread(documents))
        for path, note, blob in parallel_map(new, self._encoded_words, self._jobs, named=_path_of):
            self._read[path] = note, blob

    def _unread(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents whose texts the cache does not know."""
        known = self._before
        for document in documents:
            if (note := known.get(document.path)) is None or note.version != document.version:
                yield document

    def _encoded_words(self, document: Document) -> tuple[str, DocumentNote, bytes]:
        """A document's words for the cache, made by a worker."""
        words = self._read_words(document)
        return document.path, _note_of(document, words), _WORDS.encode(StoredWords.of(words))

    def _read_words(self, document: Document) -> DocumentWords:
        """The words of a document's text."""
        title, lead, text = self.documents.text(document)
        counted = count_words(title, lead, text)
        return DocumentWords(document.version, counted.codes, counted.length, "" if lead else _cut(text))

    def _words(self, document: Document) -> DocumentWords:
        """The words of a document as it is now."""
        is_known = document.path in self._before or document.path in self._read
        words = _decoded(self._entry(document)) if is_known else None
        if words is None or words.version != document.version:
            try:
                words = self._read_words(document)
            except Exception as error:
                error.add_note(document.path)
                raise
            self._read[document.path] = _note_of(document, words), _WORDS.encode(StoredWords.of(words))
        return words

    def _excerpt(self, document: Document) -> str:
        """The beginning of a document's lead, or of its text, as it is now."""
        lead = self.documents.lead(document)
        return _cut(lead) if lead else self._words(document).excerpt

    def _entry(self, document: Document) -> bytes | None:
        """The words of a document as they were read in this build or the last one."""
        return self._read[document.path][1] if document.path in self._read else self._stored(document.path)

    def _stored(self, path: str) -> bytes | None:
        return self._store.get("search-words", path)

    def _forget_gone(self, segments: Iterable[Segment]) -> None:
        """Remove the words of documents that are gone, and the state of segments without any."""
        names = {segment.name for segment in segments}
        # A first build that was killed may have left words of which no state tells.
        known = self._before.keys() if names <= self._states.keys() else self._store.names("search-words")
        gone = [("search-words", path) for path in known - self.documents.paths]
        gone += [("search-state", name) for name in self._states if name not in names]
        if gone:
            self._store.put({}, gone)

    # --- shards -----------------------------------------------------------------------------------------------

    def _brought_up_to_date(self, segment: Segment) -> SegmentState:
        """The segment's state after the shards that differ from the last ones are written into the cache."""
        before = self._states.get(segment.name)
        if before is None:
            return self._built_anew(segment)
        new, known_notes = self._read, self._before
        notes = {
            id: new[document.path][0] if document.path in new else known_notes[document.path]
            for id, document in segment.documents.items()
        }
        shards = shard_count(segment.name, sum(note.words for note in notes.values()))
        if before.width == segment.width and len(before.shards) == shards:
            known = before.documents
            stale = [id for id, note in notes.items() if known.get(id) is not note and known.get(id) != note]
            stale += [id for id in known if id not in notes]
            if not stale:
                return before
            if len(stale) <= _MOST_PATCHED and (patched := self._patched(segment, before, notes, stale)):
                return patched
        return self._built_anew(segment)

    def _patched(
        self, segment: Segment, before: SegmentState, notes: dict[int, DocumentNote], stale: Collection[int]
    ) -> SegmentState | None:
        """The state with some documents taken out or put in; None if the cache lacks what was there."""
        gone: dict[str, set[int]] = {}
        come: dict[str, list[int]] = {}
        for id in stale:
            old, new = {}, {}
            if id in before.documents:
                stored = _decoded(self._stored(before.documents[id].path))
                if stored is None or stored.version != before.documents[id].version:
                    return None
                old = stored.codes
            if id in notes:
                new = self._words(segment.documents[id]).codes
            for word in old.keys() | new.keys():
                if old.get(word) != new.get(word):
                    if word in old:
                        gone.setdefault(word, set()).add(id)
                    if word in new:
                        come.setdefault(word, []).append(id << CODE_BITS | new[word])
        patch = ShardPatch(partial(self._stored_shard, segment.name), len(before.shards))
        for word, lexemes in self._lexemes.of(gone.keys() | come.keys(), self._jobs).items():
            if not patch.apply(word, lexemes, gone.get(word, ()), come.get(word, ())):
                return None
        if not patch.move_aliases():
            return None
        return self._stored_state(segment, notes, patch.shards, before)

    def _stored_shard(self, name: str, number: int) -> bytes | None:
        return self._store.get("search-shard", f"{name}/{number}")

    def _built_anew(self, segment: Segment) -> SegmentState:
        postings: dict[str, array[int]] = {}  # lists of numbers would take 80 MB for 15,000 items
        notes: dict[int, DocumentNote] = {}
        # By ascending number, so that every list is sorted.
        documents: Iterable[tuple[int, Document]] = segment.documents.items()
        for id, document in self.documents.reading_ahead(documents) if self._reads_one_by_one else documents:
            words = self._words(document)
            notes[id] = _note_of(document, words)
            shifted = id << CODE_BITS
            for word, code in words.codes.items():
                if (packed := postings.get(word)) is None:
                    packed = postings[word] = array("q")
                packed.append(shifted | code)
            if self._reads_one_by_one and len(self._read) >= _MOST_UNSTORED:
                self._store.put(self._taken_words(list(self._read)))
        count = shard_count(segment.name, sum(note.words for note in notes.values()))
        made = build_shards(postings, self._lexemes.of(postings, self._jobs), count)
        least = _OFTEN.get(segment.name, 1)

        texts = dict[int, str]()

        def encode(number: int) -> tuple[int, bytes, str]:
            return number, made[number].encode(texts), made[number].words(least)

        jobs = self._jobs if len(postings) > 5_000 else 1
        encoded = parallel_map(range(count), encode, jobs, named=str)
        shards = {number: (raw, words) for number, raw, words in encoded}
        return self._keep(segment, notes, shards, [""] * count, [""] * count)

    def _stored_state(
        self, segment: Segment, notes: dict[int, DocumentNote], shards: Mapping[int, Shard], before: SegmentState
    ) -> SegmentState:
        least = _OFTEN.get(segment.name, 1)
        encoded = {number: (shard.encode(), shard.words(least)) for number, shard in shards.items()}
        return self._keep(segment, notes, encoded, list(before.shards), list(before.words))

    def _keep(
        self, segment: Segment, notes: dict[int, DocumentNote], shards: Mapping[int, tuple[bytes, str]], digests: list[str],
        words: list[str],
    ) -> SegmentState:  # fmt: skip
        """Store changed shards with the state that they belong to, in one transaction."""
        blobs: dict[tuple[str, str], bytes] = {}
        for number, (raw, proposed) in shards.items():
            digests[number], words[number] = digest_of(raw), proposed
            blobs["search-shard", f"{segment.name}/{number}"] = self._made[segment.name, number] = raw
        state = SegmentState(segment.width, notes, tuple(digests), tuple(words))
        blobs["search-state", segment.name] = _STATE.encode(state)
        # The words belong to the state: a build that is killed in between leaves both as they were. (Before the first state
        # words may be there, which nobody believes without it.)
        blobs |= self._taken_words([note.path for note in notes.values() if note.path in self._read])
        self._store.put(blobs)
        return state

    def _taken_words(self, paths: Iterable[str]) -> dict[tuple[str, str], bytes]:
        """The words of documents that were read, for the cache; they are no longer kept here."""
        return {("search-words", path): self._read.pop(path)[1] for path in paths}


def _rules() -> dict[str, object]:
    """What a browser must know to read queries and the index by the same rules."""
    return {
        "bounds": " ".join(BOUNDS),
        "partitions": PARTITIONS,
        "stop": " ".join(sorted(STOP_WORDS)),
        "stems": " ".join(sorted(ENDINGS)),
        "signs": SIGNS,
        "epoch": EPOCH,
        "kinds": [[kind.title, list(kind.sections), int(kind.is_own_page)] for kind in KINDS],
        "sections": SECTIONS,
    }


@lru_cache(maxsize=4096)
def _length_step(length: int) -> int:
    """The length of a text in words as a step of a fifth: an edit of a few words rarely changes it."""
    step = 0
    while length > 8 and step < 60:
        length, step = length * 5 // 6, step + 1
    return step


def _cut(text: str) -> str:
    text = " ".join(text[: 4 * _EXCERPT].split())
    if len(text) <= _EXCERPT:
        return text
    return text[:_EXCERPT].rsplit(" ", 1)[0].rstrip(" .,;:–—-") + "…"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _synonym_file(name: str) -> dict[str, bytes]:
    return _json_file(synonym_groups(load_dictionary()), name)


def _json_file(value: object, name: str) -> dict[str, bytes]:
    return {name: _json(value)}


def _decoded(entry: bytes | None) -> DocumentWords | None:
    """The words of an entry of the cache; None for an invalid one."""
    stored = _WORDS.decode(entry)
    return stored.read() if stored else None


def _note_of(document: Document, words: DocumentWords) -> DocumentNote:
    return DocumentNote(document.path, document.version, words.length, len(words.codes))


def _path_of(document: Document) -> str:
    return document.path
