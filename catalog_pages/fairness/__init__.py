"""The fairness of coefficients on the screens of those who appraise."""
