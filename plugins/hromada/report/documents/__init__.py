"""A report as files for filing, signing and checking: values go in, bytes come out, the same bytes every time."""
