"""Without categories.toml a category of one new item may be a slip."""

from hromada.checks.site_rules import check_site
from hromada.domain.dates import Clock
from tests.unit.making import item, site


def test_the_usual_spelling_of_a_category_is_proposed_and_not_a_rare_one():
    spelt = ["Події", "Події", "Події", "ПОДІЇ", "Подї"]
    items = [item(f"2022-01-{day:02}", slug=f"x{day}", category=name) for day, name in enumerate(spelt, 1)]
    (said,) = [one for one in check_site(site(items), Clock.parse("2022-01-15T12:00")) if one.code == "category-once"]

    assert said.fix == "можливо, «Події»?"
