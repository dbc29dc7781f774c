"""Verifies the files of a built site: what each of them refers to and holds, and what that is worth in the whole site."""
