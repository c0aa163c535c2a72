"""`python -m web.assets` fills web/static/vendor and does nothing when all is there."""

import sys
from pathlib import Path

from web.assets.tarballs import AssetsFailed
from web.assets.vendor import fill, is_filled


def main() -> int:
    web = Path(__file__).resolve().parent.parent
    if is_filled(web):
        return 0
    try:
        manifest = fill(web)
    except AssetsFailed as failure:
        print(f"assets: {failure}", file=sys.stderr)
        return 1
    print(f"assets: {len(manifest)} files for pages are in web/static/vendor")
    return 0


if __name__ == "__main__":
    sys.exit(main())
