"""What other systems of the province tell of work: read, mapped to what it is here, and held against what stands."""
