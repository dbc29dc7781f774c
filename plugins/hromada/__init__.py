"""What we add to Pelican: the content contract, the count, the report, the site's pages."""


def register() -> None:
    """Pelican's entry: Pelican is imported only here, so that tests and tools import the core alone."""
    from hromada.build.pelican_plugin import register_signals

    register_signals()
