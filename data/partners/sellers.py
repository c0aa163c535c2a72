"""Seller — Организация: the owner's legal entity that sells and stands on the papers."""

from piccolo.columns import Boolean, Text, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB


class Seller(Table, db=DB, tablename="sellers"):
    uuid = Uid(unique=True)
    name = Varchar(length=300)
    legal_name = Varchar(length=500)
    inn = Varchar(length=12)
    kpp = Varchar(length=9)
    ogrn = Varchar(length=15)
    address = Text()
    phone = Varchar(length=100)
    bank_name = Varchar(length=300)
    bic = Varchar(length=9)
    corr_account = Varchar(length=20)
    account = Varchar(length=20)
    director = Varchar(length=200)
    accountant = Varchar(length=200)
    vat_mode = Varchar(length=30)
    visible = Boolean(default=True)
