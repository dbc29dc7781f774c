"""How many examples a property is tried with: few in `make test-fast`, many in `make soak`."""

from hypothesis import settings

PROFILES = {"fast": 25, "test": 40, "mutants": 100, "soak": 500}  # the names of `--hypothesis-profile`


def register_profiles() -> None:
    """Make these profiles known; that of `make test` is taken where none is named."""
    for name, number in PROFILES.items():
        settings.register_profile(name, deadline=None, max_examples=number)  # a busy machine is no fault of the code
    settings.load_profile("test")


def examples(times: float) -> settings:
    """As many times the examples of the profile, for a property that needs more of them or whose examples are slow."""
    return settings(max_examples=round(times * settings.default.max_examples))
