"""No secret reaches the journal."""

import pytest

from data.exchange import masks


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{"password": "p\\"q", "name": "Ёлка"}', '{"password": "***", "name": "Ёлка"}'),
        ('{"client_secret":"abc","id_token" : "x"}', '{"client_secret":"***","id_token" : "***"}'),
        ("grant_type=x&client_secret=abc&a=1", "grant_type=x&client_secret=***&a=1"),
        ("Authorization: Basic QWxhZGRpbjpvcGVu", "Authorization: Basic ***"),
        ("Bearer abcdefgh.ijk-_~+/=", "Bearer ***"),
        ('{"password": "cut in the mid', '{"password": "***"'),
        ('{"text": "basic"}', '{"text": "basic"}'),
    ],
)
def test_secrets_are_masked(text, kept):
    assert masks.masked(text) == kept


def test_a_long_text_is_cut_with_a_mark():
    found = masks.masked("ё" * 70_000)

    assert found.startswith("ё" * masks.LIMIT + "\n… обрезано") and found.endswith("70000")
