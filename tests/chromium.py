"""Debian's Chromium as the tests start it."""

from __future__ import annotations

from typing import Any

from tests import needs

# With these, each page starts two or three processes instead of one: a spare renderer and the pop-ups of the address
# field, which nobody sees (1.4 s of processor time a page, 0.4 s without).
_NEEDLESS = ("SpareRendererForSitePerProcess", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup")
# Chromium takes the last such switch alone, so Playwright's own (chromiumSwitches.ts) are repeated.
_PLAYWRIGHTS = (
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying",
    "OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
)  # fmt: skip


def launch_chromium(playwright: Any) -> Any:
    """A browser without the processes that no test needs."""
    return playwright.chromium.launch(
        executable_path=str(needs.CHROMIUM), args=[f"--disable-features={','.join((*_PLAYWRIGHTS, *_NEEDLESS))}"]
    )
