"""What a terminal sends is cut into the same keys wherever the line cuts it; an Esc is decided by rule."""

from __future__ import annotations

import codecs
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.driver import alts
from tui.terminal.tokens import LONGEST, PASTE_BEGINS, PASTE_ENDS, PASTED, STALLED, Token, Tokens

PIECES = st.sampled_from(
    [
        *(
            "a",
            "核酸",
            "　",
            "\r",
            "\x7f",
            "\t",
            "\x15",
            "\x1b",
            "[",
            "O",
            "]",
            "3",
            ";",
            "~",
            "A",
            "M",
            "\x9b",
        ),
        *(
            "\x1b[A",
            "\x1b[1;5C",
            "\x1bOP",
            "\x1b[[A",
            "\x1b[200~",
            "\x1b[201~",
            "\x1b[<0;3;4M",
            "\x1b[?2026;2$y",
        ),
        *("\ufffd", "\x1b[" + "1" * (LONGEST + 9), "\u200d"),
    ]
)


def tokens_of(*pieces: str, alts: str = "") -> list[Token]:
    """All tokens, the last decided by time."""
    tokens = Tokens(alts)
    found = [token for piece in pieces for token in tokens.feed(piece)]
    return joined([*found, *tokens.decide()])


def joined(tokens: list[Token]) -> list[Token]:
    """Runs of text that a cut parted put together."""
    out: list[Token] = []
    for token in tokens:
        if out and out[-1].kind == token.kind == "text":
            out[-1] = Token("text", out[-1].text + token.text)
        else:
            out.append(token)
    return out


@given(st.lists(PIECES, max_size=12), st.lists(st.integers(0, 200)))
def test_where_the_line_cuts_changes_nothing(pieces: list[str], cuts: list[int]) -> None:
    text = "".join(pieces)
    edges = [0, *sorted(cut for cut in cuts if cut < len(text)), len(text)]
    assert tokens_of(*(text[start:stop] for start, stop in pairwise(edges))) == tokens_of(text)


@given(
    st.sampled_from(["utf-8", "gbk", "gb18030", "cp950", "big5hkscs", "euc_jp", "iso8859-1", "koi8-r"]),
    st.binary(max_size=60),
    st.lists(st.integers(0, 60)),
)
def test_any_bytes_are_decoded_the_same_wherever_they_are_cut(
    charset: str, data: bytes, cuts: list[int]
) -> None:
    edges = [0, *sorted(cut for cut in cuts if cut < len(data)), len(data)]
    decode = codecs.getincrementaldecoder(charset)("replace").decode
    whole = codecs.getincrementaldecoder(charset)("replace").decode
    assert "".join(decode(data[start:stop]) for start, stop in pairwise(edges)) == whole(data)


ESCAPE = Token("escape", "\x1b")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("\x1b", [ESCAPE]),
        ("\x1b\x1b", [ESCAPE, ESCAPE]),
        ("\x1bq", [ESCAPE, Token("text", "q")]),
        ("\x1b核酸", [ESCAPE, Token("text", "核酸")]),
        ("\x1b/核\r", [ESCAPE, Token("text", "/核"), Token("control", "\r")]),
        ("\x1b]n", [ESCAPE, Token("text", "]n")]),
        ("\x1b[", [ESCAPE, Token("text", "[")]),
        ("\x1b[n]", [ESCAPE, Token("text", "[n]")]),
        ("\x1b[3g", [ESCAPE, Token("text", "[3g")]),
        ("\x1b[A", [Token("sequence", "\x1b[A")]),
        ("\x1b\x1b[A", [ESCAPE, Token("sequence", "\x1b[A")]),
        ("\x1bOA", [Token("sequence", "\x1bOA")]),
        ("\x1bO核", [ESCAPE, Token("text", "O核")]),
        ("\x1b[99;99~j", [Token("sequence", "\x1b[99;99~"), Token("text", "j")]),
    ],
)
def test_an_esc_begins_a_sequence_only_where_a_terminal_sends_it(text: str, tokens: list[Token]) -> None:
    assert tokens_of(text) == tokens


def test_alt_with_a_character_is_a_key_only_where_a_command_has_it() -> None:
    assert tokens_of("\x1bxy", alts="x") == [Token("alt", "x"), Token("text", "y")]
    assert tokens_of("\x1bxy") == [ESCAPE, Token("text", "xy")]
    assert alts() == set(), "no command has one, so that Esc is Esc"


def test_a_paste_is_kept_up_to_a_bound_and_what_is_lost_is_counted() -> None:
    tokens = Tokens()
    assert tokens.feed(PASTE_BEGINS + "字" * (PASTED - 1)) == []
    for _ in range(50):
        assert tokens.feed("多" * 4_000) == []
    (pasted,) = tokens.feed(PASTE_ENDS)
    assert (len(pasted.text), tokens.lost) == (PASTED, 50 * 4_000 - 1)


def test_behind_a_paste_whose_end_is_lost_a_key_is_a_key_and_more_of_it_is_not() -> None:
    tokens = Tokens()
    tokens.feed(PASTE_BEGINS + "会上")
    assert tokens.waits == STALLED
    assert tokens.decide() == [Token("paste", "会上")]
    assert tokens.feed("一行很长的文字，" * 9) == [], "it goes on"
    assert tokens.decide() == [Token("paste", "一行很长的文字，" * 9)]
    assert tokens.feed("q") == [Token("text", "q")]
    assert tokens.waits is None


def test_the_end_of_a_paste_that_stalled_within_its_mark_ends_it() -> None:
    tokens = Tokens()
    tokens.feed(PASTE_BEGINS + "会上" + PASTE_ENDS[:3])
    assert tokens.decide() == [Token("paste", "会上")]
    assert tokens.feed(PASTE_ENDS[3:] + "j") == [Token("text", "j")]


def test_the_blank_of_full_width_is_text_and_what_nobody_sees_is_not() -> None:
    assert tokens_of("核酸　检测\u200b\u202e\x85") == [Token("text", "核酸　检测")]
