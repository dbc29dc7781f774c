"""How much room the site takes and until when there is some."""

from datetime import date, timedelta

import pytest

from hromada.pictures.space_forecast import SiteSize, forecast_space

TODAY = date(2026, 11, 29)
MB = 1_000_000


def forecast_of(total, pictures, dated=(), stored=False, today=TODAY):
    return forecast_space(
        SiteSize(total * MB, pictures * MB, stored), [(day, count * MB) for day, count in dated], today
    )


def line_of(forecast):
    return forecast.as_line().replace("\N{NO-BREAK SPACE}", " ")


def days_ago(days):
    return TODAY - timedelta(days=days)


def test_a_year_of_pictures_tells_the_month_in_which_the_space_ends():
    forecast = forecast_of(260, 212, [(days_ago(300), 100), (days_ago(30), 112), (days_ago(500), 40)])

    assert forecast.until == TODAY + timedelta(days=740 * 365 // 212)  # the oldest 40 MB are of the year before
    assert line_of(forecast) == (
        "Світлини займають 212 МБ, увесь сайт – 260 МБ із 1 000 МБ; за темпом останнього року місця вистачить до травня 2030 року."
    )


def test_a_site_without_pictures_says_its_size_alone():
    assert line_of(forecast_of(3, 0)) == "Сайт займає 3 МБ із 1 000 МБ."


@pytest.mark.parametrize("dated", [[], [(days_ago(400), 50)], [(days_ago(-3), 50)]])
def test_no_new_pictures_of_the_last_year_foresee_nothing(dated):
    forecast = forecast_of(100, 50, dated)

    assert forecast.until is None
    assert forecast.as_line().endswith("за останній рік нових світлин немає.")


@pytest.mark.parametrize(("days", "counted"), [(364, 1), (365, 0)])
def test_the_year_has_365_days_with_today(days, counted):
    assert (forecast_of(100, 50, [(days_ago(days), 50)]).pace > 0) is bool(counted)


@pytest.mark.parametrize("first", [0, 10, 29])
def test_a_first_month_counts_as_a_whole_one(first):
    """Ten photos of the first day are not ten photos of each day."""
    assert forecast_of(40, 30, [(days_ago(first), 30)]).pace * 30 == 30 * MB


def test_a_shorter_history_than_a_year_is_not_diluted():
    assert forecast_of(40, 30, [(days_ago(99), 15), (TODAY, 15)]).pace * 100 == 30 * MB


@pytest.mark.parametrize(
    ("total", "line"), [(999, "до листопада 2026 року."), (1000, "місця вже немає."), (1500, "місця вже немає.")]
)
def test_a_full_site_says_so(total, line):
    assert forecast_of(total, 900, [(days_ago(100), 100)]).as_line().endswith(line)


def test_the_far_future_is_not_named():
    forecast = forecast_of(2, 1, [(days_ago(364), 1)])

    assert forecast.until is None
    assert forecast.as_line().endswith("місця вистачить більш як на 50 років.")


def test_pictures_in_a_store_are_not_of_the_site():
    forecast = forecast_of(48, 0, stored=True)

    assert line_of(forecast) == "Сайт займає 48 МБ із 1 000 МБ, світлини лежать у сховищі."


@pytest.mark.parametrize(("total", "near"), [(799, False), (800, True), (1200, True)])
def test_from_eighty_per_cent_on_it_is_a_warning(total, near):
    forecast = forecast_of(total, 1)

    assert forecast.is_near_limit is near
    assert bool(forecast.warning()) is near
    assert f"зайнято {total // 10} %" in forecast.warning() or not near


@pytest.mark.parametrize(
    ("size", "line"),
    [(0, "0 МБ"), (1, "менш як 0,1 МБ"), (250_000, "0,3 МБ"), (1_000_000, "1 МБ"), (1_234_567_890, "1 235 МБ")],
)
def test_sizes_are_readable(size, line):
    assert line_of(forecast_space(SiteSize(size, 0), [], TODAY)) == f"Сайт займає {line} із 1 000 МБ."


@pytest.mark.parametrize(("month", "name"), [(2, "лютого"), (11, "листопада"), (5, "травня")])
def test_months_stand_in_the_genitive(month, name):
    today = date(2027, month, 1)

    assert f"до {name} 2027 року" in forecast_of(999, 10, [(today - timedelta(days=20), 300)], today=today).as_line()
