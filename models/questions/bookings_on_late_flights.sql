-- name: Bookings on late flights
-- description: Of each airline's bookings, those whose flight ran an hour late or more
SELECT
  b.airline,
  count(*) AS bookings,
  count_if(f.delay_minutes >= 60) AS on_late_flights,
  round(100e0 * count_if(f.delay_minutes >= 60) / count(*), 1) AS percent_late
FROM {{ source('sales', 'bookings') }} AS b
JOIN {{ source('operations', 'flights') }} AS f ON f.flight_id = b.flight_id
GROUP BY b.airline
ORDER BY percent_late DESC, b.airline
