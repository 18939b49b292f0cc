"""The first screens as pictures in `docs/pictures`: `python -m tests.browser.pictures`.

Home of a ministry, of the staff of an organisation and of an evaluator, in English, French and Arabic, on a desk and
on a phone; and the picture at the top of README.
"""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from campaigns.example import load_example
from campaigns.store import open_store
from tests.browser.conftest import drawn
from tests.serving import CHROMIUM, FLAGS, dashboard
from views.home.roles import ROLES

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"
LANGUAGES = ("en", "fr", "ar")
SIZES = {1280: 1000, 390: 844}  # width and height of a desk's and of a phone's screen


def take_all(browser: Browser, address: str) -> list[Path]:
    """Every picture, one after the other."""
    wanted = {
        f"{role}-{language}-{width}.png": (f"/?role={role}&lang={language}", width, height)
        for role in ROLES
        for language in LANGUAGES
        for width, height in SIZES.items()
    }
    wanted["results.png"] = ("/results?lang=en", 1280, 1000)
    return [_take(browser, address + path, FOLDER / name, size) for name, (path, *size) in wanted.items()]


def _take(browser: Browser, address: str, file: Path, size: list[int]) -> Path:
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    drawn(page)
    page.locator("h1").wait_for()
    page.wait_for_timeout(700)  # pictures fade in
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    few = picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)  # 8 bits, orange kept
    few.save(file, optimize=True)
    context.close()
    return file


def main() -> None:
    """Start a server with the example data, take the pictures, and say how large they are."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        with open_store(folder) as store:
            load_example(store)
        with dashboard(Path(folder)) as running, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for file in take_all(browser, running.address):
                print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1000:.0f} kB")
            browser.close()


if __name__ == "__main__":
    main()
