"""Weights: what each observation says for or against a label, all in one table.

A weight is about the logarithm of how much likelier the observation is where a voice begins than where
none does.
They are added up; a label stands where the best path through the page (`decode`) goes through it.
"""

from __future__ import annotations

from typing import NamedTuple


class Weight(NamedTuple):
    """A weight and what it is for, as `explain` prints it."""

    value: float
    says: str


W = {
    # What the words say.
    "stage": Weight(2.4, "a word for the part somebody has"),
    "public": Weight(1.0, "a word for one of the public"),
    "once": Weight(-1.0, "a bare name that nobody announced and that stands once"),
    "verb": Weight(1.0, "a verb of asking or saying at its end"),
    "known": Weight(2.6, "a name that was announced"),
    "name": Weight(0.5, "the shape of a name"),
    "rare name": Weight(-1.2, "a surname that hardly anybody bears"),
    "with name": Weight(1.0, "a name beside an outlet, a post or a part"),
    "outlet": Weight(1.0, "the name of an outlet"),
    "odd outlet": Weight(-2.0, "words of no known kind, which may name a newsroom"),
    "others ask": Weight(0.9, "others who ask are written so (each doubling)"),
    "reporter": Weight(0.8, "an outlet and a word for its reporter"),
    "post": Weight(0.8, "a post"),
    "organ": Weight(0.1, "an organ alone"),
    "address": Weight(1.0, "a surname and a title"),
    "matched": Weight(1.6, "fits somebody announced"),
    "key": Weight(3.0, "a key of the recording"),
    "unread": Weight(-0.9, "a character that was not understood"),
    "field": Weight(-5.0, "a word that names a field of the page"),
    "aside": Weight(-4.0, "words that open a list or a thought within speech"),
    "vague": Weight(-3.0, "somebody or other, as in reported speech"),
    "page end": Weight(-2.6, "stands behind the page's end"),
    "title": Weight(-7.0, "the words name a briefing"),
    # How it is written.
    "colon": Weight(0.4, "followed by a colon"),
    "alone colon": Weight(0.5, "alone on its line with a colon"),
    "bracket": Weight(0.6, "in brackets"),
    "bracket colon": Weight(0.9, "in brackets, with a colon"),
    "numbered": Weight(0.6, "numbered"),
    "wide": Weight(-0.8, "parted by wide blanks"),
    "blank": Weight(-1.8, "parted by a blank only"),
    "bold run": Weight(-0.4, "in bold, text goes on behind it"),
    "bar": Weight(0.0, "parted by a bar"),
    "dash": Weight(-0.3, "parted by dashes"),
    "slash": Weight(-0.4, "parted by a slash"),
    "dot": Weight(-0.6, "parted by a full stop"),
    "alone": Weight(-1.5, "alone on its line"),
    "clock": Weight(1.2, "alone on its line, with a clock"),
    "heading": Weight(0.4, "a heading"),
    "block": Weight(0.4, "over several lines"),
    "mark": Weight(-2.4, "dashes before a question"),
    "row": Weight(0.6, "cells of a row"),
    "inline": Weight(-2.0, "within a line"),
    "closing": Weight(-0.5, "behind the words"),
    "bold": Weight(0.6, "bold"),
    # What the page does elsewhere.
    "template": Weight(0.55, "the page writes other labels so (each doubling)"),
    "strong": Weight(1.6, "what the words are worth of a label that others are compared with"),
    "strong alone": Weight(2.4, "the same where no mark stands behind them"),
    "unusual": Weight(-0.7, "the page writes no other label so"),
    "again": Weight(0.7, "the same words stand elsewhere in this form"),
    "twin": Weight(2.2, "each label of the page has a twin in Latin letters"),
    # What is said behind it.
    "speech": Weight(0.6, "sentences follow"),
    "no speech": Weight(-2.6, "no sentence follows"),
    "nothing": Weight(-9.0, "nothing follows"),
    "value": Weight(-7.0, "names and posts follow, as behind a field"),
    "greets": Weight(0.8, "opens with a greeting or thanks"),
    "quote": Weight(-1.5, "a quotation in a report follows"),
    # What an asker, a host, an official does.
    "asks": Weight(1.0, "asks"),
    "ends asking": Weight(0.7, "ends in a question mark"),
    "asks nothing": Weight(-1.3, "an asker who asks nothing"),
    "at length": Weight(-1.2, "an asker who speaks at length"),
    "answers": Weight(0.8, "opens as an answer does"),
    "only asks": Weight(-1.4, "an official who only asks"),
    "hands over": Weight(0.8, "a host who hands the word on"),
    "only hands over": Weight(-0.8, "an official who only hands the word on"),
    "organ asks": Weight(-1.0, "an organ that asks may be a newsroom"),
    "wrong part": Weight(-3.0, "the words say another part"),
    "unnamed part": Weight(-0.4, "nothing says which part it is"),
    # What follows what.
    "host asker": Weight(0.6, "an asker after the host"),
    "asker official": Weight(0.8, "an answer after a question"),
    "official asker": Weight(0.4, "a question after an answer"),
    "asker asker": Weight(-0.8, "a question right after a question"),
    "none asker": Weight(-0.8, "a page that begins with a question"),
    "host host": Weight(-0.3, "the host after himself"),
    "host official": Weight(0.2, "an official after the host"),
    "none host": Weight(0.4, "a page that begins with the host"),
}
"""By name. `template` counts for each doubling of the number of labels written so."""


def value(name: str) -> float:
    """The weight of an observation; 0 for one that has none (most transitions)."""
    weight = W.get(name)
    return weight.value if weight else 0.0
