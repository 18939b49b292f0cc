"""`python -m campaigns`: see `campaigns.command_line`."""

import gc
import os
import sys
from collections.abc import Sequence
from types import ModuleType


class WithoutPandas:
    """sqlite-utils and pyarrow load pandas where they can: that takes longer than most imports do, and serves none."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        """Say of pandas that it is not there."""
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)


if __name__ == "__main__":
    sys.meta_path.insert(0, WithoutPandas())
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads wait busily, and nothing here needs them
    gc.disable()  # nothing that is loaded is ever garbage
    from campaigns.command_line import main

    gc.freeze()
    gc.enable()
    sys.exit(main())
