from hromada.domain.account import Account, Accounts, PostKind, parse_network


def test_a_network_has_many_names():
    assert {parse_network(word) for word in ("Фейсбук", "FB", " facebook ")} == {"facebook"}


def test_reposts_and_stories_are_kinds_that_do_not_count():
    counted = {kind for kind in PostKind if kind.is_counted}

    assert {kind.value for kind in counted} == {"допис", "фото", "відео", "рілс", "ефір"}
    assert PostKind.parse("") is PostKind.POST
    assert PostKind.parse("Репост") is PostKind.REPOST
    assert PostKind.parse("перепост") is None


def test_an_account_is_found_by_any_of_its_names():
    accounts = Accounts.of([Account("rada", "Дергачівська міська рада", ("ДМР",))])

    assert {accounts.find(name) for name in ("ДМР", "«дергачівська  міська рада»", "rada")} == {accounts.all[0]}
    assert accounts.find("ЖКГ") is None
