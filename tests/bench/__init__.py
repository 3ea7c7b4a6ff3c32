"""`make bench`: what papernotes costs, as CPU time of the server and as ratios, which other machines can compare."""
