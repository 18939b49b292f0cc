"""Results of other people's programs and papers, and what ours makes of the same data.

`python -m tests.reference` reads cases (JSON lines and tables), computes each statistic that `metrics` offers, and
compares.
"""
