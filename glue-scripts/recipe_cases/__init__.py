"""Recipe cases, the unit tests of recipes: given files, what a recipe makes of them. Not part of what Glue runs."""
