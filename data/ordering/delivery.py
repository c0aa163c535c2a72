"""How an order reaches the partner, and why one may be cancelled: both lists come from 1C."""

from piccolo.columns import Boolean, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB
from data.mirror import Mirror

PICKUP, PICKUP_NAME = "pickup", "Самовывоз"  # known before 1C has sent its list


class DeliveryMethod(Table, db=DB, tablename="delivery_methods"):
    uuid = Uid(unique=True)
    code = Varchar(length=50, index=True, help_text='"pickup" is «Самовывоз»')
    name = Varchar(length=200)
    needs_address = Boolean(default=False)
    visible = Boolean(default=True)


class CancelReason(Table, db=DB, tablename="cancel_reasons"):
    """Причина отмены."""

    uuid = Uid(unique=True)
    name = Varchar(length=300)
    visible = Boolean(default=True)


METHODS = Mirror(DeliveryMethod)
REASONS = Mirror(CancelReason)
