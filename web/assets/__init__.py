"""Front-end files are made at install from pinned packages and our own sources; nothing of others is committed."""
