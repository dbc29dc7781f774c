import pytest

from hromada.shell.document_store import DocumentStore


class Maker:
    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return {"report.pdf": b"pdf%d" % self.times, "report.docx": b"docx"}


@pytest.fixture
def store(tmp_path):
    return DocumentStore(tmp_path / "documents")


def test_the_same_inputs_are_made_once(store):
    make = Maker()
    first = store.get("/reports/x/", "a", make)

    assert store.get("/reports/x/", "a", make) == first
    assert make.times == 1


def test_other_inputs_take_the_place_of_the_former_ones(store):
    make = Maker()
    store.get("/reports/x/", "a", make)

    assert store.get("/reports/x/", "b", make)["report.pdf"] == b"pdf2"
    assert len(list(store.folder.iterdir())) == 1


@pytest.mark.parametrize("name", ["documents.json", "report.pdf", "report.docx"])
@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"{}")])
def test_a_damaged_store_is_made_anew(store, name, damage):
    make = Maker()
    store.get("/reports/x/", "a", make)
    damage(next(store.folder.rglob(name)))

    assert store.get("/reports/x/", "a", make)["report.docx"] == b"docx"
    assert (make.times, store.get("/reports/x/", "a", make)["report.pdf"]) == (2, b"pdf2")


def test_a_store_that_cannot_be_written_costs_time_and_not_the_documents(store):
    store.folder.write_bytes(b"a file where the folder should be")

    assert store.get("/reports/x/", "a", Maker())["report.docx"] == b"docx"
