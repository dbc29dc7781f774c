"""Digests that approved reports keep: the rules of a version never change."""

import pytest

from hromada.domain.content_digest import LATEST, VERSIONS, digest_by, with_digests
from hromada.domain.item import PictureRef
from hromada.reading.items import read_item

FULL = """---
title: Ремонт моста
date: 2021-07-05 14:30
tags: дороги, мости
summary: Міст закрито на ремонт.
image: most.jpg
image-alt: Міст
gallery:
- a.jpg | Перша
- b.jpg
event-date: 2021-07-10 10:00
event-end: 2021-07-10 12:00
event-place: Площа
author: Відділ
source: https://rada.example/
expires: 2021-08-01
---

Текст **новини**.

Другий абзац.
"""
SHORT = "title: Коротка\ndate: 2021-07-06\n\nТекст.\n"
# Never to be renewed: reports signed long ago hold these. A digest that must differ is made by a new version.
PINNED = {
    1: ("af478f828dc3b795690f930c09679224cdca04797d7de940d63937bc4d1f8fdb",
        "43750bb80487f1a49048d8da767f82b15c013082edb20a65c8982bd18392cda4"),
    2: ("db0694f7456a679773c61f6c4a2c527a8690342d75ad514c68c03fe23eafcd51",
        "50fc651fe120025d73821be94ecdf4cee808e09720c456b3740a7f9c1d64ea93"),
}  # fmt: skip


def read(text):
    item = read_item("content/news/2021/2021-07-05-mist.md", text.encode()).item
    assert item is not None
    return item


@pytest.mark.parametrize("version", sorted(VERSIONS))
def test_the_rules_of_a_version_stay_as_they_were(version):
    assert (digest_by(read(FULL), version), digest_by(read(SHORT), version)) == PINNED[version]


@pytest.mark.parametrize("version", sorted(VERSIONS))
@pytest.mark.parametrize(
    "same",
    [
        SHORT.replace("\n", "\r\n"),
        SHORT + "\n\n",
        SHORT.replace("Текст.", "Текст.  "),
        SHORT.replace("title: Коротка", "Заголовок: Інша назва"),
        "---\n" + SHORT.replace("\n\n", "\n---\n\n"),
        SHORT.replace("\n\n", "\nmodified: 2021-07-07\n\n"),
    ],
)
def test_what_no_reader_sees_changes_no_digest(version, same):
    assert digest_by(read(same), version) == digest_by(read(SHORT), version)


@pytest.mark.parametrize("version", sorted(VERSIONS))
@pytest.mark.parametrize(
    "field", ["tags: мости", "summary: Міст.", "author: Відділ", "source: https://rada.example/", "expires: 2021-08-01",
              "image: a.jpg", "gallery: a.jpg", "event-place: Площа", "event-date: 2021-07-10", "lang: en"],
)  # fmt: skip
def test_every_field_that_readers_see_changes_the_digest(version, field):
    assert digest_by(read(SHORT.replace("\n\n", f"\n{field}\n\n")), version) != digest_by(read(SHORT), version)


def test_no_two_fields_are_taken_for_each_other():
    fields = ["tags: х", "summary: х", "author: х", "source: х", "event-place: х"]
    digests = {digest_by(read(SHORT.replace("\n\n", f"\n{field}\n\n")), LATEST) for field in fields}

    assert len(digests) == len(fields)


def test_a_version_of_another_program_is_unknown():
    with pytest.raises(LookupError):
        digest_by(read(SHORT), LATEST + 1)


@pytest.mark.parametrize("version", sorted(VERSIONS))
def test_what_stands_after_the_description_is_digested_as_when_it_was_a_part_of_it(version):
    """Reports signed before captions existed hold digests of lines with more than one bar."""
    photo = PictureRef("a.jpg", "Опис", "Підпис", "Автор")
    one = read(SHORT)._replace(gallery=(photo,))
    former = one._replace(gallery=(PictureRef("a.jpg", "Опис | Підпис | Автор"),))

    assert with_digests(one, "Текст.").digests == with_digests(former, "Текст.").digests


@pytest.mark.parametrize("version", sorted(VERSIONS))
@pytest.mark.parametrize("line", ["a.jpg | О | П", "a.jpg | О | | П", "a.jpg | О", "a.jpg | | О", "a.jpg | | | О"])
def test_every_word_of_a_picture_changes_the_digest(version, line):
    lines = ["a.jpg | О | П", "a.jpg | О | | П", "a.jpg | О", "a.jpg | | О", "a.jpg | | | О", "a.jpg"]
    digests = [digest_by(read(SHORT.replace("\n\n", f"\ngallery: {one}\n\n")), version) for one in lines]

    assert digests.count(digests[lines.index(line)]) == 1
