"""`make clean`: removes the built site; with ALL=1 the build cache, too."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from hromada.build.manifest import BuildManifest, output_lock
from hromada.build.output_writer import remove
from hromada.console.messages import EXIT_FAILED, EXIT_OK, EXIT_REFUSED, display_path, print_error, print_lines
from hromada.console.options import Options, misplaced_output
from hromada.storage.cache_cleanup import foreign_file
from hromada.system.atomic_files import sweep

_NAMED = 3  # files that stay: more of them would hide the message


def clean(options: Options) -> int:
    """Empty the output folder; of a folder other than `output/` only what our builds wrote goes, so that a slip in OUTPUT costs nothing."""
    if fault := misplaced_output(options.root, options.content, options.output) or _misplaced_cache(options):
        print_error(fault)
        return EXIT_REFUSED
    name = display_path(options.output, options.root)
    with output_lock(
        options.output, options.cache, lambda: print_lines("Чекаю: сайт у цю саму теку зараз будує інша команда…")
    ):
        manifest = BuildManifest(options.output, options.cache)
        is_own = options.output == options.root / "output" and not options.output.is_symlink()
        try:
            left = _empty(options.output) if is_own else _remove_built(manifest)
        except OSError as error:
            print_error(f"{name}: не вдалося видалити «{error.filename}»: {error.strerror}")
            return EXIT_FAILED
        manifest.forget()
    if options.everything:
        shutil.rmtree(options.cache, ignore_errors=True)
    print_lines(_summary(name, display_path(options.cache, options.root), left, everything=options.everything))
    return EXIT_OK


def _misplaced_cache(options: Options) -> str:
    """Why ALL=1 can't empty the cache, in Ukrainian; empty if it can."""
    if not options.everything:
        return ""
    if options.cache.is_symlink():
        return f"CACHE: «{options.cache}» – посилання. Видаліть теку, на яку воно вказує, самі"
    foreign = foreign_file(options.cache)
    return f"CACHE: у теці «{options.cache}» є не лише кеш: {foreign}. Вкажіть теку кешу" if foreign else ""


def _empty(folder: Path) -> list[str]:
    """Remove everything in a folder; of a link only the link."""
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in list(entries):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.unlink(entry.path)
    return []


def _remove_built(manifest: BuildManifest) -> list[str]:
    """Remove the files that builds wrote; return some of the others."""
    for name in manifest.names():
        remove(manifest.folder, name)
    if not manifest.folder.is_dir():
        return []
    sweep(manifest.folder)
    return sorted(path.name for path in manifest.folder.iterdir())


def _summary(output: str, cache: str, left: list[str], *, everything: bool) -> str:
    kept = (
        f" Лишилося те, чого сайт не створював: {', '.join(left[:_NAMED])}{'…' if len(left) > _NAMED else ''}."
        if left
        else ""
    )
    if everything:
        return f"Видалено сайт у {output} і кеш {cache}.{kept}"
    return f"Видалено сайт у {output}; зменшені світлини й документи лишилися в кеші {cache} (видалити і його: make clean ALL=1).{kept}"
