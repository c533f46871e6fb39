"""Drafts a recipe from data. Not part of the Glue job."""
