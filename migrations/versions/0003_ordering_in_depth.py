"""Ordering in depth: free positions, proposals, suppliers; written by tests.support.write_next_migration."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SQLITE_UP = (
    "DROP TRIGGER member_register_insert",
    "DROP TRIGGER member_register_update",
    "DROP TRIGGER member_register_delete",
    "DROP TRIGGER approval_alone",
    "DROP TRIGGER call_off_placement_insert",
    "DROP TRIGGER call_off_placement_update",
    "DROP TRIGGER call_off_alone_insert",
    "DROP TRIGGER call_off_alone_update",
    "DROP TRIGGER call_off_orderer",
    "DROP TRIGGER call_off_steps",
    "DROP TRIGGER call_off_change_no_update",
    "DROP TRIGGER call_off_change_no_delete",
    "DROP TRIGGER call_off_change_item_no_update",
    "DROP TRIGGER call_off_change_item_no_delete",
    "CREATE TABLE membership_past (\n\tid INTEGER NOT NULL, \n\tmembership_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tresolved_on DATE, \n\teffective_from DATE NOT NULL, \n\teffective_to DATE, \n\tnotice_received_on DATE, \n\tshare_paid_on DATE, \n\tvotes INTEGER NOT NULL, \n\tknown_from DATETIME NOT NULL, \n\tknown_until DATETIME NOT NULL, \n\tCONSTRAINT pk_membership_past PRIMARY KEY (id), \n\tCONSTRAINT fk_membership_past_member_id FOREIGN KEY(member_id) REFERENCES member (id)\n)",
    "CREATE TABLE membership_correction (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tmembership_id INTEGER NOT NULL, \n\twithdraws BOOLEAN NOT NULL, \n\tresolved_on DATE, \n\teffective_from DATE NOT NULL, \n\teffective_to DATE, \n\tnotice_received_on DATE, \n\tshare_paid_on DATE, \n\treason TEXT NOT NULL, \n\tasked_by INTEGER NOT NULL, \n\tasked_at DATETIME NOT NULL, \n\tCONSTRAINT pk_membership_correction PRIMARY KEY (id), \n\tCONSTRAINT uq_membership_correction_id_asked_by UNIQUE (id, asked_by), \n\tCONSTRAINT ck_membership_correction_reason CHECK (length(trim(reason)) > 0), \n\tCONSTRAINT fk_membership_correction_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_membership_correction_asked_by FOREIGN KEY(asked_by) REFERENCES person (id)\n)",
    "CREATE TABLE membership_correction_verdict (\n\tcorrection_id INTEGER NOT NULL, \n\tasked_by INTEGER NOT NULL, \n\tapproved BOOLEAN NOT NULL, \n\treason TEXT NOT NULL, \n\tdecided_by INTEGER NOT NULL, \n\tdecided_at DATETIME NOT NULL, \n\tCONSTRAINT pk_membership_correction_verdict PRIMARY KEY (correction_id), \n\tCONSTRAINT fk_membership_correction_verdict_correction_id_asked_by FOREIGN KEY(correction_id, asked_by) REFERENCES membership_correction (id, asked_by), \n\tCONSTRAINT ck_membership_correction_verdict_second_person CHECK (decided_by <> asked_by), \n\tCONSTRAINT ck_membership_correction_verdict_refusal_has_reason CHECK (approved OR length(trim(reason)) > 0), \n\tCONSTRAINT fk_membership_correction_verdict_decided_by FOREIGN KEY(decided_by) REFERENCES person (id)\n)",
    "CREATE TABLE free_position (\n\tid INTEGER NOT NULL, \n\tnumber VARCHAR(40) NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tunit_id INTEGER, \n\tentered_by INTEGER NOT NULL, \n\tlot_id INTEGER NOT NULL, \n\tname VARCHAR(255) NOT NULL, \n\tmanufacturer VARCHAR(100) NOT NULL, \n\tquantity INTEGER NOT NULL, \n\tunit_price BIGINT NOT NULL, \n\ttax_percent INTEGER NOT NULL, \n\tdelivery_days INTEGER NOT NULL, \n\treason TEXT NOT NULL, \n\tsupplier VARCHAR(160) NOT NULL, \n\tquote_number VARCHAR(60) NOT NULL, \n\tquote_date DATE NOT NULL, \n\tquote_valid_until DATE NOT NULL, \n\tfile_name VARCHAR(200) NOT NULL, \n\tfile_sha256 VARCHAR(64) NOT NULL, \n\tentered_at DATETIME NOT NULL, \n\tordered_as VARCHAR(40), \n\tCONSTRAINT pk_free_position PRIMARY KEY (id), \n\tCONSTRAINT uq_free_position_id_member_id UNIQUE (id, member_id), \n\tCONSTRAINT fk_free_position_unit_id_member_id FOREIGN KEY(unit_id, member_id) REFERENCES unit (id, member_id), \n\tCONSTRAINT ck_free_position_quantity CHECK (quantity >= 1), \n\tCONSTRAINT ck_free_position_unit_price CHECK (unit_price > 0), \n\tCONSTRAINT ck_free_position_quote_validity CHECK (quote_valid_until >= quote_date), \n\tCONSTRAINT uq_free_position_number UNIQUE (number), \n\tCONSTRAINT fk_free_position_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_free_position_entered_by FOREIGN KEY(entered_by) REFERENCES person (id), \n\tCONSTRAINT fk_free_position_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT fk_free_position_file_sha256 FOREIGN KEY(file_sha256) REFERENCES stored_file (sha256)\n)",
    "CREATE TABLE supplier_price_list (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tsupplier_id INTEGER NOT NULL, \n\tnumber INTEGER NOT NULL, \n\tvalid_from DATE NOT NULL, \n\tfile_name VARCHAR(200) NOT NULL, \n\tfile_sha256 VARCHAR(64) NOT NULL, \n\tresult JSON NOT NULL, \n\tsent_by INTEGER NOT NULL, \n\tsent_at DATETIME NOT NULL, \n\tpublished_by INTEGER, \n\tpublished_at DATETIME, \n\twithdrawn_by INTEGER, \n\twithdrawn_at DATETIME, \n\tCONSTRAINT pk_supplier_price_list PRIMARY KEY (id), \n\tCONSTRAINT uq_supplier_price_list_supplier_id_number UNIQUE (supplier_id, number), \n\tCONSTRAINT ck_supplier_price_list_four_eyes CHECK (published_by <> sent_by), \n\tCONSTRAINT ck_supplier_price_list_published CHECK ((published_at IS NULL) = (published_by IS NULL)), \n\tCONSTRAINT ck_supplier_price_list_withdrawn CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)), \n\tCONSTRAINT fk_supplier_price_list_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_supplier_price_list_supplier_id FOREIGN KEY(supplier_id) REFERENCES framework_supplier (id), \n\tCONSTRAINT fk_supplier_price_list_sent_by FOREIGN KEY(sent_by) REFERENCES person (id), \n\tCONSTRAINT fk_supplier_price_list_published_by FOREIGN KEY(published_by) REFERENCES person (id), \n\tCONSTRAINT fk_supplier_price_list_withdrawn_by FOREIGN KEY(withdrawn_by) REFERENCES person (id)\n)",
    "CREATE TABLE supplier_price (\n\tid INTEGER NOT NULL, \n\tprice_list_id INTEGER NOT NULL, \n\tarticle_id INTEGER NOT NULL, \n\tlower_bound INTEGER NOT NULL, \n\tunit_price BIGINT NOT NULL, \n\tCONSTRAINT pk_supplier_price PRIMARY KEY (id), \n\tCONSTRAINT uq_supplier_price_price_list_id_article_id_lower_bound UNIQUE (price_list_id, article_id, lower_bound), \n\tCONSTRAINT ck_supplier_price_lower_bound CHECK (lower_bound >= 1), \n\tCONSTRAINT ck_supplier_price_positive CHECK (unit_price > 0), \n\tCONSTRAINT fk_supplier_price_price_list_id FOREIGN KEY(price_list_id) REFERENCES supplier_price_list (id), \n\tCONSTRAINT fk_supplier_price_article_id FOREIGN KEY(article_id) REFERENCES article (id)\n)",
    "CREATE TABLE _new_member (\n\tid INTEGER NOT NULL, \n\t\"key\" VARCHAR(20) NOT NULL, \n\tname VARCHAR(200) NOT NULL, \n\tbody_kind VARCHAR(40) NOT NULL, \n\tags VARCHAR(8), \n\tars VARCHAR(12), \n\tcontracting_authority_basis VARCHAR(40), \n\tis_operating_company BOOLEAN NOT NULL, \n\tstreet VARCHAR(120) NOT NULL, \n\tpostal_code VARCHAR(10) NOT NULL, \n\tcity VARCHAR(80) NOT NULL, \n\tleitweg_id VARCHAR(46), \n\tinvoice_mail VARCHAR(254), \n\tvat_id VARCHAR(20), \n\tdemonstration BOOLEAN NOT NULL, \n\taccount_pattern VARCHAR(120), \n\torder_stop_date DATE, \n\tapproval_limit_is_net BOOLEAN NOT NULL, \n\tself_approval_limit BIGINT NOT NULL, \n\tself_approval_evidence_id INTEGER, \n\ttime_measurement_enabled BOOLEAN NOT NULL, \n\ttime_measurement_evidence VARCHAR(200), \n\tbaseline_minutes INTEGER NOT NULL, \n\tbaseline_source VARCHAR(200) NOT NULL, \n\tprocurements_per_year INTEGER, \n\ttarget_hours_per_year INTEGER, \n\thourly_rate BIGINT, \n\thourly_rate_source VARCHAR(200), \n\tcouncil_paper_number VARCHAR(40), \n\tCONSTRAINT pk_member PRIMARY KEY (id), \n\tCONSTRAINT uq_member_key UNIQUE (\"key\"), \n\tCONSTRAINT ck_member_bodykind CHECK (body_kind IN ('land', 'landkreis', 'kreisfreie_stadt', 'einheitsgemeinde', 'verbandsgemeinde', 'mitgliedsgemeinde', 'zweckverband', 'aoer', 'koerperschaft', 'stiftung_oer', 'stiftung_privat', 'bildungseinrichtung', 'verein', 'eigenbetrieb', 'regiebetrieb', 'eigengesellschaft', 'beteiligungsgesellschaft', 'sektorenauftraggeber', 'it_dienstleister'))\n)",
    'INSERT INTO _new_member ("id", "key", "name", "body_kind", "ags", "ars", "contracting_authority_basis", "is_operating_company", "street", "postal_code", "city", "leitweg_id", "invoice_mail", "vat_id", "demonstration", "account_pattern", "approval_limit_is_net", "self_approval_limit", "self_approval_evidence_id", "time_measurement_enabled", "time_measurement_evidence", "baseline_minutes", "baseline_source", "procurements_per_year", "target_hours_per_year", "hourly_rate", "hourly_rate_source", "council_paper_number") SELECT "id", "key", "name", "body_kind", "ags", "ars", "contracting_authority_basis", "is_operating_company", "street", "postal_code", "city", "leitweg_id", "invoice_mail", "vat_id", "demonstration", "account_pattern", "approval_limit_is_net", "self_approval_limit", "self_approval_evidence_id", "time_measurement_enabled", "time_measurement_evidence", "baseline_minutes", "baseline_source", "procurements_per_year", "target_hours_per_year", "hourly_rate", "hourly_rate_source", "council_paper_number" FROM member',
    "DROP TABLE member",
    "ALTER TABLE _new_member RENAME TO member",
    "CREATE TABLE _new_call_off (\n\tid INTEGER NOT NULL, \n\tnumber VARCHAR(40) NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tunit_id INTEGER, \n\tframework_id INTEGER NOT NULL, \n\tstate VARCHAR(40) NOT NULL, \n\tversion INTEGER NOT NULL, \n\tordered_by INTEGER NOT NULL, \n\tapproved_by INTEGER, \n\tself_approval_evidence_id INTEGER, \n\tsubmission_decision_id INTEGER NOT NULL, \n\tplacement_decision_id INTEGER, \n\tpurpose VARCHAR(500) NOT NULL, \n\tproduct_account VARCHAR(60) NOT NULL, \n\tcost_centre VARCHAR(60) NOT NULL, \n\tinvestment_number VARCHAR(60) NOT NULL, \n\tbudget_year INTEGER, \n\tfunding_source VARCHAR(120) DEFAULT '' NOT NULL, \n\tearmarked_until DATE, \n\tcoverage_circle VARCHAR(60) DEFAULT '' NOT NULL, \n\tfinancing_type VARCHAR(40), \n\tfinancing_note TEXT DEFAULT '' NOT NULL, \n\tyour_reference VARCHAR(80) NOT NULL, \n\tdelivery_recipient VARCHAR(120) NOT NULL, \n\tdelivery_street VARCHAR(120) NOT NULL, \n\tdelivery_postal_code VARCHAR(10) NOT NULL, \n\tdelivery_city VARCHAR(80) NOT NULL, \n\tdelivery_room VARCHAR(80) NOT NULL, \n\tis_split BOOLEAN DEFAULT 0 NOT NULL, \n\trequested_date DATE, \n\tpromised_date DATE, \n\tnet BIGINT NOT NULL, \n\tvat BIGINT NOT NULL, \n\tgross BIGINT NOT NULL, \n\tvat_percent INTEGER NOT NULL, \n\toffline_minutes INTEGER, \n\tmarket_price_evidence TEXT NOT NULL, \n\tbaseline_minutes INTEGER NOT NULL, \n\tbaseline_source VARCHAR(200) NOT NULL, \n\tconflict_free BOOLEAN, \n\ttime_measured BOOLEAN NOT NULL, \n\tdemonstration BOOLEAN NOT NULL, \n\tsubmitted_at DATETIME NOT NULL, \n\toutage_form VARCHAR(40), \n\tentered_at DATETIME, \n\tinstead_of VARCHAR(40), \n\tplaced_at DATETIME, \n\treceived_at DATETIME, \n\tmemo_pdf_sha256 VARCHAR(64), \n\tmemo_json_sha256 VARCHAR(64), \n\tCONSTRAINT pk_call_off PRIMARY KEY (id), \n\tCONSTRAINT uq_call_off_id_member_id UNIQUE (id, member_id), \n\tCONSTRAINT fk_call_off_submission_decision_id_member_id FOREIGN KEY(submission_decision_id, member_id) REFERENCES eligibility_decision (id, member_id), \n\tCONSTRAINT fk_call_off_placement_decision_id_member_id FOREIGN KEY(placement_decision_id, member_id) REFERENCES eligibility_decision (id, member_id), \n\tCONSTRAINT fk_call_off_unit_id_member_id FOREIGN KEY(unit_id, member_id) REFERENCES unit (id, member_id), \n\tCONSTRAINT ck_call_off_four_eyes CHECK (approved_by IS NULL OR approved_by <> ordered_by OR self_approval_evidence_id IS NOT NULL), \n\tCONSTRAINT ck_call_off_gross CHECK (gross = net + vat), \n\tCONSTRAINT ck_call_off_financing_note CHECK (financing_type IS NULL OR financing_type = 'planned' OR financing_note <> ''), \n\tCONSTRAINT uq_call_off_number UNIQUE (number), \n\tCONSTRAINT fk_call_off_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_call_off_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT ck_call_off_state CHECK (state IN ('draft', 'submitted', 'in_approval', 'approved', 'blocked_evidence', 'placed', 'confirmed', 'partially_delivered', 'delivered', 'invoiced', 'completed', 'rejected', 'cancelled')), \n\tCONSTRAINT fk_call_off_ordered_by FOREIGN KEY(ordered_by) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_approved_by FOREIGN KEY(approved_by) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_self_approval_evidence_id FOREIGN KEY(self_approval_evidence_id) REFERENCES evidence_document (id), \n\tCONSTRAINT ck_call_off_financing CHECK (financing_type IN ('planned', 'above_plan', 'outside_plan'))\n)",
    'INSERT INTO _new_call_off ("id", "number", "member_id", "unit_id", "framework_id", "state", "version", "ordered_by", "approved_by", "self_approval_evidence_id", "submission_decision_id", "placement_decision_id", "purpose", "product_account", "cost_centre", "investment_number", "budget_year", "funding_source", "earmarked_until", "your_reference", "delivery_recipient", "delivery_street", "delivery_postal_code", "delivery_city", "delivery_room", "is_split", "requested_date", "promised_date", "net", "vat", "gross", "vat_percent", "offline_minutes", "market_price_evidence", "baseline_minutes", "baseline_source", "conflict_free", "time_measured", "demonstration", "submitted_at", "outage_form", "entered_at", "placed_at", "received_at", "memo_pdf_sha256", "memo_json_sha256") SELECT "id", "number", "member_id", "unit_id", "framework_id", "state", "version", "ordered_by", "approved_by", "self_approval_evidence_id", "submission_decision_id", "placement_decision_id", "purpose", "product_account", "cost_centre", "investment_number", "budget_year", "funding_source", "earmarked_until", "your_reference", "delivery_recipient", "delivery_street", "delivery_postal_code", "delivery_city", "delivery_room", "is_split", "requested_date", "promised_date", "net", "vat", "gross", "vat_percent", "offline_minutes", "market_price_evidence", "baseline_minutes", "baseline_source", "conflict_free", "time_measured", "demonstration", "submitted_at", "outage_form", "entered_at", "placed_at", "received_at", "memo_pdf_sha256", "memo_json_sha256" FROM call_off',
    "DROP TABLE call_off",
    "ALTER TABLE _new_call_off RENAME TO call_off",
    "CREATE TABLE _new_call_off_line (\n\tid INTEGER NOT NULL, \n\tcall_off_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tposition INTEGER NOT NULL, \n\tarticle_id INTEGER, \n\tfree_position_id INTEGER, \n\tlot_id INTEGER NOT NULL, \n\tcatalog_version_id INTEGER, \n\tsku VARCHAR(64) NOT NULL, \n\tname VARCHAR(255) NOT NULL, \n\tmanufacturer VARCHAR(100) NOT NULL, \n\torder_unit VARCHAR(3) NOT NULL, \n\tpieces_per_unit INTEGER DEFAULT '1' NOT NULL, \n\tquantity INTEGER NOT NULL, \n\tunit_price BIGINT NOT NULL, \n\tcharge VARCHAR(40) DEFAULT 'purchase' NOT NULL, \n\trate BIGINT, \n\tterm INTEGER, \n\tnet BIGINT NOT NULL, \n\tserial_numbers BOOLEAN NOT NULL, \n\treverse_charge BOOLEAN DEFAULT 0 NOT NULL, \n\tdelivery_days INTEGER NOT NULL, \n\tdelivered INTEGER NOT NULL, \n\tcancelled INTEGER NOT NULL, \n\tCONSTRAINT pk_call_off_line PRIMARY KEY (id), \n\tCONSTRAINT uq_call_off_line_call_off_id_position UNIQUE (call_off_id, position), \n\tCONSTRAINT uq_call_off_line_call_off_id_sku UNIQUE (call_off_id, sku), \n\tCONSTRAINT uq_call_off_line_free_position_id UNIQUE (free_position_id), \n\tCONSTRAINT fk_call_off_line_call_off_id_member_id FOREIGN KEY(call_off_id, member_id) REFERENCES call_off (id, member_id), \n\tCONSTRAINT fk_call_off_line_free_position_id_member_id FOREIGN KEY(free_position_id, member_id) REFERENCES free_position (id, member_id), \n\tCONSTRAINT ck_call_off_line_article_or_quote CHECK ((article_id IS NULL) = (free_position_id IS NOT NULL) AND (catalog_version_id IS NULL) = (free_position_id IS NOT NULL)), \n\tCONSTRAINT ck_call_off_line_quantity CHECK (quantity >= 1), \n\tCONSTRAINT ck_call_off_line_not_negative CHECK (delivered >= 0 AND cancelled >= 0), \n\tCONSTRAINT ck_call_off_line_adds_up CHECK (delivered + cancelled <= quantity), \n\tCONSTRAINT ck_call_off_line_term CHECK ((charge = 'purchase' AND term IS NULL AND rate IS NULL) OR (charge <> 'purchase' AND term IS NOT NULL AND rate IS NOT NULL AND term >= 1 AND unit_price = rate * term)), \n\tCONSTRAINT fk_call_off_line_article_id FOREIGN KEY(article_id) REFERENCES article (id), \n\tCONSTRAINT fk_call_off_line_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT fk_call_off_line_catalog_version_id FOREIGN KEY(catalog_version_id) REFERENCES catalog_version (id), \n\tCONSTRAINT ck_call_off_line_charge CHECK (charge IN ('purchase', 'month', 'page'))\n)",
    'INSERT INTO _new_call_off_line ("id", "call_off_id", "member_id", "position", "article_id", "lot_id", "catalog_version_id", "sku", "name", "manufacturer", "order_unit", "pieces_per_unit", "quantity", "unit_price", "charge", "rate", "term", "net", "serial_numbers", "reverse_charge", "delivery_days", "delivered", "cancelled") SELECT "id", "call_off_id", "member_id", "position", "article_id", "lot_id", "catalog_version_id", "sku", "name", "manufacturer", "order_unit", "pieces_per_unit", "quantity", "unit_price", "charge", "rate", "term", "net", "serial_numbers", "reverse_charge", "delivery_days", "delivered", "cancelled" FROM call_off_line',
    "DROP TABLE call_off_line",
    "ALTER TABLE _new_call_off_line RENAME TO call_off_line",
    "CREATE TABLE _new_call_off_change (\n\tid INTEGER NOT NULL, \n\tcall_off_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tposition INTEGER NOT NULL, \n\tstate VARCHAR(40) NOT NULL, \n\tversion INTEGER NOT NULL, \n\tasked_by INTEGER NOT NULL, \n\tasked_at DATETIME NOT NULL, \n\treason TEXT NOT NULL, \n\tasking_decision_id INTEGER, \n\tapplying_decision_id INTEGER, \n\tconsented_by INTEGER, \n\tapproved_by INTEGER, \n\tself_approval_evidence_id INTEGER, \n\tclosed_at DATETIME, \n\tCONSTRAINT pk_call_off_change PRIMARY KEY (id), \n\tCONSTRAINT uq_call_off_change_call_off_id_position UNIQUE (call_off_id, position), \n\tCONSTRAINT fk_call_off_change_call_off_id_member_id FOREIGN KEY(call_off_id, member_id) REFERENCES call_off (id, member_id), \n\tCONSTRAINT fk_call_off_change_asking_decision_id_member_id FOREIGN KEY(asking_decision_id, member_id) REFERENCES eligibility_decision (id, member_id), \n\tCONSTRAINT fk_call_off_change_applying_decision_id_member_id FOREIGN KEY(applying_decision_id, member_id) REFERENCES eligibility_decision (id, member_id), \n\tCONSTRAINT ck_call_off_change_four_eyes CHECK (approved_by IS NULL OR self_approval_evidence_id IS NOT NULL OR (approved_by <> asked_by AND (consented_by IS NULL OR approved_by <> consented_by))), \n\tCONSTRAINT ck_call_off_change_closed CHECK ((state IN ('asked', 'offered', 'agreed')) = (closed_at IS NULL)), \n\tCONSTRAINT ck_call_off_change_changestate CHECK (state IN ('asked', 'offered', 'agreed', 'done', 'rejected', 'declined', 'refused', 'withdrawn', 'lapsed')), \n\tCONSTRAINT fk_call_off_change_asked_by FOREIGN KEY(asked_by) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_change_consented_by FOREIGN KEY(consented_by) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_change_approved_by FOREIGN KEY(approved_by) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_change_self_approval_evidence_id FOREIGN KEY(self_approval_evidence_id) REFERENCES evidence_document (id)\n)",
    'INSERT INTO _new_call_off_change ("id", "call_off_id", "member_id", "position", "state", "version", "asked_by", "asked_at", "reason", "asking_decision_id", "applying_decision_id", "approved_by", "self_approval_evidence_id", "closed_at") SELECT "id", "call_off_id", "member_id", "position", "state", "version", "asked_by", "asked_at", "reason", "asking_decision_id", "applying_decision_id", "approved_by", "self_approval_evidence_id", "closed_at" FROM call_off_change',
    "DROP TABLE call_off_change",
    "ALTER TABLE _new_call_off_change RENAME TO call_off_change",
    "CREATE TABLE _new_call_off_change_item (\n\tid INTEGER NOT NULL, \n\tchange_id INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\t\"before\" INTEGER, \n\twanted INTEGER, \n\tday_before DATE, \n\twanted_day DATE, \n\tpart INTEGER, \n\tCONSTRAINT pk_call_off_change_item PRIMARY KEY (id), \n\tCONSTRAINT uq_call_off_change_item_change_id_sku UNIQUE (change_id, sku), \n\tCONSTRAINT ck_call_off_change_item_one_thing CHECK ((sku = '' AND wanted IS NULL AND wanted_day IS NOT NULL) OR (sku <> '' AND wanted IS NOT NULL AND before IS NOT NULL AND wanted_day IS NULL)), \n\tCONSTRAINT ck_call_off_change_item_wanted CHECK (wanted >= 0), \n\tCONSTRAINT fk_call_off_change_item_change_id FOREIGN KEY(change_id) REFERENCES call_off_change (id)\n)",
    'INSERT INTO _new_call_off_change_item ("id", "change_id", "sku", "before", "wanted", "day_before", "wanted_day") SELECT "id", "change_id", "sku", "before", "wanted", "day_before", "wanted_day" FROM call_off_change_item',
    "DROP TABLE call_off_change_item",
    "ALTER TABLE _new_call_off_change_item RENAME TO call_off_change_item",
    "CREATE INDEX ix_call_off_change_member ON call_off_change (member_id, state)",
    "CREATE INDEX ix_call_off_change_state ON call_off_change (state, asked_at)",
    "CREATE UNIQUE INDEX ix_call_off_instead_of ON call_off (instead_of) WHERE instead_of IS NOT NULL",
    "CREATE INDEX ix_call_off_line_call_off_id ON call_off_line (call_off_id)",
    "CREATE INDEX ix_call_off_member_state ON call_off (member_id, state, submitted_at)",
    "CREATE UNIQUE INDEX ix_call_off_outage_form ON call_off (outage_form) WHERE outage_form IS NOT NULL",
    "CREATE INDEX ix_call_off_state ON call_off (state, submitted_at)",
    "CREATE INDEX ix_free_position_member_id ON free_position (member_id)",
    "CREATE INDEX ix_membership_correction_member_id ON membership_correction (member_id)",
    "CREATE INDEX ix_membership_past_member_id ON membership_past (member_id)",
    "CREATE INDEX ix_membership_past_membership_id ON membership_past (membership_id)",
    "CREATE INDEX ix_supplier_price_article_id ON supplier_price (article_id)",
    "CREATE INDEX ix_supplier_price_list_framework_id ON supplier_price_list (framework_id)",
    "CREATE UNIQUE INDEX uq_call_off_change_open ON call_off_change (call_off_id) WHERE closed_at IS NULL",
    "INSERT INTO search_entry_words(search_entry_words) VALUES ('rebuild')",
    "INSERT INTO search_entry_numbers(search_entry_numbers) VALUES ('rebuild')",
    "CREATE TRIGGER member_register_insert AFTER INSERT ON member BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER member_register_update AFTER UPDATE ON member BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER member_register_delete AFTER DELETE ON member BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER membership_past_no_update BEFORE UPDATE ON membership_past BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER membership_past_no_delete BEFORE DELETE ON membership_past BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER membership_correction_no_update BEFORE UPDATE ON membership_correction BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER membership_correction_no_delete BEFORE DELETE ON membership_correction BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER approval_alone BEFORE INSERT ON approval WHEN NEW.verdict = 'approved' BEGIN SELECT RAISE(ABORT, 'nobody approves his own order outside the documented rule') WHERE NEW.decided_by IN (NEW.requested_by, (SELECT ordered_by FROM call_off WHERE number = NEW.subject)) AND NOT EXISTS (\n    SELECT 1 FROM member AS m JOIN evidence_document AS paper\n        ON paper.id = m.self_approval_evidence_id\n    WHERE m.id = NEW.member_id AND paper.member_id = m.id\n      AND m.self_approval_evidence_id = NEW.exception_evidence_id\n      AND NEW.value <= m.self_approval_limit\n      AND paper.valid_from <= date(NEW.at, '+2 hours')\n      AND (paper.valid_to IS NULL OR paper.valid_to >= date(NEW.at, '+1 hours'))\n      AND (paper.review_due IS NULL OR paper.review_due >= date(NEW.at, '+1 hours'))); END",
    "CREATE TRIGGER membership_correction_verdict_no_update BEFORE UPDATE ON membership_correction_verdict BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER membership_correction_verdict_no_delete BEFORE DELETE ON membership_correction_verdict BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    'CREATE TRIGGER free_position_no_update BEFORE UPDATE OF "id", "number", "member_id", "unit_id", "entered_by", "lot_id", "name", "manufacturer", "quantity", "unit_price", "tax_percent", "delivery_days", "reason", "supplier", "quote_number", "quote_date", "quote_valid_until", "file_name", "file_sha256", "entered_at" ON free_position BEGIN SELECT RAISE(ABORT, \'row is evidence and stays as written\'); END',
    "CREATE TRIGGER free_position_no_delete BEFORE DELETE ON free_position BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_placement_insert BEFORE INSERT ON call_off WHEN NEW.placement_decision_id IS NOT NULL BEGIN SELECT RAISE(ABORT, 'only an eligible call-off is placed') WHERE (SELECT outcome FROM eligibility_decision WHERE id = NEW.placement_decision_id) NOT IN ('eligible', 'eligible_with_condition'); END",
    "CREATE TRIGGER call_off_placement_update BEFORE UPDATE OF placement_decision_id ON call_off WHEN NEW.placement_decision_id IS NOT NULL BEGIN SELECT RAISE(ABORT, 'only an eligible call-off is placed') WHERE (SELECT outcome FROM eligibility_decision WHERE id = NEW.placement_decision_id) NOT IN ('eligible', 'eligible_with_condition'); END",
    "CREATE TRIGGER call_off_alone_insert BEFORE INSERT ON call_off WHEN NEW.approved_by = NEW.ordered_by BEGIN SELECT RAISE(ABORT, 'nobody approves his own order outside the documented rule') WHERE NOT EXISTS (\n    SELECT 1 FROM member AS m JOIN evidence_document AS paper\n        ON paper.id = m.self_approval_evidence_id\n    WHERE m.id = NEW.member_id AND paper.member_id = m.id\n      AND m.self_approval_evidence_id = NEW.self_approval_evidence_id\n      AND CASE WHEN m.approval_limit_is_net THEN NEW.net ELSE NEW.gross END <= m.self_approval_limit\n      AND paper.valid_from <= date(NEW.placed_at, '+2 hours')\n      AND (paper.valid_to IS NULL OR paper.valid_to >= date(NEW.placed_at, '+1 hours'))\n      AND (paper.review_due IS NULL OR paper.review_due >= date(NEW.placed_at, '+1 hours'))); END",
    "CREATE TRIGGER call_off_alone_update BEFORE UPDATE OF approved_by, ordered_by, self_approval_evidence_id, placed_at ON call_off WHEN NEW.approved_by = NEW.ordered_by BEGIN SELECT RAISE(ABORT, 'nobody approves his own order outside the documented rule') WHERE NOT EXISTS (\n    SELECT 1 FROM member AS m JOIN evidence_document AS paper\n        ON paper.id = m.self_approval_evidence_id\n    WHERE m.id = NEW.member_id AND paper.member_id = m.id\n      AND m.self_approval_evidence_id = NEW.self_approval_evidence_id\n      AND CASE WHEN m.approval_limit_is_net THEN NEW.net ELSE NEW.gross END <= m.self_approval_limit\n      AND paper.valid_from <= date(NEW.placed_at, '+2 hours')\n      AND (paper.valid_to IS NULL OR paper.valid_to >= date(NEW.placed_at, '+1 hours'))\n      AND (paper.review_due IS NULL OR paper.review_due >= date(NEW.placed_at, '+1 hours'))); END",
    "CREATE TRIGGER call_off_orderer BEFORE UPDATE OF ordered_by ON call_off WHEN NEW.ordered_by <> OLD.ordered_by BEGIN SELECT RAISE(ABORT, 'who ordered stays as written') WHERE true; END",
    "CREATE TRIGGER call_off_steps BEFORE UPDATE OF state ON call_off WHEN NEW.state = 'placed' AND OLD.state IN ('in_approval', 'approved') BEGIN SELECT RAISE(ABORT, 'an order is placed only when every step of its approval is signed') WHERE EXISTS (\n    SELECT 1 FROM approval_step AS step JOIN approval_path AS path ON path.id = step.path_id\n    WHERE path.subject = NEW.number\n      AND path.round = (SELECT max(round) FROM approval_path WHERE subject = NEW.number)\n      AND NOT EXISTS (SELECT 1 FROM approval AS word\n        WHERE word.step_id = step.id AND word.verdict = 'approved'\n          AND word.subject_sha256 = path.subject_sha256)); END",
    'CREATE TRIGGER supplier_price_list_no_update BEFORE UPDATE OF "id", "framework_id", "supplier_id", "number", "valid_from", "file_name", "file_sha256", "result", "sent_by", "sent_at" ON supplier_price_list BEGIN SELECT RAISE(ABORT, \'row is evidence and stays as written\'); END',
    "CREATE TRIGGER supplier_price_list_no_delete BEFORE DELETE ON supplier_price_list BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER supplier_price_list_catalog_insert AFTER INSERT ON supplier_price_list BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER supplier_price_list_catalog_update AFTER UPDATE ON supplier_price_list BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER supplier_price_list_catalog_delete AFTER DELETE ON supplier_price_list BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    'CREATE TRIGGER call_off_change_no_update BEFORE UPDATE OF "id", "call_off_id", "member_id", "position", "asked_by", "asked_at", "reason", "asking_decision_id" ON call_off_change BEGIN SELECT RAISE(ABORT, \'row is evidence and stays as written\'); END',
    "CREATE TRIGGER call_off_change_no_delete BEFORE DELETE ON call_off_change BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER supplier_price_no_update BEFORE UPDATE ON supplier_price BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER supplier_price_no_delete BEFORE DELETE ON supplier_price BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_change_item_no_update BEFORE UPDATE ON call_off_change_item BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_change_item_no_delete BEFORE DELETE ON call_off_change_item BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
)

SQLITE_DOWN = (
    "DROP TRIGGER member_register_insert",
    "DROP TRIGGER member_register_update",
    "DROP TRIGGER member_register_delete",
    "DROP TRIGGER membership_past_no_update",
    "DROP TRIGGER membership_past_no_delete",
    "DROP TRIGGER membership_correction_no_update",
    "DROP TRIGGER membership_correction_no_delete",
    "DROP TRIGGER approval_alone",
    "DROP TRIGGER membership_correction_verdict_no_update",
    "DROP TRIGGER membership_correction_verdict_no_delete",
    "DROP TRIGGER free_position_no_update",
    "DROP TRIGGER free_position_no_delete",
    "DROP TRIGGER call_off_placement_insert",
    "DROP TRIGGER call_off_placement_update",
    "DROP TRIGGER call_off_alone_insert",
    "DROP TRIGGER call_off_alone_update",
    "DROP TRIGGER call_off_orderer",
    "DROP TRIGGER call_off_steps",
    "DROP TRIGGER supplier_price_list_no_update",
    "DROP TRIGGER supplier_price_list_no_delete",
    "DROP TRIGGER supplier_price_list_catalog_insert",
    "DROP TRIGGER supplier_price_list_catalog_update",
    "DROP TRIGGER supplier_price_list_catalog_delete",
    "DROP TRIGGER call_off_change_no_update",
    "DROP TRIGGER call_off_change_no_delete",
    "DROP TRIGGER supplier_price_no_update",
    "DROP TRIGGER supplier_price_no_delete",
    "DROP TRIGGER call_off_change_item_no_update",
    "DROP TRIGGER call_off_change_item_no_delete",
    "DROP INDEX ix_membership_past_membership_id",
    "DROP INDEX ix_membership_past_member_id",
    "DROP INDEX ix_membership_correction_member_id",
    "DROP INDEX ix_free_position_member_id",
    "DROP INDEX ix_call_off_instead_of",
    "DROP INDEX ix_supplier_price_list_framework_id",
    "DROP INDEX ix_supplier_price_article_id",
    "CREATE TABLE _new_member (\n\tid INTEGER NOT NULL, \n\t\"key\" VARCHAR(20) NOT NULL, \n\tname VARCHAR(200) NOT NULL, \n\tbody_kind VARCHAR(40) NOT NULL, \n\tags VARCHAR(8), \n\tars VARCHAR(12), \n\tcontracting_authority_basis VARCHAR(40), \n\tis_operating_company BOOLEAN NOT NULL, \n\tstreet VARCHAR(120) NOT NULL, \n\tpostal_code VARCHAR(10) NOT NULL, \n\tcity VARCHAR(80) NOT NULL, \n\tleitweg_id VARCHAR(46), \n\tinvoice_mail VARCHAR(254), \n\tvat_id VARCHAR(20), \n\tdemonstration BOOLEAN NOT NULL, \n\taccount_pattern VARCHAR(120), \n\tapproval_limit_is_net BOOLEAN NOT NULL, \n\tself_approval_limit BIGINT NOT NULL, \n\tself_approval_evidence_id INTEGER, \n\ttime_measurement_enabled BOOLEAN NOT NULL, \n\ttime_measurement_evidence VARCHAR(200), \n\tbaseline_minutes INTEGER NOT NULL, \n\tbaseline_source VARCHAR(200) NOT NULL, \n\tprocurements_per_year INTEGER, \n\ttarget_hours_per_year INTEGER, \n\thourly_rate BIGINT, \n\thourly_rate_source VARCHAR(200), \n\tcouncil_paper_number VARCHAR(40), \n\tCONSTRAINT pk_member PRIMARY KEY (id), \n\tCONSTRAINT uq_member_key UNIQUE (\"key\"), \n\tCONSTRAINT ck_member_bodykind CHECK (body_kind IN ('land', 'landkreis', 'kreisfreie_stadt', 'einheitsgemeinde', 'verbandsgemeinde', 'mitgliedsgemeinde', 'zweckverband', 'aoer', 'koerperschaft', 'stiftung_oer', 'stiftung_privat', 'bildungseinrichtung', 'verein', 'eigenbetrieb', 'regiebetrieb', 'eigengesellschaft', 'beteiligungsgesellschaft', 'sektorenauftraggeber', 'it_dienstleister'))\n)",
    'INSERT INTO _new_member ("id", "key", "name", "body_kind", "ags", "ars", "contracting_authority_basis", "is_operating_company", "street", "postal_code", "city", "leitweg_id", "invoice_mail", "vat_id", "demonstration", "account_pattern", "approval_limit_is_net", "self_approval_limit", "self_approval_evidence_id", "time_measurement_enabled", "time_measurement_evidence", "baseline_minutes", "baseline_source", "procurements_per_year", "target_hours_per_year", "hourly_rate", "hourly_rate_source", "council_paper_number") SELECT "id", "key", "name", "body_kind", "ags", "ars", "contracting_authority_basis", "is_operating_company", "street", "postal_code", "city", "leitweg_id", "invoice_mail", "vat_id", "demonstration", "account_pattern", "approval_limit_is_net", "self_approval_limit", "self_approval_evidence_id", "time_measurement_enabled", "time_measurement_evidence", "baseline_minutes", "baseline_source", "procurements_per_year", "target_hours_per_year", "hourly_rate", "hourly_rate_source", "council_paper_number" FROM member',
    "DROP TABLE member",
    "ALTER TABLE _new_member RENAME TO member",
    "CREATE TABLE _new_call_off_change (\n\tid INTEGER NOT NULL, \n\tcall_off_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tposition INTEGER NOT NULL, \n\tstate VARCHAR(40) NOT NULL, \n\tversion INTEGER NOT NULL, \n\tasked_by INTEGER NOT NULL, \n\tasked_at DATETIME NOT NULL, \n\treason TEXT NOT NULL, \n\tasking_decision_id INTEGER, \n\tapplying_decision_id INTEGER, \n\tapproved_by INTEGER, \n\tself_approval_evidence_id INTEGER, \n\tclosed_at DATETIME, \n\tCONSTRAINT pk_call_off_change PRIMARY KEY (id), \n\tCONSTRAINT uq_call_off_change_call_off_id_position UNIQUE (call_off_id, position), \n\tCONSTRAINT fk_call_off_change_call_off_id_member_id FOREIGN KEY(call_off_id, member_id) REFERENCES call_off (id, member_id), \n\tCONSTRAINT fk_call_off_change_asking_decision_id_member_id FOREIGN KEY(asking_decision_id, member_id) REFERENCES eligibility_decision (id, member_id), \n\tCONSTRAINT fk_call_off_change_applying_decision_id_member_id FOREIGN KEY(applying_decision_id, member_id) REFERENCES eligibility_decision (id, member_id), \n\tCONSTRAINT ck_call_off_change_four_eyes CHECK (approved_by IS NULL OR approved_by <> asked_by OR self_approval_evidence_id IS NOT NULL), \n\tCONSTRAINT ck_call_off_change_closed CHECK ((state IN ('asked', 'offered', 'agreed')) = (closed_at IS NULL)), \n\tCONSTRAINT ck_call_off_change_changestate CHECK (state IN ('asked', 'offered', 'agreed', 'done', 'rejected', 'declined', 'refused', 'withdrawn', 'lapsed')), \n\tCONSTRAINT fk_call_off_change_asked_by FOREIGN KEY(asked_by) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_change_approved_by FOREIGN KEY(approved_by) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_change_self_approval_evidence_id FOREIGN KEY(self_approval_evidence_id) REFERENCES evidence_document (id)\n)",
    'INSERT INTO _new_call_off_change ("id", "call_off_id", "member_id", "position", "state", "version", "asked_by", "asked_at", "reason", "asking_decision_id", "applying_decision_id", "approved_by", "self_approval_evidence_id", "closed_at") SELECT "id", "call_off_id", "member_id", "position", "state", "version", "asked_by", "asked_at", "reason", "asking_decision_id", "applying_decision_id", "approved_by", "self_approval_evidence_id", "closed_at" FROM call_off_change',
    "DROP TABLE call_off_change",
    "ALTER TABLE _new_call_off_change RENAME TO call_off_change",
    "CREATE TABLE _new_call_off_change_item (\n\tid INTEGER NOT NULL, \n\tchange_id INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\t\"before\" INTEGER, \n\twanted INTEGER, \n\tday_before DATE, \n\twanted_day DATE, \n\tCONSTRAINT pk_call_off_change_item PRIMARY KEY (id), \n\tCONSTRAINT uq_call_off_change_item_change_id_sku UNIQUE (change_id, sku), \n\tCONSTRAINT ck_call_off_change_item_one_thing CHECK ((sku = '' AND wanted IS NULL AND wanted_day IS NOT NULL) OR (sku <> '' AND wanted IS NOT NULL AND before IS NOT NULL AND wanted_day IS NULL)), \n\tCONSTRAINT ck_call_off_change_item_wanted CHECK (wanted >= 0), \n\tCONSTRAINT fk_call_off_change_item_change_id FOREIGN KEY(change_id) REFERENCES call_off_change (id)\n)",
    'INSERT INTO _new_call_off_change_item ("id", "change_id", "sku", "before", "wanted", "day_before", "wanted_day") SELECT "id", "change_id", "sku", "before", "wanted", "day_before", "wanted_day" FROM call_off_change_item',
    "DROP TABLE call_off_change_item",
    "ALTER TABLE _new_call_off_change_item RENAME TO call_off_change_item",
    "CREATE TABLE _new_call_off (\n\tid INTEGER NOT NULL, \n\tnumber VARCHAR(40) NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tunit_id INTEGER, \n\tframework_id INTEGER NOT NULL, \n\tstate VARCHAR(40) NOT NULL, \n\tversion INTEGER NOT NULL, \n\tordered_by INTEGER NOT NULL, \n\tapproved_by INTEGER, \n\tself_approval_evidence_id INTEGER, \n\tsubmission_decision_id INTEGER NOT NULL, \n\tplacement_decision_id INTEGER, \n\tpurpose VARCHAR(500) NOT NULL, \n\tproduct_account VARCHAR(60) NOT NULL, \n\tcost_centre VARCHAR(60) NOT NULL, \n\tinvestment_number VARCHAR(60) NOT NULL, \n\tbudget_year INTEGER, \n\tfunding_source VARCHAR(120) DEFAULT '' NOT NULL, \n\tearmarked_until DATE, \n\tyour_reference VARCHAR(80) NOT NULL, \n\tdelivery_recipient VARCHAR(120) NOT NULL, \n\tdelivery_street VARCHAR(120) NOT NULL, \n\tdelivery_postal_code VARCHAR(10) NOT NULL, \n\tdelivery_city VARCHAR(80) NOT NULL, \n\tdelivery_room VARCHAR(80) NOT NULL, \n\tis_split BOOLEAN DEFAULT 0 NOT NULL, \n\trequested_date DATE, \n\tpromised_date DATE, \n\tnet BIGINT NOT NULL, \n\tvat BIGINT NOT NULL, \n\tgross BIGINT NOT NULL, \n\tvat_percent INTEGER NOT NULL, \n\toffline_minutes INTEGER, \n\tmarket_price_evidence TEXT NOT NULL, \n\tbaseline_minutes INTEGER NOT NULL, \n\tbaseline_source VARCHAR(200) NOT NULL, \n\tconflict_free BOOLEAN, \n\ttime_measured BOOLEAN NOT NULL, \n\tdemonstration BOOLEAN NOT NULL, \n\tsubmitted_at DATETIME NOT NULL, \n\toutage_form VARCHAR(40), \n\tentered_at DATETIME, \n\tplaced_at DATETIME, \n\treceived_at DATETIME, \n\tmemo_pdf_sha256 VARCHAR(64), \n\tmemo_json_sha256 VARCHAR(64), \n\tCONSTRAINT pk_call_off PRIMARY KEY (id), \n\tCONSTRAINT uq_call_off_id_member_id UNIQUE (id, member_id), \n\tCONSTRAINT fk_call_off_submission_decision_id_member_id FOREIGN KEY(submission_decision_id, member_id) REFERENCES eligibility_decision (id, member_id), \n\tCONSTRAINT fk_call_off_placement_decision_id_member_id FOREIGN KEY(placement_decision_id, member_id) REFERENCES eligibility_decision (id, member_id), \n\tCONSTRAINT fk_call_off_unit_id_member_id FOREIGN KEY(unit_id, member_id) REFERENCES unit (id, member_id), \n\tCONSTRAINT ck_call_off_four_eyes CHECK (approved_by IS NULL OR approved_by <> ordered_by OR self_approval_evidence_id IS NOT NULL), \n\tCONSTRAINT ck_call_off_gross CHECK (gross = net + vat), \n\tCONSTRAINT uq_call_off_number UNIQUE (number), \n\tCONSTRAINT fk_call_off_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_call_off_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT ck_call_off_state CHECK (state IN ('draft', 'submitted', 'in_approval', 'approved', 'blocked_evidence', 'placed', 'confirmed', 'partially_delivered', 'delivered', 'invoiced', 'completed', 'rejected', 'cancelled')), \n\tCONSTRAINT fk_call_off_ordered_by FOREIGN KEY(ordered_by) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_approved_by FOREIGN KEY(approved_by) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_self_approval_evidence_id FOREIGN KEY(self_approval_evidence_id) REFERENCES evidence_document (id)\n)",
    'INSERT INTO _new_call_off ("id", "number", "member_id", "unit_id", "framework_id", "state", "version", "ordered_by", "approved_by", "self_approval_evidence_id", "submission_decision_id", "placement_decision_id", "purpose", "product_account", "cost_centre", "investment_number", "budget_year", "funding_source", "earmarked_until", "your_reference", "delivery_recipient", "delivery_street", "delivery_postal_code", "delivery_city", "delivery_room", "is_split", "requested_date", "promised_date", "net", "vat", "gross", "vat_percent", "offline_minutes", "market_price_evidence", "baseline_minutes", "baseline_source", "conflict_free", "time_measured", "demonstration", "submitted_at", "outage_form", "entered_at", "placed_at", "received_at", "memo_pdf_sha256", "memo_json_sha256") SELECT "id", "number", "member_id", "unit_id", "framework_id", "state", "version", "ordered_by", "approved_by", "self_approval_evidence_id", "submission_decision_id", "placement_decision_id", "purpose", "product_account", "cost_centre", "investment_number", "budget_year", "funding_source", "earmarked_until", "your_reference", "delivery_recipient", "delivery_street", "delivery_postal_code", "delivery_city", "delivery_room", "is_split", "requested_date", "promised_date", "net", "vat", "gross", "vat_percent", "offline_minutes", "market_price_evidence", "baseline_minutes", "baseline_source", "conflict_free", "time_measured", "demonstration", "submitted_at", "outage_form", "entered_at", "placed_at", "received_at", "memo_pdf_sha256", "memo_json_sha256" FROM call_off',
    "DROP TABLE call_off",
    "ALTER TABLE _new_call_off RENAME TO call_off",
    "CREATE TABLE _new_call_off_line (\n\tid INTEGER NOT NULL, \n\tcall_off_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tposition INTEGER NOT NULL, \n\tarticle_id INTEGER NOT NULL, \n\tlot_id INTEGER NOT NULL, \n\tcatalog_version_id INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\tname VARCHAR(255) NOT NULL, \n\tmanufacturer VARCHAR(100) NOT NULL, \n\torder_unit VARCHAR(3) NOT NULL, \n\tpieces_per_unit INTEGER DEFAULT '1' NOT NULL, \n\tquantity INTEGER NOT NULL, \n\tunit_price BIGINT NOT NULL, \n\tcharge VARCHAR(40) DEFAULT 'purchase' NOT NULL, \n\trate BIGINT, \n\tterm INTEGER, \n\tnet BIGINT NOT NULL, \n\tserial_numbers BOOLEAN NOT NULL, \n\treverse_charge BOOLEAN DEFAULT 0 NOT NULL, \n\tdelivery_days INTEGER NOT NULL, \n\tdelivered INTEGER NOT NULL, \n\tcancelled INTEGER NOT NULL, \n\tCONSTRAINT pk_call_off_line PRIMARY KEY (id), \n\tCONSTRAINT uq_call_off_line_call_off_id_position UNIQUE (call_off_id, position), \n\tCONSTRAINT uq_call_off_line_call_off_id_sku UNIQUE (call_off_id, sku), \n\tCONSTRAINT fk_call_off_line_call_off_id_member_id FOREIGN KEY(call_off_id, member_id) REFERENCES call_off (id, member_id), \n\tCONSTRAINT ck_call_off_line_quantity CHECK (quantity >= 1), \n\tCONSTRAINT ck_call_off_line_not_negative CHECK (delivered >= 0 AND cancelled >= 0), \n\tCONSTRAINT ck_call_off_line_adds_up CHECK (delivered + cancelled <= quantity), \n\tCONSTRAINT ck_call_off_line_term CHECK ((charge = 'purchase' AND term IS NULL AND rate IS NULL) OR (charge <> 'purchase' AND term IS NOT NULL AND rate IS NOT NULL AND term >= 1 AND unit_price = rate * term)), \n\tCONSTRAINT fk_call_off_line_article_id FOREIGN KEY(article_id) REFERENCES article (id), \n\tCONSTRAINT fk_call_off_line_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT fk_call_off_line_catalog_version_id FOREIGN KEY(catalog_version_id) REFERENCES catalog_version (id), \n\tCONSTRAINT ck_call_off_line_charge CHECK (charge IN ('purchase', 'month', 'page'))\n)",
    'INSERT INTO _new_call_off_line ("id", "call_off_id", "member_id", "position", "article_id", "lot_id", "catalog_version_id", "sku", "name", "manufacturer", "order_unit", "pieces_per_unit", "quantity", "unit_price", "charge", "rate", "term", "net", "serial_numbers", "reverse_charge", "delivery_days", "delivered", "cancelled") SELECT "id", "call_off_id", "member_id", "position", "article_id", "lot_id", "catalog_version_id", "sku", "name", "manufacturer", "order_unit", "pieces_per_unit", "quantity", "unit_price", "charge", "rate", "term", "net", "serial_numbers", "reverse_charge", "delivery_days", "delivered", "cancelled" FROM call_off_line',
    "DROP TABLE call_off_line",
    "ALTER TABLE _new_call_off_line RENAME TO call_off_line",
    "DROP TABLE supplier_price",
    "DROP TABLE supplier_price_list",
    "DROP TABLE free_position",
    "DROP TABLE membership_correction_verdict",
    "DROP TABLE membership_correction",
    "DROP TABLE membership_past",
    "CREATE INDEX ix_call_off_change_member ON call_off_change (member_id, state)",
    "CREATE INDEX ix_call_off_change_state ON call_off_change (state, asked_at)",
    "CREATE INDEX ix_call_off_line_call_off_id ON call_off_line (call_off_id)",
    "CREATE INDEX ix_call_off_member_state ON call_off (member_id, state, submitted_at)",
    "CREATE UNIQUE INDEX ix_call_off_outage_form ON call_off (outage_form) WHERE outage_form IS NOT NULL",
    "CREATE INDEX ix_call_off_state ON call_off (state, submitted_at)",
    "CREATE UNIQUE INDEX uq_call_off_change_open ON call_off_change (call_off_id) WHERE closed_at IS NULL",
    "INSERT INTO search_entry_words(search_entry_words) VALUES ('rebuild')",
    "INSERT INTO search_entry_numbers(search_entry_numbers) VALUES ('rebuild')",
    "CREATE TRIGGER member_register_insert AFTER INSERT ON member BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER member_register_update AFTER UPDATE ON member BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER member_register_delete AFTER DELETE ON member BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER approval_alone BEFORE INSERT ON approval WHEN NEW.verdict = 'approved' BEGIN SELECT RAISE(ABORT, 'nobody approves his own order outside the documented rule') WHERE NEW.decided_by IN (NEW.requested_by, (SELECT ordered_by FROM call_off WHERE number = NEW.subject)) AND NOT EXISTS (\n    SELECT 1 FROM member AS m JOIN evidence_document AS paper\n        ON paper.id = m.self_approval_evidence_id\n    WHERE m.id = NEW.member_id AND paper.member_id = m.id\n      AND m.self_approval_evidence_id = NEW.exception_evidence_id\n      AND NEW.value <= m.self_approval_limit\n      AND paper.valid_from <= date(NEW.at, '+2 hours')\n      AND (paper.valid_to IS NULL OR paper.valid_to >= date(NEW.at, '+1 hours'))\n      AND (paper.review_due IS NULL OR paper.review_due >= date(NEW.at, '+1 hours'))); END",
    "CREATE TRIGGER call_off_placement_insert BEFORE INSERT ON call_off WHEN NEW.placement_decision_id IS NOT NULL BEGIN SELECT RAISE(ABORT, 'only an eligible call-off is placed') WHERE (SELECT outcome FROM eligibility_decision WHERE id = NEW.placement_decision_id) NOT IN ('eligible', 'eligible_with_condition'); END",
    "CREATE TRIGGER call_off_placement_update BEFORE UPDATE OF placement_decision_id ON call_off WHEN NEW.placement_decision_id IS NOT NULL BEGIN SELECT RAISE(ABORT, 'only an eligible call-off is placed') WHERE (SELECT outcome FROM eligibility_decision WHERE id = NEW.placement_decision_id) NOT IN ('eligible', 'eligible_with_condition'); END",
    "CREATE TRIGGER call_off_alone_insert BEFORE INSERT ON call_off WHEN NEW.approved_by = NEW.ordered_by BEGIN SELECT RAISE(ABORT, 'nobody approves his own order outside the documented rule') WHERE NOT EXISTS (\n    SELECT 1 FROM member AS m JOIN evidence_document AS paper\n        ON paper.id = m.self_approval_evidence_id\n    WHERE m.id = NEW.member_id AND paper.member_id = m.id\n      AND m.self_approval_evidence_id = NEW.self_approval_evidence_id\n      AND CASE WHEN m.approval_limit_is_net THEN NEW.net ELSE NEW.gross END <= m.self_approval_limit\n      AND paper.valid_from <= date(NEW.placed_at, '+2 hours')\n      AND (paper.valid_to IS NULL OR paper.valid_to >= date(NEW.placed_at, '+1 hours'))\n      AND (paper.review_due IS NULL OR paper.review_due >= date(NEW.placed_at, '+1 hours'))); END",
    "CREATE TRIGGER call_off_alone_update BEFORE UPDATE OF approved_by, ordered_by, self_approval_evidence_id, placed_at ON call_off WHEN NEW.approved_by = NEW.ordered_by BEGIN SELECT RAISE(ABORT, 'nobody approves his own order outside the documented rule') WHERE NOT EXISTS (\n    SELECT 1 FROM member AS m JOIN evidence_document AS paper\n        ON paper.id = m.self_approval_evidence_id\n    WHERE m.id = NEW.member_id AND paper.member_id = m.id\n      AND m.self_approval_evidence_id = NEW.self_approval_evidence_id\n      AND CASE WHEN m.approval_limit_is_net THEN NEW.net ELSE NEW.gross END <= m.self_approval_limit\n      AND paper.valid_from <= date(NEW.placed_at, '+2 hours')\n      AND (paper.valid_to IS NULL OR paper.valid_to >= date(NEW.placed_at, '+1 hours'))\n      AND (paper.review_due IS NULL OR paper.review_due >= date(NEW.placed_at, '+1 hours'))); END",
    "CREATE TRIGGER call_off_orderer BEFORE UPDATE OF ordered_by ON call_off WHEN NEW.ordered_by <> OLD.ordered_by BEGIN SELECT RAISE(ABORT, 'who ordered stays as written') WHERE true; END",
    "CREATE TRIGGER call_off_steps BEFORE UPDATE OF state ON call_off WHEN NEW.state = 'placed' AND OLD.state IN ('in_approval', 'approved') BEGIN SELECT RAISE(ABORT, 'an order is placed only when every step of its approval is signed') WHERE EXISTS (\n    SELECT 1 FROM approval_step AS step JOIN approval_path AS path ON path.id = step.path_id\n    WHERE path.subject = NEW.number\n      AND path.round = (SELECT max(round) FROM approval_path WHERE subject = NEW.number)\n      AND NOT EXISTS (SELECT 1 FROM approval AS word\n        WHERE word.step_id = step.id AND word.verdict = 'approved'\n          AND word.subject_sha256 = path.subject_sha256)); END",
    'CREATE TRIGGER call_off_change_no_update BEFORE UPDATE OF "id", "call_off_id", "member_id", "position", "asked_by", "asked_at", "reason", "asking_decision_id" ON call_off_change BEGIN SELECT RAISE(ABORT, \'row is evidence and stays as written\'); END',
    "CREATE TRIGGER call_off_change_no_delete BEFORE DELETE ON call_off_change BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_change_item_no_update BEFORE UPDATE ON call_off_change_item BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_change_item_no_delete BEFORE DELETE ON call_off_change_item BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
)

POSTGRESQL_DATA = ()

POSTGRESQL_OLD_TRIGGERS = ()

POSTGRESQL_TRIGGERS = (
    "CREATE TRIGGER membership_past_no_update BEFORE UPDATE ON membership_past FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER membership_past_no_delete BEFORE DELETE ON membership_past FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER membership_past_no_truncate BEFORE TRUNCATE ON membership_past FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER membership_correction_no_update BEFORE UPDATE ON membership_correction FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER membership_correction_no_delete BEFORE DELETE ON membership_correction FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER membership_correction_no_truncate BEFORE TRUNCATE ON membership_correction FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER membership_correction_verdict_no_update BEFORE UPDATE ON membership_correction_verdict FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER membership_correction_verdict_no_delete BEFORE DELETE ON membership_correction_verdict FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER membership_correction_verdict_no_truncate BEFORE TRUNCATE ON membership_correction_verdict FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    'CREATE TRIGGER free_position_no_update BEFORE UPDATE OF "id", "number", "member_id", "unit_id", "entered_by", "lot_id", "name", "manufacturer", "quantity", "unit_price", "tax_percent", "delivery_days", "reason", "supplier", "quote_number", "quote_date", "quote_valid_until", "file_name", "file_sha256", "entered_at" ON free_position FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    "CREATE TRIGGER free_position_no_delete BEFORE DELETE ON free_position FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER free_position_no_truncate BEFORE TRUNCATE ON free_position FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    'CREATE TRIGGER supplier_price_list_no_update BEFORE UPDATE OF "id", "framework_id", "supplier_id", "number", "valid_from", "file_name", "file_sha256", "result", "sent_by", "sent_at" ON supplier_price_list FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    "CREATE TRIGGER supplier_price_list_no_delete BEFORE DELETE ON supplier_price_list FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER supplier_price_list_no_truncate BEFORE TRUNCATE ON supplier_price_list FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER supplier_price_list_catalog_insert AFTER INSERT ON supplier_price_list FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER supplier_price_list_catalog_update AFTER UPDATE ON supplier_price_list FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER supplier_price_list_catalog_delete AFTER DELETE ON supplier_price_list FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER supplier_price_no_update BEFORE UPDATE ON supplier_price FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER supplier_price_no_delete BEFORE DELETE ON supplier_price FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER supplier_price_no_truncate BEFORE TRUNCATE ON supplier_price FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
)


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        _run(SQLITE_UP)
        return
    _run(_drop(one) for one in POSTGRESQL_OLD_TRIGGERS)
    # CHECK constraints
    op.drop_constraint(op.f("ck_call_off_change_four_eyes"), "call_off_change", type_="check")
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "membership_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False, comment="may be withdrawn later"),
        sa.Column(
            "withdraws", sa.Boolean(), nullable=False, comment="there never was such a period"
        ),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("notice_received_on", sa.Date(), nullable=True),
        sa.Column("share_paid_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "length(trim(reason)) > 0", name=op.f("ck_membership_correction_reason")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_membership_correction_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_membership_correction_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_correction")),
        sa.UniqueConstraint("id", "asked_by", name=op.f("uq_membership_correction_id_asked_by")),
    )
    op.create_index(
        op.f("ix_membership_correction_member_id"),
        "membership_correction",
        ["member_id"],
        unique=False,
    )
    op.create_table(
        "membership_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "membership_id", sa.Integer(), nullable=False, comment="the period it is a past of"
        ),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True, comment="last day"),
        sa.Column("notice_received_on", sa.Date(), nullable=True),
        sa.Column("share_paid_on", sa.Date(), nullable=True),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "known_until",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="from then on something else is known",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_membership_past_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_past")),
    )
    op.create_index(
        op.f("ix_membership_past_member_id"), "membership_past", ["member_id"], unique=False
    )
    op.create_index(
        op.f("ix_membership_past_membership_id"), "membership_past", ["membership_id"], unique=False
    )
    op.create_table(
        "free_position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "unit_id", sa.Integer(), nullable=True, comment="of a person bound to it, as in orders"
        ),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("manufacturer", sa.String(length=100), nullable=False),
        sa.Column(
            "quantity", sa.Integer(), nullable=False, comment="for which the quote names its price"
        ),
        sa.Column("unit_price", sa.BigInteger(), nullable=False, comment="net, of the quote"),
        sa.Column("tax_percent", sa.Integer(), nullable=False),
        sa.Column("delivery_days", sa.Integer(), nullable=False),
        sa.Column(
            "reason", sa.Text(), nullable=False, comment="why it belongs to the lot and to no list"
        ),
        sa.Column("supplier", sa.String(length=160), nullable=False),
        sa.Column("quote_number", sa.String(length=60), nullable=False),
        sa.Column("quote_date", sa.Date(), nullable=False),
        sa.Column("quote_valid_until", sa.Date(), nullable=False, comment="last day"),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "ordered_as",
            sa.String(length=40),
            nullable=True,
            comment="the only call-off that may ever name it",
        ),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_free_position_quantity")),
        sa.CheckConstraint(
            "quote_valid_until >= quote_date", name=op.f("ck_free_position_quote_validity")
        ),
        sa.CheckConstraint("unit_price > 0", name=op.f("ck_free_position_unit_price")),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["person.id"], name=op.f("fk_free_position_entered_by")
        ),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["stored_file.sha256"], name=op.f("fk_free_position_file_sha256")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_free_position_lot_id")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_free_position_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id", "member_id"],
            ["unit.id", "unit.member_id"],
            name=op.f("fk_free_position_unit_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_free_position")),
        sa.UniqueConstraint("id", "member_id", name=op.f("uq_free_position_id_member_id")),
        sa.UniqueConstraint("number", name=op.f("uq_free_position_number")),
    )
    op.create_index("ix_free_position_member_id", "free_position", ["member_id"], unique=False)
    op.create_table(
        "membership_correction_verdict",
        sa.Column("correction_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "approved OR length(trim(reason)) > 0",
            name=op.f("ck_membership_correction_verdict_refusal_has_reason"),
        ),
        sa.CheckConstraint(
            "decided_by <> asked_by", name=op.f("ck_membership_correction_verdict_second_person")
        ),
        sa.ForeignKeyConstraint(
            ["correction_id", "asked_by"],
            ["membership_correction.id", "membership_correction.asked_by"],
            name=op.f("fk_membership_correction_verdict_correction_id_asked_by"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_membership_correction_verdict_decided_by")
        ),
        sa.PrimaryKeyConstraint("correction_id", name=op.f("pk_membership_correction_verdict")),
    )
    op.create_table(
        "supplier_price_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "valid_from",
            sa.Date(),
            nullable=False,
            comment="until the day on which the next list begins",
        ),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False, comment="remarks"),
        sa.Column("sent_by", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column(
            "withdrawn_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="before it: discarded",
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL)",
            name=op.f("ck_supplier_price_list_published"),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)",
            name=op.f("ck_supplier_price_list_withdrawn"),
        ),
        sa.CheckConstraint(
            "published_by <> sent_by", name=op.f("ck_supplier_price_list_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_supplier_price_list_framework_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["person.id"], name=op.f("fk_supplier_price_list_published_by")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["person.id"], name=op.f("fk_supplier_price_list_sent_by")
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["framework_supplier.id"],
            name=op.f("fk_supplier_price_list_supplier_id"),
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["person.id"], name=op.f("fk_supplier_price_list_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier_price_list")),
        sa.UniqueConstraint(
            "supplier_id", "number", name=op.f("uq_supplier_price_list_supplier_id_number")
        ),
    )
    op.create_index(
        op.f("ix_supplier_price_list_framework_id"),
        "supplier_price_list",
        ["framework_id"],
        unique=False,
    )
    op.create_table(
        "supplier_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("price_list_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("lower_bound", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("lower_bound >= 1", name=op.f("ck_supplier_price_lower_bound")),
        sa.CheckConstraint("unit_price > 0", name=op.f("ck_supplier_price_positive")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_supplier_price_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["price_list_id"],
            ["supplier_price_list.id"],
            name=op.f("fk_supplier_price_price_list_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier_price")),
        sa.UniqueConstraint(
            "price_list_id",
            "article_id",
            "lower_bound",
            name=op.f("uq_supplier_price_price_list_id_article_id_lower_bound"),
        ),
    )
    op.create_index("ix_supplier_price_article_id", "supplier_price", ["article_id"], unique=False)
    op.add_column(
        "call_off",
        sa.Column("coverage_circle", sa.String(length=60), server_default="", nullable=False),
    )
    op.add_column(
        "call_off",
        sa.Column(
            "financing_type",
            sa.Enum(
                "planned",
                "above_plan",
                "outside_plan",
                name="financing",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
    )
    op.add_column(
        "call_off",
        sa.Column(
            "financing_note",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="needed where the plan does not know it",
        ),
    )
    op.add_column(
        "call_off",
        sa.Column(
            "instead_of",
            sa.String(length=40),
            nullable=True,
            comment="the cancelled order whose suppliers that declined are out of this too",
        ),
    )
    op.create_index(
        "ix_call_off_instead_of",
        "call_off",
        ["instead_of"],
        unique=True,
        sqlite_where=sa.text("instead_of IS NOT NULL"),
        postgresql_where=sa.text("instead_of IS NOT NULL"),
    )
    op.add_column(
        "call_off_change",
        sa.Column(
            "consented_by",
            sa.Integer(),
            nullable=True,
            comment="of the member, to what the desk proposed",
        ),
    )
    op.create_foreign_key(
        op.f("fk_call_off_change_consented_by"),
        "call_off_change",
        "person",
        ["consented_by"],
        ["id"],
    )
    op.add_column(
        "call_off_change_item",
        sa.Column(
            "part", sa.Integer(), nullable=True, comment="of a split line that grows: which part"
        ),
    )
    op.add_column(
        "call_off_line",
        sa.Column(
            "free_position_id",
            sa.Integer(),
            nullable=True,
            comment="in the place of the article: at a quote, in no price list",
        ),
    )
    op.alter_column("call_off_line", "article_id", existing_type=sa.INTEGER(), nullable=True)
    op.alter_column(
        "call_off_line", "catalog_version_id", existing_type=sa.INTEGER(), nullable=True
    )
    op.create_unique_constraint(
        op.f("uq_call_off_line_free_position_id"), "call_off_line", ["free_position_id"]
    )
    op.create_foreign_key(
        op.f("fk_call_off_line_free_position_id_member_id"),
        "call_off_line",
        "free_position",
        ["free_position_id", "member_id"],
        ["id", "member_id"],
    )
    op.add_column(
        "member",
        sa.Column(
            "order_stop_date",
            sa.Date(),
            nullable=True,
            comment="Kassenschluss: later orders on this year's budget are warned of",
        ),
    )
    # ### end Alembic commands ###
    # CHECK constraints
    op.create_check_constraint(
        op.f("ck_call_off_financing_note"),
        "call_off",
        sa.text("financing_type IS NULL OR financing_type = 'planned' OR financing_note <> ''"),
    )
    op.create_check_constraint(
        op.f("ck_call_off_line_article_or_quote"),
        "call_off_line",
        sa.text(
            "(article_id IS NULL) = (free_position_id IS NOT NULL) AND (catalog_version_id IS NULL) = (free_position_id IS NOT NULL)"
        ),
    )
    op.create_check_constraint(
        op.f("ck_call_off_change_four_eyes"),
        "call_off_change",
        sa.text(
            "approved_by IS NULL OR self_approval_evidence_id IS NOT NULL OR (approved_by <> asked_by AND (consented_by IS NULL OR approved_by <> consented_by))"
        ),
    )
    # indexes over expressions
    _run(POSTGRESQL_DATA)
    _run(POSTGRESQL_TRIGGERS)


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        _run(SQLITE_DOWN)
        return
    _run(_drop(one) for one in POSTGRESQL_TRIGGERS)
    # indexes over expressions
    # CHECK constraints
    op.drop_constraint(op.f("ck_call_off_financing"), "call_off", type_="check")
    op.drop_constraint(op.f("ck_call_off_financing_note"), "call_off", type_="check")
    op.drop_constraint(op.f("ck_call_off_line_article_or_quote"), "call_off_line", type_="check")
    op.drop_constraint(op.f("ck_call_off_change_four_eyes"), "call_off_change", type_="check")
    # ### commands auto generated by Alembic - please adjust! ###
    op.drop_column("member", "order_stop_date")
    op.drop_constraint(
        op.f("fk_call_off_line_free_position_id_member_id"), "call_off_line", type_="foreignkey"
    )
    op.drop_constraint(op.f("uq_call_off_line_free_position_id"), "call_off_line", type_="unique")
    op.alter_column(
        "call_off_line", "catalog_version_id", existing_type=sa.INTEGER(), nullable=False
    )
    op.alter_column("call_off_line", "article_id", existing_type=sa.INTEGER(), nullable=False)
    op.drop_column("call_off_line", "free_position_id")
    op.drop_column("call_off_change_item", "part")
    op.drop_constraint(
        op.f("fk_call_off_change_consented_by"), "call_off_change", type_="foreignkey"
    )
    op.drop_column("call_off_change", "consented_by")
    op.drop_index(
        "ix_call_off_instead_of",
        table_name="call_off",
        sqlite_where=sa.text("instead_of IS NOT NULL"),
        postgresql_where=sa.text("instead_of IS NOT NULL"),
    )
    op.drop_column("call_off", "instead_of")
    op.drop_column("call_off", "financing_note")
    op.drop_column("call_off", "financing_type")
    op.drop_column("call_off", "coverage_circle")
    op.drop_index("ix_supplier_price_article_id", table_name="supplier_price")
    op.drop_table("supplier_price")
    op.drop_index(op.f("ix_supplier_price_list_framework_id"), table_name="supplier_price_list")
    op.drop_table("supplier_price_list")
    op.drop_table("membership_correction_verdict")
    op.drop_index("ix_free_position_member_id", table_name="free_position")
    op.drop_table("free_position")
    op.drop_index(op.f("ix_membership_past_member_id"), table_name="membership_past")
    op.drop_index(op.f("ix_membership_past_membership_id"), table_name="membership_past")
    op.drop_table("membership_past")
    op.drop_index(op.f("ix_membership_correction_member_id"), table_name="membership_correction")
    op.drop_table("membership_correction")
    # ### end Alembic commands ###
    # CHECK constraints
    op.create_check_constraint(
        op.f("ck_call_off_change_four_eyes"),
        "call_off_change",
        sa.text(
            "approved_by IS NULL OR approved_by <> asked_by OR self_approval_evidence_id IS NOT NULL"
        ),
    )
    _run(POSTGRESQL_OLD_TRIGGERS)


def _run(statements: Iterable[str]) -> None:
    for statement in statements:
        op.execute(sa.text(statement.replace(":", r"\:")))


def _drop(statement: str) -> str:
    """The way back of one statement: functions and extensions that nothing uses do no harm."""
    words = statement.split()
    if "TRIGGER" not in words[:5]:
        return "SELECT 1"
    at = words.index("TRIGGER") + 1
    return f"DROP TRIGGER IF EXISTS {words[at]} ON {words[words.index('ON', at) + 1]}"
