"""Statistics over plain frames of numbers: pandas, and nothing of Django or of ours.

What is counted goes in as whole numbers (coefficients, hours and ratios in ten-thousandths) and comes out as such, so
that a number which people read is one that somebody wrote, or an exact quotient of two; floats decide alone what is
unusual.
"""
