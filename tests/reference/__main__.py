"""`python -m tests.reference`: one line a family, a line of totals, exit code 1 where a value differs.

The cases are those beside this file, or those in the folder that REFERENCE_CASES names.
"""

import os
import sys
from pathlib import Path

from tests.reference.comparing import compare, read_cases

CASES = Path(__file__).parent / "cases"


def main() -> int:
    """Compare and print; 0 where every value agrees."""
    folder = Path(os.environ.get("REFERENCE_CASES") or CASES)
    families = compare(read_cases(folder))
    if not families:
        print(f"{folder} holds no reference cases (*.jsonl)")
        return 2
    print(f"{'family':<28}{'cases':>6}{'values':>8}{'worst relative':>16}{'of tolerance':>14}{'failures':>10}")
    for family in families:
        if not family.computed:
            print(f"{family.name:<28}{family.cases:>6}{'not computed':>24}")
            continue
        print(
            f"{family.name:<28}{family.cases:>6}{family.values:>8}{family.worst_relative:>16.1e}"
            f"{family.worst_of_tolerance:>14.2f}{len(family.failures):>10}"
        )
        for failure in family.failures:
            print(f"    {failure}")
        for case, left in family.left:
            print(f"    not computed: {case} {left.name} ({left.count}): {left.reason}")
    computed = [family for family in families if family.computed]
    failures = sum(len(family.failures) for family in computed)
    left_out = sum(left.count for family in computed for _, left in family.left)
    print(
        f"{len(computed)} families, {sum(family.cases for family in computed)} cases, "
        f"{sum(family.values for family in computed)} values, {failures} failures, "
        f"{left_out} values knowingly not computed; "
        f"{len(families) - len(computed)} families not computed"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
