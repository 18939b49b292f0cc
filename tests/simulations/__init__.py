"""How often our methods, and the naive ones beside them, see what is not there: `python -m tests.simulations`."""
