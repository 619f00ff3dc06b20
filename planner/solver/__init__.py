"""Bounds, cuts, plans and proof: the room that knows the solvers.

matrix      a program as arrays, and what a solution costs and violates by the program's own numbers
pulp_seam   the little that differs between PuLP 3.3 and PuLP 4, and the way from PuLP to arrays
process     a solver in a process of its own that can always be ended
linear      one linear program kept alive between changes
mixed       several integer solves side by side, their plans and bounds as they come
"""
