"""The commands: each takes options, prints messages in Ukrainian and returns an exit status (0, 1 or 2).

Each imports only what it needs: a build without changes must not wait for the libraries of the others.
"""

from __future__ import annotations

from hromada.console.options import Options


def check(options: Options) -> int:
    """Every problem of the content at once."""
    from hromada.commands.check import check as run

    return run(options)


def figures(options: Options) -> int:
    """The figures of a period."""
    from hromada.commands.figures import figures as run

    return run(options)


def fix(options: Options) -> int:
    """Fix what has one right form; show every change."""
    from hromada.commands.fix import fix as run

    return run(options)


def links(options: Options) -> int:
    """Which links to other sites do not open."""
    from hromada.commands.links import links as run

    return run(options)


def hooks(options: Options) -> int:
    """Check the content before every commit of this clone."""
    from hromada.commands.hooks import hooks as run

    return run(options)


def check_commits(options: Options) -> int:
    """Whether commits that are not online have files with coordinates."""
    from hromada.commands.check_commits import check_commits as run

    return run(options)


def new(options: Options) -> int:
    """A new content file, from settings or from answers on the terminal."""
    from hromada.commands.new import new as run

    return run(options)


def new_report(options: Options) -> int:
    """Start a report's text from the previous one of its kind."""
    from hromada.commands.new_report import new_report as run

    return run(options)


def approve(options: Options) -> int:
    """Sign a finished period's figures."""
    from hromada.commands.approve import approve as run

    return run(options)


def amend(options: Options) -> int:
    """Sign an approved period's figures anew, with a public note."""
    from hromada.commands.approve import amend as run

    return run(options)


def import_social(options: Options) -> int:
    """Import a social network's export into the register."""
    from hromada.importers.social import import_social as run

    return run(options)


def import_site(options: Options) -> int:
    """Import an earlier site into the content."""
    from hromada.importers.earlier_site import import_site as run

    return run(options)


def alert(options: Options) -> int:
    """Write an alert into alerts.toml and check it; PUBLISH also publishes it."""
    from hromada.commands.alert import alert as run

    return run(options)


def post(options: Options) -> int:
    """Print an item's text for social networks; POSTED writes the register's row."""
    from hromada.commands.post import post as run

    return run(options)


def photos(options: Options) -> int:
    """Take a card's photos into an item's gallery; hide faces in photos."""
    from hromada.importers.photos import photos as run

    return run(options)


def html(options: Options) -> int:
    """Check, then build; says so when nothing has changed."""
    from hromada.build.pipeline import build

    return build(options).status


def clean(options: Options) -> int:
    """Remove the built site, and the cache with ALL."""
    from hromada.commands.clean import clean as run

    return run(options)


def publish(options: Options) -> int:
    """Check, build for the real address, verify, push the branch, then the site; DRY_RUN shows what would change."""
    from hromada.commands.publish import publish as run

    return run(options)


def undo(options: Options) -> int:
    """Take the last own change of the content back."""
    from hromada.commands.undo import undo as run

    return run(options)


def history(options: Options) -> int:
    """Print what was published when."""
    from hromada.commands.history import history as run

    return run(options)


def rollback(options: Options) -> int:
    """Put an earlier publication online again."""
    from hromada.commands.history import rollback as run

    return run(options)


def history_trim(options: Options) -> int:
    """Show or forget all but the last publications."""
    from hromada.commands.history import history_trim as run

    return run(options)


def online(options: Options) -> int:
    """Ask the site's address whether it shows the last publication."""
    from hromada.commands.online import online as run

    return run(options)


def doctor(options: Options) -> int:
    """Say what this machine, clone, settings, remote and host lack for publishing."""
    from hromada.commands.doctor import doctor as run

    return run(options)


def photos_gc(options: Options) -> int:
    """Show or remove the pictures of the store that nothing needs."""
    from hromada.commands.photos_gc import photos_gc as run

    return run(options)


def demo(options: Options) -> int:
    """Make the sample archive and build the site from it by the same code."""
    from hromada.commands.demo import demo as run

    return run(options)


def serve(options: Options) -> int:
    """Build, serve, rebuild and reload on change."""
    from hromada.serve.server import serve as run

    return run(options)


def preview(options: Options) -> int:
    """Check the content of a request and show it at an address of its own."""
    from hromada.commands.request_preview import preview as run

    return run(options)
