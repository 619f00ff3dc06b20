"""Plans solved, each in a process of its own.

child       the process: one plan made, and what it tells of it
process     the same seen from the server: started, listened to, killed
memory      what a process and all below it take
supervisor  claims plans, keeps their leases, hands in results
"""
