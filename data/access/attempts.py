"""Failed sign-ins: they slow down the guesser, never lock out the rightful owner."""

from piccolo.columns import Timestamptz, Varchar
from piccolo.table import Table

from data.database import DB


class FailedSignIn(Table, db=DB, tablename="failed_sign_ins"):
    account = Varchar(length=64, index=True, help_text="hash of what was typed as login")
    address = Varchar(length=60, index=True)
    at = Timestamptz(index=True)
