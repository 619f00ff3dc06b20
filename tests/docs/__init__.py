"""The documentation is executed: what a page shows is what happens."""
