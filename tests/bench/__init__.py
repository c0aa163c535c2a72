"""Speed as ratios to a floor measured in the same run; CPU time per request is the figure to trust."""
