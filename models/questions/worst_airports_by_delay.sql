-- name: Worst airports by delay on a day
-- description: Mean minutes late of the flights that left each airport on 1 January 2001, where at least 50 left
SELECT
  f.origin,
  a.airport_name,
  count(*) AS departures,
  round(avg(f.delay_minutes), 1) AS mean_delay_minutes
FROM {{ source('operations', 'flights') }} AS f
JOIN {{ source('operations', 'airports') }} AS a ON a.iata = f.origin
WHERE date_trunc('day', f.departed_at) = timestamp '2001-01-01 00:00:00'
GROUP BY f.origin, a.airport_name
HAVING count(*) >= 50
ORDER BY mean_delay_minutes DESC, f.origin
LIMIT 5
