"""Marks of slowly changing tables: as long as the mark stays, so does what was read from them.

Triggers write a new random word, whoever changes a row, direct SQL included; a rolled-back change
takes its word with it, and no word ever comes back. So an answer that was worked out under a mark
holds wherever the same mark is read (ADR 17).
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Final, Generic, TypeVar, cast

from sqlalchemy import DDL, Table, delete, event, func, insert, literal_column, select
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.database.records import Mark
from app.database.straight import fetch_all, fetch_at_begin

REGISTER: Final = "register"
"""Members, people, their roles and tokens, agreements, evidence: what every check rests on."""

CATALOG: Final = "catalog"
"""Articles, prices, what is shown with them, and whose agreements they belong to."""

LISTS: Final = "lists"
"""As CATALOG, but that the steps of a publication leave it: what lists found goes on meanwhile.

For what is read from agreements alone it is as good as CATALOG, because no step writes these.
"""

STOCK: Final = "stock"
"""Figures that suppliers report every hour: they must not make the whole catalog's answers old."""

BUDGETS: Final = "budgets"
"""Which budgets a member has and how they are limited; what orders take of them changes none."""

_MARK: Final = table_of(Mark)
# Both written out: a separator of its own is filled in late, which cannot go straight.
_BLANK: Final = cast("str", literal_column("' '"))
_PAIR: Final = _MARK.c.name + literal_column("'='") + _MARK.c.word
MARKS: Final = select(func.aggregate_strings(_PAIR, _BLANK)).scalar_subquery().label("marks")
"""All marks as one text, for statements that read something else as well; None if there is none."""

_READ: Final = select(_MARK.c.name, _MARK.c.word)
_READ_TEXT: Final = str(_READ)
_LOCK_CATALOG: Final = select(_MARK.c.word).where(_MARK.c.name == CATALOG).with_for_update()
# No table has these two. The first is what LISTS reads while the catalog stands at the second.
_BEFORE_STEPS: Final = "catalog_before_steps"
_AFTER_STEP: Final = "catalog_after_step"
_FUNCTION: Final = DDL(
    "CREATE OR REPLACE FUNCTION write_mark() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN INSERT INTO mark (name, word) VALUES (TG_ARGV[0], gen_random_uuid()::text) "
    "ON CONFLICT (name) DO UPDATE SET word = EXCLUDED.word; RETURN NULL; END $$"
)

_PINNED: Final = "pinned marks"
_LATEST: Final = "latest marks"
_TEXT: Final = "text of the pinned marks"
_READS_ONLY: Final = "reads only"

Answer = TypeVar("Answer")
Key = TypeVar("Key", bound=Hashable)
Words = tuple[str | None, ...]


def marked(name: str, table: Table, but: Iterable[str] = (), *, inserts: bool = True) -> None:
    """A new mark on every change of `table`, except of the columns in `but`.

    `inserts=False` where a new row cannot change an answer, because unknown ones are not kept.
    """
    uninteresting = set(but)
    columns = [f'"{column.name}"' for column in table.columns if column.name not in uninteresting]
    update = f"UPDATE OF {', '.join(columns)}" if uninteresting else "UPDATE"
    event.listen(table, "after_create", _FUNCTION.execute_if(dialect="postgresql"))
    for verb, happening in (("insert", "INSERT"), ("update", update), ("delete", "DELETE")):
        if verb == "insert" and not inserts:
            continue
        trigger = f"CREATE TRIGGER {table.name}_{name}_{verb} AFTER {happening} ON {table.name}"
        sqlite = DDL(
            f"{trigger} BEGIN INSERT INTO mark (name, word) "  # noqa: S608 - names of ours
            f"VALUES ('{name}', lower(hex(randomblob(16)))) "
            "ON CONFLICT (name) DO UPDATE SET word = excluded.word; END"
        )
        postgresql = DDL(f"{trigger} FOR EACH STATEMENT EXECUTE FUNCTION write_mark('{name}')")
        event.listen(table, "after_create", sqlite.execute_if(dialect="sqlite"))
        event.listen(table, "after_create", postgresql.execute_if(dialect="postgresql"))


class Kept(Generic[Answer]):
    """The latest answers by question; each process keeps its own, so nobody has to be told.

    `marks` stand for all that the answers are read from. Nothing is kept before the first of them
    was written; the others may be missing, as where no stock was ever reported.
    """

    def __init__(self, most: int, marks: tuple[str, ...] = (REGISTER,)) -> None:
        self._most = most
        self._marks = marks
        self._known: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, session: Session, question: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """The answer to `question` under the marks that this transaction sees.

        Answers are shared between requests: nobody may change one.
        """
        return self.get_all(session, [question], lambda _: {question: work_out()})[question]

    def get_all(
        self,
        session: Session,
        questions: Iterable[Key],
        work_out: Callable[[list[Key]], Mapping[Key, Answer]],
    ) -> dict[Key, Answer]:
        """The same for several; what `work_out` leaves out is not kept and not answered."""
        words = marks_of(session, self._marks)
        if words[0] is None:
            return dict(work_out(list(questions)))
        answers: dict[Key, Answer] = {}
        unknown: list[Key] = []
        with self._lock:
            for question in questions:
                if (words, question) in self._known:
                    self._known.move_to_end((words, question))
                    answers[question] = self._known[words, question]
                else:
                    unknown.append(question)
        if unknown:
            self._keep(words, found := work_out(unknown))
            answers.update(found)
        return answers

    def known(self, session: Session, question: Hashable) -> Answer | None:
        """Only what is kept under these marks; nothing is worked out."""
        with self._lock:
            return self._known.get((marks_of(session, self._marks), question))

    def forget(self) -> None:
        """Everything; whoever measures asks anew."""
        with self._lock:
            self._known.clear()

    def _keep(self, words: Words, answers: Mapping[Key, Answer]) -> None:
        with self._lock:
            for question, answer in answers.items():
                self._known[words, question] = answer
            while len(self._known) > self._most:
                self._known.popitem(last=False)


@contextmanager
def unchanged(session: Session) -> Iterator[None]:
    """Up to its end the transaction itself changes nothing under a mark: they are read once."""
    before = session.info.get(_PINNED)
    session.info[_PINNED] = before or session.info.get(_LATEST) or _read(session)
    try:
        yield
    finally:
        session.info[_PINNED] = before


def reads_only(session: Session) -> None:
    """The whole transaction changes nothing: marks are read once, when the first is asked for."""
    session.info[_READS_ONLY] = True


@contextmanager
def lists_stay(session: Session) -> Iterator[None]:
    """What changes meanwhile is a step of a publication: CATALOG is another word, LISTS is not.

    Whoever shows rows of a list then has to look at them again. The catalog's mark stays locked
    up to the end of the transaction, so no other change can slip in between unseen.
    """
    session.flush()
    known = session.execute(_LOCK_CATALOG).first() is not None
    (lists,) = marks_of(session, (LISTS,))
    yield
    (catalog,) = marks_of(session, (CATALOG,))
    if known:
        session.execute(delete(_MARK).where(_MARK.c.name.in_((_BEFORE_STEPS, _AFTER_STEP))))
        words = {_BEFORE_STEPS: lists, _AFTER_STEP: catalog}
        rows = [{"name": name, "word": word} for name, word in words.items()]
        session.execute(insert(_MARK), rows)


def only_stepped(before: str, after: str) -> bool:
    """Whether nothing but steps of a publication lies between two readings of MARKS."""
    first, second = _words_in(before), _words_in(after)
    for name in (CATALOG, _BEFORE_STEPS, _AFTER_STEP):
        first.pop(name, None)
        second.pop(name, None)
    return first == second


def _words_in(text: str | None) -> dict[str, str]:
    return _with_lists(dict(one.split("=", 1) for one in text.split()) if text else {})


def marks_are(session: Session, text: str | None) -> None:
    """What a statement of this transaction just read as MARKS, so that nobody reads them again."""
    marks = session.info[_LATEST] = _words_in(text)
    if _READS_ONLY in session.info:
        session.info[_PINNED] = marks
        session.info[_TEXT] = text


def text_of_marks(session: Session) -> str | None:
    """The marks under which everything in this transaction is read, where it only reads."""
    text: str | None = session.info.get(_TEXT)
    return text


def marks_of(session: Session, names: tuple[str, ...]) -> Words:
    """The words of the marks as this transaction sees them; None before a first change."""
    marks = session.info.get(_PINNED)
    if marks is None:
        marks = _read(session)
        if _READS_ONLY in session.info:
            session.info[_PINNED] = marks
    return tuple(marks.get(name) for name in names)


def _read(session: Session) -> dict[str, str]:
    session.flush()  # a change that waits in the session has to write its mark first
    found = fetch_at_begin(session, _READ_TEXT)
    marks = _with_lists(dict(fetch_all(session, _READ) if found is None else found))
    session.info[_LATEST] = marks
    return marks


def _with_lists(marks: dict[str, str]) -> dict[str, str]:
    """Any other change than a step leaves the catalog at a word that no step knows."""
    if (catalog := marks.get(CATALOG)) is not None:
        stepped = marks.get(_AFTER_STEP) == catalog
        marks[LISTS] = marks[_BEFORE_STEPS] if stepped else catalog
    return marks
