"""What is printed: a frozen value in, PDF bytes out. Knows nothing of the desk."""
