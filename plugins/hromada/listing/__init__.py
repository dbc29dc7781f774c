"""Lists of the site: cards, pagination, months, categories; the law page, the handbook, changes of a publication."""
