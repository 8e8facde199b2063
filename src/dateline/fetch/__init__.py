"""Fetching: when to ask a source, what its reply means, what its feeds say."""
