"""Step 5, plan: every output of the site with its key, and which of them are to be rendered or deleted."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct

from hromada.build.context import BuildContext
from hromada.build.output_writer import remove_irregular
from hromada.build.scanning import renderer_digest
from hromada.build.site_outputs import Outputs, may_be_of_index, outputs_of
from hromada.system.scan import ScannedFile, walk


class OutputPlan(Struct, frozen=True):
    """What is to be written. `first` are the pages of saved items, which a preview renders before all others."""

    outputs: Outputs
    theme: dict[str, ScannedFile]  # as it was when the keys were made
    changed_outputs: frozenset[str]  # files modified since the last build
    was_interrupted: bool  # the last build
    first: list[str]
    former: frozenset[str]  # files of former builds; where unknown files are to be deleted, all in the folder


def plan(context: BuildContext) -> None:
    """Make the keys of all outputs, and find what is out of date in the output folder."""
    options, manifest, preview, prefork = context.options, context.manifest, context.preview, context.prefork
    theme = walk(options.theme)
    outputs = outputs_of(context.snapshot, options.theme, options.cache, renderer_digest(options), manifest.groups)
    was_interrupted, first = bool(manifest.pending), list[str]()
    present = frozenset[str]()
    if context.delete_unknown:  # before stamps are compared: no file behind a link is ours
        present = prefork.present() if prefork else remove_irregular(options.output)
    if preview and preview.output_is_known:
        changed_outputs = frozenset[str]()
        first = manifest.stale(outputs.item_keys, changed_outputs)
    else:
        changed_outputs = prefork.changed_outputs() if prefork else manifest.changed_outputs()
    context.plan = OutputPlan(outputs, theme, changed_outputs, was_interrupted, first, present | manifest.names())


def stale_outputs(context: BuildContext, keys: Mapping[str, str], rendered: Collection[str]) -> list[str]:
    """Which of these outputs are still to be rendered."""
    stale = context.manifest.stale(keys, context.plan.changed_outputs)
    return [name for name in stale if name not in rendered]


def deleted_outputs(context: BuildContext, keys: Mapping[str, str], *, of_index: bool) -> list[str]:
    """The files in the output folder that are none of these outputs: those that may be of the search index, or all others."""
    return sorted(name for name in context.plan.former - keys.keys() if may_be_of_index(name) is of_index)
