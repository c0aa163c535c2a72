"""Building or installing the project fills the front-end files first, so that a wheel carries them."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface[Any]):
    """Hatchling calls it before a wheel is packed and at an editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, self.root)  # the build runs outside of the project's folder
        from web.assets.vendor import fill, is_filled

        web = Path(self.root) / "web"
        if not is_filled(web):
            fill(web)
