-- A count of people as it may be published: no count of fewer than five (variable least). Nobody is not a small cell.
CREATE OR REPLACE MACRO people(n) AS CASE WHEN n > 0 AND n < getvariable('least') THEN NULL ELSE n END;

-- How many days of the period the log covers: from its first day, or the period's if that is later.
CREATE OR REPLACE MACRO days_covered() AS
    greatest(1, date_diff('day', greatest(getvariable('first'), coalesce((SELECT min(day) FROM usage), getvariable('first'))), getvariable('last')) + 1);

-- How often a dataset is to be renewed, in days, after the EU's frequency list; null where nothing can be late.
CREATE OR REPLACE MACRO interval_days(frequency) AS CASE upper(frequency)
    WHEN 'CONT' THEN 1 WHEN 'CONTINUOUS' THEN 1 WHEN 'HOURLY' THEN 1 WHEN 'DAILY' THEN 1 WHEN 'DAILY_2' THEN 1
    WHEN 'WEEKLY' THEN 7 WHEN 'WEEKLY_2' THEN 4 WHEN 'WEEKLY_3' THEN 3 WHEN 'BIWEEKLY' THEN 14
    WHEN 'MONTHLY' THEN 31 WHEN 'MONTHLY_2' THEN 16 WHEN 'MONTHLY_3' THEN 11 WHEN 'BIMONTHLY' THEN 62
    WHEN 'QUARTERLY' THEN 92 WHEN 'ANNUAL_2' THEN 184 WHEN 'ANNUAL_3' THEN 122 WHEN 'ANNUAL' THEN 366
    WHEN 'BIENNIAL' THEN 731 WHEN 'TRIENNIAL' THEN 1096 END;
