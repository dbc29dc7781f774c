"""Documents that items link to: what they carry along is said, and opened once."""

from hromada.shell import commands, preparing
from tests.unit.reading.test_traces import PEOPLE, photo, word

ITEM = "title: Рішення ради\ndate: 2021-07-05\n\n[Рішення](/files/rishennia.docx).\n"
FILE = "files/rishennia.docx"


def test_a_document_with_the_place_of_a_photo_is_not_published(site):
    site.write("news/2021/rishennia.md", ITEM)
    site.write(FILE, word(picture=photo()))

    status, out, _ = site.run(commands.check)

    assert status == 2
    assert "content/files/rishennia.docx:1: світлина чи відео в документі каже, де його знято" in out
    assert "[attachment-place]" in out


def test_a_document_that_nobody_links_to_is_not_opened(site):
    site.write("news/2021/rishennia.md", "title: Рішення ради\ndate: 2021-07-05\n\nТекст.\n")
    site.write(FILE, word(picture=photo()))

    assert site.run(commands.check)[0] == 0


def test_a_document_is_opened_once_and_again_when_it_has_changed(site, monkeypatch):
    opened = []
    real = preparing.traces_of
    monkeypatch.setattr(preparing, "traces_of", lambda *given: opened.append(given[0]) or real(*given))
    monkeypatch.setattr("hromada.shell.memory.SLACK", 0)
    site.write("news/2021/rishennia.md", ITEM)
    site.write(FILE, word(PEOPLE))

    first, again = site.run(commands.check)[1], site.run(commands.check)[1]
    site.write(FILE, word())
    clean = site.run(commands.check)[1]

    assert "у властивостях документа названо: Олена Зразкова, Петро Зразковий" in first
    assert again == first
    assert "attachment-metadata" not in clean
    assert opened == ["rishennia.docx"] * 2
