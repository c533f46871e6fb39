"""Reads a secret of the stack from AWS Secrets Manager."""


def read(arn: str) -> str:
    """The text of the secret. Importing boto3 takes time, which only recipes with a hash column need."""
    import boto3

    region = arn.split(":")[3]
    return str(boto3.client("secretsmanager", region_name=region).get_secret_value(SecretId=arn)["SecretString"])
