CREATE FUNCTION incidents_as_of(moment timestamptz) RETURNS SETOF incidents
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
{the columns of incidents}
FROM incident_history
WHERE recorded_at <= moment AND (superseded_at IS NULL OR superseded_at > moment)
$$;

COMMENT ON FUNCTION incidents_as_of(timestamptz) IS 'The table of incidents as it stood at a moment.';
