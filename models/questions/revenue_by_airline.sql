-- name: Revenue by airline
-- description: Bookings, seats and fares of each airline
SELECT
  airline,
  count(*) AS bookings,
  sum(seats) AS seats,
  sum(fare) AS revenue_usd
FROM {{ source('sales', 'bookings') }}
GROUP BY airline
ORDER BY revenue_usd DESC, airline
