"""The first screens: what a ministry, the staff of an NGO and an evaluator see when they come."""
