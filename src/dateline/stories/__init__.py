"""Which articles tell one story, what is related to an article, whose headline a story carries."""
