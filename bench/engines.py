"""Other ways to find a substring, each as it would be set up by somebody who knows it, behind one face.

What comes in are folded passages in order of their rowids, the oldest first; out come rowids, newest first.
No engine keeps the text. tantivy and Xapian are wanted for the bench alone: PyPI's `tantivy`, Debian's
`python3-xapian`; `rjieba` cuts words.
"""

from __future__ import annotations

import sqlite3
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from loader.text import BLANK, TOKENIZER, grams

Rows = Sequence[tuple[int, str]]


class Engine(ABC):
    """An index in a folder of its own."""

    name: ClassVar[str]

    @abstractmethod
    def build(self, rows: Rows, folder: Path) -> None:
        """Index the passages."""

    @abstractmethod
    def search(self, term: str, limit: int) -> list[int]:
        """The newest `limit` passages that it says hold `term`."""


class _Fts5(Engine):
    """A contentless FTS5 table; passages are counted, since FTS5 keeps the difference of neighbours."""

    OPTIONS: ClassVar[str]

    def build(self, rows: Rows, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "index.db")
        self._db.execute(f"create virtual table found using fts5 (text, content='', {self.OPTIONS})")
        self._rowids = [rowid for rowid, _ in rows]
        told = enumerate(map(self.entry, (folded for _, folded in rows)))
        with self._db:
            self._db.executemany("insert into found (rowid, text) values (?, ?)", told)

    def entry(self, folded: str) -> str:
        """What is indexed of a passage."""
        return folded

    def expression(self, term: str) -> str:
        """The query for a term."""
        return '"' + term.replace('"', '""') + '"'

    def search(self, term: str, limit: int) -> list[int]:
        sql = "select rowid from found where found match ? order by rowid desc limit ?"
        return [self._rowids[row[0]] for row in self._db.execute(sql, (self.expression(term), limit))]


class Trigrams(_Fts5):
    """SQLite's own tokenizer for substrings; a term of less than three characters it cannot find."""

    name = "FTS5, trigram"
    OPTIONS = "tokenize='trigram case_sensitive 1'"


class Bigrams(_Fts5):
    """Bigrams with their places: a term is a phrase of them, one character the head of a token."""

    name = "FTS5, phrases of bigrams"
    OPTIONS = "tokenize='" + TOKENIZER.replace("'", "''") + "'"

    def entry(self, folded: str) -> str:
        text = folded.replace(" ", BLANK)
        return " ".join([*map(str.__add__, text, text[1:]), text[-1:]])

    def expression(self, term: str) -> str:
        text = term.replace(" ", BLANK)
        if len(text) == 1:
            return super().expression(text) + " *"
        return super().expression(" ".join(map(str.__add__, text, text[1:])))


class Words(_Fts5):
    """jieba's words alone; a term is a phrase of its own words."""

    name = "FTS5, jieba's words"
    OPTIONS = "tokenize='" + TOKENIZER.replace("'", "''") + "'"

    def entry(self, folded: str) -> str:
        return self._cut(folded)

    def expression(self, term: str) -> str:
        return super().expression(self._cut(term))

    def _cut(self, text: str) -> str:
        import rjieba

        return " ".join(word for word in rjieba.cut(text) if not word.isspace())


class Tantivy(Engine):
    """Phrases of bigrams, and characters beside them, each in a field."""

    name = "tantivy, phrases of bigrams"

    def build(self, rows: Rows, folder: Path) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("number", stored=True, fast=True)
        schema.add_text_field("pairs", tokenizer_name="blanks", index_option="position")
        schema.add_text_field("chars", tokenizer_name="blanks", index_option="basic")
        self._schema = schema.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("blanks", blanks)
        writer = self._index.writer(heap_size=200_000_000, num_threads=1)
        for rowid, folded in rows:
            text = folded.replace(" ", BLANK)
            pairs = " ".join(map(str.__add__, text, text[1:]))
            chars = " ".join(dict.fromkeys(text))
            writer.add_document(tantivy.Document(number=rowid, pairs=pairs, chars=chars))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, term: str, limit: int) -> list[int]:
        import tantivy

        text = term.replace(" ", BLANK)
        query: Any
        if len(text) < 3:
            field = "chars" if len(text) == 1 else "pairs"
            query = tantivy.Query.term_query(self._schema, field, text, index_option="basic")
        else:
            pairs: list[Any] = list(map(str.__add__, text, text[1:]))
            query = tantivy.Query.phrase_query(self._schema, "pairs", pairs)
        found = self._searcher.search(query, limit=limit, count=False, order_by_field="number")
        return [self._searcher.doc(address)["number"][0] for _, address in found.hits]


class Xapian(Engine):
    """Xapian's own n-grams of Chinese; numbers of documents are 32 bits, so rowids are counted."""

    name = "Xapian, CJK n-grams"

    def build(self, rows: Rows, folder: Path) -> None:
        import xapian

        self._rowids = [rowid for rowid, _ in rows]
        db = xapian.WritableDatabase(str(folder / "index"), xapian.DB_CREATE_OR_OPEN)
        generator = xapian.TermGenerator()
        generator.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
        for _, folded in rows:
            document = xapian.Document()
            generator.set_document(document)
            generator.index_text(folded)
            db.add_document(document)
        db.commit()
        db.close()
        self._db = xapian.Database(str(folder / "index"))
        self._parser = xapian.QueryParser()
        self._parser.set_database(self._db)
        self._parser.set_default_op(xapian.Query.OP_AND)

    def search(self, term: str, limit: int) -> list[int]:
        import xapian

        flags = xapian.QueryParser.FLAG_CJK_NGRAM | xapian.QueryParser.FLAG_PHRASE
        query = self._parser.parse_query('"' + term.replace('"', " ") + '"', flags)
        asking = xapian.Enquire(self._db)
        asking.set_query(query)
        asking.set_weighting_scheme(xapian.BoolWeight())
        asking.set_docid_order(xapian.Enquire.DESCENDING)
        return [self._rowids[found.docid - 1] for found in asking.get_mset(0, limit)]


class Ripgrep(Engine):
    """No index: a scan of the passages in one file, the newest first, up to the last hit wanted."""

    name = "ripgrep"

    def build(self, rows: Rows, folder: Path) -> None:
        self._rowids = [rowid for rowid, _ in reversed(rows)]
        self._file = folder / "passages.txt"
        self._file.write_text("".join(f"{folded}\n" for _, folded in reversed(rows)), "utf-8")

    def search(self, term: str, limit: int) -> list[int]:
        command = ["rg", "--text", "-F", "-n", "-o", "-m", str(limit), "-e", term, str(self._file)]
        lines = subprocess.run(command, capture_output=True, check=False).stdout.split(b"\n")
        numbers = dict.fromkeys(int(line.partition(b":")[0]) for line in lines if line)
        return [self._rowids[number - 1] for number in numbers]


class Ours(_Fts5):
    """The archive's own index without its stamps: what building it costs; the archive itself is asked."""

    name = "ours"
    OPTIONS = "columnsize=0, detail=none, tokenize='" + TOKENIZER.replace("'", "''") + "'"

    def entry(self, folded: str) -> str:
        return grams(folded)


OTHERS = (Bigrams, Trigrams, Words, Tantivy, Xapian, Ripgrep)
