"""Lists that readers walk through: cards, pages, months, categories, feeds, the map of the site."""
