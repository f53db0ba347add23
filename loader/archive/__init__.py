"""The archive: one SQLite file, its schema as migrations, its transactional writer."""
