"""Secrets never reach the journal: they are masked in every text that is kept there."""

import re

LIMIT = 64 * 1024  # characters of one request or answer that are kept
CUT = "\n… обрезано, всего символов: {}"
SECRET_NAMES = (
    r"password|passwd|pwd|secret|client_secret|token|access_token|id_token|refresh_token|authorization|пароль"
)
IN_JSON = re.compile(rf'("(?:{SECRET_NAMES})"\s*:\s*)"(?:[^"\\]|\\.)*"?', re.IGNORECASE)
IN_FORM = re.compile(rf"(?<![\w-])((?:{SECRET_NAMES})\s*=)[^&\s]*", re.IGNORECASE)
IN_HEADER = re.compile(r"\b(Basic|Bearer|Device)\s+[\w.~+/=-]{8,}", re.IGNORECASE)


def masked(text: str) -> str:
    """The text without the secrets in it, cut at LIMIT with a mark."""
    kept = text[:LIMIT]
    kept = IN_JSON.sub(r'\1"***"', kept)
    kept = IN_FORM.sub(r"\1***", kept)
    kept = IN_HEADER.sub(r"\1 ***", kept)
    return kept + CUT.format(len(text)) if len(text) > LIMIT else kept
