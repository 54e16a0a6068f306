"""Who sits in front of the browser, and how."""

from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext

from tests.e2e.portal import PASSWORD

ORDERER: Final = "it@dessau-rosslau.example"
APPROVER: Final = "freigabe@dessau-rosslau.example"
COUNCIL: Final = "rat@dessau-rosslau.example"
MEMBER_ADMIN: Final = "verwaltung@dessau-rosslau.example"
NEIGHBOUR: Final = "it@magdeburg.example"
NEIGHBOUR_APPROVER: Final = "freigabe@magdeburg.example"
DESK: Final = "desk@kid.example"
CONTRACTS: Final = "vertrag@kid.example"
SECOND_KEEPER: Final = "katalog@kid.example"
LEGAL: Final = "recht@kitu.example"
SECOND_LEGAL: Final = "nachweis@kitu.example"
AUDITOR: Final = "pruefung@kitu.example"
ADMIN: Final = "admin@kitu.example"


@dataclass(frozen=True)
class Visit:
    """A kind of device."""

    width: int = 1360
    height: int = 860
    dark: bool = False
    script: bool = True


class People:
    """Contexts of signed-in people; each signs in once through the form."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self._signed_in: dict[str, Any] = {}

    def context(self, mail: str, visit: Visit) -> BrowserContext:
        return self.browser.new_context(
            base_url=self.address,
            locale="de-DE",
            timezone_id="Europe/Berlin",
            viewport={"width": visit.width, "height": visit.height},
            color_scheme="dark" if visit.dark else "light",
            reduced_motion="reduce",
            java_script_enabled=visit.script,
            storage_state=self._state(mail) if mail else None,
        )

    def _state(self, mail: str) -> Any:
        if mail not in self._signed_in:
            context = self.browser.new_context(base_url=self.address, locale="de-DE")
            page = context.new_page()
            page.goto("/anmelden")
            page.get_by_label("E-Mail").fill(mail)
            page.get_by_label("Passwort", exact=True).fill(PASSWORD)
            page.get_by_role("button", name="Anmelden").click()
            page.wait_for_url(f"{self.address}/")
            self._signed_in[mail] = context.storage_state()
            context.close()
        return self._signed_in[mail]
