"""Small words of the pages of imports."""
