"""What is different between two texts, word by word, and what becomes of two changes of one text. Pure; knows no Django."""
