"""The headers that stand on every answer, made once at start."""

Headers = list[tuple[bytes, bytes]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
    " manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
PERMISSIONS = "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
YEAR = 31_536_000  # s


USUAL = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", PERMISSIONS),
    ("x-robots-tag", "noindex, nofollow"),
)
NAMES = frozenset(name.encode() for name, _ in USUAL)


def headers_of_every_answer(*, is_https: bool) -> Headers:
    """HSTS only where the public address is https: on plain http it would lock people out."""
    lasting = [("strict-transport-security", f"max-age={YEAR}; includeSubDomains")] if is_https else []
    return [(name.encode(), value.encode()) for name, value in (*USUAL, *lasting)]
