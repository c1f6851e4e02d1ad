-- name: Busiest routes
-- description: The routes with the most departures, and how late they ran
SELECT
  origin,
  destination,
  count(*) AS departures,
  round(avg(delay_minutes), 1) AS mean_delay_minutes
FROM {{ source('operations', 'flights') }}
GROUP BY origin, destination
ORDER BY departures DESC, origin, destination
LIMIT 5
