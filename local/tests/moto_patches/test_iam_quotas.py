"""IAM refuses policies that are too large, and too many of them."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.tests.account import Account, allow, document, trusting


def policy(characters: int) -> str:
    """A policy with this number of characters, without white space."""
    bucket = "arn:aws:s3:::"
    rest = len(document(allow("s3:GetObject", on=bucket)).replace(" ", ""))
    return document(allow("s3:GetObject", on=bucket + "x" * (characters - rest)))


def refusal(call: Any, **arguments: Any) -> str:
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    assert caught.value.response["Error"]["Code"] == "LimitExceeded"
    return str(caught.value.response["Error"]["Message"])


def test_a_managed_policy_has_6144_characters_at_most(account: Account) -> None:
    iam = account.client("iam")
    arn = iam.create_policy(PolicyName=account.name("policy"), PolicyDocument=policy(6_144))["Policy"]["Arn"]
    message = "Cannot exceed quota for PolicySize: 6144"
    assert refusal(iam.create_policy, PolicyName=account.name("policy"), PolicyDocument=policy(6_145)) == message
    assert refusal(iam.create_policy_version, PolicyArn=arn, PolicyDocument=policy(6_145)) == message


def test_the_inline_policies_of_a_role_have_10240_characters_at_most(account: Account) -> None:
    iam, name = account.client("iam"), account.role(trusting("glue.amazonaws.com")).split("/")[-1]
    iam.put_role_policy(RoleName=name, PolicyName="one", PolicyDocument=policy(6_000))
    iam.put_role_policy(RoleName=name, PolicyName="two", PolicyDocument=policy(4_240))
    iam.put_role_policy(RoleName=name, PolicyName="two", PolicyDocument=policy(4_200))
    message = f"Maximum policy size of 10240 bytes exceeded for role {name}"
    assert refusal(iam.put_role_policy, RoleName=name, PolicyName="two", PolicyDocument=policy(4_241)) == message


def test_a_trust_policy_has_2048_characters_at_most(account: Account) -> None:
    iam, long = account.client("iam"), trusting("glue.amazonaws.com", Sid="x" * 2_000)
    message = "Cannot exceed quota for ACLSizePerRole: 2048"
    assert refusal(iam.create_role, RoleName=account.name("role"), AssumeRolePolicyDocument=long) == message


def test_a_role_has_ten_managed_policies_at_most(account: Account) -> None:
    iam, name = account.client("iam"), account.role(trusting("glue.amazonaws.com")).split("/")[-1]
    arns = [
        iam.create_policy(PolicyName=account.name("policy"), PolicyDocument=policy(200))["Policy"]["Arn"]
        for _ in range(11)
    ]
    for arn in [*arns[:10], arns[0]]:
        iam.attach_role_policy(RoleName=name, PolicyArn=arn)
    assert (
        refusal(iam.attach_role_policy, RoleName=name, PolicyArn=arns[10])
        == "Cannot exceed quota for PoliciesPerRole: 10"
    )
