"""Whether work grows in proportion to its input, as far as a busy machine can tell."""

import time
import timeit

TRIES = 4  # another process may disturb one measurement; work in proportion to the square disturbs itself each time


def seconds(work, given):
    """Of the processor, the best of three; timeit keeps the garbage collector, and so the other tests' heap, out."""
    return min(timeit.repeat(lambda: work(given), timer=time.process_time, repeat=3, number=1))


def is_in_proportion(work, small, large):
    """Eight times the input takes far from sixty-four times the work, in one of some tries."""
    return any(seconds(work, large) < max(0.05, seconds(work, small) * 24) for _ in range(TRIES))
