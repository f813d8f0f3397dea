-- For a real Electric, once the tables are there; as the owner of the tables, as often as one likes.
GRANT SELECT ON entries TO electric;
-- Electric asks for it of every table it reads. The log only grows, so it costs nothing.
ALTER TABLE entries REPLICA IDENTITY FULL;
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'electric_publication_default') THEN
    CREATE PUBLICATION electric_publication_default FOR TABLE entries;
  END IF;
END
$$;
