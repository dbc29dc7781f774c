"""What the system says of a file, in Ukrainian."""

import errno

import pytest

from hromada.system.disk_errors import advice, describe_error, is_there
from hromada.system.regular_files import LINK, SPECIAL, NotRegular


@pytest.mark.parametrize(("number", "words"), [(errno.ENOENT, "його немає"), (errno.EACCES, "немає прав")])
def test_a_common_reason_is_ukrainian(number, words):
    assert describe_error(OSError(number, "English words")) == words


def test_a_rare_reason_keeps_the_systems_words():
    assert describe_error(OSError(errno.EXDEV, "Invalid cross-device link")) == "Invalid cross-device link"
    assert describe_error(OSError()) == "OSError"


def test_nothing_is_there_under_a_name_that_no_disk_can_hold(tmp_path):
    assert [is_there(tmp_path), is_there(tmp_path / "a"), is_there(tmp_path / ("a" * 5000))] == [True, False, False]


@pytest.mark.parametrize(
    ("error", "todo"),
    [
        (NotRegular(SPECIAL, "a"), "замініть це звичайним файлом"),
        (NotRegular(LINK, "a"), "замініть це звичайним файлом"),
        (OSError(errno.EISDIR, ""), "замініть це звичайним файлом"),
        (OSError(errno.ENOTDIR, ""), "приберіть той файл"),
        (OSError(errno.ENOENT, ""), "перевірте назву"),
        (OSError(errno.EACCES, ""), "перевірте права та диск"),
        (OSError(errno.EIO, ""), "перевірте права та диск"),
        (OSError("what zipfile says"), "перевірте права та диск"),
    ],
)
def test_rights_and_the_disk_are_blamed_for_files_alone(error, todo):
    assert advice(error) == todo
