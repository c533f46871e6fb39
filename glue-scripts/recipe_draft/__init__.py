"""A first draft of a recipe, from the data that it is for. Not part of what Glue runs."""
