"""Story -> Edition: what readers are shown, decided purely from values.

Layer 1: ranking, page models, feeds, structured data and letters. Nothing here opens a socket or a
file or reads the clock; `web/` draws what is decided here, the pipeline stores it.
"""
