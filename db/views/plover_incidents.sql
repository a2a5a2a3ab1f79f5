CREATE VIEW plover_incidents AS
SELECT
    incident.incident_id,
    terms.plover_event_type,
    terms.plover_mode,
    terms.plover_context,
    incident.domain,
    incident.event_type,
    incident.sub_event_type,
    incident.date_start,
    incident.date_end,
    incident.country,
    incident.admin1,
    incident.place,
    incident.latitude,
    incident.longitude,
    CASE incident.geo_precision WHEN 'exact' THEN 5 WHEN 'city' THEN 4 WHEN 'admin' THEN 2 ELSE 1 END AS location_resolution,
    incident.actor1 AS actor_name,
    CASE incident.actor1_category
        WHEN 'State forces' THEN 'GOV' WHEN 'Rebel group' THEN 'REB' WHEN 'Political militia' THEN 'PRM'
        WHEN 'Identity militia' THEN 'PRM' WHEN 'Rioters' THEN 'CVL' WHEN 'Protesters' THEN 'CVL'
        WHEN 'Civilians' THEN 'CVL' WHEN 'External/other forces' THEN 'MIL' WHEN 'Criminals' THEN 'CRM' ELSE 'UNK'
    END AS actor_sector,
    incident.actor2 AS recipient_name,
    CASE incident.actor2_category
        WHEN 'State forces' THEN 'GOV' WHEN 'Rebel group' THEN 'REB' WHEN 'Political militia' THEN 'PRM'
        WHEN 'Identity militia' THEN 'PRM' WHEN 'Rioters' THEN 'CVL' WHEN 'Protesters' THEN 'CVL'
        WHEN 'Civilians' THEN 'CVL' WHEN 'External/other forces' THEN 'MIL' WHEN 'Criminals' THEN 'CRM' ELSE 'UNK'
    END AS recipient_sector,
    incident.killed_best AS dead,
    incident.injured_best AS injured,
    incident.detained_best AS arrested,
    incident.participants_best AS size,
    incident.evidence AS text
FROM incidents AS incident
JOIN type_crosswalks AS terms USING (sub_event_type)
WHERE terms.plover_event_type IS NOT NULL;

COMMENT ON VIEW plover_incidents IS 'Incidents in PLOVER''s terms: those that it has an event type for. The crosswalk itself is type_crosswalks.';
COMMENT ON COLUMN plover_incidents.incident_id IS 'Number of the incident: see incidents.';
COMMENT ON COLUMN plover_incidents.plover_event_type IS 'PLOVER''s event type.';
COMMENT ON COLUMN plover_incidents.plover_mode IS 'PLOVER''s mode. NULL where the kind of incident does not tell it.';
COMMENT ON COLUMN plover_incidents.plover_context IS 'PLOVER''s context, where the kind of incident tells it.';
COMMENT ON COLUMN plover_incidents.domain IS 'political (ACLED''s six types) · crime · hazard.';
COMMENT ON COLUMN plover_incidents.event_type IS 'Kind of incident that it belongs to.';
COMMENT ON COLUMN plover_incidents.sub_event_type IS 'Kind of incident: defined in event_types.';
COMMENT ON COLUMN plover_incidents.date_start IS 'First day on which it happened.';
COMMENT ON COLUMN plover_incidents.date_end IS 'Last day on which it happened.';
COMMENT ON COLUMN plover_incidents.country IS 'Country where it happened, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN plover_incidents.admin1 IS 'Province where it happened.';
COMMENT ON COLUMN plover_incidents.place IS 'Place where it happened, as written.';
COMMENT ON COLUMN plover_incidents.latitude IS 'Latitude of that place in degrees. NULL where only the country is known.';
COMMENT ON COLUMN plover_incidents.longitude IS 'Longitude of that place in degrees.';
COMMENT ON COLUMN plover_incidents.location_resolution IS 'PLOVER''s resolution: 5 within a city · 4 city · 2 province · 1 country.';
COMMENT ON COLUMN plover_incidents.actor_name IS 'First actor of the side that acted, as written.';
COMMENT ON COLUMN plover_incidents.actor_sector IS 'PLOVER''s sector of that side: GOV · MIL (a foreign force) · REB · PRM (a militia) · CVL · CRM · UNK.';
COMMENT ON COLUMN plover_incidents.recipient_name IS 'First actor of the other side, as written.';
COMMENT ON COLUMN plover_incidents.recipient_sector IS 'PLOVER''s sector of the other side.';
COMMENT ON COLUMN plover_incidents.dead IS 'Killed, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN plover_incidents.injured IS 'Injured, by the best telling.';
COMMENT ON COLUMN plover_incidents.arrested IS 'Detained, by the best telling.';
COMMENT ON COLUMN plover_incidents.size IS 'Participants, by the best telling.';
COMMENT ON COLUMN plover_incidents.text IS 'Passage that it rests on.';
