"""The recipe of the sample archive that `make demo` builds: values only, no files, no clock."""
