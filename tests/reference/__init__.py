"""Results of other people's programs and papers, and what ours makes of the same data.

`python -m tests.reference` reads the cases (JSON lines and tables) in the folder that REFERENCE_CASES names, computes
each statistic that `metrics` offers, and compares.
"""
