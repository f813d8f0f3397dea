#!/bin/sh
# Runs once, in a new cluster, as the superuser. The centre's user owns its database and may make the
# role that it works in; it is no superuser, and goes past no policy.
set -eu
psql --set=ON_ERROR_STOP=1 --dbname=aura --set=centre="$CENTRE_DATABASE_PASSWORD" \
  --set=electric="$ELECTRIC_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE centre LOGIN CREATEROLE PASSWORD :'centre';
ALTER DATABASE aura OWNER TO centre;
-- Electric reads the log of all stores; the centre tells it of which one, in each call.
CREATE ROLE electric LOGIN REPLICATION BYPASSRLS PASSWORD :'electric';
SQL
