"""What a call of the benchmark asks for."""

import pytest

from bench.settings import BenchSettings, SettingRefused


def test_without_settings_it_is_the_three_sizes():
    assert BenchSettings.parse({}) == BenchSettings((631, 5_000, 15_000), 3, False)


def test_settings_are_read():
    assert BenchSettings.parse({"SIZES": "1500 631", "ROUNDS": "1", "FULL": "1"}) == BenchSettings((631, 1500), 1, True)


@pytest.mark.parametrize(("size", "full", "has"), [(5_000, False, True), (15_000, False, False), (15_000, True, True)])
def test_pelican_is_waited_for_at_small_sizes_or_on_request(size, full, has):
    assert BenchSettings((size,), 3, full).has_pelican(size) is has


@pytest.mark.parametrize("environ", [{"SIZES": "багато"}, {"SIZES": "5"}, {"SIZES": "100000"}, {"ROUNDS": "0"}])
def test_an_unclear_setting_is_refused(environ):
    with pytest.raises(SettingRefused):
        BenchSettings.parse(environ)
