"""Every change of the tables, a step each; alembic runs `env`."""
