"""The parts of the page of published studies: their list, the form that adds one, and the table that adds many."""
