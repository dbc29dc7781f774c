"""What browsers take a file for by its first bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.file_types import SNIFFED, SniffedType, sniff

TAGS = [
    "<!DOCTYPE html>", "<html>", "<HEAD>", "<script>", "<iframe src=x>", "<h1>", "<div>", "<font>", "<table>", "<a href=x>", "<style>",
    "<title>", "<b>", "<body>", "<br>", "<p>", "<!-- x -->", "<?xml version='1.0'?>", "<svg onload=alert(1)>", "<math>", "<rss>", "<feed>",
    "<rdf:RDF>", "<x:script>", "<img/src=x>", "</p>", "<%@ page>", "<?php x ?>", "<?xml-stylesheet ?>",
]  # fmt: skip
BEFORE = [
    b"",
    b" ",
    b"\r\n\r\n",
    b"\t",
    b"\f",
    b"\x0b",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xef\xbb\xbf \n",
    b"\x01\x02",
    b" " * 1500,
    b"\n" * 4000,
]


@pytest.mark.parametrize("before", BEFORE, ids=lambda raw: repr(raw[:8]))
@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_at_the_beginning_is_markup_whatever_unseen_stands_before_it(tag, before):
    assert sniff(before + tag.encode()) is SniffedType.MARKUP


@pytest.mark.parametrize("tag", ["<html>", "<?xml version='1.0'?>"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-8-sig"])
def test_markup_in_any_encoding_of_unicode_is_seen(tag, encoding):
    assert sniff(f" {tag}".encode(encoding)) is SniffedType.MARKUP


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"%PDF-1.7\n", SniffedType.PDF),
        (b"\xef\xbb\xbf\n%PDF-1.7", SniffedType.PDF),
        (b"MIME-Version: 1.0\r\n", SniffedType.MHTML),
        (b"From: <Saved by Blink>\r\nSubject: x\r\n y\r\nmime-version: 1.0\r\n\r\n<html>", SniffedType.MHTML),
        (b"Snapshot-Content-Location: https://x/\n", SniffedType.MHTML),
        (b"CWS\x0a\x10\x20\0\0x", SniffedType.FLASH),
        (b"\0asm\x01\0\0\0", SniffedType.WASM),
        (b"+ADw-script+AD4-", SniffedType.MARKUP),
        (b"+/v8-", SniffedType.MARKUP),
    ],
)
def test_what_else_a_browser_opens_or_runs(raw, what):
    assert sniff(raw) is what


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"<", b"< 5", b"<3", b"a <b>", '<Назва>'.encode(), b"1 < 2 <b>", b"PK\x03\x04<html>", b"{\\rtf1 <html>", b"GIF89a<script>",
        "Дата;Назва\n".encode(), b'{"a": "<b>"}', b"[1]", b"CWS", b"FWS is a word", b"CWS\nx", b"Subject: x\n\nMIME-Version: 1.0", b"\xd0\xcf\x11\xe0",
        "a;b\r\n".encode("utf-16"), b"%!PS", b"x" * SNIFFED + b"<html>",
    ],
)  # fmt: skip
def test_what_no_browser_runs(raw):
    assert sniff(raw) is None


@given(st.binary())
def test_any_bytes_are_looked_at(raw):
    assert sniff(raw) is None or sniff(b"\xef\xbb\xbf" + raw) is not None or raw.startswith(b"\0asm")
