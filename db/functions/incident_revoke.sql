CREATE FUNCTION incident_revoke(decision bigint, reason text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7112033195);
    UPDATE incident_decisions SET revoked_at = now() WHERE id = incident_revoke.decision AND revoked_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO incident_changes (changed_at, change, incident_id, reports, decision_id, reason)
    SELECT now(), 'revoked', member.incident_id, array_agg(member.report_id ORDER BY member.report_id), incident_revoke.decision,
        COALESCE(incident_revoke.reason, 'an analyst''s decision')
    FROM decided_reports AS decided JOIN incident_members AS member ON member.report_id = decided.report_id
    WHERE decided.decision_id = incident_revoke.decision GROUP BY member.incident_id;
    UPDATE extractions SET linked_at = NULL WHERE id IN (
        SELECT report.extraction_id FROM decided_reports AS decided JOIN reports AS report ON report.id = decided.report_id
        WHERE decided.decision_id = incident_revoke.decision
    );
    RETURN true;
END
$$;

COMMENT ON FUNCTION incident_revoke(bigint, text) IS
    'Takes a decision back; the next linking groups its reports by their likeness again. False where it did not stand.';
