-- name: Bookings of an airline
-- description: What one airline sold by country of the passenger, from a day on
-- parameters: airline, since
SELECT
  p.country,
  count(*) AS bookings,
  sum(b.fare) AS revenue_usd
FROM {{ source('sales', 'bookings') }} AS b
JOIN {{ source('sales', 'passengers') }} AS p ON p.passenger_id = b.passenger_id
WHERE b.airline = ? AND b.dt >= ?
GROUP BY p.country
ORDER BY bookings DESC, p.country
