"""Hosts in words: folders, servers, buckets; everything doubtful is refused."""

import pytest

from hromada.domain.host_address import (
    BucketAddress,
    FolderAddress,
    HostRefused,
    SshAddress,
    parse_host,
    parse_mirrors,
)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("/srv/site", FolderAddress("/srv/site")),
        ("../сайт громади", FolderAddress("../сайт громади")),
        ("C:\\site", FolderAddress("C:\\site")),
        ("ssh://rada/srv/site", SshAddress("rada", "/srv/site")),
        ("ssh://web@rada.example:2222/srv/мій сайт/", SshAddress("rada.example", "/srv/мій сайт", "web", 2222)),
        ("ssh://web@rada.example//srv/./site", SshAddress("rada.example", "/srv/site", "web")),
        ("s3://s3.provider.example/rada-site", BucketAddress("https://s3.provider.example", "rada-site")),
        ("s3://127.0.0.1:9000/rada-site", BucketAddress("http://127.0.0.1:9000", "rada-site")),
    ],
)
def test_a_host_is_read(text, host):
    assert parse_host(text) == host


@pytest.mark.parametrize(
    "text",
    [
        "", "ssh://rada", "ssh://rada/", "ssh://-oProxyCommand=x/srv", "ssh://a@-x/srv", "ssh://-u@rada/srv", "ssh://rada:99999/srv",
        "ssh://rada/srv/../etc", "ssh://rada/srv\nrm", "ssh:rada", "s3://bucket", "s3://host/Bucket", "s3://host/a/b", "s3://h ost/bucket",
        "http://rada/srv", "sftp://rada/srv", "rsync://rada/srv", "a\0b",
    ],
)  # fmt: skip
def test_what_is_no_host_is_refused(text):
    with pytest.raises(HostRefused):
        parse_host(text)


@pytest.mark.parametrize(
    "text", ["/srv/site", "ssh://web@rada:2222/srv/site", "ssh://rada/srv", "s3://s3.rada.example/site"]
)
def test_a_host_is_written_as_it_is_read(text):
    assert str(parse_host(text)) == text


def test_all_faults_of_mirrors_are_named_together():
    with pytest.raises(HostRefused) as refused:
        parse_mirrors(["site", 5, "ssh://rada", "/srv/a", "/srv/a", "~/site"])

    assert str(refused.value).count("MIRRORS: ") == 4


@pytest.mark.parametrize("value", ["/srv/site", {"a": 1}, None])
def test_mirrors_are_a_list(value):
    with pytest.raises(HostRefused, match="a list"):
        parse_mirrors(value)
