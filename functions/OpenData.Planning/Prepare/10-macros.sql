-- A count of people as it may be published: no count of fewer than five (variable least). Nobody is not a small cell.
CREATE OR REPLACE MACRO people(n) AS CASE WHEN n > 0 AND n < getvariable('least') THEN NULL ELSE n END;

-- How many days of the period the log covers: from its first day, or the period's if that is later.
CREATE OR REPLACE MACRO days_covered() AS
    greatest(1, date_diff('day', greatest(getvariable('first'), coalesce((SELECT min(day) FROM usage), getvariable('first'))), getvariable('last')) + 1);

-- The first day of what is compared with the year before: the period, or its last year if it is longer.
CREATE OR REPLACE MACRO compared_from() AS greatest(getvariable('first'), (getvariable('last') - INTERVAL 1 YEAR + INTERVAL 1 DAY)::DATE);
CREATE OR REPLACE MACRO is_compared(day) AS day BETWEEN compared_from() AND getvariable('last');
CREATE OR REPLACE MACRO is_year_before(day) AS day BETWEEN compared_from() - INTERVAL 1 YEAR AND least(getvariable('last') - INTERVAL 1 YEAR, compared_from() - INTERVAL 1 DAY);
