"""What is live on the page, said in words beside it at every moment, so that a page that is saved says what it shows.

A notebook's file keeps what a cell showed when it was run, and what is chosen later changes the live widgets only. So each of
them carries the same as HTML (in the trait `text_html`, a result in `value`) and as plain text (in `text_plain`), and the
workbook's extension of JupyterLab puts these into the file whenever the notebook is saved.
"""

import ipywidgets as w
from traitlets import Unicode

from segkit.html.piece import Html


class Shown(w.HTML):  # type: ignore[misc]
    """A result on the page: its HTML is what it shows.

    Parameters
    ----------
    html : Html
        What it shows at first.
    """

    text_plain = Unicode().tag(sync=True)

    def __init__(self, html: Html) -> None:
        super().__init__(html.styled, text_plain=html.text, layout={"width": "100%"})
        self.html = html

    def say(self, html: Html) -> None:
        """Show something else."""
        self.html = html
        with self.hold_sync():  # one message for both
            self.value, self.text_plain = html.styled, html.text


class Form(w.VBox):  # type: ignore[misc]
    """Controls on the page, with what is chosen by them in words."""

    text_html = Unicode().tag(sync=True)
    text_plain = Unicode().tag(sync=True)
    html = Html("", "")

    def say(self, html: Html) -> None:
        """Keep in words what is chosen now."""
        self.html = html
        with self.hold_sync():
            self.text_html, self.text_plain = html.styled, html.text
