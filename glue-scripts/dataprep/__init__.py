"""Data preparation by a recipe, on Spark."""
