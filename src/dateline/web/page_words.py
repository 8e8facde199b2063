"""Words of the interface about pages themselves: kept for reading without a connection, shared.

Beside `words.py`, which says what may stand here.
"""

ALL_SECTIONS = "All sections"
MORE_TOP = "More top stories"
SHARE = "Share"
SHARE_MAIL = "By email"
SHARE_LINK = "Permanent link"
OFFLINE = "There is no connection"
OFFLINE_HOW = "This page could not be fetched. Load it again when there is a connection."
KEPT_PAGES = "Kept on this device"
KEPT_HOW = (
    "The pages that you read last are kept in your browser, at most thirty, with their pictures. "
    "The list stays there: the site does not know it."
)
KEPT_NONE = "No page was kept yet."
KEPT_FORGET = "Forget these pages"
KEPT_AT = "There is no connection. This page was kept on this device: {}"
