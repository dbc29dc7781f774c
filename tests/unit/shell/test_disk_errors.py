"""What the system says of a file, in Ukrainian."""

import errno

import pytest

from hromada.shell.disk_errors import why


@pytest.mark.parametrize(("number", "words"), [(errno.ENOENT, "його немає"), (errno.EACCES, "немає прав")])
def test_a_common_reason_is_ukrainian(number, words):
    assert why(OSError(number, "English words")) == words


def test_a_rare_reason_keeps_the_systems_words():
    assert why(OSError(errno.EXDEV, "Invalid cross-device link")) == "Invalid cross-device link"
    assert why(OSError()) == "OSError"
