"""Our loops over what editors write take work in proportion to it; none is forgotten."""

import struct
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

import hromada
from hromada.autofix import paste_cleanup, typography
from hromada.autofix.fixes import resolve_redirectors_in_cells
from hromada.checks.comment_rules import notes_stay_hidden
from hromada.checks.linted_text import LintedText
from hromada.checks.rendered_text_rules import find_visible_marks
from hromada.checks.text_rules import check_text
from hromada.conversion.site.import_plan import ExistingContent, _Planner
from hromada.conversion.site.old_item import OldAddresses, OldItem
from hromada.conversion.social.publication import PostKind, post_title
from hromada.domain import front_matter
from hromada.domain.account import Accounts
from hromada.domain.figure import Figures, standard_figures
from hromada.domain.item import Kind
from hromada.domain.markdown_normalizing import normalize_markdown
from hromada.domain.markdown_spans import find_spans
from hromada.domain.pasted_text import cut_rows
from hromada.domain.period import parse_period
from hromada.domain.problem import Problem
from hromada.domain.table_text import CsvBroken, csv_rows
from hromada.domain.text_lookup import LineNumbers
from hromada.listing.cards import summarise
from hromada.metadata.bmff import strip_bmff
from hromada.metadata.gif import strip_gif
from hromada.metadata.jpeg import START, strip_jpeg
from hromada.metadata.limits import BudgetExceeded, NotCleanable
from hromada.metadata.pdf_metadata import has_packed_coordinates
from hromada.metadata.picture_metadata import has_coordinates, iptc_place_names, metadata_of
from hromada.metadata.png import SIGNATURE
from hromada.metadata.webp import strip_webp
from hromada.reading import header
from hromada.reading.active_content_scan import _of_value
from hromada.reading.complexity import _wide_table
from hromada.reading.registers import _each_account_once, read_register_file
from hromada.reading.row_union import union_rows
from hromada.render.autolinks import with_autolinks
from hromada.render.text_blocks import _tidy
from hromada.report.charts.activity_heatmap import activity_heatmap
from hromada.report.charts.bars import wrap_text
from hromada.report.text.draft import rename_period
from hromada.report.text.placeholders import TextRun, TypedNumbers, placeholders
from hromada.verification.html_page import _contents_as_built, read_page
from hromada.verification.machine_files import read_json
from hromada.verification.phrases import phrases_of
from tests.unit.growth import is_in_proportion
from tests.unit.loops import every_suspect, suspects
from tests.unit.making import item
from tests.unit.metadata.samples import FTYP, box, film, full

PACKAGE = Path(hromada.__file__).parent
OLD, NEW = parse_period("2021-H2"), parse_period("2022-H1")
TYPED = TypedNumbers(Figures(standard_figures(())))


def rows(text):
    try:
        return sum(1 for _ in csv_rows(text, ";"))
    except CsvBroken:
        return 0


def register(text):
    return read_register_file("monitoring", "content/registers/monitoring/a.csv", text.encode(), Accounts())


def line_numbers(text):
    lines = LineNumbers(text)
    return [lines.at(place) for place in range(0, len(text), 3)]


def fields(text):
    document = header.parse_document("x.md", f"tags: [{text}]\n", None)
    return document.list("tags")


def one_field(text):
    found, _ = front_matter.read_fields(enumerate(text.split("\n")), lambda word: word == "date", is_fenced=True)
    return [(field.text, front_matter.canonical_lines(field, is_list=False)) for field in found]


def weeks(text):
    """As many weeks as letters, up to a thousand years of them, with a message in each."""
    days = [date.fromordinal(number * 7 + 700_000) for number in range(len(text) // 20)]
    return activity_heatmap("а", days[0], days[-1], [("а", "", days)], days[-1])


def same_titles(text):
    planner = _Planner(ExistingContent(), frozenset(), OldAddresses(()))
    for number in range(len(text) // 40):
        planner.planned(OldItem(item().location._replace(line=number), Kind.PAGE, "Назва", slug="nazva"))


def header_comments(text):
    return list(notes_stay_hidden(LintedText(item(body_line=text.count("\n") + 1), f"{text}\nа")))


def body_comments(text):
    return list(notes_stay_hidden(LintedText(item(body_line=1), text)))


def account_problems(text):
    """Half of them of one account, half each of its own."""
    names = ("" if number % 2 else f"«{number}»" for number in range(len(text) // 4))
    return list(_each_account_once(Problem("а", 1, "account-unknown", f"сторінки {name} немає") for name in names))


def pdf_values(text):
    return list(_of_value(ArrayObject([DictionaryObject({NameObject("/A"): ArrayObject()})] * (len(text) // 4))))


def kinds_of_items(raw):
    """A still picture whose list of items is this."""
    return metadata_of(FTYP + full(b"meta", full(b"iinf", b"\0\1", raw), full(b"iloc", bytes(4))))


def cleaned_samples(raw):
    """A film whose every sample, and every chunk of them, is told to be the whole file."""
    count, place = len(raw) // 4, struct.pack(">I", 0)
    tables = (
        full(b"stsd", struct.pack(">I", 1), box(b"gpmd", bytes(8))),
        full(b"stsz", struct.pack(">II", count * 4, count)),
        full(b"stsc", struct.pack(">IIII", 1, 1, 1, 1)),
        full(b"stco", struct.pack(">I", count), place * count),
    )
    try:
        return strip_bmff(film(box(b"trak", *tables)))
    except (NotCleanable, BudgetExceeded):
        return None


def webp_of(raw):
    return strip_webp(b"RIFF" + struct.pack("<I", len(raw) + 4) + b"WEBP" + raw, 1)


GIF = b"GIF89a" + bytes(7)
IEND = bytes(4) + b"IEND" + bytes(4)
TIFF = b"II*\0\x08\0\0\0"


# The function that loops, what is done, and a piece of the text that is worst for it, as often as there is room.
CASES = {
    "checks/markup_rules._underlined": (lambda text: check_text(item(body_line=3), f"title: Назва\n\n{text}"), "а\n=\n"),
    "checks/language_rules.quotes_are_ukrainian": (
        lambda text: check_text(item(body_line=3), f"title: Назва\n\n« {text[: len(text) // 4]}"), "„а“ "
    ),
    "domain/pasted_text.cut_rows": (lambda text: list(cut_rows(f"|а|\n|-|\n{text}")), "|а|б|\n"),
    "domain/pasted_text.cut_rows in a row": (lambda text: list(cut_rows(f"|а|\n|-|\n{text}")), "|а `б` \\|"),
    "domain/table_text.csv_rows": (rows, "а;б\n"),
    "domain/text_lookup.LineNumbers._ends": (line_numbers, "а\n"),
    "checks/comment_rules._in_header": (header_comments, "# <!-- а\n"),
    "checks/comment_rules.notes_stay_hidden": (body_comments, "а <- б\n\n    <!-- а\n\nа <!-- а - > -->\n"),
    "checks/comment_rules.notes_stay_hidden of arrows": (body_comments, "а <- б\n"),
    "checks/rendered_text_rules._texts": (lambda text: list(find_visible_marks(text)), "<p>а<br>[а](</p>"),
    "domain/markdown_normalizing._Normalizer._end_paragraph": (normalize_markdown, "слово\\\nслово\n"),
    "domain/markdown_normalizing._Normalizer._item": (normalize_markdown, "- а\n  - [ ] б\n    1. в\n"),
    "domain/markdown_normalizing._Normalizer._quote": (normalize_markdown, "> > - а\n> слово\n"),
    "domain/markdown_normalizing._Normalizer._quote of one line": (lambda text: normalize_markdown(f" {text}"), ">"),
    "domain/markdown_normalizing._Normalizer.lines": (normalize_markdown, "а\n<div>\nа\n"),
    "domain/markdown_spans._candidate_offsets": (find_spans, "[`<"),
    "domain/markdown_spans.code_lines": (find_spans, "    а <!-- \n"),
    "autofix/fixes._separator": (resolve_redirectors_in_cells, ";://\n"),
    "conversion/site/import_plan._Planner.planned": (same_titles, "а"),
    "conversion/social/publication.post_title": (lambda text: post_title(text, PostKind.POST), "… ! "),
    "conversion/social/publication._sentences": (lambda text: post_title(text, PostKind.POST), "а. а "),
    "listing/cards.summarise": (summarise, "<p> </p>"),  # nh3 has closed every tag
    "domain/front_matter._split_outside_quotes": (fields, "а"),
    "domain/front_matter._split_outside_quotes of quotes": (fields, " '"),
    "domain/front_matter.read_fields": (lambda text: one_field(f"title: а\n{text}"), " а б\n"),
    "domain/front_matter.read_fields in quotes": (lambda text: one_field(f'title: "а\n{text}'), " а б\n"),
    "domain/front_matter.read_fields of comments": (lambda text: one_field(f"title: а\n{text}"), "# а б\n"),
    "domain/front_matter._folded": (lambda text: one_field(f'title: "а\n{text}"'), " а\\\n\n"),
    "domain/front_matter._block_text": (lambda text: one_field(f"title: >-\n{text}"), "  а\n\n"),
    "domain/front_matter._Scalar.lines": (lambda text: one_field(f"title: |\n  а\n{text}"), "\n"),
    "autofix/paste_cleanup.repair_bold": (paste_cleanup.repair_bold, "а ** б ** в\n"),
    "autofix/paste_cleanup.separate_rules": (paste_cleanup.separate_rules, "Слово.\n---\n\n"),
    "autofix/paste_cleanup.remove_indents": (paste_cleanup.remove_indents, "а\n\n    слово слово\n"),
    "autofix/paste_cleanup.replace_bullets": (paste_cleanup.replace_bullets, "слово\n• слово\n"),
    "autofix/typography._quotes": (lambda text: list(typography._quotes(text)), "„“"),
    "reading/active_content_scan._of_value": (pdf_values, "а"),
    "reading/complexity._wide_table": (_wide_table, "а|б\n-|-\n\n"),
    "reading/registers._each_account_once": (account_problems, "а"),
    "reading/table_files._detect_separator": (register, "05.07.2021,а\n"),
    "reading/table_files.read_csv": (lambda text: register(f"Дата;Назва\n{text}"), "05.07.2021;а\n"),
    "report/charts/activity_heatmap._row": (weeks, "а"),
    "report/charts/bars._pieces": (lambda text: wrap_text(text, 300.0), "щ"),
    "report/charts/bars._pieces with hyphens": (lambda text: wrap_text(text, 300.0), "щ-"),
    "report/charts/bars.wrap_text": (lambda text: wrap_text(text, 300.0), "щ "),
    "report/text/placeholders.placeholders": (lambda text: list(placeholders(text)), "[[а]]\n"),
    "report/text/draft.rename_period": (lambda text: rename_period(text[: len(text) // 40], OLD, NEW), "2021-H2 "),
    "report/text/placeholders.TypedNumbers.find": (lambda text: list(TYPED.find(text[: len(text) // 4])), "3 новини\n"),
    "verification/html_page._contents_as_built": (
        lambda text: _contents_as_built(f"<!doctype html>{text}"),
        '\n<p class="a">x</p>',
    ),
    "verification/html_page._faults_of_text": (read_page, '<script src="/a?b&amp;c">1</script>\n'),
    "verification/html_page._line": (read_page, "<p id=a>&nema;<\n"),
    "verification/html_page._line of well-formed ends": (read_page, "</p>\n"),
    "verification/machine_files._addresses_in": (lambda text: list(read_json(f'["{text}"]')), 'https://a","'),
    "verification/phrases.phrases_of": (lambda text: list(phrases_of("", text)), "а "),
    "render/autolinks._without_punctuation": (lambda text: with_autolinks(f"https://a.b/{text}"), ")"),
    "render/text_blocks._tidy": (lambda text: _tidy([TextRun(text[at : at + 3]) for at in range(0, len(text), 3)]), "а\n"),
}  # fmt: skip
LETTERS = 10_000


# The same for the bytes of pictures and films.
def united(raw):
    return union_rows(b"a\n" + raw, b"a\n" + raw + b"b\n", b"a\n" + raw + b"c\n")


BYTE_CASES = {
    "metadata/bmff.boxes": (lambda raw: metadata_of(FTYP + raw), box(b"free")),
    "metadata/bmff.boxes inside each other": (lambda raw: metadata_of(FTYP + raw), bytes(4) + b"meta" + bytes(4)),
    "metadata/bmff._kinds": (kinds_of_items, full(b"infe", bytes(4), b"mime", b"\0")),
    "metadata/bmff._samples": (cleaned_samples, bytes(4)),
    "metadata/bmff._tells": (lambda raw: has_coordinates(film(box(b"trak", full(b"stsd", bytes(4), raw)))), box(b"avc1")),
    "metadata/gif._blocks": (lambda raw: metadata_of(GIF + raw + b";"), b"!\xfe\1a\0"),
    "metadata/gif._joined": (lambda raw: metadata_of(GIF + b"!\xfe" + raw + b"\0;"), b"\1a"),
    "metadata/gif._skip": (lambda raw: strip_gif(GIF + b"!\xfe" + raw + b"\0;"), b"\1a"),
    "metadata/pdf_metadata.has_packed_coordinates": (has_packed_coordinates, b"/FlateDecode/DCTDecode stream\nx\x9c"),
    "metadata/picture_metadata.iptc_place_names": (lambda raw: sum(1 for _ in iptc_place_names(b"8BIM" + raw)), b"\x1c\2\x5a\0\1a"),
    "metadata/jpeg.strip_jpeg": (lambda raw: strip_jpeg(START + raw + b"\xff\xd9", 1), b"\xff\xdb\0\2"),
    "metadata/jpeg.notes": (lambda raw: metadata_of(START + raw), b"\xff\xfe\0\2"),
    "metadata/picture_metadata._films": (lambda raw: metadata_of(START + raw), b"\0\0\0\x08ftyp"),
    "metadata/picture_metadata._found": (metadata_of, b"GPSL"),
    "metadata/png._chunks": (lambda raw: metadata_of(SIGNATURE + raw + IEND), bytes(4) + b"tEXt" + bytes(4)),
    "metadata/tiff.directories": (metadata_of, TIFF),
    "metadata/tiff.directories with one place": (metadata_of, TIFF + b"\1\0" + struct.pack("<HHII", 34665, 4, 1, 8)),
    "reading/row_union._has_open_quote": (lambda raw: union_rows(b"a\n", b"a\n" + raw, b"a\nc\n"), b'"b";"\n'),
    "reading/row_union._rows": (united, b"\r\n"),
    "reading/row_union.union_rows": (united, b"1;2\n"),
    "metadata/webp._chunks": (webp_of, b"VP8 \0\0\0\0"),
}  # fmt: skip
BYTES = 50_000

# Loops over what is short or few, whatever the content holds, or that read each thing once.
BOUNDED = {
    "a name, a number or a line of a few words": (
        "checks/privacy_rules.mask_digits", "checks/redirect_rules._folders", "domain/numerals.Noun.with_few", "autofix/markdown_file._with_value",
        "reading/columns._column_name", "reading/toml_file._line_of_long_key", "reading/workbook/xlsx._SheetReader._index",
        "importers/site_source.FolderSource.read_parts", "domain/pasted_text.tabbed_rows", "conversion/social/times._period_in",
        "checks/attachment_rules.check_documents", "checks/attachment_rules._above", "content/handbook_files.Handbook._fault_on_path",
        "importers/photos._stem", "publish/branch_move._refuse_unmovable", "search/morphology._spellings", "search/shards.Shard.words",
        "search/morphology.Dictionary._endings", "search/postings.number_text", "search/postings._number",
    ),
    "the first few of a list": (
        "checks/site_rules.categories_are_not_slips", "conversion/site/site_summary._first_lines", "conversion/social/import_summary._possible_duplicates",
        "report/approval/report_state.format_unconfirmed", "publish/working_tree._refuse_files", "conversion/site/import_plan.pages_by_key",
        "checks/attachment_rules.attachment_tells_no_folder", "conversion/social/import_summary._shared", "reading/table_files._no_header",
        "online/foreign_changes.ForeignChanges.as_lines", "online/foreign_changes._format_names", "online/site_changes._format_list",
        "pages/event_pages.EventPages._past", "publish/rollback._returning", "pages/photo_pages.PhotoArchive.groups", "pages/component_page._examples",
        "importers/photo_areas._by_path", "importers/photos._named_areas", "publish/verification._refusals",
        "importers/photo_areas._by_path", "importers/photos._named_areas", "publish/moved_addresses.with_rows",
        "publish/revert._lines", "pages/event_pages.EventPages._by_unit",
        "render/document_text._pdf", "publish/preview_repository._fitting", "publish/run_results.problem_rows",
    ),
    "points of the law, networks, states, known columns: they are few": (
        "listing/law_page.law_view", "reading/toml_config._check", "reading/tables._refuse_repeated", "conversion/social/attribution._find",
    ),
    "the method of another library, by a tag of the tree": (
        "conversion/site/html_text._remove_active_content", "conversion/site/html_text._unlink_pictures", "conversion/site/html_text._flatten_figures",
        "conversion/site/wordpress._gallery", "verification/machine_files.read_feed",
    ),
    "each step takes something away, or goes on to the next piece": (
        "reading/workbook/parts.Parts.parse", "report/charts/activity_heatmap._weeks",
        "build/page_keys.Templates.used_by", "importers/site_source.XmlSource._chunks", "importers/earlier_site.Conversion.convert",
        "render/sanitizer._DroppedFinder.handle_endtag", "publish/working_tree._files", "storage/artifact_cache.FileStore._evict",
        "report/documents/pdf_report._object_stream", "system/git.Git.blobs", "system/git.Git.each_blob", "content/file_cache.FileCache.reading_ahead",
        "system/regular_files.entries_below", "publish/object_store._first", "publish/site_tree._folders_of", "publish/branch_move._prune_folders",
        "system/processes._StreamReader.run", "domain/phone_number._text_pieces", "listing/handbook_pages._divided",
        "search/shard_patch.ShardPatch.apply", "search/shards.build_shards", "search/segments._segment",
        "search/postings._block_of", "search/postings._entry_start", "system/atomic_files._temporary_file",
    ),
    "lines and numbers are put together, not texts": (
        "report/documents/pdf_data._figures", "report/documents/pdf_data._without_gaps", "report/view/formats.as_text",
        "report/text/placeholders.check_text", "build/site_outputs.Outputs._item_keys", "publish/verification._faults",
    ),
    "numbers of files of a register in the way": ("conversion/social/merging.append_rows",),
    "waits for a person, a process or a lock": (
        "commands/new.settled", "commands/clone_steps._decide.choose", "commands/clone_steps._offer_commit",
        "system/file_lock.file_lock", "system/file_lock._acquire_on_windows", "serve/server._changes",
        "system/workers._forked", "system/workers._run", "publish/picture_publishing.PicturePublisher._wait_for_cleanup",
        "publish/publication_lock.remove_stale_locks", "publish/run_results._replace", "system/processes._ends",
        "publish/online_check.wait_until_shown",
    ),
    "stops at a limit of its own": (
        "domain/opening_hours._tokens", "domain/opening_hours._of_week", "domain/opening_hours._through",
        "render/social_card_files._detail", "render/social_card_files._pieces",
        "listing/gallery_rows.rows_of", "domain/item.PictureRef.entry",
        "reading/complexity._copies", "domain/recurrence._longest_date", "reading/active_content_scan._of_pdf", "render/html._LineFinder.line_of_marks",
        "system/web_request._bounded",
        "pages/search_index._length_step", "search/segments._card_shift", "search/segments.shard_count",
        "system/link_prober.LinkProber._state", "content/external_links._offset", "conversion/social/manual_post.account_of",
    ),
    "made by us": ("demo/sample_files._pack_row",),
}  # fmt: skip


@cache
def found():
    return set(every_suspect(PACKAGE))


def known():
    return {name.partition(" ")[0] for name in (*CASES, *BYTE_CASES)} | {
        name for names in BOUNDED.values() for name in names
    }


@pytest.mark.long
@pytest.mark.parametrize("name", CASES)
def test_eight_times_the_letters_are_far_from_sixty_four_times_the_work(name):
    work, piece = CASES[name]
    often = LETTERS // len(piece)

    assert is_in_proportion(work, piece * often, piece * often * 8)


@pytest.mark.long
@pytest.mark.parametrize("name", BYTE_CASES)
def test_eight_times_the_bytes_are_far_from_sixty_four_times_the_work(name):
    work, piece = BYTE_CASES[name]
    often = BYTES // len(piece)

    assert is_in_proportion(work, piece * often, piece * often * 8)


@pytest.mark.long
def test_work_with_the_square_would_be_seen():
    def work(text):
        kept = [""]
        for sign in text:
            kept[-1] += sign

    assert not is_in_proportion(work, "щ" * 8_000, "щ" * 64_000, tries=1)  # each try may be disturbed


@pytest.mark.long
def test_every_loop_that_may_grow_with_the_square_is_measured_or_said_to_be_bounded():
    assert sorted(found() - known()) == []


@pytest.mark.long
def test_no_loop_is_said_to_be_bounded_that_is_gone():
    assert sorted({name for names in BOUNDED.values() for name in names} - found()) == []


@pytest.mark.parametrize(
    "loop",
    ["while x: pass", "for a in b: s = s + a", "for a in b: s = f'{s}{a}'", "for a in b: s[-1] += a", "for a in b: s += f'{a}'",
     "for a in b: s = [*s, a]", "for a in b: c(text[a:])", "for a in b: c(text[:a])", "[text.find(a) for a in b]",
     "for a in b: lines.insert(a, '')", "for a in b: s.pop(0)", "{a: names.count(a) for a in b}"],
)  # fmt: skip
def test_such_a_loop_is_found(loop):
    assert list(suspects(f"def f():\n    {loop}")) == ["f"]


@pytest.mark.parametrize(
    "loop", ["for a in b: n += 1", "for a in b: s += [a]", "for a in b: s.append(a)", "s = s + a", "text[a:]"]
)
def test_a_loop_that_only_goes_on_is_not(loop):
    assert list(suspects(f"def f():\n    {loop}")) == []
