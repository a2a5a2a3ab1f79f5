-- Roles and database on a PostgreSQL server of your own. The administrator runs this once; again, it changes nothing:
--
--     psql --dbname postgres --file deploy/roles.sql
--     psql --dbname postgres --command '\password rasid' --command '\password rasid_analyst'
--
-- Then RASID_DATABASE_URL=postgresql://rasid:…@host/rasid is the service's address (it makes its tables itself, and
-- grants analysts what they may read), and postgresql://rasid_analyst:…@host/rasid the analysts'.
-- Another name for the database: psql --set database=… . The embedded server has these roles from the start.

\set ON_ERROR_STOP on
\if :{?database}
\else
    \set database rasid
\endif

-- The service owns its database and is no more than that.
SELECT 'CREATE ROLE rasid LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rasid') \gexec
ALTER ROLE rasid NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- Analysts read; should they be granted too much by mistake, their sessions still begin read-only. No query of theirs
-- runs for hours, and no forgotten one keeps old rows alive.
SELECT 'CREATE ROLE rasid_analyst LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rasid_analyst') \gexec
ALTER ROLE rasid_analyst NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 50;
ALTER ROLE rasid_analyst SET default_transaction_read_only = on;
ALTER ROLE rasid_analyst SET statement_timeout = '5min';
ALTER ROLE rasid_analyst SET idle_in_transaction_session_timeout = '10min';

SELECT format('CREATE DATABASE %I OWNER rasid ENCODING ''UTF8'' TEMPLATE template0', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO rasid_analyst;

\connect :"database"
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
-- Whoever may connect may make large objects, unless told otherwise.
REVOKE EXECUTE ON FUNCTION lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea), lo_import(text), lo_import(text, oid) FROM PUBLIC;
-- Nor may others hold the locks by which workers take turns.
SELECT format('REVOKE EXECUTE ON FUNCTION %1$s FROM PUBLIC; GRANT EXECUTE ON FUNCTION %1$s TO rasid', oid::regprocedure)
FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^pg_(try_)?advisory_' \gexec
