"""A local AWS: the services that the data preparation uses, and a Pulumi provider that deploys to them."""
