CREATE FUNCTION incident_merge(incidents bigint[], decided_by text DEFAULT NULL, reason text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    keeper bigint := (SELECT min(id) FROM incident_ids WHERE id = ANY(incidents) AND closed_at IS NULL);
    decision bigint;
    given bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7112033195);
    IF (SELECT count(*) FROM incident_ids WHERE id = ANY(incidents) AND closed_at IS NULL) < 2 THEN
        RAISE EXCEPTION 'a merge needs two incidents or more that stand' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO incident_decisions (decision, decided_at, decided_by, reason)
    VALUES ('merge', now(), incident_merge.decided_by, incident_merge.reason) RETURNING id INTO decision;
    INSERT INTO decided_reports (decision_id, report_id, side)
    SELECT decision, report_id, 1 FROM incident_members WHERE incident_id = ANY(incidents);
    UPDATE extractions SET linked_at = NULL WHERE id IN (
        SELECT report.extraction_id FROM incident_members AS member JOIN reports AS report ON report.id = member.report_id
        WHERE member.incident_id = ANY(incidents)
    );
    FOR given IN SELECT id FROM incident_ids WHERE id = ANY(incidents) AND id <> keeper AND closed_at IS NULL ORDER BY id LOOP
        INSERT INTO incident_changes (changed_at, change, incident_id, other_id, reports, decision_id, reason)
        SELECT now(), 'merged', keeper, given, COALESCE(array_agg(report_id ORDER BY report_id), '{}'), decision,
            COALESCE(incident_merge.reason, 'an analyst''s decision')
        FROM incident_members WHERE incident_id = given;
        UPDATE incident_members AS member SET incident_id = keeper, reason = 'by decision ' || decision
        WHERE member.incident_id = given;
        UPDATE incident_ids SET closed_at = now(), went_into = keeper WHERE id = given;
    END LOOP;
    PERFORM refresh_incidents(incidents, now());
    RETURN keeper;
END
$$;

COMMENT ON FUNCTION incident_merge(bigint[], text, text) IS
    'Makes one incident of several and returns its number: the lowest. Later linking respects it.';
