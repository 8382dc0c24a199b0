"""The font files to render figures with: Debian packages, serif weighted up."""

from __future__ import annotations

from pathlib import Path

PACKAGES = (
    "fonts-liberation2", "fonts-croscore", "fonts-freefont-ttf", "fonts-texgyre",
    "fonts-urw-base35", "fonts-stix", "fonts-dejavu-core", "fonts-dejavu-extra",
    "fonts-sil-charis", "fonts-sil-doulos", "fonts-sil-gentiumplus",
    "fonts-crosextra-carlito", "fonts-crosextra-caladea", "fonts-noto-core",
    "fonts-roboto-unhinted", "fonts-open-sans", "fonts-linuxlibertine", "fonts-lato",
    "fonts-cmu", "fonts-paratype", "fonts-oldstandard", "fonts-gfs-didot",
    "fonts-courier-prime", "fonts-go", "fonts-inter",
)  # fmt: skip
"""Where the faces come from; ``apt-get install`` them before training."""

TIMES = (
    "LiberationSerif-Regular", "LiberationSerif-Bold", "LiberationSerif-Italic",
    "LiberationSerif-BoldItalic", "Tinos-Regular", "Tinos-Bold", "FreeSerif",
    "FreeSerifBold", "FreeSerifItalic", "FreeSerifBoldItalic",
    "texgyretermes-regular", "texgyretermes-bold", "texgyretermes-italic",
    "texgyretermes-bolditalic", "NimbusRoman-Regular", "NimbusRoman-Bold",
    "NimbusRoman-Italic", "NimbusRoman-BoldItalic", "STIX-Regular", "STIX-Bold",
    "STIX-Italic", "DoulosSIL-Regular",
)  # fmt: skip
"""Faces cut like Times, which these papers are set in (Decree 30/2020/NĐ-CP)."""

SERIF = (
    "CharisSIL-Regular", "CharisSIL-Bold", "GentiumBookPlus-Regular",
    "GentiumBookPlus-Bold", "Caladea-Regular", "Caladea-Bold", "NotoSerif-Regular",
    "NotoSerif-Bold", "NotoSerif-Italic", "DejaVuSerif", "DejaVuSerif-Bold",
    "DejaVuSerifCondensed", "C059-Roman", "C059-Bold", "P052-Roman", "P052-Bold",
    "texgyrebonum-regular", "LinLibertine_R", "LinLibertine_RB", "PTF55F", "PTF75F",
    "OldStandard-Regular", "GFSDidot", "cmunrm", "cmunbx", "texgyreschola-italic",
)  # fmt: skip

SANS = (
    "LiberationSans-Regular", "LiberationSans-Bold", "LiberationSans-Italic",
    "Arimo-Regular", "LiberationSansNarrow-Regular", "LiberationSansNarrow-Bold",
    "Carlito-Regular", "Carlito-Bold", "Carlito-Italic", "DejaVuSans",
    "DejaVuSans-Bold", "DejaVuSansCondensed", "NotoSans-Regular", "NotoSans-Bold",
    "Roboto-Regular", "Roboto-Bold", "RobotoCondensed-Regular", "OpenSans-Regular",
    "Lato-Regular", "PTS55F", "FreeSans", "Inter-Regular", "Go-Regular",
    "LiberationMono-Regular", "Cousine-Regular", "Courier Prime", "FreeMonoBold",
)  # fmt: skip

HELD_OUT = ("Tinos-Italic", "STIX-BoldItalic", "P052-Italic", "Arimo-Bold",
            "NotoSerif-BoldItalic", "Caladea-Italic", "OpenSans-Semibold")  # fmt: skip
"""Faces never trained on, to measure with."""


def find_fonts(folder: Path, names: tuple[str, ...]) -> list[Path]:
    """Return the files of these faces under the folder.

    Raises:
        FileNotFoundError: Fewer than half of them are there.
    """
    every = {p.stem: p for p in folder.rglob("*") if p.suffix in {".ttf", ".otf"}}
    found = [every[name] for name in names if name in every]
    if len(found) < len(names) / 2:
        raise FileNotFoundError(f"install {' '.join(PACKAGES)} first")
    return found
