from hypothesis import given
from hypothesis import strategies as st

from hromada.system.regular_files import digest_of


@given(st.binary(), st.binary())
def test_bytes_are_known_by_their_digest(one, other):
    assert (digest_of(one) == digest_of(other)) is (one == other)
    assert len(digest_of(one)) == 32
