"""How often a follow-up was put off, now and when it was printed."""

COLUMN = """
    "put_offs" INTEGER NOT NULL DEFAULT 0 CHECK (typeof("put_offs") IN ('integer', 'null'))
"""

COUNTED = (
    # Whatever the customer's turn has moved was not put off.
    """
    UPDATE "follow_up" SET "put_offs" = 1
        WHERE "moved" AND "reason" NOT LIKE '%, and moved on while it was their turn'
    """,
    """
    UPDATE "printed_line" SET "put_offs" = coalesce((
        SELECT "put_offs" FROM "follow_up"
        WHERE "follow_up"."id" = "follow_up_id" AND "follow_up"."due_on" IS "printed_line"."due_on"
    ), 0)
    """,
)


def up(migrator, db):
    for table in ("follow_up", "printed_line"):
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN {COLUMN.strip()}')
    for statement in COUNTED:
        db.execute_sql(statement)
