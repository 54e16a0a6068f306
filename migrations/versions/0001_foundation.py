"""The foundation: all tables with their guards and the search index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQLITE = (
    "CREATE TRIGGER stored_file_no_update BEFORE UPDATE ON stored_file BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER stored_file_no_delete BEFORE DELETE ON stored_file BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER evidence_document_no_update BEFORE UPDATE ON evidence_document BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER evidence_document_no_delete BEFORE DELETE ON evidence_document BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER eligibility_decision_no_update BEFORE UPDATE ON eligibility_decision BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER eligibility_decision_no_delete BEFORE DELETE ON eligibility_decision BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER framework_change_no_update BEFORE UPDATE ON framework_change BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER framework_change_no_delete BEFORE DELETE ON framework_change BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER market_price_no_update BEFORE UPDATE ON market_price BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER market_price_no_delete BEFORE DELETE ON market_price BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER approval_no_update BEFORE UPDATE ON approval BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER approval_no_delete BEFORE DELETE ON approval BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE VIRTUAL TABLE article_search\nUSING fts5(search_text, content='article', content_rowid='id', tokenize='trigram')",
    "CREATE TRIGGER article_search_insert AFTER INSERT ON article BEGIN\n  INSERT INTO article_search(rowid, search_text) VALUES (new.id, new.search_text);\nEND",
    "CREATE TRIGGER article_search_update AFTER UPDATE OF search_text ON article BEGIN\n  INSERT INTO article_search(article_search, rowid, search_text)\n  VALUES ('delete', old.id, old.search_text);\n  INSERT INTO article_search(rowid, search_text) VALUES (new.id, new.search_text);\nEND",
    "CREATE TRIGGER article_search_delete AFTER DELETE ON article BEGIN\n  INSERT INTO article_search(article_search, rowid, search_text)\n  VALUES ('delete', old.id, old.search_text);\nEND",
    'CREATE TRIGGER fact_no_update BEFORE UPDATE OF "id", "key", "scope_type", "scope_key", "value", "valid_from", "valid_to", "review_due", "evidence_document_id", "asserted_at", "asserted_by" ON fact BEGIN SELECT RAISE(ABORT, \'row is evidence and stays as written\'); END',
    "CREATE TRIGGER fact_no_delete BEFORE DELETE ON fact BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER turnover_no_update BEFORE UPDATE ON turnover BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER turnover_no_delete BEFORE DELETE ON turnover BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER ceiling_movement_no_update BEFORE UPDATE ON ceiling_movement BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER ceiling_movement_no_delete BEFORE DELETE ON ceiling_movement BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER refused_attempt_no_update BEFORE UPDATE ON refused_attempt BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER refused_attempt_no_delete BEFORE DELETE ON refused_attempt BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    'CREATE TRIGGER price_no_update BEFORE UPDATE OF "id", "article_id", "catalog_version_id", "lower_bound", "unit_price", "valid_from" ON price BEGIN SELECT RAISE(ABORT, \'row is evidence and stays as written\'); END',
    "CREATE TRIGGER price_no_delete BEFORE DELETE ON price BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_move_no_update BEFORE UPDATE ON call_off_move BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_move_no_delete BEFORE DELETE ON call_off_move BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_time_no_update BEFORE UPDATE ON call_off_time BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_time_no_delete BEFORE DELETE ON call_off_time BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_comment_no_update BEFORE UPDATE ON call_off_comment BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_comment_no_delete BEFORE DELETE ON call_off_comment BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER delivery_no_update BEFORE UPDATE ON delivery BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER delivery_no_delete BEFORE DELETE ON delivery BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER invoice_no_update BEFORE UPDATE ON invoice BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER invoice_no_delete BEFORE DELETE ON invoice BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER delivery_line_no_update BEFORE UPDATE ON delivery_line BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER delivery_line_no_delete BEFORE DELETE ON delivery_line BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    'CREATE TRIGGER serial_number_no_update BEFORE UPDATE OF "id", "delivery_line_id", "sku" ON serial_number BEGIN SELECT RAISE(ABORT, \'row is evidence and stays as written\'); END',
    "CREATE TRIGGER serial_number_no_delete BEFORE DELETE ON serial_number BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER goods_receipt_no_update BEFORE UPDATE ON goods_receipt BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER goods_receipt_no_delete BEFORE DELETE ON goods_receipt BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER invoice_line_no_update BEFORE UPDATE ON invoice_line BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER invoice_line_no_delete BEFORE DELETE ON invoice_line BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER serial_correction_no_update BEFORE UPDATE ON serial_correction BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER serial_correction_no_delete BEFORE DELETE ON serial_correction BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
)

POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'row is evidence and stays as written' USING ERRCODE = 'restrict_violation'; END $$",
    "CREATE TRIGGER stored_file_no_update BEFORE UPDATE ON stored_file FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER stored_file_no_delete BEFORE DELETE ON stored_file FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER stored_file_no_truncate BEFORE TRUNCATE ON stored_file FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_document_no_update BEFORE UPDATE ON evidence_document FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_document_no_delete BEFORE DELETE ON evidence_document FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_document_no_truncate BEFORE TRUNCATE ON evidence_document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER eligibility_decision_no_update BEFORE UPDATE ON eligibility_decision FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER eligibility_decision_no_delete BEFORE DELETE ON eligibility_decision FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER eligibility_decision_no_truncate BEFORE TRUNCATE ON eligibility_decision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER framework_change_no_update BEFORE UPDATE ON framework_change FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER framework_change_no_delete BEFORE DELETE ON framework_change FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER framework_change_no_truncate BEFORE TRUNCATE ON framework_change FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER market_price_no_update BEFORE UPDATE ON market_price FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER market_price_no_delete BEFORE DELETE ON market_price FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER market_price_no_truncate BEFORE TRUNCATE ON market_price FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_no_update BEFORE UPDATE ON approval FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_no_delete BEFORE DELETE ON approval FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_no_truncate BEFORE TRUNCATE ON approval FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "DO $$ BEGIN\n  CREATE EXTENSION IF NOT EXISTS pg_trgm;\n  CREATE INDEX ix_article_search_text_trgm ON article USING gin (search_text gin_trgm_ops);\nEXCEPTION WHEN OTHERS THEN\n  RAISE NOTICE 'search runs without pg_trgm';\nEND $$",
    'CREATE TRIGGER fact_no_update BEFORE UPDATE OF "id", "key", "scope_type", "scope_key", "value", "valid_from", "valid_to", "review_due", "evidence_document_id", "asserted_at", "asserted_by" ON fact FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    "CREATE TRIGGER fact_no_delete BEFORE DELETE ON fact FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER fact_no_truncate BEFORE TRUNCATE ON fact FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER turnover_no_update BEFORE UPDATE ON turnover FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER turnover_no_delete BEFORE DELETE ON turnover FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER turnover_no_truncate BEFORE TRUNCATE ON turnover FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER ceiling_movement_no_update BEFORE UPDATE ON ceiling_movement FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER ceiling_movement_no_delete BEFORE DELETE ON ceiling_movement FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER ceiling_movement_no_truncate BEFORE TRUNCATE ON ceiling_movement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER refused_attempt_no_update BEFORE UPDATE ON refused_attempt FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER refused_attempt_no_delete BEFORE DELETE ON refused_attempt FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER refused_attempt_no_truncate BEFORE TRUNCATE ON refused_attempt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    'CREATE TRIGGER price_no_update BEFORE UPDATE OF "id", "article_id", "catalog_version_id", "lower_bound", "unit_price", "valid_from" ON price FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    "CREATE TRIGGER price_no_delete BEFORE DELETE ON price FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER price_no_truncate BEFORE TRUNCATE ON price FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_move_no_update BEFORE UPDATE ON call_off_move FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_move_no_delete BEFORE DELETE ON call_off_move FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_move_no_truncate BEFORE TRUNCATE ON call_off_move FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_time_no_update BEFORE UPDATE ON call_off_time FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_time_no_delete BEFORE DELETE ON call_off_time FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_time_no_truncate BEFORE TRUNCATE ON call_off_time FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_comment_no_update BEFORE UPDATE ON call_off_comment FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_comment_no_delete BEFORE DELETE ON call_off_comment FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_comment_no_truncate BEFORE TRUNCATE ON call_off_comment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER delivery_no_update BEFORE UPDATE ON delivery FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER delivery_no_delete BEFORE DELETE ON delivery FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER delivery_no_truncate BEFORE TRUNCATE ON delivery FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER invoice_no_update BEFORE UPDATE ON invoice FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER invoice_no_delete BEFORE DELETE ON invoice FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER invoice_no_truncate BEFORE TRUNCATE ON invoice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER delivery_line_no_update BEFORE UPDATE ON delivery_line FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER delivery_line_no_delete BEFORE DELETE ON delivery_line FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER delivery_line_no_truncate BEFORE TRUNCATE ON delivery_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    'CREATE TRIGGER serial_number_no_update BEFORE UPDATE OF "id", "delivery_line_id", "sku" ON serial_number FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    "CREATE TRIGGER serial_number_no_delete BEFORE DELETE ON serial_number FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER serial_number_no_truncate BEFORE TRUNCATE ON serial_number FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER goods_receipt_no_update BEFORE UPDATE ON goods_receipt FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER goods_receipt_no_delete BEFORE DELETE ON goods_receipt FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER goods_receipt_no_truncate BEFORE TRUNCATE ON goods_receipt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER invoice_line_no_update BEFORE UPDATE ON invoice_line FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER invoice_line_no_delete BEFORE DELETE ON invoice_line FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER invoice_line_no_truncate BEFORE TRUNCATE ON invoice_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER serial_correction_no_update BEFORE UPDATE ON serial_correction FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER serial_correction_no_delete BEFORE DELETE ON serial_correction FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER serial_correction_no_truncate BEFORE TRUNCATE ON serial_correction FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
)


def upgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "audit_stream",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("head_sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_audit_stream")),
    )
    op.create_table(
        "category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["category.id"], name=op.f("fk_category_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("slug", name=op.f("uq_category_slug")),
    )
    op.create_table(
        "framework",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column(
            "award_model",
            sa.Enum(
                "intermediary",
                "direct_call_off",
                name="awardmodel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "party_rule",
            sa.Enum(
                "all_members",
                "listed",
                name="partyrule",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("contracting_entity", sa.String(length=160), nullable=False),
        sa.Column("supplier_name", sa.String(length=160), nullable=False),
        sa.Column("supplier_vat_id", sa.String(length=20), nullable=True),
        sa.Column("procedure_type", sa.String(length=80), nullable=True, comment="rule F-01"),
        sa.Column(
            "notice_id", sa.String(length=80), nullable=True, comment="rule F-01: TED or national"
        ),
        sa.Column("award_date", sa.Date(), nullable=True, comment="rule F-01"),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="rule F-02"),
        sa.Column(
            "valid_to",
            sa.Date(),
            nullable=False,
            comment="rule F-02: last day on which a call-off may be concluded",
        ),
        sa.Column(
            "term_exception_reason",
            sa.Text(),
            nullable=True,
            comment="rule F-03: why longer than 48 months",
        ),
        sa.Column("price_fixed_until", sa.Date(), nullable=True),
        sa.Column(
            "chain_link",
            sa.String(length=40),
            nullable=True,
            comment="key of a partner network's link that needs own evidence",
        ),
        sa.Column("delivery_days", sa.Integer(), nullable=False, comment="working days"),
        sa.Column("warranty_months", sa.Integer(), nullable=False),
        sa.Column("payment_days", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework")),
        sa.UniqueConstraint("number", name=op.f("uq_framework_number")),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "scope", sa.String(length=80), nullable=False, comment="member, person and use case"
        ),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("request_sha256", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True, comment="JSON: status and body or numbers"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotency_key")),
        sa.UniqueConstraint("scope", "key", name=op.f("uq_idempotency_key_scope_key")),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False, comment="AGS, ARS or own key"),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "body_kind",
            sa.Enum(
                "land",
                "landkreis",
                "kreisfreie_stadt",
                "einheitsgemeinde",
                "verbandsgemeinde",
                "mitgliedsgemeinde",
                "zweckverband",
                "aoer",
                "koerperschaft",
                "stiftung_oer",
                "stiftung_privat",
                "bildungseinrichtung",
                "verein",
                "eigenbetrieb",
                "regiebetrieb",
                "eigengesellschaft",
                "beteiligungsgesellschaft",
                "sektorenauftraggeber",
                "it_dienstleister",
                name="bodykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ags", sa.String(length=8), nullable=True),
        sa.Column("ars", sa.String(length=12), nullable=True),
        sa.Column(
            "contracting_authority_basis",
            sa.String(length=40),
            nullable=True,
            comment="§ 99 Nr. 1-3 GWB, or § 100 Abs. 1 Nr. 1 with § 108 Abs. 8",
        ),
        sa.Column("is_operating_company", sa.Boolean(), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("postal_code", sa.String(length=10), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("leitweg_id", sa.String(length=46), nullable=True),
        sa.Column("invoice_mail", sa.String(length=254), nullable=True),
        sa.Column("vat_id", sa.String(length=20), nullable=True),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("account_pattern", sa.String(length=120), nullable=True),
        sa.Column("approval_limit_is_net", sa.Boolean(), nullable=False),
        sa.Column("self_approval_limit", sa.BigInteger(), nullable=False),
        sa.Column(
            "self_approval_evidence_id",
            sa.Integer(),
            nullable=True,
            comment="document of the member's own rule, without which nobody approves his own order",
        ),
        sa.Column("time_measurement_enabled", sa.Boolean(), nullable=False),
        sa.Column("time_measurement_evidence", sa.String(length=200), nullable=True),
        sa.Column("baseline_minutes", sa.Integer(), nullable=False),
        sa.Column("baseline_source", sa.String(length=200), nullable=False),
        sa.Column("procurements_per_year", sa.Integer(), nullable=True),
        sa.Column("target_hours_per_year", sa.Integer(), nullable=True),
        sa.Column("hourly_rate", sa.BigInteger(), nullable=True),
        sa.Column("hourly_rate_source", sa.String(length=200), nullable=True),
        sa.Column("council_paper_number", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("key", name=op.f("uq_member_key")),
    )
    op.create_table(
        "membership_fee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("monthly", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_fee")),
        sa.UniqueConstraint("valid_from", name=op.f("uq_membership_fee_valid_from")),
    )
    op.create_table(
        "number_series",
        sa.Column("series", sa.String(length=80), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_number_series")),
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "mail", "job", name="kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "name", sa.String(length=80), nullable=False, comment="mail template or job kind"
        ),
        sa.Column("recipient", sa.String(length=254), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=160), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_message_dedupe_key")),
    )
    op.create_index(
        "ix_outbox_message_open", "outbox_message", ["done_at", "dead_at", "due_at"], unique=False
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mail", sa.String(length=254), nullable=False),
        sa.Column(
            "label",
            sa.String(length=80),
            nullable=False,
            comment="function, shown instead of a name",
        ),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("mail", name=op.f("uq_person_mail")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index(
        "ix_sign_in_attempt_subject_at", "sign_in_attempt", ["subject", "at"], unique=False
    )
    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "worker_beat",
        sa.Column("worker", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("worker", name=op.f("pk_worker_beat")),
    )
    op.create_table(
        "admin_overhead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_admin_overhead_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admin_overhead")),
        sa.UniqueConstraint("member_id", "month", name=op.f("uq_admin_overhead_member_id_month")),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "scopes",
            sa.String(length=400),
            nullable=True,
            comment="separated by blanks; null means all of the role's",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_api_token_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_api_token_token_sha256")),
    )
    op.create_index(op.f("ix_api_token_person_id"), "api_token", ["person_id"], unique=False)
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("previous_sha256", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["stream"], ["audit_stream.name"], name=op.f("fk_audit_event_stream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("stream", "position", name=op.f("uq_audit_event_stream_position")),
    )
    op.create_index(op.f("ix_audit_event_subject"), "audit_event", ["subject"], unique=False)
    op.create_table(
        "basket_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_basket_line_quantity")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_basket_line_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_basket_line_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_basket_line")),
        sa.UniqueConstraint(
            "member_id", "person_id", "sku", name=op.f("uq_basket_line_member_id_person_id_sku")
        ),
    )
    op.create_table(
        "catalog_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("catalog_id", sa.String(length=40), nullable=False),
        sa.Column("catalog_version", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_catalog_version_framework_id")
        ),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["person.id"], name=op.f("fk_catalog_version_imported_by")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["person.id"], name=op.f("fk_catalog_version_published_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_version")),
        sa.UniqueConstraint(
            "framework_id", "number", name=op.f("uq_catalog_version_framework_id_number")
        ),
    )
    op.create_index(
        op.f("ix_catalog_version_framework_id"), "catalog_version", ["framework_id"], unique=False
    )
    op.create_table(
        "delivery_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("postal_code", sa.String(length=10), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("recipient", sa.String(length=120), nullable=False),
        sa.Column("room", sa.String(length=80), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_delivery_address_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_address")),
    )
    op.create_index(
        op.f("ix_delivery_address_member_id"), "delivery_address", ["member_id"], unique=False
    )
    op.create_table(
        "deputy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("deputy_person_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.CheckConstraint("person_id <> deputy_person_id", name=op.f("ck_deputy_somebody_else")),
        sa.ForeignKeyConstraint(
            ["deputy_person_id"], ["person.id"], name=op.f("fk_deputy_deputy_person_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_deputy_member_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_deputy_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy")),
    )
    op.create_index(op.f("ix_deputy_member_id"), "deputy", ["member_id"], unique=False)
    op.create_table(
        "eligibility_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="in the member's chain, from 1"
        ),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column(
            "phase", sa.String(length=20), nullable=False, comment="submission, placement, manual"
        ),
        sa.Column("reference_instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column(
            "snapshot", sa.Text(), nullable=False, comment="canonical JSON, all that was judged"
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("previous_sha256", sa.String(length=64), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_eligibility_decision_framework_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_eligibility_decision_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_decision")),
        sa.UniqueConstraint("id", "member_id", name=op.f("uq_eligibility_decision_id_member_id")),
        sa.UniqueConstraint(
            "member_id", "position", name=op.f("uq_eligibility_decision_member_id_position")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_eligibility_decision_public_id")),
    )
    op.create_table(
        "eligibility_decision_head",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("head_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_eligibility_decision_head_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_eligibility_decision_head")),
    )
    op.create_table(
        "evidence_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "type", sa.String(length=40), nullable=False, comment="legal_opinion, statutes, ..."
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="last day"),
        sa.Column("review_due", sa.Date(), nullable=True, comment="last day before a new review"),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("file_sha256", sa.String(length=64), nullable=False, comment="in the archive"),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_evidence_document_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["stored_by"], ["person.id"], name=op.f("fk_evidence_document_stored_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_document")),
    )
    op.create_index(
        op.f("ix_evidence_document_member_id"), "evidence_document", ["member_id"], unique=False
    )
    op.create_table(
        "framework_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_framework_change_framework_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_framework_change_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_change")),
    )
    op.create_index(
        op.f("ix_framework_change_framework_id"), "framework_change", ["framework_id"], unique=False
    )
    op.create_table(
        "framework_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_framework_party_framework_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_framework_party_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_party")),
        sa.UniqueConstraint(
            "framework_id", "member_id", name=op.f("uq_framework_party_framework_id_member_id")
        ),
    )
    op.create_table(
        "login_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("csrf_token", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("browser", sa.String(length=120), nullable=False),
        sa.Column(
            "active_seconds",
            sa.Integer(),
            nullable=False,
            comment="active time not yet claimed by an order; idle over 60 s is cut",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_login_session_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_login_session_token_sha256")),
    )
    op.create_index(
        op.f("ix_login_session_person_id"), "login_session", ["person_id"], unique=False
    )
    op.create_table(
        "lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("cpv", sa.String(length=8), nullable=True),
        sa.Column("estimated_value", sa.BigInteger(), nullable=True),
        sa.Column(
            "maximum_value", sa.BigInteger(), nullable=False, comment="net; rule F-05, CJEU C-23/20"
        ),
        sa.Column("maximum_quantity", sa.Integer(), nullable=True, comment="rule F-05"),
        sa.Column("reserved_value", sa.BigInteger(), nullable=False),
        sa.Column("called_off_value", sa.BigInteger(), nullable=False),
        sa.Column("reserved_quantity", sa.Integer(), nullable=False),
        sa.Column("called_off_quantity", sa.Integer(), nullable=False),
        sa.Column("alert_percents", sa.String(length=40), nullable=False),
        sa.CheckConstraint("called_off_quantity >= 0", name=op.f("ck_lot_called_off_quantity")),
        sa.CheckConstraint("called_off_value >= 0", name=op.f("ck_lot_called_off_value")),
        sa.CheckConstraint(
            "maximum_quantity IS NULL OR reserved_quantity + called_off_quantity <= maximum_quantity",
            name=op.f("ck_lot_quantity_ceiling"),
        ),
        sa.CheckConstraint("reserved_quantity >= 0", name=op.f("ck_lot_reserved_quantity")),
        sa.CheckConstraint(
            "reserved_value + called_off_value <= maximum_value", name=op.f("ck_lot_value_ceiling")
        ),
        sa.CheckConstraint("reserved_value >= 0", name=op.f("ck_lot_reserved_value")),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_lot_framework_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint("framework_id", "number", name=op.f("uq_lot_framework_id_number")),
    )
    op.create_table(
        "market_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column(
            "unit_price", sa.BigInteger(), nullable=False, comment="net, delivered, same warranty"
        ),
        sa.Column(
            "source", sa.String(length=200), nullable=False, comment="offer number or address"
        ),
        sa.Column("seen_on", sa.Date(), nullable=False, comment="counts for orders within 30 days"),
        sa.Column("same_specification", sa.Boolean(), nullable=False),
        sa.Column(
            "is_list_price",
            sa.Boolean(),
            nullable=False,
            comment="a list price is no market evidence",
        ),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("unit_price > 0", name=op.f("ck_market_price_positive")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_market_price_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_market_price_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_price")),
    )
    op.create_index(
        "ix_market_price_member_sku", "market_price", ["member_id", "sku", "seen_on"], unique=False
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True, comment="last day"),
        sa.Column("notice_received_on", sa.Date(), nullable=True),
        sa.Column("share_paid_on", sa.Date(), nullable=True),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("share_contribution", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_membership_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_member_id"), "membership", ["member_id"], unique=False)
    op.create_table(
        "password_reset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_password_reset_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_password_reset_token_sha256")),
    )
    op.create_index(
        op.f("ix_password_reset_person_id"), "password_reset", ["person_id"], unique=False
    )
    op.create_table(
        "product_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_product_account_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_account")),
        sa.UniqueConstraint(
            "member_id", "account", name=op.f("uq_product_account_member_id_account")
        ),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "body_kind",
            sa.Enum(
                "land",
                "landkreis",
                "kreisfreie_stadt",
                "einheitsgemeinde",
                "verbandsgemeinde",
                "mitgliedsgemeinde",
                "zweckverband",
                "aoer",
                "koerperschaft",
                "stiftung_oer",
                "stiftung_privat",
                "bildungseinrichtung",
                "verein",
                "eigenbetrieb",
                "regiebetrieb",
                "eigengesellschaft",
                "beteiligungsgesellschaft",
                "sektorenauftraggeber",
                "it_dienstleister",
                name="bodykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "own_legal_person",
            sa.Boolean(),
            nullable=False,
            comment="rule M-04: then only an own membership counts",
        ),
        sa.Column("leitweg_id", sa.String(length=46), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_unit_member_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("id", "member_id", name=op.f("uq_unit_id_member_id")),
        sa.UniqueConstraint("member_id", "name", name=op.f("uq_unit_member_id_name")),
    )
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "subject",
            sa.String(length=60),
            nullable=False,
            comment="number of what was decided over",
        ),
        sa.Column(
            "subject_sha256",
            sa.String(length=64),
            nullable=False,
            comment="of the version that was seen",
        ),
        sa.Column(
            "value",
            sa.BigInteger(),
            nullable=False,
            comment="gross or net, as the member's limit counts",
        ),
        sa.Column("requested_by", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("on_behalf_of", sa.Integer(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum(
                "approved",
                "rejected",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("acknowledged", sa.String(length=200), nullable=False, comment="rule ids"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "exception_evidence_id",
            sa.Integer(),
            nullable=True,
            comment="the member's documented rule for approving one's own order",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "requested_by <> decided_by OR exception_evidence_id IS NOT NULL",
            name=op.f("ck_approval_four_eyes"),
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_approval_decided_by")),
        sa.ForeignKeyConstraint(
            ["exception_evidence_id"],
            ["evidence_document.id"],
            name=op.f("fk_approval_exception_evidence_id"),
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_approval_member_id")),
        sa.ForeignKeyConstraint(
            ["on_behalf_of"], ["person.id"], name=op.f("fk_approval_on_behalf_of")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["person.id"], name=op.f("fk_approval_requested_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    op.create_index("ix_approval_subject", "approval", ["subject"], unique=False)
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("catalog_version_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("manufacturer", sa.String(length=100), nullable=False),
        sa.Column("mpn", sa.String(length=64), nullable=False),
        sa.Column("gtin", sa.String(length=14), nullable=False),
        sa.Column("order_unit", sa.String(length=3), nullable=False),
        sa.Column("minimum_quantity", sa.Integer(), nullable=False),
        sa.Column("quantity_interval", sa.Integer(), nullable=False),
        sa.Column("delivery_days", sa.Integer(), nullable=True),
        sa.Column("cpv", sa.String(length=8), nullable=True),
        sa.Column("tax_percent", sa.Integer(), nullable=False),
        sa.Column(
            "rc_category",
            sa.Boolean(),
            nullable=False,
            comment="§ 13b Abs. 2 Nr. 10 UStG: possible reverse charge",
        ),
        sa.Column(
            "serial_numbers",
            sa.Boolean(),
            nullable=False,
            comment="each piece is delivered with a serial number",
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False, comment="folded words"),
        sa.Column(
            "details",
            sa.JSON(),
            nullable=False,
            comment="features, labels, price basis, images: shown, never decided on",
        ),
        sa.Column(
            "content_sha256",
            sa.String(length=64),
            nullable=False,
            comment="of everything imported, to see what changed",
        ),
        sa.ForeignKeyConstraint(
            ["catalog_version_id"],
            ["catalog_version.id"],
            name=op.f("fk_article_catalog_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_article_category_id")
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_article_framework_id")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_article_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("sku", name=op.f("uq_article_sku")),
    )
    op.create_index(
        "ix_article_browse", "article", ["active", "category_id", "manufacturer"], unique=False
    )
    op.create_index("ix_article_framework_id", "article", ["framework_id"], unique=False)
    op.create_table(
        "call_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "in_approval",
                "approved",
                "blocked_evidence",
                "placed",
                "confirmed",
                "partially_delivered",
                "delivered",
                "invoiced",
                "completed",
                "rejected",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ordered_by", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("self_approval_evidence_id", sa.Integer(), nullable=True),
        sa.Column("submission_decision_id", sa.Integer(), nullable=False),
        sa.Column("placement_decision_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=500), nullable=False),
        sa.Column("product_account", sa.String(length=60), nullable=False),
        sa.Column("cost_centre", sa.String(length=60), nullable=False),
        sa.Column("investment_number", sa.String(length=60), nullable=False),
        sa.Column("your_reference", sa.String(length=80), nullable=False),
        sa.Column("delivery_recipient", sa.String(length=120), nullable=False),
        sa.Column("delivery_street", sa.String(length=120), nullable=False),
        sa.Column("delivery_postal_code", sa.String(length=10), nullable=False),
        sa.Column("delivery_city", sa.String(length=80), nullable=False),
        sa.Column("delivery_room", sa.String(length=80), nullable=False),
        sa.Column("requested_date", sa.Date(), nullable=True),
        sa.Column(
            "promised_date", sa.Date(), nullable=True, comment="due: overdue is after this day"
        ),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("vat_percent", sa.Integer(), nullable=False),
        sa.Column("offline_minutes", sa.Integer(), nullable=True, comment="null is unknown, not 0"),
        sa.Column("market_price_evidence", sa.Text(), nullable=False),
        sa.Column(
            "baseline_minutes",
            sa.Integer(),
            nullable=False,
            comment="snapshot; a later change counts later",
        ),
        sa.Column("baseline_source", sa.String(length=200), nullable=False),
        sa.Column(
            "time_measured",
            sa.Boolean(),
            nullable=False,
            comment="was the member's measurement switched on",
        ),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the member had confirmed everything that was delivered",
        ),
        sa.Column("memo_pdf_sha256", sa.String(length=64), nullable=True, comment="in the archive"),
        sa.Column(
            "memo_json_sha256", sa.String(length=64), nullable=True, comment="in the archive"
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> ordered_by OR self_approval_evidence_id IS NOT NULL",
            name=op.f("ck_call_off_four_eyes"),
        ),
        sa.CheckConstraint("gross = net + vat", name=op.f("ck_call_off_gross")),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_call_off_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_call_off_framework_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_call_off_member_id")),
        sa.ForeignKeyConstraint(["ordered_by"], ["person.id"], name=op.f("fk_call_off_ordered_by")),
        sa.ForeignKeyConstraint(
            ["placement_decision_id", "member_id"],
            ["eligibility_decision.id", "eligibility_decision.member_id"],
            name=op.f("fk_call_off_placement_decision_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["self_approval_evidence_id"],
            ["evidence_document.id"],
            name=op.f("fk_call_off_self_approval_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["submission_decision_id", "member_id"],
            ["eligibility_decision.id", "eligibility_decision.member_id"],
            name=op.f("fk_call_off_submission_decision_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id", "member_id"],
            ["unit.id", "unit.member_id"],
            name=op.f("fk_call_off_unit_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_off")),
        sa.UniqueConstraint("id", "member_id", name=op.f("uq_call_off_id_member_id")),
        sa.UniqueConstraint("number", name=op.f("uq_call_off_number")),
    )
    op.create_index(
        "ix_call_off_member_state", "call_off", ["member_id", "state", "submitted_at"], unique=False
    )
    op.create_index("ix_call_off_state", "call_off", ["state", "submitted_at"], unique=False)
    op.create_table(
        "ceiling_movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column(
            "move",
            sa.Enum(
                "opening",
                "reserve",
                "call_off",
                "release",
                "return",
                name="ceilingmove",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "subject",
            sa.String(length=60),
            nullable=False,
            comment="number of the call-off, or a reason",
        ),
        sa.Column(
            "reserved_value", sa.BigInteger(), nullable=False, comment="change, may be negative"
        ),
        sa.Column(
            "called_off_value", sa.BigInteger(), nullable=False, comment="change, may be negative"
        ),
        sa.Column("reserved_quantity", sa.Integer(), nullable=False),
        sa.Column("called_off_quantity", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_ceiling_movement_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ceiling_movement")),
    )
    op.create_index(
        op.f("ix_ceiling_movement_lot_id"), "ceiling_movement", ["lot_id"], unique=False
    )
    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column(
            "scope_type",
            sa.String(length=20),
            nullable=False,
            comment="cooperative, operating_company, member, framework, chain_link, ...",
        ),
        sa.Column(
            "scope_key",
            sa.String(length=60),
            nullable=False,
            comment="member key, number, link key or ''",
        ),
        sa.Column("value", sa.Text(), nullable=False, comment="canonical JSON"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="last day"),
        sa.Column("review_due", sa.Date(), nullable=True),
        sa.Column("evidence_document_id", sa.Integer(), nullable=True),
        sa.Column("asserted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asserted_by", sa.Integer(), nullable=True),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["asserted_by"], ["person.id"], name=op.f("fk_fact_asserted_by")),
        sa.ForeignKeyConstraint(
            ["evidence_document_id"],
            ["evidence_document.id"],
            name=op.f("fk_fact_evidence_document_id"),
        ),
        sa.ForeignKeyConstraint(["superseded_by"], ["fact.id"], name=op.f("fk_fact_superseded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
    )
    op.create_index("ix_fact_scope", "fact", ["scope_type", "scope_key", "key"], unique=False)
    op.create_table(
        "refused_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("call_off_number", sa.String(length=40), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["eligibility_decision.id"],
            name=op.f("fk_refused_attempt_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_refused_attempt_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_attempt")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_refused_attempt_decision_id")),
    )
    op.create_index(
        op.f("ix_refused_attempt_member_id"), "refused_attempt", ["member_id"], unique=False
    )
    op.create_table(
        "role_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "orderer",
                "approver",
                "member_admin",
                "council",
                "desk",
                "contracts",
                "legal",
                "auditor",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "approval_limit",
            sa.BigInteger(),
            nullable=True,
            comment="up to this order value the person decides; null: without limit",
        ),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_role_assignment_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_role_assignment_person_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_assignment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_assignment")),
    )
    op.create_index(
        op.f("ix_role_assignment_member_id"), "role_assignment", ["member_id"], unique=False
    )
    op.create_index(
        op.f("ix_role_assignment_person_id"), "role_assignment", ["person_id"], unique=False
    )
    op.create_table(
        "staged_article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("catalog_version_id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column(
            "change",
            sa.Enum(
                "new",
                "changed",
                "regrouped",
                "removed",
                name="change",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("category", sa.String(length=100), nullable=False),
        sa.Column("old_price", sa.BigInteger(), nullable=True),
        sa.Column("new_price", sa.BigInteger(), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["catalog_version_id"],
            ["catalog_version.id"],
            name=op.f("fk_staged_article_catalog_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_article")),
        sa.UniqueConstraint(
            "catalog_version_id", "sku", name=op.f("uq_staged_article_catalog_version_id_sku")
        ),
    )
    op.create_table(
        "turnover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "body", sa.String(length=20), nullable=False, comment="cooperative or operating_company"
        ),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("members", sa.BigInteger(), nullable=False),
        sa.Column("nonmembers_public", sa.BigInteger(), nullable=False),
        sa.Column("private", sa.BigInteger(), nullable=False),
        sa.Column("grants", sa.BigInteger(), nullable=False),
        sa.Column("consolidated", sa.Boolean(), nullable=False),
        sa.Column("is_group_parent", sa.Boolean(), nullable=False),
        sa.Column("audited", sa.Boolean(), nullable=False),
        sa.Column("evidence_document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_document_id"],
            ["evidence_document.id"],
            name=op.f("fk_turnover_evidence_document_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turnover")),
        sa.UniqueConstraint("body", "fiscal_year", name=op.f("uq_turnover_body_fiscal_year")),
    )
    op.create_table(
        "article_reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("target_sku", sa.String(length=64), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_reference_article_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_reference")),
        sa.UniqueConstraint(
            "article_id",
            "kind",
            "target_sku",
            name=op.f("uq_article_reference_article_id_kind_target_sku"),
        ),
    )
    op.create_index(
        op.f("ix_article_reference_target_sku"), "article_reference", ["target_sku"], unique=False
    )
    op.create_table(
        "call_off_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_off_id", sa.Integer(), nullable=False),
        sa.Column("by_person", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "orderer",
                "approver",
                "desk",
                "portal",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person"], ["person.id"], name=op.f("fk_call_off_comment_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["call_off_id"], ["call_off.id"], name=op.f("fk_call_off_comment_call_off_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_off_comment")),
    )
    op.create_index(
        op.f("ix_call_off_comment_call_off_id"), "call_off_comment", ["call_off_id"], unique=False
    )
    op.create_table(
        "call_off_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_off_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("catalog_version_id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("manufacturer", sa.String(length=100), nullable=False),
        sa.Column("order_unit", sa.String(length=3), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("serial_numbers", sa.Boolean(), nullable=False),
        sa.Column("delivery_days", sa.Integer(), nullable=False),
        sa.Column("delivered", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "delivered + cancelled <= quantity", name=op.f("ck_call_off_line_adds_up")
        ),
        sa.CheckConstraint(
            "delivered >= 0 AND cancelled >= 0", name=op.f("ck_call_off_line_not_negative")
        ),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_call_off_line_quantity")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_call_off_line_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["call_off_id", "member_id"],
            ["call_off.id", "call_off.member_id"],
            name=op.f("fk_call_off_line_call_off_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["catalog_version_id"],
            ["catalog_version.id"],
            name=op.f("fk_call_off_line_catalog_version_id"),
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_call_off_line_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_off_line")),
        sa.UniqueConstraint(
            "call_off_id", "position", name=op.f("uq_call_off_line_call_off_id_position")
        ),
        sa.UniqueConstraint("call_off_id", "sku", name=op.f("uq_call_off_line_call_off_id_sku")),
    )
    op.create_index(
        op.f("ix_call_off_line_call_off_id"), "call_off_line", ["call_off_id"], unique=False
    )
    op.create_table(
        "call_off_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_off_id", sa.Integer(), nullable=False),
        sa.Column(
            "move",
            sa.Enum(
                "submit",
                "approve",
                "place",
                "block",
                "reject",
                "confirm",
                "cancel",
                "deliver_part",
                "deliver_all",
                "invoice",
                "reopen_invoice",
                "complete",
                name="move",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "left_state",
            sa.Enum(
                "draft",
                "submitted",
                "in_approval",
                "approved",
                "blocked_evidence",
                "placed",
                "confirmed",
                "partially_delivered",
                "delivered",
                "invoiced",
                "completed",
                "rejected",
                "cancelled",
                name="left_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reached_state",
            sa.Enum(
                "draft",
                "submitted",
                "in_approval",
                "approved",
                "blocked_evidence",
                "placed",
                "confirmed",
                "partially_delivered",
                "delivered",
                "invoiced",
                "completed",
                "rejected",
                "cancelled",
                name="reached_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_person", sa.Integer(), nullable=True),
        sa.Column(
            "side",
            sa.Enum(
                "orderer",
                "approver",
                "desk",
                "portal",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person"], ["person.id"], name=op.f("fk_call_off_move_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["call_off_id"], ["call_off.id"], name=op.f("fk_call_off_move_call_off_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_off_move")),
    )
    op.create_index(
        op.f("ix_call_off_move_call_off_id"), "call_off_move", ["call_off_id"], unique=False
    )
    op.create_table(
        "call_off_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_off_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage", sa.String(length=20), nullable=False, comment="order, approval, receipt"
        ),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_off_id"], ["call_off.id"], name=op.f("fk_call_off_time_call_off_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_off_time")),
    )
    op.create_index(
        op.f("ix_call_off_time_call_off_id"), "call_off_time", ["call_off_id"], unique=False
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("call_off_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("by_person", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note_pdf_sha256", sa.String(length=64), nullable=True, comment="in the archive"),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_delivery_by_person")),
        sa.ForeignKeyConstraint(
            ["call_off_id", "member_id"],
            ["call_off.id", "call_off.member_id"],
            name=op.f("fk_delivery_call_off_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("id", "member_id", name=op.f("uq_delivery_id_member_id")),
        sa.UniqueConstraint("number", name=op.f("uq_delivery_number")),
    )
    op.create_index(op.f("ix_delivery_call_off_id"), "delivery", ["call_off_id"], unique=False)
    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("type_code", sa.String(length=3), nullable=False, comment="UNTDID 1001"),
        sa.Column("call_off_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("cancels_id", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "net",
            sa.BigInteger(),
            nullable=False,
            comment="positive; the type code carries the sign",
        ),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("vat_percent", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="of a cancellation"),
        sa.Column(
            "document", sa.Text(), nullable=False, comment="canonical JSON of the whole document"
        ),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False, comment="in the archive"),
        sa.Column("ubl_sha256", sa.String(length=64), nullable=False, comment="in the archive"),
        sa.Column("cii_sha256", sa.String(length=64), nullable=False, comment="in the archive"),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(type_code = '381') = (cancels_id IS NOT NULL)", name=op.f("ck_invoice_cancels")
        ),
        sa.CheckConstraint("gross = net + vat", name=op.f("ck_invoice_gross")),
        sa.ForeignKeyConstraint(
            ["call_off_id", "member_id"],
            ["call_off.id", "call_off.member_id"],
            name=op.f("fk_invoice_call_off_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["cancels_id"], ["invoice.id"], name=op.f("fk_invoice_cancels_id")),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"], name=op.f("fk_invoice_issued_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("cancels_id", name=op.f("uq_invoice_cancels_id")),
        sa.UniqueConstraint("id", "member_id", name=op.f("uq_invoice_id_member_id")),
        sa.UniqueConstraint("number", name=op.f("uq_invoice_number")),
    )
    op.create_index(op.f("ix_invoice_call_off_id"), "invoice", ["call_off_id"], unique=False)
    op.create_index("ix_invoice_member_issued", "invoice", ["member_id", "issued_on"], unique=False)
    op.create_table(
        "price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("catalog_version_id", sa.Integer(), nullable=False),
        sa.Column("lower_bound", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column(
            "valid_to",
            sa.Date(),
            nullable=True,
            comment="first day no longer valid; the first day itself: withdrawn on that day",
        ),
        sa.CheckConstraint("lower_bound >= 1", name=op.f("ck_price_lower_bound")),
        sa.CheckConstraint("unit_price > 0", name=op.f("ck_price_positive")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_price_validity")
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_price_article_id")),
        sa.ForeignKeyConstraint(
            ["catalog_version_id"], ["catalog_version.id"], name=op.f("fk_price_catalog_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price")),
    )
    op.create_index(
        "ix_price_article", "price", ["article_id", "valid_from", "lower_bound"], unique=False
    )
    op.create_table(
        "delivery_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("call_off_line_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_delivery_line_quantity")),
        sa.ForeignKeyConstraint(
            ["call_off_line_id"],
            ["call_off_line.id"],
            name=op.f("fk_delivery_line_call_off_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_line_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_line")),
        sa.UniqueConstraint(
            "delivery_id",
            "call_off_line_id",
            name=op.f("uq_delivery_line_delivery_id_call_off_line_id"),
        ),
    )
    op.create_index(
        op.f("ix_delivery_line_call_off_line_id"),
        "delivery_line",
        ["call_off_line_id"],
        unique=False,
    )
    op.create_table(
        "goods_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_line_id", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("damaged", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_person", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "accepted >= 0 AND damaged >= 0 AND missing >= 0",
            name=op.f("ck_goods_receipt_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["by_person"], ["person.id"], name=op.f("fk_goods_receipt_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["delivery_line_id"],
            ["delivery_line.id"],
            name=op.f("fk_goods_receipt_delivery_line_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_receipt")),
        sa.UniqueConstraint("delivery_line_id", name=op.f("uq_goods_receipt_delivery_line_id")),
    )
    op.create_table(
        "invoice_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("delivery_line_id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_line_id"],
            ["delivery_line.id"],
            name=op.f("fk_invoice_line_delivery_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_invoice_line_invoice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_line")),
        sa.UniqueConstraint(
            "invoice_id", "position", name=op.f("uq_invoice_line_invoice_id_position")
        ),
    )
    op.create_index(
        op.f("ix_invoice_line_delivery_line_id"), "invoice_line", ["delivery_line_id"], unique=False
    )
    op.create_table(
        "serial_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_line_id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("serial", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_line_id"],
            ["delivery_line.id"],
            name=op.f("fk_serial_number_delivery_line_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_serial_number")),
        sa.UniqueConstraint("sku", "serial", name=op.f("uq_serial_number_sku_serial")),
    )
    op.create_index(
        op.f("ix_serial_number_delivery_line_id"),
        "serial_number",
        ["delivery_line_id"],
        unique=False,
    )
    op.create_table(
        "serial_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("serial_number_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=80), nullable=False),
        sa.Column("after", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_person", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person"], ["person.id"], name=op.f("fk_serial_correction_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["serial_number_id"],
            ["serial_number.id"],
            name=op.f("fk_serial_correction_serial_number_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_serial_correction")),
    )
    op.create_index(
        op.f("ix_serial_correction_serial_number_id"),
        "serial_correction",
        ["serial_number_id"],
        unique=False,
    )
    # ### end Alembic commands ###
    statements = SQLITE if op.get_context().dialect.name == "sqlite" else POSTGRESQL
    for statement in statements:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE IF EXISTS article_search")
    # ### commands auto generated by Alembic - please adjust! ###
    op.drop_index(op.f("ix_serial_correction_serial_number_id"), table_name="serial_correction")
    op.drop_table("serial_correction")
    op.drop_index(op.f("ix_serial_number_delivery_line_id"), table_name="serial_number")
    op.drop_table("serial_number")
    op.drop_index(op.f("ix_invoice_line_delivery_line_id"), table_name="invoice_line")
    op.drop_table("invoice_line")
    op.drop_table("goods_receipt")
    op.drop_index(op.f("ix_delivery_line_call_off_line_id"), table_name="delivery_line")
    op.drop_table("delivery_line")
    op.drop_index("ix_price_article", table_name="price")
    op.drop_table("price")
    op.drop_index("ix_invoice_member_issued", table_name="invoice")
    op.drop_index(op.f("ix_invoice_call_off_id"), table_name="invoice")
    op.drop_table("invoice")
    op.drop_index(op.f("ix_delivery_call_off_id"), table_name="delivery")
    op.drop_table("delivery")
    op.drop_index(op.f("ix_call_off_time_call_off_id"), table_name="call_off_time")
    op.drop_table("call_off_time")
    op.drop_index(op.f("ix_call_off_move_call_off_id"), table_name="call_off_move")
    op.drop_table("call_off_move")
    op.drop_index(op.f("ix_call_off_line_call_off_id"), table_name="call_off_line")
    op.drop_table("call_off_line")
    op.drop_index(op.f("ix_call_off_comment_call_off_id"), table_name="call_off_comment")
    op.drop_table("call_off_comment")
    op.drop_index(op.f("ix_article_reference_target_sku"), table_name="article_reference")
    op.drop_table("article_reference")
    op.drop_table("turnover")
    op.drop_table("staged_article")
    op.drop_index(op.f("ix_role_assignment_person_id"), table_name="role_assignment")
    op.drop_index(op.f("ix_role_assignment_member_id"), table_name="role_assignment")
    op.drop_table("role_assignment")
    op.drop_index(op.f("ix_refused_attempt_member_id"), table_name="refused_attempt")
    op.drop_table("refused_attempt")
    op.drop_index("ix_fact_scope", table_name="fact")
    op.drop_table("fact")
    op.drop_index(op.f("ix_ceiling_movement_lot_id"), table_name="ceiling_movement")
    op.drop_table("ceiling_movement")
    op.drop_index("ix_call_off_state", table_name="call_off")
    op.drop_index("ix_call_off_member_state", table_name="call_off")
    op.drop_table("call_off")
    op.drop_index("ix_article_framework_id", table_name="article")
    op.drop_index("ix_article_browse", table_name="article")
    op.drop_table("article")
    op.drop_index("ix_approval_subject", table_name="approval")
    op.drop_table("approval")
    op.drop_table("unit")
    op.drop_table("product_account")
    op.drop_index(op.f("ix_password_reset_person_id"), table_name="password_reset")
    op.drop_table("password_reset")
    op.drop_index(op.f("ix_membership_member_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index("ix_market_price_member_sku", table_name="market_price")
    op.drop_table("market_price")
    op.drop_table("lot")
    op.drop_index(op.f("ix_login_session_person_id"), table_name="login_session")
    op.drop_table("login_session")
    op.drop_table("framework_party")
    op.drop_index(op.f("ix_framework_change_framework_id"), table_name="framework_change")
    op.drop_table("framework_change")
    op.drop_index(op.f("ix_evidence_document_member_id"), table_name="evidence_document")
    op.drop_table("evidence_document")
    op.drop_table("eligibility_decision_head")
    op.drop_table("eligibility_decision")
    op.drop_index(op.f("ix_deputy_member_id"), table_name="deputy")
    op.drop_table("deputy")
    op.drop_index(op.f("ix_delivery_address_member_id"), table_name="delivery_address")
    op.drop_table("delivery_address")
    op.drop_index(op.f("ix_catalog_version_framework_id"), table_name="catalog_version")
    op.drop_table("catalog_version")
    op.drop_table("basket_line")
    op.drop_index(op.f("ix_audit_event_subject"), table_name="audit_event")
    op.drop_table("audit_event")
    op.drop_index(op.f("ix_api_token_person_id"), table_name="api_token")
    op.drop_table("api_token")
    op.drop_table("admin_overhead")
    op.drop_table("worker_beat")
    op.drop_table("stored_file")
    op.drop_index("ix_sign_in_attempt_subject_at", table_name="sign_in_attempt")
    op.drop_table("sign_in_attempt")
    op.drop_table("person")
    op.drop_index("ix_outbox_message_open", table_name="outbox_message")
    op.drop_table("outbox_message")
    op.drop_table("number_series")
    op.drop_table("membership_fee")
    op.drop_table("member")
    op.drop_table("idempotency_key")
    op.drop_table("framework")
    op.drop_table("category")
    op.drop_table("audit_stream")
    # ### end Alembic commands ###
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS refuse_change()")
