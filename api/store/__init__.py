"""What must survive a server: plans with their states, their documents, and the keys of callers.

database     a connection that reads or writes, on SQLite and PostgreSQL alike
tables       what is kept
migration    the database brought to today's tables
record       one plan as kept
submissions  plans accepted, found, listed and cancelled
queue        whose turn it is: claims, heartbeats, results
expiry       plans let go some time after their end
keys         callers
"""
