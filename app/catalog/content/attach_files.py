"""The pictures and data sheets that came in one archive with a published catalog file."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final

from sqlalchemy.orm import Session

from app.archive.large_files import first_bytes
from app.archive.records import StoredFile
from app.catalog.content.attach_media import attach_media
from app.catalog.content.keep_media import MOST_PER_ARTICLE, HandedIn
from app.catalog.formats.media import ZIP, MediaSource, open_media
from app.catalog.formats.values import Media
from app.catalog.records import CatalogVersion

SHOWN: Final = frozenset({"normal", "detail", "others", "data_sheet", ""})


class CatalogFiles:
    """The files beside the catalog of a version; without a stored archive there are none."""

    def __init__(self, session: Session, version: CatalogVersion) -> None:
        self._session = session
        self._version = version
        self._source = _stored(session, version)

    @property
    def there(self) -> bool:
        return self._source is not None

    def attach(self, named: Mapping[int, Sequence[Sequence[str]]]) -> None:
        """`named`: by article id what its content says about media.

        What cannot be read was reported when the file was read in, and is left out here.
        """
        if self._source is None:
            return
        for article_id, entries in named.items():
            files = [
                file
                for entry in entries[:MOST_PER_ARTICLE]
                if (file := self._file(self._source, Media(*entry))) is not None
            ]
            if files:
                attach_media(self._session, article_id, files, self._version.imported_at)

    def _file(self, source: MediaSource, media: Media) -> HandedIn | None:
        """Logos and the supplier's own thumbnails are left out: a thumbnail is drawn here."""
        found = source.find(media) if media.purpose in SHOWN else None
        if found is None:
            return None
        title = media.alt or media.description or found.name
        return HandedIn(found.name, title, found.content, catalog_version_id=self._version.id)


def _stored(session: Session, version: CatalogVersion) -> MediaSource | None:
    if first_bytes(session, version.file_sha256, len(ZIP)) != ZIP:
        return None
    return open_media(BytesIO(session.get_one(StoredFile, version.file_sha256).content), "")
