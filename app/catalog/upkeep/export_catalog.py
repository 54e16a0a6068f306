"""Write the catalog of a published version as BMEcat 2005, piece by piece."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.records import CatalogVersion
from app.catalog.upkeep.version_state import (
    categories,
    newest_version,
    offers,
    published_version,
)
from app.catalog.upkeep.write_bmecat import NAMESPACE, header, product, tags, written
from app.frameworks.records import Framework
from app.kernel.errors import NotFound
from app.kernel.legal_day import legal_day


def export_catalog(session: Session, framework: str, now: datetime) -> Iterator[bytes]:
    """The newest version; NotFound and Conflict come at once, before the first piece."""
    return _bmecat(session, newest_of(session, framework), now)


def export_version(session: Session, version_id: int, now: datetime) -> Iterator[bytes]:
    """Reading it into an empty framework gives the same articles with the same content hashes."""
    return _bmecat(session, published_version(session, version_id), now)


def newest_of(session: Session, framework: str) -> CatalogVersion:
    found = session.scalar(select(Framework.id).where(Framework.number == framework))
    if found is None:
        raise NotFound("Diesen Rahmenvertrag gibt es nicht.", "framework_unknown")
    return newest_version(session, found)


def _bmecat(session: Session, version: CatalogVersion, now: datetime) -> Iterator[bytes]:
    return (text.encode() for text in _texts(session, version, now))


def _texts(session: Session, version: CatalogVersion, now: datetime) -> Iterator[str]:
    framework = session.get_one(Framework, version.framework_id)
    groups = {name: f"G{number}" for number, name in enumerate(categories(session, version), 1)}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<BMECAT version="2005" xmlns="{NAMESPACE}">\n{_header(framework, version)}'
    yield "<T_NEW_CATALOG>\n<CATALOG_GROUP_SYSTEM>\n"
    for name, group in groups.items():
        said = tags(("GROUP_ID", group), ("GROUP_NAME", name), ("PARENT_ID", "0"))
        yield f'<CATALOG_STRUCTURE type="leaf">{said}</CATALOG_STRUCTURE>\n'
    yield "</CATALOG_GROUP_SYSTEM>\n"
    for batch in offers(session, version, legal_day(now)):
        yield "".join(product(offer, framework.number) for offer in batch)
    for batch in offers(session, version, legal_day(now)):
        yield "".join(
            f"<PRODUCT_TO_CATALOGGROUP_MAP><PROD_ID>{written(offer.sku)}</PROD_ID>"
            f"<CATALOG_GROUP_ID>{groups[offer.category]}</CATALOG_GROUP_ID>"
            "</PRODUCT_TO_CATALOGGROUP_MAP>\n"
            for offer in batch
        )
    yield "</T_NEW_CATALOG>\n</BMECAT>\n"


def _header(framework: Framework, version: CatalogVersion) -> str:
    facts = {
        "catalog": framework.number,
        "version": f"{version.number:03}.000",
        "title": framework.title,
        "agreement": framework.number,
        "supplier": framework.supplier_name,
    }
    return header(facts, (framework.valid_from, framework.valid_to))
