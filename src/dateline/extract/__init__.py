"""A page -> what it says: body, metadata, dates, pictures; cleaning; identity.

Layer 1: pure functions from bytes and strings to values. The door is `page.extract_page`; other
rooms reach it through `dateline.reading.read`.
"""
