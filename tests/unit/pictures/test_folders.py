"""Folders that a gallery names whole."""

from hromada.pictures.folders import PictureFolders

PAGES = [
    "content/news/2021/a.md",
    "content/news/2021/b.md",
    "content/news/2021/sviato/sviato.md",
    "content/news/2021/sviato/sviato.en.md",
]
FILES = [
    f"content/images/sviato/{name}"
    for name in ("10.jpg", "2.JPG", "1.png", "план.pdf", "x.csv", "далі/3.jpg", "a2b10.jpg", "a2b9.jpg")
]


def test_the_pictures_of_a_folder_stand_in_natural_order_without_documents_and_subfolders():
    names = PictureFolders(FILES, PAGES).pictures("content/images/sviato")

    assert [name.rpartition("/")[2] for name in names] == ["1.png", "2.JPG", "10.jpg", "a2b9.jpg", "a2b10.jpg"]


def test_a_folder_that_is_not_there_has_none():
    assert PictureFolders(FILES, PAGES).pictures("content/images/nema") == ()
    assert PictureFolders(FILES, PAGES).pictures("") == ()


def test_a_folder_of_other_items_is_shared_and_an_items_own_is_not():
    folders = PictureFolders(FILES, PAGES)

    assert folders.is_shared("content/images", PAGES[0])
    assert folders.is_shared("content/news/2021", PAGES[0])
    assert folders.is_shared("content/news/2021/sviato", PAGES[0])
    assert not folders.is_shared("content/images/sviato", PAGES[0])
    assert not folders.is_shared("content/news/2021/sviato", PAGES[2])
    assert not folders.is_shared("content/news/2021/sviato", PAGES[3])
