CREATE FUNCTION incident_pin(incident bigint, decided_by text DEFAULT NULL, reason text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    decision bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7112033195);
    IF NOT EXISTS (SELECT FROM incident_members WHERE incident_id = incident) THEN
        RAISE EXCEPTION 'there is no incident %', incident USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO incident_decisions (decision, decided_at, decided_by, reason)
    VALUES ('pin', now(), incident_pin.decided_by, incident_pin.reason) RETURNING id INTO decision;
    INSERT INTO decided_reports (decision_id, report_id, side)
    SELECT decision, report_id, 1 FROM incident_members WHERE incident_id = incident;
    INSERT INTO incident_changes (changed_at, change, incident_id, reports, decision_id, reason)
    SELECT now(), 'pinned', incident, array_agg(report_id ORDER BY report_id), decision,
        COALESCE(incident_pin.reason, 'an analyst''s decision')
    FROM incident_members WHERE incident_id = incident;
    RETURN decision;
END
$$;

COMMENT ON FUNCTION incident_pin(bigint, text, text) IS
    'Keeps an incident as it is: later linking adds no report to it and takes none away. Returns the decision''s number.';
