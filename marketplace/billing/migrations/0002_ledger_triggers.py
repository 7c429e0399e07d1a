"""Make the ledger append-only and keep a move within one currency, on SQLite and PostgreSQL.

SQLite drops a table's triggers when a later migration rebuilds the table: such a migration must install them again
(tests/marketplace/billing/test_ledger.py notices).
"""

from django.db import migrations

TABLES = ("billing_account", "billing_posting", "billing_move")

SQLITE_KEEP = """
CREATE TRIGGER {table}_{verb}_refused BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""
SQLITE_CURRENCY = """
CREATE TRIGGER billing_move_one_currency BEFORE INSERT ON billing_move
WHEN (SELECT currency FROM billing_account WHERE id = NEW.debit_id)
  IS NOT (SELECT currency FROM billing_account WHERE id = NEW.credit_id)
BEGIN SELECT RAISE(ABORT, 'a move stays within one currency'); END
"""
POSTGRESQL_FUNCTIONS = """
CREATE FUNCTION billing_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION billing_one_currency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT currency FROM billing_account WHERE id = NEW.debit_id)
     IS DISTINCT FROM (SELECT currency FROM billing_account WHERE id = NEW.credit_id) THEN
    RAISE EXCEPTION 'a move stays within one currency' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
POSTGRESQL_KEEP = """
CREATE TRIGGER {table}_refused BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION billing_refuse()
"""
POSTGRESQL_CURRENCY = """
CREATE TRIGGER billing_move_one_currency BEFORE INSERT ON billing_move
FOR EACH ROW EXECUTE FUNCTION billing_one_currency()
"""


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(SQLITE_KEEP.format(table=table, verb=verb))
        schema_editor.execute(SQLITE_CURRENCY)
    else:
        schema_editor.execute(POSTGRESQL_FUNCTIONS)
        for table in TABLES:
            schema_editor.execute(POSTGRESQL_KEEP.format(table=table))
        schema_editor.execute(POSTGRESQL_CURRENCY)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        names = [f"{table}_{verb}_refused" for table in TABLES for verb in ("UPDATE", "DELETE")]
        for name in (*names, "billing_move_one_currency"):
            schema_editor.execute(f"DROP TRIGGER {name}")
    else:
        schema_editor.execute("DROP FUNCTION billing_refuse() CASCADE")
        schema_editor.execute("DROP FUNCTION billing_one_currency() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
