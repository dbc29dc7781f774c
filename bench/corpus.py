"""The benchmark's plain-Pelican twin of an archive: the same items, a small theme of the same pages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

_BASE = """<!doctype html><html lang="uk"><head><meta charset="utf-8"><title>{% block t %}{% endblock %}</title></head>
<body><nav>{% for p in pages %}<a href="{{ SITEURL }}/{{ p.url }}">{{ p.title }}</a> {% endfor %}</nav>
{% block b %}{% endblock %}</body></html>"""
_LIST = """{% extends "base.html" %}{% block b %}{% for a in articles_page.object_list %}<h2><a href="{{ SITEURL }}/{{ a.url }}">
{{ a.title }}</a></h2><time>{{ a.date.isoformat() }}</time>{{ a.summary }}{% endfor %}{% endblock %}"""
_THEME = {
    "base.html": _BASE,
    "index.html": _LIST,
    "category.html": _LIST,
    "article.html": '{% extends "base.html" %}{% block b %}<h1>{{ article.title }}</h1>{{ article.content }}{% endblock %}',
    "page.html": '{% extends "base.html" %}{% block b %}<h1>{{ page.title }}</h1>{{ page.content }}{% endblock %}',
}
_CONF = """
PATH, OUTPUT_PATH, THEME = "content", "output", "theme"
SITENAME, SITEURL, FEED_DOMAIN = "Bench", "https://bench.example", "https://bench.example"
TIMEZONE, DEFAULT_LANG, DEFAULT_PAGINATION = "Europe/Kyiv", "uk", 20
ARTICLE_PATHS, PAGE_PATHS, STATIC_PATHS, PLUGINS = ["news"], ["pages"], [], []
ARTICLE_URL = ARTICLE_SAVE_AS = "news/{slug}.html"
PAGE_URL = PAGE_SAVE_AS = "units/{slug}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "category/{slug}.html"
TAG_SAVE_AS = AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = TAGS_SAVE_AS = CATEGORIES_SAVE_AS = ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES, PAGINATED_TEMPLATES = ["index"], {"index": None, "category": None}
FEED_ALL_ATOM, CATEGORY_FEED_ATOM, TRANSLATION_FEED_ATOM = "feed.atom", "category/{slug}.atom", None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""
_HEADER = re.compile(r"\A(?:---\n)?(?P<header>.*?)\n(?:---\n)?\n", re.DOTALL)
_TITLE = re.compile(r'^(?:title|Заголовок|Назва): *"?(.*?)"?$', re.MULTILINE)
_CATEGORY = re.compile(r"^(?:category|Рубрика|Розділ): *(.*)$", re.MULTILINE)


def plain_twin(content: Path, folder: Path) -> int:
    """Write a plain Pelican site with the same news and units; returns how many items it has."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in _THEME.items():
        _write(folder / "theme" / "templates" / name, text)
    _write(folder / "pelicanconf.py", _CONF)
    for unit in content.glob("units/*/index.md"):
        _write(folder / "content" / "pages" / f"{unit.parent.name}.md", f"Title: {unit.parent.name}\n\nТекст.\n")
    items = [*content.glob("news/**/*.md"), *content.glob("units/*/2*.md")]
    for number, path in enumerate(items):
        _write(folder / "content" / "news" / f"n{number:06d}.md", _as_plain(path.read_text("utf-8"), number))
    return len(items)


def _as_plain(text: str, number: int) -> str:
    """Plain Pelican would read our dates month-first; it gets them in the one form that it reads right."""
    found = _HEADER.match(text)
    header, body = (found["header"], text[found.end() :]) if found else ("", text)
    title, category = _TITLE.search(header), _CATEGORY.search(header)
    day = f"2021-{number % 12 + 1:02d}-{number % 28 + 1:02d} 10:00"
    body = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", body)
    lines = [f"Title: {title[1] if title else 'x'}", f"Date: {day}", f"Category: {category[1] if category else 'x'}"]
    return "\n".join([*lines, f"Slug: n{number:06d}", "", body])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
