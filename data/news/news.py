"""News on the home page, from 1C or the administrator."""

from piccolo.columns import Boolean, Text, Timestamptz, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB
from data.mirror import Mirror


class News(Table, db=DB, tablename="news"):
    uuid = Uid(unique=True)
    title = Varchar(length=300)
    text = Text()
    published_at = Timestamptz(index=True)
    visible = Boolean(default=True)


NEWS = Mirror(News)
