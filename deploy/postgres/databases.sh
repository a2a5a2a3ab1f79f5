#!/bin/sh
# Roles and databases, each with no more rights than it needs. Run once, by an administrator, on an empty server: in
# compose by the image itself, elsewhere as:  PGUSER=postgres RASID_PASSWORD=… PREFECT_PASSWORD=… ANALYST_PASSWORD=… sh databases.sh
set -eu
psql -v ON_ERROR_STOP=1 --no-psqlrc --dbname postgres --username "${POSTGRES_USER:-${PGUSER:-postgres}}" \
    -v rasid="$RASID_PASSWORD" -v prefect="$PREFECT_PASSWORD" -v analyst="$ANALYST_PASSWORD" <<'SQL'
CREATE ROLE rasid LOGIN PASSWORD :'rasid';
CREATE ROLE prefect LOGIN PASSWORD :'prefect';
CREATE ROLE rasid_analyst LOGIN PASSWORD :'analyst';
CREATE DATABASE rasid OWNER rasid ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE prefect OWNER prefect ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE rasid, prefect FROM PUBLIC;
GRANT CONNECT ON DATABASE rasid TO rasid_analyst;
SQL
