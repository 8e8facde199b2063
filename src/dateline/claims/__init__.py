"""Who said what: statements, figures, dates and names, as literal spans of a text."""
