"""What is measured, against what, with which data: see README.md beside this file."""
