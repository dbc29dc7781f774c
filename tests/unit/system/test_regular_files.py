"""What opens a source file: regular files by their own names below a folder, and nothing else, without waiting."""

import os
import signal
import socket
import stat
from functools import partial

import pytest

from hromada.system import regular_files
from hromada.system.atomic_files import atomic_replace, atomic_write, write_new
from hromada.system.regular_files import (
    LINK,
    SPECIAL,
    NotRegular,
    RegularFile,
    entries_below,
    folder_of,
    irregular_files,
    sibling_names,
    type_fault_of,
)


@pytest.fixture
def root(tmp_path):
    (tmp_path / "root/a/b").mkdir(parents=True)
    (tmp_path / "root/a/b/x.md").write_bytes(b"own")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/x.md").write_bytes(b"foreign")
    return tmp_path / "root"


@pytest.fixture(autouse=True)
def limit():
    """Whatever waits is ended."""
    signal.alarm(20)
    yield
    signal.alarm(0)


@pytest.fixture(params=["by folders", "by names"], autouse=True)
def way(request, monkeypatch):
    monkeypatch.setattr(regular_files, "_HAS_FOLDERS_OPEN", request.param == "by folders")


def to(target):
    return lambda path: path.symlink_to(target)


def bound(path):
    here = os.getcwd()  # noqa: PTH109  # a socket's name may have 100 letters
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)
    os.chdir(here)


def device(path):
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))  # /dev/zero
    except OSError:
        pytest.skip("no device may be made here")


ODD = [
    pytest.param(make, type_fault, id=id)
    for id, make, type_fault in (
        ("file", to("../outside/x.md"), LINK), ("own file", to("a/b/x.md"), LINK), ("folder", to("../outside"), LINK),
        ("nothing", to("nothing"), LINK), ("itself", to("odd"), LINK), ("absolute", to("/etc/passwd"), LINK),
        ("environment", to("/proc/self/environ"), LINK), ("device by link", to("/dev/zero"), LINK),
        ("pipe", os.mkfifo, SPECIAL), ("socket", bound, SPECIAL), ("device", device, SPECIAL),
    )
]  # fmt: skip


@pytest.mark.parametrize(("make", "type_fault"), ODD)
def test_what_is_no_regular_file_is_refused_and_not_waited_for(root, make, type_fault):
    make(root / "odd")
    with pytest.raises(NotRegular) as refused:
        RegularFile(str(root), "odd").open()

    assert (refused.value.type_fault, refused.value.filename) == (type_fault, str(root / "odd"))
    assert irregular_files(root) == [("odd", type_fault)]


@pytest.mark.parametrize(("make", "type_fault"), ODD)
def test_nothing_is_opened_or_written_behind_it(root, make, type_fault):
    make(root / "odd")
    outside = sorted(root.parent.joinpath("outside").iterdir())
    file = RegularFile(str(root), "odd/x.md")
    written = [partial(write, file, b"new") for write in (atomic_write, write_new, atomic_replace)]
    for use in (file.open, *written, lambda: folder_of(file), lambda: sibling_names(file)):
        with pytest.raises(NotRegular) as refused:
            use()
        assert refused.value.type_fault is type_fault

    assert sorted(root.parent.joinpath("outside").iterdir()) == outside
    assert (root.parent / "outside/x.md").read_bytes() == b"foreign"


@pytest.mark.parametrize(("make", "type_fault"), ODD)
def test_a_file_that_is_replaced_just_after_it_was_looked_at_is_not_read(root, monkeypatch, make, type_fault):
    file = root / "odd"
    file.write_bytes(b"own")
    real = {name: getattr(os, name) for name in ("stat", "lstat")}

    def replaced_meanwhile(name):
        def look(path, *given, **named):
            state = real[name](path, *given, **named)
            if os.path.basename(path) == "odd" and stat.S_ISREG(state.st_mode) and "own" in file.read_text():  # noqa: PTH119
                file.unlink()
                make(file)
            return state

        return look

    monkeypatch.setattr(os, "stat", replaced_meanwhile("stat"))
    monkeypatch.setattr(os, "lstat", replaced_meanwhile("lstat"))
    with pytest.raises(OSError) as refused:  # Windows' way follows a link to nothing and finds nothing
        RegularFile(str(root), "odd").read()

    assert isinstance(refused.value, NotRegular) or regular_files._HAS_FOLDERS_OPEN is False


def test_a_folder_on_the_way_that_became_a_link_is_not_gone_through(root):
    file = RegularFile(str(root), "a/b/x.md")
    assert file.read() == b"own"
    (root / "a/b").rename(root / "c")
    (root / "a/b").symlink_to(root.parent / "outside")

    with pytest.raises(NotRegular):
        file.read()


@pytest.mark.parametrize(
    "name",
    [
        "../outside/x.md",
        "a/../../outside/x.md",
        "..",
        ".",
        "",
        "/etc/passwd",
        "a//b/x.md",
        "a/./b/x.md",
        "a/b/x.md/",
        "a\0b",
        "\0",
    ],
)
def test_no_name_leads_out(root, name):
    with pytest.raises(FileNotFoundError):
        RegularFile(str(root), name).open()


@pytest.mark.parametrize(("name", "error"), [("a/b", IsADirectoryError), ("a/b/y.md", FileNotFoundError), ("a/b/x.md/y", NotADirectoryError)])  # fmt: skip
def test_what_is_not_there_has_the_systems_reason(root, name, error):
    with pytest.raises(error):
        RegularFile(str(root), name).open()


def test_the_root_may_be_reached_through_a_link(root):
    (root.parent / "way").symlink_to(root)
    file = RegularFile(str(root.parent / "way"), "a/b/y.md")
    atomic_write(file, b"new")

    assert (root / "a/b/y.md").read_bytes() == file.read() == b"new"
    assert RegularFile.at(root.parent / "way/a/b/y.md").read() == b"new"
    assert folder_of(file) == str(root.parent / "way/a/b")


def test_a_link_in_the_place_of_a_file_is_replaced_and_its_target_left(root):
    (root / "y.md").symlink_to("../outside/x.md")
    atomic_write(RegularFile(str(root), "y.md"), b"new")

    assert not (root / "y.md").is_symlink()
    assert ((root / "y.md").read_bytes(), (root.parent / "outside/x.md").read_bytes()) == (b"new", b"foreign")


def test_a_file_that_is_to_be_replaced_is_no_link(root):
    (root / "y.md").symlink_to("../outside/x.md")
    with pytest.raises(NotRegular):
        atomic_replace(RegularFile(str(root), "y.md"), b"new")

    assert ((root / "y.md").is_symlink(), (root.parent / "outside/x.md").read_bytes()) == (True, b"foreign")


def test_a_new_file_is_not_made_where_a_link_leads(root):
    (root / "y.md").symlink_to("../outside/y.md")
    with pytest.raises(FileExistsError):
        write_new(RegularFile(str(root), "y.md"), b"new")

    assert not (root.parent / "outside/y.md").exists()


def test_a_hard_link_is_a_file(root):
    (root / "y.md").hardlink_to(root.parent / "outside/x.md")

    assert RegularFile(str(root), "y.md").read() == b"foreign"


def test_everything_below_a_folder_is_met_once_and_no_link_gone_into(root):
    (root / "a/link").symlink_to(root)

    assert sorted((one.name, one.is_folder) for one in entries_below(root)) == [
        ("a", True), ("a/b", True), ("a/b/x.md", False), ("a/link", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "mode", "type_fault"),
    [
        (0xA000_0003, stat.S_IFDIR, LINK),  # a junction, which says that it is a folder
        (0xA000_000C, stat.S_IFREG, LINK),  # a symbolic link
        (0x9000_001A, stat.S_IFREG, None),  # a cloud drive's placeholder
        (0x8000_0013, stat.S_IFREG, None),  # a file whose double is kept once
        (0, stat.S_IFREG, None),
    ],
)
def test_of_windows_reparse_points_those_that_lead_elsewhere_are_links(tag, mode, type_fault):
    class State:
        st_mode, st_reparse_tag = mode | 0o644, tag

    assert type_fault_of(State()) is type_fault


@pytest.mark.parametrize("place", ["root", "root/news"])
def test_a_folder_that_another_process_makes_meanwhile_is_used(tmp_path, monkeypatch, place):
    mkdir, made = os.mkdir, []

    def later(path, *arguments):
        if not made and str(path) == str(tmp_path / place):
            made.append(path)
            mkdir(path, *arguments)
        mkdir(path, *arguments)

    monkeypatch.setattr(os, "mkdir", later)
    atomic_write(RegularFile(str(tmp_path / "root"), "news/index.html"), b"new")

    assert made
    assert (tmp_path / "root/news/index.html").read_bytes() == b"new"


def test_a_file_in_the_current_folder_has_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    atomic_write(RegularFile("", "a.md"), b"new")

    assert sibling_names(RegularFile("", "a.md")) == ["a.md"]
