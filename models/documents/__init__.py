"""Documents that a wing shares, their versions, and the formats of their files."""
