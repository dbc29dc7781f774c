import threading

import pytest

from hromada.system.background import BackgroundCall


def test_a_call_goes_on_while_its_caller_does():
    from_here, from_there = threading.Event(), threading.Event()

    def work():
        from_there.set()
        from_here.wait(10)

    with BackgroundCall(work) as call:
        assert from_there.wait(10)
        from_here.set()
    call.wait()


def test_what_a_call_has_raised_is_raised_where_it_is_waited_for_and_not_before():
    with BackgroundCall(lambda: 1 // 0) as call:
        pass
    with pytest.raises(ZeroDivisionError):
        call.wait()


def test_a_call_is_over_at_the_end_of_the_block_also_after_an_error_there():
    done, go_on = [], threading.Event()

    def work():
        go_on.wait(10)
        done.append(True)

    def fail_during_the_call():
        with BackgroundCall(work):
            threading.Timer(0.05, go_on.set).start()
            raise LookupError

    with pytest.raises(LookupError):
        fail_during_the_call()
    assert done == [True]
