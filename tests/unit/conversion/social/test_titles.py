"""A row's title: one line that a person can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.conversion.social.publication import MAX_TITLE, post_title
from hromada.domain.account import PostKind


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Оновлено графік прийому. Деталі на сайті.", "Оновлено графік прийому."),
        ("Оновлено графік прийому\n\nДеталі на сайті.", "Оновлено графік прийому"),
        ("УВАГА!\nЗавтра не буде води. Запасіться.", "УВАГА! Завтра не буде води."),
        ("❗️\nЗавтра не буде води", "❗ Завтра не буде води".replace("❗", "❗️")),
        ("Ремонт на вул. Сумська триває. Дякуємо.", "Ремонт на вул. Сумська триває."),
        ("Засідання о 10.00 год. у залі ради. Чекаємо.", "Засідання о 10.00 год. у залі ради."),
        ("  Пробіли \t і\u00a0табуляція\u200b разом тут ", "Пробіли і табуляція разом тут"),
        ("", "Світлина без підпису"),
        ("🎉🎉🎉", "Світлина без підпису"),
        ("=СУММ(A1)", "=СУММ(A1)"),
    ],
)
def test_the_first_sentence_is_the_title(text, title):
    assert post_title(text, PostKind.PHOTO) == title


def test_a_long_sentence_is_cut_at_a_word():
    title = post_title("слово " * 60, PostKind.POST)

    assert (len(title) <= MAX_TITLE, title[-6:]) == (True, "слово…")


def test_every_kind_has_words_for_a_post_without_any():
    assert len({post_title("", kind) for kind in PostKind}) == len(PostKind)


@given(st.text(max_size=400), st.sampled_from(PostKind))
def test_a_title_is_one_line_never_empty_and_short(text, kind):
    title = post_title(text, kind)

    assert title.strip() == title
    assert 0 < len(title) <= MAX_TITLE
    assert len(title.splitlines()) == 1
