"""Whether work grows in proportion to its input, as far as a busy machine can tell."""

import time
import timeit

TRIES = 12  # another process may disturb one measurement; work in proportion to the square disturbs itself each time
UNNOTICED = 0.02  # seconds: what takes less is not judged


def seconds(work, given, repeat=1):
    """Of the processor, the best of some; timeit keeps the garbage collector, and so the other tests' heap, out."""
    return min(timeit.repeat(lambda: work(given), timer=time.process_time, repeat=repeat, number=1))


def is_in_proportion(work, small, large, tries=TRIES):
    """Eight times the input takes far from sixty-four times the work, in one of some tries.

    A disturbed measurement is never too short: of the small one the best of three counts, or it would excuse the large.
    """
    for _ in range(tries):
        took = seconds(work, large)
        if took < UNNOTICED or took < seconds(work, small, repeat=3) * 24:
            return True
    return False
