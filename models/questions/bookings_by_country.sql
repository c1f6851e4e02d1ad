-- name: Bookings by country of the passenger
-- description: Where the passengers of bookings live; joined by the passenger's token, never by a name
SELECT
  p.country,
  count(*) AS bookings,
  sum(b.fare) AS revenue_usd
FROM {{ source('sales', 'bookings') }} AS b
JOIN {{ source('sales', 'passengers') }} AS p ON p.passenger_id = b.passenger_id
GROUP BY p.country
ORDER BY bookings DESC, p.country
LIMIT 5
