"""IAM, enforced in front of the services: a call needs the permissions that it needs on AWS."""
