"""Dateline: a list of sources in, a news site out, every line traceable."""
