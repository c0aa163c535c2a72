"""The only way HTML from 1C reaches a page: cleaned when it came, and cleaned again here, whatever is stored."""

from markupsafe import Markup

from data.rich_text import cleaned


def rich(html: str) -> Markup:
    """A description or a piece of news, with the few harmless tags that cleaning leaves."""
    return Markup(cleaned(html))
