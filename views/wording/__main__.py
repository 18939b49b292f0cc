"""Bring the catalogues up to date with what the program says: `python -m views.wording`."""

from views.wording.catalogues import update

if __name__ == "__main__":
    update()
