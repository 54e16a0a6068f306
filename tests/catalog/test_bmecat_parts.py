"""The parts of BMEcat articles besides prices: features, variants, references, media, texts."""

from decimal import Decimal

from app.catalog.formats.findings import Fault
from app.catalog.formats.values import Feature, Media, Reference
from tests.catalog.bmecat_files import article, catalog, feature, only, price, read, refers


def test_classifications_of_every_system_pass_through_as_text() -> None:
    blocks = "".join(
        "<ARTICLE_FEATURES>"
        f"<REFERENCE_FEATURE_SYSTEM_NAME>{system}</REFERENCE_FEATURE_SYSTEM_NAME>"
        f"<REFERENCE_FEATURE_GROUP_ID>{code}</REFERENCE_FEATURE_GROUP_ID></ARTICLE_FEATURES>"
        for system, code in (("ECLASS-14.0", "19-01-02-03"), ("ETIM-9.0", "EC001234"))
    )

    read_article, _ = only(article(price("1"), blocks))

    assert read_article.classifications == (
        ("ECLASS-14.0", "19-01-02-03"),
        ("ETIM-9.0", "EC001234"),
    )
    assert read_article.classified("ETIM") == "EC001234"


def test_features_keep_several_values_units_and_the_template_of_their_class() -> None:
    features = (
        feature("Netzspannung", "110", "<FVALUE>220</FVALUE><FUNIT>VLT</FUNIT>")
        + feature("Gewicht", " 1.25 ", "<FUNIT>KGM</FUNIT><FORDER>1</FORDER>")
        + "<FEATURE><FTEMPLATE><FT_ID>1</FT_ID><FT_NAME>Einbauform</FT_NAME></FTEMPLATE>"
        "<VALUE_IDREF>0173-1#07</VALUE_IDREF><FVALUE_DETAILS>Aufbau</FVALUE_DETAILS></FEATURE>"
        "<FEATURE><FNAME>Leer</FNAME></FEATURE>"
    )

    read_article, _ = only(article(price("1"), f"<ARTICLE_FEATURES>{features}</ARTICLE_FEATURES>"))

    assert read_article.features == (
        Feature("Netzspannung", "110, 220", "VLT"),
        Feature("Gewicht", "1.25", "KGM"),
        Feature("Einbauform", "Aufbau", ""),
    )


def test_parts_that_articles_have_word_for_word_count_for_each_of_them() -> None:
    parts = (
        f"<ARTICLE_FEATURES>{feature('Gewicht', '1.2')}</ARTICLE_FEATURES>"
        "<MIME_INFO><MIME><MIME_SOURCE>a.jpg</MIME_SOURCE></MIME></MIME_INFO>"
    )
    same = article(price("1"), parts) + article(price("2"), parts, sku="A-2")
    other = article(price("3"), parts.replace("1.2", "1.3"), sku="A-3")

    file, articles = read(catalog(same + other))

    assert [one.features for one in articles] == [
        (Feature("Gewicht", "1.2", ""),),
        (Feature("Gewicht", "1.2", ""),),
        (Feature("Gewicht", "1.3", ""),),
    ]
    assert [[media.source for media in one.media] for one in articles] == [["a.jpg"]] * 3
    assert file.counts.features == 3


def test_an_article_with_variants_becomes_one_article_per_order_number() -> None:
    def variants(name: str, order: int, *values: tuple[str, str]) -> str:
        entries = "".join(
            f"<VARIANT><FVALUE>{value}</FVALUE>"
            f"<SUPPLIER_AID_SUPPLEMENT>{supplement}</SUPPLIER_AID_SUPPLEMENT></VARIANT>"
            for value, supplement in values
        )
        return (
            f"<FEATURE><FNAME>{name}</FNAME><VARIANTS>{entries}<VORDER>{order}</VORDER></VARIANTS>"
            "</FEATURE>"
        )

    features = (
        variants("Tastatur", 2, ("deutsch", "-DE"), ("englisch", "-EN"))
        + feature("Gewicht", "1.2")
        + variants("Speicher", 1, ("16 GB", "-16"), ("32 GB", "-32"))
    )

    file, articles = read(
        catalog(
            article(price("9"), f"<ARTICLE_FEATURES>{features}</ARTICLE_FEATURES>", "NB")
            + article(price("9"), sku="NB-16-DE")
        )
    )

    assert [(one.sku, one.family) for one in articles] == [
        ("NB-16-DE", "NB"),
        ("NB-16-EN", "NB"),
        ("NB-32-DE", "NB"),
        ("NB-32-EN", "NB"),
    ]
    assert articles[3].features == (
        Feature("Speicher", "32 GB", ""),
        Feature("Tastatur", "englisch", ""),
        Feature("Gewicht", "1.2", ""),
    )
    assert [(one.sku, one.code) for one in file.findings.rejected] == [
        ("NB-16-DE", Fault.DUPLICATE_SKU)
    ]


def test_variants_without_their_part_of_the_number_reject_the_article() -> None:
    variant = "<VARIANTS><VARIANT><FVALUE>16 GB</FVALUE></VARIANT></VARIANTS>"
    features = (
        f"<ARTICLE_FEATURES><FEATURE><FNAME>Speicher</FNAME>{variant}</FEATURE></ARTICLE_FEATURES>"
    )

    file, articles = read(catalog(article(price("9"), features)))

    assert articles == []
    assert [one.code for one in file.findings.rejected] == [Fault.VARIANTS_UNREADABLE]


def test_references_keep_kind_and_quantity_and_an_article_never_refers_to_itself() -> None:
    kit = (
        '<ARTICLE_REFERENCE type="consists_of" quantity="2"><ART_ID_TO>A-2</ART_ID_TO>'
        "</ARTICLE_REFERENCE>" + refers("accessories", "A-1")
    )

    file, articles = read(catalog(article(price("1"), kit) + article(price("1"), sku="A-2")))

    assert articles[0].references == (Reference("consists_of", "A-2", 2),)
    assert set(file.findings.counts) == {Fault.SELF_REFERENCE}
    assert file.counts.dangling_references == 0


def test_parts_of_parts_and_successors_that_lead_back_are_reported_once() -> None:
    circle = (
        article(price("1"), refers("consists_of", "B"), "A")
        + article(price("1"), refers("consists_of", "C"), "B")
        + article(price("1"), refers("consists_of", "A") + refers("accessories", "B"), "C")
        + article(price("1"), refers("accessories", "A"), "D")
    )

    file, articles = read(catalog(circle))

    assert [one.sku for one in articles] == ["A", "B", "C", "D"]
    assert [(one.sku, one.code, one.reason) for one in file.findings.kept] == [
        (
            "A",
            Fault.CIRCULAR_REFERENCE,
            "Die Verweise bilden einen Kreis (A → B → C → A). Bitte auflösen.",
        )
    ]


def test_pictures_extensions_and_order_terms_are_handed_on() -> None:
    more = (
        "<ARTICLE_ORDER_DETAILS><ORDER_UNIT>BX</ORDER_UNIT><CONTENT_UNIT>C62</CONTENT_UNIT>"
        "<NO_CU_PER_OU>12</NO_CU_PER_OU><QUANTITY_MIN>5</QUANTITY_MIN>"
        "<QUANTITY_INTERVAL>2</QUANTITY_INTERVAL><QUANTITY_MAX>99</QUANTITY_MAX>"
        "</ARTICLE_ORDER_DETAILS>"
        "<MIME_INFO><MIME><MIME_TYPE>image/JPEG</MIME_TYPE><MIME_SOURCE>b/1.jpg</MIME_SOURCE>"
        "<MIME_ALT>Von vorn</MIME_ALT></MIME><MIME><MIME_TYPE>url</MIME_TYPE></MIME></MIME_INFO>"
        "<USER_DEFINED_EXTENSIONS><UDX.FAMILY>NB</UDX.FAMILY><UDX.X><UDX.X.TERM>36</UDX.X.TERM>"
        "</UDX.X></USER_DEFINED_EXTENSIONS>"
    )

    one, _ = only(article(price("1"), more))

    assert (one.order_unit, one.content_unit, one.content_quantity) == ("BX", "C62", Decimal(12))
    assert (one.quantity_min, one.quantity_interval, one.quantity_max) == (5, 2, 99)
    assert one.media == (Media("b/1.jpg", "image/jpeg", "normal", "", "Von vorn"),)
    assert one.extensions == (("X.TERM", "36"),)
    assert one.family == "NB"


def test_german_wins_among_several_languages_and_markup_inside_a_text_keeps_the_text() -> None:
    details = (
        "<ARTICLE><SUPPLIER_AID>A-1</SUPPLIER_AID><ARTICLE_DETAILS>"
        '<DESCRIPTION_SHORT lang="eng">Thing</DESCRIPTION_SHORT>'
        '<DESCRIPTION_SHORT lang="deu">Ein <b>gutes</b> Ding</DESCRIPTION_SHORT>'
        "<DESCRIPTION_LONG>vor<!-- nichts -->her <![CDATA[<b>&amp;</b>]]></DESCRIPTION_LONG>"
        '<KEYWORD lang="eng">thing</KEYWORD><KEYWORD lang="deu">Sache</KEYWORD>'
        "</ARTICLE_DETAILS></ARTICLE>"
    )

    one, faults = only(details)

    assert (one.name, one.description) == ("Ein gutes Ding", "vorher &")
    assert one.keywords == ("Sache",)
    assert faults == {Fault.NO_PRICE}
