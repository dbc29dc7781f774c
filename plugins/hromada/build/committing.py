"""Step 7, commit: the manifest says that the output folder holds the complete build."""

from __future__ import annotations

from dataclasses import dataclass

from hromada.build.context import BuildContext
from hromada.build.manifest import CompletedBuild
from hromada.system.scan import walk


@dataclass(frozen=True, slots=True)
class BuildStats:
    """How many pages the site has, how many pages and other files were written, how many files were deleted."""

    total: int
    pages: int
    files: int
    removed: int

    @property
    def is_nothing(self) -> bool:
        return not (self.pages or self.files or self.removed)


def commit(context: BuildContext) -> BuildStats:
    """Write the manifest of a complete build."""
    plan, result, snapshot = context.plan, context.rendering.result, context.snapshot
    since, until = snapshot.site.valid_between(snapshot.clock)
    # Else some pages may be of another theme than their keys say: the next build renders them again.
    if walk(context.options.theme) == plan.theme:
        completed = CompletedBuild(context.inputs, since, until)
        context.manifest.finish(plan.outputs.keys, result.stamps, plan.outputs.groups, completed)
    snapshot.pictures.store.prune(plan.outputs.picture_sets)
    if context.preview:
        context.preview.output_is_known = True
    total, pages = (sum(name.endswith(".html") for name in names) for names in (plan.outputs.keys, result.changed))
    return BuildStats(total, pages, len(result.changed) - pages, context.rendering.removed)
