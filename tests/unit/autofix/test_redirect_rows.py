"""Rows of redirects.csv follow a renamed file."""

import pytest

from hromada.autofix.redirect_rows import follow_files

HEADER = "\ufeffЗвідки;Куди\n"
MOVES = [("/news/a/", "content/news/a.md", "content/news/b.md", "/news/b/")]


@pytest.mark.parametrize("target", ["content/news/a.md", "news/a.md", "/news/a.md", '"content/news/a.md"'])
def test_a_target_is_replaced_however_it_is_written(target):
    assert follow_files(f"{HEADER}/x/;{target}\n", MOVES) == f"{HEADER}/x/;content/news/b.md\n"


@pytest.mark.parametrize("row", ["/x/;content/news/c.md", "/x/;gone", "", "/a", "/x?y;content/news/c.md"])
def test_other_rows_stay(row):
    text = f"{HEADER}{row}\n"

    assert follow_files(text, MOVES) == text


def test_a_row_for_a_page_that_exists_again_goes():
    assert follow_files(f"{HEADER}/News/B;content/news/a.md\n/x/;gone\n", MOVES) == f"{HEADER}/x/;gone\n"


def test_a_row_for_the_former_address_leads_to_where_the_file_is_now():
    text = f"{HEADER}/news/a/;content/news/between.md\n/news/A;gone\n"

    assert follow_files(text, MOVES) == f"{HEADER}/news/a/;content/news/b.md\n/news/A;gone\n"
