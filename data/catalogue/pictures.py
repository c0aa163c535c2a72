"""Pictures of goods are drawn anew before anybody sees them: small, without what else the file carried, always WebP."""

import asyncio
import io
import logging
from datetime import datetime

from PIL import Image, ImageOps

from data.catalogue.parts import show_main_picture
from data.database import execute, fetch, reading, writing
from data.exchange import files

LONGEST_SIDE = 800  # px: a phone's width at double density
MOST_PIXELS = 40_000_000  # of the picture that came: 160 MB unpacked
QUALITY = 80
AT_ONCE = 1000  # pictures drawn in one run; the rest comes with the next
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")  # what can carry no program; SVG can
DIRECT = ("RGB", "RGBA", "L", "LA", "CMYK", "YCbCr")  # can be made small as they are
TOO_LARGE = "Картинка больше 40 мегапикселей"
UNREADABLE = "Файл не является картинкой JPEG, PNG, WebP, GIF, BMP или TIFF либо повреждён"
LOG = logging.getLogger("portal.pictures")

Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before anything is unpacked


class BadPicture(Exception):
    """The file cannot be shown; the Russian text says why."""


async def prepare(now: datetime) -> int:
    """Draw the pictures whose files have come; how many are ready now. One that cannot be drawn is passed over."""
    async with reading(apart=True):
        rows = await fetch("SELECT DISTINCT sha256 FROM pictures WHERE kept = '' AND problem = ''")
    come = await asyncio.to_thread(lambda: [sha256 for (sha256,) in rows if files.is_there(sha256)])
    ready = [await _prepare_one(sha256) for sha256 in come[:AT_ONCE]]
    return sum(ready)


def redrawn(content: bytes) -> bytes:
    """The picture as WebP, no side above LONGEST_SIDE, turned as the camera meant it. Raises BadPicture."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise BadPicture(TOO_LARGE)
            image.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
            if image.mode in DIRECT and "transparency" not in image.info:
                image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)  # before anything copies it
            drawn = ImageOps.exif_transpose(image)
            drawn = drawn.convert("RGBA" if drawn.has_transparency_data else "RGB")
            drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            packed = io.BytesIO()
            drawn.save(packed, "WEBP", quality=QUALITY, exif=b"", icc_profile=None)
    except BadPicture:
        raise
    except Exception as error:  # decoders of broken files raise whatever they stumble over
        raise BadPicture(UNREADABLE) from error
    return packed.getvalue()


async def _prepare_one(sha256: str) -> bool:
    kept, problem = "", ""
    try:
        kept = await files.keep_new(await asyncio.to_thread(redrawn, await files.content_of(sha256)))
    except BadPicture as bad:
        problem = str(bad)
        LOG.warning("picture %s: %s", sha256, problem)
    async with writing():
        products = await fetch("SELECT product FROM pictures WHERE sha256 = ?", sha256)
        await execute("UPDATE pictures SET kept = ?, problem = ? WHERE sha256 = ?", kept, problem, sha256)
        await show_main_picture({product for (product,) in products})
    return bool(kept)
