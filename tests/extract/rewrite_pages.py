"""Write the expectations of tests/data/pages anew; look at the difference before you commit it.

python tests/extract/rewrite_pages.py [NAME…]
"""

import json
import sys
from pathlib import Path

from golden_pages import PAGES, describe, read_page

for folder in sorted(PAGES.iterdir()):
    if not sys.argv[1:] or folder.name in sys.argv[1:]:
        said = json.dumps(describe(read_page(folder)), ensure_ascii=False, indent=1)
        Path(folder / "expected.json").write_text(said + "\n", encoding="utf-8")
