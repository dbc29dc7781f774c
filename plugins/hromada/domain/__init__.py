"""Nouns of the site: values only, standard library only."""
