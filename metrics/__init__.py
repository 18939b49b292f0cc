"""What it achieved: pure statistics, numbers and tables in, frozen results out."""
