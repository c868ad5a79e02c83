"""The index folder: what is stored, how it is read and written."""
