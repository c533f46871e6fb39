"""Recipe cases, the unit tests of recipes: given files and the expected result. Not part of the Glue job."""
