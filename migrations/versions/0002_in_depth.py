"""Catalog, agreements, eligibility and ordering in depth; written by tests.support.write_next_migration."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql, sqlite

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE_UP = (
    "DROP TRIGGER evidence_document_no_update",
    "DROP TRIGGER evidence_document_no_delete",
    "DROP TRIGGER framework_change_no_update",
    "DROP TRIGGER framework_change_no_delete",
    "DROP TRIGGER market_price_no_update",
    "DROP TRIGGER market_price_no_delete",
    "DROP TRIGGER approval_no_update",
    "DROP TRIGGER approval_no_delete",
    "DROP TRIGGER article_search_insert",
    "DROP TRIGGER article_search_update",
    "DROP TRIGGER article_search_delete",
    "DROP TRIGGER turnover_no_update",
    "DROP TRIGGER turnover_no_delete",
    "DROP TRIGGER ceiling_movement_no_update",
    "DROP TRIGGER ceiling_movement_no_delete",
    "DROP TRIGGER call_off_move_no_update",
    "DROP TRIGGER call_off_move_no_delete",
    "DROP TABLE article_search",
    "DROP INDEX ix_ceiling_movement_lot_id",
    "CREATE TABLE mark (\n\tname VARCHAR(40) NOT NULL, \n\tword VARCHAR(36) NOT NULL, \n\tCONSTRAINT pk_mark PRIMARY KEY (name)\n)",
    "CREATE TABLE membership_terms (\n\tid INTEGER NOT NULL, \n\tvalid_from DATE NOT NULL, \n\tcooperative VARCHAR(120) NOT NULL, \n\tfirst_month INTEGER NOT NULL, \n\tnotice_months INTEGER NOT NULL, \n\tshare BIGINT NOT NULL, \n\tsource VARCHAR(200) NOT NULL, \n\trecorded_at DATETIME NOT NULL, \n\tCONSTRAINT pk_membership_terms PRIMARY KEY (id), \n\tCONSTRAINT uq_membership_terms_valid_from UNIQUE (valid_from)\n)",
    "CREATE TABLE audit_anchor (\n\tnumber INTEGER NOT NULL, \n\tday DATE NOT NULL, \n\tsealed_at DATETIME NOT NULL, \n\troot VARCHAR(64) NOT NULL, \n\trows INTEGER NOT NULL, \n\tline TEXT NOT NULL, \n\tCONSTRAINT pk_audit_anchor PRIMARY KEY (number), \n\tCONSTRAINT uq_audit_anchor_day UNIQUE (day)\n)",
    "CREATE TABLE audit_verification (\n\tid INTEGER NOT NULL, \n\tat DATETIME NOT NULL, \n\tactor VARCHAR(80) NOT NULL, \n\trows INTEGER NOT NULL, \n\tanchors INTEGER NOT NULL, \n\tfindings TEXT NOT NULL, \n\tCONSTRAINT pk_audit_verification PRIMARY KEY (id)\n)",
    "CREATE TABLE facet_profile (\n\tid BIGINT NOT NULL, \n\tcontent JSON NOT NULL, \n\tCONSTRAINT pk_facet_profile PRIMARY KEY (id)\n)",
    "CREATE TABLE search_word (\n\tid INTEGER NOT NULL, \n\tword VARCHAR(40) NOT NULL, \n\tCONSTRAINT pk_search_word PRIMARY KEY (id), \n\tCONSTRAINT uq_search_word_word UNIQUE (word)\n)",
    "CREATE TABLE erasure_run (\n\tid INTEGER NOT NULL, \n\tat DATETIME NOT NULL, \n\tactor VARCHAR(80) NOT NULL, \n\tdry BOOLEAN NOT NULL, \n\tcounted TEXT NOT NULL, \n\tCONSTRAINT pk_erasure_run PRIMARY KEY (id)\n)",
    "CREATE TABLE import_terms (\n\tframework_id INTEGER NOT NULL, \n\tlargest_rise INTEGER NOT NULL, \n\tlargest_fall INTEGER NOT NULL, \n\tstock_days INTEGER DEFAULT '3' NOT NULL, \n\tcolumns JSON NOT NULL, \n\tCONSTRAINT pk_import_terms PRIMARY KEY (framework_id), \n\tCONSTRAINT ck_import_terms_largest_rise CHECK (largest_rise >= 0), \n\tCONSTRAINT ck_import_terms_largest_fall CHECK (largest_fall BETWEEN 0 AND 100), \n\tCONSTRAINT ck_import_terms_stock_days CHECK (stock_days BETWEEN 1 AND 30), \n\tCONSTRAINT fk_import_terms_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id)\n)",
    "CREATE TABLE catalog_import (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tperson_id INTEGER NOT NULL, \n\tfile_name VARCHAR(200) NOT NULL, \n\tfile_sha256 VARCHAR(64) NOT NULL, \n\twishes JSON NOT NULL, \n\tstate VARCHAR(40) NOT NULL, \n\tsent_at DATETIME NOT NULL, \n\tfinished_at DATETIME, \n\tarticles_read INTEGER NOT NULL, \n\trefusal_code VARCHAR(40), \n\trefusal TEXT, \n\tversion_id INTEGER, \n\tresult JSON NOT NULL, \n\tCONSTRAINT pk_catalog_import PRIMARY KEY (id), \n\tCONSTRAINT fk_catalog_import_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_catalog_import_person_id FOREIGN KEY(person_id) REFERENCES person (id), \n\tCONSTRAINT fk_catalog_import_file_sha256 FOREIGN KEY(file_sha256) REFERENCES stored_file (sha256), \n\tCONSTRAINT ck_catalog_import_importstate CHECK (state IN ('waiting', 'mapping', 'running', 'done', 'refused'))\n)",
    "CREATE TABLE membership_step (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tstep VARCHAR(40) NOT NULL, \n\thappened_on DATE NOT NULL, \n\treference VARCHAR(200) NOT NULL, \n\tevidence_document_id INTEGER, \n\trecorded_at DATETIME NOT NULL, \n\trecorded_by INTEGER, \n\tCONSTRAINT pk_membership_step PRIMARY KEY (id), \n\tCONSTRAINT fk_membership_step_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT ck_membership_step_step CHECK (step IN ('application', 'council_resolution', 'admission', 'share_paid', 'effective', 'notice', 'end')), \n\tCONSTRAINT fk_membership_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES person (id)\n)",
    "CREATE TABLE approval_settings (\n\tmember_id INTEGER NOT NULL, \n\twindow_days INTEGER NOT NULL, \n\tpassword_above BIGINT NOT NULL, \n\tCONSTRAINT pk_approval_settings PRIMARY KEY (member_id), \n\tCONSTRAINT ck_approval_settings_window_days CHECK (window_days BETWEEN 0 AND 31), \n\tCONSTRAINT fk_approval_settings_member_id FOREIGN KEY(member_id) REFERENCES member (id)\n)",
    "CREATE TABLE budget (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tyear INTEGER NOT NULL, \n\tproduct_account VARCHAR(60) NOT NULL, \n\tname VARCHAR(120) NOT NULL, \n\tamount BIGINT NOT NULL, \n\tlimit_kind VARCHAR(40) NOT NULL, \n\tcommitted BIGINT NOT NULL, \n\tactual BIGINT NOT NULL, \n\toverrun BIGINT NOT NULL, \n\tversion INTEGER NOT NULL, \n\tcreated_at DATETIME NOT NULL, \n\tCONSTRAINT pk_budget PRIMARY KEY (id), \n\tCONSTRAINT uq_budget_id_member_id UNIQUE (id, member_id), \n\tCONSTRAINT uq_budget_member_id_year_product_account UNIQUE (member_id, year, product_account), \n\tCONSTRAINT ck_budget_amount CHECK (amount >= 0), \n\tCONSTRAINT ck_budget_committed CHECK (committed >= 0), \n\tCONSTRAINT ck_budget_actual CHECK (actual >= 0), \n\tCONSTRAINT ck_budget_overrun CHECK (overrun >= 0), \n\tCONSTRAINT ck_budget_hard_limit CHECK (limit_kind <> 'hard' OR committed + actual <= amount + overrun), \n\tCONSTRAINT fk_budget_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT ck_budget_limit CHECK (limit_kind IN ('soft', 'hard'))\n)",
    "CREATE TABLE commitment_columns (\n\tmember_id INTEGER NOT NULL, \n\tprofile VARCHAR(20) NOT NULL, \n\tcolumns JSON NOT NULL, \n\tperson_id INTEGER NOT NULL, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_commitment_columns PRIMARY KEY (member_id), \n\tCONSTRAINT fk_commitment_columns_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_commitment_columns_person_id FOREIGN KEY(person_id) REFERENCES person (id)\n)",
    "CREATE TABLE kit (\n\tid INTEGER NOT NULL, \n\tnumber VARCHAR(20) NOT NULL, \n\ttitle VARCHAR(120) NOT NULL, \n\tdescription VARCHAR(1000) NOT NULL, \n\tactive BOOLEAN NOT NULL, \n\tversion INTEGER NOT NULL, \n\tchanged_at DATETIME NOT NULL, \n\tchanged_by INTEGER, \n\tCONSTRAINT pk_kit PRIMARY KEY (id), \n\tCONSTRAINT uq_kit_number UNIQUE (number), \n\tCONSTRAINT fk_kit_changed_by FOREIGN KEY(changed_by) REFERENCES person (id)\n)",
    "CREATE TABLE option_rule (\n\tid INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\tkind VARCHAR(40) NOT NULL, \n\ttitle VARCHAR(120) NOT NULL, \n\tpieces INTEGER NOT NULL, \n\tmade_at DATETIME NOT NULL, \n\tmade_by INTEGER, \n\tCONSTRAINT pk_option_rule PRIMARY KEY (id), \n\tCONSTRAINT ck_option_rule_pieces CHECK (pieces >= 1), \n\tCONSTRAINT ck_option_rule_optionkind CHECK (kind IN ('all_of', 'one_of', 'excluded', 'at_most')), \n\tCONSTRAINT fk_option_rule_made_by FOREIGN KEY(made_by) REFERENCES person (id)\n)",
    "CREATE TABLE successor (\n\tid INTEGER NOT NULL, \n\told_sku VARCHAR(64) NOT NULL, \n\tnew_sku VARCHAR(64) NOT NULL, \n\tvalid_from DATE NOT NULL, \n\tgrounds TEXT NOT NULL, \n\tcomparison JSON NOT NULL, \n\tdocument_sha256 VARCHAR(64) NOT NULL, \n\tdocument_name VARCHAR(200) NOT NULL, \n\tdeclared_at DATETIME NOT NULL, \n\tdeclared_by INTEGER, \n\treleased_at DATETIME, \n\treleased_by INTEGER, \n\twithdrawn_at DATETIME, \n\twithdrawn_by INTEGER, \n\twithdrawn_reason TEXT DEFAULT '' NOT NULL, \n\tCONSTRAINT pk_successor PRIMARY KEY (id), \n\tCONSTRAINT ck_successor_different CHECK (old_sku <> new_sku), \n\tCONSTRAINT ck_successor_four_eyes CHECK (released_by IS NULL OR declared_by IS NULL OR released_by <> declared_by), \n\tCONSTRAINT ck_successor_with_document CHECK (released_at IS NULL OR document_sha256 IS NOT NULL), \n\tCONSTRAINT fk_successor_declared_by FOREIGN KEY(declared_by) REFERENCES person (id), \n\tCONSTRAINT fk_successor_released_by FOREIGN KEY(released_by) REFERENCES person (id), \n\tCONSTRAINT fk_successor_withdrawn_by FOREIGN KEY(withdrawn_by) REFERENCES person (id)\n)",
    "CREATE TABLE stock_report (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tsupplier VARCHAR(160) NOT NULL, \n\tperson_id INTEGER, \n\tfile_name VARCHAR(200) NOT NULL, \n\treported_at DATETIME NOT NULL, \n\tfigures INTEGER NOT NULL, \n\tresult JSON NOT NULL, \n\tCONSTRAINT pk_stock_report PRIMARY KEY (id), \n\tCONSTRAINT fk_stock_report_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_stock_report_person_id FOREIGN KEY(person_id) REFERENCES person (id)\n)",
    "CREATE TABLE framework_document (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\ttitle VARCHAR(200) NOT NULL, \n\tdated DATE NOT NULL, \n\tfile_sha256 VARCHAR(64) NOT NULL, \n\tfile_name VARCHAR(200) NOT NULL, \n\topen_to_members BOOLEAN NOT NULL, \n\tperson_id INTEGER, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_framework_document PRIMARY KEY (id), \n\tCONSTRAINT fk_framework_document_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_framework_document_file_sha256 FOREIGN KEY(file_sha256) REFERENCES stored_file (sha256), \n\tCONSTRAINT fk_framework_document_person_id FOREIGN KEY(person_id) REFERENCES person (id)\n)",
    "CREATE TABLE agreed_price_rule (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tkind VARCHAR(40) NOT NULL, \n\tvalid_from DATE NOT NULL, \n\tfixed_until DATE, \n\tindex_name VARCHAR(120) NOT NULL, \n\tbase_month VARCHAR(7), \n\tthreshold_points INTEGER NOT NULL, \n\tcap_points INTEGER, \n\tdiscount_points INTEGER NOT NULL, \n\tannouncement_days INTEGER NOT NULL, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_agreed_price_rule PRIMARY KEY (id), \n\tCONSTRAINT fk_agreed_price_rule_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT ck_agreed_price_rule_pricerulekind CHECK (kind IN ('fixed', 'index', 'list_discount'))\n)",
    "CREATE TABLE index_value (\n\tid INTEGER NOT NULL, \n\tindex_name VARCHAR(120) NOT NULL, \n\tmonth VARCHAR(7) NOT NULL, \n\thundredths INTEGER NOT NULL, \n\tsource VARCHAR(200) NOT NULL, \n\tperson_id INTEGER, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_index_value PRIMARY KEY (id), \n\tCONSTRAINT ck_index_value_hundredths CHECK (hundredths > 0), \n\tCONSTRAINT fk_index_value_person_id FOREIGN KEY(person_id) REFERENCES person (id)\n)",
    "CREATE TABLE supplier_return (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tmonth VARCHAR(7) NOT NULL, \n\tdeclared BIGINT NOT NULL, \n\tfee_points INTEGER NOT NULL, \n\tnote VARCHAR(500) NOT NULL, \n\tperson_id INTEGER NOT NULL, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_supplier_return PRIMARY KEY (id), \n\tCONSTRAINT fk_supplier_return_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_supplier_return_person_id FOREIGN KEY(person_id) REFERENCES person (id)\n)",
    "CREATE TABLE demand_round (\n\tid INTEGER NOT NULL, \n\ttitle VARCHAR(160) NOT NULL, \n\tcategory_id INTEGER, \n\tpurpose VARCHAR(200) NOT NULL, \n\tnote TEXT NOT NULL, \n\tperiod_from DATE NOT NULL, \n\tperiod_to DATE NOT NULL, \n\tdeadline DATE NOT NULL, \n\tstate VARCHAR(40) NOT NULL, \n\treason TEXT NOT NULL, \n\tframework_id INTEGER, \n\topened_by INTEGER NOT NULL, \n\topened_at DATETIME NOT NULL, \n\tclosed_at DATETIME, \n\tCONSTRAINT pk_demand_round PRIMARY KEY (id), \n\tCONSTRAINT ck_demand_round_period CHECK (period_to >= period_from), \n\tCONSTRAINT ck_demand_round_framework_when_closed CHECK (framework_id IS NULL OR state = 'closed'), \n\tCONSTRAINT fk_demand_round_category_id FOREIGN KEY(category_id) REFERENCES category (id), \n\tCONSTRAINT ck_demand_round_roundstate CHECK (state IN ('collecting', 'reviewing', 'closed', 'cancelled')), \n\tCONSTRAINT fk_demand_round_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_demand_round_opened_by FOREIGN KEY(opened_by) REFERENCES person (id)\n)",
    "CREATE TABLE law_proposal (\n\tid INTEGER NOT NULL, \n\tlaw_id VARCHAR(40) NOT NULL, \n\tsha256 VARCHAR(64) NOT NULL, \n\tvalid_from DATE NOT NULL, \n\treference VARCHAR(200) NOT NULL, \n\tproposed_by INTEGER NOT NULL, \n\tproposed_at DATETIME NOT NULL, \n\tCONSTRAINT pk_law_proposal PRIMARY KEY (id), \n\tCONSTRAINT uq_law_proposal_id_proposed_by UNIQUE (id, proposed_by), \n\tCONSTRAINT ck_law_proposal_reference CHECK (length(trim(reference)) > 0), \n\tCONSTRAINT fk_law_proposal_proposed_by FOREIGN KEY(proposed_by) REFERENCES person (id)\n)",
    "CREATE TABLE supplier_order (\n\tid INTEGER NOT NULL, \n\tnumber VARCHAR(40) NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tsupplier VARCHAR(200) NOT NULL, \n\tby_person INTEGER NOT NULL, \n\tat DATETIME NOT NULL, \n\tpdf_sha256 VARCHAR(64) NOT NULL, \n\tcsv_sha256 VARCHAR(64) NOT NULL, \n\tCONSTRAINT pk_supplier_order PRIMARY KEY (id), \n\tCONSTRAINT uq_supplier_order_number UNIQUE (number), \n\tCONSTRAINT fk_supplier_order_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_supplier_order_by_person FOREIGN KEY(by_person) REFERENCES person (id)\n)",
    "CREATE TABLE year_file (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tyear INTEGER NOT NULL, \n\tstate VARCHAR(40) NOT NULL, \n\ttotal INTEGER NOT NULL, \n\twritten INTEGER NOT NULL, \n\tsize INTEGER NOT NULL, \n\tsha256 VARCHAR(64) NOT NULL, \n\tasked_by INTEGER NOT NULL, \n\tasked_at DATETIME NOT NULL, \n\tfinished_at DATETIME, \n\tCONSTRAINT pk_year_file PRIMARY KEY (id), \n\tCONSTRAINT ck_year_file_progress CHECK (written <= total), \n\tCONSTRAINT ck_year_file_done_with_hash CHECK ((state = 'done') = (sha256 <> '')), \n\tCONSTRAINT fk_year_file_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT ck_year_file_yearfilestate CHECK (state IN ('waiting', 'running', 'done')), \n\tCONSTRAINT fk_year_file_asked_by FOREIGN KEY(asked_by) REFERENCES person (id)\n)",
    "CREATE TABLE notice (\n\tid INTEGER NOT NULL, \n\tperson_id INTEGER NOT NULL, \n\tevent VARCHAR(40) NOT NULL, \n\ttitle VARCHAR(200) NOT NULL, \n\ttext TEXT NOT NULL, \n\taddress VARCHAR(300) NOT NULL, \n\tcause VARCHAR(120) NOT NULL, \n\tat DATETIME NOT NULL, \n\tin_portal BOOLEAN NOT NULL, \n\tread_at DATETIME, \n\twaits_for_digest BOOLEAN NOT NULL, \n\tCONSTRAINT pk_notice PRIMARY KEY (id), \n\tCONSTRAINT uq_notice_person_id_cause UNIQUE (person_id, cause), \n\tCONSTRAINT fk_notice_person_id FOREIGN KEY(person_id) REFERENCES person (id), \n\tCONSTRAINT ck_notice_event CHECK (event IN ('approval_needed', 'approval_lapses', 'order_moved', 'order_message', 'order_change', 'delivery', 'invoice', 'basket', 'budget', 'demand', 'desk_order', 'desk_message', 'desk_change', 'ceiling', 'supply', 'evidence_waits', 'evidence_expires'))\n)",
    "CREATE TABLE notice_choice (\n\tperson_id INTEGER NOT NULL, \n\tevent VARCHAR(40) NOT NULL, \n\tin_portal BOOLEAN NOT NULL, \n\tmail VARCHAR(40) NOT NULL, \n\tCONSTRAINT pk_notice_choice PRIMARY KEY (person_id, event), \n\tCONSTRAINT fk_notice_choice_person_id FOREIGN KEY(person_id) REFERENCES person (id), \n\tCONSTRAINT ck_notice_choice_event CHECK (event IN ('approval_needed', 'approval_lapses', 'order_moved', 'order_message', 'order_change', 'delivery', 'invoice', 'basket', 'budget', 'demand', 'desk_order', 'desk_message', 'desk_change', 'ceiling', 'supply', 'evidence_waits', 'evidence_expires')), \n\tCONSTRAINT ck_notice_choice_mailway CHECK (mail IN ('at_once', 'daily', 'never'))\n)",
    "CREATE TABLE notice_times (\n\tperson_id INTEGER NOT NULL, \n\tquiet_from INTEGER NOT NULL, \n\tquiet_to INTEGER NOT NULL, \n\tdigest_at INTEGER NOT NULL, \n\tCONSTRAINT pk_notice_times PRIMARY KEY (person_id), \n\tCONSTRAINT ck_notice_times_quiet_from CHECK (quiet_from BETWEEN 0 AND 23), \n\tCONSTRAINT ck_notice_times_quiet_to CHECK (quiet_to BETWEEN 0 AND 23), \n\tCONSTRAINT ck_notice_times_digest_at CHECK (digest_at BETWEEN 0 AND 23), \n\tCONSTRAINT fk_notice_times_person_id FOREIGN KEY(person_id) REFERENCES person (id)\n)",
    "CREATE TABLE kept_paper (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tperson_id INTEGER NOT NULL, \n\tfile_name VARCHAR(200) NOT NULL, \n\tfile_sha256 VARCHAR(64) NOT NULL, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_kept_paper PRIMARY KEY (id), \n\tCONSTRAINT fk_kept_paper_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_kept_paper_person_id FOREIGN KEY(person_id) REFERENCES person (id), \n\tCONSTRAINT fk_kept_paper_file_sha256 FOREIGN KEY(file_sha256) REFERENCES stored_file (sha256)\n)",
    "CREATE TABLE basket_comparison (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tperson_id INTEGER NOT NULL, \n\tcontent JSON NOT NULL, \n\tkept_at DATETIME NOT NULL, \n\tCONSTRAINT pk_basket_comparison PRIMARY KEY (id), \n\tCONSTRAINT fk_basket_comparison_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_basket_comparison_person_id FOREIGN KEY(person_id) REFERENCES person (id)\n)",
    "CREATE TABLE parked_basket (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tholder_id INTEGER, \n\tname VARCHAR(80) NOT NULL, \n\tcomment VARCHAR(500) NOT NULL, \n\thanded_over_by INTEGER, \n\tparked_at DATETIME NOT NULL, \n\ttaken_up_by INTEGER, \n\ttaken_up_at DATETIME, \n\tlines JSON NOT NULL, \n\tkits JSON NOT NULL, \n\tCONSTRAINT pk_parked_basket PRIMARY KEY (id), \n\tCONSTRAINT fk_parked_basket_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_parked_basket_holder_id FOREIGN KEY(holder_id) REFERENCES person (id), \n\tCONSTRAINT fk_parked_basket_handed_over_by FOREIGN KEY(handed_over_by) REFERENCES person (id), \n\tCONSTRAINT fk_parked_basket_taken_up_by FOREIGN KEY(taken_up_by) REFERENCES person (id)\n)",
    "CREATE TABLE order_template (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tmade_by INTEGER NOT NULL, \n\tname VARCHAR(80) NOT NULL, \n\tdescription VARCHAR(500) NOT NULL, \n\tsharing VARCHAR(40) NOT NULL, \n\tpieces JSON NOT NULL, \n\tversion INTEGER NOT NULL, \n\tchanged_at DATETIME NOT NULL, \n\tCONSTRAINT pk_order_template PRIMARY KEY (id), \n\tCONSTRAINT fk_order_template_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_order_template_made_by FOREIGN KEY(made_by) REFERENCES person (id), \n\tCONSTRAINT ck_order_template_sharing CHECK (sharing IN ('private', 'member', 'everybody'))\n)",
    "CREATE TABLE outage_form_block (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tfirst INTEGER NOT NULL, \n\tlast INTEGER NOT NULL, \n\tpdf_sha256 VARCHAR(64) NOT NULL, \n\tissued_by INTEGER NOT NULL, \n\tissued_at DATETIME NOT NULL, \n\tCONSTRAINT pk_outage_form_block PRIMARY KEY (id), \n\tCONSTRAINT uq_outage_form_block_member_id_first UNIQUE (member_id, first), \n\tCONSTRAINT ck_outage_form_block_numbers CHECK (first >= 1 AND last >= first), \n\tCONSTRAINT fk_outage_form_block_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_outage_form_block_pdf_sha256 FOREIGN KEY(pdf_sha256) REFERENCES stored_file (sha256), \n\tCONSTRAINT fk_outage_form_block_issued_by FOREIGN KEY(issued_by) REFERENCES person (id)\n)",
    "CREATE TABLE retention_rule (\n\tid INTEGER NOT NULL, \n\tkind VARCHAR(40) NOT NULL, \n\tamount INTEGER NOT NULL, \n\tbasis VARCHAR(200) NOT NULL, \n\tvalid_from DATE NOT NULL, \n\trecorded_at DATETIME NOT NULL, \n\trecorded_by INTEGER NOT NULL, \n\tCONSTRAINT pk_retention_rule PRIMARY KEY (id), \n\tCONSTRAINT ck_retention_rule_kept CHECK (kind IN ('invoices', 'delivery_notes', 'orders', 'decisions', 'evidence', 'frameworks', 'sessions', 'attempts', 'resets', 'tokens', 'messages', 'notices', 'people')), \n\tCONSTRAINT fk_retention_rule_recorded_by FOREIGN KEY(recorded_by) REFERENCES person (id)\n)",
    "CREATE TABLE legal_hold (\n\tid INTEGER NOT NULL, \n\tsubject VARCHAR(60) NOT NULL, \n\treason VARCHAR(300) NOT NULL, \n\tset_at DATETIME NOT NULL, \n\tset_by INTEGER NOT NULL, \n\tlift_reason VARCHAR(300), \n\tlifted_at DATETIME, \n\tlifted_by INTEGER, \n\tCONSTRAINT pk_legal_hold PRIMARY KEY (id), \n\tCONSTRAINT ck_legal_hold_lifted_by_somebody CHECK ((lifted_at IS NULL) = (lifted_by IS NULL)), \n\tCONSTRAINT fk_legal_hold_set_by FOREIGN KEY(set_by) REFERENCES person (id), \n\tCONSTRAINT fk_legal_hold_lifted_by FOREIGN KEY(lifted_by) REFERENCES person (id)\n)",
    "CREATE TABLE catalog_entry (\n\tid INTEGER NOT NULL, \n\tcatalog_version_id INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\tline INTEGER NOT NULL, \n\tchange VARCHAR(40) NOT NULL, \n\tname VARCHAR(255) NOT NULL, \n\tcategory VARCHAR(100) NOT NULL, \n\told_price BIGINT, \n\tnew_price BIGINT, \n\tstop VARCHAR(40), \n\tstop_reason VARCHAR(400) NOT NULL, \n\tcontent_sha256 VARCHAR(64) NOT NULL, \n\ttext_digest VARCHAR(32) DEFAULT '' NOT NULL, \n\tquiet_until DATE, \n\tcontent TEXT NOT NULL, \n\tCONSTRAINT pk_catalog_entry PRIMARY KEY (id), \n\tCONSTRAINT uq_catalog_entry_catalog_version_id_sku UNIQUE (catalog_version_id, sku), \n\tCONSTRAINT fk_catalog_entry_catalog_version_id FOREIGN KEY(catalog_version_id) REFERENCES catalog_version (id), \n\tCONSTRAINT ck_catalog_entry_change CHECK (change IN ('new', 'changed', 'regrouped', 'removed')), \n\tCONSTRAINT ck_catalog_entry_stop CHECK (stop IN ('rise_forbidden', 'outside_corridor', 'price_lost'))\n)",
    "CREATE TABLE approval_rule (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tposition INTEGER NOT NULL, \n\ttitle VARCHAR(80) NOT NULL, \n\tabove BIGINT NOT NULL, \n\tup_to BIGINT, \n\taccount VARCHAR(60) NOT NULL, \n\tcategory_id INTEGER, \n\tunit_id INTEGER, \n\tescalate_after_days INTEGER, \n\tescalate_to INTEGER, \n\tadded_by INTEGER NOT NULL, \n\tadded_at DATETIME NOT NULL, \n\tended_on DATE, \n\tCONSTRAINT pk_approval_rule PRIMARY KEY (id), \n\tCONSTRAINT ck_approval_rule_up_to CHECK (up_to IS NULL OR up_to > above), \n\tCONSTRAINT ck_approval_rule_escalate_after_days CHECK (escalate_after_days BETWEEN 1 AND 60), \n\tCONSTRAINT fk_approval_rule_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_approval_rule_category_id FOREIGN KEY(category_id) REFERENCES category (id), \n\tCONSTRAINT fk_approval_rule_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id), \n\tCONSTRAINT fk_approval_rule_escalate_to FOREIGN KEY(escalate_to) REFERENCES person (id), \n\tCONSTRAINT fk_approval_rule_added_by FOREIGN KEY(added_by) REFERENCES person (id)\n)",
    "CREATE TABLE budget_movement (\n\tid INTEGER NOT NULL, \n\tbudget_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tbooking VARCHAR(40) NOT NULL, \n\tsubject VARCHAR(40) NOT NULL, \n\tinvoice VARCHAR(40) NOT NULL, \n\tamount BIGINT NOT NULL, \n\tcommitted BIGINT NOT NULL, \n\tactual BIGINT NOT NULL, \n\tperson_id INTEGER, \n\treason VARCHAR(1000) NOT NULL, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_budget_movement PRIMARY KEY (id), \n\tCONSTRAINT fk_budget_movement_budget_id_member_id FOREIGN KEY(budget_id, member_id) REFERENCES budget (id, member_id), \n\tCONSTRAINT ck_budget_movement_booking CHECK (booking IN ('open', 'change', 'commit', 'adjust', 'release', 'invoice', 'cancel_invoice')), \n\tCONSTRAINT fk_budget_movement_person_id FOREIGN KEY(person_id) REFERENCES person (id)\n)",
    "CREATE TABLE kit_component (\n\tid INTEGER NOT NULL, \n\tkit_id INTEGER NOT NULL, \n\tposition INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\tquantity INTEGER NOT NULL, \n\tCONSTRAINT pk_kit_component PRIMARY KEY (id), \n\tCONSTRAINT uq_kit_component_kit_id_sku UNIQUE (kit_id, sku), \n\tCONSTRAINT ck_kit_component_quantity CHECK (quantity >= 1), \n\tCONSTRAINT fk_kit_component_kit_id FOREIGN KEY(kit_id) REFERENCES kit (id)\n)",
    "CREATE TABLE option_target (\n\tid INTEGER NOT NULL, \n\toption_rule_id INTEGER NOT NULL, \n\tposition INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\tCONSTRAINT pk_option_target PRIMARY KEY (id), \n\tCONSTRAINT uq_option_target_option_rule_id_sku UNIQUE (option_rule_id, sku), \n\tCONSTRAINT fk_option_target_option_rule_id FOREIGN KEY(option_rule_id) REFERENCES option_rule (id)\n)",
    "CREATE TABLE framework_supplier (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tlot_id INTEGER, \n\tname VARCHAR(160) NOT NULL, \n\tvat_id VARCHAR(20), \n\tmail VARCHAR(254) DEFAULT '' NOT NULL, \n\tsupplier_rank INTEGER NOT NULL, \n\tshare INTEGER NOT NULL, \n\tvalid_from DATE NOT NULL, \n\tvalid_to DATE, \n\treplaces_id INTEGER, \n\tCONSTRAINT pk_framework_supplier PRIMARY KEY (id), \n\tCONSTRAINT ck_framework_supplier_supplier_rank CHECK (supplier_rank >= 1), \n\tCONSTRAINT ck_framework_supplier_share CHECK (share >= 1), \n\tCONSTRAINT fk_framework_supplier_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_framework_supplier_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT fk_framework_supplier_replaces_id FOREIGN KEY(replaces_id) REFERENCES framework_supplier (id)\n)",
    "CREATE TABLE extension_option (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tnumber INTEGER NOT NULL, \n\tmonths INTEGER NOT NULL, \n\tnotice_by DATE NOT NULL, \n\texercised BOOLEAN, \n\tdecided_on DATE, \n\tdecided_by VARCHAR(160) DEFAULT '' NOT NULL, \n\tdocument_id INTEGER, \n\tCONSTRAINT pk_extension_option PRIMARY KEY (id), \n\tCONSTRAINT uq_extension_option_framework_id_number UNIQUE (framework_id, number), \n\tCONSTRAINT ck_extension_option_months CHECK (months >= 1), \n\tCONSTRAINT ck_extension_option_decided CHECK ((decided_on IS NULL) = (exercised IS NULL)), \n\tCONSTRAINT fk_extension_option_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_extension_option_document_id FOREIGN KEY(document_id) REFERENCES framework_document (id)\n)",
    "CREATE TABLE article_cap (\n\tid INTEGER NOT NULL, \n\tlot_id INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\tmaximum_quantity INTEGER, \n\traised_by INTEGER, \n\tgiven_back_by INTEGER, \n\treserved_quantity INTEGER NOT NULL, \n\tcalled_off_quantity INTEGER NOT NULL, \n\tCONSTRAINT pk_article_cap PRIMARY KEY (id), \n\tCONSTRAINT uq_article_cap_lot_id_sku UNIQUE (lot_id, sku), \n\tCONSTRAINT ck_article_cap_reserved_quantity CHECK (reserved_quantity >= 0), \n\tCONSTRAINT ck_article_cap_called_off_quantity CHECK (called_off_quantity >= 0), \n\tCONSTRAINT ck_article_cap_quantity_ceiling CHECK (maximum_quantity IS NULL OR reserved_quantity + called_off_quantity <= maximum_quantity), \n\tCONSTRAINT fk_article_cap_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id)\n)",
    "CREATE TABLE member_quota (\n\tid INTEGER NOT NULL, \n\tlot_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tmaximum_value BIGINT, \n\tmaximum_quantity INTEGER, \n\traised_by INTEGER, \n\tgiven_back_by INTEGER, \n\treserved_value BIGINT NOT NULL, \n\tcalled_off_value BIGINT NOT NULL, \n\treserved_quantity INTEGER NOT NULL, \n\tcalled_off_quantity INTEGER NOT NULL, \n\tCONSTRAINT pk_member_quota PRIMARY KEY (id), \n\tCONSTRAINT uq_member_quota_lot_id_member_id UNIQUE (lot_id, member_id), \n\tCONSTRAINT ck_member_quota_reserved_value CHECK (reserved_value >= 0), \n\tCONSTRAINT ck_member_quota_called_off_value CHECK (called_off_value >= 0), \n\tCONSTRAINT ck_member_quota_reserved_quantity CHECK (reserved_quantity >= 0), \n\tCONSTRAINT ck_member_quota_called_off_quantity CHECK (called_off_quantity >= 0), \n\tCONSTRAINT ck_member_quota_value_ceiling CHECK (maximum_value IS NULL OR reserved_value + called_off_value <= maximum_value), \n\tCONSTRAINT ck_member_quota_quantity_ceiling CHECK (maximum_quantity IS NULL OR reserved_quantity + called_off_quantity <= maximum_quantity), \n\tCONSTRAINT fk_member_quota_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT fk_member_quota_member_id FOREIGN KEY(member_id) REFERENCES member (id)\n)",
    "CREATE TABLE ceiling_alert (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tlot_id INTEGER, \n\tmember_id INTEGER, \n\tbound VARCHAR(60) NOT NULL, \n\tmeasure VARCHAR(10) NOT NULL, \n\tpercent INTEGER NOT NULL, \n\tused BIGINT NOT NULL, \n\tmaximum BIGINT NOT NULL, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_ceiling_alert PRIMARY KEY (id), \n\tCONSTRAINT uq_ceiling_alert_bound_measure_percent_maximum UNIQUE (bound, measure, percent, maximum), \n\tCONSTRAINT fk_ceiling_alert_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_ceiling_alert_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT fk_ceiling_alert_member_id FOREIGN KEY(member_id) REFERENCES member (id)\n)",
    "CREATE TABLE return_sheet (\n\tid INTEGER NOT NULL, \n\treturn_id INTEGER NOT NULL, \n\tfile_name VARCHAR(200) NOT NULL, \n\tfile_sha256 VARCHAR(64) NOT NULL, \n\trows INTEGER NOT NULL, \n\tremarks JSON NOT NULL, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_return_sheet PRIMARY KEY (id), \n\tCONSTRAINT uq_return_sheet_return_id UNIQUE (return_id), \n\tCONSTRAINT fk_return_sheet_return_id FOREIGN KEY(return_id) REFERENCES supplier_return (id), \n\tCONSTRAINT fk_return_sheet_file_sha256 FOREIGN KEY(file_sha256) REFERENCES stored_file (sha256)\n)",
    "CREATE TABLE round_answer (\n\tid INTEGER NOT NULL, \n\tround_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\trequested INTEGER NOT NULL, \n\tnote TEXT NOT NULL, \n\tanswered_by INTEGER NOT NULL, \n\tanswered_at DATETIME NOT NULL, \n\tapproved INTEGER, \n\tapproval_reason TEXT NOT NULL, \n\tapproved_by INTEGER, \n\tapproved_at DATETIME, \n\tCONSTRAINT pk_round_answer PRIMARY KEY (id), \n\tCONSTRAINT uq_round_answer_round_id_member_id UNIQUE (round_id, member_id), \n\tCONSTRAINT ck_round_answer_requested CHECK (requested >= 0), \n\tCONSTRAINT ck_round_answer_approved CHECK (approved >= 0 AND approved <= requested), \n\tCONSTRAINT ck_round_answer_reason_when_lower CHECK (approved IS NULL OR approved = requested OR approval_reason <> ''), \n\tCONSTRAINT fk_round_answer_round_id FOREIGN KEY(round_id) REFERENCES demand_round (id), \n\tCONSTRAINT fk_round_answer_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_round_answer_answered_by FOREIGN KEY(answered_by) REFERENCES person (id), \n\tCONSTRAINT fk_round_answer_approved_by FOREIGN KEY(approved_by) REFERENCES person (id)\n)",
    "CREATE TABLE demand_need (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\treported_by INTEGER NOT NULL, \n\treported_at DATETIME NOT NULL, \n\treported_on DATE NOT NULL, \n\twhat VARCHAR(200) NOT NULL, \n\tsubject VARCHAR(200) NOT NULL, \n\tcategory_id INTEGER, \n\tquantity INTEGER NOT NULL, \n\tneeded_by DATE NOT NULL, \n\treason TEXT NOT NULL, \n\tbought_by VARCHAR(40) NOT NULL, \n\tminutes_lost INTEGER, \n\testimated_net BIGINT, \n\tstate VARCHAR(40) NOT NULL, \n\tdecision_reason TEXT NOT NULL, \n\tdecided_by INTEGER, \n\tdecided_at DATETIME, \n\tround_id INTEGER, \n\tsku VARCHAR(64), \n\tCONSTRAINT pk_demand_need PRIMARY KEY (id), \n\tCONSTRAINT ck_demand_need_quantity CHECK (quantity >= 1), \n\tCONSTRAINT ck_demand_need_minutes_lost CHECK (minutes_lost >= 0), \n\tCONSTRAINT ck_demand_need_estimated_net CHECK (estimated_net >= 0), \n\tCONSTRAINT ck_demand_need_planned_for_round CHECK (state <> 'planned' OR round_id IS NOT NULL), \n\tCONSTRAINT ck_demand_need_declined_with_reason CHECK (state <> 'declined' OR decision_reason <> ''), \n\tCONSTRAINT fk_demand_need_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_demand_need_reported_by FOREIGN KEY(reported_by) REFERENCES person (id), \n\tCONSTRAINT fk_demand_need_category_id FOREIGN KEY(category_id) REFERENCES category (id), \n\tCONSTRAINT ck_demand_need_boughtby CHECK (bought_by IN ('own_tender', 'direct_purchase', 'other_framework', 'not_bought')), \n\tCONSTRAINT ck_demand_need_needstate CHECK (state IN ('open', 'planned', 'available', 'declined', 'withdrawn')), \n\tCONSTRAINT fk_demand_need_decided_by FOREIGN KEY(decided_by) REFERENCES person (id), \n\tCONSTRAINT fk_demand_need_round_id FOREIGN KEY(round_id) REFERENCES demand_round (id)\n)",
    "CREATE TABLE law_verdict (\n\tproposal_id INTEGER NOT NULL, \n\tproposed_by INTEGER NOT NULL, \n\tapproved BOOLEAN NOT NULL, \n\treason VARCHAR(1000) NOT NULL, \n\tdecided_by INTEGER NOT NULL, \n\tdecided_at DATETIME NOT NULL, \n\tCONSTRAINT pk_law_verdict PRIMARY KEY (proposal_id), \n\tCONSTRAINT fk_law_verdict_proposal_id_proposed_by FOREIGN KEY(proposal_id, proposed_by) REFERENCES law_proposal (id, proposed_by), \n\tCONSTRAINT ck_law_verdict_second_person CHECK (decided_by <> proposed_by), \n\tCONSTRAINT ck_law_verdict_refusal_has_reason CHECK (approved OR length(trim(reason)) > 0), \n\tCONSTRAINT fk_law_verdict_decided_by FOREIGN KEY(decided_by) REFERENCES person (id)\n)",
    "CREATE TABLE evidence_verdict (\n\tdocument_id INTEGER NOT NULL, \n\tentered_by INTEGER NOT NULL, \n\tapproved BOOLEAN NOT NULL, \n\treason TEXT NOT NULL, \n\tdecided_by INTEGER NOT NULL, \n\tdecided_at DATETIME NOT NULL, \n\tCONSTRAINT pk_evidence_verdict PRIMARY KEY (document_id), \n\tCONSTRAINT fk_evidence_verdict_document_id_entered_by FOREIGN KEY(document_id, entered_by) REFERENCES evidence_document (id, stored_by), \n\tCONSTRAINT ck_evidence_verdict_second_person CHECK (decided_by <> entered_by), \n\tCONSTRAINT ck_evidence_verdict_refusal_has_reason CHECK (approved OR length(trim(reason)) > 0), \n\tCONSTRAINT fk_evidence_verdict_decided_by FOREIGN KEY(decided_by) REFERENCES person (id)\n)",
    "CREATE TABLE basket_kit (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tperson_id INTEGER NOT NULL, \n\tkit_id INTEGER NOT NULL, \n\tquantity INTEGER NOT NULL, \n\tadded_at DATETIME NOT NULL, \n\tCONSTRAINT pk_basket_kit PRIMARY KEY (id), \n\tCONSTRAINT uq_basket_kit_member_id_person_id_kit_id UNIQUE (member_id, person_id, kit_id), \n\tCONSTRAINT ck_basket_kit_quantity CHECK (quantity >= 1), \n\tCONSTRAINT fk_basket_kit_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_basket_kit_person_id FOREIGN KEY(person_id) REFERENCES person (id), \n\tCONSTRAINT fk_basket_kit_kit_id FOREIGN KEY(kit_id) REFERENCES kit (id)\n)",
    "CREATE TABLE article_label (\n\tid INTEGER NOT NULL, \n\tarticle_id INTEGER NOT NULL, \n\tlabel VARCHAR(40) NOT NULL, \n\tgrade VARCHAR(40) NOT NULL, \n\tvalid_from DATE NOT NULL, \n\tvalid_to DATE, \n\tproof_url VARCHAR(300) NOT NULL, \n\tproof_sha256 VARCHAR(64), \n\tcatalog_version_id INTEGER, \n\trecorded_at DATETIME NOT NULL, \n\trecorded_by INTEGER, \n\twithdrawn_at DATETIME, \n\twithdrawn_by INTEGER, \n\tCONSTRAINT pk_article_label PRIMARY KEY (id), \n\tCONSTRAINT ck_article_label_validity CHECK (valid_to IS NULL OR valid_to > valid_from), \n\tCONSTRAINT fk_article_label_article_id FOREIGN KEY(article_id) REFERENCES article (id), \n\tCONSTRAINT ck_article_label_label CHECK (label IN ('blauer-engel', 'eu-ecolabel', 'tco-certified', 'epeat', 'energy-star')), \n\tCONSTRAINT fk_article_label_proof_sha256 FOREIGN KEY(proof_sha256) REFERENCES stored_file (sha256), \n\tCONSTRAINT fk_article_label_catalog_version_id FOREIGN KEY(catalog_version_id) REFERENCES catalog_version (id), \n\tCONSTRAINT fk_article_label_recorded_by FOREIGN KEY(recorded_by) REFERENCES person (id), \n\tCONSTRAINT fk_article_label_withdrawn_by FOREIGN KEY(withdrawn_by) REFERENCES person (id)\n)",
    "CREATE TABLE article_media (\n\tid INTEGER NOT NULL, \n\tarticle_id INTEGER NOT NULL, \n\tkind VARCHAR(40) NOT NULL, \n\tposition INTEGER NOT NULL, \n\ttitle VARCHAR(200) NOT NULL, \n\tfile_name VARCHAR(200) NOT NULL, \n\torigin_sha256 VARCHAR(64) NOT NULL, \n\tsha256 VARCHAR(64) NOT NULL, \n\tthumbnail_sha256 VARCHAR(64), \n\tsize INTEGER NOT NULL, \n\twidth INTEGER, \n\theight INTEGER, \n\tcatalog_version_id INTEGER, \n\trecorded_at DATETIME NOT NULL, \n\trecorded_by INTEGER, \n\twithdrawn_at DATETIME, \n\twithdrawn_by INTEGER, \n\tCONSTRAINT pk_article_media PRIMARY KEY (id), \n\tCONSTRAINT ck_article_media_thumbnail CHECK (kind <> 'picture' OR thumbnail_sha256 IS NOT NULL), \n\tCONSTRAINT fk_article_media_article_id FOREIGN KEY(article_id) REFERENCES article (id), \n\tCONSTRAINT ck_article_media_mediakind CHECK (kind IN ('picture', 'document')), \n\tCONSTRAINT fk_article_media_sha256 FOREIGN KEY(sha256) REFERENCES stored_file (sha256), \n\tCONSTRAINT fk_article_media_thumbnail_sha256 FOREIGN KEY(thumbnail_sha256) REFERENCES stored_file (sha256), \n\tCONSTRAINT fk_article_media_catalog_version_id FOREIGN KEY(catalog_version_id) REFERENCES catalog_version (id), \n\tCONSTRAINT fk_article_media_recorded_by FOREIGN KEY(recorded_by) REFERENCES person (id), \n\tCONSTRAINT fk_article_media_withdrawn_by FOREIGN KEY(withdrawn_by) REFERENCES person (id)\n)",
    "CREATE TABLE article_edit (\n\tid INTEGER NOT NULL, \n\tarticle_id INTEGER NOT NULL, \n\twhat VARCHAR(40) NOT NULL, \n\tdetail VARCHAR(300) NOT NULL, \n\tat DATETIME NOT NULL, \n\tby_person INTEGER, \n\tCONSTRAINT pk_article_edit PRIMARY KEY (id), \n\tCONSTRAINT fk_article_edit_article_id FOREIGN KEY(article_id) REFERENCES article (id), \n\tCONSTRAINT fk_article_edit_by_person FOREIGN KEY(by_person) REFERENCES person (id)\n)",
    "CREATE TABLE approval_rule_step (\n\tid INTEGER NOT NULL, \n\trule_id INTEGER NOT NULL, \n\tposition INTEGER NOT NULL, \n\tstage INTEGER NOT NULL, \n\tperson_id INTEGER, \n\tCONSTRAINT pk_approval_rule_step PRIMARY KEY (id), \n\tCONSTRAINT uq_approval_rule_step_rule_id_position UNIQUE (rule_id, position), \n\tCONSTRAINT uq_approval_rule_step_rule_id_person_id UNIQUE (rule_id, person_id), \n\tCONSTRAINT ck_approval_rule_step_position CHECK (position BETWEEN 1 AND 5), \n\tCONSTRAINT ck_approval_rule_step_stage CHECK (stage BETWEEN 1 AND 5), \n\tCONSTRAINT fk_approval_rule_step_rule_id FOREIGN KEY(rule_id) REFERENCES approval_rule (id), \n\tCONSTRAINT fk_approval_rule_step_person_id FOREIGN KEY(person_id) REFERENCES person (id)\n)",
    "CREATE TABLE approval_path (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tsubject VARCHAR(60) NOT NULL, \n\tround INTEGER NOT NULL, \n\tsubject_sha256 VARCHAR(64) NOT NULL, \n\trule_id INTEGER, \n\trequested_by INTEGER NOT NULL, \n\tvalue BIGINT NOT NULL, \n\tcounted BIGINT NOT NULL, \n\topened_at DATETIME NOT NULL, \n\tCONSTRAINT pk_approval_path PRIMARY KEY (id), \n\tCONSTRAINT uq_approval_path_subject_round UNIQUE (subject, round), \n\tCONSTRAINT fk_approval_path_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_approval_path_rule_id FOREIGN KEY(rule_id) REFERENCES approval_rule (id), \n\tCONSTRAINT fk_approval_path_requested_by FOREIGN KEY(requested_by) REFERENCES person (id)\n)",
    "CREATE TABLE search_entry (\n\tarticle_id INTEGER NOT NULL, \n\tlot_id INTEGER NOT NULL, \n\tprofile_id BIGINT NOT NULL, \n\twords TEXT NOT NULL, \n\tnumbers TEXT NOT NULL, \n\thead TEXT NOT NULL, \n\tname_key VARCHAR(80) NOT NULL, \n\tprice BIGINT, \n\tprice_from DATE NOT NULL, \n\tprice_until DATE, \n\tdelivery_days INTEGER, \n\tfamily_id BIGINT, \n\tin_stock_until DATE, \n\tCONSTRAINT pk_search_entry PRIMARY KEY (article_id), \n\tCONSTRAINT fk_search_entry_article_id FOREIGN KEY(article_id) REFERENCES article (id) ON DELETE CASCADE, \n\tCONSTRAINT fk_search_entry_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT fk_search_entry_profile_id FOREIGN KEY(profile_id) REFERENCES facet_profile (id)\n)",
    "CREATE TABLE device_model (\n\tid INTEGER NOT NULL, \n\tarticle_id INTEGER NOT NULL, \n\tmodel VARCHAR(120) NOT NULL, \n\tfolded VARCHAR(120) NOT NULL, \n\town BOOLEAN NOT NULL, \n\tCONSTRAINT pk_device_model PRIMARY KEY (id), \n\tCONSTRAINT uq_device_model_article_id_folded UNIQUE (article_id, folded), \n\tCONSTRAINT fk_device_model_article_id FOREIGN KEY(article_id) REFERENCES article (id)\n)",
    "CREATE TABLE stock_figure (\n\tid INTEGER NOT NULL, \n\tarticle_id INTEGER NOT NULL, \n\tsupplier_id INTEGER, \n\treport_id INTEGER NOT NULL, \n\tquantity INTEGER NOT NULL, \n\tas_of DATETIME NOT NULL, \n\tcounts_until DATE NOT NULL, \n\tnext_on DATE, \n\tdispatch_days INTEGER, \n\tCONSTRAINT pk_stock_figure PRIMARY KEY (id), \n\tCONSTRAINT ck_stock_figure_quantity CHECK (quantity >= 0), \n\tCONSTRAINT uq_stock_figure_article_id_supplier_id UNIQUE (article_id, supplier_id), \n\tCONSTRAINT fk_stock_figure_article_id FOREIGN KEY(article_id) REFERENCES article (id), \n\tCONSTRAINT fk_stock_figure_supplier_id FOREIGN KEY(supplier_id) REFERENCES framework_supplier (id), \n\tCONSTRAINT fk_stock_figure_report_id FOREIGN KEY(report_id) REFERENCES stock_report (id)\n)",
    "CREATE TABLE supplier_award (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tlot_id INTEGER NOT NULL, \n\tsupplier_id INTEGER NOT NULL, \n\tsubject VARCHAR(60) NOT NULL, \n\tevent VARCHAR(40) NOT NULL, \n\tvalue BIGINT NOT NULL, \n\treason TEXT NOT NULL, \n\tperson_id INTEGER, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_supplier_award PRIMARY KEY (id), \n\tCONSTRAINT fk_supplier_award_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_supplier_award_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT fk_supplier_award_supplier_id FOREIGN KEY(supplier_id) REFERENCES framework_supplier (id), \n\tCONSTRAINT ck_supplier_award_awardevent CHECK (event IN ('chosen', 'declined', 'expired', 'returned')), \n\tCONSTRAINT fk_supplier_award_person_id FOREIGN KEY(person_id) REFERENCES person (id)\n)",
    "CREATE TABLE cap_movement (\n\tid INTEGER NOT NULL, \n\tcap_id INTEGER NOT NULL, \n\tmove VARCHAR(40) NOT NULL, \n\tsubject VARCHAR(60) NOT NULL, \n\treserved INTEGER NOT NULL, \n\tcalled_off INTEGER NOT NULL, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_cap_movement PRIMARY KEY (id), \n\tCONSTRAINT fk_cap_movement_cap_id FOREIGN KEY(cap_id) REFERENCES article_cap (id), \n\tCONSTRAINT ck_cap_movement_ceilingmove CHECK (move IN ('opening', 'reserve', 'call_off', 'release', 'return', 'correct'))\n)",
    "CREATE TABLE evidence_override_request (\n\tid INTEGER NOT NULL, \n\tfact_id INTEGER NOT NULL, \n\texpired_on DATE NOT NULL, \n\tasked_on DATE NOT NULL, \n\tdays INTEGER NOT NULL, \n\treason TEXT NOT NULL, \n\tasked_by INTEGER NOT NULL, \n\tasked_at DATETIME NOT NULL, \n\tCONSTRAINT pk_evidence_override_request PRIMARY KEY (id), \n\tCONSTRAINT uq_evidence_override_request_id_fact_id_asked_by_days UNIQUE (id, fact_id, asked_by, days), \n\tCONSTRAINT ck_evidence_override_request_days CHECK (days BETWEEN 1 AND 30), \n\tCONSTRAINT ck_evidence_override_request_reason CHECK (length(trim(reason)) > 0), \n\tCONSTRAINT ck_evidence_override_request_only_expired CHECK (expired_on < asked_on), \n\tCONSTRAINT fk_evidence_override_request_fact_id FOREIGN KEY(fact_id) REFERENCES fact (id), \n\tCONSTRAINT fk_evidence_override_request_asked_by FOREIGN KEY(asked_by) REFERENCES person (id)\n)",
    "CREATE TABLE evidence_reminder (\n\tfact_id INTEGER NOT NULL, \n\tlast_day DATE NOT NULL, \n\tstage INTEGER NOT NULL, \n\ttold_at DATETIME NOT NULL, \n\tCONSTRAINT pk_evidence_reminder PRIMARY KEY (fact_id, last_day, stage), \n\tCONSTRAINT fk_evidence_reminder_fact_id FOREIGN KEY(fact_id) REFERENCES fact (id)\n)",
    "CREATE TABLE call_off_kit (\n\tid INTEGER NOT NULL, \n\tcall_off_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tposition INTEGER NOT NULL, \n\tnumber VARCHAR(20) NOT NULL, \n\ttitle VARCHAR(120) NOT NULL, \n\tquantity INTEGER NOT NULL, \n\tpieces JSON NOT NULL, \n\tCONSTRAINT pk_call_off_kit PRIMARY KEY (id), \n\tCONSTRAINT uq_call_off_kit_call_off_id_position UNIQUE (call_off_id, position), \n\tCONSTRAINT fk_call_off_kit_call_off_id_member_id FOREIGN KEY(call_off_id, member_id) REFERENCES call_off (id, member_id), \n\tCONSTRAINT ck_call_off_kit_quantity CHECK (quantity >= 1)\n)",
    "CREATE TABLE call_off_check (\n\tid INTEGER NOT NULL, \n\tcall_off_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tdecision_id INTEGER NOT NULL, \n\tphase VARCHAR(40) NOT NULL, \n\ton_day DATE NOT NULL, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_call_off_check PRIMARY KEY (id), \n\tCONSTRAINT fk_call_off_check_call_off_id_member_id FOREIGN KEY(call_off_id, member_id) REFERENCES call_off (id, member_id), \n\tCONSTRAINT fk_call_off_check_decision_id_member_id FOREIGN KEY(decision_id, member_id) REFERENCES eligibility_decision (id, member_id), \n\tCONSTRAINT uq_call_off_check_decision_id UNIQUE (decision_id), \n\tCONSTRAINT ck_call_off_check_phase CHECK (phase IN ('preview', 'submission', 'placement', 'manual', 'running', 'delivery', 'invoice'))\n)",
    "CREATE TABLE call_off_paper (\n\tid INTEGER NOT NULL, \n\tcall_off_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tby_person INTEGER NOT NULL, \n\tfile_name VARCHAR(200) NOT NULL, \n\tfile_sha256 VARCHAR(64) NOT NULL, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_call_off_paper PRIMARY KEY (id), \n\tCONSTRAINT fk_call_off_paper_call_off_id_member_id FOREIGN KEY(call_off_id, member_id) REFERENCES call_off (id, member_id), \n\tCONSTRAINT fk_call_off_paper_by_person FOREIGN KEY(by_person) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_paper_file_sha256 FOREIGN KEY(file_sha256) REFERENCES stored_file (sha256)\n)",
    "CREATE TABLE call_off_change (\n\tid INTEGER NOT NULL, \n\tcall_off_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tposition INTEGER NOT NULL, \n\tstate VARCHAR(40) NOT NULL, \n\tversion INTEGER NOT NULL, \n\tasked_by INTEGER NOT NULL, \n\tasked_at DATETIME NOT NULL, \n\treason TEXT NOT NULL, \n\tasking_decision_id INTEGER, \n\tapplying_decision_id INTEGER, \n\tapproved_by INTEGER, \n\tself_approval_evidence_id INTEGER, \n\tclosed_at DATETIME, \n\tCONSTRAINT pk_call_off_change PRIMARY KEY (id), \n\tCONSTRAINT uq_call_off_change_call_off_id_position UNIQUE (call_off_id, position), \n\tCONSTRAINT fk_call_off_change_call_off_id_member_id FOREIGN KEY(call_off_id, member_id) REFERENCES call_off (id, member_id), \n\tCONSTRAINT fk_call_off_change_asking_decision_id_member_id FOREIGN KEY(asking_decision_id, member_id) REFERENCES eligibility_decision (id, member_id), \n\tCONSTRAINT fk_call_off_change_applying_decision_id_member_id FOREIGN KEY(applying_decision_id, member_id) REFERENCES eligibility_decision (id, member_id), \n\tCONSTRAINT ck_call_off_change_four_eyes CHECK (approved_by IS NULL OR approved_by <> asked_by OR self_approval_evidence_id IS NOT NULL), \n\tCONSTRAINT ck_call_off_change_closed CHECK ((state IN ('asked', 'offered', 'agreed')) = (closed_at IS NULL)), \n\tCONSTRAINT ck_call_off_change_changestate CHECK (state IN ('asked', 'offered', 'agreed', 'done', 'rejected', 'declined', 'refused', 'withdrawn', 'lapsed')), \n\tCONSTRAINT fk_call_off_change_asked_by FOREIGN KEY(asked_by) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_change_approved_by FOREIGN KEY(approved_by) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_change_self_approval_evidence_id FOREIGN KEY(self_approval_evidence_id) REFERENCES evidence_document (id)\n)",
    "CREATE TABLE call_off_comparison (\n\tid INTEGER NOT NULL, \n\tcall_off_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tcontent JSON NOT NULL, \n\tkept_at DATETIME NOT NULL, \n\tCONSTRAINT pk_call_off_comparison PRIMARY KEY (id), \n\tCONSTRAINT fk_call_off_comparison_call_off_id FOREIGN KEY(call_off_id) REFERENCES call_off (id), \n\tCONSTRAINT fk_call_off_comparison_member_id FOREIGN KEY(member_id) REFERENCES member (id)\n)",
    "CREATE TABLE market_check (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\tquantity INTEGER NOT NULL, \n\tcontract_price BIGINT NOT NULL, \n\tcheaper_elsewhere BOOLEAN NOT NULL, \n\tresult VARCHAR(200) NOT NULL, \n\toutcome VARCHAR(40) NOT NULL, \n\treason TEXT NOT NULL, \n\tneed_id INTEGER, \n\tchecked_by INTEGER NOT NULL, \n\tchecked_at DATETIME NOT NULL, \n\tCONSTRAINT pk_market_check PRIMARY KEY (id), \n\tCONSTRAINT ck_market_check_quantity CHECK (quantity >= 1), \n\tCONSTRAINT ck_market_check_need CHECK ((outcome = 'elsewhere') = (need_id IS NOT NULL)), \n\tCONSTRAINT ck_market_check_reason_if_cheaper CHECK (NOT cheaper_elsewhere OR length(trim(reason)) > 0), \n\tCONSTRAINT fk_market_check_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT ck_market_check_marketoutcome CHECK (outcome IN ('called_off', 'elsewhere')), \n\tCONSTRAINT fk_market_check_need_id FOREIGN KEY(need_id) REFERENCES demand_need (id), \n\tCONSTRAINT fk_market_check_checked_by FOREIGN KEY(checked_by) REFERENCES person (id)\n)",
    "CREATE TABLE approval_step (\n\tid INTEGER NOT NULL, \n\tpath_id INTEGER NOT NULL, \n\tposition INTEGER NOT NULL, \n\tstage INTEGER NOT NULL, \n\tperson_id INTEGER, \n\tCONSTRAINT pk_approval_step PRIMARY KEY (id), \n\tCONSTRAINT uq_approval_step_path_id_position UNIQUE (path_id, position), \n\tCONSTRAINT ck_approval_step_position CHECK (position BETWEEN 1 AND 5), \n\tCONSTRAINT fk_approval_step_path_id FOREIGN KEY(path_id) REFERENCES approval_path (id), \n\tCONSTRAINT fk_approval_step_person_id FOREIGN KEY(person_id) REFERENCES person (id)\n)",
    "CREATE TABLE evidence_override (\n\trequest_id INTEGER NOT NULL, \n\tfact_id INTEGER NOT NULL, \n\tasked_by INTEGER NOT NULL, \n\tdays INTEGER NOT NULL, \n\tconfirmed BOOLEAN NOT NULL, \n\treason TEXT NOT NULL, \n\tbegins_on DATE NOT NULL, \n\tdecided_by INTEGER NOT NULL, \n\tdecided_at DATETIME NOT NULL, \n\tCONSTRAINT pk_evidence_override PRIMARY KEY (request_id), \n\tCONSTRAINT fk_evidence_override_request_id_fact_id_asked_by_days FOREIGN KEY(request_id, fact_id, asked_by, days) REFERENCES evidence_override_request (id, fact_id, asked_by, days), \n\tCONSTRAINT ck_evidence_override_second_person CHECK (decided_by <> asked_by), \n\tCONSTRAINT ck_evidence_override_days CHECK (days BETWEEN 1 AND 30), \n\tCONSTRAINT ck_evidence_override_refusal_has_reason CHECK (confirmed OR length(trim(reason)) > 0), \n\tCONSTRAINT fk_evidence_override_decided_by FOREIGN KEY(decided_by) REFERENCES person (id)\n)",
    "CREATE TABLE supplier_order_line (\n\tid INTEGER NOT NULL, \n\tsupplier_order_id INTEGER NOT NULL, \n\tcall_off_line_id INTEGER NOT NULL, \n\tsupplier VARCHAR(200) NOT NULL, \n\tquantity INTEGER NOT NULL, \n\tCONSTRAINT pk_supplier_order_line PRIMARY KEY (id), \n\tCONSTRAINT uq_supplier_order_line_call_off_line_id_supplier UNIQUE (call_off_line_id, supplier), \n\tCONSTRAINT ck_supplier_order_line_quantity CHECK (quantity >= 1), \n\tCONSTRAINT fk_supplier_order_line_supplier_order_id FOREIGN KEY(supplier_order_id) REFERENCES supplier_order (id), \n\tCONSTRAINT fk_supplier_order_line_call_off_line_id FOREIGN KEY(call_off_line_id) REFERENCES call_off_line (id)\n)",
    "CREATE TABLE call_off_change_item (\n\tid INTEGER NOT NULL, \n\tchange_id INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\t\"before\" INTEGER, \n\twanted INTEGER, \n\tday_before DATE, \n\twanted_day DATE, \n\tCONSTRAINT pk_call_off_change_item PRIMARY KEY (id), \n\tCONSTRAINT uq_call_off_change_item_change_id_sku UNIQUE (change_id, sku), \n\tCONSTRAINT ck_call_off_change_item_one_thing CHECK ((sku = '' AND wanted IS NULL AND wanted_day IS NOT NULL) OR (sku <> '' AND wanted IS NOT NULL AND before IS NOT NULL AND wanted_day IS NULL)), \n\tCONSTRAINT ck_call_off_change_item_wanted CHECK (wanted >= 0), \n\tCONSTRAINT fk_call_off_change_item_change_id FOREIGN KEY(change_id) REFERENCES call_off_change (id)\n)",
    "CREATE TABLE call_off_change_step (\n\tid INTEGER NOT NULL, \n\tchange_id INTEGER NOT NULL, \n\tstep VARCHAR(40) NOT NULL, \n\tleft_state VARCHAR(40), \n\treached_state VARCHAR(40) NOT NULL, \n\tby_person INTEGER, \n\tside VARCHAR(40) NOT NULL, \n\tat DATETIME NOT NULL, \n\treason TEXT NOT NULL, \n\tCONSTRAINT pk_call_off_change_step PRIMARY KEY (id), \n\tCONSTRAINT fk_call_off_change_step_change_id FOREIGN KEY(change_id) REFERENCES call_off_change (id), \n\tCONSTRAINT ck_call_off_change_step_changestep CHECK (step IN ('ask', 'propose', 'accept', 'offer', 'reject', 'agree', 'decline', 'withdraw', 'sign', 'apply', 'refuse', 'lapse')), \n\tCONSTRAINT ck_call_off_change_step_left_change CHECK (left_state IN ('asked', 'offered', 'agreed', 'done', 'rejected', 'declined', 'refused', 'withdrawn', 'lapsed')), \n\tCONSTRAINT ck_call_off_change_step_reached_change CHECK (reached_state IN ('asked', 'offered', 'agreed', 'done', 'rejected', 'declined', 'refused', 'withdrawn', 'lapsed')), \n\tCONSTRAINT fk_call_off_change_step_by_person FOREIGN KEY(by_person) REFERENCES person (id), \n\tCONSTRAINT ck_call_off_change_step_side CHECK (side IN ('orderer', 'approver', 'desk', 'portal'))\n)",
    "CREATE TABLE call_off_share (\n\tid INTEGER NOT NULL, \n\tcall_off_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\tpart INTEGER NOT NULL, \n\tquantity INTEGER NOT NULL, \n\trecipient VARCHAR(120) NOT NULL, \n\tstreet VARCHAR(120) NOT NULL, \n\tpostal_code VARCHAR(10) NOT NULL, \n\tcity VARCHAR(80) NOT NULL, \n\tbuilding VARCHAR(80) NOT NULL, \n\troom VARCHAR(80) NOT NULL, \n\twanted_on DATE, \n\tproduct_account VARCHAR(60) NOT NULL, \n\tcost_centre VARCHAR(60) NOT NULL, \n\tinvestment_number VARCHAR(60) NOT NULL, \n\tbudget_year INTEGER, \n\tfunding_source VARCHAR(120) NOT NULL, \n\tearmarked_until DATE, \n\tCONSTRAINT pk_call_off_share PRIMARY KEY (id), \n\tCONSTRAINT uq_call_off_share_call_off_id_sku_part UNIQUE (call_off_id, sku, part), \n\tCONSTRAINT fk_call_off_share_call_off_id_member_id FOREIGN KEY(call_off_id, member_id) REFERENCES call_off (id, member_id), \n\tCONSTRAINT fk_call_off_share_call_off_id_sku FOREIGN KEY(call_off_id, sku) REFERENCES call_off_line (call_off_id, sku), \n\tCONSTRAINT ck_call_off_share_quantity CHECK (quantity >= 1)\n)",
    "CREATE TABLE approval_escalation (\n\tid INTEGER NOT NULL, \n\tstep_id INTEGER NOT NULL, \n\tto_person INTEGER, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_approval_escalation PRIMARY KEY (id), \n\tCONSTRAINT uq_approval_escalation_step_id UNIQUE (step_id), \n\tCONSTRAINT fk_approval_escalation_step_id FOREIGN KEY(step_id) REFERENCES approval_step (id), \n\tCONSTRAINT fk_approval_escalation_to_person FOREIGN KEY(to_person) REFERENCES person (id)\n)",
    "CREATE TABLE approval_link (\n\tid INTEGER NOT NULL, \n\ttoken_sha256 VARCHAR(64) NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tperson_id INTEGER NOT NULL, \n\tsubject VARCHAR(60) NOT NULL, \n\tsubject_sha256 VARCHAR(64) NOT NULL, \n\tstep_id INTEGER, \n\tcreated_at DATETIME NOT NULL, \n\texpires_at DATETIME NOT NULL, \n\tused_at DATETIME, \n\tCONSTRAINT pk_approval_link PRIMARY KEY (id), \n\tCONSTRAINT uq_approval_link_token_sha256 UNIQUE (token_sha256), \n\tCONSTRAINT fk_approval_link_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_approval_link_person_id FOREIGN KEY(person_id) REFERENCES person (id), \n\tCONSTRAINT fk_approval_link_step_id FOREIGN KEY(step_id) REFERENCES approval_step (id)\n)",
    "CREATE TABLE call_off_change_answer (\n\titem_id INTEGER NOT NULL, \n\tanswer VARCHAR(40) NOT NULL, \n\tquantity INTEGER, \n\ton_day DATE, \n\treason TEXT NOT NULL, \n\tCONSTRAINT pk_call_off_change_answer PRIMARY KEY (item_id), \n\tCONSTRAINT fk_call_off_change_answer_item_id FOREIGN KEY(item_id) REFERENCES call_off_change_item (id), \n\tCONSTRAINT ck_call_off_change_answer_answer CHECK (answer IN ('accepted', 'otherwise', 'rejected'))\n)",
    "CREATE TABLE _new_membership_fee (\n\tid INTEGER NOT NULL, \n\tvalid_from DATE NOT NULL, \n\tmonthly BIGINT NOT NULL, \n\tsource VARCHAR(200), \n\tCONSTRAINT pk_membership_fee PRIMARY KEY (id), \n\tCONSTRAINT uq_membership_fee_valid_from UNIQUE (valid_from)\n)",
    'INSERT INTO _new_membership_fee ("id", "valid_from", "monthly") SELECT "id", "valid_from", "monthly" FROM membership_fee',
    "DROP TABLE membership_fee",
    "ALTER TABLE _new_membership_fee RENAME TO membership_fee",
    "CREATE TABLE _new_framework (\n\tid INTEGER NOT NULL, \n\tnumber VARCHAR(40) NOT NULL, \n\ttitle VARCHAR(160) NOT NULL, \n\taward_model VARCHAR(40) NOT NULL, \n\tparty_rule VARCHAR(40) NOT NULL, \n\tcontracting_entity VARCHAR(160) NOT NULL, \n\tsupplier_name VARCHAR(160) NOT NULL, \n\tsupplier_vat_id VARCHAR(20), \n\tprocedure_type VARCHAR(80), \n\tnotice_id VARCHAR(80), \n\taward_date DATE, \n\tmaximum_value BIGINT, \n\tmaximum_quantity INTEGER, \n\traised_by INTEGER, \n\treservation_days INTEGER DEFAULT '14' NOT NULL, \n\ttender_months INTEGER DEFAULT '9' NOT NULL, \n\tvalid_from DATE NOT NULL, \n\tvalid_to DATE NOT NULL, \n\tterm_exception_reason TEXT, \n\tprice_fixed_until DATE, \n\tchain_link VARCHAR(40), \n\tdelivery_days INTEGER NOT NULL, \n\twarranty_months INTEGER NOT NULL, \n\tpayment_days INTEGER NOT NULL, \n\tnote TEXT NOT NULL, \n\tversion INTEGER NOT NULL, \n\tlegal_basis VARCHAR(160) DEFAULT '' NOT NULL, \n\tpublished_on DATE, \n\taward_notice_id VARCHAR(80), \n\tfile_reference VARCHAR(80) DEFAULT '' NOT NULL, \n\tparty_kinds VARCHAR(400) DEFAULT '' NOT NULL, \n\tparty_districts VARCHAR(200) DEFAULT '' NOT NULL, \n\tparty_members_by DATE, \n\tcall_off_mode VARCHAR(40) DEFAULT 'direct' NOT NULL, \n\tanswer_days INTEGER DEFAULT '3' NOT NULL, \n\tminimum_order_value BIGINT, \n\tmaximum_order_value BIGINT, \n\tfee_points INTEGER DEFAULT '0' NOT NULL, \n\tsuccessor_id INTEGER, \n\thand_over_on DATE, \n\tCONSTRAINT pk_framework PRIMARY KEY (id), \n\tCONSTRAINT uq_framework_number UNIQUE (number), \n\tCONSTRAINT ck_framework_awardmodel CHECK (award_model IN ('intermediary', 'direct_call_off')), \n\tCONSTRAINT ck_framework_partyrule CHECK (party_rule IN ('all_members', 'listed')), \n\tCONSTRAINT ck_framework_calloffmode CHECK (call_off_mode IN ('direct', 'cascade', 'rotation', 'mini_competition')), \n\tCONSTRAINT fk_framework_successor_id FOREIGN KEY(successor_id) REFERENCES framework (id)\n)",
    'INSERT INTO _new_framework ("id", "number", "title", "award_model", "party_rule", "contracting_entity", "supplier_name", "supplier_vat_id", "procedure_type", "notice_id", "award_date", "valid_from", "valid_to", "term_exception_reason", "price_fixed_until", "chain_link", "delivery_days", "warranty_months", "payment_days", "note", "version") SELECT "id", "number", "title", "award_model", "party_rule", "contracting_entity", "supplier_name", "supplier_vat_id", "procedure_type", "notice_id", "award_date", "valid_from", "valid_to", "term_exception_reason", "price_fixed_until", "chain_link", "delivery_days", "warranty_months", "payment_days", "note", "version" FROM framework',
    "DROP TABLE framework",
    "ALTER TABLE _new_framework RENAME TO framework",
    "CREATE TABLE _new_catalog_version (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tnumber INTEGER NOT NULL, \n\tcatalog_id VARCHAR(40) NOT NULL, \n\tcatalog_version VARCHAR(20) NOT NULL, \n\tfile_name VARCHAR(200) NOT NULL, \n\tfile_sha256 VARCHAR(64) NOT NULL, \n\timported_at DATETIME NOT NULL, \n\timported_by INTEGER, \n\tpublishing_since DATETIME, \n\tpublished_entry INTEGER DEFAULT '0' NOT NULL, \n\tpublished_at DATETIME, \n\tpublished_by INTEGER, \n\tresult JSON NOT NULL, \n\tkind VARCHAR(40), \n\tupdate_number INTEGER DEFAULT '0' NOT NULL, \n\trestores_id INTEGER, \n\tCONSTRAINT pk_catalog_version PRIMARY KEY (id), \n\tCONSTRAINT uq_catalog_version_framework_id_number UNIQUE (framework_id, number), \n\tCONSTRAINT ck_catalog_version_four_eyes CHECK (published_by <> imported_by OR restores_id IS NOT NULL OR kind IS NULL), \n\tCONSTRAINT fk_catalog_version_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_catalog_version_imported_by FOREIGN KEY(imported_by) REFERENCES person (id), \n\tCONSTRAINT fk_catalog_version_published_by FOREIGN KEY(published_by) REFERENCES person (id), \n\tCONSTRAINT ck_catalog_version_transaction CHECK (kind IN ('T_NEW_CATALOG', 'T_UPDATE_PRODUCTS', 'T_UPDATE_PRICES')), \n\tCONSTRAINT fk_catalog_version_restores_id FOREIGN KEY(restores_id) REFERENCES catalog_version (id)\n)",
    'INSERT INTO _new_catalog_version ("id", "framework_id", "number", "catalog_id", "catalog_version", "file_name", "file_sha256", "imported_at", "imported_by", "published_at", "published_by", "result") SELECT "id", "framework_id", "number", "catalog_id", "catalog_version", "file_name", "file_sha256", "imported_at", "imported_by", "published_at", "published_by", "result" FROM catalog_version',
    "DROP TABLE catalog_version",
    "ALTER TABLE _new_catalog_version RENAME TO catalog_version",
    "CREATE TABLE _new_lot (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tnumber INTEGER NOT NULL, \n\ttitle VARCHAR(160) NOT NULL, \n\tcpv VARCHAR(8), \n\testimated_value BIGINT, \n\tmaximum_value BIGINT NOT NULL, \n\tmaximum_quantity INTEGER, \n\traised_by INTEGER, \n\tgiven_back_by INTEGER, \n\treserved_value BIGINT NOT NULL, \n\tcalled_off_value BIGINT NOT NULL, \n\treserved_quantity INTEGER NOT NULL, \n\tcalled_off_quantity INTEGER NOT NULL, \n\talert_percents VARCHAR(40) NOT NULL, \n\thas_quotas BOOLEAN DEFAULT 0 NOT NULL, \n\thas_caps BOOLEAN DEFAULT 0 NOT NULL, \n\tminimum_order_value BIGINT, \n\tmaximum_order_value BIGINT, \n\tonly_kinds VARCHAR(400) DEFAULT '' NOT NULL, \n\tonly_districts VARCHAR(200) DEFAULT '' NOT NULL, \n\topen_assortment_percent INTEGER, \n\tCONSTRAINT pk_lot PRIMARY KEY (id), \n\tCONSTRAINT uq_lot_framework_id_number UNIQUE (framework_id, number), \n\tCONSTRAINT ck_lot_reserved_value CHECK (reserved_value >= 0), \n\tCONSTRAINT ck_lot_called_off_value CHECK (called_off_value >= 0), \n\tCONSTRAINT ck_lot_reserved_quantity CHECK (reserved_quantity >= 0), \n\tCONSTRAINT ck_lot_called_off_quantity CHECK (called_off_quantity >= 0), \n\tCONSTRAINT ck_lot_value_ceiling CHECK (reserved_value + called_off_value <= maximum_value), \n\tCONSTRAINT ck_lot_quantity_ceiling CHECK (maximum_quantity IS NULL OR reserved_quantity + called_off_quantity <= maximum_quantity), \n\tCONSTRAINT fk_lot_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id)\n)",
    'INSERT INTO _new_lot ("id", "framework_id", "number", "title", "cpv", "estimated_value", "maximum_value", "maximum_quantity", "reserved_value", "called_off_value", "reserved_quantity", "called_off_quantity", "alert_percents") SELECT "id", "framework_id", "number", "title", "cpv", "estimated_value", "maximum_value", "maximum_quantity", "reserved_value", "called_off_value", "reserved_quantity", "called_off_quantity", "alert_percents" FROM lot',
    "DROP TABLE lot",
    "ALTER TABLE _new_lot RENAME TO lot",
    "CREATE TABLE _new_framework_party (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tvalid_from DATE, \n\tvalid_to DATE, \n\tCONSTRAINT pk_framework_party PRIMARY KEY (id), \n\tCONSTRAINT uq_framework_party_framework_id_member_id UNIQUE (framework_id, member_id), \n\tCONSTRAINT fk_framework_party_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_framework_party_member_id FOREIGN KEY(member_id) REFERENCES member (id)\n)",
    'INSERT INTO _new_framework_party ("id", "framework_id", "member_id") SELECT "id", "framework_id", "member_id" FROM framework_party',
    "DROP TABLE framework_party",
    "ALTER TABLE _new_framework_party RENAME TO framework_party",
    "CREATE TABLE _new_evidence_document (\n\tid INTEGER NOT NULL, \n\ttype VARCHAR(40) NOT NULL, \n\ttitle VARCHAR(200) NOT NULL, \n\tdocument_date DATE NOT NULL, \n\tvalid_from DATE NOT NULL, \n\tvalid_to DATE, \n\treview_due DATE, \n\tconfidential BOOLEAN NOT NULL, \n\tmember_id INTEGER, \n\tfile_sha256 VARCHAR(64) NOT NULL, \n\tfile_name VARCHAR(200) NOT NULL, \n\tsize INTEGER NOT NULL, \n\tdemonstration BOOLEAN NOT NULL, \n\tstored_at DATETIME NOT NULL, \n\tstored_by INTEGER, \n\tapproval_needed BOOLEAN DEFAULT 0 NOT NULL, \n\tCONSTRAINT pk_evidence_document PRIMARY KEY (id), \n\tCONSTRAINT fk_evidence_document_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_evidence_document_stored_by FOREIGN KEY(stored_by) REFERENCES person (id)\n)",
    'INSERT INTO _new_evidence_document ("id", "type", "title", "document_date", "valid_from", "valid_to", "review_due", "confidential", "member_id", "file_sha256", "file_name", "size", "demonstration", "stored_at", "stored_by") SELECT "id", "type", "title", "document_date", "valid_from", "valid_to", "review_due", "confidential", "member_id", "file_sha256", "file_name", "size", "demonstration", "stored_at", "stored_by" FROM evidence_document',
    "DROP TABLE evidence_document",
    "ALTER TABLE _new_evidence_document RENAME TO evidence_document",
    "CREATE TABLE _new_basket_line (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tperson_id INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\tquantity INTEGER NOT NULL, \n\tterm INTEGER, \n\tadded_at DATETIME NOT NULL, \n\tCONSTRAINT pk_basket_line PRIMARY KEY (id), \n\tCONSTRAINT uq_basket_line_member_id_person_id_sku UNIQUE (member_id, person_id, sku), \n\tCONSTRAINT ck_basket_line_quantity CHECK (quantity >= 1), \n\tCONSTRAINT ck_basket_line_term CHECK (term >= 1), \n\tCONSTRAINT fk_basket_line_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_basket_line_person_id FOREIGN KEY(person_id) REFERENCES person (id)\n)",
    'INSERT INTO _new_basket_line ("id", "member_id", "person_id", "sku", "quantity", "added_at") SELECT "id", "member_id", "person_id", "sku", "quantity", "added_at" FROM basket_line',
    "DROP TABLE basket_line",
    "ALTER TABLE _new_basket_line RENAME TO basket_line",
    "CREATE TABLE _new_article (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tlot_id INTEGER NOT NULL, \n\tcatalog_version_id INTEGER NOT NULL, \n\tcategory_id INTEGER, \n\tsku VARCHAR(64) NOT NULL, \n\tname VARCHAR(255) NOT NULL, \n\tdescription TEXT NOT NULL, \n\tmanufacturer VARCHAR(100) NOT NULL, \n\tmpn VARCHAR(64) NOT NULL, \n\tgtin VARCHAR(14) NOT NULL, \n\torder_unit VARCHAR(3) NOT NULL, \n\tpieces_per_unit INTEGER DEFAULT '1' NOT NULL, \n\tminimum_quantity INTEGER NOT NULL, \n\tquantity_interval INTEGER NOT NULL, \n\tdelivery_days INTEGER, \n\tcpv VARCHAR(8), \n\ttax_percent INTEGER NOT NULL, \n\trc_category BOOLEAN NOT NULL, \n\tserial_numbers BOOLEAN NOT NULL, \n\tcharge VARCHAR(40) DEFAULT 'purchase' NOT NULL, \n\tshortest_term INTEGER, \n\tlongest_term INTEGER, \n\tfootprint_grams INTEGER, \n\tfamily VARCHAR(80) DEFAULT '' NOT NULL, \n\toptioned BOOLEAN DEFAULT 0 NOT NULL, \n\tactive BOOLEAN NOT NULL, \n\tdetails JSON NOT NULL, \n\tcontent_sha256 VARCHAR(64) NOT NULL, \n\ttext_digest VARCHAR(32) DEFAULT '' NOT NULL, \n\tquiet_until DATE, \n\tCONSTRAINT pk_article PRIMARY KEY (id), \n\tCONSTRAINT fk_article_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_article_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT fk_article_catalog_version_id FOREIGN KEY(catalog_version_id) REFERENCES catalog_version (id), \n\tCONSTRAINT fk_article_category_id FOREIGN KEY(category_id) REFERENCES category (id), \n\tCONSTRAINT uq_article_sku UNIQUE (sku), \n\tCONSTRAINT ck_article_charge CHECK (charge IN ('purchase', 'month', 'page'))\n)",
    'INSERT INTO _new_article ("id", "framework_id", "lot_id", "catalog_version_id", "category_id", "sku", "name", "description", "manufacturer", "mpn", "gtin", "order_unit", "minimum_quantity", "quantity_interval", "delivery_days", "cpv", "tax_percent", "rc_category", "serial_numbers", "active", "details", "content_sha256") SELECT "id", "framework_id", "lot_id", "catalog_version_id", "category_id", "sku", "name", "description", "manufacturer", "mpn", "gtin", "order_unit", "minimum_quantity", "quantity_interval", "delivery_days", "cpv", "tax_percent", "rc_category", "serial_numbers", "active", "details", "content_sha256" FROM article',
    "DROP TABLE article",
    "ALTER TABLE _new_article RENAME TO article",
    "CREATE TABLE _new_approval (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tsubject VARCHAR(60) NOT NULL, \n\tsubject_sha256 VARCHAR(64) NOT NULL, \n\tvalue BIGINT NOT NULL, \n\trequested_by INTEGER NOT NULL, \n\tdecided_by INTEGER NOT NULL, \n\ton_behalf_of INTEGER, \n\tverdict VARCHAR(40) NOT NULL, \n\tacknowledged VARCHAR(200) NOT NULL, \n\treason TEXT NOT NULL, \n\texception_evidence_id INTEGER, \n\tpath_id INTEGER, \n\tstep_id INTEGER, \n\tby_link BOOLEAN, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_approval PRIMARY KEY (id), \n\tCONSTRAINT ck_approval_four_eyes CHECK (requested_by <> decided_by OR exception_evidence_id IS NOT NULL), \n\tCONSTRAINT fk_approval_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_approval_requested_by FOREIGN KEY(requested_by) REFERENCES person (id), \n\tCONSTRAINT fk_approval_decided_by FOREIGN KEY(decided_by) REFERENCES person (id), \n\tCONSTRAINT fk_approval_on_behalf_of FOREIGN KEY(on_behalf_of) REFERENCES person (id), \n\tCONSTRAINT ck_approval_verdict CHECK (verdict IN ('approved', 'rejected')), \n\tCONSTRAINT fk_approval_exception_evidence_id FOREIGN KEY(exception_evidence_id) REFERENCES evidence_document (id)\n)",
    'INSERT INTO _new_approval ("id", "member_id", "subject", "subject_sha256", "value", "requested_by", "decided_by", "on_behalf_of", "verdict", "acknowledged", "reason", "exception_evidence_id", "at") SELECT "id", "member_id", "subject", "subject_sha256", "value", "requested_by", "decided_by", "on_behalf_of", "verdict", "acknowledged", "reason", "exception_evidence_id", "at" FROM approval',
    "DROP TABLE approval",
    "ALTER TABLE _new_approval RENAME TO approval",
    "CREATE TABLE _new_framework_change (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tperson_id INTEGER NOT NULL, \n\tat DATETIME NOT NULL, \n\twhat TEXT NOT NULL, \n\treason TEXT NOT NULL, \n\tkind VARCHAR(40) DEFAULT 'terms' NOT NULL, \n\tbasis VARCHAR(40), \n\teffective_on DATE, \n\tlot_id INTEGER, \n\tvalue_change BIGINT DEFAULT '0' NOT NULL, \n\tquantity_change INTEGER DEFAULT '0' NOT NULL, \n\tnotice VARCHAR(80) DEFAULT '' NOT NULL, \n\tdecided_by VARCHAR(160) DEFAULT '' NOT NULL, \n\tdocument_id INTEGER, \n\tCONSTRAINT pk_framework_change PRIMARY KEY (id), \n\tCONSTRAINT fk_framework_change_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_framework_change_person_id FOREIGN KEY(person_id) REFERENCES person (id), \n\tCONSTRAINT ck_framework_change_amendmentkind CHECK (kind IN ('terms', 'ceiling', 'price_rule', 'extension', 'supplier', 'parties', 'successor', 'assortment', 'quota', 'article_cap', 'correction', 'watch')), \n\tCONSTRAINT ck_framework_change_amendmentbasis CHECK (basis IN ('review_clause', 'additional', 'unforeseen', 'new_supplier', 'minor', 'insubstantial')), \n\tCONSTRAINT fk_framework_change_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT fk_framework_change_document_id FOREIGN KEY(document_id) REFERENCES framework_document (id)\n)",
    'INSERT INTO _new_framework_change ("id", "framework_id", "person_id", "at", "what", "reason") SELECT "id", "framework_id", "person_id", "at", "what", "reason" FROM framework_change',
    "DROP TABLE framework_change",
    "ALTER TABLE _new_framework_change RENAME TO framework_change",
    "CREATE TABLE _new_ceiling_movement (\n\tid INTEGER NOT NULL, \n\tlot_id INTEGER NOT NULL, \n\tmove VARCHAR(40) NOT NULL, \n\tsubject VARCHAR(60) NOT NULL, \n\treserved_value BIGINT NOT NULL, \n\tcalled_off_value BIGINT NOT NULL, \n\treserved_quantity INTEGER NOT NULL, \n\tcalled_off_quantity INTEGER NOT NULL, \n\tmember_id INTEGER, \n\tperson_id INTEGER, \n\treason TEXT DEFAULT '' NOT NULL, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_ceiling_movement PRIMARY KEY (id), \n\tCONSTRAINT fk_ceiling_movement_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT ck_ceiling_movement_ceilingmove CHECK (move IN ('opening', 'reserve', 'call_off', 'release', 'return', 'correct')), \n\tCONSTRAINT fk_ceiling_movement_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_ceiling_movement_person_id FOREIGN KEY(person_id) REFERENCES person (id)\n)",
    'INSERT INTO _new_ceiling_movement ("id", "lot_id", "move", "subject", "reserved_value", "called_off_value", "reserved_quantity", "called_off_quantity", "at") SELECT "id", "lot_id", "move", "subject", "reserved_value", "called_off_value", "reserved_quantity", "called_off_quantity", "at" FROM ceiling_movement',
    "DROP TABLE ceiling_movement",
    "ALTER TABLE _new_ceiling_movement RENAME TO ceiling_movement",
    "CREATE TABLE _new_turnover (\n\tid INTEGER NOT NULL, \n\tbody VARCHAR(20) NOT NULL, \n\tfiscal_year INTEGER NOT NULL, \n\trevision INTEGER DEFAULT '1' NOT NULL, \n\treason TEXT DEFAULT '' NOT NULL, \n\tbasis VARCHAR(10) DEFAULT 'turnover' NOT NULL, \n\ttotal BIGINT NOT NULL, \n\tmembers BIGINT NOT NULL, \n\tnonmembers_public BIGINT NOT NULL, \n\tprivate BIGINT NOT NULL, \n\tgrants BIGINT NOT NULL, \n\tconsolidated BOOLEAN NOT NULL, \n\tis_group_parent BOOLEAN NOT NULL, \n\taudited BOOLEAN NOT NULL, \n\tevidence_document_id INTEGER, \n\trecorded_at DATETIME NOT NULL, \n\tCONSTRAINT pk_turnover PRIMARY KEY (id), \n\tCONSTRAINT uq_turnover_body_fiscal_year_revision UNIQUE (body, fiscal_year, revision), \n\tCONSTRAINT ck_turnover_basis CHECK (basis = 'turnover' OR basis = 'cost'), \n\tCONSTRAINT ck_turnover_reason CHECK (revision = 1 OR reason <> ''), \n\tCONSTRAINT fk_turnover_evidence_document_id FOREIGN KEY(evidence_document_id) REFERENCES evidence_document (id)\n)",
    'INSERT INTO _new_turnover ("id", "body", "fiscal_year", "total", "members", "nonmembers_public", "private", "grants", "consolidated", "is_group_parent", "audited", "evidence_document_id", "recorded_at") SELECT "id", "body", "fiscal_year", "total", "members", "nonmembers_public", "private", "grants", "consolidated", "is_group_parent", "audited", "evidence_document_id", "recorded_at" FROM turnover',
    "DROP TABLE turnover",
    "ALTER TABLE _new_turnover RENAME TO turnover",
    "CREATE TABLE _new_call_off (\n\tid INTEGER NOT NULL, \n\tnumber VARCHAR(40) NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tunit_id INTEGER, \n\tframework_id INTEGER NOT NULL, \n\tstate VARCHAR(40) NOT NULL, \n\tversion INTEGER NOT NULL, \n\tordered_by INTEGER NOT NULL, \n\tapproved_by INTEGER, \n\tself_approval_evidence_id INTEGER, \n\tsubmission_decision_id INTEGER NOT NULL, \n\tplacement_decision_id INTEGER, \n\tpurpose VARCHAR(500) NOT NULL, \n\tproduct_account VARCHAR(60) NOT NULL, \n\tcost_centre VARCHAR(60) NOT NULL, \n\tinvestment_number VARCHAR(60) NOT NULL, \n\tbudget_year INTEGER, \n\tfunding_source VARCHAR(120) DEFAULT '' NOT NULL, \n\tearmarked_until DATE, \n\tyour_reference VARCHAR(80) NOT NULL, \n\tdelivery_recipient VARCHAR(120) NOT NULL, \n\tdelivery_street VARCHAR(120) NOT NULL, \n\tdelivery_postal_code VARCHAR(10) NOT NULL, \n\tdelivery_city VARCHAR(80) NOT NULL, \n\tdelivery_room VARCHAR(80) NOT NULL, \n\tis_split BOOLEAN DEFAULT 0 NOT NULL, \n\trequested_date DATE, \n\tpromised_date DATE, \n\tnet BIGINT NOT NULL, \n\tvat BIGINT NOT NULL, \n\tgross BIGINT NOT NULL, \n\tvat_percent INTEGER NOT NULL, \n\toffline_minutes INTEGER, \n\tmarket_price_evidence TEXT NOT NULL, \n\tbaseline_minutes INTEGER NOT NULL, \n\tbaseline_source VARCHAR(200) NOT NULL, \n\tconflict_free BOOLEAN, \n\ttime_measured BOOLEAN NOT NULL, \n\tdemonstration BOOLEAN NOT NULL, \n\tsubmitted_at DATETIME NOT NULL, \n\toutage_form VARCHAR(40), \n\tentered_at DATETIME, \n\tplaced_at DATETIME, \n\treceived_at DATETIME, \n\tmemo_pdf_sha256 VARCHAR(64), \n\tmemo_json_sha256 VARCHAR(64), \n\tCONSTRAINT pk_call_off PRIMARY KEY (id), \n\tCONSTRAINT uq_call_off_id_member_id UNIQUE (id, member_id), \n\tCONSTRAINT fk_call_off_submission_decision_id_member_id FOREIGN KEY(submission_decision_id, member_id) REFERENCES eligibility_decision (id, member_id), \n\tCONSTRAINT fk_call_off_placement_decision_id_member_id FOREIGN KEY(placement_decision_id, member_id) REFERENCES eligibility_decision (id, member_id), \n\tCONSTRAINT fk_call_off_unit_id_member_id FOREIGN KEY(unit_id, member_id) REFERENCES unit (id, member_id), \n\tCONSTRAINT ck_call_off_four_eyes CHECK (approved_by IS NULL OR approved_by <> ordered_by OR self_approval_evidence_id IS NOT NULL), \n\tCONSTRAINT ck_call_off_gross CHECK (gross = net + vat), \n\tCONSTRAINT uq_call_off_number UNIQUE (number), \n\tCONSTRAINT fk_call_off_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_call_off_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT ck_call_off_state CHECK (state IN ('draft', 'submitted', 'in_approval', 'approved', 'blocked_evidence', 'placed', 'confirmed', 'partially_delivered', 'delivered', 'invoiced', 'completed', 'rejected', 'cancelled')), \n\tCONSTRAINT fk_call_off_ordered_by FOREIGN KEY(ordered_by) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_approved_by FOREIGN KEY(approved_by) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_self_approval_evidence_id FOREIGN KEY(self_approval_evidence_id) REFERENCES evidence_document (id)\n)",
    'INSERT INTO _new_call_off ("id", "number", "member_id", "unit_id", "framework_id", "state", "version", "ordered_by", "approved_by", "self_approval_evidence_id", "submission_decision_id", "placement_decision_id", "purpose", "product_account", "cost_centre", "investment_number", "your_reference", "delivery_recipient", "delivery_street", "delivery_postal_code", "delivery_city", "delivery_room", "requested_date", "promised_date", "net", "vat", "gross", "vat_percent", "offline_minutes", "market_price_evidence", "baseline_minutes", "baseline_source", "time_measured", "demonstration", "submitted_at", "placed_at", "received_at", "memo_pdf_sha256", "memo_json_sha256") SELECT "id", "number", "member_id", "unit_id", "framework_id", "state", "version", "ordered_by", "approved_by", "self_approval_evidence_id", "submission_decision_id", "placement_decision_id", "purpose", "product_account", "cost_centre", "investment_number", "your_reference", "delivery_recipient", "delivery_street", "delivery_postal_code", "delivery_city", "delivery_room", "requested_date", "promised_date", "net", "vat", "gross", "vat_percent", "offline_minutes", "market_price_evidence", "baseline_minutes", "baseline_source", "time_measured", "demonstration", "submitted_at", "placed_at", "received_at", "memo_pdf_sha256", "memo_json_sha256" FROM call_off',
    "DROP TABLE call_off",
    "ALTER TABLE _new_call_off RENAME TO call_off",
    "CREATE TABLE _new_call_off_line (\n\tid INTEGER NOT NULL, \n\tcall_off_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tposition INTEGER NOT NULL, \n\tarticle_id INTEGER NOT NULL, \n\tlot_id INTEGER NOT NULL, \n\tcatalog_version_id INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\tname VARCHAR(255) NOT NULL, \n\tmanufacturer VARCHAR(100) NOT NULL, \n\torder_unit VARCHAR(3) NOT NULL, \n\tpieces_per_unit INTEGER DEFAULT '1' NOT NULL, \n\tquantity INTEGER NOT NULL, \n\tunit_price BIGINT NOT NULL, \n\tcharge VARCHAR(40) DEFAULT 'purchase' NOT NULL, \n\trate BIGINT, \n\tterm INTEGER, \n\tnet BIGINT NOT NULL, \n\tserial_numbers BOOLEAN NOT NULL, \n\treverse_charge BOOLEAN DEFAULT 0 NOT NULL, \n\tdelivery_days INTEGER NOT NULL, \n\tdelivered INTEGER NOT NULL, \n\tcancelled INTEGER NOT NULL, \n\tCONSTRAINT pk_call_off_line PRIMARY KEY (id), \n\tCONSTRAINT uq_call_off_line_call_off_id_position UNIQUE (call_off_id, position), \n\tCONSTRAINT uq_call_off_line_call_off_id_sku UNIQUE (call_off_id, sku), \n\tCONSTRAINT fk_call_off_line_call_off_id_member_id FOREIGN KEY(call_off_id, member_id) REFERENCES call_off (id, member_id), \n\tCONSTRAINT ck_call_off_line_quantity CHECK (quantity >= 1), \n\tCONSTRAINT ck_call_off_line_not_negative CHECK (delivered >= 0 AND cancelled >= 0), \n\tCONSTRAINT ck_call_off_line_adds_up CHECK (delivered + cancelled <= quantity), \n\tCONSTRAINT ck_call_off_line_term CHECK ((charge = 'purchase' AND term IS NULL AND rate IS NULL) OR (charge <> 'purchase' AND term IS NOT NULL AND rate IS NOT NULL AND term >= 1 AND unit_price = rate * term)), \n\tCONSTRAINT fk_call_off_line_article_id FOREIGN KEY(article_id) REFERENCES article (id), \n\tCONSTRAINT fk_call_off_line_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT fk_call_off_line_catalog_version_id FOREIGN KEY(catalog_version_id) REFERENCES catalog_version (id), \n\tCONSTRAINT ck_call_off_line_charge CHECK (charge IN ('purchase', 'month', 'page'))\n)",
    'INSERT INTO _new_call_off_line ("id", "call_off_id", "member_id", "position", "article_id", "lot_id", "catalog_version_id", "sku", "name", "manufacturer", "order_unit", "quantity", "unit_price", "net", "serial_numbers", "delivery_days", "delivered", "cancelled") SELECT "id", "call_off_id", "member_id", "position", "article_id", "lot_id", "catalog_version_id", "sku", "name", "manufacturer", "order_unit", "quantity", "unit_price", "net", "serial_numbers", "delivery_days", "delivered", "cancelled" FROM call_off_line',
    "DROP TABLE call_off_line",
    "ALTER TABLE _new_call_off_line RENAME TO call_off_line",
    "CREATE TABLE _new_call_off_move (\n\tid INTEGER NOT NULL, \n\tcall_off_id INTEGER NOT NULL, \n\tmove VARCHAR(40) NOT NULL, \n\tleft_state VARCHAR(40) NOT NULL, \n\treached_state VARCHAR(40) NOT NULL, \n\tby_person INTEGER, \n\tside VARCHAR(40) NOT NULL, \n\tat DATETIME NOT NULL, \n\treason TEXT NOT NULL, \n\tCONSTRAINT pk_call_off_move PRIMARY KEY (id), \n\tCONSTRAINT fk_call_off_move_call_off_id FOREIGN KEY(call_off_id) REFERENCES call_off (id), \n\tCONSTRAINT ck_call_off_move_move CHECK (move IN ('submit', 'approve', 'place', 'block', 'reject', 'confirm', 'cancel', 'deliver_part', 'deliver_all', 'invoice', 'reopen_invoice', 'complete', 'change')), \n\tCONSTRAINT ck_call_off_move_left_state CHECK (left_state IN ('draft', 'submitted', 'in_approval', 'approved', 'blocked_evidence', 'placed', 'confirmed', 'partially_delivered', 'delivered', 'invoiced', 'completed', 'rejected', 'cancelled')), \n\tCONSTRAINT ck_call_off_move_reached_state CHECK (reached_state IN ('draft', 'submitted', 'in_approval', 'approved', 'blocked_evidence', 'placed', 'confirmed', 'partially_delivered', 'delivered', 'invoiced', 'completed', 'rejected', 'cancelled')), \n\tCONSTRAINT fk_call_off_move_by_person FOREIGN KEY(by_person) REFERENCES person (id), \n\tCONSTRAINT ck_call_off_move_side CHECK (side IN ('orderer', 'approver', 'desk', 'portal'))\n)",
    'INSERT INTO _new_call_off_move ("id", "call_off_id", "move", "left_state", "reached_state", "by_person", "side", "at", "reason") SELECT "id", "call_off_id", "move", "left_state", "reached_state", "by_person", "side", "at", "reason" FROM call_off_move',
    "DROP TABLE call_off_move",
    "ALTER TABLE _new_call_off_move RENAME TO call_off_move",
    "CREATE TABLE _new_market_price (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\tunit_price BIGINT NOT NULL, \n\tsource VARCHAR(200) NOT NULL, \n\tseen_on DATE NOT NULL, \n\tsame_specification BOOLEAN NOT NULL, \n\tis_list_price BOOLEAN NOT NULL, \n\tcheck_id INTEGER, \n\tfile_sha256 VARCHAR(64), \n\tfile_name VARCHAR(200) DEFAULT '' NOT NULL, \n\tdemonstration BOOLEAN NOT NULL, \n\trecorded_by INTEGER NOT NULL, \n\trecorded_at DATETIME NOT NULL, \n\tCONSTRAINT pk_market_price PRIMARY KEY (id), \n\tCONSTRAINT ck_market_price_positive CHECK (unit_price > 0), \n\tCONSTRAINT fk_market_price_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_market_price_check_id FOREIGN KEY(check_id) REFERENCES market_check (id), \n\tCONSTRAINT fk_market_price_recorded_by FOREIGN KEY(recorded_by) REFERENCES person (id)\n)",
    'INSERT INTO _new_market_price ("id", "member_id", "sku", "unit_price", "source", "seen_on", "same_specification", "is_list_price", "demonstration", "recorded_by", "recorded_at") SELECT "id", "member_id", "sku", "unit_price", "source", "seen_on", "same_specification", "is_list_price", "demonstration", "recorded_by", "recorded_at" FROM market_price',
    "DROP TABLE market_price",
    "ALTER TABLE _new_market_price RENAME TO market_price",
    "DROP TABLE staged_article",
    "CREATE INDEX ix_catalog_version_framework_id ON catalog_version (framework_id)",
    "CREATE INDEX ix_membership_step_member_id ON membership_step (member_id)",
    "CREATE INDEX ix_option_rule_sku ON option_rule (sku)",
    "CREATE UNIQUE INDEX uq_successor_standing ON successor (old_sku) WHERE withdrawn_at IS NULL",
    "CREATE INDEX ix_successor_new_sku ON successor (new_sku)",
    "CREATE INDEX ix_stock_report_framework_id ON stock_report (framework_id)",
    "CREATE INDEX ix_framework_document_framework_id ON framework_document (framework_id)",
    "CREATE INDEX ix_agreed_price_rule_framework_id ON agreed_price_rule (framework_id)",
    "CREATE INDEX ix_index_value_index_name_month ON index_value (index_name, month)",
    "CREATE INDEX ix_supplier_return_framework_id_month ON supplier_return (framework_id, month)",
    "CREATE UNIQUE INDEX uq_evidence_document_id_stored_by ON evidence_document (id, stored_by)",
    "CREATE INDEX ix_evidence_document_member_id ON evidence_document (member_id)",
    "CREATE INDEX ix_year_file_member ON year_file (member_id, year)",
    "CREATE INDEX ix_notice_person_read ON notice (person_id, read_at)",
    "CREATE INDEX ix_kept_paper_owner ON kept_paper (member_id, person_id)",
    "CREATE INDEX ix_basket_comparison_owner ON basket_comparison (member_id, person_id)",
    "CREATE INDEX ix_parked_basket_member ON parked_basket (member_id, taken_up_at)",
    "CREATE INDEX ix_order_template_sharing ON order_template (sharing)",
    "CREATE INDEX ix_order_template_member ON order_template (member_id)",
    "CREATE INDEX ix_article_framework_id ON article (framework_id)",
    "CREATE INDEX ix_article_family ON article (family) WHERE family <> ''",
    "CREATE INDEX ix_article_browse ON article (active, category_id, manufacturer)",
    "CREATE INDEX ix_catalog_entry_stop ON catalog_entry (catalog_version_id, stop)",
    "CREATE INDEX ix_approval_rule_member ON approval_rule (member_id, position)",
    "CREATE INDEX ix_approval_subject ON approval (subject)",
    "CREATE INDEX ix_approval_decided_by ON approval (decided_by, at)",
    "CREATE UNIQUE INDEX uq_approval_step_id ON approval (step_id)",
    "CREATE UNIQUE INDEX uq_approval_path_person ON approval (path_id, decided_by)",
    "CREATE INDEX ix_budget_movement_budget_id ON budget_movement (budget_id)",
    "CREATE INDEX ix_budget_movement_subject ON budget_movement (member_id, subject)",
    "CREATE INDEX ix_kit_component_sku ON kit_component (sku)",
    "CREATE INDEX ix_framework_change_framework_id ON framework_change (framework_id)",
    "CREATE INDEX ix_framework_supplier_framework_id_lot_id ON framework_supplier (framework_id, lot_id)",
    "CREATE INDEX ix_ceiling_movement_lot_at ON ceiling_movement (lot_id, at)",
    "CREATE INDEX ix_ceiling_alert_framework_id ON ceiling_alert (framework_id)",
    "CREATE INDEX ix_round_answer_member_id ON round_answer (member_id)",
    "CREATE INDEX ix_demand_need_member ON demand_need (member_id, reported_on)",
    "CREATE INDEX ix_demand_need_round_id ON demand_need (round_id)",
    "CREATE INDEX ix_demand_need_subject ON demand_need (subject)",
    "CREATE INDEX ix_call_off_member_state ON call_off (member_id, state, submitted_at)",
    "CREATE UNIQUE INDEX ix_call_off_outage_form ON call_off (outage_form) WHERE outage_form IS NOT NULL",
    "CREATE INDEX ix_call_off_state ON call_off (state, submitted_at)",
    "CREATE INDEX ix_article_label_label ON article_label (label, valid_from, valid_to)",
    "CREATE INDEX ix_article_label_article ON article_label (article_id, label)",
    "CREATE INDEX ix_article_media_article ON article_media (article_id, position)",
    "CREATE INDEX ix_article_media_sha256 ON article_media (sha256)",
    "CREATE INDEX ix_article_media_thumbnail_sha256 ON article_media (thumbnail_sha256)",
    "CREATE INDEX ix_article_edit_article_id ON article_edit (article_id)",
    "CREATE INDEX ix_approval_path_member_id ON approval_path (member_id)",
    "CREATE INDEX ix_search_entry_lot_id ON search_entry (lot_id)",
    "CREATE INDEX ix_device_model_folded ON device_model (folded)",
    "CREATE UNIQUE INDEX uq_stock_figure_only_supplier ON stock_figure (article_id) WHERE supplier_id IS NULL",
    "CREATE INDEX ix_supplier_award_subject ON supplier_award (subject)",
    "CREATE INDEX ix_supplier_award_supplier_id ON supplier_award (supplier_id)",
    "CREATE INDEX ix_cap_movement_cap_id ON cap_movement (cap_id)",
    "CREATE INDEX ix_evidence_override_request_fact_id ON evidence_override_request (fact_id)",
    "CREATE INDEX ix_call_off_line_call_off_id ON call_off_line (call_off_id)",
    "CREATE INDEX ix_call_off_move_call_off_id ON call_off_move (call_off_id)",
    "CREATE INDEX ix_call_off_check_call_off_id ON call_off_check (call_off_id)",
    "CREATE INDEX ix_call_off_paper_call_off ON call_off_paper (call_off_id)",
    "CREATE INDEX ix_call_off_change_state ON call_off_change (state, asked_at)",
    "CREATE UNIQUE INDEX uq_call_off_change_open ON call_off_change (call_off_id) WHERE closed_at IS NULL",
    "CREATE INDEX ix_call_off_change_member ON call_off_change (member_id, state)",
    "CREATE INDEX ix_call_off_comparison_call_off_id ON call_off_comparison (call_off_id)",
    "CREATE INDEX ix_market_check_member_sku ON market_check (member_id, sku, checked_at)",
    "CREATE UNIQUE INDEX uq_evidence_override_fact ON evidence_override (fact_id) WHERE confirmed",
    "CREATE INDEX ix_supplier_order_line_supplier_order_id ON supplier_order_line (supplier_order_id)",
    "CREATE INDEX ix_call_off_change_step_change_id ON call_off_change_step (change_id)",
    "CREATE INDEX ix_market_price_check_id ON market_price (check_id)",
    "CREATE INDEX ix_market_price_member_sku ON market_price (member_id, sku, seen_on)",
    "CREATE INDEX ix_approval_link_subject ON approval_link (subject)",
    "CREATE INDEX ix_serial_number_upper ON serial_number (upper(serial))",
    "CREATE VIRTUAL TABLE search_entry_words\nUSING fts5(words, content='search_entry', content_rowid='article_id', detail=none, columnsize=0,\ntokenize=\"unicode61 remove_diacritics 0 tokenchars '#'\")",
    "INSERT INTO search_entry_words(search_entry_words) VALUES ('rebuild')",
    "CREATE VIRTUAL TABLE search_entry_numbers\nUSING fts5(numbers, content='search_entry', content_rowid='article_id', columnsize=0,\ntokenize='trigram')",
    "INSERT INTO search_entry_numbers(search_entry_numbers) VALUES ('rebuild')",
    "UPDATE ceiling_movement SET member_id = (SELECT member_id FROM call_off WHERE call_off.number = ceiling_movement.subject)",
    "UPDATE lot SET given_back_by = (SELECT max(id) FROM ceiling_movement)",
    "CREATE TRIGGER person_register_insert AFTER INSERT ON person BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER person_register_update AFTER UPDATE ON person BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER person_register_delete AFTER DELETE ON person BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER category_catalog_insert AFTER INSERT ON category BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER category_catalog_update AFTER UPDATE ON category BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER category_catalog_delete AFTER DELETE ON category BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER member_register_insert AFTER INSERT ON member BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER member_register_update AFTER UPDATE ON member BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER member_register_delete AFTER DELETE ON member BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER membership_terms_no_update BEFORE UPDATE ON membership_terms BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER membership_terms_no_delete BEFORE DELETE ON membership_terms BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER audit_anchor_no_update BEFORE UPDATE ON audit_anchor BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER audit_anchor_no_delete BEFORE DELETE ON audit_anchor BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER audit_verification_no_update BEFORE UPDATE ON audit_verification BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER audit_verification_no_delete BEFORE DELETE ON audit_verification BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER framework_total_update AFTER UPDATE OF maximum_value, maximum_quantity ON framework BEGIN SELECT RAISE(ABORT, 'the lots of this framework would pass its total ceiling') WHERE EXISTS (SELECT 1 FROM framework f WHERE f.id = NEW.id AND (f.maximum_value < (SELECT sum(l.reserved_value + l.called_off_value) FROM lot l WHERE l.framework_id = f.id) OR f.maximum_quantity < (SELECT sum(l.reserved_quantity + l.called_off_quantity) FROM lot l WHERE l.framework_id = f.id))); END",
    "CREATE TRIGGER framework_raise BEFORE UPDATE OF maximum_value, maximum_quantity, raised_by ON framework WHEN (NEW.maximum_value > OLD.maximum_value OR NEW.maximum_quantity > OLD.maximum_quantity OR (NEW.maximum_value IS NULL AND OLD.maximum_value IS NOT NULL) OR (NEW.maximum_quantity IS NULL AND OLD.maximum_quantity IS NOT NULL) OR coalesce(NEW.raised_by, 0) < coalesce(OLD.raised_by, 0)) BEGIN SELECT RAISE(ABORT, 'a ceiling rises only together with its amendment') WHERE NOT EXISTS (SELECT 1 FROM framework_change c WHERE c.id = NEW.raised_by AND c.id > coalesce(OLD.raised_by, 0) AND c.framework_id = NEW.id AND c.lot_id IS NULL AND c.kind = 'ceiling' AND c.value_change = coalesce(NEW.maximum_value - OLD.maximum_value, 0) AND c.quantity_change = coalesce(NEW.maximum_quantity - OLD.maximum_quantity, 0) AND (NEW.maximum_quantity IS NOT NULL OR OLD.maximum_quantity IS NULL) AND (NEW.maximum_value IS NOT NULL OR OLD.maximum_value IS NULL)); END",
    "CREATE TRIGGER framework_register_insert AFTER INSERT ON framework BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER framework_register_update AFTER UPDATE ON framework BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER framework_register_delete AFTER DELETE ON framework BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER framework_catalog_insert AFTER INSERT ON framework BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER framework_catalog_update AFTER UPDATE ON framework BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER framework_catalog_delete AFTER DELETE ON framework BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER erasure_run_no_update BEFORE UPDATE ON erasure_run BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER erasure_run_no_delete BEFORE DELETE ON erasure_run BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER api_token_register_insert AFTER INSERT ON api_token BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER api_token_register_update AFTER UPDATE ON api_token BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER api_token_register_delete AFTER DELETE ON api_token BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER catalog_version_catalog_insert AFTER INSERT ON catalog_version BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER catalog_version_catalog_update AFTER UPDATE ON catalog_version BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER catalog_version_catalog_delete AFTER DELETE ON catalog_version BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER membership_register_insert AFTER INSERT ON membership BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER membership_register_update AFTER UPDATE ON membership BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER membership_register_delete AFTER DELETE ON membership BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER membership_step_no_update BEFORE UPDATE ON membership_step BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER membership_step_no_delete BEFORE DELETE ON membership_step BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER unit_register_insert AFTER INSERT ON unit BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER unit_register_update AFTER UPDATE ON unit BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER unit_register_delete AFTER DELETE ON unit BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER delivery_address_register_insert AFTER INSERT ON delivery_address BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER delivery_address_register_update AFTER UPDATE ON delivery_address BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER delivery_address_register_delete AFTER DELETE ON delivery_address BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER deputy_register_insert AFTER INSERT ON deputy BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER deputy_register_update AFTER UPDATE ON deputy BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER deputy_register_delete AFTER DELETE ON deputy BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER approval_settings_register_insert AFTER INSERT ON approval_settings BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER approval_settings_register_update AFTER UPDATE ON approval_settings BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER approval_settings_register_delete AFTER DELETE ON approval_settings BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER budget_budgets_insert AFTER INSERT ON budget BEGIN INSERT INTO mark (name, word) VALUES ('budgets', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    'CREATE TRIGGER budget_budgets_update AFTER UPDATE OF "id", "member_id", "year", "product_account", "name", "amount", "limit_kind", "version", "created_at" ON budget BEGIN INSERT INTO mark (name, word) VALUES (\'budgets\', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END',
    "CREATE TRIGGER budget_budgets_delete AFTER DELETE ON budget BEGIN INSERT INTO mark (name, word) VALUES ('budgets', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER kit_catalog_insert AFTER INSERT ON kit BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER kit_catalog_update AFTER UPDATE ON kit BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER kit_catalog_delete AFTER DELETE ON kit BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER option_rule_catalog_insert AFTER INSERT ON option_rule BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER option_rule_catalog_update AFTER UPDATE ON option_rule BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER option_rule_catalog_delete AFTER DELETE ON option_rule BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    'CREATE TRIGGER successor_no_update BEFORE UPDATE OF "id", "old_sku", "new_sku", "valid_from", "grounds", "comparison", "document_sha256", "document_name", "declared_at", "declared_by" ON successor BEGIN SELECT RAISE(ABORT, \'row is evidence and stays as written\'); END',
    "CREATE TRIGGER successor_no_delete BEFORE DELETE ON successor BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER successor_catalog_insert AFTER INSERT ON successor BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER successor_catalog_update AFTER UPDATE ON successor BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER successor_catalog_delete AFTER DELETE ON successor BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER stock_report_no_update BEFORE UPDATE ON stock_report BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER stock_report_no_delete BEFORE DELETE ON stock_report BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER framework_document_no_update BEFORE UPDATE ON framework_document BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER framework_document_no_delete BEFORE DELETE ON framework_document BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER agreed_price_rule_no_update BEFORE UPDATE ON agreed_price_rule BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER agreed_price_rule_no_delete BEFORE DELETE ON agreed_price_rule BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER index_value_no_update BEFORE UPDATE ON index_value BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER index_value_no_delete BEFORE DELETE ON index_value BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER supplier_return_no_update BEFORE UPDATE ON supplier_return BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER supplier_return_no_delete BEFORE DELETE ON supplier_return BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER lot_total_insert AFTER INSERT ON lot BEGIN SELECT RAISE(ABORT, 'the lots of this framework would pass its total ceiling') WHERE EXISTS (SELECT 1 FROM framework f WHERE f.id = NEW.framework_id AND (f.maximum_value < (SELECT sum(l.reserved_value + l.called_off_value) FROM lot l WHERE l.framework_id = f.id) OR f.maximum_quantity < (SELECT sum(l.reserved_quantity + l.called_off_quantity) FROM lot l WHERE l.framework_id = f.id))); END",
    "CREATE TRIGGER lot_total_update AFTER UPDATE OF framework_id, reserved_value, called_off_value, reserved_quantity, called_off_quantity ON lot WHEN NEW.framework_id <> OLD.framework_id OR NEW.reserved_value + NEW.called_off_value > OLD.reserved_value + OLD.called_off_value OR NEW.reserved_quantity + NEW.called_off_quantity > OLD.reserved_quantity + OLD.called_off_quantity BEGIN SELECT RAISE(ABORT, 'the lots of this framework would pass its total ceiling') WHERE EXISTS (SELECT 1 FROM framework f WHERE f.id = NEW.framework_id AND (f.maximum_value < (SELECT sum(l.reserved_value + l.called_off_value) FROM lot l WHERE l.framework_id = f.id) OR f.maximum_quantity < (SELECT sum(l.reserved_quantity + l.called_off_quantity) FROM lot l WHERE l.framework_id = f.id))); END",
    "CREATE TRIGGER lot_raise BEFORE UPDATE OF maximum_value, maximum_quantity, raised_by ON lot WHEN (NEW.maximum_value > OLD.maximum_value OR NEW.maximum_quantity > OLD.maximum_quantity OR (NEW.maximum_value IS NULL AND OLD.maximum_value IS NOT NULL) OR (NEW.maximum_quantity IS NULL AND OLD.maximum_quantity IS NOT NULL) OR coalesce(NEW.raised_by, 0) < coalesce(OLD.raised_by, 0)) BEGIN SELECT RAISE(ABORT, 'a ceiling rises only together with its amendment') WHERE NOT EXISTS (SELECT 1 FROM framework_change c WHERE c.id = NEW.raised_by AND c.id > coalesce(OLD.raised_by, 0) AND c.lot_id = NEW.id AND c.kind = 'ceiling' AND c.value_change = coalesce(NEW.maximum_value - OLD.maximum_value, 0) AND c.quantity_change = coalesce(NEW.maximum_quantity - OLD.maximum_quantity, 0) AND (NEW.maximum_quantity IS NOT NULL OR OLD.maximum_quantity IS NULL) AND (NEW.maximum_value IS NOT NULL OR OLD.maximum_value IS NULL)); END",
    "CREATE TRIGGER lot_quotas BEFORE UPDATE OF has_quotas ON lot WHEN OLD.has_quotas AND NOT NEW.has_quotas BEGIN SELECT RAISE(ABORT, 'a ceiling rises only together with its amendment') WHERE true; END",
    "CREATE TRIGGER lot_caps BEFORE UPDATE OF has_caps ON lot WHEN OLD.has_caps AND NOT NEW.has_caps BEGIN SELECT RAISE(ABORT, 'a ceiling rises only together with its amendment') WHERE true; END",
    "CREATE TRIGGER lot_fall BEFORE UPDATE OF called_off_value, called_off_quantity, given_back_by ON lot WHEN (NEW.called_off_value < OLD.called_off_value OR NEW.called_off_quantity < OLD.called_off_quantity OR coalesce(NEW.given_back_by, 0) < coalesce(OLD.given_back_by, 0)) BEGIN SELECT RAISE(ABORT, 'what is called off falls only together with its entry in the ledger') WHERE NOT EXISTS (SELECT 1 FROM ceiling_movement m WHERE m.id = NEW.given_back_by AND m.id > coalesce(OLD.given_back_by, 0) AND m.called_off_value = NEW.called_off_value - OLD.called_off_value AND m.called_off_quantity = NEW.called_off_quantity - OLD.called_off_quantity AND m.lot_id = NEW.id); END",
    "CREATE TRIGGER lot_register_insert AFTER INSERT ON lot BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    'CREATE TRIGGER lot_register_update AFTER UPDATE OF "id", "framework_id", "number", "title", "cpv", "estimated_value", "maximum_value", "maximum_quantity", "raised_by", "alert_percents", "has_quotas", "has_caps", "minimum_order_value", "maximum_order_value", "only_kinds", "only_districts", "open_assortment_percent" ON lot BEGIN INSERT INTO mark (name, word) VALUES (\'register\', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END',
    "CREATE TRIGGER lot_register_delete AFTER DELETE ON lot BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER lot_catalog_insert AFTER INSERT ON lot BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    'CREATE TRIGGER lot_catalog_update AFTER UPDATE OF "id", "framework_id", "number", "title", "cpv", "estimated_value", "maximum_value", "maximum_quantity", "raised_by", "alert_percents", "has_quotas", "has_caps", "minimum_order_value", "maximum_order_value", "only_kinds", "only_districts", "open_assortment_percent" ON lot BEGIN INSERT INTO mark (name, word) VALUES (\'catalog\', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END',
    "CREATE TRIGGER lot_catalog_delete AFTER DELETE ON lot BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER framework_party_register_insert AFTER INSERT ON framework_party BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER framework_party_register_update AFTER UPDATE ON framework_party BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER framework_party_register_delete AFTER DELETE ON framework_party BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER framework_party_catalog_insert AFTER INSERT ON framework_party BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER framework_party_catalog_update AFTER UPDATE ON framework_party BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER framework_party_catalog_delete AFTER DELETE ON framework_party BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER law_proposal_no_update BEFORE UPDATE ON law_proposal BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER law_proposal_no_delete BEFORE DELETE ON law_proposal BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER law_proposal_register_insert AFTER INSERT ON law_proposal BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER law_proposal_register_update AFTER UPDATE ON law_proposal BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER law_proposal_register_delete AFTER DELETE ON law_proposal BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER evidence_document_no_update BEFORE UPDATE ON evidence_document BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER evidence_document_no_delete BEFORE DELETE ON evidence_document BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER evidence_document_register_insert AFTER INSERT ON evidence_document BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER evidence_document_register_update AFTER UPDATE ON evidence_document BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER evidence_document_register_delete AFTER DELETE ON evidence_document BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    'CREATE TRIGGER eligibility_decision_no_override BEFORE INSERT ON eligibility_decision WHEN NEW.outcome <> \'not_eligible\' BEGIN SELECT RAISE(ABORT, \'a decision over a failed rule is not_eligible\') WHERE instr(NEW.snapshot, \'"result":"fail","rule_class":"hard"\') > 0; END',
    "CREATE TRIGGER supplier_order_no_update BEFORE UPDATE ON supplier_order BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER supplier_order_no_delete BEFORE DELETE ON supplier_order BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER notice_notices_insert AFTER INSERT ON notice BEGIN INSERT INTO mark (name, word) VALUES ('notices', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER notice_notices_update AFTER UPDATE ON notice BEGIN INSERT INTO mark (name, word) VALUES ('notices', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER notice_notices_delete AFTER DELETE ON notice BEGIN INSERT INTO mark (name, word) VALUES ('notices', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER outage_form_block_no_update BEFORE UPDATE ON outage_form_block BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER outage_form_block_no_delete BEFORE DELETE ON outage_form_block BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER retention_rule_no_update BEFORE UPDATE ON retention_rule BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER retention_rule_no_delete BEFORE DELETE ON retention_rule BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    'CREATE TRIGGER legal_hold_no_update BEFORE UPDATE OF "id", "subject", "reason", "set_at", "set_by" ON legal_hold BEGIN SELECT RAISE(ABORT, \'row is evidence and stays as written\'); END',
    "CREATE TRIGGER legal_hold_no_delete BEFORE DELETE ON legal_hold BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER article_catalog_update AFTER UPDATE ON article BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER article_catalog_delete AFTER DELETE ON article BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER role_assignment_register_insert AFTER INSERT ON role_assignment BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER role_assignment_register_update AFTER UPDATE ON role_assignment BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER role_assignment_register_delete AFTER DELETE ON role_assignment BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    'CREATE TRIGGER approval_rule_no_update BEFORE UPDATE OF "id", "member_id", "title", "above", "up_to", "account", "category_id", "unit_id", "escalate_after_days", "escalate_to", "added_by", "added_at" ON approval_rule BEGIN SELECT RAISE(ABORT, \'row is evidence and stays as written\'); END',
    "CREATE TRIGGER approval_rule_no_delete BEFORE DELETE ON approval_rule BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER approval_rule_register_insert AFTER INSERT ON approval_rule BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER approval_rule_register_update AFTER UPDATE ON approval_rule BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER approval_rule_register_delete AFTER DELETE ON approval_rule BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER approval_no_update BEFORE UPDATE ON approval BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER approval_no_delete BEFORE DELETE ON approval BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER approval_alone BEFORE INSERT ON approval WHEN NEW.verdict = 'approved' BEGIN SELECT RAISE(ABORT, 'nobody approves his own order outside the documented rule') WHERE NEW.decided_by IN (NEW.requested_by, (SELECT ordered_by FROM call_off WHERE number = NEW.subject)) AND NOT EXISTS (\n    SELECT 1 FROM member AS m JOIN evidence_document AS paper\n        ON paper.id = m.self_approval_evidence_id\n    WHERE m.id = NEW.member_id AND paper.member_id = m.id\n      AND m.self_approval_evidence_id = NEW.exception_evidence_id\n      AND NEW.value <= m.self_approval_limit\n      AND paper.valid_from <= date(NEW.at, '+2 hours')\n      AND (paper.valid_to IS NULL OR paper.valid_to >= date(NEW.at, '+1 hours'))\n      AND (paper.review_due IS NULL OR paper.review_due >= date(NEW.at, '+1 hours'))); END",
    "CREATE TRIGGER budget_movement_no_update BEFORE UPDATE ON budget_movement BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER budget_movement_no_delete BEFORE DELETE ON budget_movement BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER kit_component_catalog_insert AFTER INSERT ON kit_component BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER kit_component_catalog_update AFTER UPDATE ON kit_component BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER kit_component_catalog_delete AFTER DELETE ON kit_component BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER option_target_catalog_insert AFTER INSERT ON option_target BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER option_target_catalog_update AFTER UPDATE ON option_target BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER option_target_catalog_delete AFTER DELETE ON option_target BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER framework_change_no_update BEFORE UPDATE ON framework_change BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER framework_change_no_delete BEFORE DELETE ON framework_change BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER article_cap_raise BEFORE UPDATE OF maximum_quantity, raised_by ON article_cap WHEN (NEW.maximum_quantity > OLD.maximum_quantity OR (NEW.maximum_quantity IS NULL AND OLD.maximum_quantity IS NOT NULL) OR coalesce(NEW.raised_by, 0) < coalesce(OLD.raised_by, 0)) BEGIN SELECT RAISE(ABORT, 'a ceiling rises only together with its amendment') WHERE NOT EXISTS (SELECT 1 FROM framework_change c WHERE c.id = NEW.raised_by AND c.id > coalesce(OLD.raised_by, 0) AND c.lot_id = NEW.lot_id AND c.kind = 'article_cap'); END",
    "CREATE TRIGGER article_cap_lift BEFORE DELETE ON article_cap WHEN true BEGIN SELECT RAISE(ABORT, 'a ceiling rises only together with its amendment') WHERE true; END",
    "CREATE TRIGGER article_cap_fall BEFORE UPDATE OF called_off_quantity, given_back_by ON article_cap WHEN (NEW.called_off_quantity < OLD.called_off_quantity OR coalesce(NEW.given_back_by, 0) < coalesce(OLD.given_back_by, 0)) BEGIN SELECT RAISE(ABORT, 'what is called off falls only together with its entry in the ledger') WHERE NOT EXISTS (SELECT 1 FROM cap_movement m WHERE m.id = NEW.given_back_by AND m.id > coalesce(OLD.given_back_by, 0) AND m.cap_id = NEW.id AND m.called_off = NEW.called_off_quantity - OLD.called_off_quantity); END",
    "CREATE TRIGGER ceiling_movement_no_update BEFORE UPDATE ON ceiling_movement BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER ceiling_movement_no_delete BEFORE DELETE ON ceiling_movement BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER member_quota_raise BEFORE UPDATE OF maximum_value, maximum_quantity, raised_by ON member_quota WHEN (NEW.maximum_value > OLD.maximum_value OR NEW.maximum_quantity > OLD.maximum_quantity OR (NEW.maximum_value IS NULL AND OLD.maximum_value IS NOT NULL) OR (NEW.maximum_quantity IS NULL AND OLD.maximum_quantity IS NOT NULL) OR coalesce(NEW.raised_by, 0) < coalesce(OLD.raised_by, 0)) BEGIN SELECT RAISE(ABORT, 'a ceiling rises only together with its amendment') WHERE NOT EXISTS (SELECT 1 FROM framework_change c WHERE c.id = NEW.raised_by AND c.id > coalesce(OLD.raised_by, 0) AND c.lot_id = NEW.lot_id AND c.kind = 'quota'); END",
    "CREATE TRIGGER member_quota_lift BEFORE DELETE ON member_quota WHEN true BEGIN SELECT RAISE(ABORT, 'a ceiling rises only together with its amendment') WHERE true; END",
    "CREATE TRIGGER member_quota_fall BEFORE UPDATE OF called_off_value, called_off_quantity, given_back_by ON member_quota WHEN (NEW.called_off_value < OLD.called_off_value OR NEW.called_off_quantity < OLD.called_off_quantity OR coalesce(NEW.given_back_by, 0) < coalesce(OLD.given_back_by, 0)) BEGIN SELECT RAISE(ABORT, 'what is called off falls only together with its entry in the ledger') WHERE NOT EXISTS (SELECT 1 FROM ceiling_movement m WHERE m.id = NEW.given_back_by AND m.id > coalesce(OLD.given_back_by, 0) AND m.called_off_value = NEW.called_off_value - OLD.called_off_value AND m.called_off_quantity = NEW.called_off_quantity - OLD.called_off_quantity AND m.lot_id = NEW.lot_id AND m.member_id = NEW.member_id); END",
    "CREATE TRIGGER ceiling_alert_no_update BEFORE UPDATE ON ceiling_alert BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER ceiling_alert_no_delete BEFORE DELETE ON ceiling_alert BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER return_sheet_no_update BEFORE UPDATE ON return_sheet BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER return_sheet_no_delete BEFORE DELETE ON return_sheet BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER law_verdict_no_update BEFORE UPDATE ON law_verdict BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER law_verdict_no_delete BEFORE DELETE ON law_verdict BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER law_verdict_register_insert AFTER INSERT ON law_verdict BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER law_verdict_register_update AFTER UPDATE ON law_verdict BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER law_verdict_register_delete AFTER DELETE ON law_verdict BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER evidence_verdict_no_update BEFORE UPDATE ON evidence_verdict BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER evidence_verdict_no_delete BEFORE DELETE ON evidence_verdict BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER evidence_verdict_register_insert AFTER INSERT ON evidence_verdict BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER evidence_verdict_register_update AFTER UPDATE ON evidence_verdict BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER evidence_verdict_register_delete AFTER DELETE ON evidence_verdict BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER fact_register_insert AFTER INSERT ON fact BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER fact_register_update AFTER UPDATE ON fact BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER fact_register_delete AFTER DELETE ON fact BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER turnover_no_update BEFORE UPDATE ON turnover BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER turnover_no_delete BEFORE DELETE ON turnover BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER turnover_register_insert AFTER INSERT ON turnover BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER turnover_register_update AFTER UPDATE ON turnover BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER turnover_register_delete AFTER DELETE ON turnover BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER call_off_placement_insert BEFORE INSERT ON call_off WHEN NEW.placement_decision_id IS NOT NULL BEGIN SELECT RAISE(ABORT, 'only an eligible call-off is placed') WHERE (SELECT outcome FROM eligibility_decision WHERE id = NEW.placement_decision_id) NOT IN ('eligible', 'eligible_with_condition'); END",
    "CREATE TRIGGER call_off_placement_update BEFORE UPDATE OF placement_decision_id ON call_off WHEN NEW.placement_decision_id IS NOT NULL BEGIN SELECT RAISE(ABORT, 'only an eligible call-off is placed') WHERE (SELECT outcome FROM eligibility_decision WHERE id = NEW.placement_decision_id) NOT IN ('eligible', 'eligible_with_condition'); END",
    "CREATE TRIGGER call_off_alone_insert BEFORE INSERT ON call_off WHEN NEW.approved_by = NEW.ordered_by BEGIN SELECT RAISE(ABORT, 'nobody approves his own order outside the documented rule') WHERE NOT EXISTS (\n    SELECT 1 FROM member AS m JOIN evidence_document AS paper\n        ON paper.id = m.self_approval_evidence_id\n    WHERE m.id = NEW.member_id AND paper.member_id = m.id\n      AND m.self_approval_evidence_id = NEW.self_approval_evidence_id\n      AND CASE WHEN m.approval_limit_is_net THEN NEW.net ELSE NEW.gross END <= m.self_approval_limit\n      AND paper.valid_from <= date(NEW.placed_at, '+2 hours')\n      AND (paper.valid_to IS NULL OR paper.valid_to >= date(NEW.placed_at, '+1 hours'))\n      AND (paper.review_due IS NULL OR paper.review_due >= date(NEW.placed_at, '+1 hours'))); END",
    "CREATE TRIGGER call_off_alone_update BEFORE UPDATE OF approved_by, ordered_by, self_approval_evidence_id, placed_at ON call_off WHEN NEW.approved_by = NEW.ordered_by BEGIN SELECT RAISE(ABORT, 'nobody approves his own order outside the documented rule') WHERE NOT EXISTS (\n    SELECT 1 FROM member AS m JOIN evidence_document AS paper\n        ON paper.id = m.self_approval_evidence_id\n    WHERE m.id = NEW.member_id AND paper.member_id = m.id\n      AND m.self_approval_evidence_id = NEW.self_approval_evidence_id\n      AND CASE WHEN m.approval_limit_is_net THEN NEW.net ELSE NEW.gross END <= m.self_approval_limit\n      AND paper.valid_from <= date(NEW.placed_at, '+2 hours')\n      AND (paper.valid_to IS NULL OR paper.valid_to >= date(NEW.placed_at, '+1 hours'))\n      AND (paper.review_due IS NULL OR paper.review_due >= date(NEW.placed_at, '+1 hours'))); END",
    "CREATE TRIGGER call_off_orderer BEFORE UPDATE OF ordered_by ON call_off WHEN NEW.ordered_by <> OLD.ordered_by BEGIN SELECT RAISE(ABORT, 'who ordered stays as written') WHERE true; END",
    "CREATE TRIGGER call_off_steps BEFORE UPDATE OF state ON call_off WHEN NEW.state = 'placed' AND OLD.state IN ('in_approval', 'approved') BEGIN SELECT RAISE(ABORT, 'an order is placed only when every step of its approval is signed') WHERE EXISTS (\n    SELECT 1 FROM approval_step AS step JOIN approval_path AS path ON path.id = step.path_id\n    WHERE path.subject = NEW.number\n      AND path.round = (SELECT max(round) FROM approval_path WHERE subject = NEW.number)\n      AND NOT EXISTS (SELECT 1 FROM approval AS word\n        WHERE word.step_id = step.id AND word.verdict = 'approved'\n          AND word.subject_sha256 = path.subject_sha256)); END",
    "CREATE TRIGGER article_label_catalog_insert AFTER INSERT ON article_label BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER article_label_catalog_update AFTER UPDATE ON article_label BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER article_label_catalog_delete AFTER DELETE ON article_label BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER article_media_catalog_insert AFTER INSERT ON article_media BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER article_media_catalog_update AFTER UPDATE ON article_media BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER article_media_catalog_delete AFTER DELETE ON article_media BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER article_edit_no_update BEFORE UPDATE ON article_edit BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER article_edit_no_delete BEFORE DELETE ON article_edit BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER article_edit_catalog_insert AFTER INSERT ON article_edit BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER article_edit_catalog_update AFTER UPDATE ON article_edit BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER article_edit_catalog_delete AFTER DELETE ON article_edit BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER price_no_overlap_insert AFTER INSERT ON price BEGIN\n  SELECT RAISE(ABORT, 'another price of this article and bound is valid on one of these days')\n  WHERE NEW.valid_from < coalesce(NEW.valid_to, '9999-12-31') AND EXISTS (\n    SELECT 1 FROM price AS other\n    WHERE other.article_id = NEW.article_id AND other.lower_bound = NEW.lower_bound\n      AND other.id <> NEW.id\n      AND other.valid_from < coalesce(other.valid_to, '9999-12-31')\n      AND other.valid_from < coalesce(NEW.valid_to, '9999-12-31')\n      AND NEW.valid_from < coalesce(other.valid_to, '9999-12-31'));\nEND",
    "CREATE TRIGGER price_no_overlap_update AFTER UPDATE OF valid_to ON price BEGIN\n  SELECT RAISE(ABORT, 'another price of this article and bound is valid on one of these days')\n  WHERE NEW.valid_from < coalesce(NEW.valid_to, '9999-12-31') AND EXISTS (\n    SELECT 1 FROM price AS other\n    WHERE other.article_id = NEW.article_id AND other.lower_bound = NEW.lower_bound\n      AND other.id <> NEW.id\n      AND other.valid_from < coalesce(other.valid_to, '9999-12-31')\n      AND other.valid_from < coalesce(NEW.valid_to, '9999-12-31')\n      AND NEW.valid_from < coalesce(other.valid_to, '9999-12-31'));\nEND",
    "CREATE TRIGGER price_catalog_insert AFTER INSERT ON price BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER price_catalog_update AFTER UPDATE ON price BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER price_catalog_delete AFTER DELETE ON price BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER article_reference_catalog_insert AFTER INSERT ON article_reference BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER article_reference_catalog_update AFTER UPDATE ON article_reference BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER article_reference_catalog_delete AFTER DELETE ON article_reference BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER approval_rule_step_no_update BEFORE UPDATE ON approval_rule_step BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER approval_rule_step_no_delete BEFORE DELETE ON approval_rule_step BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER approval_rule_step_register_insert AFTER INSERT ON approval_rule_step BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER approval_rule_step_register_update AFTER UPDATE ON approval_rule_step BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER approval_rule_step_register_delete AFTER DELETE ON approval_rule_step BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER approval_path_no_update BEFORE UPDATE ON approval_path BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER approval_path_no_delete BEFORE DELETE ON approval_path BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN\n  INSERT INTO search_entry_words(rowid, words) VALUES (new.article_id, new.words);\n  INSERT INTO search_entry_numbers(rowid, numbers) VALUES (new.article_id, new.numbers);\nEND",
    "CREATE TRIGGER search_entry_words_update AFTER UPDATE OF words ON search_entry BEGIN\n  INSERT INTO search_entry_words(search_entry_words, rowid, words)\n  VALUES ('delete', old.article_id, old.words);\n  INSERT INTO search_entry_words(rowid, words) VALUES (new.article_id, new.words);\nEND",
    "CREATE TRIGGER search_entry_numbers_update AFTER UPDATE OF numbers ON search_entry BEGIN\n  INSERT INTO search_entry_numbers(search_entry_numbers, rowid, numbers)\n  VALUES ('delete', old.article_id, old.numbers);\n  INSERT INTO search_entry_numbers(rowid, numbers) VALUES (new.article_id, new.numbers);\nEND",
    "CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN\n  INSERT INTO search_entry_words(search_entry_words, rowid, words)\n  VALUES ('delete', old.article_id, old.words);\n  INSERT INTO search_entry_numbers(search_entry_numbers, rowid, numbers)\n  VALUES ('delete', old.article_id, old.numbers);\nEND",
    "CREATE TRIGGER stock_figure_stock_insert AFTER INSERT ON stock_figure BEGIN INSERT INTO mark (name, word) VALUES ('stock', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER stock_figure_stock_update AFTER UPDATE ON stock_figure BEGIN INSERT INTO mark (name, word) VALUES ('stock', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER stock_figure_stock_delete AFTER DELETE ON stock_figure BEGIN INSERT INTO mark (name, word) VALUES ('stock', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER supplier_award_no_update BEFORE UPDATE ON supplier_award BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER supplier_award_no_delete BEFORE DELETE ON supplier_award BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER cap_movement_no_update BEFORE UPDATE ON cap_movement BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER cap_movement_no_delete BEFORE DELETE ON cap_movement BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER evidence_override_request_no_update BEFORE UPDATE ON evidence_override_request BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER evidence_override_request_no_delete BEFORE DELETE ON evidence_override_request BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER evidence_override_request_register_update AFTER UPDATE ON evidence_override_request BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER evidence_override_request_register_delete AFTER DELETE ON evidence_override_request BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER evidence_reminder_no_update BEFORE UPDATE ON evidence_reminder BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER evidence_reminder_no_delete BEFORE DELETE ON evidence_reminder BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_kit_no_update BEFORE UPDATE ON call_off_kit BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_kit_no_delete BEFORE DELETE ON call_off_kit BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_move_no_update BEFORE UPDATE ON call_off_move BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_move_no_delete BEFORE DELETE ON call_off_move BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_check_no_update BEFORE UPDATE ON call_off_check BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_check_no_delete BEFORE DELETE ON call_off_check BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_paper_no_update BEFORE UPDATE ON call_off_paper BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_paper_no_delete BEFORE DELETE ON call_off_paper BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    'CREATE TRIGGER call_off_change_no_update BEFORE UPDATE OF "id", "call_off_id", "member_id", "position", "asked_by", "asked_at", "reason", "asking_decision_id" ON call_off_change BEGIN SELECT RAISE(ABORT, \'row is evidence and stays as written\'); END',
    "CREATE TRIGGER call_off_change_no_delete BEFORE DELETE ON call_off_change BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_comparison_no_update BEFORE UPDATE ON call_off_comparison BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_comparison_no_delete BEFORE DELETE ON call_off_comparison BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER market_check_no_update BEFORE UPDATE ON market_check BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER market_check_no_delete BEFORE DELETE ON market_check BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER approval_step_no_update BEFORE UPDATE ON approval_step BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER approval_step_no_delete BEFORE DELETE ON approval_step BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER evidence_override_no_update BEFORE UPDATE ON evidence_override BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER evidence_override_no_delete BEFORE DELETE ON evidence_override BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER evidence_override_register_insert AFTER INSERT ON evidence_override BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER evidence_override_register_update AFTER UPDATE ON evidence_override BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER evidence_override_register_delete AFTER DELETE ON evidence_override BEGIN INSERT INTO mark (name, word) VALUES ('register', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER evidence_override_only_expired BEFORE INSERT ON evidence_override WHEN NEW.confirmed BEGIN SELECT RAISE(ABORT, 'only expired evidence can be overridden, never a failed rule') WHERE NOT EXISTS (\n    SELECT 1 FROM fact JOIN evidence_document AS paper ON paper.id = fact.evidence_document_id\n    WHERE fact.id = NEW.fact_id\n      AND fact.value <> CASE fact.key WHEN 'is_private' THEN 'true' ELSE 'false' END\n      AND (fact.valid_to < NEW.begins_on OR fact.review_due < NEW.begins_on\n        OR paper.valid_to < NEW.begins_on OR paper.review_due < NEW.begins_on\n        OR (paper.type IN ('legal_opinion', 'legal_memorandum')\n          AND paper.document_date < date(NEW.begins_on, '-24 months', '+3 days'))\n        OR (fact.key = 'no_private_shareholders_or_members'\n          AND paper.document_date < date(NEW.begins_on, '-12 months', '+3 days')))); END",
    "CREATE TRIGGER supplier_order_line_no_update BEFORE UPDATE ON supplier_order_line BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER supplier_order_line_no_delete BEFORE DELETE ON supplier_order_line BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_change_item_no_update BEFORE UPDATE ON call_off_change_item BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_change_item_no_delete BEFORE DELETE ON call_off_change_item BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_change_step_no_update BEFORE UPDATE ON call_off_change_step BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_change_step_no_delete BEFORE DELETE ON call_off_change_step BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER market_price_no_update BEFORE UPDATE ON market_price BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER market_price_no_delete BEFORE DELETE ON market_price BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_share_no_update BEFORE UPDATE ON call_off_share BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_share_no_delete BEFORE DELETE ON call_off_share BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER approval_escalation_no_update BEFORE UPDATE ON approval_escalation BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER approval_escalation_no_delete BEFORE DELETE ON approval_escalation BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    'CREATE TRIGGER approval_link_no_update BEFORE UPDATE OF "id", "token_sha256", "member_id", "person_id", "subject", "subject_sha256", "step_id", "created_at", "expires_at" ON approval_link BEGIN SELECT RAISE(ABORT, \'row is evidence and stays as written\'); END',
    "CREATE TRIGGER call_off_change_answer_no_update BEFORE UPDATE ON call_off_change_answer BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_change_answer_no_delete BEFORE DELETE ON call_off_change_answer BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
)

SQLITE_DOWN = (
    "DROP TRIGGER person_register_insert",
    "DROP TRIGGER person_register_update",
    "DROP TRIGGER person_register_delete",
    "DROP TRIGGER category_catalog_insert",
    "DROP TRIGGER category_catalog_update",
    "DROP TRIGGER category_catalog_delete",
    "DROP TRIGGER member_register_insert",
    "DROP TRIGGER member_register_update",
    "DROP TRIGGER member_register_delete",
    "DROP TRIGGER membership_terms_no_update",
    "DROP TRIGGER membership_terms_no_delete",
    "DROP TRIGGER audit_anchor_no_update",
    "DROP TRIGGER audit_anchor_no_delete",
    "DROP TRIGGER audit_verification_no_update",
    "DROP TRIGGER audit_verification_no_delete",
    "DROP TRIGGER framework_total_update",
    "DROP TRIGGER framework_raise",
    "DROP TRIGGER framework_register_insert",
    "DROP TRIGGER framework_register_update",
    "DROP TRIGGER framework_register_delete",
    "DROP TRIGGER framework_catalog_insert",
    "DROP TRIGGER framework_catalog_update",
    "DROP TRIGGER framework_catalog_delete",
    "DROP TRIGGER erasure_run_no_update",
    "DROP TRIGGER erasure_run_no_delete",
    "DROP TRIGGER api_token_register_insert",
    "DROP TRIGGER api_token_register_update",
    "DROP TRIGGER api_token_register_delete",
    "DROP TRIGGER catalog_version_catalog_insert",
    "DROP TRIGGER catalog_version_catalog_update",
    "DROP TRIGGER catalog_version_catalog_delete",
    "DROP TRIGGER membership_register_insert",
    "DROP TRIGGER membership_register_update",
    "DROP TRIGGER membership_register_delete",
    "DROP TRIGGER membership_step_no_update",
    "DROP TRIGGER membership_step_no_delete",
    "DROP TRIGGER unit_register_insert",
    "DROP TRIGGER unit_register_update",
    "DROP TRIGGER unit_register_delete",
    "DROP TRIGGER delivery_address_register_insert",
    "DROP TRIGGER delivery_address_register_update",
    "DROP TRIGGER delivery_address_register_delete",
    "DROP TRIGGER deputy_register_insert",
    "DROP TRIGGER deputy_register_update",
    "DROP TRIGGER deputy_register_delete",
    "DROP TRIGGER approval_settings_register_insert",
    "DROP TRIGGER approval_settings_register_update",
    "DROP TRIGGER approval_settings_register_delete",
    "DROP TRIGGER budget_budgets_insert",
    "DROP TRIGGER budget_budgets_update",
    "DROP TRIGGER budget_budgets_delete",
    "DROP TRIGGER kit_catalog_insert",
    "DROP TRIGGER kit_catalog_update",
    "DROP TRIGGER kit_catalog_delete",
    "DROP TRIGGER option_rule_catalog_insert",
    "DROP TRIGGER option_rule_catalog_update",
    "DROP TRIGGER option_rule_catalog_delete",
    "DROP TRIGGER successor_no_update",
    "DROP TRIGGER successor_no_delete",
    "DROP TRIGGER successor_catalog_insert",
    "DROP TRIGGER successor_catalog_update",
    "DROP TRIGGER successor_catalog_delete",
    "DROP TRIGGER stock_report_no_update",
    "DROP TRIGGER stock_report_no_delete",
    "DROP TRIGGER framework_document_no_update",
    "DROP TRIGGER framework_document_no_delete",
    "DROP TRIGGER agreed_price_rule_no_update",
    "DROP TRIGGER agreed_price_rule_no_delete",
    "DROP TRIGGER index_value_no_update",
    "DROP TRIGGER index_value_no_delete",
    "DROP TRIGGER supplier_return_no_update",
    "DROP TRIGGER supplier_return_no_delete",
    "DROP TRIGGER lot_total_insert",
    "DROP TRIGGER lot_total_update",
    "DROP TRIGGER lot_raise",
    "DROP TRIGGER lot_quotas",
    "DROP TRIGGER lot_caps",
    "DROP TRIGGER lot_fall",
    "DROP TRIGGER lot_register_insert",
    "DROP TRIGGER lot_register_update",
    "DROP TRIGGER lot_register_delete",
    "DROP TRIGGER lot_catalog_insert",
    "DROP TRIGGER lot_catalog_update",
    "DROP TRIGGER lot_catalog_delete",
    "DROP TRIGGER framework_party_register_insert",
    "DROP TRIGGER framework_party_register_update",
    "DROP TRIGGER framework_party_register_delete",
    "DROP TRIGGER framework_party_catalog_insert",
    "DROP TRIGGER framework_party_catalog_update",
    "DROP TRIGGER framework_party_catalog_delete",
    "DROP TRIGGER law_proposal_no_update",
    "DROP TRIGGER law_proposal_no_delete",
    "DROP TRIGGER law_proposal_register_insert",
    "DROP TRIGGER law_proposal_register_update",
    "DROP TRIGGER law_proposal_register_delete",
    "DROP TRIGGER evidence_document_no_update",
    "DROP TRIGGER evidence_document_no_delete",
    "DROP TRIGGER evidence_document_register_insert",
    "DROP TRIGGER evidence_document_register_update",
    "DROP TRIGGER evidence_document_register_delete",
    "DROP TRIGGER eligibility_decision_no_override",
    "DROP TRIGGER supplier_order_no_update",
    "DROP TRIGGER supplier_order_no_delete",
    "DROP TRIGGER notice_notices_insert",
    "DROP TRIGGER notice_notices_update",
    "DROP TRIGGER notice_notices_delete",
    "DROP TRIGGER outage_form_block_no_update",
    "DROP TRIGGER outage_form_block_no_delete",
    "DROP TRIGGER retention_rule_no_update",
    "DROP TRIGGER retention_rule_no_delete",
    "DROP TRIGGER legal_hold_no_update",
    "DROP TRIGGER legal_hold_no_delete",
    "DROP TRIGGER article_catalog_update",
    "DROP TRIGGER article_catalog_delete",
    "DROP TRIGGER role_assignment_register_insert",
    "DROP TRIGGER role_assignment_register_update",
    "DROP TRIGGER role_assignment_register_delete",
    "DROP TRIGGER approval_rule_no_update",
    "DROP TRIGGER approval_rule_no_delete",
    "DROP TRIGGER approval_rule_register_insert",
    "DROP TRIGGER approval_rule_register_update",
    "DROP TRIGGER approval_rule_register_delete",
    "DROP TRIGGER approval_no_update",
    "DROP TRIGGER approval_no_delete",
    "DROP TRIGGER approval_alone",
    "DROP TRIGGER budget_movement_no_update",
    "DROP TRIGGER budget_movement_no_delete",
    "DROP TRIGGER kit_component_catalog_insert",
    "DROP TRIGGER kit_component_catalog_update",
    "DROP TRIGGER kit_component_catalog_delete",
    "DROP TRIGGER option_target_catalog_insert",
    "DROP TRIGGER option_target_catalog_update",
    "DROP TRIGGER option_target_catalog_delete",
    "DROP TRIGGER framework_change_no_update",
    "DROP TRIGGER framework_change_no_delete",
    "DROP TRIGGER article_cap_raise",
    "DROP TRIGGER article_cap_lift",
    "DROP TRIGGER article_cap_fall",
    "DROP TRIGGER ceiling_movement_no_update",
    "DROP TRIGGER ceiling_movement_no_delete",
    "DROP TRIGGER member_quota_raise",
    "DROP TRIGGER member_quota_lift",
    "DROP TRIGGER member_quota_fall",
    "DROP TRIGGER ceiling_alert_no_update",
    "DROP TRIGGER ceiling_alert_no_delete",
    "DROP TRIGGER return_sheet_no_update",
    "DROP TRIGGER return_sheet_no_delete",
    "DROP TRIGGER law_verdict_no_update",
    "DROP TRIGGER law_verdict_no_delete",
    "DROP TRIGGER law_verdict_register_insert",
    "DROP TRIGGER law_verdict_register_update",
    "DROP TRIGGER law_verdict_register_delete",
    "DROP TRIGGER evidence_verdict_no_update",
    "DROP TRIGGER evidence_verdict_no_delete",
    "DROP TRIGGER evidence_verdict_register_insert",
    "DROP TRIGGER evidence_verdict_register_update",
    "DROP TRIGGER evidence_verdict_register_delete",
    "DROP TRIGGER fact_register_insert",
    "DROP TRIGGER fact_register_update",
    "DROP TRIGGER fact_register_delete",
    "DROP TRIGGER turnover_no_update",
    "DROP TRIGGER turnover_no_delete",
    "DROP TRIGGER turnover_register_insert",
    "DROP TRIGGER turnover_register_update",
    "DROP TRIGGER turnover_register_delete",
    "DROP TRIGGER call_off_placement_insert",
    "DROP TRIGGER call_off_placement_update",
    "DROP TRIGGER call_off_alone_insert",
    "DROP TRIGGER call_off_alone_update",
    "DROP TRIGGER call_off_orderer",
    "DROP TRIGGER call_off_steps",
    "DROP TRIGGER article_label_catalog_insert",
    "DROP TRIGGER article_label_catalog_update",
    "DROP TRIGGER article_label_catalog_delete",
    "DROP TRIGGER article_media_catalog_insert",
    "DROP TRIGGER article_media_catalog_update",
    "DROP TRIGGER article_media_catalog_delete",
    "DROP TRIGGER article_edit_no_update",
    "DROP TRIGGER article_edit_no_delete",
    "DROP TRIGGER article_edit_catalog_insert",
    "DROP TRIGGER article_edit_catalog_update",
    "DROP TRIGGER article_edit_catalog_delete",
    "DROP TRIGGER price_no_overlap_insert",
    "DROP TRIGGER price_no_overlap_update",
    "DROP TRIGGER price_catalog_insert",
    "DROP TRIGGER price_catalog_update",
    "DROP TRIGGER price_catalog_delete",
    "DROP TRIGGER article_reference_catalog_insert",
    "DROP TRIGGER article_reference_catalog_update",
    "DROP TRIGGER article_reference_catalog_delete",
    "DROP TRIGGER approval_rule_step_no_update",
    "DROP TRIGGER approval_rule_step_no_delete",
    "DROP TRIGGER approval_rule_step_register_insert",
    "DROP TRIGGER approval_rule_step_register_update",
    "DROP TRIGGER approval_rule_step_register_delete",
    "DROP TRIGGER approval_path_no_update",
    "DROP TRIGGER approval_path_no_delete",
    "DROP TRIGGER search_entry_insert",
    "DROP TRIGGER search_entry_words_update",
    "DROP TRIGGER search_entry_numbers_update",
    "DROP TRIGGER search_entry_delete",
    "DROP TRIGGER stock_figure_stock_insert",
    "DROP TRIGGER stock_figure_stock_update",
    "DROP TRIGGER stock_figure_stock_delete",
    "DROP TRIGGER supplier_award_no_update",
    "DROP TRIGGER supplier_award_no_delete",
    "DROP TRIGGER cap_movement_no_update",
    "DROP TRIGGER cap_movement_no_delete",
    "DROP TRIGGER evidence_override_request_no_update",
    "DROP TRIGGER evidence_override_request_no_delete",
    "DROP TRIGGER evidence_override_request_register_update",
    "DROP TRIGGER evidence_override_request_register_delete",
    "DROP TRIGGER evidence_reminder_no_update",
    "DROP TRIGGER evidence_reminder_no_delete",
    "DROP TRIGGER call_off_kit_no_update",
    "DROP TRIGGER call_off_kit_no_delete",
    "DROP TRIGGER call_off_move_no_update",
    "DROP TRIGGER call_off_move_no_delete",
    "DROP TRIGGER call_off_check_no_update",
    "DROP TRIGGER call_off_check_no_delete",
    "DROP TRIGGER call_off_paper_no_update",
    "DROP TRIGGER call_off_paper_no_delete",
    "DROP TRIGGER call_off_change_no_update",
    "DROP TRIGGER call_off_change_no_delete",
    "DROP TRIGGER call_off_comparison_no_update",
    "DROP TRIGGER call_off_comparison_no_delete",
    "DROP TRIGGER market_check_no_update",
    "DROP TRIGGER market_check_no_delete",
    "DROP TRIGGER approval_step_no_update",
    "DROP TRIGGER approval_step_no_delete",
    "DROP TRIGGER evidence_override_no_update",
    "DROP TRIGGER evidence_override_no_delete",
    "DROP TRIGGER evidence_override_register_insert",
    "DROP TRIGGER evidence_override_register_update",
    "DROP TRIGGER evidence_override_register_delete",
    "DROP TRIGGER evidence_override_only_expired",
    "DROP TRIGGER supplier_order_line_no_update",
    "DROP TRIGGER supplier_order_line_no_delete",
    "DROP TRIGGER call_off_change_item_no_update",
    "DROP TRIGGER call_off_change_item_no_delete",
    "DROP TRIGGER call_off_change_step_no_update",
    "DROP TRIGGER call_off_change_step_no_delete",
    "DROP TRIGGER market_price_no_update",
    "DROP TRIGGER market_price_no_delete",
    "DROP TRIGGER call_off_share_no_update",
    "DROP TRIGGER call_off_share_no_delete",
    "DROP TRIGGER approval_escalation_no_update",
    "DROP TRIGGER approval_escalation_no_delete",
    "DROP TRIGGER approval_link_no_update",
    "DROP TRIGGER call_off_change_answer_no_update",
    "DROP TRIGGER call_off_change_answer_no_delete",
    "DROP TABLE search_entry_words",
    "DROP TABLE search_entry_numbers",
    "DROP INDEX ix_membership_step_member_id",
    "DROP INDEX ix_option_rule_sku",
    "DROP INDEX uq_successor_standing",
    "DROP INDEX ix_successor_new_sku",
    "DROP INDEX ix_stock_report_framework_id",
    "DROP INDEX ix_framework_document_framework_id",
    "DROP INDEX ix_agreed_price_rule_framework_id",
    "DROP INDEX ix_index_value_index_name_month",
    "DROP INDEX ix_supplier_return_framework_id_month",
    "DROP INDEX uq_evidence_document_id_stored_by",
    "DROP INDEX ix_year_file_member",
    "DROP INDEX ix_notice_person_read",
    "DROP INDEX ix_kept_paper_owner",
    "DROP INDEX ix_basket_comparison_owner",
    "DROP INDEX ix_parked_basket_member",
    "DROP INDEX ix_order_template_sharing",
    "DROP INDEX ix_order_template_member",
    "DROP INDEX ix_article_family",
    "DROP INDEX ix_catalog_entry_stop",
    "DROP INDEX ix_approval_rule_member",
    "DROP INDEX ix_approval_decided_by",
    "DROP INDEX uq_approval_step_id",
    "DROP INDEX uq_approval_path_person",
    "DROP INDEX ix_budget_movement_budget_id",
    "DROP INDEX ix_budget_movement_subject",
    "DROP INDEX ix_kit_component_sku",
    "DROP INDEX ix_framework_supplier_framework_id_lot_id",
    "DROP INDEX ix_ceiling_movement_lot_at",
    "DROP INDEX ix_ceiling_alert_framework_id",
    "DROP INDEX ix_round_answer_member_id",
    "DROP INDEX ix_demand_need_member",
    "DROP INDEX ix_demand_need_round_id",
    "DROP INDEX ix_demand_need_subject",
    "DROP INDEX ix_call_off_outage_form",
    "DROP INDEX ix_article_label_label",
    "DROP INDEX ix_article_label_article",
    "DROP INDEX ix_article_media_article",
    "DROP INDEX ix_article_media_sha256",
    "DROP INDEX ix_article_media_thumbnail_sha256",
    "DROP INDEX ix_article_edit_article_id",
    "DROP INDEX ix_approval_path_member_id",
    "DROP INDEX ix_search_entry_lot_id",
    "DROP INDEX ix_device_model_folded",
    "DROP INDEX uq_stock_figure_only_supplier",
    "DROP INDEX ix_supplier_award_subject",
    "DROP INDEX ix_supplier_award_supplier_id",
    "DROP INDEX ix_cap_movement_cap_id",
    "DROP INDEX ix_evidence_override_request_fact_id",
    "DROP INDEX ix_call_off_check_call_off_id",
    "DROP INDEX ix_call_off_paper_call_off",
    "DROP INDEX ix_call_off_change_state",
    "DROP INDEX uq_call_off_change_open",
    "DROP INDEX ix_call_off_change_member",
    "DROP INDEX ix_call_off_comparison_call_off_id",
    "DROP INDEX ix_market_check_member_sku",
    "DROP INDEX uq_evidence_override_fact",
    "DROP INDEX ix_supplier_order_line_supplier_order_id",
    "DROP INDEX ix_call_off_change_step_change_id",
    "DROP INDEX ix_market_price_check_id",
    "DROP INDEX ix_approval_link_subject",
    "DROP INDEX ix_serial_number_upper",
    "CREATE TABLE staged_article (\n\tid INTEGER NOT NULL, \n\tcatalog_version_id INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\tchange VARCHAR(40) NOT NULL, \n\tname VARCHAR(255) NOT NULL, \n\tcategory VARCHAR(100) NOT NULL, \n\told_price BIGINT, \n\tnew_price BIGINT, \n\tcontent_sha256 VARCHAR(64) NOT NULL, \n\tcontent JSON NOT NULL, \n\tCONSTRAINT pk_staged_article PRIMARY KEY (id), \n\tCONSTRAINT fk_staged_article_catalog_version_id FOREIGN KEY(catalog_version_id) REFERENCES catalog_version (id), \n\tCONSTRAINT uq_staged_article_catalog_version_id_sku UNIQUE (catalog_version_id, sku), \n\tCONSTRAINT ck_staged_article_change CHECK (change IN ('new', 'changed', 'regrouped', 'removed'))\n)",
    "CREATE TABLE _new_framework (\n\tid INTEGER NOT NULL, \n\tnumber VARCHAR(40) NOT NULL, \n\ttitle VARCHAR(160) NOT NULL, \n\taward_model VARCHAR(40) NOT NULL, \n\tparty_rule VARCHAR(40) NOT NULL, \n\tcontracting_entity VARCHAR(160) NOT NULL, \n\tsupplier_name VARCHAR(160) NOT NULL, \n\tsupplier_vat_id VARCHAR(20), \n\tprocedure_type VARCHAR(80), \n\tnotice_id VARCHAR(80), \n\taward_date DATE, \n\tvalid_from DATE NOT NULL, \n\tvalid_to DATE NOT NULL, \n\tterm_exception_reason TEXT, \n\tprice_fixed_until DATE, \n\tchain_link VARCHAR(40), \n\tdelivery_days INTEGER NOT NULL, \n\twarranty_months INTEGER NOT NULL, \n\tpayment_days INTEGER NOT NULL, \n\tnote TEXT NOT NULL, \n\tversion INTEGER NOT NULL, \n\tCONSTRAINT pk_framework PRIMARY KEY (id), \n\tCONSTRAINT uq_framework_number UNIQUE (number), \n\tCONSTRAINT ck_framework_awardmodel CHECK (award_model IN ('intermediary', 'direct_call_off')), \n\tCONSTRAINT ck_framework_partyrule CHECK (party_rule IN ('all_members', 'listed'))\n)",
    'INSERT INTO _new_framework ("id", "number", "title", "award_model", "party_rule", "contracting_entity", "supplier_name", "supplier_vat_id", "procedure_type", "notice_id", "award_date", "valid_from", "valid_to", "term_exception_reason", "price_fixed_until", "chain_link", "delivery_days", "warranty_months", "payment_days", "note", "version") SELECT "id", "number", "title", "award_model", "party_rule", "contracting_entity", "supplier_name", "supplier_vat_id", "procedure_type", "notice_id", "award_date", "valid_from", "valid_to", "term_exception_reason", "price_fixed_until", "chain_link", "delivery_days", "warranty_months", "payment_days", "note", "version" FROM framework',
    "DROP TABLE framework",
    "ALTER TABLE _new_framework RENAME TO framework",
    "CREATE TABLE _new_membership_fee (\n\tid INTEGER NOT NULL, \n\tvalid_from DATE NOT NULL, \n\tmonthly BIGINT NOT NULL, \n\tCONSTRAINT pk_membership_fee PRIMARY KEY (id), \n\tCONSTRAINT uq_membership_fee_valid_from UNIQUE (valid_from)\n)",
    'INSERT INTO _new_membership_fee ("id", "valid_from", "monthly") SELECT "id", "valid_from", "monthly" FROM membership_fee',
    "DROP TABLE membership_fee",
    "ALTER TABLE _new_membership_fee RENAME TO membership_fee",
    "CREATE TABLE _new_basket_line (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tperson_id INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\tquantity INTEGER NOT NULL, \n\tadded_at DATETIME NOT NULL, \n\tCONSTRAINT pk_basket_line PRIMARY KEY (id), \n\tCONSTRAINT ck_basket_line_quantity CHECK (quantity >= 1), \n\tCONSTRAINT fk_basket_line_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_basket_line_person_id FOREIGN KEY(person_id) REFERENCES person (id), \n\tCONSTRAINT uq_basket_line_member_id_person_id_sku UNIQUE (member_id, person_id, sku)\n)",
    'INSERT INTO _new_basket_line ("id", "member_id", "person_id", "sku", "quantity", "added_at") SELECT "id", "member_id", "person_id", "sku", "quantity", "added_at" FROM basket_line',
    "DROP TABLE basket_line",
    "ALTER TABLE _new_basket_line RENAME TO basket_line",
    "CREATE TABLE _new_catalog_version (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tnumber INTEGER NOT NULL, \n\tcatalog_id VARCHAR(40) NOT NULL, \n\tcatalog_version VARCHAR(20) NOT NULL, \n\tfile_name VARCHAR(200) NOT NULL, \n\tfile_sha256 VARCHAR(64) NOT NULL, \n\timported_at DATETIME NOT NULL, \n\timported_by INTEGER, \n\tpublished_at DATETIME, \n\tpublished_by INTEGER, \n\tresult JSON NOT NULL, \n\tCONSTRAINT pk_catalog_version PRIMARY KEY (id), \n\tCONSTRAINT fk_catalog_version_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_catalog_version_imported_by FOREIGN KEY(imported_by) REFERENCES person (id), \n\tCONSTRAINT fk_catalog_version_published_by FOREIGN KEY(published_by) REFERENCES person (id), \n\tCONSTRAINT uq_catalog_version_framework_id_number UNIQUE (framework_id, number)\n)",
    'INSERT INTO _new_catalog_version ("id", "framework_id", "number", "catalog_id", "catalog_version", "file_name", "file_sha256", "imported_at", "imported_by", "published_at", "published_by", "result") SELECT "id", "framework_id", "number", "catalog_id", "catalog_version", "file_name", "file_sha256", "imported_at", "imported_by", "published_at", "published_by", "result" FROM catalog_version',
    "DROP TABLE catalog_version",
    "ALTER TABLE _new_catalog_version RENAME TO catalog_version",
    "CREATE TABLE _new_evidence_document (\n\tid INTEGER NOT NULL, \n\ttype VARCHAR(40) NOT NULL, \n\ttitle VARCHAR(200) NOT NULL, \n\tdocument_date DATE NOT NULL, \n\tvalid_from DATE NOT NULL, \n\tvalid_to DATE, \n\treview_due DATE, \n\tconfidential BOOLEAN NOT NULL, \n\tmember_id INTEGER, \n\tfile_sha256 VARCHAR(64) NOT NULL, \n\tfile_name VARCHAR(200) NOT NULL, \n\tsize INTEGER NOT NULL, \n\tdemonstration BOOLEAN NOT NULL, \n\tstored_at DATETIME NOT NULL, \n\tstored_by INTEGER, \n\tCONSTRAINT pk_evidence_document PRIMARY KEY (id), \n\tCONSTRAINT fk_evidence_document_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_evidence_document_stored_by FOREIGN KEY(stored_by) REFERENCES person (id)\n)",
    'INSERT INTO _new_evidence_document ("id", "type", "title", "document_date", "valid_from", "valid_to", "review_due", "confidential", "member_id", "file_sha256", "file_name", "size", "demonstration", "stored_at", "stored_by") SELECT "id", "type", "title", "document_date", "valid_from", "valid_to", "review_due", "confidential", "member_id", "file_sha256", "file_name", "size", "demonstration", "stored_at", "stored_by" FROM evidence_document',
    "DROP TABLE evidence_document",
    "ALTER TABLE _new_evidence_document RENAME TO evidence_document",
    "CREATE TABLE _new_framework_change (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tperson_id INTEGER NOT NULL, \n\tat DATETIME NOT NULL, \n\twhat TEXT NOT NULL, \n\treason TEXT NOT NULL, \n\tCONSTRAINT pk_framework_change PRIMARY KEY (id), \n\tCONSTRAINT fk_framework_change_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_framework_change_person_id FOREIGN KEY(person_id) REFERENCES person (id)\n)",
    'INSERT INTO _new_framework_change ("id", "framework_id", "person_id", "at", "what", "reason") SELECT "id", "framework_id", "person_id", "at", "what", "reason" FROM framework_change',
    "DROP TABLE framework_change",
    "ALTER TABLE _new_framework_change RENAME TO framework_change",
    "CREATE TABLE _new_framework_party (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tCONSTRAINT pk_framework_party PRIMARY KEY (id), \n\tCONSTRAINT fk_framework_party_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_framework_party_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT uq_framework_party_framework_id_member_id UNIQUE (framework_id, member_id)\n)",
    'INSERT INTO _new_framework_party ("id", "framework_id", "member_id") SELECT "id", "framework_id", "member_id" FROM framework_party',
    "DROP TABLE framework_party",
    "ALTER TABLE _new_framework_party RENAME TO framework_party",
    "CREATE TABLE _new_lot (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tnumber INTEGER NOT NULL, \n\ttitle VARCHAR(160) NOT NULL, \n\tcpv VARCHAR(8), \n\testimated_value BIGINT, \n\tmaximum_value BIGINT NOT NULL, \n\tmaximum_quantity INTEGER, \n\treserved_value BIGINT NOT NULL, \n\tcalled_off_value BIGINT NOT NULL, \n\treserved_quantity INTEGER NOT NULL, \n\tcalled_off_quantity INTEGER NOT NULL, \n\talert_percents VARCHAR(40) NOT NULL, \n\tCONSTRAINT pk_lot PRIMARY KEY (id), \n\tCONSTRAINT ck_lot_called_off_quantity CHECK (called_off_quantity >= 0), \n\tCONSTRAINT ck_lot_called_off_value CHECK (called_off_value >= 0), \n\tCONSTRAINT ck_lot_quantity_ceiling CHECK (maximum_quantity IS NULL OR reserved_quantity + called_off_quantity <= maximum_quantity), \n\tCONSTRAINT ck_lot_reserved_quantity CHECK (reserved_quantity >= 0), \n\tCONSTRAINT ck_lot_value_ceiling CHECK (reserved_value + called_off_value <= maximum_value), \n\tCONSTRAINT ck_lot_reserved_value CHECK (reserved_value >= 0), \n\tCONSTRAINT fk_lot_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT uq_lot_framework_id_number UNIQUE (framework_id, number)\n)",
    'INSERT INTO _new_lot ("id", "framework_id", "number", "title", "cpv", "estimated_value", "maximum_value", "maximum_quantity", "reserved_value", "called_off_value", "reserved_quantity", "called_off_quantity", "alert_percents") SELECT "id", "framework_id", "number", "title", "cpv", "estimated_value", "maximum_value", "maximum_quantity", "reserved_value", "called_off_value", "reserved_quantity", "called_off_quantity", "alert_percents" FROM lot',
    "DROP TABLE lot",
    "ALTER TABLE _new_lot RENAME TO lot",
    "CREATE TABLE _new_market_price (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\tunit_price BIGINT NOT NULL, \n\tsource VARCHAR(200) NOT NULL, \n\tseen_on DATE NOT NULL, \n\tsame_specification BOOLEAN NOT NULL, \n\tis_list_price BOOLEAN NOT NULL, \n\tdemonstration BOOLEAN NOT NULL, \n\trecorded_by INTEGER NOT NULL, \n\trecorded_at DATETIME NOT NULL, \n\tCONSTRAINT pk_market_price PRIMARY KEY (id), \n\tCONSTRAINT ck_market_price_positive CHECK (unit_price > 0), \n\tCONSTRAINT fk_market_price_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_market_price_recorded_by FOREIGN KEY(recorded_by) REFERENCES person (id)\n)",
    'INSERT INTO _new_market_price ("id", "member_id", "sku", "unit_price", "source", "seen_on", "same_specification", "is_list_price", "demonstration", "recorded_by", "recorded_at") SELECT "id", "member_id", "sku", "unit_price", "source", "seen_on", "same_specification", "is_list_price", "demonstration", "recorded_by", "recorded_at" FROM market_price',
    "DROP TABLE market_price",
    "ALTER TABLE _new_market_price RENAME TO market_price",
    "CREATE TABLE _new_approval (\n\tid INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tsubject VARCHAR(60) NOT NULL, \n\tsubject_sha256 VARCHAR(64) NOT NULL, \n\tvalue BIGINT NOT NULL, \n\trequested_by INTEGER NOT NULL, \n\tdecided_by INTEGER NOT NULL, \n\ton_behalf_of INTEGER, \n\tverdict VARCHAR(40) NOT NULL, \n\tacknowledged VARCHAR(200) NOT NULL, \n\treason TEXT NOT NULL, \n\texception_evidence_id INTEGER, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_approval PRIMARY KEY (id), \n\tCONSTRAINT ck_approval_four_eyes CHECK (requested_by <> decided_by OR exception_evidence_id IS NOT NULL), \n\tCONSTRAINT fk_approval_decided_by FOREIGN KEY(decided_by) REFERENCES person (id), \n\tCONSTRAINT fk_approval_exception_evidence_id FOREIGN KEY(exception_evidence_id) REFERENCES evidence_document (id), \n\tCONSTRAINT fk_approval_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_approval_on_behalf_of FOREIGN KEY(on_behalf_of) REFERENCES person (id), \n\tCONSTRAINT fk_approval_requested_by FOREIGN KEY(requested_by) REFERENCES person (id), \n\tCONSTRAINT ck_approval_verdict CHECK (verdict IN ('approved', 'rejected'))\n)",
    'INSERT INTO _new_approval ("id", "member_id", "subject", "subject_sha256", "value", "requested_by", "decided_by", "on_behalf_of", "verdict", "acknowledged", "reason", "exception_evidence_id", "at") SELECT "id", "member_id", "subject", "subject_sha256", "value", "requested_by", "decided_by", "on_behalf_of", "verdict", "acknowledged", "reason", "exception_evidence_id", "at" FROM approval',
    "DROP TABLE approval",
    "ALTER TABLE _new_approval RENAME TO approval",
    "CREATE TABLE _new_article (\n\tid INTEGER NOT NULL, \n\tframework_id INTEGER NOT NULL, \n\tlot_id INTEGER NOT NULL, \n\tcatalog_version_id INTEGER NOT NULL, \n\tcategory_id INTEGER, \n\tsku VARCHAR(64) NOT NULL, \n\tname VARCHAR(255) NOT NULL, \n\tdescription TEXT NOT NULL, \n\tmanufacturer VARCHAR(100) NOT NULL, \n\tmpn VARCHAR(64) NOT NULL, \n\tgtin VARCHAR(14) NOT NULL, \n\torder_unit VARCHAR(3) NOT NULL, \n\tminimum_quantity INTEGER NOT NULL, \n\tquantity_interval INTEGER NOT NULL, \n\tdelivery_days INTEGER, \n\tcpv VARCHAR(8), \n\ttax_percent INTEGER NOT NULL, \n\trc_category BOOLEAN NOT NULL, \n\tserial_numbers BOOLEAN NOT NULL, \n\tactive BOOLEAN NOT NULL, \n\tsearch_text TEXT NOT NULL, \n\tdetails JSON NOT NULL, \n\tcontent_sha256 VARCHAR(64) NOT NULL, \n\tCONSTRAINT pk_article PRIMARY KEY (id), \n\tCONSTRAINT fk_article_catalog_version_id FOREIGN KEY(catalog_version_id) REFERENCES catalog_version (id), \n\tCONSTRAINT fk_article_category_id FOREIGN KEY(category_id) REFERENCES category (id), \n\tCONSTRAINT fk_article_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_article_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT uq_article_sku UNIQUE (sku)\n)",
    'INSERT INTO _new_article ("id", "framework_id", "lot_id", "catalog_version_id", "category_id", "sku", "name", "description", "manufacturer", "mpn", "gtin", "order_unit", "minimum_quantity", "quantity_interval", "delivery_days", "cpv", "tax_percent", "rc_category", "serial_numbers", "active", "details", "content_sha256") SELECT "id", "framework_id", "lot_id", "catalog_version_id", "category_id", "sku", "name", "description", "manufacturer", "mpn", "gtin", "order_unit", "minimum_quantity", "quantity_interval", "delivery_days", "cpv", "tax_percent", "rc_category", "serial_numbers", "active", "details", "content_sha256" FROM article',
    "DROP TABLE article",
    "ALTER TABLE _new_article RENAME TO article",
    "CREATE TABLE _new_call_off (\n\tid INTEGER NOT NULL, \n\tnumber VARCHAR(40) NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tunit_id INTEGER, \n\tframework_id INTEGER NOT NULL, \n\tstate VARCHAR(40) NOT NULL, \n\tversion INTEGER NOT NULL, \n\tordered_by INTEGER NOT NULL, \n\tapproved_by INTEGER, \n\tself_approval_evidence_id INTEGER, \n\tsubmission_decision_id INTEGER NOT NULL, \n\tplacement_decision_id INTEGER, \n\tpurpose VARCHAR(500) NOT NULL, \n\tproduct_account VARCHAR(60) NOT NULL, \n\tcost_centre VARCHAR(60) NOT NULL, \n\tinvestment_number VARCHAR(60) NOT NULL, \n\tyour_reference VARCHAR(80) NOT NULL, \n\tdelivery_recipient VARCHAR(120) NOT NULL, \n\tdelivery_street VARCHAR(120) NOT NULL, \n\tdelivery_postal_code VARCHAR(10) NOT NULL, \n\tdelivery_city VARCHAR(80) NOT NULL, \n\tdelivery_room VARCHAR(80) NOT NULL, \n\trequested_date DATE, \n\tpromised_date DATE, \n\tnet BIGINT NOT NULL, \n\tvat BIGINT NOT NULL, \n\tgross BIGINT NOT NULL, \n\tvat_percent INTEGER NOT NULL, \n\toffline_minutes INTEGER, \n\tmarket_price_evidence TEXT NOT NULL, \n\tbaseline_minutes INTEGER NOT NULL, \n\tbaseline_source VARCHAR(200) NOT NULL, \n\ttime_measured BOOLEAN NOT NULL, \n\tdemonstration BOOLEAN NOT NULL, \n\tsubmitted_at DATETIME NOT NULL, \n\tplaced_at DATETIME, \n\treceived_at DATETIME, \n\tmemo_pdf_sha256 VARCHAR(64), \n\tmemo_json_sha256 VARCHAR(64), \n\tCONSTRAINT pk_call_off PRIMARY KEY (id), \n\tCONSTRAINT ck_call_off_four_eyes CHECK (approved_by IS NULL OR approved_by <> ordered_by OR self_approval_evidence_id IS NOT NULL), \n\tCONSTRAINT ck_call_off_gross CHECK (gross = net + vat), \n\tCONSTRAINT fk_call_off_approved_by FOREIGN KEY(approved_by) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), \n\tCONSTRAINT fk_call_off_member_id FOREIGN KEY(member_id) REFERENCES member (id), \n\tCONSTRAINT fk_call_off_ordered_by FOREIGN KEY(ordered_by) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_placement_decision_id_member_id FOREIGN KEY(placement_decision_id, member_id) REFERENCES eligibility_decision (id, member_id), \n\tCONSTRAINT fk_call_off_self_approval_evidence_id FOREIGN KEY(self_approval_evidence_id) REFERENCES evidence_document (id), \n\tCONSTRAINT fk_call_off_submission_decision_id_member_id FOREIGN KEY(submission_decision_id, member_id) REFERENCES eligibility_decision (id, member_id), \n\tCONSTRAINT fk_call_off_unit_id_member_id FOREIGN KEY(unit_id, member_id) REFERENCES unit (id, member_id), \n\tCONSTRAINT uq_call_off_id_member_id UNIQUE (id, member_id), \n\tCONSTRAINT uq_call_off_number UNIQUE (number), \n\tCONSTRAINT ck_call_off_state CHECK (state IN ('draft', 'submitted', 'in_approval', 'approved', 'blocked_evidence', 'placed', 'confirmed', 'partially_delivered', 'delivered', 'invoiced', 'completed', 'rejected', 'cancelled'))\n)",
    'INSERT INTO _new_call_off ("id", "number", "member_id", "unit_id", "framework_id", "state", "version", "ordered_by", "approved_by", "self_approval_evidence_id", "submission_decision_id", "placement_decision_id", "purpose", "product_account", "cost_centre", "investment_number", "your_reference", "delivery_recipient", "delivery_street", "delivery_postal_code", "delivery_city", "delivery_room", "requested_date", "promised_date", "net", "vat", "gross", "vat_percent", "offline_minutes", "market_price_evidence", "baseline_minutes", "baseline_source", "time_measured", "demonstration", "submitted_at", "placed_at", "received_at", "memo_pdf_sha256", "memo_json_sha256") SELECT "id", "number", "member_id", "unit_id", "framework_id", "state", "version", "ordered_by", "approved_by", "self_approval_evidence_id", "submission_decision_id", "placement_decision_id", "purpose", "product_account", "cost_centre", "investment_number", "your_reference", "delivery_recipient", "delivery_street", "delivery_postal_code", "delivery_city", "delivery_room", "requested_date", "promised_date", "net", "vat", "gross", "vat_percent", "offline_minutes", "market_price_evidence", "baseline_minutes", "baseline_source", "time_measured", "demonstration", "submitted_at", "placed_at", "received_at", "memo_pdf_sha256", "memo_json_sha256" FROM call_off',
    "DROP TABLE call_off",
    "ALTER TABLE _new_call_off RENAME TO call_off",
    "CREATE TABLE _new_ceiling_movement (\n\tid INTEGER NOT NULL, \n\tlot_id INTEGER NOT NULL, \n\tmove VARCHAR(40) NOT NULL, \n\tsubject VARCHAR(60) NOT NULL, \n\treserved_value BIGINT NOT NULL, \n\tcalled_off_value BIGINT NOT NULL, \n\treserved_quantity INTEGER NOT NULL, \n\tcalled_off_quantity INTEGER NOT NULL, \n\tat DATETIME NOT NULL, \n\tCONSTRAINT pk_ceiling_movement PRIMARY KEY (id), \n\tCONSTRAINT fk_ceiling_movement_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT ck_ceiling_movement_ceilingmove CHECK (move IN ('opening', 'reserve', 'call_off', 'release', 'return'))\n)",
    'INSERT INTO _new_ceiling_movement ("id", "lot_id", "move", "subject", "reserved_value", "called_off_value", "reserved_quantity", "called_off_quantity", "at") SELECT "id", "lot_id", "move", "subject", "reserved_value", "called_off_value", "reserved_quantity", "called_off_quantity", "at" FROM ceiling_movement',
    "DROP TABLE ceiling_movement",
    "ALTER TABLE _new_ceiling_movement RENAME TO ceiling_movement",
    "CREATE TABLE _new_turnover (\n\tid INTEGER NOT NULL, \n\tbody VARCHAR(20) NOT NULL, \n\tfiscal_year INTEGER NOT NULL, \n\ttotal BIGINT NOT NULL, \n\tmembers BIGINT NOT NULL, \n\tnonmembers_public BIGINT NOT NULL, \n\tprivate BIGINT NOT NULL, \n\tgrants BIGINT NOT NULL, \n\tconsolidated BOOLEAN NOT NULL, \n\tis_group_parent BOOLEAN NOT NULL, \n\taudited BOOLEAN NOT NULL, \n\tevidence_document_id INTEGER, \n\trecorded_at DATETIME NOT NULL, \n\tCONSTRAINT pk_turnover PRIMARY KEY (id), \n\tCONSTRAINT fk_turnover_evidence_document_id FOREIGN KEY(evidence_document_id) REFERENCES evidence_document (id), \n\tCONSTRAINT uq_turnover_body_fiscal_year UNIQUE (body, fiscal_year)\n)",
    'INSERT INTO _new_turnover ("id", "body", "fiscal_year", "total", "members", "nonmembers_public", "private", "grants", "consolidated", "is_group_parent", "audited", "evidence_document_id", "recorded_at") SELECT "id", "body", "fiscal_year", "total", "members", "nonmembers_public", "private", "grants", "consolidated", "is_group_parent", "audited", "evidence_document_id", "recorded_at" FROM turnover',
    "DROP TABLE turnover",
    "ALTER TABLE _new_turnover RENAME TO turnover",
    "CREATE TABLE _new_call_off_line (\n\tid INTEGER NOT NULL, \n\tcall_off_id INTEGER NOT NULL, \n\tmember_id INTEGER NOT NULL, \n\tposition INTEGER NOT NULL, \n\tarticle_id INTEGER NOT NULL, \n\tlot_id INTEGER NOT NULL, \n\tcatalog_version_id INTEGER NOT NULL, \n\tsku VARCHAR(64) NOT NULL, \n\tname VARCHAR(255) NOT NULL, \n\tmanufacturer VARCHAR(100) NOT NULL, \n\torder_unit VARCHAR(3) NOT NULL, \n\tquantity INTEGER NOT NULL, \n\tunit_price BIGINT NOT NULL, \n\tnet BIGINT NOT NULL, \n\tserial_numbers BOOLEAN NOT NULL, \n\tdelivery_days INTEGER NOT NULL, \n\tdelivered INTEGER NOT NULL, \n\tcancelled INTEGER NOT NULL, \n\tCONSTRAINT pk_call_off_line PRIMARY KEY (id), \n\tCONSTRAINT ck_call_off_line_adds_up CHECK (delivered + cancelled <= quantity), \n\tCONSTRAINT ck_call_off_line_not_negative CHECK (delivered >= 0 AND cancelled >= 0), \n\tCONSTRAINT ck_call_off_line_quantity CHECK (quantity >= 1), \n\tCONSTRAINT fk_call_off_line_article_id FOREIGN KEY(article_id) REFERENCES article (id), \n\tCONSTRAINT fk_call_off_line_call_off_id_member_id FOREIGN KEY(call_off_id, member_id) REFERENCES call_off (id, member_id), \n\tCONSTRAINT fk_call_off_line_catalog_version_id FOREIGN KEY(catalog_version_id) REFERENCES catalog_version (id), \n\tCONSTRAINT fk_call_off_line_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT uq_call_off_line_call_off_id_position UNIQUE (call_off_id, position), \n\tCONSTRAINT uq_call_off_line_call_off_id_sku UNIQUE (call_off_id, sku)\n)",
    'INSERT INTO _new_call_off_line ("id", "call_off_id", "member_id", "position", "article_id", "lot_id", "catalog_version_id", "sku", "name", "manufacturer", "order_unit", "quantity", "unit_price", "net", "serial_numbers", "delivery_days", "delivered", "cancelled") SELECT "id", "call_off_id", "member_id", "position", "article_id", "lot_id", "catalog_version_id", "sku", "name", "manufacturer", "order_unit", "quantity", "unit_price", "net", "serial_numbers", "delivery_days", "delivered", "cancelled" FROM call_off_line',
    "DROP TABLE call_off_line",
    "ALTER TABLE _new_call_off_line RENAME TO call_off_line",
    "CREATE TABLE _new_call_off_move (\n\tid INTEGER NOT NULL, \n\tcall_off_id INTEGER NOT NULL, \n\tmove VARCHAR(40) NOT NULL, \n\tleft_state VARCHAR(40) NOT NULL, \n\treached_state VARCHAR(40) NOT NULL, \n\tby_person INTEGER, \n\tside VARCHAR(40) NOT NULL, \n\tat DATETIME NOT NULL, \n\treason TEXT NOT NULL, \n\tCONSTRAINT pk_call_off_move PRIMARY KEY (id), \n\tCONSTRAINT fk_call_off_move_by_person FOREIGN KEY(by_person) REFERENCES person (id), \n\tCONSTRAINT fk_call_off_move_call_off_id FOREIGN KEY(call_off_id) REFERENCES call_off (id), \n\tCONSTRAINT ck_call_off_move_move CHECK (move IN ('submit', 'approve', 'place', 'block', 'reject', 'confirm', 'cancel', 'deliver_part', 'deliver_all', 'invoice', 'reopen_invoice', 'complete')), \n\tCONSTRAINT ck_call_off_move_left_state CHECK (left_state IN ('draft', 'submitted', 'in_approval', 'approved', 'blocked_evidence', 'placed', 'confirmed', 'partially_delivered', 'delivered', 'invoiced', 'completed', 'rejected', 'cancelled')), \n\tCONSTRAINT ck_call_off_move_reached_state CHECK (reached_state IN ('draft', 'submitted', 'in_approval', 'approved', 'blocked_evidence', 'placed', 'confirmed', 'partially_delivered', 'delivered', 'invoiced', 'completed', 'rejected', 'cancelled')), \n\tCONSTRAINT ck_call_off_move_side CHECK (side IN ('orderer', 'approver', 'desk', 'portal'))\n)",
    'INSERT INTO _new_call_off_move ("id", "call_off_id", "move", "left_state", "reached_state", "by_person", "side", "at", "reason") SELECT "id", "call_off_id", "move", "left_state", "reached_state", "by_person", "side", "at", "reason" FROM call_off_move',
    "DROP TABLE call_off_move",
    "ALTER TABLE _new_call_off_move RENAME TO call_off_move",
    "DROP TABLE call_off_change_answer",
    "DROP TABLE approval_link",
    "DROP TABLE approval_escalation",
    "DROP TABLE call_off_share",
    "DROP TABLE call_off_change_step",
    "DROP TABLE call_off_change_item",
    "DROP TABLE supplier_order_line",
    "DROP TABLE evidence_override",
    "DROP TABLE approval_step",
    "DROP TABLE market_check",
    "DROP TABLE call_off_comparison",
    "DROP TABLE call_off_change",
    "DROP TABLE call_off_paper",
    "DROP TABLE call_off_check",
    "DROP TABLE call_off_kit",
    "DROP TABLE evidence_reminder",
    "DROP TABLE evidence_override_request",
    "DROP TABLE cap_movement",
    "DROP TABLE supplier_award",
    "DROP TABLE stock_figure",
    "DROP TABLE device_model",
    "DROP TABLE search_entry",
    "DROP TABLE approval_path",
    "DROP TABLE approval_rule_step",
    "DROP TABLE article_edit",
    "DROP TABLE article_media",
    "DROP TABLE article_label",
    "DROP TABLE basket_kit",
    "DROP TABLE evidence_verdict",
    "DROP TABLE law_verdict",
    "DROP TABLE demand_need",
    "DROP TABLE round_answer",
    "DROP TABLE return_sheet",
    "DROP TABLE ceiling_alert",
    "DROP TABLE member_quota",
    "DROP TABLE article_cap",
    "DROP TABLE extension_option",
    "DROP TABLE framework_supplier",
    "DROP TABLE option_target",
    "DROP TABLE kit_component",
    "DROP TABLE budget_movement",
    "DROP TABLE approval_rule",
    "DROP TABLE catalog_entry",
    "DROP TABLE legal_hold",
    "DROP TABLE retention_rule",
    "DROP TABLE outage_form_block",
    "DROP TABLE order_template",
    "DROP TABLE parked_basket",
    "DROP TABLE basket_comparison",
    "DROP TABLE kept_paper",
    "DROP TABLE notice_times",
    "DROP TABLE notice_choice",
    "DROP TABLE notice",
    "DROP TABLE year_file",
    "DROP TABLE supplier_order",
    "DROP TABLE law_proposal",
    "DROP TABLE demand_round",
    "DROP TABLE supplier_return",
    "DROP TABLE index_value",
    "DROP TABLE agreed_price_rule",
    "DROP TABLE framework_document",
    "DROP TABLE stock_report",
    "DROP TABLE successor",
    "DROP TABLE option_rule",
    "DROP TABLE kit",
    "DROP TABLE commitment_columns",
    "DROP TABLE budget",
    "DROP TABLE approval_settings",
    "DROP TABLE membership_step",
    "DROP TABLE catalog_import",
    "DROP TABLE import_terms",
    "DROP TABLE erasure_run",
    "DROP TABLE search_word",
    "DROP TABLE facet_profile",
    "DROP TABLE audit_verification",
    "DROP TABLE audit_anchor",
    "DROP TABLE membership_terms",
    "DROP TABLE mark",
    "CREATE INDEX ix_catalog_version_framework_id ON catalog_version (framework_id)",
    "CREATE INDEX ix_evidence_document_member_id ON evidence_document (member_id)",
    "CREATE INDEX ix_framework_change_framework_id ON framework_change (framework_id)",
    "CREATE INDEX ix_market_price_member_sku ON market_price (member_id, sku, seen_on)",
    "CREATE INDEX ix_approval_subject ON approval (subject)",
    "CREATE INDEX ix_article_browse ON article (active, category_id, manufacturer)",
    "CREATE INDEX ix_article_framework_id ON article (framework_id)",
    "CREATE INDEX ix_call_off_member_state ON call_off (member_id, state, submitted_at)",
    "CREATE INDEX ix_call_off_state ON call_off (state, submitted_at)",
    "CREATE INDEX ix_ceiling_movement_lot_id ON ceiling_movement (lot_id)",
    "CREATE INDEX ix_call_off_line_call_off_id ON call_off_line (call_off_id)",
    "CREATE INDEX ix_call_off_move_call_off_id ON call_off_move (call_off_id)",
    "CREATE VIRTUAL TABLE article_search\nUSING fts5(search_text, content='article', content_rowid='id', tokenize='trigram')",
    "INSERT INTO article_search(article_search) VALUES ('rebuild')",
    "CREATE TRIGGER evidence_document_no_update BEFORE UPDATE ON evidence_document BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER evidence_document_no_delete BEFORE DELETE ON evidence_document BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER framework_change_no_update BEFORE UPDATE ON framework_change BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER framework_change_no_delete BEFORE DELETE ON framework_change BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER market_price_no_update BEFORE UPDATE ON market_price BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER market_price_no_delete BEFORE DELETE ON market_price BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER approval_no_update BEFORE UPDATE ON approval BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER approval_no_delete BEFORE DELETE ON approval BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER article_search_insert AFTER INSERT ON article BEGIN\n  INSERT INTO article_search(rowid, search_text) VALUES (new.id, new.search_text);\nEND",
    "CREATE TRIGGER article_search_update AFTER UPDATE OF search_text ON article BEGIN\n  INSERT INTO article_search(article_search, rowid, search_text)\n  VALUES ('delete', old.id, old.search_text);\n  INSERT INTO article_search(rowid, search_text) VALUES (new.id, new.search_text);\nEND",
    "CREATE TRIGGER article_search_delete AFTER DELETE ON article BEGIN\n  INSERT INTO article_search(article_search, rowid, search_text)\n  VALUES ('delete', old.id, old.search_text);\nEND",
    "CREATE TRIGGER turnover_no_update BEFORE UPDATE ON turnover BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER turnover_no_delete BEFORE DELETE ON turnover BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER ceiling_movement_no_update BEFORE UPDATE ON ceiling_movement BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER ceiling_movement_no_delete BEFORE DELETE ON ceiling_movement BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_move_no_update BEFORE UPDATE ON call_off_move BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
    "CREATE TRIGGER call_off_move_no_delete BEFORE DELETE ON call_off_move BEGIN SELECT RAISE(ABORT, 'row is evidence and stays as written'); END",
)

POSTGRESQL_DATA = (
    "ALTER TABLE ceiling_movement DISABLE TRIGGER USER",
    "UPDATE ceiling_movement SET member_id = (SELECT member_id FROM call_off WHERE call_off.number = ceiling_movement.subject)",
    "ALTER TABLE ceiling_movement ENABLE TRIGGER USER",
    "ALTER TABLE lot DISABLE TRIGGER USER",
    "UPDATE lot SET given_back_by = (SELECT max(id) FROM ceiling_movement)",
    "ALTER TABLE lot ENABLE TRIGGER USER",
)

POSTGRESQL_OLD_TRIGGERS = (
    "DO $$ BEGIN\n  CREATE EXTENSION IF NOT EXISTS pg_trgm;\n  CREATE INDEX ix_article_search_text_trgm ON article USING gin (search_text gin_trgm_ops);\nEXCEPTION WHEN OTHERS THEN\n  RAISE NOTICE 'search runs without pg_trgm';\nEND $$",
)

POSTGRESQL_TRIGGERS = (
    "CREATE OR REPLACE FUNCTION write_mark() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO mark (name, word) VALUES (TG_ARGV[0], gen_random_uuid()::text) ON CONFLICT (name) DO UPDATE SET word = EXCLUDED.word; RETURN NULL; END $$",
    "CREATE TRIGGER person_register_insert AFTER INSERT ON person FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER person_register_update AFTER UPDATE ON person FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER person_register_delete AFTER DELETE ON person FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER category_catalog_insert AFTER INSERT ON category FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER category_catalog_update AFTER UPDATE ON category FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER category_catalog_delete AFTER DELETE ON category FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER member_register_insert AFTER INSERT ON member FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER member_register_update AFTER UPDATE ON member FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER member_register_delete AFTER DELETE ON member FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER membership_terms_no_update BEFORE UPDATE ON membership_terms FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER membership_terms_no_delete BEFORE DELETE ON membership_terms FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER membership_terms_no_truncate BEFORE TRUNCATE ON membership_terms FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER audit_anchor_no_update BEFORE UPDATE ON audit_anchor FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER audit_anchor_no_delete BEFORE DELETE ON audit_anchor FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER audit_anchor_no_truncate BEFORE TRUNCATE ON audit_anchor FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER audit_verification_no_update BEFORE UPDATE ON audit_verification FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER audit_verification_no_delete BEFORE DELETE ON audit_verification FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER audit_verification_no_truncate BEFORE TRUNCATE ON audit_verification FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE OR REPLACE FUNCTION keep_total_by_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM framework f WHERE f.id = NEW.id AND (f.maximum_value IS NOT NULL OR f.maximum_quantity IS NOT NULL) FOR NO KEY UPDATE; IF FOUND AND EXISTS (SELECT 1 FROM framework f WHERE f.id = NEW.id AND (f.maximum_value < (SELECT sum(l.reserved_value + l.called_off_value) FROM lot l WHERE l.framework_id = f.id) OR f.maximum_quantity < (SELECT sum(l.reserved_quantity + l.called_off_quantity) FROM lot l WHERE l.framework_id = f.id))) THEN RAISE EXCEPTION 'the lots of this framework would pass its total ceiling' USING ERRCODE = 'check_violation'; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER framework_total_update AFTER UPDATE OF maximum_value, maximum_quantity ON framework FOR EACH ROW EXECUTE FUNCTION keep_total_by_id()",
    "CREATE OR REPLACE FUNCTION refuse_framework_raise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM framework_change c WHERE c.id = NEW.raised_by AND c.id > coalesce(OLD.raised_by, 0) AND c.framework_id = NEW.id AND c.lot_id IS NULL AND c.kind = 'ceiling' AND c.value_change = coalesce(NEW.maximum_value - OLD.maximum_value, 0) AND c.quantity_change = coalesce(NEW.maximum_quantity - OLD.maximum_quantity, 0) AND (NEW.maximum_quantity IS NOT NULL OR OLD.maximum_quantity IS NULL) AND (NEW.maximum_value IS NOT NULL OR OLD.maximum_value IS NULL)) THEN RAISE EXCEPTION 'a ceiling rises only together with its amendment' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER framework_raise BEFORE UPDATE OF maximum_value, maximum_quantity, raised_by ON framework FOR EACH ROW WHEN ((NEW.maximum_value > OLD.maximum_value OR NEW.maximum_quantity > OLD.maximum_quantity OR (NEW.maximum_value IS NULL AND OLD.maximum_value IS NOT NULL) OR (NEW.maximum_quantity IS NULL AND OLD.maximum_quantity IS NOT NULL) OR coalesce(NEW.raised_by, 0) < coalesce(OLD.raised_by, 0))) EXECUTE FUNCTION refuse_framework_raise()",
    "CREATE TRIGGER framework_register_insert AFTER INSERT ON framework FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER framework_register_update AFTER UPDATE ON framework FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER framework_register_delete AFTER DELETE ON framework FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER framework_catalog_insert AFTER INSERT ON framework FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER framework_catalog_update AFTER UPDATE ON framework FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER framework_catalog_delete AFTER DELETE ON framework FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER erasure_run_no_update BEFORE UPDATE ON erasure_run FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER erasure_run_no_delete BEFORE DELETE ON erasure_run FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER erasure_run_no_truncate BEFORE TRUNCATE ON erasure_run FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER api_token_register_insert AFTER INSERT ON api_token FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER api_token_register_update AFTER UPDATE ON api_token FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER api_token_register_delete AFTER DELETE ON api_token FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER catalog_version_catalog_insert AFTER INSERT ON catalog_version FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER catalog_version_catalog_update AFTER UPDATE ON catalog_version FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER catalog_version_catalog_delete AFTER DELETE ON catalog_version FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER membership_register_insert AFTER INSERT ON membership FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER membership_register_update AFTER UPDATE ON membership FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER membership_register_delete AFTER DELETE ON membership FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER membership_step_no_update BEFORE UPDATE ON membership_step FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER membership_step_no_delete BEFORE DELETE ON membership_step FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER membership_step_no_truncate BEFORE TRUNCATE ON membership_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER unit_register_insert AFTER INSERT ON unit FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER unit_register_update AFTER UPDATE ON unit FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER unit_register_delete AFTER DELETE ON unit FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER delivery_address_register_insert AFTER INSERT ON delivery_address FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER delivery_address_register_update AFTER UPDATE ON delivery_address FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER delivery_address_register_delete AFTER DELETE ON delivery_address FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER deputy_register_insert AFTER INSERT ON deputy FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER deputy_register_update AFTER UPDATE ON deputy FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER deputy_register_delete AFTER DELETE ON deputy FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER approval_settings_register_insert AFTER INSERT ON approval_settings FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER approval_settings_register_update AFTER UPDATE ON approval_settings FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER approval_settings_register_delete AFTER DELETE ON approval_settings FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER budget_budgets_insert AFTER INSERT ON budget FOR EACH STATEMENT EXECUTE FUNCTION write_mark('budgets')",
    'CREATE TRIGGER budget_budgets_update AFTER UPDATE OF "id", "member_id", "year", "product_account", "name", "amount", "limit_kind", "version", "created_at" ON budget FOR EACH STATEMENT EXECUTE FUNCTION write_mark(\'budgets\')',
    "CREATE TRIGGER budget_budgets_delete AFTER DELETE ON budget FOR EACH STATEMENT EXECUTE FUNCTION write_mark('budgets')",
    "CREATE TRIGGER kit_catalog_insert AFTER INSERT ON kit FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER kit_catalog_update AFTER UPDATE ON kit FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER kit_catalog_delete AFTER DELETE ON kit FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER option_rule_catalog_insert AFTER INSERT ON option_rule FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER option_rule_catalog_update AFTER UPDATE ON option_rule FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER option_rule_catalog_delete AFTER DELETE ON option_rule FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    'CREATE TRIGGER successor_no_update BEFORE UPDATE OF "id", "old_sku", "new_sku", "valid_from", "grounds", "comparison", "document_sha256", "document_name", "declared_at", "declared_by" ON successor FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    "CREATE TRIGGER successor_no_delete BEFORE DELETE ON successor FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER successor_no_truncate BEFORE TRUNCATE ON successor FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER successor_catalog_insert AFTER INSERT ON successor FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER successor_catalog_update AFTER UPDATE ON successor FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER successor_catalog_delete AFTER DELETE ON successor FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER stock_report_no_update BEFORE UPDATE ON stock_report FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER stock_report_no_delete BEFORE DELETE ON stock_report FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER stock_report_no_truncate BEFORE TRUNCATE ON stock_report FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER framework_document_no_update BEFORE UPDATE ON framework_document FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER framework_document_no_delete BEFORE DELETE ON framework_document FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER framework_document_no_truncate BEFORE TRUNCATE ON framework_document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER agreed_price_rule_no_update BEFORE UPDATE ON agreed_price_rule FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER agreed_price_rule_no_delete BEFORE DELETE ON agreed_price_rule FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER agreed_price_rule_no_truncate BEFORE TRUNCATE ON agreed_price_rule FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER index_value_no_update BEFORE UPDATE ON index_value FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER index_value_no_delete BEFORE DELETE ON index_value FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER index_value_no_truncate BEFORE TRUNCATE ON index_value FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER supplier_return_no_update BEFORE UPDATE ON supplier_return FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER supplier_return_no_delete BEFORE DELETE ON supplier_return FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER supplier_return_no_truncate BEFORE TRUNCATE ON supplier_return FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE OR REPLACE FUNCTION keep_total_by_framework_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM framework f WHERE f.id = NEW.framework_id AND (f.maximum_value IS NOT NULL OR f.maximum_quantity IS NOT NULL) FOR NO KEY UPDATE; IF FOUND AND EXISTS (SELECT 1 FROM framework f WHERE f.id = NEW.framework_id AND (f.maximum_value < (SELECT sum(l.reserved_value + l.called_off_value) FROM lot l WHERE l.framework_id = f.id) OR f.maximum_quantity < (SELECT sum(l.reserved_quantity + l.called_off_quantity) FROM lot l WHERE l.framework_id = f.id))) THEN RAISE EXCEPTION 'the lots of this framework would pass its total ceiling' USING ERRCODE = 'check_violation'; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER lot_total_insert AFTER INSERT ON lot FOR EACH ROW EXECUTE FUNCTION keep_total_by_framework_id()",
    "CREATE TRIGGER lot_total_update AFTER UPDATE OF framework_id, reserved_value, called_off_value, reserved_quantity, called_off_quantity ON lot FOR EACH ROW WHEN (NEW.framework_id <> OLD.framework_id OR NEW.reserved_value + NEW.called_off_value > OLD.reserved_value + OLD.called_off_value OR NEW.reserved_quantity + NEW.called_off_quantity > OLD.reserved_quantity + OLD.called_off_quantity) EXECUTE FUNCTION keep_total_by_framework_id()",
    "CREATE OR REPLACE FUNCTION refuse_lot_raise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM framework_change c WHERE c.id = NEW.raised_by AND c.id > coalesce(OLD.raised_by, 0) AND c.lot_id = NEW.id AND c.kind = 'ceiling' AND c.value_change = coalesce(NEW.maximum_value - OLD.maximum_value, 0) AND c.quantity_change = coalesce(NEW.maximum_quantity - OLD.maximum_quantity, 0) AND (NEW.maximum_quantity IS NOT NULL OR OLD.maximum_quantity IS NULL) AND (NEW.maximum_value IS NOT NULL OR OLD.maximum_value IS NULL)) THEN RAISE EXCEPTION 'a ceiling rises only together with its amendment' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER lot_raise BEFORE UPDATE OF maximum_value, maximum_quantity, raised_by ON lot FOR EACH ROW WHEN ((NEW.maximum_value > OLD.maximum_value OR NEW.maximum_quantity > OLD.maximum_quantity OR (NEW.maximum_value IS NULL AND OLD.maximum_value IS NOT NULL) OR (NEW.maximum_quantity IS NULL AND OLD.maximum_quantity IS NOT NULL) OR coalesce(NEW.raised_by, 0) < coalesce(OLD.raised_by, 0))) EXECUTE FUNCTION refuse_lot_raise()",
    "CREATE OR REPLACE FUNCTION refuse_lot_quotas() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF true THEN RAISE EXCEPTION 'a ceiling rises only together with its amendment' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER lot_quotas BEFORE UPDATE OF has_quotas ON lot FOR EACH ROW WHEN (OLD.has_quotas AND NOT NEW.has_quotas) EXECUTE FUNCTION refuse_lot_quotas()",
    "CREATE OR REPLACE FUNCTION refuse_lot_caps() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF true THEN RAISE EXCEPTION 'a ceiling rises only together with its amendment' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER lot_caps BEFORE UPDATE OF has_caps ON lot FOR EACH ROW WHEN (OLD.has_caps AND NOT NEW.has_caps) EXECUTE FUNCTION refuse_lot_caps()",
    "CREATE OR REPLACE FUNCTION refuse_lot_fall() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM ceiling_movement m WHERE m.id = NEW.given_back_by AND m.id > coalesce(OLD.given_back_by, 0) AND m.called_off_value = NEW.called_off_value - OLD.called_off_value AND m.called_off_quantity = NEW.called_off_quantity - OLD.called_off_quantity AND m.lot_id = NEW.id) THEN RAISE EXCEPTION 'what is called off falls only together with its entry in the ledger' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER lot_fall BEFORE UPDATE OF called_off_value, called_off_quantity, given_back_by ON lot FOR EACH ROW WHEN ((NEW.called_off_value < OLD.called_off_value OR NEW.called_off_quantity < OLD.called_off_quantity OR coalesce(NEW.given_back_by, 0) < coalesce(OLD.given_back_by, 0))) EXECUTE FUNCTION refuse_lot_fall()",
    "CREATE TRIGGER lot_register_insert AFTER INSERT ON lot FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    'CREATE TRIGGER lot_register_update AFTER UPDATE OF "id", "framework_id", "number", "title", "cpv", "estimated_value", "maximum_value", "maximum_quantity", "raised_by", "alert_percents", "has_quotas", "has_caps", "minimum_order_value", "maximum_order_value", "only_kinds", "only_districts", "open_assortment_percent" ON lot FOR EACH STATEMENT EXECUTE FUNCTION write_mark(\'register\')',
    "CREATE TRIGGER lot_register_delete AFTER DELETE ON lot FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER lot_catalog_insert AFTER INSERT ON lot FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    'CREATE TRIGGER lot_catalog_update AFTER UPDATE OF "id", "framework_id", "number", "title", "cpv", "estimated_value", "maximum_value", "maximum_quantity", "raised_by", "alert_percents", "has_quotas", "has_caps", "minimum_order_value", "maximum_order_value", "only_kinds", "only_districts", "open_assortment_percent" ON lot FOR EACH STATEMENT EXECUTE FUNCTION write_mark(\'catalog\')',
    "CREATE TRIGGER lot_catalog_delete AFTER DELETE ON lot FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER framework_party_register_insert AFTER INSERT ON framework_party FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER framework_party_register_update AFTER UPDATE ON framework_party FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER framework_party_register_delete AFTER DELETE ON framework_party FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER framework_party_catalog_insert AFTER INSERT ON framework_party FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER framework_party_catalog_update AFTER UPDATE ON framework_party FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER framework_party_catalog_delete AFTER DELETE ON framework_party FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER law_proposal_no_update BEFORE UPDATE ON law_proposal FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER law_proposal_no_delete BEFORE DELETE ON law_proposal FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER law_proposal_no_truncate BEFORE TRUNCATE ON law_proposal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER law_proposal_register_insert AFTER INSERT ON law_proposal FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER law_proposal_register_update AFTER UPDATE ON law_proposal FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER law_proposal_register_delete AFTER DELETE ON law_proposal FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER evidence_document_register_insert AFTER INSERT ON evidence_document FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER evidence_document_register_update AFTER UPDATE ON evidence_document FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER evidence_document_register_delete AFTER DELETE ON evidence_document FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    'CREATE OR REPLACE FUNCTION refuse_eligibility_decision_no_override() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF position(\'"result":"fail","rule_class":"hard"\' in NEW.snapshot) > 0 THEN RAISE EXCEPTION \'a decision over a failed rule is not_eligible\' USING ERRCODE = \'check_violation\'; END IF; RETURN NEW; END $$',
    "CREATE TRIGGER eligibility_decision_no_override BEFORE INSERT ON eligibility_decision FOR EACH ROW WHEN (NEW.outcome <> 'not_eligible') EXECUTE FUNCTION refuse_eligibility_decision_no_override()",
    "CREATE TRIGGER supplier_order_no_update BEFORE UPDATE ON supplier_order FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER supplier_order_no_delete BEFORE DELETE ON supplier_order FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER supplier_order_no_truncate BEFORE TRUNCATE ON supplier_order FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER notice_notices_insert AFTER INSERT ON notice FOR EACH STATEMENT EXECUTE FUNCTION write_mark('notices')",
    "CREATE TRIGGER notice_notices_update AFTER UPDATE ON notice FOR EACH STATEMENT EXECUTE FUNCTION write_mark('notices')",
    "CREATE TRIGGER notice_notices_delete AFTER DELETE ON notice FOR EACH STATEMENT EXECUTE FUNCTION write_mark('notices')",
    "CREATE TRIGGER outage_form_block_no_update BEFORE UPDATE ON outage_form_block FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER outage_form_block_no_delete BEFORE DELETE ON outage_form_block FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER outage_form_block_no_truncate BEFORE TRUNCATE ON outage_form_block FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER retention_rule_no_update BEFORE UPDATE ON retention_rule FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER retention_rule_no_delete BEFORE DELETE ON retention_rule FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER retention_rule_no_truncate BEFORE TRUNCATE ON retention_rule FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    'CREATE TRIGGER legal_hold_no_update BEFORE UPDATE OF "id", "subject", "reason", "set_at", "set_by" ON legal_hold FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    "CREATE TRIGGER legal_hold_no_delete BEFORE DELETE ON legal_hold FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER legal_hold_no_truncate BEFORE TRUNCATE ON legal_hold FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER article_catalog_update AFTER UPDATE ON article FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER article_catalog_delete AFTER DELETE ON article FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER role_assignment_register_insert AFTER INSERT ON role_assignment FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER role_assignment_register_update AFTER UPDATE ON role_assignment FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER role_assignment_register_delete AFTER DELETE ON role_assignment FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    'CREATE TRIGGER approval_rule_no_update BEFORE UPDATE OF "id", "member_id", "title", "above", "up_to", "account", "category_id", "unit_id", "escalate_after_days", "escalate_to", "added_by", "added_at" ON approval_rule FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    "CREATE TRIGGER approval_rule_no_delete BEFORE DELETE ON approval_rule FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_rule_no_truncate BEFORE TRUNCATE ON approval_rule FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_rule_register_insert AFTER INSERT ON approval_rule FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER approval_rule_register_update AFTER UPDATE ON approval_rule FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER approval_rule_register_delete AFTER DELETE ON approval_rule FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE OR REPLACE FUNCTION refuse_approval_alone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.decided_by IN (NEW.requested_by, (SELECT ordered_by FROM call_off WHERE number = NEW.subject)) AND NOT EXISTS (\n    SELECT 1 FROM member AS m JOIN evidence_document AS paper\n        ON paper.id = m.self_approval_evidence_id\n    WHERE m.id = NEW.member_id AND paper.member_id = m.id\n      AND m.self_approval_evidence_id = NEW.exception_evidence_id\n      AND NEW.value <= m.self_approval_limit\n      AND paper.valid_from <= (NEW.at AT TIME ZONE 'Europe/Berlin')::date\n      AND (paper.valid_to IS NULL OR paper.valid_to >= (NEW.at AT TIME ZONE 'Europe/Berlin')::date)\n      AND (paper.review_due IS NULL OR paper.review_due >= (NEW.at AT TIME ZONE 'Europe/Berlin')::date)) THEN RAISE EXCEPTION 'nobody approves his own order outside the documented rule' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER approval_alone BEFORE INSERT ON approval FOR EACH ROW WHEN (NEW.verdict = 'approved') EXECUTE FUNCTION refuse_approval_alone()",
    "CREATE TRIGGER budget_movement_no_update BEFORE UPDATE ON budget_movement FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER budget_movement_no_delete BEFORE DELETE ON budget_movement FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER budget_movement_no_truncate BEFORE TRUNCATE ON budget_movement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER kit_component_catalog_insert AFTER INSERT ON kit_component FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER kit_component_catalog_update AFTER UPDATE ON kit_component FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER kit_component_catalog_delete AFTER DELETE ON kit_component FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER option_target_catalog_insert AFTER INSERT ON option_target FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER option_target_catalog_update AFTER UPDATE ON option_target FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER option_target_catalog_delete AFTER DELETE ON option_target FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE OR REPLACE FUNCTION refuse_article_cap_raise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM framework_change c WHERE c.id = NEW.raised_by AND c.id > coalesce(OLD.raised_by, 0) AND c.lot_id = NEW.lot_id AND c.kind = 'article_cap') THEN RAISE EXCEPTION 'a ceiling rises only together with its amendment' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER article_cap_raise BEFORE UPDATE OF maximum_quantity, raised_by ON article_cap FOR EACH ROW WHEN ((NEW.maximum_quantity > OLD.maximum_quantity OR (NEW.maximum_quantity IS NULL AND OLD.maximum_quantity IS NOT NULL) OR coalesce(NEW.raised_by, 0) < coalesce(OLD.raised_by, 0))) EXECUTE FUNCTION refuse_article_cap_raise()",
    "CREATE OR REPLACE FUNCTION refuse_article_cap_lift() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF true THEN RAISE EXCEPTION 'a ceiling rises only together with its amendment' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER article_cap_lift BEFORE DELETE ON article_cap FOR EACH ROW WHEN (true) EXECUTE FUNCTION refuse_article_cap_lift()",
    "CREATE OR REPLACE FUNCTION refuse_article_cap_fall() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM cap_movement m WHERE m.id = NEW.given_back_by AND m.id > coalesce(OLD.given_back_by, 0) AND m.cap_id = NEW.id AND m.called_off = NEW.called_off_quantity - OLD.called_off_quantity) THEN RAISE EXCEPTION 'what is called off falls only together with its entry in the ledger' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER article_cap_fall BEFORE UPDATE OF called_off_quantity, given_back_by ON article_cap FOR EACH ROW WHEN ((NEW.called_off_quantity < OLD.called_off_quantity OR coalesce(NEW.given_back_by, 0) < coalesce(OLD.given_back_by, 0))) EXECUTE FUNCTION refuse_article_cap_fall()",
    "CREATE OR REPLACE FUNCTION refuse_member_quota_raise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM framework_change c WHERE c.id = NEW.raised_by AND c.id > coalesce(OLD.raised_by, 0) AND c.lot_id = NEW.lot_id AND c.kind = 'quota') THEN RAISE EXCEPTION 'a ceiling rises only together with its amendment' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER member_quota_raise BEFORE UPDATE OF maximum_value, maximum_quantity, raised_by ON member_quota FOR EACH ROW WHEN ((NEW.maximum_value > OLD.maximum_value OR NEW.maximum_quantity > OLD.maximum_quantity OR (NEW.maximum_value IS NULL AND OLD.maximum_value IS NOT NULL) OR (NEW.maximum_quantity IS NULL AND OLD.maximum_quantity IS NOT NULL) OR coalesce(NEW.raised_by, 0) < coalesce(OLD.raised_by, 0))) EXECUTE FUNCTION refuse_member_quota_raise()",
    "CREATE OR REPLACE FUNCTION refuse_member_quota_lift() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF true THEN RAISE EXCEPTION 'a ceiling rises only together with its amendment' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER member_quota_lift BEFORE DELETE ON member_quota FOR EACH ROW WHEN (true) EXECUTE FUNCTION refuse_member_quota_lift()",
    "CREATE OR REPLACE FUNCTION refuse_member_quota_fall() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM ceiling_movement m WHERE m.id = NEW.given_back_by AND m.id > coalesce(OLD.given_back_by, 0) AND m.called_off_value = NEW.called_off_value - OLD.called_off_value AND m.called_off_quantity = NEW.called_off_quantity - OLD.called_off_quantity AND m.lot_id = NEW.lot_id AND m.member_id = NEW.member_id) THEN RAISE EXCEPTION 'what is called off falls only together with its entry in the ledger' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER member_quota_fall BEFORE UPDATE OF called_off_value, called_off_quantity, given_back_by ON member_quota FOR EACH ROW WHEN ((NEW.called_off_value < OLD.called_off_value OR NEW.called_off_quantity < OLD.called_off_quantity OR coalesce(NEW.given_back_by, 0) < coalesce(OLD.given_back_by, 0))) EXECUTE FUNCTION refuse_member_quota_fall()",
    "CREATE TRIGGER ceiling_alert_no_update BEFORE UPDATE ON ceiling_alert FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER ceiling_alert_no_delete BEFORE DELETE ON ceiling_alert FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER ceiling_alert_no_truncate BEFORE TRUNCATE ON ceiling_alert FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER return_sheet_no_update BEFORE UPDATE ON return_sheet FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER return_sheet_no_delete BEFORE DELETE ON return_sheet FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER return_sheet_no_truncate BEFORE TRUNCATE ON return_sheet FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER law_verdict_no_update BEFORE UPDATE ON law_verdict FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER law_verdict_no_delete BEFORE DELETE ON law_verdict FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER law_verdict_no_truncate BEFORE TRUNCATE ON law_verdict FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER law_verdict_register_insert AFTER INSERT ON law_verdict FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER law_verdict_register_update AFTER UPDATE ON law_verdict FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER law_verdict_register_delete AFTER DELETE ON law_verdict FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER evidence_verdict_no_update BEFORE UPDATE ON evidence_verdict FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_verdict_no_delete BEFORE DELETE ON evidence_verdict FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_verdict_no_truncate BEFORE TRUNCATE ON evidence_verdict FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_verdict_register_insert AFTER INSERT ON evidence_verdict FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER evidence_verdict_register_update AFTER UPDATE ON evidence_verdict FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER evidence_verdict_register_delete AFTER DELETE ON evidence_verdict FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER fact_register_insert AFTER INSERT ON fact FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER fact_register_update AFTER UPDATE ON fact FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER fact_register_delete AFTER DELETE ON fact FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER turnover_register_insert AFTER INSERT ON turnover FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER turnover_register_update AFTER UPDATE ON turnover FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER turnover_register_delete AFTER DELETE ON turnover FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE OR REPLACE FUNCTION refuse_call_off_placement_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (SELECT outcome FROM eligibility_decision WHERE id = NEW.placement_decision_id) NOT IN ('eligible', 'eligible_with_condition') THEN RAISE EXCEPTION 'only an eligible call-off is placed' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER call_off_placement_insert BEFORE INSERT ON call_off FOR EACH ROW WHEN (NEW.placement_decision_id IS NOT NULL) EXECUTE FUNCTION refuse_call_off_placement_insert()",
    "CREATE OR REPLACE FUNCTION refuse_call_off_placement_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (SELECT outcome FROM eligibility_decision WHERE id = NEW.placement_decision_id) NOT IN ('eligible', 'eligible_with_condition') THEN RAISE EXCEPTION 'only an eligible call-off is placed' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER call_off_placement_update BEFORE UPDATE OF placement_decision_id ON call_off FOR EACH ROW WHEN (NEW.placement_decision_id IS NOT NULL) EXECUTE FUNCTION refuse_call_off_placement_update()",
    "CREATE OR REPLACE FUNCTION refuse_call_off_alone_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (\n    SELECT 1 FROM member AS m JOIN evidence_document AS paper\n        ON paper.id = m.self_approval_evidence_id\n    WHERE m.id = NEW.member_id AND paper.member_id = m.id\n      AND m.self_approval_evidence_id = NEW.self_approval_evidence_id\n      AND CASE WHEN m.approval_limit_is_net THEN NEW.net ELSE NEW.gross END <= m.self_approval_limit\n      AND paper.valid_from <= (NEW.placed_at AT TIME ZONE 'Europe/Berlin')::date\n      AND (paper.valid_to IS NULL OR paper.valid_to >= (NEW.placed_at AT TIME ZONE 'Europe/Berlin')::date)\n      AND (paper.review_due IS NULL OR paper.review_due >= (NEW.placed_at AT TIME ZONE 'Europe/Berlin')::date)) THEN RAISE EXCEPTION 'nobody approves his own order outside the documented rule' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER call_off_alone_insert BEFORE INSERT ON call_off FOR EACH ROW WHEN (NEW.approved_by = NEW.ordered_by) EXECUTE FUNCTION refuse_call_off_alone_insert()",
    "CREATE OR REPLACE FUNCTION refuse_call_off_alone_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (\n    SELECT 1 FROM member AS m JOIN evidence_document AS paper\n        ON paper.id = m.self_approval_evidence_id\n    WHERE m.id = NEW.member_id AND paper.member_id = m.id\n      AND m.self_approval_evidence_id = NEW.self_approval_evidence_id\n      AND CASE WHEN m.approval_limit_is_net THEN NEW.net ELSE NEW.gross END <= m.self_approval_limit\n      AND paper.valid_from <= (NEW.placed_at AT TIME ZONE 'Europe/Berlin')::date\n      AND (paper.valid_to IS NULL OR paper.valid_to >= (NEW.placed_at AT TIME ZONE 'Europe/Berlin')::date)\n      AND (paper.review_due IS NULL OR paper.review_due >= (NEW.placed_at AT TIME ZONE 'Europe/Berlin')::date)) THEN RAISE EXCEPTION 'nobody approves his own order outside the documented rule' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER call_off_alone_update BEFORE UPDATE OF approved_by, ordered_by, self_approval_evidence_id, placed_at ON call_off FOR EACH ROW WHEN (NEW.approved_by = NEW.ordered_by) EXECUTE FUNCTION refuse_call_off_alone_update()",
    "CREATE OR REPLACE FUNCTION refuse_call_off_orderer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF true THEN RAISE EXCEPTION 'who ordered stays as written' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER call_off_orderer BEFORE UPDATE OF ordered_by ON call_off FOR EACH ROW WHEN (NEW.ordered_by <> OLD.ordered_by) EXECUTE FUNCTION refuse_call_off_orderer()",
    "CREATE OR REPLACE FUNCTION refuse_call_off_steps() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (\n    SELECT 1 FROM approval_step AS step JOIN approval_path AS path ON path.id = step.path_id\n    WHERE path.subject = NEW.number\n      AND path.round = (SELECT max(round) FROM approval_path WHERE subject = NEW.number)\n      AND NOT EXISTS (SELECT 1 FROM approval AS word\n        WHERE word.step_id = step.id AND word.verdict = 'approved'\n          AND word.subject_sha256 = path.subject_sha256)) THEN RAISE EXCEPTION 'an order is placed only when every step of its approval is signed' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER call_off_steps BEFORE UPDATE OF state ON call_off FOR EACH ROW WHEN (NEW.state = 'placed' AND OLD.state IN ('in_approval', 'approved')) EXECUTE FUNCTION refuse_call_off_steps()",
    "CREATE TRIGGER article_label_catalog_insert AFTER INSERT ON article_label FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER article_label_catalog_update AFTER UPDATE ON article_label FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER article_label_catalog_delete AFTER DELETE ON article_label FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER article_media_catalog_insert AFTER INSERT ON article_media FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER article_media_catalog_update AFTER UPDATE ON article_media FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER article_media_catalog_delete AFTER DELETE ON article_media FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER article_edit_no_update BEFORE UPDATE ON article_edit FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER article_edit_no_delete BEFORE DELETE ON article_edit FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER article_edit_no_truncate BEFORE TRUNCATE ON article_edit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER article_edit_catalog_insert AFTER INSERT ON article_edit FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER article_edit_catalog_update AFTER UPDATE ON article_edit FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER article_edit_catalog_delete AFTER DELETE ON article_edit FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE OR REPLACE FUNCTION refuse_price_overlap() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  PERFORM 1 FROM article WHERE id IN (SELECT article_id FROM fresh) ORDER BY id FOR NO KEY UPDATE;\n  IF EXISTS (\n    SELECT 1 FROM fresh JOIN price AS other\n      ON other.article_id = fresh.article_id AND other.lower_bound = fresh.lower_bound\n      AND other.id <> fresh.id\n    WHERE fresh.valid_from < coalesce(fresh.valid_to, 'infinity')\n      AND other.valid_from < coalesce(other.valid_to, 'infinity')\n      AND other.valid_from < coalesce(fresh.valid_to, 'infinity')\n      AND fresh.valid_from < coalesce(other.valid_to, 'infinity')\n  ) THEN\n    RAISE EXCEPTION 'another price of this article and bound is valid on one of these days' USING ERRCODE = 'exclusion_violation';\n  END IF;\n  RETURN NULL;\nEND $$",
    "CREATE TRIGGER price_no_overlap_insert AFTER INSERT ON price REFERENCING NEW TABLE AS fresh\nFOR EACH STATEMENT EXECUTE FUNCTION refuse_price_overlap()",
    "CREATE TRIGGER price_no_overlap_update AFTER UPDATE ON price REFERENCING NEW TABLE AS fresh\nFOR EACH STATEMENT EXECUTE FUNCTION refuse_price_overlap()",
    "CREATE TRIGGER price_catalog_insert AFTER INSERT ON price FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER price_catalog_update AFTER UPDATE ON price FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER price_catalog_delete AFTER DELETE ON price FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER article_reference_catalog_insert AFTER INSERT ON article_reference FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER article_reference_catalog_update AFTER UPDATE ON article_reference FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER article_reference_catalog_delete AFTER DELETE ON article_reference FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER approval_rule_step_no_update BEFORE UPDATE ON approval_rule_step FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_rule_step_no_delete BEFORE DELETE ON approval_rule_step FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_rule_step_no_truncate BEFORE TRUNCATE ON approval_rule_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_rule_step_register_insert AFTER INSERT ON approval_rule_step FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER approval_rule_step_register_update AFTER UPDATE ON approval_rule_step FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER approval_rule_step_register_delete AFTER DELETE ON approval_rule_step FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER approval_path_no_update BEFORE UPDATE ON approval_path FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_path_no_delete BEFORE DELETE ON approval_path FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_path_no_truncate BEFORE TRUNCATE ON approval_path FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE INDEX ix_search_entry_words ON search_entry USING gin (words)",
    "DO $$ BEGIN\n  CREATE EXTENSION IF NOT EXISTS pg_trgm;\n  CREATE INDEX ix_search_entry_numbers ON search_entry USING gin (numbers gin_trgm_ops);\nEXCEPTION WHEN OTHERS THEN\n  RAISE NOTICE 'numbers are searched without pg_trgm';\nEND $$",
    "CREATE TRIGGER stock_figure_stock_insert AFTER INSERT ON stock_figure FOR EACH STATEMENT EXECUTE FUNCTION write_mark('stock')",
    "CREATE TRIGGER stock_figure_stock_update AFTER UPDATE ON stock_figure FOR EACH STATEMENT EXECUTE FUNCTION write_mark('stock')",
    "CREATE TRIGGER stock_figure_stock_delete AFTER DELETE ON stock_figure FOR EACH STATEMENT EXECUTE FUNCTION write_mark('stock')",
    "CREATE TRIGGER supplier_award_no_update BEFORE UPDATE ON supplier_award FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER supplier_award_no_delete BEFORE DELETE ON supplier_award FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER supplier_award_no_truncate BEFORE TRUNCATE ON supplier_award FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER cap_movement_no_update BEFORE UPDATE ON cap_movement FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER cap_movement_no_delete BEFORE DELETE ON cap_movement FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER cap_movement_no_truncate BEFORE TRUNCATE ON cap_movement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_override_request_no_update BEFORE UPDATE ON evidence_override_request FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_override_request_no_delete BEFORE DELETE ON evidence_override_request FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_override_request_no_truncate BEFORE TRUNCATE ON evidence_override_request FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_override_request_register_update AFTER UPDATE ON evidence_override_request FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER evidence_override_request_register_delete AFTER DELETE ON evidence_override_request FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER evidence_reminder_no_update BEFORE UPDATE ON evidence_reminder FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_reminder_no_delete BEFORE DELETE ON evidence_reminder FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_reminder_no_truncate BEFORE TRUNCATE ON evidence_reminder FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_kit_no_update BEFORE UPDATE ON call_off_kit FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_kit_no_delete BEFORE DELETE ON call_off_kit FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_kit_no_truncate BEFORE TRUNCATE ON call_off_kit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_check_no_update BEFORE UPDATE ON call_off_check FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_check_no_delete BEFORE DELETE ON call_off_check FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_check_no_truncate BEFORE TRUNCATE ON call_off_check FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_paper_no_update BEFORE UPDATE ON call_off_paper FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_paper_no_delete BEFORE DELETE ON call_off_paper FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_paper_no_truncate BEFORE TRUNCATE ON call_off_paper FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    'CREATE TRIGGER call_off_change_no_update BEFORE UPDATE OF "id", "call_off_id", "member_id", "position", "asked_by", "asked_at", "reason", "asking_decision_id" ON call_off_change FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    "CREATE TRIGGER call_off_change_no_delete BEFORE DELETE ON call_off_change FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_change_no_truncate BEFORE TRUNCATE ON call_off_change FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_comparison_no_update BEFORE UPDATE ON call_off_comparison FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_comparison_no_delete BEFORE DELETE ON call_off_comparison FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_comparison_no_truncate BEFORE TRUNCATE ON call_off_comparison FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER market_check_no_update BEFORE UPDATE ON market_check FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER market_check_no_delete BEFORE DELETE ON market_check FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER market_check_no_truncate BEFORE TRUNCATE ON market_check FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_step_no_update BEFORE UPDATE ON approval_step FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_step_no_delete BEFORE DELETE ON approval_step FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_step_no_truncate BEFORE TRUNCATE ON approval_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_override_no_update BEFORE UPDATE ON evidence_override FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_override_no_delete BEFORE DELETE ON evidence_override FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_override_no_truncate BEFORE TRUNCATE ON evidence_override FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER evidence_override_register_insert AFTER INSERT ON evidence_override FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER evidence_override_register_update AFTER UPDATE ON evidence_override FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE TRIGGER evidence_override_register_delete AFTER DELETE ON evidence_override FOR EACH STATEMENT EXECUTE FUNCTION write_mark('register')",
    "CREATE OR REPLACE FUNCTION refuse_evidence_override_only_expired() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (\n    SELECT 1 FROM fact JOIN evidence_document AS paper ON paper.id = fact.evidence_document_id\n    WHERE fact.id = NEW.fact_id\n      AND fact.value <> CASE fact.key WHEN 'is_private' THEN 'true' ELSE 'false' END\n      AND (fact.valid_to < NEW.begins_on OR fact.review_due < NEW.begins_on\n        OR paper.valid_to < NEW.begins_on OR paper.review_due < NEW.begins_on\n        OR (paper.type IN ('legal_opinion', 'legal_memorandum')\n          AND paper.document_date < NEW.begins_on - interval '24 months' + interval '3 days')\n        OR (fact.key = 'no_private_shareholders_or_members'\n          AND paper.document_date < NEW.begins_on - interval '12 months' + interval '3 days'))) THEN RAISE EXCEPTION 'only expired evidence can be overridden, never a failed rule' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER evidence_override_only_expired BEFORE INSERT ON evidence_override FOR EACH ROW WHEN (NEW.confirmed) EXECUTE FUNCTION refuse_evidence_override_only_expired()",
    "CREATE TRIGGER supplier_order_line_no_update BEFORE UPDATE ON supplier_order_line FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER supplier_order_line_no_delete BEFORE DELETE ON supplier_order_line FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER supplier_order_line_no_truncate BEFORE TRUNCATE ON supplier_order_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_change_item_no_update BEFORE UPDATE ON call_off_change_item FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_change_item_no_delete BEFORE DELETE ON call_off_change_item FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_change_item_no_truncate BEFORE TRUNCATE ON call_off_change_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_change_step_no_update BEFORE UPDATE ON call_off_change_step FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_change_step_no_delete BEFORE DELETE ON call_off_change_step FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_change_step_no_truncate BEFORE TRUNCATE ON call_off_change_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_share_no_update BEFORE UPDATE ON call_off_share FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_share_no_delete BEFORE DELETE ON call_off_share FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_share_no_truncate BEFORE TRUNCATE ON call_off_share FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_escalation_no_update BEFORE UPDATE ON approval_escalation FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_escalation_no_delete BEFORE DELETE ON approval_escalation FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER approval_escalation_no_truncate BEFORE TRUNCATE ON approval_escalation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    'CREATE TRIGGER approval_link_no_update BEFORE UPDATE OF "id", "token_sha256", "member_id", "person_id", "subject", "subject_sha256", "step_id", "created_at", "expires_at" ON approval_link FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    "CREATE TRIGGER call_off_change_answer_no_update BEFORE UPDATE ON call_off_change_answer FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_change_answer_no_delete BEFORE DELETE ON call_off_change_answer FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER call_off_change_answer_no_truncate BEFORE TRUNCATE ON call_off_change_answer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
)


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        _run(SQLITE_UP)
        return
    _run(_drop(one) for one in POSTGRESQL_OLD_TRIGGERS)
    # CHECK constraints
    op.drop_constraint(op.f("ck_ceiling_movement_ceilingmove"), "ceiling_movement", type_="check")
    op.drop_constraint(op.f("ck_call_off_move_move"), "call_off_move", type_="check")
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_index(
        "uq_evidence_document_id_stored_by", "evidence_document", ["id", "stored_by"], unique=True
    )
    op.create_table(
        "audit_anchor",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False, comment="canonical JSON with its signature"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_anchor")),
        sa.UniqueConstraint("day", name=op.f("uq_audit_anchor_day")),
    )
    op.create_table(
        "audit_verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("anchors", sa.Integer(), nullable=False),
        sa.Column(
            "findings", sa.Text(), nullable=False, comment="canonical JSON: one sentence each"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_verification")),
    )
    op.create_table(
        "erasure_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("dry", sa.Boolean(), nullable=False),
        sa.Column("counted", sa.Text(), nullable=False, comment="canonical JSON by kind"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_run")),
    )
    op.create_table(
        "facet_profile",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facet_profile")),
    )
    op.create_table(
        "mark",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("word", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mark")),
    )
    op.create_table(
        "membership_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column(
            "cooperative", sa.String(length=120), nullable=False, comment="its name on papers"
        ),
        sa.Column(
            "first_month", sa.Integer(), nullable=False, comment="in which its fiscal year begins"
        ),
        sa.Column("notice_months", sa.Integer(), nullable=False),
        sa.Column("share", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_terms")),
        sa.UniqueConstraint("valid_from", name=op.f("uq_membership_terms_valid_from")),
    )
    op.create_table(
        "search_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_word")),
        sa.UniqueConstraint("word", name=op.f("uq_search_word_word")),
    )
    op.create_table(
        "agreed_price_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "fixed",
                "index",
                "list_discount",
                name="pricerulekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("fixed_until", sa.Date(), nullable=True),
        sa.Column("index_name", sa.String(length=120), nullable=False),
        sa.Column("base_month", sa.String(length=7), nullable=True),
        sa.Column(
            "threshold_points", sa.Integer(), nullable=False, comment="hundredths of a percent"
        ),
        sa.Column("cap_points", sa.Integer(), nullable=True, comment="hundredths of a percent"),
        sa.Column(
            "discount_points", sa.Integer(), nullable=False, comment="hundredths of a percent"
        ),
        sa.Column("announcement_days", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_agreed_price_rule_framework_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_price_rule")),
    )
    op.create_index(
        op.f("ix_agreed_price_rule_framework_id"),
        "agreed_price_rule",
        ["framework_id"],
        unique=False,
    )
    op.create_table(
        "approval_settings",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "window_days",
            sa.Integer(),
            nullable=False,
            comment="orders of one person on one account within so many days count together",
        ),
        sa.Column(
            "password_above",
            sa.BigInteger(),
            nullable=False,
            comment="above it, the link in the mail asks for the password",
        ),
        sa.CheckConstraint(
            "window_days BETWEEN 0 AND 31", name=op.f("ck_approval_settings_window_days")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_approval_settings_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_approval_settings")),
    )
    op.create_table(
        "basket_comparison",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_basket_comparison_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_basket_comparison_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_basket_comparison")),
    )
    op.create_index(
        "ix_basket_comparison_owner", "basket_comparison", ["member_id", "person_id"], unique=False
    )
    op.create_table(
        "budget",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("product_account", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False, comment="Haushaltsansatz, gross"),
        sa.Column(
            "limit_kind",
            sa.Enum(
                "soft", "hard", name="limit", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("committed", sa.BigInteger(), nullable=False, comment="held by orders, gross"),
        sa.Column("actual", sa.BigInteger(), nullable=False, comment="taken by invoices, gross"),
        sa.Column("overrun", sa.BigInteger(), nullable=False, comment="what invoices took beyond"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "limit_kind <> 'hard' OR committed + actual <= amount + overrun",
            name=op.f("ck_budget_hard_limit"),
        ),
        sa.CheckConstraint("actual >= 0", name=op.f("ck_budget_actual")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_budget_amount")),
        sa.CheckConstraint("committed >= 0", name=op.f("ck_budget_committed")),
        sa.CheckConstraint("overrun >= 0", name=op.f("ck_budget_overrun")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_budget_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget")),
        sa.UniqueConstraint("id", "member_id", name=op.f("uq_budget_id_member_id")),
        sa.UniqueConstraint(
            "member_id",
            "year",
            "product_account",
            name=op.f("uq_budget_member_id_year_product_account"),
        ),
    )
    op.create_table(
        "catalog_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "wishes",
            sa.JSON(),
            nullable=False,
            comment="lot, only a check, character set, columns, out of sequence",
        ),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "mapping",
                "running",
                "done",
                "refused",
                name="importstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("articles_read", sa.Integer(), nullable=False),
        sa.Column("refusal_code", sa.String(length=40), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column(
            "version_id", sa.Integer(), nullable=True, comment="the draft; it may be gone by now"
        ),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["stored_file.sha256"], name=op.f("fk_catalog_import_file_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_catalog_import_framework_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_catalog_import_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_import")),
    )
    op.create_table(
        "commitment_columns",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("profile", sa.String(length=20), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False, comment="field, heading"),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_commitment_columns_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_commitment_columns_person_id")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_commitment_columns")),
    )
    op.create_table(
        "demand_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column(
            "purpose",
            sa.String(length=200),
            nullable=False,
            comment="agreement and lot to be tendered",
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column(
            "deadline", sa.Date(), nullable=False, comment="last day on which members may answer"
        ),
        sa.Column(
            "state",
            sa.Enum(
                "collecting",
                "reviewing",
                "closed",
                "cancelled",
                name="roundstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False, comment="why it was cancelled"),
        sa.Column("framework_id", sa.Integer(), nullable=True),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "framework_id IS NULL OR state = 'closed'",
            name=op.f("ck_demand_round_framework_when_closed"),
        ),
        sa.CheckConstraint("period_to >= period_from", name=op.f("ck_demand_round_period")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_demand_round_category_id")
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_demand_round_framework_id")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["person.id"], name=op.f("fk_demand_round_opened_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_round")),
    )
    op.create_table(
        "framework_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("open_to_members", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["stored_file.sha256"], name=op.f("fk_framework_document_file_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_framework_document_framework_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_framework_document_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_document")),
    )
    op.create_index(
        op.f("ix_framework_document_framework_id"),
        "framework_document",
        ["framework_id"],
        unique=False,
    )
    op.create_table(
        "import_terms",
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("largest_rise", sa.Integer(), nullable=False, comment="percent"),
        sa.Column("largest_fall", sa.Integer(), nullable=False, comment="percent"),
        sa.Column(
            "stock_days",
            sa.Integer(),
            server_default="3",
            nullable=False,
            comment="a stock figure is believed for so many days",
        ),
        sa.Column(
            "columns",
            sa.JSON(),
            nullable=False,
            comment="field of an article: head of the column, as last confirmed",
        ),
        sa.CheckConstraint(
            "largest_fall BETWEEN 0 AND 100", name=op.f("ck_import_terms_largest_fall")
        ),
        sa.CheckConstraint("largest_rise >= 0", name=op.f("ck_import_terms_largest_rise")),
        sa.CheckConstraint("stock_days BETWEEN 1 AND 30", name=op.f("ck_import_terms_stock_days")),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_import_terms_framework_id")
        ),
        sa.PrimaryKeyConstraint("framework_id", name=op.f("pk_import_terms")),
    )
    op.create_table(
        "index_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("index_name", sa.String(length=120), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=False, comment="117.3 is 11730"),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("hundredths > 0", name=op.f("ck_index_value_hundredths")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_index_value_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_value")),
    )
    op.create_index(
        "ix_index_value_index_name_month", "index_value", ["index_name", "month"], unique=False
    )
    op.create_table(
        "kept_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["stored_file.sha256"], name=op.f("fk_kept_paper_file_sha256")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_kept_paper_member_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kept_paper_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_paper")),
    )
    op.create_index("ix_kept_paper_owner", "kept_paper", ["member_id", "person_id"], unique=False)
    op.create_table(
        "kit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("description", sa.String(length=1000), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_kit_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit")),
        sa.UniqueConstraint("number", name=op.f("uq_kit_number")),
    )
    op.create_table(
        "law_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("law_id", sa.String(length=40), nullable=False),
        sa.Column(
            "sha256", sa.String(length=64), nullable=False, comment="of the rules that were read"
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column(
            "reference", sa.String(length=200), nullable=False, comment="Federal Law Gazette"
        ),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(trim(reference)) > 0", name=op.f("ck_law_proposal_reference")),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["person.id"], name=op.f("fk_law_proposal_proposed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_proposal")),
        sa.UniqueConstraint("id", "proposed_by", name=op.f("uq_law_proposal_id_proposed_by")),
    )
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "subject",
            sa.String(length=60),
            nullable=False,
            comment="all, member:KEY or person:NUMBER",
        ),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("lift_reason", sa.String(length=300), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by IS NULL)",
            name=op.f("ck_legal_hold_lifted_by_somebody"),
        ),
        sa.ForeignKeyConstraint(["lifted_by"], ["person.id"], name=op.f("fk_legal_hold_lifted_by")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_legal_hold_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_table(
        "membership_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "application",
                "council_resolution",
                "admission",
                "share_paid",
                "effective",
                "notice",
                "end",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column(
            "reference",
            sa.String(length=200),
            nullable=False,
            comment="file number, minutes, statement",
        ),
        sa.Column(
            "evidence_document_id",
            sa.Integer(),
            nullable=True,
            comment="where a document proves it",
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_membership_step_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_membership_step_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_step")),
    )
    op.create_index(
        op.f("ix_membership_step_member_id"), "membership_step", ["member_id"], unique=False
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "event",
            sa.Enum(
                "approval_needed",
                "approval_lapses",
                "order_moved",
                "order_message",
                "order_change",
                "delivery",
                "invoice",
                "basket",
                "budget",
                "demand",
                "desk_order",
                "desk_message",
                "desk_change",
                "ceiling",
                "supply",
                "evidence_waits",
                "evidence_expires",
                name="event",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False, comment="path in the portal"),
        sa.Column("cause", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "in_portal",
            sa.Boolean(),
            nullable=False,
            comment="else it is kept for the daily mail only",
        ),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waits_for_digest", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("person_id", "cause", name=op.f("uq_notice_person_id_cause")),
    )
    op.create_index("ix_notice_person_read", "notice", ["person_id", "read_at"], unique=False)
    op.create_table(
        "notice_choice",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "event",
            sa.Enum(
                "approval_needed",
                "approval_lapses",
                "order_moved",
                "order_message",
                "order_change",
                "delivery",
                "invoice",
                "basket",
                "budget",
                "demand",
                "desk_order",
                "desk_message",
                "desk_change",
                "ceiling",
                "supply",
                "evidence_waits",
                "evidence_expires",
                name="event",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("in_portal", sa.Boolean(), nullable=False),
        sa.Column(
            "mail",
            sa.Enum(
                "at_once",
                "daily",
                "never",
                name="mailway",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notice_choice_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "event", name=op.f("pk_notice_choice")),
    )
    op.create_table(
        "notice_times",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_to", sa.Integer(), nullable=False),
        sa.Column("digest_at", sa.Integer(), nullable=False),
        sa.CheckConstraint("digest_at BETWEEN 0 AND 23", name=op.f("ck_notice_times_digest_at")),
        sa.CheckConstraint("quiet_from BETWEEN 0 AND 23", name=op.f("ck_notice_times_quiet_from")),
        sa.CheckConstraint("quiet_to BETWEEN 0 AND 23", name=op.f("ck_notice_times_quiet_to")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notice_times_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notice_times")),
    )
    op.create_table(
        "option_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "sku",
            sa.String(length=64),
            nullable=False,
            comment="the article that the rule is about",
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "all_of",
                "one_of",
                "excluded",
                "at_most",
                name="optionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False, comment="per piece of the article"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("pieces >= 1", name=op.f("ck_option_rule_pieces")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_option_rule_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option_rule")),
    )
    op.create_index("ix_option_rule_sku", "option_rule", ["sku"], unique=False)
    op.create_table(
        "order_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column(
            "sharing",
            sa.Enum(
                "private",
                "member",
                "everybody",
                name="sharing",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("pieces", sa.JSON(), nullable=False, comment="sku, quantity, term"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_order_template_made_by")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_order_template_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_template")),
    )
    op.create_index("ix_order_template_member", "order_template", ["member_id"], unique=False)
    op.create_index("ix_order_template_sharing", "order_template", ["sharing"], unique=False)
    op.create_table(
        "outage_form_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "first >= 1 AND last >= first", name=op.f("ck_outage_form_block_numbers")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["person.id"], name=op.f("fk_outage_form_block_issued_by")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_outage_form_block_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["pdf_sha256"], ["stored_file.sha256"], name=op.f("fk_outage_form_block_pdf_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage_form_block")),
        sa.UniqueConstraint(
            "member_id", "first", name=op.f("uq_outage_form_block_member_id_first")
        ),
    )
    op.create_table(
        "parked_basket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "holder_id",
            sa.Integer(),
            nullable=True,
            comment="null: everybody who orders for the member",
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("comment", sa.String(length=500), nullable=False),
        sa.Column("handed_over_by", sa.Integer(), nullable=True),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_up_by", sa.Integer(), nullable=True),
        sa.Column("taken_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "lines",
            sa.JSON(),
            nullable=False,
            comment="sku, quantity, term, name, unit price then, in ten-thousandths",
        ),
        sa.Column("kits", sa.JSON(), nullable=False, comment="how many, by the kit's id"),
        sa.ForeignKeyConstraint(
            ["handed_over_by"], ["person.id"], name=op.f("fk_parked_basket_handed_over_by")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["person.id"], name=op.f("fk_parked_basket_holder_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_parked_basket_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_up_by"], ["person.id"], name=op.f("fk_parked_basket_taken_up_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked_basket")),
    )
    op.create_index(
        "ix_parked_basket_member", "parked_basket", ["member_id", "taken_up_at"], unique=False
    )
    op.create_table(
        "retention_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invoices",
                "delivery_notes",
                "orders",
                "decisions",
                "evidence",
                "frameworks",
                "sessions",
                "attempts",
                "resets",
                "tokens",
                "messages",
                "notices",
                "people",
                name="kept",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_retention_rule_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rule")),
    )
    op.create_table(
        "stock_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("supplier", sa.String(length=160), nullable=False, comment="by name"),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", sa.Integer(), nullable=False, comment="taken over"),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_stock_report_framework_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_stock_report_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_report")),
    )
    op.create_index(
        op.f("ix_stock_report_framework_id"), "stock_report", ["framework_id"], unique=False
    )
    op.create_table(
        "successor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("old_sku", sa.String(length=64), nullable=False),
        sa.Column("new_sku", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column(
            "grounds", sa.Text(), nullable=False, comment="why what differs is equal or better"
        ),
        sa.Column("comparison", sa.JSON(), nullable=False, comment="as it stood when declared"),
        sa.Column(
            "document_sha256", sa.String(length=64), nullable=False, comment="in the archive"
        ),
        sa.Column("document_name", sa.String(length=200), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared_by", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("old_sku <> new_sku", name=op.f("ck_successor_different")),
        sa.CheckConstraint(
            "released_at IS NULL OR document_sha256 IS NOT NULL",
            name=op.f("ck_successor_with_document"),
        ),
        sa.CheckConstraint(
            "released_by IS NULL OR declared_by IS NULL OR released_by <> declared_by",
            name=op.f("ck_successor_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["declared_by"], ["person.id"], name=op.f("fk_successor_declared_by")
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["person.id"], name=op.f("fk_successor_released_by")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["person.id"], name=op.f("fk_successor_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_successor")),
    )
    op.create_index("ix_successor_new_sku", "successor", ["new_sku"], unique=False)
    op.create_index(
        "uq_successor_standing",
        "successor",
        ["old_sku"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "supplier_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("supplier", sa.String(length=200), nullable=False),
        sa.Column("by_person", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False, comment="in the archive"),
        sa.Column("csv_sha256", sa.String(length=64), nullable=False, comment="in the archive"),
        sa.ForeignKeyConstraint(
            ["by_person"], ["person.id"], name=op.f("fk_supplier_order_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_supplier_order_framework_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier_order")),
        sa.UniqueConstraint("number", name=op.f("uq_supplier_order_number")),
    )
    op.create_table(
        "supplier_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("declared", sa.BigInteger(), nullable=False, comment="net; nothing sold is 0"),
        sa.Column(
            "fee_points",
            sa.Integer(),
            nullable=False,
            comment="of the agreement when it was recorded",
        ),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_supplier_return_framework_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_supplier_return_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier_return")),
    )
    op.create_index(
        "ix_supplier_return_framework_id_month",
        "supplier_return",
        ["framework_id", "month"],
        unique=False,
    )
    op.create_table(
        "year_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "running",
                "done",
                name="yearfilestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("total", sa.Integer(), nullable=False, comment="orders of the year"),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the finished file"),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'done') = (sha256 <> '')", name=op.f("ck_year_file_done_with_hash")
        ),
        sa.CheckConstraint("written <= total", name=op.f("ck_year_file_progress")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_year_file_asked_by")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_year_file_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_file")),
    )
    op.create_index("ix_year_file_member", "year_file", ["member_id", "year"], unique=False)
    op.create_table(
        "approval_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="the first fitting rule decides"
        ),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("above", sa.BigInteger(), nullable=False),
        sa.Column("up_to", sa.BigInteger(), nullable=True),
        sa.Column(
            "account", sa.String(length=60), nullable=False, comment="a star ends a beginning"
        ),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("escalate_after_days", sa.Integer(), nullable=True),
        sa.Column("escalate_to", sa.Integer(), nullable=True),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "ended_on", sa.Date(), nullable=True, comment="from this day on it counts no longer"
        ),
        sa.CheckConstraint(
            "escalate_after_days BETWEEN 1 AND 60",
            name=op.f("ck_approval_rule_escalate_after_days"),
        ),
        sa.CheckConstraint("up_to IS NULL OR up_to > above", name=op.f("ck_approval_rule_up_to")),
        sa.ForeignKeyConstraint(
            ["added_by"], ["person.id"], name=op.f("fk_approval_rule_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_approval_rule_category_id")
        ),
        sa.ForeignKeyConstraint(
            ["escalate_to"], ["person.id"], name=op.f("fk_approval_rule_escalate_to")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_approval_rule_member_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_approval_rule_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_rule")),
    )
    op.create_index(
        "ix_approval_rule_member", "approval_rule", ["member_id", "position"], unique=False
    )
    op.create_table(
        "article_cap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("maximum_quantity", sa.Integer(), nullable=True, comment="pieces; null: lifted"),
        sa.Column(
            "raised_by",
            sa.Integer(),
            nullable=True,
            comment="entry of the change log that last raised it (ceiling_guard)",
        ),
        sa.Column(
            "given_back_by",
            sa.Integer(),
            nullable=True,
            comment="entry of its ledger that last lowered what is called off (ceiling_guard)",
        ),
        sa.Column("reserved_quantity", sa.Integer(), nullable=False),
        sa.Column("called_off_quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "called_off_quantity >= 0", name=op.f("ck_article_cap_called_off_quantity")
        ),
        sa.CheckConstraint(
            "maximum_quantity IS NULL OR reserved_quantity + called_off_quantity <= maximum_quantity",
            name=op.f("ck_article_cap_quantity_ceiling"),
        ),
        sa.CheckConstraint("reserved_quantity >= 0", name=op.f("ck_article_cap_reserved_quantity")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_article_cap_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_cap")),
        sa.UniqueConstraint("lot_id", "sku", name=op.f("uq_article_cap_lot_id_sku")),
    )
    op.create_table(
        "basket_kit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kit_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_basket_kit_quantity")),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name=op.f("fk_basket_kit_kit_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_basket_kit_member_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_basket_kit_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_basket_kit")),
        sa.UniqueConstraint(
            "member_id",
            "person_id",
            "kit_id",
            name=op.f("uq_basket_kit_member_id_person_id_kit_id"),
        ),
    )
    op.create_table(
        "budget_movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("budget_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "booking",
            sa.Enum(
                "open",
                "change",
                "commit",
                "adjust",
                "release",
                "invoice",
                "cancel_invoice",
                name="booking",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "subject", sa.String(length=40), nullable=False, comment="number of the call-off"
        ),
        sa.Column("invoice", sa.String(length=40), nullable=False, comment="number of the invoice"),
        sa.Column("amount", sa.BigInteger(), nullable=False, comment="change of what was planned"),
        sa.Column("committed", sa.BigInteger(), nullable=False, comment="change"),
        sa.Column("actual", sa.BigInteger(), nullable=False, comment="change"),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["budget_id", "member_id"],
            ["budget.id", "budget.member_id"],
            name=op.f("fk_budget_movement_budget_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_budget_movement_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_movement")),
    )
    op.create_index(
        op.f("ix_budget_movement_budget_id"), "budget_movement", ["budget_id"], unique=False
    )
    op.create_index(
        "ix_budget_movement_subject", "budget_movement", ["member_id", "subject"], unique=False
    )
    op.create_table(
        "catalog_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("catalog_version_id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column(
            "line", sa.Integer(), nullable=False, comment="of the file; 0: it is not in the file"
        ),
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
        sa.Column(
            "stop",
            sa.Enum(
                "rise_forbidden",
                "outside_corridor",
                "price_lost",
                name="stop",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
            comment="why it may not be published as it is",
        ),
        sa.Column("stop_reason", sa.String(length=400), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "text_digest",
            sa.String(length=32),
            server_default="",
            nullable=False,
            comment="of its text in the file, if known",
        ),
        sa.Column(
            "quiet_until",
            sa.Date(),
            nullable=True,
            comment="last day on which reading that text again would remark nothing",
        ),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["catalog_version_id"],
            ["catalog_version.id"],
            name=op.f("fk_catalog_entry_catalog_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_entry")),
        sa.UniqueConstraint(
            "catalog_version_id", "sku", name=op.f("uq_catalog_entry_catalog_version_id_sku")
        ),
    )
    op.create_index(
        "ix_catalog_entry_stop", "catalog_entry", ["catalog_version_id", "stop"], unique=False
    )
    op.create_table(
        "ceiling_alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=True, comment="null: the total"),
        sa.Column("member_id", sa.Integer(), nullable=True, comment="of a quota"),
        sa.Column(
            "bound", sa.String(length=60), nullable=False, comment="lot:7, total:3, quota:7:15"
        ),
        sa.Column(
            "measure", sa.String(length=10), nullable=False, comment="value in cents, or quantity"
        ),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("maximum", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_ceiling_alert_framework_id")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_ceiling_alert_lot_id")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_ceiling_alert_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ceiling_alert")),
        sa.UniqueConstraint(
            "bound",
            "measure",
            "percent",
            "maximum",
            name=op.f("uq_ceiling_alert_bound_measure_percent_maximum"),
        ),
    )
    op.create_index(
        op.f("ix_ceiling_alert_framework_id"), "ceiling_alert", ["framework_id"], unique=False
    )
    op.create_table(
        "demand_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("reported_by", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "reported_on",
            sa.Date(),
            nullable=False,
            comment="day of law; its month is the report's",
        ),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column(
            "subject",
            sa.String(length=200),
            nullable=False,
            comment="folded words that group needs",
        ),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("needed_by", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "bought_by",
            sa.Enum(
                "own_tender",
                "direct_purchase",
                "other_framework",
                "not_bought",
                name="boughtby",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes_lost", sa.Integer(), nullable=True),
        sa.Column("estimated_net", sa.BigInteger(), nullable=True, comment="of the whole quantity"),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "planned",
                "available",
                "declined",
                "withdrawn",
                name="needstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column(
            "sku", sa.String(length=64), nullable=True, comment="the article that meets it now"
        ),
        sa.CheckConstraint(
            "state <> 'declined' OR decision_reason <> ''",
            name=op.f("ck_demand_need_declined_with_reason"),
        ),
        sa.CheckConstraint(
            "state <> 'planned' OR round_id IS NOT NULL",
            name=op.f("ck_demand_need_planned_for_round"),
        ),
        sa.CheckConstraint("estimated_net >= 0", name=op.f("ck_demand_need_estimated_net")),
        sa.CheckConstraint("minutes_lost >= 0", name=op.f("ck_demand_need_minutes_lost")),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_demand_need_quantity")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_demand_need_category_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_demand_need_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_demand_need_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["reported_by"], ["person.id"], name=op.f("fk_demand_need_reported_by")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["demand_round.id"], name=op.f("fk_demand_need_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_need")),
    )
    op.create_index(
        "ix_demand_need_member", "demand_need", ["member_id", "reported_on"], unique=False
    )
    op.create_index(op.f("ix_demand_need_round_id"), "demand_need", ["round_id"], unique=False)
    op.create_index("ix_demand_need_subject", "demand_need", ["subject"], unique=False)
    op.create_table(
        "evidence_verdict",
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "approved OR length(trim(reason)) > 0",
            name=op.f("ck_evidence_verdict_refusal_has_reason"),
        ),
        sa.CheckConstraint(
            "decided_by <> entered_by", name=op.f("ck_evidence_verdict_second_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_evidence_verdict_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["document_id", "entered_by"],
            ["evidence_document.id", "evidence_document.stored_by"],
            name=op.f("fk_evidence_verdict_document_id_entered_by"),
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_evidence_verdict")),
    )
    op.create_table(
        "extension_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column(
            "notice_by", sa.Date(), nullable=False, comment="last day on which it may be declared"
        ),
        sa.Column("exercised", sa.Boolean(), nullable=True, comment="null: not decided yet"),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=160), server_default="", nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(decided_on IS NULL) = (exercised IS NULL)", name=op.f("ck_extension_option_decided")
        ),
        sa.CheckConstraint("months >= 1", name=op.f("ck_extension_option_months")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["framework_document.id"], name=op.f("fk_extension_option_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_extension_option_framework_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension_option")),
        sa.UniqueConstraint(
            "framework_id", "number", name=op.f("uq_extension_option_framework_id_number")
        ),
    )
    op.create_table(
        "framework_supplier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("vat_id", sa.String(length=20), nullable=True),
        sa.Column("mail", sa.String(length=254), server_default="", nullable=False),
        sa.Column("supplier_rank", sa.Integer(), nullable=False),
        sa.Column(
            "share", sa.Integer(), nullable=False, comment="parts of the whole, for rotation"
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="last day; null: until the end"),
        sa.Column(
            "replaces_id", sa.Integer(), nullable=True, comment="§ 132 Abs. 2 Satz 1 Nr. 4 GWB"
        ),
        sa.CheckConstraint("share >= 1", name=op.f("ck_framework_supplier_share")),
        sa.CheckConstraint("supplier_rank >= 1", name=op.f("ck_framework_supplier_supplier_rank")),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_framework_supplier_framework_id")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_framework_supplier_lot_id")),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["framework_supplier.id"],
            name=op.f("fk_framework_supplier_replaces_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_supplier")),
    )
    op.create_index(
        "ix_framework_supplier_framework_id_lot_id",
        "framework_supplier",
        ["framework_id", "lot_id"],
        unique=False,
    )
    op.create_table(
        "kit_component",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_kit_component_quantity")),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name=op.f("fk_kit_component_kit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit_component")),
        sa.UniqueConstraint("kit_id", "sku", name=op.f("uq_kit_component_kit_id_sku")),
    )
    op.create_index(op.f("ix_kit_component_sku"), "kit_component", ["sku"], unique=False)
    op.create_table(
        "law_verdict",
        sa.Column("proposal_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "approved OR length(trim(reason)) > 0", name=op.f("ck_law_verdict_refusal_has_reason")
        ),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_law_verdict_second_person")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_law_verdict_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id", "proposed_by"],
            ["law_proposal.id", "law_proposal.proposed_by"],
            name=op.f("fk_law_verdict_proposal_id_proposed_by"),
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_law_verdict")),
    )
    op.create_table(
        "member_quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("maximum_value", sa.BigInteger(), nullable=True, comment="net; null is no limit"),
        sa.Column("maximum_quantity", sa.Integer(), nullable=True),
        sa.Column(
            "raised_by",
            sa.Integer(),
            nullable=True,
            comment="entry of the change log that last raised the ceiling (ceiling_guard)",
        ),
        sa.Column(
            "given_back_by",
            sa.Integer(),
            nullable=True,
            comment="entry of the ledger that last lowered what is called off (ceiling_guard)",
        ),
        sa.Column("reserved_value", sa.BigInteger(), nullable=False),
        sa.Column("called_off_value", sa.BigInteger(), nullable=False),
        sa.Column("reserved_quantity", sa.Integer(), nullable=False),
        sa.Column("called_off_quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "called_off_quantity >= 0", name=op.f("ck_member_quota_called_off_quantity")
        ),
        sa.CheckConstraint("called_off_value >= 0", name=op.f("ck_member_quota_called_off_value")),
        sa.CheckConstraint(
            "maximum_quantity IS NULL OR reserved_quantity + called_off_quantity <= maximum_quantity",
            name=op.f("ck_member_quota_quantity_ceiling"),
        ),
        sa.CheckConstraint(
            "maximum_value IS NULL OR reserved_value + called_off_value <= maximum_value",
            name=op.f("ck_member_quota_value_ceiling"),
        ),
        sa.CheckConstraint(
            "reserved_quantity >= 0", name=op.f("ck_member_quota_reserved_quantity")
        ),
        sa.CheckConstraint("reserved_value >= 0", name=op.f("ck_member_quota_reserved_value")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_member_quota_lot_id")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_quota_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_quota")),
        sa.UniqueConstraint("lot_id", "member_id", name=op.f("uq_member_quota_lot_id_member_id")),
    )
    op.create_table(
        "option_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("option_rule_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["option_rule_id"], ["option_rule.id"], name=op.f("fk_option_target_option_rule_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option_target")),
        sa.UniqueConstraint(
            "option_rule_id", "sku", name=op.f("uq_option_target_option_rule_id_sku")
        ),
    )
    op.create_table(
        "return_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False, comment="counted into the declared amount"),
        sa.Column(
            "remarks", sa.JSON(), nullable=False, comment="line (0: none), order, text, counted"
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["stored_file.sha256"], name=op.f("fk_return_sheet_file_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["supplier_return.id"], name=op.f("fk_return_sheet_return_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_sheet")),
        sa.UniqueConstraint("return_id", name=op.f("uq_return_sheet_return_id")),
    )
    op.create_table(
        "round_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("requested", sa.Integer(), nullable=False, comment="0: no need"),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved", sa.Integer(), nullable=True, comment="null: not decided yet"),
        sa.Column("approval_reason", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "approved IS NULL OR approved = requested OR approval_reason <> ''",
            name=op.f("ck_round_answer_reason_when_lower"),
        ),
        sa.CheckConstraint(
            "approved >= 0 AND approved <= requested", name=op.f("ck_round_answer_approved")
        ),
        sa.CheckConstraint("requested >= 0", name=op.f("ck_round_answer_requested")),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name=op.f("fk_round_answer_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_round_answer_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_round_answer_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["demand_round.id"], name=op.f("fk_round_answer_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_answer")),
        sa.UniqueConstraint(
            "round_id", "member_id", name=op.f("uq_round_answer_round_id_member_id")
        ),
    )
    op.create_index(op.f("ix_round_answer_member_id"), "round_answer", ["member_id"], unique=False)
    op.create_table(
        "approval_path",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "subject",
            sa.String(length=60),
            nullable=False,
            comment="number of what is decided over",
        ),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("subject_sha256", sa.String(length=64), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("requested_by", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False, comment="of the order alone"),
        sa.Column(
            "counted",
            sa.BigInteger(),
            nullable=False,
            comment="with what was ordered shortly before",
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_approval_path_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["person.id"], name=op.f("fk_approval_path_requested_by")
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["approval_rule.id"], name=op.f("fk_approval_path_rule_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_path")),
        sa.UniqueConstraint("subject", "round", name=op.f("uq_approval_path_subject_round")),
    )
    op.create_index(
        op.f("ix_approval_path_member_id"), "approval_path", ["member_id"], unique=False
    )
    op.create_table(
        "approval_rule_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column(
            "person_id",
            sa.Integer(),
            nullable=True,
            comment="null: whoever's value limit covers the order",
        ),
        sa.CheckConstraint("position BETWEEN 1 AND 5", name=op.f("ck_approval_rule_step_position")),
        sa.CheckConstraint("stage BETWEEN 1 AND 5", name=op.f("ck_approval_rule_step_stage")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_approval_rule_step_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["approval_rule.id"], name=op.f("fk_approval_rule_step_rule_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_rule_step")),
        sa.UniqueConstraint(
            "rule_id", "person_id", name=op.f("uq_approval_rule_step_rule_id_person_id")
        ),
        sa.UniqueConstraint(
            "rule_id", "position", name=op.f("uq_approval_rule_step_rule_id_position")
        ),
    )
    op.create_table(
        "article_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_edit_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["by_person"], ["person.id"], name=op.f("fk_article_edit_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_edit")),
    )
    op.create_index(
        op.f("ix_article_edit_article_id"), "article_edit", ["article_id"], unique=False
    )
    op.create_table(
        "article_label",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column(
            "label",
            sa.Enum(
                "blauer-engel",
                "eu-ecolabel",
                "tco-certified",
                "epeat",
                "energy-star",
                name="label",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("grade", sa.String(length=40), nullable=False, comment="`Gold`, `9.0`"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="first day no longer valid"),
        sa.Column("proof_url", sa.String(length=300), nullable=False),
        sa.Column("proof_sha256", sa.String(length=64), nullable=True, comment="in the archive"),
        sa.Column(
            "catalog_version_id", sa.Integer(), nullable=True, comment="null: recorded by a person"
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from", name=op.f("ck_article_label_validity")
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_label_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["catalog_version_id"],
            ["catalog_version.id"],
            name=op.f("fk_article_label_catalog_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proof_sha256"], ["stored_file.sha256"], name=op.f("fk_article_label_proof_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_article_label_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["person.id"], name=op.f("fk_article_label_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_label")),
    )
    op.create_index(
        "ix_article_label_article", "article_label", ["article_id", "label"], unique=False
    )
    op.create_index(
        "ix_article_label_label", "article_label", ["label", "valid_from", "valid_to"], unique=False
    )
    op.create_table(
        "article_media",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "picture",
                "document",
                name="mediakind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "title", sa.String(length=200), nullable=False, comment="alternative text of a picture"
        ),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column(
            "origin_sha256",
            sa.String(length=64),
            nullable=False,
            comment="of the file as handed in",
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("thumbnail_sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column(
            "catalog_version_id", sa.Integer(), nullable=True, comment="null: handed in by a person"
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind <> 'picture' OR thumbnail_sha256 IS NOT NULL",
            name=op.f("ck_article_media_thumbnail"),
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_media_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["catalog_version_id"],
            ["catalog_version.id"],
            name=op.f("fk_article_media_catalog_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_article_media_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_article_media_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["thumbnail_sha256"],
            ["stored_file.sha256"],
            name=op.f("fk_article_media_thumbnail_sha256"),
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["person.id"], name=op.f("fk_article_media_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_media")),
    )
    op.create_index(
        "ix_article_media_article", "article_media", ["article_id", "position"], unique=False
    )
    op.create_index(op.f("ix_article_media_sha256"), "article_media", ["sha256"], unique=False)
    op.create_index(
        op.f("ix_article_media_thumbnail_sha256"),
        "article_media",
        ["thumbnail_sha256"],
        unique=False,
    )
    op.create_table(
        "call_off_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_off_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "position",
            sa.Integer(),
            nullable=False,
            comment="first, second … wish for this call-off",
        ),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "offered",
                "agreed",
                "done",
                "rejected",
                "declined",
                "refused",
                "withdrawn",
                "lapsed",
                name="changestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asking_decision_id", sa.Integer(), nullable=True, comment="where a line grows"),
        sa.Column("applying_decision_id", sa.Integer(), nullable=True, comment="where a line grew"),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("self_approval_evidence_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state IN ('asked', 'offered', 'agreed')) = (closed_at IS NULL)",
            name=op.f("ck_call_off_change_closed"),
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> asked_by OR self_approval_evidence_id IS NOT NULL",
            name=op.f("ck_call_off_change_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["applying_decision_id", "member_id"],
            ["eligibility_decision.id", "eligibility_decision.member_id"],
            name=op.f("fk_call_off_change_applying_decision_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_call_off_change_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_call_off_change_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["asking_decision_id", "member_id"],
            ["eligibility_decision.id", "eligibility_decision.member_id"],
            name=op.f("fk_call_off_change_asking_decision_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["call_off_id", "member_id"],
            ["call_off.id", "call_off.member_id"],
            name=op.f("fk_call_off_change_call_off_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["self_approval_evidence_id"],
            ["evidence_document.id"],
            name=op.f("fk_call_off_change_self_approval_evidence_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_off_change")),
        sa.UniqueConstraint(
            "call_off_id", "position", name=op.f("uq_call_off_change_call_off_id_position")
        ),
    )
    op.create_index(
        "ix_call_off_change_member", "call_off_change", ["member_id", "state"], unique=False
    )
    op.create_index(
        "ix_call_off_change_state", "call_off_change", ["state", "asked_at"], unique=False
    )
    op.create_index(
        "uq_call_off_change_open",
        "call_off_change",
        ["call_off_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "call_off_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_off_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "preview",
                "submission",
                "placement",
                "manual",
                "running",
                "delivery",
                "invoice",
                name="phase",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on_day", sa.Date(), nullable=False, comment="the day that was judged"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_off_id", "member_id"],
            ["call_off.id", "call_off.member_id"],
            name=op.f("fk_call_off_check_call_off_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id", "member_id"],
            ["eligibility_decision.id", "eligibility_decision.member_id"],
            name=op.f("fk_call_off_check_decision_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_off_check")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_call_off_check_decision_id")),
    )
    op.create_index(
        op.f("ix_call_off_check_call_off_id"), "call_off_check", ["call_off_id"], unique=False
    )
    op.create_table(
        "call_off_comparison",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_off_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_off_id"], ["call_off.id"], name=op.f("fk_call_off_comparison_call_off_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_call_off_comparison_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_off_comparison")),
    )
    op.create_index(
        op.f("ix_call_off_comparison_call_off_id"),
        "call_off_comparison",
        ["call_off_id"],
        unique=False,
    )
    op.create_table(
        "call_off_kit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_off_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.JSON(), nullable=False, comment="by article number"),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_call_off_kit_quantity")),
        sa.ForeignKeyConstraint(
            ["call_off_id", "member_id"],
            ["call_off.id", "call_off.member_id"],
            name=op.f("fk_call_off_kit_call_off_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_off_kit")),
        sa.UniqueConstraint(
            "call_off_id", "position", name=op.f("uq_call_off_kit_call_off_id_position")
        ),
    )
    op.create_table(
        "call_off_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_off_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("by_person", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person"], ["person.id"], name=op.f("fk_call_off_paper_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["call_off_id", "member_id"],
            ["call_off.id", "call_off.member_id"],
            name=op.f("fk_call_off_paper_call_off_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["stored_file.sha256"], name=op.f("fk_call_off_paper_file_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_off_paper")),
    )
    op.create_index("ix_call_off_paper_call_off", "call_off_paper", ["call_off_id"], unique=False)
    op.create_table(
        "cap_movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cap_id", sa.Integer(), nullable=False),
        sa.Column(
            "move",
            sa.Enum(
                "opening",
                "reserve",
                "call_off",
                "release",
                "return",
                "correct",
                name="ceilingmove",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "subject", sa.String(length=60), nullable=False, comment="number of the call-off"
        ),
        sa.Column(
            "reserved", sa.Integer(), nullable=False, comment="pieces; change, may be negative"
        ),
        sa.Column(
            "called_off", sa.Integer(), nullable=False, comment="pieces; change, may be negative"
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cap_id"], ["article_cap.id"], name=op.f("fk_cap_movement_cap_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cap_movement")),
    )
    op.create_index(op.f("ix_cap_movement_cap_id"), "cap_movement", ["cap_id"], unique=False)
    op.create_table(
        "device_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column(
            "folded",
            sa.String(length=120),
            nullable=False,
            comment="folded, without blanks and signs",
        ),
        sa.Column("own", sa.Boolean(), nullable=False, comment="the article is this device"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_device_model_article_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_model")),
        sa.UniqueConstraint("article_id", "folded", name=op.f("uq_device_model_article_id_folded")),
    )
    op.create_index("ix_device_model_folded", "device_model", ["folded"], unique=False)
    op.create_table(
        "evidence_override_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("expired_on", sa.Date(), nullable=False, comment="the fact's last day"),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("days BETWEEN 1 AND 30", name=op.f("ck_evidence_override_request_days")),
        sa.CheckConstraint(
            "expired_on < asked_on", name=op.f("ck_evidence_override_request_only_expired")
        ),
        sa.CheckConstraint(
            "length(trim(reason)) > 0", name=op.f("ck_evidence_override_request_reason")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_evidence_override_request_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["fact_id"], ["fact.id"], name=op.f("fk_evidence_override_request_fact_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_override_request")),
        sa.UniqueConstraint(
            "id",
            "fact_id",
            "asked_by",
            "days",
            name=op.f("uq_evidence_override_request_id_fact_id_asked_by_days"),
        ),
    )
    op.create_index(
        op.f("ix_evidence_override_request_fact_id"),
        "evidence_override_request",
        ["fact_id"],
        unique=False,
    )
    op.create_table(
        "evidence_reminder",
        sa.Column("fact_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False, comment="days before: 90, 30, 7, 0"),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["fact_id"], ["fact.id"], name=op.f("fk_evidence_reminder_fact_id")
        ),
        sa.PrimaryKeyConstraint("fact_id", "last_day", "stage", name=op.f("pk_evidence_reminder")),
    )
    op.create_table(
        "market_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column(
            "contract_price",
            sa.BigInteger(),
            nullable=False,
            comment="the framework's at that moment",
        ),
        sa.Column("cheaper_elsewhere", sa.Boolean(), nullable=False),
        sa.Column(
            "result", sa.String(length=200), nullable=False, comment="the sentence that was shown"
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "called_off",
                "elsewhere",
                name="marketoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("checked_by", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'elsewhere') = (need_id IS NOT NULL)", name=op.f("ck_market_check_need")
        ),
        sa.CheckConstraint(
            "NOT cheaper_elsewhere OR length(trim(reason)) > 0",
            name=op.f("ck_market_check_reason_if_cheaper"),
        ),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_market_check_quantity")),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["person.id"], name=op.f("fk_market_check_checked_by")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_market_check_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["demand_need.id"], name=op.f("fk_market_check_need_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_check")),
    )
    op.create_index(
        "ix_market_check_member_sku",
        "market_check",
        ["member_id", "sku", "checked_at"],
        unique=False,
    )
    op.create_table(
        "search_entry",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "words",
            sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"),
            nullable=False,
            comment="folded words and marks of facet values",
        ),
        sa.Column(
            "numbers", sa.Text(), nullable=False, comment="compact article numbers, for fragments"
        ),
        sa.Column(
            "head", sa.Text(), nullable=False, comment="folded category and name, for the relevance"
        ),
        sa.Column(
            "name_key", sa.String(length=80), nullable=False, comment="folded name, for sorting"
        ),
        sa.Column(
            "price",
            sa.BigInteger(),
            nullable=True,
            comment="for the smallest order; null for rent and pages, which no purchase compares with",
        ),
        sa.Column(
            "price_from",
            sa.Date(),
            nullable=False,
            comment="first day on which the price is this one",
        ),
        sa.Column(
            "price_until", sa.Date(), nullable=True, comment="first day on which it may differ"
        ),
        sa.Column("delivery_days", sa.Integer(), nullable=True),
        sa.Column(
            "family_id",
            sa.BigInteger(),
            nullable=True,
            comment="digest of agreement and family; a list shows one of them",
        ),
        sa.Column(
            "in_stock_until",
            sa.Date(),
            nullable=True,
            comment="last day on which a supplier's figure for the smallest order is believed",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_search_entry_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_search_entry_lot_id")),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["facet_profile.id"], name=op.f("fk_search_entry_profile_id")
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_search_entry")),
    )
    op.create_index("ix_search_entry_lot_id", "search_entry", ["lot_id"], unique=False)
    op.create_table(
        "stock_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column(
            "supplier_id",
            sa.Integer(),
            nullable=True,
            comment="null: the agreement's only supplier",
        ),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "counts_until", sa.Date(), nullable=False, comment="last day on which it is believed"
        ),
        sa.Column("next_on", sa.Date(), nullable=True, comment="when more is expected"),
        sa.Column(
            "dispatch_days",
            sa.Integer(),
            nullable=True,
            comment="working days from stock to member",
        ),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_stock_figure_quantity")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_stock_figure_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["stock_report.id"], name=op.f("fk_stock_figure_report_id")
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["framework_supplier.id"], name=op.f("fk_stock_figure_supplier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_figure")),
        sa.UniqueConstraint(
            "article_id", "supplier_id", name=op.f("uq_stock_figure_article_id_supplier_id")
        ),
    )
    op.create_index(
        "uq_stock_figure_only_supplier",
        "stock_figure",
        ["article_id"],
        unique=True,
        sqlite_where=sa.text("supplier_id IS NULL"),
        postgresql_where=sa.text("supplier_id IS NULL"),
    )
    op.create_table(
        "supplier_award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column(
            "subject", sa.String(length=60), nullable=False, comment="number of the call-off"
        ),
        sa.Column(
            "event",
            sa.Enum(
                "chosen",
                "declined",
                "expired",
                "returned",
                name="awardevent",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.BigInteger(), nullable=False, comment="change of what he was given"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_supplier_award_framework_id")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_supplier_award_lot_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_supplier_award_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["framework_supplier.id"], name=op.f("fk_supplier_award_supplier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier_award")),
    )
    op.create_index("ix_supplier_award_subject", "supplier_award", ["subject"], unique=False)
    op.create_index(
        op.f("ix_supplier_award_supplier_id"), "supplier_award", ["supplier_id"], unique=False
    )
    op.create_table(
        "approval_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("position BETWEEN 1 AND 5", name=op.f("ck_approval_step_position")),
        sa.ForeignKeyConstraint(
            ["path_id"], ["approval_path.id"], name=op.f("fk_approval_step_path_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_approval_step_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_step")),
        sa.UniqueConstraint("path_id", "position", name=op.f("uq_approval_step_path_id_position")),
    )
    op.create_table(
        "call_off_change_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False, comment="empty: the delivery day"),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=True),
        sa.Column("day_before", sa.Date(), nullable=True),
        sa.Column("wanted_day", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(sku = '' AND wanted IS NULL AND wanted_day IS NOT NULL) OR (sku <> '' AND wanted IS NOT NULL AND before IS NOT NULL AND wanted_day IS NULL)",
            name=op.f("ck_call_off_change_item_one_thing"),
        ),
        sa.CheckConstraint("wanted >= 0", name=op.f("ck_call_off_change_item_wanted")),
        sa.ForeignKeyConstraint(
            ["change_id"], ["call_off_change.id"], name=op.f("fk_call_off_change_item_change_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_off_change_item")),
        sa.UniqueConstraint("change_id", "sku", name=op.f("uq_call_off_change_item_change_id_sku")),
    )
    op.create_table(
        "call_off_change_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "ask",
                "propose",
                "accept",
                "offer",
                "reject",
                "agree",
                "decline",
                "withdraw",
                "sign",
                "apply",
                "refuse",
                "lapse",
                name="changestep",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "left_state",
            sa.Enum(
                "asked",
                "offered",
                "agreed",
                "done",
                "rejected",
                "declined",
                "refused",
                "withdrawn",
                "lapsed",
                name="left_change",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "reached_state",
            sa.Enum(
                "asked",
                "offered",
                "agreed",
                "done",
                "rejected",
                "declined",
                "refused",
                "withdrawn",
                "lapsed",
                name="reached_change",
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
            ["by_person"], ["person.id"], name=op.f("fk_call_off_change_step_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["call_off_change.id"], name=op.f("fk_call_off_change_step_change_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_off_change_step")),
    )
    op.create_index(
        op.f("ix_call_off_change_step_change_id"),
        "call_off_change_step",
        ["change_id"],
        unique=False,
    )
    op.create_table(
        "call_off_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_off_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False, comment="of the line, from 1"),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=120), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("postal_code", sa.String(length=10), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("building", sa.String(length=80), nullable=False),
        sa.Column("room", sa.String(length=80), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("product_account", sa.String(length=60), nullable=False),
        sa.Column("cost_centre", sa.String(length=60), nullable=False),
        sa.Column("investment_number", sa.String(length=60), nullable=False),
        sa.Column("budget_year", sa.Integer(), nullable=True),
        sa.Column("funding_source", sa.String(length=120), nullable=False),
        sa.Column("earmarked_until", sa.Date(), nullable=True, comment="Zweckbindung: last day"),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_call_off_share_quantity")),
        sa.ForeignKeyConstraint(
            ["call_off_id", "member_id"],
            ["call_off.id", "call_off.member_id"],
            name=op.f("fk_call_off_share_call_off_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["call_off_id", "sku"],
            ["call_off_line.call_off_id", "call_off_line.sku"],
            name=op.f("fk_call_off_share_call_off_id_sku"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_off_share")),
        sa.UniqueConstraint(
            "call_off_id", "sku", "part", name=op.f("uq_call_off_share_call_off_id_sku_part")
        ),
    )
    op.create_table(
        "evidence_override",
        sa.Column("request_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False, comment="the first of the days"),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "confirmed OR length(trim(reason)) > 0",
            name=op.f("ck_evidence_override_refusal_has_reason"),
        ),
        sa.CheckConstraint("days BETWEEN 1 AND 30", name=op.f("ck_evidence_override_days")),
        sa.CheckConstraint(
            "decided_by <> asked_by", name=op.f("ck_evidence_override_second_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_evidence_override_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["request_id", "fact_id", "asked_by", "days"],
            [
                "evidence_override_request.id",
                "evidence_override_request.fact_id",
                "evidence_override_request.asked_by",
                "evidence_override_request.days",
            ],
            name=op.f("fk_evidence_override_request_id_fact_id_asked_by_days"),
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_evidence_override")),
    )
    op.create_index(
        "uq_evidence_override_fact",
        "evidence_override",
        ["fact_id"],
        unique=True,
        sqlite_where=sa.text("confirmed"),
        postgresql_where=sa.text("confirmed"),
    )
    op.create_table(
        "supplier_order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_order_id", sa.Integer(), nullable=False),
        sa.Column("call_off_line_id", sa.Integer(), nullable=False),
        sa.Column("supplier", sa.String(length=200), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_supplier_order_line_quantity")),
        sa.ForeignKeyConstraint(
            ["call_off_line_id"],
            ["call_off_line.id"],
            name=op.f("fk_supplier_order_line_call_off_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["supplier_order_id"],
            ["supplier_order.id"],
            name=op.f("fk_supplier_order_line_supplier_order_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier_order_line")),
        sa.UniqueConstraint(
            "call_off_line_id",
            "supplier",
            name=op.f("uq_supplier_order_line_call_off_line_id_supplier"),
        ),
    )
    op.create_index(
        op.f("ix_supplier_order_line_supplier_order_id"),
        "supplier_order_line",
        ["supplier_order_id"],
        unique=False,
    )
    op.create_table(
        "approval_escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column(
            "to_person",
            sa.Integer(),
            nullable=True,
            comment="null: whoever's value limit covers the order",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["step_id"], ["approval_step.id"], name=op.f("fk_approval_escalation_step_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_person"], ["person.id"], name=op.f("fk_approval_escalation_to_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_escalation")),
        sa.UniqueConstraint("step_id", name=op.f("uq_approval_escalation_step_id")),
    )
    op.create_table(
        "approval_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("subject_sha256", sa.String(length=64), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_approval_link_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_approval_link_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["approval_step.id"], name=op.f("fk_approval_link_step_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_link")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_approval_link_token_sha256")),
    )
    op.create_index(op.f("ix_approval_link_subject"), "approval_link", ["subject"], unique=False)
    op.create_table(
        "call_off_change_answer",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "accepted",
                "otherwise",
                "rejected",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["call_off_change_item.id"], name=op.f("fk_call_off_change_answer_item_id")
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_call_off_change_answer")),
    )
    op.drop_table("staged_article")
    op.add_column(
        "approval",
        sa.Column(
            "path_id", sa.Integer(), nullable=True, comment="with a step: nobody signs a path twice"
        ),
    )
    op.add_column(
        "approval",
        sa.Column(
            "step_id",
            sa.Integer(),
            nullable=True,
            comment="null where the value limit decided alone",
        ),
    )
    op.add_column(
        "approval",
        sa.Column("by_link", sa.Boolean(), nullable=True, comment="by the one-time link of a mail"),
    )
    op.create_index("ix_approval_decided_by", "approval", ["decided_by", "at"], unique=False)
    op.create_index("uq_approval_path_person", "approval", ["path_id", "decided_by"], unique=True)
    op.create_index("uq_approval_step_id", "approval", ["step_id"], unique=True)
    op.add_column(
        "article",
        sa.Column(
            "pieces_per_unit",
            sa.Integer(),
            server_default="1",
            nullable=False,
            comment="of one order unit; ceilings count pieces",
        ),
    )
    op.add_column(
        "article",
        sa.Column(
            "charge",
            sa.Enum(
                "purchase",
                "month",
                "page",
                name="charge",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            server_default="purchase",
            nullable=False,
        ),
    )
    op.add_column(
        "article",
        sa.Column(
            "shortest_term", sa.Integer(), nullable=True, comment="months or pages; inclusive"
        ),
    )
    op.add_column(
        "article",
        sa.Column(
            "longest_term", sa.Integer(), nullable=True, comment="months or pages; inclusive"
        ),
    )
    op.add_column(
        "article",
        sa.Column(
            "footprint_grams", sa.Integer(), nullable=True, comment="CO2 equivalents of one piece"
        ),
    )
    op.add_column(
        "article",
        sa.Column(
            "family",
            sa.String(length=80),
            server_default="",
            nullable=False,
            comment="variants of one family share it",
        ),
    )
    op.add_column(
        "article",
        sa.Column(
            "optioned",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="rules say what must or must not be ordered along with it",
        ),
    )
    op.add_column(
        "article",
        sa.Column(
            "text_digest",
            sa.String(length=32),
            server_default="",
            nullable=False,
            comment="of its text in the file, if known",
        ),
    )
    op.add_column(
        "article",
        sa.Column(
            "quiet_until",
            sa.Date(),
            nullable=True,
            comment="last day on which reading that text again would remark nothing",
        ),
    )
    op.create_index(
        "ix_article_family",
        "article",
        ["family"],
        unique=False,
        sqlite_where=sa.text("family <> ''"),
        postgresql_where=sa.text("family <> ''"),
    )
    op.drop_column("article", "search_text")
    op.add_column(
        "basket_line",
        sa.Column("term", sa.Integer(), nullable=True, comment="months of rent or pages per piece"),
    )
    op.add_column(
        "call_off",
        sa.Column(
            "budget_year", sa.Integer(), nullable=True, comment="null: the year of the order"
        ),
    )
    op.add_column(
        "call_off",
        sa.Column("funding_source", sa.String(length=120), server_default="", nullable=False),
    )
    op.add_column(
        "call_off",
        sa.Column("earmarked_until", sa.Date(), nullable=True, comment="Zweckbindung: last day"),
    )
    op.add_column(
        "call_off",
        sa.Column(
            "is_split",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="lines have shares: places, days, accounts",
        ),
    )
    op.add_column(
        "call_off",
        sa.Column(
            "conflict_free",
            sa.Boolean(),
            nullable=True,
            comment="the orderer declared to have no conflict of interest; null: not asked or not said",
        ),
    )
    op.add_column(
        "call_off",
        sa.Column(
            "outage_form",
            sa.String(length=40),
            nullable=True,
            comment="was ordered on this form while the portal could not be reached",
        ),
    )
    op.add_column(
        "call_off",
        sa.Column(
            "entered_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the form was entered",
        ),
    )
    op.create_index(
        "ix_call_off_outage_form",
        "call_off",
        ["outage_form"],
        unique=True,
        sqlite_where=sa.text("outage_form IS NOT NULL"),
        postgresql_where=sa.text("outage_form IS NOT NULL"),
    )
    op.add_column(
        "call_off_line",
        sa.Column(
            "pieces_per_unit",
            sa.Integer(),
            server_default="1",
            nullable=False,
            comment="ceilings count pieces, not packs",
        ),
    )
    op.add_column(
        "call_off_line",
        sa.Column(
            "charge",
            sa.Enum(
                "purchase",
                "month",
                "page",
                name="charge",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            server_default="purchase",
            nullable=False,
        ),
    )
    op.add_column(
        "call_off_line",
        sa.Column("rate", sa.BigInteger(), nullable=True, comment="per month or page"),
    )
    op.add_column(
        "call_off_line",
        sa.Column("term", sa.Integer(), nullable=True, comment="months or pages per piece"),
    )
    op.add_column(
        "call_off_line",
        sa.Column(
            "reverse_charge",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="§ 13b UStG: the recipient may owe the tax",
        ),
    )
    op.add_column(
        "catalog_version",
        sa.Column(
            "publishing_since",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="ordered to be published by a worker, which does it in steps",
        ),
    )
    op.add_column(
        "catalog_version",
        sa.Column(
            "published_entry",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="how far that is: id of the last entry written",
        ),
    )
    op.add_column(
        "catalog_version",
        sa.Column(
            "kind",
            sa.Enum(
                "T_NEW_CATALOG",
                "T_UPDATE_PRODUCTS",
                "T_UPDATE_PRICES",
                name="transaction",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
            comment="what the file did",
        ),
    )
    op.add_column(
        "catalog_version",
        sa.Column(
            "update_number",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="updates since the last whole catalog",
        ),
    )
    op.add_column(
        "catalog_version",
        sa.Column(
            "restores_id",
            sa.Integer(),
            nullable=True,
            comment="the version whose state this one brings back",
        ),
    )
    op.create_foreign_key(
        op.f("fk_catalog_version_restores_id"),
        "catalog_version",
        "catalog_version",
        ["restores_id"],
        ["id"],
    )
    op.add_column(
        "ceiling_movement",
        sa.Column(
            "member_id",
            sa.Integer(),
            nullable=True,
            comment="null: nobody's in particular, such as an opening stock",
        ),
    )
    op.add_column(
        "ceiling_movement",
        sa.Column(
            "person_id",
            sa.Integer(),
            nullable=True,
            comment="who corrected; an order's own history says the rest",
        ),
    )
    op.add_column(
        "ceiling_movement", sa.Column("reason", sa.Text(), server_default="", nullable=False)
    )
    op.drop_index(op.f("ix_ceiling_movement_lot_id"), table_name="ceiling_movement")
    op.create_index(
        "ix_ceiling_movement_lot_at", "ceiling_movement", ["lot_id", "at"], unique=False
    )
    op.create_foreign_key(
        op.f("fk_ceiling_movement_person_id"), "ceiling_movement", "person", ["person_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("fk_ceiling_movement_member_id"), "ceiling_movement", "member", ["member_id"], ["id"]
    )
    op.add_column(
        "evidence_document",
        sa.Column(
            "approval_needed",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="counts only after a second person's verdict",
        ),
    )
    op.add_column(
        "framework",
        sa.Column(
            "maximum_value",
            sa.BigInteger(),
            nullable=True,
            comment="net, over all lots; rule F-05. What is used of it is the sum of the lots",
        ),
    )
    op.add_column(
        "framework",
        sa.Column(
            "maximum_quantity", sa.Integer(), nullable=True, comment="over all lots; rule F-05"
        ),
    )
    op.add_column(
        "framework",
        sa.Column(
            "raised_by",
            sa.Integer(),
            nullable=True,
            comment="entry of the change log that last raised the ceiling (ceiling_guard)",
        ),
    )
    op.add_column(
        "framework",
        sa.Column(
            "reservation_days",
            sa.Integer(),
            server_default="14",
            nullable=False,
            comment="an order waits so long for approval, then lapses",
        ),
    )
    op.add_column(
        "framework",
        sa.Column(
            "tender_months",
            sa.Integer(),
            server_default="9",
            nullable=False,
            comment="how long a new tender takes",
        ),
    )
    op.add_column(
        "framework",
        sa.Column("legal_basis", sa.String(length=160), server_default="", nullable=False),
    )
    op.add_column("framework", sa.Column("published_on", sa.Date(), nullable=True))
    op.add_column("framework", sa.Column("award_notice_id", sa.String(length=80), nullable=True))
    op.add_column(
        "framework",
        sa.Column("file_reference", sa.String(length=80), server_default="", nullable=False),
    )
    op.add_column(
        "framework",
        sa.Column(
            "party_kinds",
            sa.String(length=400),
            server_default="",
            nullable=False,
            comment="rule F-04: a class of LISTED",
        ),
    )
    op.add_column(
        "framework",
        sa.Column("party_districts", sa.String(length=200), server_default="", nullable=False),
    )
    op.add_column(
        "framework",
        sa.Column("party_members_by", sa.Date(), nullable=True, comment="members by this day"),
    )
    op.add_column(
        "framework",
        sa.Column(
            "call_off_mode",
            sa.Enum(
                "direct",
                "cascade",
                "rotation",
                "mini_competition",
                name="calloffmode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            server_default="direct",
            nullable=False,
            comment="rule F-08",
        ),
    )
    op.add_column(
        "framework",
        sa.Column(
            "answer_days",
            sa.Integer(),
            server_default="3",
            nullable=False,
            comment="working days a supplier has to answer",
        ),
    )
    op.add_column(
        "framework",
        sa.Column("minimum_order_value", sa.BigInteger(), nullable=True, comment="net, rule F-10"),
    )
    op.add_column(
        "framework",
        sa.Column("maximum_order_value", sa.BigInteger(), nullable=True, comment="net, rule F-10"),
    )
    op.add_column(
        "framework",
        sa.Column(
            "fee_points",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="hundredths of a percent that the supplier pays",
        ),
    )
    op.add_column("framework", sa.Column("successor_id", sa.Integer(), nullable=True))
    op.add_column(
        "framework",
        sa.Column("hand_over_on", sa.Date(), nullable=True, comment="from here on the successor"),
    )
    op.create_foreign_key(
        op.f("fk_framework_successor_id"), "framework", "framework", ["successor_id"], ["id"]
    )
    op.add_column(
        "framework_change",
        sa.Column(
            "kind",
            sa.Enum(
                "terms",
                "ceiling",
                "price_rule",
                "extension",
                "supplier",
                "parties",
                "successor",
                "assortment",
                "quota",
                "article_cap",
                "correction",
                "watch",
                name="amendmentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            server_default="terms",
            nullable=False,
        ),
    )
    op.add_column(
        "framework_change",
        sa.Column(
            "basis",
            sa.Enum(
                "review_clause",
                "additional",
                "unforeseen",
                "new_supplier",
                "minor",
                "insubstantial",
                name="amendmentbasis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
            comment="§ 132 GWB",
        ),
    )
    op.add_column("framework_change", sa.Column("effective_on", sa.Date(), nullable=True))
    op.add_column("framework_change", sa.Column("lot_id", sa.Integer(), nullable=True))
    op.add_column(
        "framework_change",
        sa.Column("value_change", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.add_column(
        "framework_change",
        sa.Column("quantity_change", sa.Integer(), server_default="0", nullable=False),
    )
    op.add_column(
        "framework_change",
        sa.Column(
            "notice",
            sa.String(length=80),
            server_default="",
            nullable=False,
            comment="publication, § 132 Abs. 5 GWB",
        ),
    )
    op.add_column(
        "framework_change",
        sa.Column("decided_by", sa.String(length=160), server_default="", nullable=False),
    )
    op.add_column("framework_change", sa.Column("document_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_framework_change_lot_id"), "framework_change", "lot", ["lot_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("fk_framework_change_document_id"),
        "framework_change",
        "framework_document",
        ["document_id"],
        ["id"],
    )
    op.add_column("framework_party", sa.Column("valid_from", sa.Date(), nullable=True))
    op.add_column(
        "framework_party", sa.Column("valid_to", sa.Date(), nullable=True, comment="last day")
    )
    op.add_column(
        "lot",
        sa.Column(
            "raised_by",
            sa.Integer(),
            nullable=True,
            comment="entry of the change log that last raised the ceiling (ceiling_guard)",
        ),
    )
    op.add_column(
        "lot",
        sa.Column(
            "given_back_by",
            sa.Integer(),
            nullable=True,
            comment="entry of the ledger that last lowered what is called off (ceiling_guard)",
        ),
    )
    op.add_column(
        "lot",
        sa.Column(
            "has_quotas",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="some member has a quota of this lot",
        ),
    )
    op.add_column(
        "lot",
        sa.Column(
            "has_caps",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="some article of this lot has a cap",
        ),
    )
    op.add_column(
        "lot",
        sa.Column("minimum_order_value", sa.BigInteger(), nullable=True, comment="net, rule F-10"),
    )
    op.add_column(
        "lot",
        sa.Column("maximum_order_value", sa.BigInteger(), nullable=True, comment="net, rule F-10"),
    )
    op.add_column(
        "lot",
        sa.Column(
            "only_kinds",
            sa.String(length=400),
            server_default="",
            nullable=False,
            comment="narrows the parties; empty: all",
        ),
    )
    op.add_column(
        "lot", sa.Column("only_districts", sa.String(length=200), server_default="", nullable=False)
    )
    op.add_column(
        "lot",
        sa.Column(
            "open_assortment_percent",
            sa.Integer(),
            nullable=True,
            comment="articles outside the list; the lot's ceiling is this part of all other lots",
        ),
    )
    op.add_column("market_price", sa.Column("check_id", sa.Integer(), nullable=True))
    op.add_column(
        "market_price",
        sa.Column("file_sha256", sa.String(length=64), nullable=True, comment="in the archive"),
    )
    op.add_column(
        "market_price",
        sa.Column("file_name", sa.String(length=200), server_default="", nullable=False),
    )
    op.create_index(op.f("ix_market_price_check_id"), "market_price", ["check_id"], unique=False)
    op.create_foreign_key(
        op.f("fk_market_price_check_id"), "market_price", "market_check", ["check_id"], ["id"]
    )
    op.add_column(
        "membership_fee",
        sa.Column(
            "source", sa.String(length=200), nullable=True, comment="which fee schedule says so"
        ),
    )
    op.add_column(
        "turnover",
        sa.Column(
            "revision",
            sa.Integer(),
            server_default="1",
            nullable=False,
            comment="a later one corrects; both stay",
        ),
    )
    op.add_column(
        "turnover",
        sa.Column(
            "reason", sa.Text(), server_default="", nullable=False, comment="why it was corrected"
        ),
    )
    op.add_column(
        "turnover",
        sa.Column(
            "basis",
            sa.String(length=10),
            server_default="turnover",
            nullable=False,
            comment="turnover or cost, § 108 Abs. 7 Satz 1 and 2 GWB",
        ),
    )
    op.drop_constraint(op.f("uq_turnover_body_fiscal_year"), "turnover", type_="unique")
    op.create_unique_constraint(
        op.f("uq_turnover_body_fiscal_year_revision"),
        "turnover",
        ["body", "fiscal_year", "revision"],
    )
    # ### end Alembic commands ###
    # CHECK constraints
    op.create_check_constraint(
        op.f("ck_catalog_version_four_eyes"),
        "catalog_version",
        sa.text("published_by <> imported_by OR restores_id IS NOT NULL OR kind IS NULL"),
    )
    op.create_check_constraint(op.f("ck_basket_line_term"), "basket_line", sa.text("term >= 1"))
    op.create_check_constraint(
        op.f("ck_ceiling_movement_ceilingmove"),
        "ceiling_movement",
        sa.text("move IN ('opening', 'reserve', 'call_off', 'release', 'return', 'correct')"),
    )
    op.create_check_constraint(
        op.f("ck_turnover_basis"), "turnover", sa.text("basis = 'turnover' OR basis = 'cost'")
    )
    op.create_check_constraint(
        op.f("ck_turnover_reason"), "turnover", sa.text("revision = 1 OR reason <> ''")
    )
    op.create_check_constraint(
        op.f("ck_call_off_line_term"),
        "call_off_line",
        sa.text(
            "(charge = 'purchase' AND term IS NULL AND rate IS NULL) OR (charge <> 'purchase' AND term IS NOT NULL AND rate IS NOT NULL AND term >= 1 AND unit_price = rate * term)"
        ),
    )
    op.create_check_constraint(
        op.f("ck_call_off_move_move"),
        "call_off_move",
        sa.text(
            "move IN ('submit', 'approve', 'place', 'block', 'reject', 'confirm', 'cancel', 'deliver_part', 'deliver_all', 'invoice', 'reopen_invoice', 'complete', 'change')"
        ),
    )
    # indexes over expressions
    op.execute("CREATE INDEX ix_serial_number_upper ON serial_number (upper(serial))")
    _run(POSTGRESQL_DATA)
    _run(POSTGRESQL_TRIGGERS)


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        _run(SQLITE_DOWN)
        return
    _run(_drop(one) for one in POSTGRESQL_TRIGGERS)
    # indexes over expressions
    op.execute("DROP INDEX ix_serial_number_upper")
    # CHECK constraints
    op.drop_constraint(op.f("ck_framework_calloffmode"), "framework", type_="check")
    op.drop_constraint(op.f("ck_catalog_version_four_eyes"), "catalog_version", type_="check")
    op.drop_constraint(op.f("ck_catalog_version_transaction"), "catalog_version", type_="check")
    op.drop_constraint(op.f("ck_basket_line_term"), "basket_line", type_="check")
    op.drop_constraint(op.f("ck_article_charge"), "article", type_="check")
    op.drop_constraint(
        op.f("ck_framework_change_amendmentbasis"), "framework_change", type_="check"
    )
    op.drop_constraint(op.f("ck_framework_change_amendmentkind"), "framework_change", type_="check")
    op.drop_constraint(op.f("ck_ceiling_movement_ceilingmove"), "ceiling_movement", type_="check")
    op.drop_constraint(op.f("ck_turnover_basis"), "turnover", type_="check")
    op.drop_constraint(op.f("ck_turnover_reason"), "turnover", type_="check")
    op.drop_constraint(op.f("ck_call_off_line_charge"), "call_off_line", type_="check")
    op.drop_constraint(op.f("ck_call_off_line_term"), "call_off_line", type_="check")
    op.drop_constraint(op.f("ck_call_off_move_move"), "call_off_move", type_="check")
    # ### commands auto generated by Alembic - please adjust! ###
    op.drop_constraint(op.f("uq_turnover_body_fiscal_year_revision"), "turnover", type_="unique")
    op.create_unique_constraint(
        op.f("uq_turnover_body_fiscal_year"), "turnover", ["body", "fiscal_year"]
    )
    op.drop_column("turnover", "basis")
    op.drop_column("turnover", "reason")
    op.drop_column("turnover", "revision")
    op.drop_column("membership_fee", "source")
    op.drop_constraint(op.f("fk_market_price_check_id"), "market_price", type_="foreignkey")
    op.drop_index(op.f("ix_market_price_check_id"), table_name="market_price")
    op.drop_column("market_price", "file_name")
    op.drop_column("market_price", "file_sha256")
    op.drop_column("market_price", "check_id")
    op.drop_column("lot", "open_assortment_percent")
    op.drop_column("lot", "only_districts")
    op.drop_column("lot", "only_kinds")
    op.drop_column("lot", "maximum_order_value")
    op.drop_column("lot", "minimum_order_value")
    op.drop_column("lot", "has_caps")
    op.drop_column("lot", "has_quotas")
    op.drop_column("lot", "given_back_by")
    op.drop_column("lot", "raised_by")
    op.drop_column("framework_party", "valid_to")
    op.drop_column("framework_party", "valid_from")
    op.drop_constraint(
        op.f("fk_framework_change_document_id"), "framework_change", type_="foreignkey"
    )
    op.drop_constraint(op.f("fk_framework_change_lot_id"), "framework_change", type_="foreignkey")
    op.drop_column("framework_change", "document_id")
    op.drop_column("framework_change", "decided_by")
    op.drop_column("framework_change", "notice")
    op.drop_column("framework_change", "quantity_change")
    op.drop_column("framework_change", "value_change")
    op.drop_column("framework_change", "lot_id")
    op.drop_column("framework_change", "effective_on")
    op.drop_column("framework_change", "basis")
    op.drop_column("framework_change", "kind")
    op.drop_constraint(op.f("fk_framework_successor_id"), "framework", type_="foreignkey")
    op.drop_column("framework", "hand_over_on")
    op.drop_column("framework", "successor_id")
    op.drop_column("framework", "fee_points")
    op.drop_column("framework", "maximum_order_value")
    op.drop_column("framework", "minimum_order_value")
    op.drop_column("framework", "answer_days")
    op.drop_column("framework", "call_off_mode")
    op.drop_column("framework", "party_members_by")
    op.drop_column("framework", "party_districts")
    op.drop_column("framework", "party_kinds")
    op.drop_column("framework", "file_reference")
    op.drop_column("framework", "award_notice_id")
    op.drop_column("framework", "published_on")
    op.drop_column("framework", "legal_basis")
    op.drop_column("framework", "tender_months")
    op.drop_column("framework", "reservation_days")
    op.drop_column("framework", "raised_by")
    op.drop_column("framework", "maximum_quantity")
    op.drop_column("framework", "maximum_value")
    op.drop_column("evidence_document", "approval_needed")
    op.drop_constraint(
        op.f("fk_ceiling_movement_member_id"), "ceiling_movement", type_="foreignkey"
    )
    op.drop_constraint(
        op.f("fk_ceiling_movement_person_id"), "ceiling_movement", type_="foreignkey"
    )
    op.drop_index("ix_ceiling_movement_lot_at", table_name="ceiling_movement")
    op.create_index(
        op.f("ix_ceiling_movement_lot_id"), "ceiling_movement", ["lot_id"], unique=False
    )
    op.drop_column("ceiling_movement", "reason")
    op.drop_column("ceiling_movement", "person_id")
    op.drop_column("ceiling_movement", "member_id")
    op.drop_constraint(
        op.f("fk_catalog_version_restores_id"), "catalog_version", type_="foreignkey"
    )
    op.drop_column("catalog_version", "restores_id")
    op.drop_column("catalog_version", "update_number")
    op.drop_column("catalog_version", "kind")
    op.drop_column("catalog_version", "published_entry")
    op.drop_column("catalog_version", "publishing_since")
    op.drop_column("call_off_line", "reverse_charge")
    op.drop_column("call_off_line", "term")
    op.drop_column("call_off_line", "rate")
    op.drop_column("call_off_line", "charge")
    op.drop_column("call_off_line", "pieces_per_unit")
    op.drop_index(
        "ix_call_off_outage_form",
        table_name="call_off",
        sqlite_where=sa.text("outage_form IS NOT NULL"),
        postgresql_where=sa.text("outage_form IS NOT NULL"),
    )
    op.drop_column("call_off", "entered_at")
    op.drop_column("call_off", "outage_form")
    op.drop_column("call_off", "conflict_free")
    op.drop_column("call_off", "is_split")
    op.drop_column("call_off", "earmarked_until")
    op.drop_column("call_off", "funding_source")
    op.drop_column("call_off", "budget_year")
    op.drop_column("basket_line", "term")
    op.add_column("article", sa.Column("search_text", sa.TEXT(), nullable=False))
    op.drop_index(
        "ix_article_family",
        table_name="article",
        sqlite_where=sa.text("family <> ''"),
        postgresql_where=sa.text("family <> ''"),
    )
    op.drop_column("article", "quiet_until")
    op.drop_column("article", "text_digest")
    op.drop_column("article", "optioned")
    op.drop_column("article", "family")
    op.drop_column("article", "footprint_grams")
    op.drop_column("article", "longest_term")
    op.drop_column("article", "shortest_term")
    op.drop_column("article", "charge")
    op.drop_column("article", "pieces_per_unit")
    op.drop_index("uq_approval_step_id", table_name="approval")
    op.drop_index("uq_approval_path_person", table_name="approval")
    op.drop_index("ix_approval_decided_by", table_name="approval")
    op.drop_column("approval", "by_link")
    op.drop_column("approval", "step_id")
    op.drop_column("approval", "path_id")
    op.create_table(
        "staged_article",
        sa.Column("id", sa.INTEGER(), nullable=False),
        sa.Column("catalog_version_id", sa.INTEGER(), nullable=False),
        sa.Column("sku", sa.VARCHAR(length=64), nullable=False),
        sa.Column("change", sa.VARCHAR(length=40), nullable=False),
        sa.Column("name", sa.VARCHAR(length=255), nullable=False),
        sa.Column("category", sa.VARCHAR(length=100), nullable=False),
        sa.Column("old_price", sa.BIGINT(), nullable=True),
        sa.Column("new_price", sa.BIGINT(), nullable=True),
        sa.Column("content_sha256", sa.VARCHAR(length=64), nullable=False),
        sa.Column("content", sqlite.JSON(), nullable=False),
        sa.CheckConstraint(
            "change IN ('new', 'changed', 'regrouped', 'removed')",
            name=op.f("ck_staged_article_change"),
        ),
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
    op.drop_table("call_off_change_answer")
    op.drop_index(op.f("ix_approval_link_subject"), table_name="approval_link")
    op.drop_table("approval_link")
    op.drop_table("approval_escalation")
    op.drop_index(
        op.f("ix_supplier_order_line_supplier_order_id"), table_name="supplier_order_line"
    )
    op.drop_table("supplier_order_line")
    op.drop_index(
        "uq_evidence_override_fact",
        table_name="evidence_override",
        sqlite_where=sa.text("confirmed"),
        postgresql_where=sa.text("confirmed"),
    )
    op.drop_table("evidence_override")
    op.drop_table("call_off_share")
    op.drop_index(op.f("ix_call_off_change_step_change_id"), table_name="call_off_change_step")
    op.drop_table("call_off_change_step")
    op.drop_table("call_off_change_item")
    op.drop_table("approval_step")
    op.drop_index(op.f("ix_supplier_award_supplier_id"), table_name="supplier_award")
    op.drop_index("ix_supplier_award_subject", table_name="supplier_award")
    op.drop_table("supplier_award")
    op.drop_index(
        "uq_stock_figure_only_supplier",
        table_name="stock_figure",
        sqlite_where=sa.text("supplier_id IS NULL"),
        postgresql_where=sa.text("supplier_id IS NULL"),
    )
    op.drop_table("stock_figure")
    op.drop_index("ix_search_entry_lot_id", table_name="search_entry")
    op.drop_table("search_entry")
    op.drop_index("ix_market_check_member_sku", table_name="market_check")
    op.drop_table("market_check")
    op.drop_table("evidence_reminder")
    op.drop_index(
        op.f("ix_evidence_override_request_fact_id"), table_name="evidence_override_request"
    )
    op.drop_table("evidence_override_request")
    op.drop_index("ix_device_model_folded", table_name="device_model")
    op.drop_table("device_model")
    op.drop_index(op.f("ix_cap_movement_cap_id"), table_name="cap_movement")
    op.drop_table("cap_movement")
    op.drop_index("ix_call_off_paper_call_off", table_name="call_off_paper")
    op.drop_table("call_off_paper")
    op.drop_table("call_off_kit")
    op.drop_index(op.f("ix_call_off_comparison_call_off_id"), table_name="call_off_comparison")
    op.drop_table("call_off_comparison")
    op.drop_index(op.f("ix_call_off_check_call_off_id"), table_name="call_off_check")
    op.drop_table("call_off_check")
    op.drop_index(
        "uq_call_off_change_open",
        table_name="call_off_change",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_index("ix_call_off_change_state", table_name="call_off_change")
    op.drop_index("ix_call_off_change_member", table_name="call_off_change")
    op.drop_table("call_off_change")
    op.drop_index(op.f("ix_article_media_thumbnail_sha256"), table_name="article_media")
    op.drop_index(op.f("ix_article_media_sha256"), table_name="article_media")
    op.drop_index("ix_article_media_article", table_name="article_media")
    op.drop_table("article_media")
    op.drop_index("ix_article_label_label", table_name="article_label")
    op.drop_index("ix_article_label_article", table_name="article_label")
    op.drop_table("article_label")
    op.drop_index(op.f("ix_article_edit_article_id"), table_name="article_edit")
    op.drop_table("article_edit")
    op.drop_table("approval_rule_step")
    op.drop_index(op.f("ix_approval_path_member_id"), table_name="approval_path")
    op.drop_table("approval_path")
    op.drop_index(op.f("ix_round_answer_member_id"), table_name="round_answer")
    op.drop_table("round_answer")
    op.drop_table("return_sheet")
    op.drop_table("option_target")
    op.drop_table("member_quota")
    op.drop_table("law_verdict")
    op.drop_index(op.f("ix_kit_component_sku"), table_name="kit_component")
    op.drop_table("kit_component")
    op.drop_index("ix_framework_supplier_framework_id_lot_id", table_name="framework_supplier")
    op.drop_table("framework_supplier")
    op.drop_table("extension_option")
    op.drop_table("evidence_verdict")
    op.drop_index("ix_demand_need_subject", table_name="demand_need")
    op.drop_index(op.f("ix_demand_need_round_id"), table_name="demand_need")
    op.drop_index("ix_demand_need_member", table_name="demand_need")
    op.drop_table("demand_need")
    op.drop_index(op.f("ix_ceiling_alert_framework_id"), table_name="ceiling_alert")
    op.drop_table("ceiling_alert")
    op.drop_index("ix_catalog_entry_stop", table_name="catalog_entry")
    op.drop_table("catalog_entry")
    op.drop_index("ix_budget_movement_subject", table_name="budget_movement")
    op.drop_index(op.f("ix_budget_movement_budget_id"), table_name="budget_movement")
    op.drop_table("budget_movement")
    op.drop_table("basket_kit")
    op.drop_table("article_cap")
    op.drop_index("ix_approval_rule_member", table_name="approval_rule")
    op.drop_table("approval_rule")
    op.drop_index("ix_year_file_member", table_name="year_file")
    op.drop_table("year_file")
    op.drop_index("ix_supplier_return_framework_id_month", table_name="supplier_return")
    op.drop_table("supplier_return")
    op.drop_table("supplier_order")
    op.drop_index(
        "uq_successor_standing",
        table_name="successor",
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_index("ix_successor_new_sku", table_name="successor")
    op.drop_table("successor")
    op.drop_index(op.f("ix_stock_report_framework_id"), table_name="stock_report")
    op.drop_table("stock_report")
    op.drop_table("retention_rule")
    op.drop_index("ix_parked_basket_member", table_name="parked_basket")
    op.drop_table("parked_basket")
    op.drop_table("outage_form_block")
    op.drop_index("ix_order_template_sharing", table_name="order_template")
    op.drop_index("ix_order_template_member", table_name="order_template")
    op.drop_table("order_template")
    op.drop_index("ix_option_rule_sku", table_name="option_rule")
    op.drop_table("option_rule")
    op.drop_table("notice_times")
    op.drop_table("notice_choice")
    op.drop_index("ix_notice_person_read", table_name="notice")
    op.drop_table("notice")
    op.drop_index(op.f("ix_membership_step_member_id"), table_name="membership_step")
    op.drop_table("membership_step")
    op.drop_table("legal_hold")
    op.drop_table("law_proposal")
    op.drop_table("kit")
    op.drop_index("ix_kept_paper_owner", table_name="kept_paper")
    op.drop_table("kept_paper")
    op.drop_index("ix_index_value_index_name_month", table_name="index_value")
    op.drop_table("index_value")
    op.drop_table("import_terms")
    op.drop_index(op.f("ix_framework_document_framework_id"), table_name="framework_document")
    op.drop_table("framework_document")
    op.drop_table("demand_round")
    op.drop_table("commitment_columns")
    op.drop_table("catalog_import")
    op.drop_table("budget")
    op.drop_index("ix_basket_comparison_owner", table_name="basket_comparison")
    op.drop_table("basket_comparison")
    op.drop_table("approval_settings")
    op.drop_index(op.f("ix_agreed_price_rule_framework_id"), table_name="agreed_price_rule")
    op.drop_table("agreed_price_rule")
    op.drop_table("search_word")
    op.drop_table("membership_terms")
    op.drop_table("mark")
    op.drop_table("facet_profile")
    op.drop_table("erasure_run")
    op.drop_table("audit_verification")
    op.drop_table("audit_anchor")
    op.drop_index("uq_evidence_document_id_stored_by", table_name="evidence_document")
    # ### end Alembic commands ###
    # CHECK constraints
    op.create_check_constraint(
        op.f("ck_ceiling_movement_ceilingmove"),
        "ceiling_movement",
        sa.text("move IN ('opening', 'reserve', 'call_off', 'release', 'return')"),
    )
    op.create_check_constraint(
        op.f("ck_call_off_move_move"),
        "call_off_move",
        sa.text(
            "move IN ('submit', 'approve', 'place', 'block', 'reject', 'confirm', 'cancel', 'deliver_part', 'deliver_all', 'invoice', 'reopen_invoice', 'complete')"
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
