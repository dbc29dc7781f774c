import pytest

from hromada.domain.site_urls import HANDBOOK_PAGE, LAW_PAGE, LISTS, RESERVED, category_path, month_path


@pytest.mark.parametrize(
    "address", [*LISTS, LAW_PAGE, HANDBOOK_PAGE, category_path("Події"), month_path(2021, 7), "/theme/", "/en/"]
)
def test_no_plain_page_may_stand_where_the_site_makes_pages(address):
    assert address.split("/")[1] in RESERVED


def test_a_categorys_and_a_months_addresses_are_those_of_the_contract():
    assert (category_path("Культура і спорт"), month_path(2021, 7)) == (
        "/news/category/kultura-i-sport/",
        "/news/2021/07/",
    )
