"""What is online and what a publication would change there, from bytes and values; which changes a person has to confirm."""
