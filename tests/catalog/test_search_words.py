"""Reading what people type: folding, parts of words, inflections, compounds, misspellings."""

import pytest

from app.catalog.finding.expression import AllOf, AnyOf, Word, for_fts5, for_tsquery, teller
from app.catalog.finding.features import facet_values, size_of
from app.catalog.finding.price_bands import BANDS, days_between, days_key
from app.catalog.finding.same_words import meanings, same_words
from app.catalog.finding.spelling import distance, mistakes_forgiven, nearest
from app.catalog.finding.typed import chunks_of
from app.catalog.finding.understand import Numbers, Understood, understand
from app.catalog.finding.vocabulary import vocabulary_of
from app.catalog.finding.words import compact, is_word, mark, words_of

WORDS = """
notebook notebooks notebooktasche tasche taschen laser laserdrucker drucker lenovo maus mausmatte
monitor monitore buero schwarz 14 16 16gb gb thin client tischdrucker
farbe dock m404dn t14 t14s tk 3160 zoll
"""
KNOWN = vocabulary_of(words_of(WORDS))
NOBODY = Numbers(known=lambda _: False, holding=lambda _: False)


def read(typed: str, numbers: Numbers = NOBODY) -> Understood:
    return understand(typed, KNOWN, meanings(), numbers)


def words_in(understood: Understood) -> set[str]:
    """Every word that would be accepted."""
    found: set[str] = set()
    waiting = [understood.wanted]
    while waiting:
        match waiting.pop():
            case Word(text):
                found.add(text)
            case AnyOf(parts) | AllOf(parts):
                waiting.extend(parts)
            case None:
                pass
    return found


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Büro-Notebook 15,6\u201d", ["buero", "notebook", "15", "6"]),
        ("GRÖßE (Maße)", ["groesse", "masse"]),
        ("Ca\u0301fe", ["cafe"]),
        ("%*\u0000'\"", []),
    ],
)
def test_text_is_folded_into_words_of_letters_and_digits(typed: str, words: list[str]) -> None:
    assert words_of(typed) == words


def test_numbers_are_compared_without_their_separators() -> None:
    assert compact("NB-1 / x.2") == "nb1x2"
    assert is_word("16gb")
    assert not is_word("4006381333931")
    assert mark("ram", "16 GB") != mark("ram", "8 GB")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tasche", {"tasche", "taschen", "notebooktasche"}),
        ("Taschen", {"taschen", "tasche"}),
        ("Druckern", {"drucker", "laserdrucker", "tischdrucker"}),
        ("notebooktasche", {"notebooktasche", "notebook", "tasche"}),
        ("Laptop", {"notebook"}),
        ("Laptops", {"notebook"}),
        ("Bildschirm", {"monitor"}),
        ("Mäuse", {"maus"}),
        ("thinclient", {"thin", "client"}),
        ("16GB", {"16gb", "16", "gb"}),
        ("laser-drucker", {"laser", "drucker", "laserdrucker"}),
        ("Laptoptasche", {"notebook", "tasche"}),
        ("Farbdrucker", {"farbe", "drucker", "laserdrucker"}),
        ("docking station", {"dock"}),
        ("M 404 dn", {"m404dn"}),
        ("T 14", {"t14", "t14s"}),
        ("TK3160", {"tk", "3160"}),
        ("Notebook 15,6", {"15", "6"}),
        ("15.6zoll", {"15", "6", "zoll"}),
        ("1920 × 1080", {"1920x1080", "1920", "1080"}),
        ("1 TB", {mark("ssd", "1 TB"), mark("capacity", "1 TB")}),
        ("1000GB", {mark("ssd", "1 TB")}),
    ],
)
def test_words_stand_for_forms_compounds_and_synonyms(typed: str, found: set[str]) -> None:
    assert found <= words_in(read(typed))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Noetbook", "notebook"),
        ("Lenvo", "lenovo"),
        ("Montior", "monitor"),
        ("Moniter", "monitor"),
        ("Druker", "drucker"),
        ("schwartz", "schwarz"),
    ],
)
def test_misspelt_words_are_read_as_the_nearest_known_one(typed: str, meant: str) -> None:
    understood = read(typed)

    assert understood.meant == ((words_of(typed)[0], meant),)
    assert meant in words_in(understood)


def test_a_mistake_is_also_seen_in_what_only_people_say() -> None:
    understood = understand("Bilschirm", vocabulary_of(["monitore"]), meanings(), NOBODY)

    assert understood.meant == (("bilschirm", "bildschirm"),)


@pytest.mark.parametrize("typed", ["Haus", "Dasche", "Blonitor", "Lenobro"])
def test_another_word_is_no_misspelt_one(typed: str) -> None:
    understood = read(typed)

    assert (understood.meant, understood.unknown) == ((), (typed.lower(),))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Tasche für Notebook", ["Tasche", "Notebook"]),
        ("notebook & Maus", ["notebook", "Maus"]),
        ("der", ["der"]),
        ("% *", ["%", "*"]),
        ("a b c d e f 💻 und g h i", list("abcdefgh")),
    ],
)
def test_little_words_and_signs_are_not_looked_for(typed: str, words: list[str]) -> None:
    assert chunks_of(typed) == words


def test_a_decimal_is_no_fragment_of_a_number() -> None:
    numbers = Numbers(known=lambda _: False, holding=lambda _: True)

    assert read("15,6 Zoll", numbers).fragments == ()
    assert read("910.005", numbers).fragments == ("910005",)


def test_a_number_with_blanks_is_known_by_its_mark() -> None:
    exact = mark("number", "cf259a")
    numbers = Numbers(known=lambda one: one == exact, holding=lambda _: False)

    understood = read("Toner CF 259A", numbers)

    assert exact in words_in(understood)
    assert understood.fragments == ()


def test_what_a_number_begins_is_found_beside_the_article_of_that_number() -> None:
    numbers = Numbers(known=lambda one: one == mark("number", "ux325ea"), holding=lambda _: True)

    assert words_in(read("UX325EA", numbers)) == {mark("number", "ux325ea"), "ux325ea"}


@pytest.mark.parametrize("typed", ["xyz", "T15", "qqqqqqqq", "ab"])
def test_short_words_numbers_and_strange_words_are_not_corrected(typed: str) -> None:
    assert read(typed).meant == ()


def test_signs_without_a_word_find_nothing() -> None:
    assert read("% * --").nothing
    assert not read("notebook").nothing


def test_the_fragment_of_a_number_is_no_word() -> None:
    numbers = Numbers(known=lambda _: False, holding=lambda part: "x7" in part)

    assert read("X-77", numbers).fragments == ("x77",)
    assert read("X-77 notebook", numbers).wanted is not None


def test_an_exact_number_is_looked_up_by_its_mark() -> None:
    exact = mark("number", "nb1")
    numbers = Numbers(known=lambda one: one == exact, holding=lambda _: False)

    assert exact in words_in(read("NB-1", numbers))


def test_at_most_eight_words_are_read() -> None:
    assert len(read("notebook " * 50).spoken) == 8


def test_the_index_is_asked_in_the_words_of_either_database() -> None:
    wanted = AllOf((Word("a"), AnyOf((Word("b"), Word("#c")))))

    assert for_fts5(wanted) == '("a" AND ("b" OR "#c"))'
    assert for_tsquery(wanted) == "('a' & ('b' | '#c'))"


@pytest.mark.parametrize(
    ("first", "second", "mistakes"),
    [("monitor", "montior", 1), ("lenvo", "lenovo", 1), ("maus", "haus", 1), ("abc", "xyz", 3)],
)
def test_swapped_missed_and_wrong_letters_are_one_mistake_each(
    first: str, second: str, mistakes: int
) -> None:
    assert distance(first, second, 3) == mistakes
    assert distance(second, first, 3) == mistakes


def test_longer_words_forgive_more() -> None:
    words = ("abc", "maus", "monitor", "bildschirm", "t14s")
    assert [mistakes_forgiven(word) for word in words] == [0, 1, 1, 2, 0]
    assert nearest("maus", ["laus", "mais", "tau"]) == "mais"


def test_the_list_of_words_that_mean_the_same_is_readable() -> None:
    assert ("Notebook", "Laptop", "Klapprechner", "Notebooks") in same_words()
    assert ("thin", "client") in meanings()["thinclient"]


def test_features_become_filters_in_one_spelling() -> None:
    features = [
        ("Arbeitsspeicher", "16", "GB"),
        ("ssd_gb", "1000", ""),
        ("Bildschirmdiagonale", "15,60", "Zoll"),
        ("Papierformat A3", "ja", ""),
        ("Farbe", "schwarz", ""),
        ("Ausstattung", "USB-C, HDMI", ""),
        ("Unbekannt", "x", ""),
    ]

    assert facet_values(features) == (
        ("ram", "16 GB"),
        ("ssd", "1 TB"),
        ("display", "15,6 Zoll"),
        ("paper", "A3"),
        ("equipment", "USB-C"),
        ("equipment", "HDMI"),
    )
    assert sorted(["1 TB", "512 GB", "8 GB"], key=size_of) == ["8 GB", "512 GB", "1 TB"]


def test_prices_and_days_fall_into_one_step_each() -> None:
    assert [band.key for band in BANDS][:3] == ["0-50", "50-100", "100-250"]
    assert BANDS[-1].text == "ab 5.000\xa0€"
    assert [days_key(days) for days in (0, 3, 4, 20, 21)] == ["3", "3", "5", "20", "mehr"]
    assert [days_between(key) for key in ("3", "10", "mehr", "7")] == [
        (-1, 3),
        (5, 10),
        (20, None),
        None,
    ]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("drucker a4", True), ("laser a3", True), ("drucker", False), ("a4", False), ("", False)],
)
def test_an_expression_is_answered_without_a_database(said: str, meant: bool) -> None:
    either = AnyOf((Word("drucker"), Word("laser")))
    wanted = AllOf((either, AnyOf((Word("a3"), Word("a4")))))

    assert teller(wanted)(f" {said} ") is meant
