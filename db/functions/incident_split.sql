CREATE FUNCTION incident_split(
    incident bigint, split_reports bigint[], decided_by text DEFAULT NULL, reason text DEFAULT NULL
) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    leaving bigint[] := ARRAY(
        SELECT report_id FROM incident_members
        WHERE incident_id = incident AND report_id = ANY(split_reports) ORDER BY report_id
    );
    decision bigint;
    made bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7112033195);
    IF cardinality(leaving) = 0 OR NOT EXISTS (
        SELECT FROM incident_members WHERE incident_id = incident AND report_id <> ALL(leaving)
    ) THEN
        RAISE EXCEPTION 'a split needs some reports of the incident, and leaves some'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO incident_decisions (decision, decided_at, decided_by, reason)
    VALUES ('split', now(), incident_split.decided_by, incident_split.reason) RETURNING id INTO decision;
    INSERT INTO decided_reports (decision_id, report_id, side)
    SELECT decision, report_id, CASE WHEN report_id = ANY(leaving) THEN 1 ELSE 2 END
    FROM incident_members WHERE incident_id = incident;
    UPDATE extractions SET linked_at = NULL WHERE id IN (
        SELECT report.extraction_id FROM incident_members AS member JOIN reports AS report ON report.id = member.report_id
        WHERE member.incident_id = incident
    );
    INSERT INTO incident_ids (opened_at) VALUES (now()) RETURNING id INTO made;
    UPDATE incident_members AS member SET incident_id = made, reason = 'by decision ' || decision
    WHERE member.report_id = ANY(leaving);
    INSERT INTO incident_changes (changed_at, change, incident_id, other_id, reports, decision_id, reason)
    VALUES (now(), 'split', made, incident, leaving, decision, COALESCE(incident_split.reason, 'an analyst''s decision'));
    PERFORM refresh_incidents(ARRAY[incident, made], now());
    RETURN made;
END
$$;

COMMENT ON FUNCTION incident_split(bigint, bigint[], text, text) IS
    'Takes reports out of an incident and returns the number of the one that they make. Later linking respects it.';
