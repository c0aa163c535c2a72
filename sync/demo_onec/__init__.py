"""A stand-in 1C: its own program with its own database, which speaks the exchange protocol over real HTTP."""
