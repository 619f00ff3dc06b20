"""Benchmarks: what is planned how fast, beside other ways of planning the same; run by `make bench`."""
