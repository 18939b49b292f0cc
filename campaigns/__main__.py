"""`python -m campaigns`: see `campaigns.command_line`."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType


class WithoutPandas(MetaPathFinder):
    """sqlite-utils and pyarrow load pandas where they can: that takes longer than most imports do, and serves none."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        """Say of pandas that it is not there."""
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)


if __name__ == "__main__":
    sys.meta_path.insert(0, WithoutPandas())
    from campaigns.command_line import main

    sys.exit(main())
