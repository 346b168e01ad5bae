"""The threshold rule: which counts are unsafe to publish."""
THRESHOLD = 5  # the smallest count, zero aside, that is safe
LARGEST_UNSAFE = THRESHOLD - 1


def is_unsafe(count: int) -> bool:
    """Whether a count is a primary unsafe cell: 1 to 4."""
    return 0 < count < THRESHOLD
