"""Words of the interface about pages themselves: kept for reading without a connection, shared.

Beside `words.py`, which says what may stand here.
"""

ALL_SECTIONS = "All sections"
MORE_TOP = "More top stories"
SHARE = "Share"
SHARE_MAIL = "By email"
SHARE_LINK = "Permanent link"
OFFLINE = "Without a connection"
OFFLINE_HOW = (
    "If you wanted another page, it could not be fetched: load it again when there is a connection."
)
KEPT_PAGES = "Kept on this device"
KEPT_HOW = (
    "The pages that you read last are kept in your browser, at most thirty, with their pictures. "
    "The list stays there: the site does not know it."
)
KEPT_PRIVACY = (
    "The pages that you read last, at most thirty, are kept in your browser, so that you can read "
    "them without a connection. The site does not know which they are; you can see and delete them "
    "here: {}."
)
KEPT_NONE = "No page was kept yet."
KEPT_FORGET = "Forget these pages"
KEPT_AT = "There is no connection. This page was kept on this device: {}"
