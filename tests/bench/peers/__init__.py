"""What runs in the peers' own environment: scripts that know pyworkforce and the standard library alone."""
