"""Names of files that mean the same to S3, to Spark and to a local file system."""

import re

# what Hadoop's patterns and paths, a shell or an address take for something else; ~ begins what is encoded.
# Control characters are not among these: a key that has one is refused.
_SPECIAL = re.compile(r"[^\w.=/+@,&$()!;\x00-\x1f\x7f-]")


def safe(key: str) -> str:
    """A key below a prefix without such characters; different keys stay different."""
    return _SPECIAL.sub(lambda found: "".join(f"~{byte:02X}" for byte in found[0].encode()), key)
