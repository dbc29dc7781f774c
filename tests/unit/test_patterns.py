"""Our regular expressions take work in proportion to the text: twice the text, about twice the time."""

import re

import pytest

from hromada.autofix import fixes, markdown_file, paste_cleanup
from hromada.autofix.fixes import apply_fixes
from hromada.checks import link_rules, rendered_text_rules, service_rules
from hromada.checks.header_rules import header_leads_everybody
from hromada.checks.linted_text import LintedText
from hromada.checks.text_rules import check_text
from hromada.content import external_links
from hromada.domain import (
    file_names,
    file_types,
    front_matter,
    markdown_normalizing,
    merge_conflict,
    opening_hours,
    person_name,
    private_address,
    table_text,
    web_address,
)
from hromada.domain.dates import DateRefused, parse_moment
from hromada.domain.figure import Figures, standard_figures
from hromada.domain.header_fields import KEYS
from hromada.domain.markdown_spans import find_spans
from hromada.domain.period import PeriodRefused, parse_period
from hromada.listing.cards import summarise
from hromada.metadata import picture_metadata, png, xml_parts
from hromada.reading import active_content_scan, attachment_metadata, complexity
from hromada.render import autolinks, embeds, html, links, markdown, rendered_text, sanitizer, text_blocks
from hromada.report.text import draft, placeholders
from hromada.report.text.placeholders import TypedNumbers
from hromada.verification import html_page, machine_files, phrases, site_file
from tests.unit.growth import is_in_proportion
from tests.unit.making import item

pytestmark = pytest.mark.long

TYPED = TypedNumbers(Figures(standard_figures(()))).pattern


def moment(text):
    with pytest.raises(DateRefused):
        parse_moment(text)


def period(text):
    with pytest.raises(PeriodRefused):
        parse_period(text)


def finds(pattern):
    return lambda text: sum(1 for _ in pattern.finditer(text))


def in_bytes(work):
    return lambda text: work(text.encode())


# What begins a piece of Markdown and never ends it, or ends it far away.
SPANS = (
    "` `` ",
    "`а",
    "<!--",
    "<pre>",
    "<a '",
    "](",
    "](a (",
    "[[",
    "[^",
    "{:",
    "a-",
    "a.",
    "a@",
    "[а]: б\n",
    "\\",
    "~~~\n",
    "    а\n",
    "<script>",
    "[TOC]",
    ">",
    "- ",
)

# What begins a tag, a comment or a script of a page and never ends it.
PAGES = (
    "<a ",
    '<a b="',
    "<a b='",
    "<a b=",
    "<!--",
    "<!-- -",
    "<script>",
    "<script ",
    "</script",
    "<style>",
    "<p>",
    "</p>",
    "<b><p>",
    "&",
    "&a",
    "&#",
    '" ',
    "<",
    "<a/",
    "<a b ",
)

# What is worst for the rules over a text: begun and never ended, or found everywhere.
TEXTS = (
    "{{<",
    "{% a ",
    "{{ a",
    "<!-- ",
    "<!-- -- >\n",
    "<--",
    "< ! ",
    "](<",
    "слово o ",
    "0 (",
    "( ",
    "# а\n",
    "а\n=\n",
    "а.\n---\n",
    "[а] (",
    "[а]: б\n[а] ",
    "! [а](б",
    "{# а",
    "%% а",
    "/* а",
    "<a style=",
    "<a hidde",
    "<photo ",
    "[comment]: ",
    "Слово слово слово слово слово слово\n---\n",
    "§ а\n",
    "o\tа\n",
    "(а)[",
    "** а",
    "<b>x</b>",
    "C:\\",
    "[video ",
    "закон «",
    '"а ',
    "паспорт ",
    "а\u200d",
    "mso-",
    "а",
    "а\t",
    "\t",
    "\n    слово слово",
    "1) а\n",
    "• а\n",
    "а. ",
    "Ð",
)


# Begun and never ended, or found everywhere: telephones, mailboxes, logins, brackets and labels of names.
NAMES = (
    "a [at]",
    "a@a.",
    "a at ",
    "1 ",
    "050 123 45 67 ",
    "a@b 0501234567 ",
    "(1)-",
    "тел. ",
    "т. 12345,",
    "№ 0",
    "https://a ",
    "@a",
    "(  ",
    "(a@b) ",
    ",(",
    "&lt;",
)
CONFLICTS = (
    "<<<<<<< а\n",
    "<<<<<<< а\n>>>>>>> б\n",
    "<<<<<<<",
    "<<<<<<<< а\n========\n",
    "\n",
)
HEADERS = (
    "source: http://a.",
    "# http://localhost\n",
    "1.1.1.1/ ",
    "\\\\a\\",
    "http://127.0.0.1/а\n",
)

# What is worst for the rewriting of lines, and for the net over what a reader sees.
LINES = (
    "- а\n",
    "- а\n  - ",
    "а\n",
    "> - ",
    "|",
    "|-\n",
    "<div '",
    "<div>\n**",
    "а\n- ",
    "- [x] ",
    "\t- а\n\n",
    "<b>а\n",
    "[а]: <б в",
    "–\tа\n",
    "- а\n---\n",
    "```\n",
    "<!--\n",
    "<pre>\n",
    "\\\n",
)
MARKS = (
    "~а",
    "*а",
    "| а",
    "](http:",
    "[а(http:",
    "(http:а)[",
    "]{",
    "]\n",
    "](",
    "![",
    "[",
    "**",
    "[^",
    "] (",
    ")[",
    "---",
    "|-",
    "\n- ",
    "__",
    "&lt;!",
    "[!А",
    "<p>",
)


def visible(text):
    return sum(1 for _ in rendered_text_rules.find_visible_marks(text))


def wordlessness(text):
    return sum(1 for _ in rendered_text_rules.find_wordless(text[: len(text) // 4]))


def checked(text):
    """A part of the text is enough: there are many rules."""
    return check_text(item(body_line=3), f"title: Назва\n\n{text[: len(text) // 8]}")


def header_checked(text):
    """A header that goes on over lines, and a text behind it."""
    return list(header_leads_everybody(LintedText(item(body_line=text.count("\n") + 2), f"{text}\nа")))


def spans(text):
    return find_spans(text[: len(text) // 4])


CASES = {
    "changed-lines": (lambda text: apply_fixes(f"Дата: 05.07.2021\n\n{text}", KEYS), "а\n"),
    "stray-spaces": (paste_cleanup.remove_stray_spaces, "\u00a0а "),
    "stray-spaces-in-a-verse": (paste_cleanup.remove_stray_spaces, "\u00a0" * 50 + "слово  \n"),
    "masking-one-word": (lambda text: markdown_file.outside_markup(text, str), "Ð"),
    "masking-one-scheme": (lambda text: markdown_file.outside_markup(text, str), "a-"),
    "typed-number": (finds(TYPED), "1 "),
    "typed-number-blanks": (finds(TYPED), "1  "),
    "typed-number-digits": (finds(TYPED), "1"),
    "typed-number-stars": (finds(TYPED), "1*"),
    "typed-number-words": (finds(TYPED), "сто "),
    "typed-number-adjectives": (finds(TYPED), "1 нових "),
    "placeholder": (finds(placeholders._PLACEHOLDER), "[[a\n "),
    "placeholder-rule": (finds(placeholders._PLACEHOLDER), "[[\n===="),
    "line-end": (finds(text_blocks._LINE_END), " \t"),
    "key": (front_matter._KEY_LINE.match, "a "),
    "list-line": (front_matter._ITEM_LINE.match, " "),
    **{f"plain {piece!r}": (front_matter._PLAIN.fullmatch, piece) for piece in ("а ", "а: ", "#", ":", " ")},
    **{f"plain to others {piece!r}": (front_matter._PLAIN_TO_OTHERS.fullmatch, piece) for piece in ("а ", "-а", ":")},
    **{f"typed {piece!r}": (front_matter._TYPED.fullmatch, piece) for piece in ("1 ", "-", "1e")},
    **{f"quoted {piece!r}": (front_matter.unquoted, f'"{piece}') for piece in ("а", "\\", "\\u0420", "''")},
    "quoted-once": (front_matter._SINGLE.fullmatch, "''"),
    **{
        f"flow {piece!r}": (lambda text: front_matter._FLOW.fullmatch(f"[{text}]"), piece)
        for piece in ("а, ", "а ", '"а", ', "' ", ", ")
    },
    "term": (markdown._has_term, "1*"),
    "underlined": (markdown._is_underlined, "=  "),
    "leading": (markdown._LEADING.match, "1. "),
    "picture": (finds(html._IMG), "<img >"),
    "referring": (
        finds(rendered_text.REFERRING),
        '<a title="" href="x">',
    ),  # what these three read is closed: nh3 wrote it
    "aligned": (finds(html._ALIGNED), '<td class="a">'),
    "address": (finds(sanitizer._ADDRESS), ' href="'),
    "frame": (finds(embeds._FRAME), "<iframe "),
    "link-or-img": (finds(html._LINK_OR_IMG), '<a href="'),
    "link-or-img-apart": (finds(html._LINK_OR_IMG), '<a <img href="" src="'),
    "frame-ends": (finds(embeds._FRAME), "<iframe>  "),
    "attribute": (finds(embeds._ATTRIBUTE), "a='"),
    "piece": (finds(links._PIECE), "<a"),
    "outside-link": (finds(external_links._HREF), "<a "),
    "outside-link-address": (finds(external_links._HREF), '<a href="https://'),
    "scheme": (web_address.scheme_of, "a."),
    "mailbox": (web_address.mail_link, "a."),
    "host": (web_address.web_address, "a-."),
    "outside": (link_rules.is_external, "a+"),
    "prefix": (draft._PREFIX.match, "- "),
    "link": (finds(draft._LINK), "[a]("),
    "markup": (finds(draft._MARKUP), "&#a"),
    "standing": (draft._STANDING.match, "- "),
    "special": (finds(complexity._SPECIAL), "= "),
    "blank": (finds(complexity._BLANK), "\n "),
    "heading": (finds(complexity._HEADING), "> > "),
    "definition": (finds(complexity._DEFINITION), "[a]"),
    "summary": (summarise, "<p> </p>"),
    "summary-of-notes": (summarise, '<p><sup id="fnref:1">1</sup></p>'),
    "summary-of-tables": (summarise, "<table></table>"),
    "bare-address": (autolinks.with_autolinks, "https://a.b/)."),
    "bare-mailbox": (autolinks.with_autolinks, "a@a."),
    "phones": (autolinks.with_autolinks, "(067) 1 "),
    "phone-rows": (autolinks.with_autolinks, "0 800-"),
    "phone-signs": (autolinks.with_autolinks, "+38 0(0"),
    "phone-words": (autolinks.with_autolinks, "код 0501234567 "),
    "bare-address-in-quotes": (autolinks.with_autolinks, '<a "@'),
    "wrapped-address": (fixes.resolve_redirectors, "https://a?"),
    "wrapped-address-in-a-copy": (fixes.resolve_redirectors, "https://a.cdn.ampproject.org/c/s/a.b/"),
    "wrapped-cell": (fixes.resolve_redirectors_in_cells, '://;"a""'),
    "wrapped-cell-of-quotes": (fixes.resolve_redirectors_in_cells, '://;"'),
    "private-address": (lambda text: list(private_address.find_private_addresses(text)), "http://a."),
    "private-number": (lambda text: list(private_address.find_private_addresses(text)), "1.1."),
    "private-path": (lambda text: list(private_address.find_local_paths(text)), "\\\\a\\"),
    "private-bare": (private_address.find_address_fault, "a."),
    "strike": (finds(re.compile(markdown._STRIKE)), "~~а"),
    **{f"normalized {piece!r}": (markdown_normalizing.normalize_markdown, piece) for piece in LINES},
    **{f"visible {piece!r}": (visible, piece) for piece in MARKS},
    "wordless-link": (wordlessness, '<a href=""></a>'),
    "wordless-heading": (wordlessness, "<h2></h2>"),
    "wordless-head": (wordlessness, "<thead><th></th></thead>"),
    "heading-line": (finds(rendered_text_rules.HEADING_LINE), "# "),
    "head-line": (finds(rendered_text_rules.HEAD_LINE), "| \n"),
    "formula": (table_text.escape_formula, "'"),
    "formula-behind-spaces": (table_text.escape_formula, " "),
    "name": (file_names.find_name_fault, "a"),
    "pdf-words": (lambda text: active_content_scan._PDF_WORDS.search(text.encode()), "/a"),
    "pdf-name": (lambda text: active_content_scan._PDF_WORDS.search(text.encode()), "a#"),
    "text-bytes": (lambda text: file_types._TEXT.match(text.encode()), "a"),
    "date": (moment, "2021-07-05 "),
    **{
        f"date {piece!r}": (moment, piece)
        for piece in ("5 серпня ", "а", "а’", "а ", "у ", "5 ", "субота, ", "\u00a0", "c")
    },
    **{
        f"hours {piece!r}": (finds(opening_hours._PIECE), piece)
        for piece in ("8:00-", "пн-", "9 ", "без ", ", ", "1-11 ")
    },
    **{f"step {piece!r}": (finds(service_rules._STEP), piece) for piece in ("1", "1. ", " ", "\n 1", "<o")},
    "period": (period, "9 "),
    "period-words": (period, "2021 "),
    **{
        f"pair {piece!r}": (in_bytes(finds(picture_metadata._PAIR)), piece)
        for piece in ("1.", "1.11111", "49.9935, ", "49° ", "1")
    },
    "words-of-xmp": (in_bytes(finds(picture_metadata._IN_XMP)), "GPSLatitude a "),
    "iso-6709": (in_bytes(finds(picture_metadata._ISO_6709)), "+1.1"),
    "profile": (in_bytes(png._RAW_PROFILE.match), "1 "),
    "tag": (in_bytes(finds(xml_parts._TAG)), '<a a = "a" '),
    "tag-blanks": (in_bytes(finds(xml_parts._TAG)), "<a  "),
    "tags-attribute": (in_bytes(finds(xml_parts._ATTRIBUTE)), ' a = "'),
    "path": (xml_parts.path_in, "C:\\"),
    "maybe-path": (in_bytes(finds(xml_parts._MAYBE_PATH)), "C:\\"),
    "declaration": (lambda text: xml_parts.as_utf8(f"<?xml {text}".encode("utf-16")), " "),
    "home": (in_bytes(finds(attachment_metadata._HOME)), "C:\\Users\\"),
    **{f"names {piece!r}": (person_name.strip_contacts, piece) for piece in NAMES},
    **{
        f"names contacts {piece!r}": (person_name.find_contacts, piece)
        for piece in ("a@b 0501234567 ", "(1)-", "тел. 123 ")
    },
    **{
        f"names last {piece!r}": (lambda text: person_name.strip_contacts(f"{text}ї"), piece)
        for piece in ("a", "aA1_", "A.", "т:")
    },
    **{f"conflict in bytes {piece!r}": (in_bytes(merge_conflict.find_conflict_in_bytes), piece) for piece in CONFLICTS},
    **{f"header {piece!r}": (header_checked, piece) for piece in HEADERS},
    **{f"page {piece!r}": (html_page.read_page, piece) for piece in PAGES},
    "published mailbox": (finds(site_file._MAILBOX), "a.-"),
    "published mailboxes": (finds(site_file._MAILBOX), "a@b-"),
    "stylesheet": (lambda text: list(machine_files.read_stylesheet(text)), "url( "),
    "stylesheet-comment": (lambda text: list(machine_files.read_stylesheet(text)), "/* "),
    "words of an address": (lambda text: list(phrases.phrases_of("", text)), "а "),
    "letters of an address": (lambda text: list(phrases.phrases_of("", text)), "а"),
    **{f"rules {piece!r}": (checked, piece) for piece in TEXTS},
    **{f"spans {piece!r}": (spans, piece) for piece in SPANS},
}
SMALL = 5_000


@pytest.mark.parametrize("name", CASES)
def test_eight_times_the_text_is_far_from_sixty_four_times_the_work(name):
    work, piece = CASES[name]

    assert is_in_proportion(work, piece * SMALL, piece * SMALL * 8)


def test_work_in_proportion_to_the_square_would_be_seen():
    sought_again_from_each_place = finds(re.compile("a+b"))

    def work(text):
        return sought_again_from_each_place(text[: len(text) // 4])

    assert not is_in_proportion(work, "a" * SMALL, "a" * SMALL * 8, tries=3)
