"""Automatic names of resources."""

import re

import pytest
from pulumi.runtime.proto.provider_pb2 import CheckRequest

from local.provider.naming import DEFAULTS, named
from local.provider.shapes import PropertyError
from local.provider.spec import AutoName

PLAIN = AutoName()
ASKED = CheckRequest(randomSeed=b"seed")


def test_a_name_is_the_logical_name_and_seven_hexadecimal_digits() -> None:
    name = named(PLAIN, ASKED, "dataRole", {}, {})["name"]

    assert re.fullmatch(r"dataRole-[0-9a-f]{7}", name)


def test_one_seed_gives_one_name_and_another_seed_another() -> None:
    again, other = (named(PLAIN, CheckRequest(randomSeed=seed), "a", {}, {}) for seed in (b"seed", b"other"))

    assert named(PLAIN, ASKED, "a", {}, {}) == again != other


def test_without_a_seed_names_still_differ() -> None:
    assert named(PLAIN, CheckRequest(), "a", {}, {}) != named(PLAIN, CheckRequest(), "a", {}, {})


def test_the_programs_own_name_stays() -> None:
    assert named(PLAIN, ASKED, "a", {}, {"name": "mine"}) == {"name": "mine"}


def test_an_automatic_name_survives_every_update() -> None:
    first = named(PLAIN, ASKED, "a", {}, {})

    assert named(PLAIN, CheckRequest(randomSeed=b"other"), "a", first, {}) == first


def test_an_earlier_explicit_name_is_not_reused() -> None:
    assert named(PLAIN, ASKED, "a", {"name": "mine"}, {})["name"] != "mine"


def test_a_prefix_replaces_the_logical_name() -> None:
    assert named(PLAIN, ASKED, "a", {}, {"namePrefix": "team-"})["name"].startswith("team-")


def test_a_new_prefix_makes_a_new_name() -> None:
    first = named(PLAIN, ASKED, "a", {}, {"namePrefix": "one-"})

    assert named(PLAIN, ASKED, "a", first, {"namePrefix": "two-"})["name"].startswith("two-")


def test_buckets_are_lower_case_and_glues_names_have_no_digit_or_dash() -> None:
    bucket = AutoName("bucket", lower=True)
    database = AutoName(separator="_", random=8, alphabet="abcdefghijklmnopqrstuvwxyz", lower=True)

    assert re.fullmatch(r"datalake-[0-9a-f]{7}", named(bucket, ASKED, "dataLake", {}, {})["bucket"])
    assert re.fullmatch(r"flights_[a-z]{8}", named(database, ASKED, "Flights", {}, {})["name"])


def test_an_object_is_named_by_its_logical_name_alone() -> None:
    assert named(AutoName("key", random=0), ASKED, "recipe.json", {}, {})["key"] == "recipe.json"


def test_a_kms_alias_starts_with_alias() -> None:
    assert named(AutoName(start="alias/"), ASKED, "flights", {}, {})["name"].startswith("alias/flights-")


def test_a_name_that_is_too_long_is_refused() -> None:
    with pytest.raises(PropertyError, match=r"of 12 characters; must have at most 10"):
        named(AutoName(max_length=10), ASKED, "abcd", {}, {})


def test_the_projects_own_naming_is_followed() -> None:
    mode = CheckRequest.AutonamingOptions
    proposed = CheckRequest(autonaming=mode(mode=mode.PROPOSE, proposed_name="Dev-A"))
    enforced = CheckRequest(autonaming=mode(mode=mode.ENFORCE, proposed_name="Dev-A"))

    assert named(AutoName(lower=True), proposed, "a", {}, {}) == {"name": "dev-a", DEFAULTS: ["name"]}
    assert named(AutoName(lower=True), enforced, "a", {}, {}) == {"name": "Dev-A", DEFAULTS: ["name"]}
    with pytest.raises(PropertyError, match="disables automatic names"):
        named(PLAIN, CheckRequest(autonaming=mode(mode=mode.DISABLE)), "a", {}, {})
