import pickle

from hromada.pages.view_models import Html


def test_html_reaches_another_process_as_finished_words():
    made = []
    again = pickle.loads(pickle.dumps(Html("key", lambda: made.append(1) or "<p>слова")))

    assert (again.key, str(again), str(again), made) == ("key", "<p>слова", "<p>слова", [1])
