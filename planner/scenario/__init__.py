"""The documents a person writes: calendar, queues, service targets, automation, pools, solver limits."""
