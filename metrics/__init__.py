"""What campaigns achieved: numbers and tables in, frozen results out."""
