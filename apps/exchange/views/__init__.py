"""The pages of imports, and of spellings that wait to be mapped."""
