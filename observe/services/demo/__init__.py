"""A demonstration network: invented schools, and a year of lessons drawn with a known truth."""
