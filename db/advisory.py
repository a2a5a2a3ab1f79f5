"""Keys of the advisory locks, all in one place: two uses of one key would wait for each other for ever.

Any numbers that no other program on the database takes for its own. The functions in db/functions repeat LINKING.
"""

MIGRATION = 7_112_033_194  # who upgrades the schema
LINKING = 7_112_033_195  # who groups reports to incidents
SERVICE = 7_112_033_196  # the service on this database, for as long as it runs
