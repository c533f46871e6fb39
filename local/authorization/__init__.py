"""IAM, enforced in front of the local AWS: a call is let through if its caller's policies allow it, as on AWS."""
