"""What ships with the program that is not code."""
