"""What the press sets of Sphinx's configuration unless the book sets it itself, and the press's own assets."""

from __future__ import annotations

from pathlib import Path

from claimbook.errors import BuildError, ReportError
from claimbook.settings import Settings, settings
from claimbook.sphinx.messages import stop

ASSETS = Path(__file__).with_name("assets")
# Where Jupyter Book puts a page that is built without its book.
ALONE = "_page"
TEMPLATES = Path(__file__).with_name("templates")
# The font of code has no mark for a space at which a line is broken.
# Sphinx takes the caption of the first part for the title of the contents, whatever the language.
PREAMBLE = r"""
\newfontfamily\signfont{Noto Sans Math}
\usepackage{newunicodechar}
SIGNS
\newfontfamily\arabicscript[Script=Arabic]{Noto Naskh Arabic}
\TeXXeTstate=1
\newcommand{\DUrolearabic}[1]{{\arabicscript\beginR #1\endR}}
\newcommand{\DUrolelatin}[1]{{\rmfamily\beginL #1\endL}}
\newfontfamily\asianscript{Droid Sans Fallback}
\newcommand{\DUroleasian}[1]{{\asianscript\XeTeXlinebreaklocale "ja" #1}}
\sphinxsetup{verbatimvisiblespace={}}
\renewcommand{\topfraction}{0.9}
\renewcommand{\bottomfraction}{0.8}
\renewcommand{\textfraction}{0.07}
\renewcommand{\floatpagefraction}{0.8}
\usepackage[section]{placeins}
\usepackage{xurl}
\AtBeginDocument{\let\plainsubsection\subsection\renewcommand{\subsection}{\FloatBarrier\plainsubsection}}
\newcommand{\namecontents}{\renewcommand{\contentsname}{CONTENTS}}
\AtBeginDocument{\namecontents\expandafter\addto\csname captions\languagename\endcsname{\namecontents}}
\AtBeginEnvironment{tabular}{\footnotesize}
\AtBeginEnvironment{tabulary}{\footnotesize}
\AtBeginEnvironment{longtable}{\footnotesize}
"""
# Signs that the font of the text lacks, but for that of code.
SIGNS = "−≤≥≈→"
SIGN = r'\newunicodechar{SIGN}{\iffontchar\font"CODE \symbol{"CODE}\else{\signfont\symbol{"CODE}}\fi}'
FONTS = r"""
\setmainfont{Noto Serif}[Scale=0.95]
\setsansfont{Noto Sans}[Scale=0.95]
\setmonofont{Noto Sans Mono}[Scale=0.85]
"""
# Cells show tables as MyST; without these two a stock book of the same chapters does not render either.
TABLES = {
    "nb_render_markdown_format": "myst",
    "nb_mime_priority_overrides": [["html", "text/markdown", 0], ["latex", "text/markdown", 0]],
}
DEFAULTS = {
    **TABLES,
    "bibtex_default_style": "keys",
    "bibtex_reference_style": "label",
    "bibtex_tooltips": False,
    "html_search_language": "names",
}
LATEX = {
    "papersize": "a4paper",
    "pointsize": "10pt",
    "fncychap": "",
    "extraclassoptions": "openany,oneside",
    "figure_align": "!htbp",
    "maxlistdepth": "6",
    # The only entries of an index would be the glossary's own terms.
    "makeindex": "",
    "printindex": "",
    "fontpkg": FONTS,
}
CONTEXT = {"default_mode": "auto"}
THEME = {"navbar_persistent": [], "show_toc_level": 2}


def _settings(app) -> Settings:
    if ALONE in Path(app.outdir).parts:
        raise BuildError(
            f"{app.config.master_doc}: a page cannot be built alone; make book builds again what changed, and no more"
        )
    return settings(Path(app.srcdir))


def _fill(app, config):
    """Read the book's settings, and set what they leave open; its own templates and files go before the press's."""
    try:
        app.book = _settings(app)
    except ReportError as error:
        stop(error)
    for name, value in DEFAULTS.items():
        if name not in config.overrides:
            config[name] = value
    signs = "\n".join(SIGN.replace("SIGN", sign).replace("CODE", f"{ord(sign):X}") for sign in SIGNS)
    latex = {**LATEX, "preamble": PREAMBLE.replace("SIGNS", signs).replace("CONTENTS", app.book.words["contents"])}
    for name, value in {"latex_elements": latex, "html_context": CONTEXT, "html_theme_options": THEME}.items():
        config[name] = {**value, **config[name]}
    config.html_static_path = [str(ASSETS), *config.html_static_path]
    own = config.overrides.get("templates_path", [])
    config.templates_path = [*own, str(TEMPLATES), *(path for path in config.templates_path if path not in own)]
    config.html_css_files = ["report.css", *config.html_css_files]


def setup(app):
    """Fill the configuration before any other extension reads it."""
    app.connect("config-inited", _fill, priority=1)
