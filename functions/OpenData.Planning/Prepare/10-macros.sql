-- A count of people as it may be published: no count of fewer than five (variable least). Nobody is not a small cell.
CREATE OR REPLACE MACRO people(n) AS CASE WHEN n > 0 AND n < getvariable('least') THEN NULL ELSE n END;

-- One day's people, as they enter sums: a day with fewer than five of them counts as none, in every edition alike. All sums of people are of
-- days that may be published, so no difference between two sums, or between two editions, gives a smaller day away.
CREATE OR REPLACE MACRO day_people(n) AS CASE WHEN n >= getvariable('least') THEN n ELSE 0 END;

-- A sum of such days: null where people came only on days that do not count.
CREATE OR REPLACE MACRO summed_people(visible, everyone) AS CASE WHEN visible > 0 OR everyone = 0 THEN visible END;

-- How many days of the period the log covers.
CREATE OR REPLACE MACRO days_covered() AS (SELECT count(*) FROM log_days WHERE day BETWEEN getvariable('first') AND getvariable('last'));

-- Each logged day with the day 52 weeks before, where that is logged and was counted in the same time zone: weekdays meet weekdays.
CREATE OR REPLACE TABLE pairs AS
SELECT later.day, earlier.day AS day_before
FROM log_days later JOIN log_days earlier ON earlier.day = later.day - 364 AND earlier.zone = later.zone
WHERE later.day <= getvariable('last');

-- The pairs of the period; of one that is longer than a year, those of its last 52 weeks.
CREATE OR REPLACE TABLE compared AS
SELECT * FROM pairs WHERE day BETWEEN greatest(getvariable('first'), getvariable('last') - 363) AND getvariable('last');

-- A change against the days 52 weeks before; null where fewer than a week of days is compared, because then weekdays alone would explain it.
CREATE OR REPLACE MACRO growth_of(after, earlier, days) AS CASE WHEN days >= 7 THEN round(after / nullif(earlier, 0) - 1, 4) END;

-- What is called unused rests on at least 90 logged days up to the last day of the period, however short the edition is.
SET VARIABLE use_from = least(getvariable('first'), coalesce(
    (SELECT day FROM log_days WHERE day <= getvariable('last') ORDER BY day DESC LIMIT 1 OFFSET 89), getvariable('first')));
SET VARIABLE use_days = (SELECT count(*) FROM log_days WHERE day BETWEEN getvariable('use_from') AND getvariable('last'));
CREATE OR REPLACE MACRO use_is_known() AS getvariable('use_days') >= 90;
